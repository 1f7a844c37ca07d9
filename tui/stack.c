/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open screens: a stack in each space. */
#include "draft.h"

#include <stdlib.h>
#include <string.h>

const struct ui_screen *screen_find(const struct ui *ui, const char *name)
{
	const struct ui_screen *const *lists[] = {
		ui->setup.screens, builtin_screens,
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		for (size_t s = 0; lists[i] && lists[i][s]; s++)
			if (!strcmp(lists[i][s]->name, name))
				return lists[i][s];
	return NULL;
}

struct ui_ctx *stack_find(const struct ui *ui, unsigned id)
{
	for (int i = 0; i < UI_SPACES; i++)
		for (struct ui_ctx *c = ui->spaces[i].top; c; c = c->below)
			if (c->id == id)
				return c;
	return NULL;
}

/* `state`, when given, is moved in: a dialog made by its caller. */
struct ui_ctx *stack_push(struct ui *ui, struct space *space,
			  const struct ui_screen *screen, const char *arg,
			  void *state)
{
	struct ui_ctx *ctx = mem_new(1, sizeof(*ctx));

	ctx->ui = ui;
	ctx->id = ++ui->next_id;
	ctx->screen = screen;
	ctx->space = space;
	ctx->below = space->top;
	ctx->state = state ? state
			   : mem_new(1, screen->state_size ? screen->state_size
							   : 1);
	if (arg)
		text_copy(ctx->arg, sizeof(ctx->arg), arg);
	uuid_new(ctx->key);
	owner_init(&ctx->owner);
	if (ctx->below && ctx->below->expecting) {
		ctx->below->expecting = false;
		if (screen->kind == UI_DIALOG)
			input_forget(&ui->input);
	}
	space->top = ctx;
	ui->dirty = true;
	return ctx;
}

/* A handler made by open() may need the views: they are made before; what open()
 * put in the fields is read after. */
void stack_open(struct ui_ctx *ctx)
{
	views_init(ctx);
	if (ctx->screen->open)
		ctx->screen->open(ctx, ctx->state, ctx->arg);
	ui_fields_changed(ctx);
	views_refresh(ctx);
	ctx->changed = false;
}

static void unlink_ctx(struct ui_ctx *ctx)
{
	struct ui_ctx **at = &ctx->space->top;

	while (*at != ctx)
		at = &(*at)->below;
	*at = ctx->below;
}

static void free_ctx(struct ui_ctx *ctx)
{
	struct rows *rows;

	owner_release(&ctx->owner);
	if (ctx->screen->close)
		ctx->screen->close(ctx->state);
	if (ctx->screen->has_rows) {
		rows = (struct rows *)(void *)((char *)ctx->state +
					       ctx->screen->rows);
		rows_fini(rows);
	}
	views_fini(ctx);
	draft_wipe_text(ctx->taken_up);
	draft_wipe_text(ctx->sent);
	if (ctx->screen->state_size)
		explicit_bzero(ctx->state, ctx->screen->state_size);
	free(ctx->state);
	free(ctx);
}

void stack_pop(struct ui_ctx *ctx)
{
	struct ui *ui = ctx->ui;
	struct space *space = ctx->space;

	unlink_ctx(ctx);
	free_ctx(ctx);
	ui->dirty = true;
	if (!space->top)
		stack_close_space(ui, space);
}

static struct space *latest(struct ui *ui)
{
	struct space *best = &ui->spaces[0];

	for (int i = 1; i < UI_SPACES; i++)
		if (ui->spaces[i].top && ui->spaces[i].used > best->used)
			best = &ui->spaces[i];
	return best;
}

void stack_close_space(struct ui *ui, struct space *space)
{
	void *data = space->data;

	while (space->top) {
		struct ui_ctx *ctx = space->top;

		space->top = ctx->below;
		free_ctx(ctx);
	}
	space->data = NULL;
	space->used = 0;
	if (data && ui->setup.hooks.space_closed)
		ui->setup.hooks.space_closed(ui->setup.user, data);
	if (space == &ui->spaces[0])
		ui->quit = true;        /* the desk holds the program */
	else if (ui->front == space)
		ui->front = latest(ui);
	ui->dirty = true;
}

void stack_fini(struct ui *ui)
{
	for (int i = UI_SPACES - 1; i >= 0; i--)
		if (ui->spaces[i].top)
			stack_close_space(ui, &ui->spaces[i]);
}

void stack_next_space(struct ui *ui)
{
	int from = (int)(ui->front - ui->spaces);

	for (int i = 1; i < UI_SPACES; i++) {
		struct space *space = &ui->spaces[(from + i) % UI_SPACES];

		if (!space->top)
			continue;
		ui->front = space;
		space->used = ++ui->next_use;
		return;
	}
	message_add(ui, false, _("Un seul dossier est ouvert"));
}
