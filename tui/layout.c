/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which part goes where.  Forms and texts get what they need, lists share the
 * rest.  When there is too little, long lists give way first, then texts, then
 * the other lists; what has not the focus goes last. */
#include "impl.h"

#include <stdlib.h>

#define SIDE_FROM 120                   /* columns from which UI_SIDE shows */
#define PAIR_FROM 80                    /* ...and a pair is side by side */
#define SIDE_COLUMNS 42
#define LIST_LEAST 4                    /* rows of a list with its labels */
#define LIST_EASY 8                     /* rows of a list one can work in */
#define TEXT_LEAST 2
#define ROWS_WITH_GAPS 16              /* room for a blank row between parts */

static int text_rows(struct ui_ctx *ctx, struct view *view, int cols)
{
	struct ui_lines lines;
	int rows;

	lines_init(&lines);
	view->part->text(ctx->state, &lines);
	rows = lines_draw(&lines, NULL, 0, cols);
	lines_fini(&lines);
	view->lines = rows;
	return rows;
}

static int list_chrome(const struct view *view)
{
	int rows = 0;

	for (const struct ui_column *c = view->part->columns; c->label; c++)
		if (*c->label)
			rows = 1;
	return rows + (view->part->summary != NULL && !view->part->title) +
	       (view->filtering || view->kept);
}

static int need_of(struct ui_ctx *ctx, struct view *view, int cols)
{
	int rows = view->part->title ? 1 : 0;

	if (view->part->rows_wanted)
		return rows + view->part->rows_wanted;
	switch (view->part->kind) {
	case UI_PART_FORM:
		return rows + form_rows(ctx, view);
	case UI_PART_TEXT:
		return rows + text_rows(ctx, view, cols - 2);
	default:
		return rows + list_chrome(view) +
		       (int)(list_count(ctx, view) ? list_count(ctx, view) : 1);
	}
}

int layout_need(struct ui_ctx *ctx, int cols)
{
	int rows = 0;

	for (int i = 0; i < ctx->view_count; i++)
		if (ctx->views[i].there)
			rows += need_of(ctx, &ctx->views[i], cols);
	return rows;
}

/* A band: one part over the whole width, or a pair side by side. */
struct band {
	struct view *left, *right;      /* right: NULL or the second of a pair */
	int need, least, rows;
	bool list;
};

static bool is_pair(const struct ui_ctx *ctx, int i, int cols)
{
	return cols >= PAIR_FROM && !ctx->ui->setup.accessible &&
	       i + 1 < ctx->view_count &&
	       ctx->views[i].part->place == UI_LEFT &&
	       ctx->views[i + 1].part->place == UI_RIGHT &&
	       ctx->views[i].there && ctx->views[i + 1].there;
}

static int least_of(const struct band *band, const struct view *view)
{
	int least = view->part->kind == UI_PART_LIST ? LIST_LEAST
		  : view->part->kind == UI_PART_TEXT ? TEXT_LEAST : band->need;

	return least < band->need ? least : band->need;
}

static struct band band_of(struct ui_ctx *ctx, int i, int cols)
{
	struct band band = { .left = &ctx->views[i] };
	int other;

	if (is_pair(ctx, i, cols))
		band.right = &ctx->views[i + 1];
	band.need = need_of(ctx, band.left, band.right ? cols / 2 : cols);
	band.list = band.left->part->kind == UI_PART_LIST;
	if (band.right) {
		other = need_of(ctx, band.right, cols / 2);
		band.need = other > band.need ? other : band.need;
		band.list = band.list || band.right->part->kind == UI_PART_LIST;
	}
	band.least = least_of(&band, band.left);
	if (band.right && least_of(&band, band.right) > band.least)
		band.least = least_of(&band, band.right);
	band.rows = band.need;
	return band;
}

/* Take `over` rows away from the bands of one kind, the last ones first, down to
 * `rows` or to their least when that is more. */
static int shrink(struct band *bands, int count, int over, bool lists, int rows)
{
	for (int i = count - 1; i >= 0 && over > 0; i--) {
		int keep = bands[i].least > rows ? bands[i].least : rows;
		int spare = bands[i].rows - keep;

		if (bands[i].list != lists || spare <= 0)
			continue;
		if (spare > over)
			spare = over;
		bands[i].rows -= spare;
		over -= spare;
	}
	return over;
}

/* Still too much: what has not the focus goes, from the bottom. */
static void squeeze(struct ui_ctx *ctx, struct band *bands, int count, int over)
{
	const struct view *focused = view_focused(ctx);

	for (int i = count - 1; i >= 0 && over > 0; i--) {
		int take = bands[i].rows;

		if (bands[i].left == focused || bands[i].right == focused)
			continue;
		if (take > over)
			take = over;
		bands[i].rows -= take;
		over -= take;
	}
	for (int i = count - 1; i >= 0 && over > 0; i--) {
		int take = bands[i].rows > over ? over : bands[i].rows;

		bands[i].rows -= take;
		over -= take;
	}
}

static void place(struct view *view, int y, int x, int rows, int cols)
{
	view->y = y;
	view->x = x;
	view->rows = rows;
	view->cols = cols;
}

static void place_bands(struct band *bands, int count, int gap, int y, int x,
			int cols)
{
	for (int i = 0; i < count; i++) {
		struct band *band = &bands[i];

		if (band->right) {
			place(band->left, y, x, band->rows, cols / 2);
			place(band->right, y, x + cols / 2, band->rows,
			      cols - cols / 2);
		} else {
			place(band->left, y, x, band->rows, cols);
		}
		y += band->rows + (band->rows ? gap : 0);
	}
}

static bool goes_aside(const struct ui_ctx *ctx, const struct view *view)
{
	return view->there && view->part->place == UI_SIDE &&
	       paint_is_wide(ctx, SIDE_FROM);
}

static void place_side(struct ui_ctx *ctx, int y, int x, int rows, int cols)
{
	for (int i = 0; i < ctx->view_count; i++) {
		struct view *view = &ctx->views[i];
		int need;

		if (!goes_aside(ctx, view))
			continue;
		need = need_of(ctx, view, cols);
		if (need > rows)
			need = rows;
		place(view, y, x, need, cols);
		y += need + 1;
		rows -= need + 1;
		if (rows < 0)
			rows = 0;
	}
}

void layout_views(struct ui_ctx *ctx, int y, int x, int rows, int cols)
{
	struct band *bands = mem_new((size_t)ctx->view_count + 1,
				     sizeof(*bands));
	int count = 0, over = -rows;
	bool aside = false;

	for (int i = 0; i < ctx->view_count; i++) {
		ctx->views[i].rows = 0;
		aside = aside || goes_aside(ctx, &ctx->views[i]);
	}
	if (aside) {
		place_side(ctx, y, x + cols - SIDE_COLUMNS, rows, SIDE_COLUMNS);
		cols -= SIDE_COLUMNS + 2;
	}
	for (int i = 0; i < ctx->view_count; i++) {
		if (!ctx->views[i].there ||
		    ctx->views[i].part->place == UI_SIDE)
			continue;
		bands[count] = band_of(ctx, i, cols);
		over += bands[count].rows;
		i += bands[count].right != NULL;
		count++;
	}
	if (rows >= ROWS_WITH_GAPS && count)
		over += count - 1;
	over = shrink(bands, count, over, true, LIST_EASY);
	over = shrink(bands, count, over, false, 0);
	over = shrink(bands, count, over, true, 0);
	squeeze(ctx, bands, count, over);
	place_bands(bands, count, rows >= ROWS_WITH_GAPS, y, x, cols);
	free(bands);
}
