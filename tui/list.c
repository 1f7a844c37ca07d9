/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists: what is selected, what the filter keeps, what a cell says. */
#include "impl.h"

#include <guichet/base/fold.h>
#include <stdlib.h>
#include <string.h>

#define CELL_TEXT 512

static struct rows *list_rows(const struct ui_ctx *ctx, const struct view *view)
{
	return (struct rows *)(void *)((char *)ctx->state + view->part->rows);
}

static void copy_name(const struct ui_column *column, int value, char *out,
		      size_t size)
{
	int count = 0;

	while (column->names[count])
		count++;
	snprintf(out, size, "%s", value >= 0 && value < count
		 ? _(column->names[value]) : "");
}

static void money(const struct ui_ctx *ctx, int64_t cts, char *out, size_t size)
{
	char text[MONEY_TEXT];

	money_to_text(cts, text);
	snprintf(out, size, "%s", ctx->ui->setup.discreet ? "•••" : text);
}

enum ui_style list_cell(const struct ui_ctx *ctx, const struct ui_column *column,
			const void *row, char *out, size_t size)
{
	const char *member = (const char *)row + column->offset;
	char date[DATE_TEXT];

	out[0] = '\0';
	switch (column->type) {
	case UI_COLUMN_TEXT:
		snprintf(out, size, "%s", member);
		break;
	case UI_COLUMN_ENUM:
		copy_name(column, *(const int *)(const void *)member, out, size);
		break;
	case UI_COLUMN_DATE:
		if (date_is_set(*(const struct date *)(const void *)member)) {
			date_to_text(*(const struct date *)(const void *)member,
				     date);
			snprintf(out, size, "%s", date);
		}
		break;
	case UI_COLUMN_MONEY:
		money(ctx, *(const int64_t *)(const void *)member, out, size);
		break;
	case UI_COLUMN_INT:
		snprintf(out, size, "%d", *(const int *)(const void *)member);
		break;
	case UI_COLUMN_TICK:
		snprintf(out, size, "%s",
			 *(const bool *)member ? "[x]" : "[ ]");
		break;
	case UI_COLUMN_CELL:
		return column->cell(ctx, row, out, size);
	}
	return UI_PLAIN;
}

static bool passes(const struct ui_ctx *ctx, const struct view *view,
		   const void *row, const char *needle)
{
	char text[CELL_TEXT];

	for (const struct ui_column *c = view->part->columns; c->label; c++) {
		list_cell(ctx, c, row, text, sizeof(text));
		if (fold_contains(text, needle))
			return true;
	}
	return false;
}

static void filter_rows(struct ui_ctx *ctx, struct view *view)
{
	const struct rows *rows = list_rows(ctx, view);
	char needle[128];

	free(view->kept);
	view->kept = NULL;
	view->kept_count = 0;
	view->kept_items = rows->items;
	view->kept_of = rows->count;
	edit_text(&view->filter, needle, sizeof(needle));
	if (!*needle)
		return;
	view->kept = mem_new(rows->count + 1, sizeof(*view->kept));
	for (size_t i = 0; i < rows->count; i++)
		if (passes(ctx, view, rows_at(rows, i), needle))
			view->kept[view->kept_count++] = i;
}

size_t list_count(const struct ui_ctx *ctx, const struct view *view)
{
	return view->kept ? view->kept_count : list_rows(ctx, view)->count;
}

void *list_at(const struct ui_ctx *ctx, const struct view *view, size_t index)
{
	if (view->kept)
		return index < view->kept_count
			? rows_at(list_rows(ctx, view), view->kept[index])
			: NULL;
	return rows_at(list_rows(ctx, view), index);
}

void list_refresh(struct ui_ctx *ctx, struct view *view)
{
	const struct rows *rows = list_rows(ctx, view);
	size_t count;

	if (view->kept && (view->kept_items != rows->items ||
			   view->kept_of != rows->count))
		filter_rows(ctx, view);
	count = list_count(ctx, view);
	if (view->selected >= count)
		view->selected = count ? count - 1 : 0;
	if (rows->count < view->more_at)
		view->more_at = 0;
}

static void ask_more(struct ui_ctx *ctx, struct view *view)
{
	size_t count = list_rows(ctx, view)->count;

	if (!view->part->more || view->stale || view->more_at == count ||
	    !count || view->kept || view->selected + 1 < count)
		return;
	view->more_at = count;
	view->part->more(ctx, ctx->state);
}

void list_select(struct ui_ctx *ctx, struct view *view, size_t index)
{
	size_t count = list_count(ctx, view);

	view->selected = index < count ? index : count ? count - 1 : 0;
	ask_more(ctx, view);
}

void list_move(struct ui_ctx *ctx, struct view *view, long by)
{
	long to = (long)view->selected + by;

	list_select(ctx, view, to < 0 ? 0 : (size_t)to);
}

void list_tick(struct ui_ctx *ctx, struct view *view)
{
	char *row = list_at(ctx, view, view->selected);

	if (!row)
		return;
	if (view->stale) {
		message_add(ctx->ui, true,
			    _("La liste se met à jour : un instant"));
		return;
	}
	for (const struct ui_column *c = view->part->columns; c->label; c++)
		if (c->type == UI_COLUMN_TICK) {
			bool *tick = (bool *)(row + c->offset);

			*tick = !*tick;
			ui_set_changed(ctx);
		}
}

bool *list_kept_tick(const struct ui_ctx *ctx, const struct view *view,
		     size_t index, const char **id)
{
	char *row;

	if (!view->part->row_id)
		return NULL;
	row = rows_at(list_rows(ctx, view), index);
	for (const struct ui_column *c = view->part->columns; row && c->label; c++)
		if (c->type == UI_COLUMN_TICK) {
			*id = view->part->row_id(row);
			return (bool *)(row + c->offset);
		}
	return NULL;
}

/* Start typing a filter; or stop and show every row again, the same selected. */
void list_filter(struct ui_ctx *ctx, struct view *view, bool on)
{
	size_t selected = view->selected;

	if (on) {
		view->filtering = true;
		filter_rows(ctx, view);
		list_refresh(ctx, view);
		return;
	}
	if (view->kept && selected < view->kept_count)
		selected = view->kept[selected];
	view->filtering = false;
	edit_set(&view->filter, "");
	filter_rows(ctx, view);
	list_select(ctx, view, selected);
}

void list_fini(struct view *view)
{
	edit_fini(&view->filter);
	free(view->kept);
	view->kept = NULL;
}
