/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions that every screen has. */
#include "dialog.h"
#include "impl.h"
#include "tty.h"

#include <string.h>

static struct view *list_or_text(struct ui_ctx *ctx)
{
	struct view *view = view_focused(ctx), *text = NULL;

	if (view && view->part->kind != UI_PART_FORM)
		return view;
	for (int i = 0; i < ctx->view_count; i++) {
		view = &ctx->views[i];
		if (view->there && view->part->kind == UI_PART_LIST)
			return view;
		if (view->there && view->part->kind == UI_PART_TEXT && !text)
			text = view;
	}
	return text;
}

static void scroll(struct view *view, int by)
{
	int last = view->lines - view->page;

	view->scroll += by;
	if (view->scroll > last)
		view->scroll = last;
	if (view->scroll < 0)
		view->scroll = 0;
}

static void move(struct ui_ctx *ctx, struct view *view, long by)
{
	if (!view)
		return;
	if (view->part->kind == UI_PART_LIST)
		list_move(ctx, view, by);
	else if (view->part->kind == UI_PART_TEXT)
		scroll(view, (int)by);
}

static bool field_step(struct ui_ctx *ctx, int by)
{
	struct view *view = view_focused(ctx);

	return view && view->part->kind == UI_PART_FORM &&
	       fields_step(ctx, view, by);
}

static void step(struct ui_ctx *ctx, int by)
{
	if (!field_step(ctx, by))
		views_step(ctx, by);
}

/* The part above the focused one, texts left out, or NULL. */
static const struct ui_part *part_above(const struct ui_ctx *ctx)
{
	int at = ctx->focus - 1;

	while (at >= 0 && ctx->views[at].part->kind == UI_PART_TEXT)
		at--;
	return at < 0 ? NULL : ctx->views[at].part;
}

/* Up on the first row goes back to the form above the list. */
static bool leaves_list(const struct ui_ctx *ctx, const struct view *view,
			int by)
{
	const struct ui_part *above = part_above(ctx);

	return view->part->kind == UI_PART_LIST && by < 0 && !view->selected &&
	       above && above->kind == UI_PART_FORM;
}

static void next(struct ui_ctx *ctx, int by)
{
	struct view *view = view_focused(ctx);

	if (!view || view->part->kind == UI_PART_FORM ||
	    leaves_list(ctx, view, by))
		step(ctx, by);
	else
		move(ctx, view, by);
}

static long page_of(const struct view *view)
{
	return view && view->page > 1 ? view->page - 1 : 1;
}

static void page(struct ui_ctx *ctx, int by)
{
	struct view *view = list_or_text(ctx);

	move(ctx, view, by * page_of(view));
}

static void far(struct ui_ctx *ctx, int by)
{
	move(ctx, list_or_text(ctx), by * 1000000000L);
}

static void open_row(struct ui_ctx *ctx, int n)
{
	struct view *view = list_or_text(ctx);

	(void)n;
	if (view && view->part->enter)
		action_run(ctx, view->part->enter);
}

static void tick(struct ui_ctx *ctx, int n)
{
	struct view *view = view_focused(ctx);

	(void)n;
	if (view && view->part->kind == UI_PART_LIST)
		list_tick(ctx, view);
}

static void filter(struct ui_ctx *ctx, int n)
{
	struct view *view = list_or_text(ctx);

	(void)n;
	if (!view || view->part->kind != UI_PART_LIST)
		return;
	views_focus(ctx, (int)(view - ctx->views));
	list_filter(ctx, view, true);
}

/* Enter on the last field of a question answers it; elsewhere it goes on. */
static void next_line(struct ui_ctx *ctx, int n)
{
	(void)n;
	if (ctx->screen->kind == UI_DIALOG && action_find(ctx, "validate"))
		action_run(ctx, "validate");
	else
		step(ctx, 1);
}

static void refresh_screen(struct ui_ctx *ctx, int n)
{
	(void)n;
	if (ctx->screen->refresh)
		ctx->screen->refresh(ctx, ctx->state);
	else
		message_add(ctx->ui, false, _("Rien à actualiser sur cet écran"));
}

static void copy(struct ui_ctx *ctx, int n)
{
	struct view *view = list_or_text(ctx);
	char text[512];
	void *row = ui_row(ctx);

	(void)n;
	if (!ctx->ui->setup.copy) {
		message_add(ctx->ui, false,
			    _("La copie est désactivée sur ce poste"));
		return;
	}
	if (!row || !view || view->part->kind != UI_PART_LIST)
		return;
	list_cell(ctx, view->part->columns, row, text, sizeof(text));
	if (tty_copy(ctx->ui->tty, text))
		message_add(ctx->ui, false, _("Copié"));
}

static void back(struct ui_ctx *ctx, int n)
{
	(void)n;
	stack_back(ctx);
}

static void quit(struct ui_ctx *ctx, int n)
{
	(void)n;
	stack_quit(ctx->ui);
}

