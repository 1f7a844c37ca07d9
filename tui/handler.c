/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The functions of <guichet/tui/ui.h> that handlers call. */
#include "draft.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void *ui_user(const struct ui_ctx *ctx)
{
	return ctx->ui->setup.user;
}

void *ui_state(const struct ui_ctx *ctx)
{
	return ctx->state;
}

const struct ui_screen *ui_screen_of(const struct ui_ctx *ctx)
{
	return ctx->screen;
}

const char *ui_arg(const struct ui_ctx *ctx)
{
	return ctx->arg;
}

struct owner *ui_owner(struct ui_ctx *ctx)
{
	return &ctx->owner;
}

const char *ui_key(const struct ui_ctx *ctx)
{
	return ctx->key;
}

void ui_new_key(struct ui_ctx *ctx)
{
	bool kept = ctx->draft[0];

	/* A draft is named after the key. */
	draft_forget(ctx);
	uuid_new(ctx->key);
	if (kept)
		draft_save(ctx);
}

void *ui_space_data(const struct ui_ctx *ctx)
{
	return ctx->space->data;
}

static void add_screen(struct ui_ctx *ctx, enum effect_kind kind,
		       const struct ui_screen *screen, const char *arg)
{
	struct effect *effect;

	if (!screen) {
		message_add(ctx->ui, true, _("Cet écran n'existe pas"));
		return;
	}
	effect = effect_add(ctx, kind);
	effect->screen = screen;
	effect->arg = arg ? mem_text(arg) : NULL;
}

void ui_push(struct ui_ctx *ctx, const struct ui_screen *screen, const char *arg)
{
	add_screen(ctx, EFFECT_PUSH, screen, arg);
}

void ui_push_name(struct ui_ctx *ctx, const char *name, const char *arg)
{
	add_screen(ctx, EFFECT_PUSH, screen_find(ctx->ui, name), arg);
}

void ui_replace(struct ui_ctx *ctx, const struct ui_screen *screen,
		const char *arg)
{
	add_screen(ctx, EFFECT_REPLACE, screen, arg);
}

void ui_pop(struct ui_ctx *ctx)
{
	effect_add(ctx, EFFECT_POP);
}

/* The place is taken at once, so that two files asked for in one handler do not
 * get the same. */
bool ui_space_open(struct ui_ctx *ctx, const struct ui_screen *screen,
		   const char *arg, void *data)
{
	struct ui *ui = ctx->ui;

	for (int i = 1; i < UI_SPACES; i++) {
		struct space *space = &ui->spaces[i];
		struct effect *effect;

		if (space->top || space->data)
			continue;
		space->data = data;
		effect = effect_add(ctx, EFFECT_SPACE_OPEN);
		effect->screen = screen;
		effect->arg = arg ? mem_text(arg) : NULL;
		effect->space = space;
		return true;
	}
	message_add(ui, true,
		    _("Huit dossiers sont déjà ouverts : fermez-en un"));
	return false;
}

void ui_space_go(struct ui_ctx *ctx, const void *data)
{
	struct effect *effect = effect_add(ctx, EFFECT_SPACE_GO);

	effect->data = (void *)data;
}

void ui_space_close(struct ui_ctx *ctx)
{
	effect_add(ctx, EFFECT_SPACE_CLOSE);
}

void ui_message(struct ui_ctx *ctx, const char *fmt, ...)
{
	char text[400];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	message_add(ctx->ui, false, text);
}

void ui_error(struct ui_ctx *ctx, const struct err *err)
{
	char text[440];

	if (err->field[0])
		fields_fault(ctx, err->field, err->text);
	if (err->ref[0])
		snprintf(text, sizeof(text), _("%s (réf. %s)"), err->text,
			 err->ref);
	else
		snprintf(text, sizeof(text), "%s", err->text);
	message_add(ctx->ui, true, text);
}

void ui_focus_field(struct ui_ctx *ctx, const char *name)
{
	fields_fault(ctx, name, NULL);
	ctx->ui->dirty = true;
}

void ui_focus_part(struct ui_ctx *ctx, int part)
{
	views_focus(ctx, part);
	ctx->ui->dirty = true;
}

