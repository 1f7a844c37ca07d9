/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole view, from the state, each time; what differs is sent. */
#include "canvas.h"
#include "dialog.h"
#include "tty.h"

#include <string.h>

#define LEAST_ROWS 20
#define LEAST_COLUMNS 60
#define DIALOG_COLUMNS 70
#define FOOTER_ROWS 2

bool paint_is_wide(const struct ui_ctx *ctx, int columns)
{
	return !ctx->ui->setup.accessible && tty_columns() >= columns &&
	       ctx->screen->kind != UI_DIALOG;
}

static void paint_text(struct ui_ctx *ctx, struct view *view,
		       struct canvas *canvas)
{
	struct canvas inner = canvas_part(canvas, 0, 1, canvas->rows,
					  canvas->cols - 2);
	struct ui_lines lines;

	lines_init(&lines);
	view->part->text(ctx->state, &lines);
	view->lines = lines_draw(&lines, NULL, 0, inner.cols);
	view->page = canvas->rows;
	if (view->scroll > view->lines - canvas->rows)
		view->scroll = view->lines - canvas->rows;
	if (view->scroll < 0)
		view->scroll = 0;
	lines_draw(&lines, &inner, view->scroll, inner.cols);
	lines_fini(&lines);
	if (view->scroll + canvas->rows < view->lines)
		canvas_text(canvas, canvas->rows - 1, canvas->cols - 1, 1,
			    UI_DIM, "+");
	if (view_focused(ctx) == view)
		canvas_cursor(canvas, 0, 1);
}

static void paint_title(struct ui_ctx *ctx, struct view *view,
			struct canvas *canvas)
{
	char summary[200] = "";
	int used;

	used = canvas_text(canvas, 0, 1, canvas->cols - 2, UI_STRONG,
			   _(view->part->title));
	if (view->part->summary)
		view->part->summary(ctx->state, summary, sizeof(summary));
	if (*summary)
		canvas_right(canvas, 0, used + 3, canvas->cols - used - 4,
			     UI_PLAIN, summary);
}

static void paint_view(struct ui_ctx *ctx, struct view *view,
		       const struct canvas *canvas)
{
	struct canvas part = canvas_part(canvas, view->y, view->x, view->rows,
					 view->cols);

	if (part.rows <= 0)
		return;
	if (view->part->title) {
		paint_title(ctx, view, &part);
		part = canvas_part(&part, 1, 0, part.rows - 1, part.cols);
		if (part.rows <= 0)
			return;
	}
	switch (view->part->kind) {
	case UI_PART_FORM:
		paint_form(ctx, view, &part);
		break;
	case UI_PART_LIST:
		paint_list(ctx, view, &part);
		break;
	case UI_PART_TEXT:
		paint_text(ctx, view, &part);
		break;
	case UI_PART_END:
		break;
	}
}

static void paint_parts(struct ui_ctx *ctx, const struct canvas *canvas)
{
	views_refresh(ctx);
	layout_views(ctx, 0, 0, canvas->rows, canvas->cols);
	for (int i = 0; i < ctx->view_count; i++)
		if (ctx->views[i].there)
			paint_view(ctx, &ctx->views[i], canvas);
}

static void paint_screen(struct ui_ctx *ctx, const struct canvas *canvas)
{
	int top = paint_header(ctx, canvas);
	struct canvas body = canvas_part(canvas, top, 0,
					 canvas->rows - top - FOOTER_ROWS,
					 canvas->cols);

	canvas_cursor(&body, 0, 1);
	paint_parts(ctx, &body);
}