static void next_file(struct ui_ctx *ctx, int n)
{
	(void)n;
	stack_next_space(ctx->ui);
}

static void privacy(struct ui_ctx *ctx, int n)
{
	(void)n;
	lock_now(ctx->ui);
}

static void repaint(struct ui_ctx *ctx, int n)
{
	(void)n;
	ctx->ui->repaint = true;
}

static void command(struct ui_ctx *ctx, int n)
{
	(void)n;
	prompt_open(ctx->ui);
}

static void step_tab(struct ui_ctx *ctx, int by)
{
	stack_tab(ctx, stack_tab_of(ctx) + by);
}

static void tab(struct ui_ctx *ctx, int index)
{
	stack_tab(ctx, index);
}

static void edit(struct ui_ctx *ctx, int op)
{
	fields_edit(ctx, (enum edit_op)op);
}

static void help(struct ui_ctx *ctx, int n)
{
	(void)n;
	help_open(ctx);
}

static void keys(struct ui_ctx *ctx, int n)
{
	(void)n;
	keys_open(ctx);
}

static void messages(struct ui_ctx *ctx, int n)
{
	(void)n;
	messages_open(ctx);
}

static void menu(struct ui_ctx *ctx, int n)
{
	(void)n;
	menu_open(ctx);
}

static void values(struct ui_ctx *ctx, int n)
{
	(void)n;
	fields_values(ctx);
}

const struct builtin builtins[] = {
	{ "help", N_("Aide"), help, 0 },
	{ "keys", N_("Toutes les touches"), keys, 0 },
	{ "messages-log", N_("Messages"), messages, 0 },
	{ "menu", N_("Actions"), menu, 0 },
	{ "back", N_("Retour"), back, 0 },
	{ "quit", N_("Quitter"), quit, 0 },
	{ "refresh", N_("Actualiser"), refresh_screen, 0 },
	{ "values", N_("Valeurs"), values, 0 },
	{ "next-file", N_("Dossier suivant"), next_file, 0 },
	{ "privacy", N_("Écran discret"), privacy, 0 },
	{ "command", N_("Commandes"), command, 0 },
	{ "repaint", N_("Redessiner"), repaint, 0 },
	{ "copy", N_("Copier"), copy, 0 },
	{ "next-field", N_("Champ suivant"), step, 1 },
	{ "previous-field", N_("Champ précédent"), step, -1 },
	{ "next-line", N_("Champ suivant"), next_line, 0 },
	{ "next", N_("Ligne suivante"), next, 1 },
	{ "previous", N_("Ligne précédente"), next, -1 },
	{ "page-down", N_("Page suivante"), page, 1 },
	{ "page-up", N_("Page précédente"), page, -1 },
	{ "first", N_("Début"), far, -1 },
	{ "last", N_("Fin"), far, 1 },
	{ "open", N_("Ouvrir"), open_row, 0 },
	{ "tick", N_("Cocher"), tick, 0 },
	{ "filter", N_("Filtrer"), filter, 0 },
	{ "previous-tab", N_("Onglet précédent"), step_tab, -1 },
	{ "next-tab", N_("Onglet suivant"), step_tab, 1 },
	{ "tab-1", N_("Onglet 1"), tab, 0 },
	{ "tab-2", N_("Onglet 2"), tab, 1 },
	{ "tab-3", N_("Onglet 3"), tab, 2 },
	{ "tab-4", N_("Onglet 4"), tab, 3 },
	{ "tab-5", N_("Onglet 5"), tab, 4 },
	{ "tab-6", N_("Onglet 6"), tab, 5 },
	{ "tab-7", N_("Onglet 7"), tab, 6 },
	{ "tab-8", N_("Onglet 8"), tab, 7 },
	{ "tab-9", N_("Onglet 9"), tab, 8 },
	{ "left", N_("À gauche"), edit, EDIT_LEFT },
	{ "right", N_("À droite"), edit, EDIT_RIGHT },
	{ "home", N_("Début du champ"), edit, EDIT_HOME },
	{ "end", N_("Fin du champ"), edit, EDIT_END },
	{ "word-left", N_("Mot précédent"), edit, EDIT_WORD_LEFT },
	{ "word-right", N_("Mot suivant"), edit, EDIT_WORD_RIGHT },
	{ "delete-back", N_("Effacer à gauche"), edit, EDIT_DELETE_BACK },
	{ "delete", N_("Effacer"), edit, EDIT_DELETE },
	{ "kill-word", N_("Effacer le mot"), edit, EDIT_KILL_WORD },
	{ "kill-word-right", N_("Effacer le mot suivant"), edit, EDIT_KILL_WORD_RIGHT },
	{ "kill-end", N_("Effacer la fin"), edit, EDIT_KILL_END },
	{ "kill-all", N_("Vider le champ"), edit, EDIT_KILL_ALL },
	{ "undo", N_("Annuler la saisie"), edit, EDIT_UNDO },
	{ NULL, NULL, NULL, 0 },
};