void ui_fields_changed(struct ui_ctx *ctx)
{
	for (int i = 0; i < ctx->view_count; i++)
		if (ctx->views[i].part->kind == UI_PART_FORM)
			fields_load(ctx, &ctx->views[i]);
	/* What the screen loads late must not undo a draft taken up. */
	if (ctx->taken_up)
		draft_apply(ctx, ctx->taken_up);
	ctx->ui->dirty = true;
}

void ui_rows_stale(struct ui_ctx *ctx)
{
	for (int i = 0; i < ctx->view_count; i++)
		ctx->views[i].stale = true;
	ctx->stale_ms = ui_mono_ms(ctx->ui);
	ctx->stale_said_ms = 0;
	ctx->ui->dirty = true;
}

void ui_rows_fresh(struct ui_ctx *ctx)
{
	for (int i = 0; i < ctx->view_count; i++) {
		struct view *view = &ctx->views[i];

		view->stale = false;
		view->more_at = 0;
		view->kept_items = NULL; /* the same rows may hold others */
		if (view->part->kind == UI_PART_LIST)
			list_refresh(ctx, view);
	}
	ctx->stale_ms = 0;
	ctx->ui->dirty = true;
}

void ui_rows_failed(struct ui_ctx *ctx)
{
	ctx->stale_ms = 0;
	ctx->ui->dirty = true;
}

static const struct view *list_view(const struct ui_ctx *ctx)
{
	const struct view *view = view_focused(ctx);

	if (view && view->part->kind == UI_PART_LIST)
		return view;
	view = NULL;
	for (int i = 0; i < ctx->view_count; i++) {
		if (ctx->views[i].part->kind != UI_PART_LIST ||
		    !ctx->views[i].there)
			continue;
		if (view)
			return NULL;
		view = &ctx->views[i];
	}
	return view;
}

void *ui_row(const struct ui_ctx *ctx)
{
	const struct view *view = list_view(ctx);

	return view && !view->stale ? list_at(ctx, view, view->selected) : NULL;
}

void ui_select_row(struct ui_ctx *ctx, int part, size_t index)
{
	struct view *view;

	if (part < 0 || part >= ctx->view_count ||
	    ctx->views[part].part->kind != UI_PART_LIST)
		return;
	view = &ctx->views[part];
	for (size_t i = 0; view->kept && i < view->kept_count; i++)
		if (view->kept[i] == index) {
			list_select(ctx, view, i);
			return;
		}
	list_select(ctx, view, index);
	ctx->ui->dirty = true;
}

void ui_run(struct ui_ctx *ctx, const char *action)
{
	action_run(ctx, action);
}

void ui_expect(struct ui_ctx *ctx,
	       void (*given_up)(struct ui_ctx *ctx, void *state))
{
	ctx->expecting = true;
	ctx->given_up = given_up;
}

void ui_expect_over(struct ui_ctx *ctx)
{
	ctx->expecting = false;
	ctx->ui->dirty = true;
}

void ui_expect_failed(struct ui_ctx *ctx)
{
	if (ctx->expecting && ctx == ui_front(ctx->ui))
		input_forget(&ctx->ui->input);
	ui_expect_over(ctx);
}

void ui_dirty(struct ui_ctx *ctx)
{
	ctx->ui->dirty = true;
}

bool ui_is_changed(const struct ui_ctx *ctx)
{
	return ctx->changed;
}

void ui_set_changed(struct ui_ctx *ctx)
{
	ctx->changed = true;
	free(ctx->taken_up);
	ctx->taken_up = NULL;
	if (!ctx->typed_ms)
		ctx->typed_ms = ui_mono_ms(ctx->ui);
	ctx->ui->dirty = true;
}

void ui_set_unchanged(struct ui_ctx *ctx)
{
	ctx->changed = false;
	for (int i = 0; i < ctx->view_count; i++)
		for (int f = 0; f < ctx->views[i].field_count; f++)
			ctx->views[i].fields[f].changed = false;
	draft_forget(ctx);
	ctx->ui->dirty = true;
}