static void paint_border(const struct canvas *box, const char *title)
{
	int last = box->rows - 1, right = box->cols - 1;

	canvas_repeat(box, 0, 1, right - 1, UI_DIM, 0x2500);
	canvas_repeat(box, last, 1, right - 1, UI_DIM, 0x2500);
	for (int y = 1; y < last; y++) {
		canvas_repeat(box, y, 0, 1, UI_DIM, 0x2502);
		canvas_repeat(box, y, right, 1, UI_DIM, 0x2502);
	}
	canvas_repeat(box, 0, 0, 1, UI_DIM, 0x250C);
	canvas_repeat(box, 0, right, 1, UI_DIM, 0x2510);
	canvas_repeat(box, last, 0, 1, UI_DIM, 0x2514);
	canvas_repeat(box, last, right, 1, UI_DIM, 0x2518);
	canvas_text(box, 0, 2, 1, UI_PLAIN, " ");
	canvas_text(box, 0, 3 + canvas_text(box, 0, 3, right - 6, UI_TITLE,
					    title), 1, UI_PLAIN, " ");
}

static void paint_dialog(struct ui_ctx *ctx, const struct canvas *canvas)
{
	int room = canvas->rows - FOOTER_ROWS, rows, cols = DIALOG_COLUMNS;
	struct canvas box, inner;

	if (cols > canvas->cols)
		cols = canvas->cols;
	views_refresh(ctx);
	rows = layout_need(ctx, cols - 4) + 2;
	if (rows > room)
		rows = room;
	if (ctx->ui->setup.accessible) {
		box = canvas_part(canvas, 0, 0, room, canvas->cols);
		canvas_blank(&box);
		canvas_text(&box, 0, 0, box.cols, UI_TITLE, dialog_title(ctx));
		inner = canvas_part(&box, 1, 0, room - 1, box.cols);
	} else {
		box = canvas_part(canvas, (room - rows) / 2,
				  (canvas->cols - cols) / 2, rows, cols);
		canvas_blank(&box);
		paint_border(&box, dialog_title(ctx));
		inner = canvas_part(&box, 1, 1, rows - 2, cols - 2);
	}
	canvas_cursor(&inner, 0, 1);
	paint_parts(ctx, &inner);
}

/* The screen below a dialog stays in sight. */
static void paint_stack(struct ui_ctx *ctx, const struct canvas *canvas)
{
	if (ctx->screen->kind != UI_DIALOG) {
		paint_screen(ctx, canvas);
		return;
	}
	if (ctx->below)
		paint_stack(ctx->below, canvas);
	paint_dialog(ctx, canvas);
}

/* Below this a NIR or an amount would be cut; a screen reader needs less. */
static bool too_small(struct ui *ui, const struct canvas *canvas)
{
	int columns = ui->setup.accessible ? 40 : LEAST_COLUMNS;
	int rows = ui->setup.accessible ? 12 : LEAST_ROWS;
	char text[80];

	if (canvas->rows >= rows && canvas->cols >= columns)
		return false;
	canvas_text(canvas, 0, 0, canvas->cols, UI_PLAIN, _("Terminal trop petit"));
	snprintf(text, sizeof(text), _("il faut %d colonnes sur %d lignes"), columns,
		 rows);
	if (canvas->rows > 1)
		canvas_text(canvas, 1, 0, canvas->cols, UI_PLAIN, text);
	ui->cursor_y = ui->cursor_x = 0;
	return true;
}

static void set_title(struct ui *ui, const struct ui_ctx *ctx)
{
	const char *program = ui->setup.program ? ui->setup.program : "guichet";
	char text[160];

	if (ui->locked || ctx->screen->kind == UI_DIALOG)
		snprintf(text, sizeof(text), "%s", program);
	else
		snprintf(text, sizeof(text), "%s: %s", program,
			 _(ctx->screen->title));
	tty_title(ui->tty, text);
}

void paint_all(struct ui *ui)
{
	struct canvas canvas = canvas_start(ui);
	struct ui_ctx *ctx = ui_front(ui);

	ui->dirty = ui->message_new = false;
	ui->paints++;
	if (ui->repaint)
		tty_repaint();
	ui->repaint = false;
	if (!too_small(ui, &canvas)) {
		if (ui->locked)
			paint_lock(ui, &canvas);
		else
			paint_stack(ctx, &canvas);
		if (!ui->locked)
			paint_footer(ctx, &canvas);
		if (ui->prompt)
			paint_prompt(ui, &canvas);
	}
	set_title(ui, ctx);
	cells_give(&ui->cells);
	tty_update(ui->cursor_y, ui->cursor_x);
}
