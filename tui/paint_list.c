/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists: which columns there is room for, and the rows in sight.  The selected
 * row differs by its marker alone: a move rewrites two cells. */
#include "canvas.h"

#include <string.h>

#define COLUMNS_MAX 24
#define GAP 2
#define CELL_TEXT 512
#define WORDS_LEAST 5                   /* columns left of a text, at worst */

struct shown {
	const struct ui_column *column;
	int x, width;
};

struct table {
	struct shown columns[COLUMNS_MAX];
	int count;
};

static int least(const struct ui_column *column)
{
	return column->min && column->min < column->width ? column->min
							   : column->width;
}

static int total(const struct table *table)
{
	int width = 0;

	for (int i = 0; i < table->count; i++)
		width += table->columns[i].width + (i ? GAP : 0);
	return width;
}

/* The highest rank goes first; of equals, the last. */
static bool drop_one(struct table *table)
{
	int worst = -1, rank = 0;

	for (int i = 0; i < table->count; i++)
		if (table->columns[i].column->rank >= rank &&
		    table->columns[i].column->rank > 0) {
			worst = i;
			rank = table->columns[i].column->rank;
		}
	if (worst < 0)
		return false;
	memmove(&table->columns[worst], &table->columns[worst + 1],
		(size_t)(table->count - worst - 1) * sizeof(*table->columns));
	table->count--;
	return true;
}

/* The widest column of words; numbers and dates are never cut short. */
static struct shown *widest_words(struct table *table)
{
	struct shown *widest = NULL;

	for (int i = 0; i < table->count; i++) {
		struct shown *s = &table->columns[i];
		bool words = !s->column->right &&
			     (s->column->type == UI_COLUMN_TEXT ||
			      s->column->type == UI_COLUMN_ENUM ||
			      s->column->type == UI_COLUMN_CELL);

		if (words && s->width > WORDS_LEAST &&
		    (!widest || s->width > widest->width))
			widest = s;
	}
	return widest;
}

/* Columns shrink to their least, then leave, until the row fits; what must stay
 * is cut where it hurts least. */
static void fit(struct table *table, int room)
{
	struct shown *words;

	for (int i = table->count - 1; i >= 0 && total(table) > room; i--) {
		int spare = table->columns[i].width -
			    least(table->columns[i].column);
		int over = total(table) - room;

		table->columns[i].width -= spare < over ? spare : over;
	}
	while (total(table) > room && drop_one(table))
		;
	while (total(table) > room && (words = widest_words(table)))
		words->width--;
}

static void grow(struct table *table, int room)
{
	int shares = 0, spare = room - total(table);

	for (int i = 0; i < table->count; i++) {
		struct shown *shown = &table->columns[i];
		int wanted = shown->column->width - shown->width;

		/* What was shrunk for a column that left comes back first. */
		wanted = wanted < spare ? wanted : spare;
		if (wanted > 0) {
			shown->width += wanted;
			spare -= wanted;
		}
		shares += shown->column->grow;
	}
	for (int i = 0; i < table->count && shares && spare > 0; i++) {
		struct shown *shown = &table->columns[i];
		int part = spare * shown->column->grow / shares;
		int most = 2 * shown->column->width - shown->width;

		/* A wide screen shows more, not the same further apart. */
		if (part > most)
			part = most > 0 ? most : 0;
		shares -= shown->column->grow;
		shown->width += part;
		spare -= part;
	}
}

static void make_table(const struct view *view, struct table *table, int x,
		       int room)
{
	memset(table, 0, sizeof(*table));
	for (const struct ui_column *c = view->part->columns;
	     c->label && table->count < COLUMNS_MAX; c++) {
		table->columns[table->count].column = c;
		table->columns[table->count++].width = c->width;
	}
	fit(table, room);
	grow(table, room);
	for (int i = 0; i < table->count; i++) {
		table->columns[i].x = x;
		x += table->columns[i].width + GAP;
	}
}

/* The label of the first column starts above the marker, as rows do. */
static bool paint_labels(const struct table *table, const struct canvas *canvas)
{
	bool some = false;

	for (int i = 0; i < table->count; i++) {
		const struct shown *s = &table->columns[i];
		int back = i == 0 && !s->column->right ? s->x - 1 : 0;

		if (!*s->column->label)
			continue;
		some = true;
		if (s->column->right)
			canvas_right(canvas, 0, s->x, s->width, UI_LABEL,
				     _(s->column->label));
		else
			canvas_text(canvas, 0, s->x - back, s->width + back,
				    UI_LABEL, _(s->column->label));
	}
	return some;
}

/* The choices of a question have keys of their own. */
static bool has_numbers(const struct ui_ctx *ctx)
{
	return ctx->ui->setup.accessible && ctx->screen->kind != UI_DIALOG;
}

