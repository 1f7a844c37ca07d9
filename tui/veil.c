/* SPDX-License-Identifier: GPL-3.0-or-later */
/* While the screen is locked, what it will show again cannot be read in memory
 * either: between two turns of the loop, the states of the screens, their rows
 * and what is typed in them are XORed with the stream of a key that is in locked
 * pages.  Nothing runs meanwhile; a turn lifts the veil first.
 *
 * The same walk puts it and lifts it.  What holds pointers (a state) is veiled
 * after what they point to, and unveiled before. */
#include "draft.h"
#include "tty.h"
#include "veil.h"

#include <malloc.h>
#include <string.h>

/* Room for the numbers of the blocks of one screen. */
#define NUMBERS 65536

struct walk {
	const struct secret *key;
	uint64_t number;
};

static void cover(struct walk *walk, void *bytes, size_t size)
{
	uint64_t number = walk->number++;

	if (bytes && size)
		secret_veil(walk->key, number, bytes, size);
}

static void cover_block(struct walk *walk, void *block)
{
	cover(walk, block, block ? malloc_usable_size(block) : 0);
}

static void cover_rows(struct walk *walk, struct rows *rows)
{
	cover(walk, rows->items, rows->capacity * rows->size);
}

static void cover_edit(struct walk *walk, struct edit *edit)
{
	cover(walk, edit->chars, edit->capacity * sizeof(*edit->chars));
	for (int i = 0; i < EDIT_UNDOS; i++)
		cover_block(walk, i < edit->past_count ? edit->past[i].chars : NULL);
}

static void *member(const struct ui_ctx *ctx, size_t offset)
{
	return (char *)ctx->state + offset;
}

static void cover_view(struct walk *walk, const struct ui_ctx *ctx,
		       struct view *view)
{
	if (view->part->kind == UI_PART_LIST) {
		cover_rows(walk, member(ctx, view->part->rows));
		cover_edit(walk, &view->filter);
	}
	for (int f = 0; f < view->field_count; f++) {
		cover_edit(walk, &view->fields[f].edit);
		cover(walk, view->fields[f].error, sizeof(view->fields[f].error));
	}
}

static void cover_inside(struct walk *walk, struct ui_ctx *ctx)
{
	bool seen = !ctx->screen->has_rows;

	for (int i = 0; i < ctx->view_count; i++) {
		const struct ui_part *part = ctx->views[i].part;

		seen = seen || (part->kind == UI_PART_LIST &&
				part->rows == ctx->screen->rows);
		cover_view(walk, ctx, &ctx->views[i]);
	}
	if (!seen)
		cover_rows(walk, member(ctx, ctx->screen->rows));
	cover(walk, ctx->arg, sizeof(ctx->arg));
	cover_block(walk, ctx->taken_up);
	cover_block(walk, ctx->sent);
}

static void cover_state(struct walk *walk, struct ui_ctx *ctx)
{
	if (ctx->screen->state_size)
		cover(walk, ctx->state, ctx->screen->state_size);
}

static void cover_of_app(void *self, void *bytes, size_t size)
{
	cover(self, bytes, size);
}

static void walk_all(struct ui *ui, bool lifting)
{
	struct walk walk = { .key = &ui->veil };

	for (int i = 0; i < UI_SPACES; i++)
		for (struct ui_ctx *c = ui->spaces[i].top; c; c = c->below) {
			walk.number = (uint64_t)c->id * NUMBERS;
			if (lifting)
				cover_state(&walk, c);
			walk.number = (uint64_t)c->id * NUMBERS + 1;
			cover_inside(&walk, c);
			walk.number = (uint64_t)c->id * NUMBERS;
			if (!lifting)
				cover_state(&walk, c);
		}
	walk.number = 0;
	cover_rows(&walk, &ui->messages);
	if (ui->setup.hooks.veil)
		ui->setup.hooks.veil(ui->setup.user, cover_of_app, &walk);
}

/* Blocks that small are kept by the allocator as they were freed: take them all,
 * which makes them anew.  Larger ones it overwrites itself (see main()).  Each of
 * these sizes fills its chunk to the last byte. */
static void wipe_small_blocks(void)
{
	enum { LEAST = 24, MOST = 1040, STEP = 16, EACH = 8 };
	void *blocks[EACH];

	for (size_t size = LEAST; size <= MOST; size += STEP) {
		for (int i = 0; i < EACH; i++) {
			blocks[i] = malloc(size);
			if (blocks[i])
				explicit_bzero(blocks[i], size);
		}
		for (int i = 0; i < EACH; i++)
			free(blocks[i]);
	}
}

/* What functions that returned have left below. */
__attribute__((noinline))
static void wipe_stack(void)
{
	char below[64 * 1024];

	explicit_bzero(below, sizeof(below));
}

/* Once a lock: nothing of a person is written after. */
static void wipe_output(struct ui *ui)
{
	ui->wiped = true;
	tty_wipe(ui->tty);
	cells_forget(&ui->cells);
	paint_all(ui);
}

void veil_put(struct ui *ui)
{
	if (!ui->locked || ui->veil.bytes)
		return;
	draft_save_typed(ui);
	if (!ui->wiped)
		wipe_output(ui);
	input_wipe(&ui->input);
	secret_key_new(&ui->veil);
	walk_all(ui, false);
	wipe_small_blocks();
	wipe_stack();
}

void veil_lift(struct ui *ui)
{
	if (!ui->veil.bytes)
		return;
	walk_all(ui, true);
	secret_set(&ui->veil, NULL, 0);
}
