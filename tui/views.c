/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of an open screen and the focus among them. */
#include "impl.h"

#include <stdlib.h>
#include <string.h>

#define FILTER_MAX 60                   /* bytes of a list's filter */

/* The two short cuts of struct ui_screen, as parts. */
static const struct ui_part *parts_of(struct ui_ctx *ctx)
{
	const struct ui_screen *screen = ctx->screen;
	struct ui_part *part = ctx->short_cut;

	if (screen->parts)
		return screen->parts;
	if (screen->fields)
		*part++ = (struct ui_part){
			.kind = UI_PART_FORM, .fields = screen->fields,
			.enter = screen->columns ? NULL : screen->enter,
		};
	if (screen->columns)
		*part++ = (struct ui_part){
			.kind = UI_PART_LIST, .columns = screen->columns,
			.rows = screen->rows, .empty = screen->empty,
			.enter = screen->enter,
		};
	return ctx->short_cut;
}

void views_init(struct ui_ctx *ctx)
{
	const struct ui_part *parts = parts_of(ctx);

	while (parts[ctx->view_count].kind != UI_PART_END)
		ctx->view_count++;
	ctx->views = mem_new((size_t)ctx->view_count + 1, sizeof(*ctx->views));
	for (int i = 0; i < ctx->view_count; i++) {
		struct view *view = &ctx->views[i];

		view->part = &parts[i];
		if (parts[i].kind == UI_PART_FORM)
			fields_init(ctx, view);
		else if (parts[i].kind == UI_PART_LIST)
			edit_init(&view->filter, FILTER_MAX);
	}
	ctx->focus = -1;
}

void views_fini(struct ui_ctx *ctx)
{
	for (int i = 0; i < ctx->view_count; i++) {
		fields_fini(&ctx->views[i]);
		list_fini(&ctx->views[i]);
	}
	free(ctx->views);
	ctx->views = NULL;
	ctx->view_count = 0;
}

struct view *view_focused(const struct ui_ctx *ctx)
{
	return ctx->focus >= 0 && ctx->focus < ctx->view_count
		? &ctx->views[ctx->focus] : NULL;
}

static bool form_takes_focus(const struct ui_ctx *ctx, const struct view *view)
{
	for (int i = 0; i < view->field_count; i++)
		if (!(view->part->fields[i].flags & UI_READ_ONLY) &&
		    field_there(ctx, &view->part->fields[i]))
			return true;
	return false;
}

static bool takes_focus(const struct ui_ctx *ctx, const struct view *view)
{
	if (!view->there)
		return false;
	switch (view->part->kind) {
	case UI_PART_FORM:
		return form_takes_focus(ctx, view);
	case UI_PART_LIST:
		return true;
	default:
		return view->rows && view->lines > view->page;
	}
}

void views_focus(struct ui_ctx *ctx, int index)
{
	if (index < 0 || index >= ctx->view_count)
		return;
	if (index != ctx->focus)
		fields_leave(ctx);
	ctx->focus = index;
}

void views_step(struct ui_ctx *ctx, int by)
{
	int count = ctx->view_count, from = ctx->focus;

	if (count == 0)
		return;
	if (from < 0)
		from = by > 0 ? count - 1 : 0;
	for (int i = 1; i <= count; i++) {
		int at = ((from + by * i) % count + count) % count;
		struct view *view = &ctx->views[at];

		if (!takes_focus(ctx, view))
			continue;
		views_focus(ctx, at);
		if (view->part->kind == UI_PART_FORM)
			fields_go(ctx, view, by > 0 ? -1 : view->field_count);
		return;
	}
}

static void keep_field(struct ui_ctx *ctx, struct view *view)
{
	const struct ui_field *field = &view->part->fields[view->field];

	if (!(field->flags & UI_READ_ONLY) && field_there(ctx, field))
		return;
	fields_go(ctx, view, view->field);
	field = &view->part->fields[view->field];
	if ((field->flags & UI_READ_ONLY) || !field_there(ctx, field))
		fields_go(ctx, view, -1);
}

void views_refresh(struct ui_ctx *ctx)
{
	struct view *focused;

	for (int i = 0; i < ctx->view_count; i++) {
		struct view *view = &ctx->views[i];

		view->there = !view->part->shown ||
			      view->part->shown(ctx->state);
		if (view->part->kind == UI_PART_LIST)
			list_refresh(ctx, view);
	}
	focused = view_focused(ctx);
	if (!focused || !takes_focus(ctx, focused)) {
		int before = ctx->focus;

		ctx->focus = -1;
		views_step(ctx, 1);
		if (ctx->focus < 0)
			ctx->focus = before >= 0 && focused->there ? before : 0;
		focused = view_focused(ctx);
	}
	if (focused && focused->part->kind == UI_PART_FORM &&
	    focused->field_count)
		keep_field(ctx, focused);
}
