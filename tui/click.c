/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mouse, for those who ask for it: a click takes the focus to a row or to a
 * field, a second one on the same row opens it. */
#include "impl.h"

/* The part painted at that place; side by side, the column tells. */
static int part_at(const struct ui_ctx *ctx, int y, int x)
{
	for (int i = 0; i < ctx->view_count; i++) {
		const struct view *view = &ctx->views[i];

		if (view->there && view->rows && view->page &&
		    y >= view->first_y && y < view->first_y + view->page &&
		    x >= view->first_x && x < view->first_x + view->cols)
			return i;
	}
	return -1;
}

static void click_row(struct ui_ctx *ctx, struct view *view, int row)
{
	size_t index = view->top + (size_t)row;

	if (index >= list_count(ctx, view))
		return;
	if (index == view->selected && view->part->enter)
		action_run(ctx, view->part->enter);
	else
		list_select(ctx, view, index);
}

static void click_field(struct ui_ctx *ctx, struct view *view, int row)
{
	row += view->first_field;
	for (int i = 0; i < view->field_count; i++)
		if (field_there(ctx, &view->part->fields[i]) && row-- == 0) {
			fields_leave(ctx);
			fields_go(ctx, view, i);
			return;
		}
}

void action_click(struct ui *ui, int y, int x)
{
	struct ui_ctx *ctx = ui_front(ui);
	int part = part_at(ctx, y, x), row;
	bool here = part == ctx->focus;
	struct view *view;

	if (part < 0)
		return;
	view = &ctx->views[part];
	row = y - view->first_y;
	views_focus(ctx, part);
	if (view->part->kind == UI_PART_FORM)
		click_field(ctx, view, row);
	else if (view->part->kind == UI_PART_LIST && here)
		click_row(ctx, view, row);
	else if (view->part->kind == UI_PART_LIST)
		list_select(ctx, view, view->top + (size_t)row);
}
