/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leaving a screen, a space or the program without losing what was typed. */
#include "impl.h"

#include <string.h>

static void leave(struct ui_ctx *ctx, void *state)
{
	(void)state;
	draft_forget(ctx);
	ui_pop(ctx);
}

static bool is_bottom(const struct ui_ctx *ctx)
{
	return !ctx->below;
}

/* A search text or a period is no loss: a screen whose typing is worth keeping
 * says so. */
static bool asks(const struct ui_ctx *ctx)
{
	return ctx->changed && ctx->screen->keeps_draft;
}

void stack_back(struct ui_ctx *ctx)
{
	struct view *view = view_focused(ctx);

	if (view && view->part->kind == UI_PART_LIST &&
	    (view->filtering || view->kept)) {
		list_filter(ctx, view, false);
		return;
	}
	if (ctx->screen->leaving && ctx->screen->leaving(ctx, ctx->state))
		return;
	if (is_bottom(ctx) && ctx->space == &ctx->ui->spaces[0]) {
		message_add(ctx->ui, false,
			    _("Écran de départ : Ctrl-Q pour quitter"));
		return;
	}
	if (asks(ctx))
		ui_confirm(ctx, _("Abandonner ce qui est saisi sur cet écran ?"),
			   leave);
	else
		ui_pop(ctx);
}

static void quit_now(struct ui_ctx *ctx, void *state)
{
	(void)state;
	for (int i = 0; i < UI_SPACES; i++)
		for (struct ui_ctx *c = ctx->ui->spaces[i].top; c; c = c->below)
			draft_forget(c);
	ctx->ui->quit = true;
}

static bool something_typed(const struct ui *ui)
{
	for (int i = 0; i < UI_SPACES; i++)
		for (struct ui_ctx *c = ui->spaces[i].top; c; c = c->below)
			if (asks(c))
				return true;
	return false;
}

void stack_quit(struct ui *ui)
{
	struct ui_ctx *ctx = ui_front(ui);

	if (ui->setup.hooks.may_quit &&
	    !ui->setup.hooks.may_quit(ui->setup.user, ctx))
		return;
	if (something_typed(ui))
		ui_confirm(ctx, _("Quitter guichet et abandonner ce qui est saisi ?"),
			   quit_now);
	else
		ui->quit = true;
}

void ui_quit(struct ui_ctx *ctx, int code)
{
	ctx->ui->exit_code = code;
	ctx->ui->quit = true;
}

int stack_tab_of(const struct ui_ctx *ctx)
{
	const struct ui_tab *tabs = ctx->screen->tabs;

	for (int i = 0; tabs && tabs[i].screen; i++)
		if (!strcmp(tabs[i].screen, ctx->screen->name))
			return i;
	return -1;
}

static void go_to_tab(struct ui_ctx *ctx, void *state)
{
	(void)state;
	draft_forget(ctx);
	if (ctx->next_tab)
		ui_replace(ctx, ctx->next_tab, ctx->arg);
}

void stack_tab(struct ui_ctx *ctx, int index)
{
	const struct ui_tab *tabs = ctx->screen->tabs;
	int count = 0;

	while (tabs && tabs[count].screen)
		count++;
	if (index < 0 || index >= count || index == stack_tab_of(ctx))
		return;
	ctx->next_tab = screen_find(ctx->ui, tabs[index].screen);
	if (asks(ctx))
		ui_confirm(ctx, _("Abandonner ce qui est saisi sur cet écran ?"),
			   go_to_tab);
	else
		go_to_tab(ctx, ctx->state);
}