static void paint_row(struct ui_ctx *ctx, const struct view *view,
		      const struct table *table, const struct canvas *canvas,
		      int y, size_t index)
{
	const void *row = list_at(ctx, view, index);
	char text[CELL_TEXT], number[24];

	if (index == view->selected && view_focused(ctx) == view)
		canvas_text(canvas, y, 1, 1, UI_PLAIN, ">");
	if (has_numbers(ctx)) {
		snprintf(number, sizeof(number), "%zu", index + 1);
		canvas_right(canvas, y, 3, 4, UI_PLAIN, number);
	}
	for (int i = 0; i < table->count; i++) {
		const struct shown *s = &table->columns[i];
		enum ui_style style = list_cell(ctx, s->column, row, text,
						sizeof(text));

		if (view->stale)
			style = UI_DIM;
		if (s->column->right)
			canvas_right(canvas, y, s->x, s->width, style, text);
		else
			canvas_text(canvas, y, s->x, s->width, style, text);
	}
}

static void paint_filter(struct ui_ctx *ctx, struct view *view,
			 const struct canvas *canvas, int y)
{
	char found[80];
	int x, at, width = canvas->cols / 2;

	snprintf(found, sizeof(found),
		 P_("%zu ligne", "%zu lignes", list_count(ctx, view)),
		 list_count(ctx, view));
	x = 1 + canvas_text(canvas, y, 1, width, UI_LABEL, _("Filtre : "));
	at = edit_scroll(&view->filter, width - x);
	canvas_chars(canvas, y, x, width - x, UI_STRONG,
		     view->filter.chars + view->filter.first,
		     view->filter.count - view->filter.first);
	canvas_right(canvas, y, width + 1, canvas->cols - width - 2, UI_DIM,
		     found);
	if (view->filtering && view_focused(ctx) == view)
		canvas_cursor(canvas, y, x + at);
}

static void paint_summary(struct ui_ctx *ctx, const struct view *view,
			  const struct canvas *canvas, int y)
{
	char text[300] = "";

	view->part->summary(ctx->state, text, sizeof(text));
	canvas_text(canvas, y, 1, canvas->cols - 2,
		    view->stale ? UI_DIM : UI_PLAIN, text);
}

static void keep_in_sight(struct view *view, size_t page, size_t count)
{
	if (view->selected < view->top)
		view->top = view->selected;
	if (page && view->selected >= view->top + page)
		view->top = view->selected - page + 1;
	if (view->top + page > count)
		view->top = count > page ? count - page : 0;
}

static void paint_empty(const struct view *view, const struct canvas *canvas)
{
	const char *text = view->kept ? _("Aucune ligne ne correspond au filtre")
			 : view->stale ? ""
			 : view->part->empty ? _(view->part->empty)
			 : _("Aucune ligne");

	canvas_text(canvas, 0, 3, canvas->cols - 4, UI_DIM, text);
	if (view->stale)
		canvas_text(canvas, 0, 3, canvas->cols - 4, UI_DIM, "…");
}

static void paint_rows(struct ui_ctx *ctx, struct view *view,
		       const struct table *table, const struct canvas *body)
{
	size_t count = list_count(ctx, view), page = (size_t)body->rows;

	view->page = body->rows;
	view->first_y = body->y;
	view->first_x = body->x;
	keep_in_sight(view, page, count);
	if (!count)
		paint_empty(view, body);
	for (size_t i = 0; i < page && view->top + i < count; i++)
		paint_row(ctx, view, table, body, (int)i, view->top + i);
	if (view_focused(ctx) == view)
		canvas_cursor(body, (int)(view->selected - view->top),
			      table->count ? table->columns[0].x : 3);
}

void paint_list(struct ui_ctx *ctx, struct view *view, struct canvas *canvas)
{
	bool filter = view->filtering || view->kept;
	bool summary = view->part->summary && !view->part->title;
	int x = has_numbers(ctx) ? 8 : 3, top = 0, bottom;
	bool room;
	struct canvas body;
	struct table table;
	size_t count;

	make_table(view, &table, x, canvas->cols - x - 1);
	if (canvas->rows > 2)
		top += paint_labels(&table, canvas);
	/* A filter one does not see is a list that lost its rows. */
	room = top + summary + filter < canvas->rows;
	bottom = canvas->rows - (room ? summary + filter : 0);
	body = canvas_part(canvas, top, 0, bottom - top, canvas->cols);
	count = list_count(ctx, view);
	if (body.rows > 0)
		paint_rows(ctx, view, &table, &body);
	/* The line of counts follows the last row. */
	if ((int)count < body.rows)
		bottom = top + (count ? (int)count : 1);
	if (summary && room)
		paint_summary(ctx, view, canvas, bottom++);
	if (filter && room)
		paint_filter(ctx, view, canvas, canvas->rows - 1);
}
