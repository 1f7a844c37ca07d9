/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What handlers ask for is written down and done when they have returned: a
 * handler never sees its screen go, nor another come, under its feet. */
#include "impl.h"

#include "dialog.h"

#include <stdlib.h>
#include <string.h>

struct effect *effect_add(struct ui_ctx *ctx, enum effect_kind kind)
{
	struct effect *effect = rows_add(&ctx->ui->effects);

	effect->kind = kind;
	effect->ctx = ctx->id;
	ctx->ui->dirty = true;
	return effect;
}

static bool is_dialog_of(const struct ui_ctx *dialog, const struct ui_ctx *ctx)
{
	const unsigned *asker = dialog_asker(dialog);

	return asker && *asker == ctx->id;
}

static void drop_dialogs(struct ui_ctx *ctx)
{
	struct ui_ctx *c = ctx->space->top;

	while (c && c != ctx) {
		struct ui_ctx *below = c->below;

		if (is_dialog_of(c, ctx))
			stack_pop(c);
		c = below;
	}
}

static void do_push(struct ui_ctx *ctx, struct effect *effect)
{
	struct ui_ctx *opened;

	opened = stack_push(ctx->ui, ctx->space, effect->screen, effect->arg,
			    effect->data);
	effect->data = NULL;
	stack_open(opened);
}

static void do_replace(struct ui_ctx *ctx, struct effect *effect)
{
	struct ui *ui = ctx->ui;
	struct space *space = ctx->space;
	struct ui_ctx *opened;

	drop_dialogs(ctx);
	/* Pushed before the other goes, so that the space is never empty. */
	opened = stack_push(ui, space, effect->screen, effect->arg, NULL);
	draft_forget(ctx);
	stack_pop(ctx);
	stack_open(opened);
}

static void do_space_open(struct ui *ui, struct effect *effect)
{
	struct space *space = effect->space;

	ui->front = space;
	space->used = ++ui->next_use;
	stack_open(stack_push(ui, space, effect->screen, effect->arg, NULL));
}

static void do_space_go(struct ui *ui, const void *data)
{
	for (int i = 0; i < UI_SPACES; i++) {
		struct space *space = &ui->spaces[i];

		if (space->top && space->data == data && (data || i == 0)) {
			ui->front = space;
			space->used = ++ui->next_use;
			return;
		}
	}
}

static void do_answer(struct ui_ctx *ctx, struct effect *effect)
{
	if (effect->yes && effect->value == 1)
		effect->yes(ctx, ctx->state);
	else if (effect->answered)
		effect->answered(ctx, ctx->state, effect->value);
	else if (effect->told)
		effect->told(ctx, ctx->state, effect->arg);
}

/* What was above is closed; a question that goes is no news. */
static void resume(struct ui *ui, const struct space *space)
{
	struct ui_ctx *ctx = space->top ? space->top : ui->front->top;

	if (ctx && !ui->quit && ctx->screen->resumed)
		ctx->screen->resumed(ctx, ctx->state);
}

static void do_pop(struct ui_ctx *ctx)
{
	struct ui *ui = ctx->ui;
	struct space *space = ctx->space;
	bool news;

	drop_dialogs(ctx);
	news = ctx == space->top && ctx->screen->kind != UI_DIALOG;
	draft_forget(ctx);
	stack_pop(ctx);
	if (news)
		resume(ui, space);
}

static void do_space_close(struct ui *ui, struct space *space)
{
	if (space == &ui->spaces[0])
		return;
	stack_close_space(ui, space);
	resume(ui, space);
}

static void apply(struct ui *ui, struct effect *effect)
{
	struct ui_ctx *ctx = stack_find(ui, effect->ctx);

	/* A place taken for a file is used, whatever became of who asked. */
	if (!ctx && effect->kind != EFFECT_SPACE_OPEN)
		return;
	switch (effect->kind) {
	case EFFECT_PUSH:
		do_push(ctx, effect);
		break;
	case EFFECT_REPLACE:
		do_replace(ctx, effect);
		break;
	case EFFECT_POP:
		do_pop(ctx);
		break;
	case EFFECT_SPACE_OPEN:
		do_space_open(ui, effect);
		break;
	case EFFECT_SPACE_GO:
		do_space_go(ui, effect->data);
		effect->data = NULL;
		break;
	case EFFECT_SPACE_CLOSE:
		do_space_close(ui, ctx->space);
		break;
	case EFFECT_ANSWER:
		do_answer(ctx, effect);
		break;
	case EFFECT_DRAFT:
		draft_take_up(ctx, effect->arg);
		break;
	}
}

static void free_effect(struct effect *effect)
{
	if (effect->kind == EFFECT_PUSH && effect->data)
		dialog_free(effect->data);
	if (effect->kind == EFFECT_ANSWER && effect->arg)
		explicit_bzero(effect->arg, strlen(effect->arg));
	free(effect->arg);
}

void effects_apply(struct ui *ui)
{
	for (size_t i = 0; i < ui->effects.count; i++) {
		/* A copy: what is applied may add effects and move them. */
		struct effect effect =
			*(struct effect *)rows_at(&ui->effects, i);

		if (!ui->quit)
			apply(ui, &effect);
		free_effect(&effect);
	}
	rows_empty(&ui->effects);
}

void effects_fini(struct ui *ui)
{
	for (size_t i = 0; i < ui->effects.count; i++)
		free_effect(rows_at(&ui->effects, i));
	rows_fini(&ui->effects);
}
