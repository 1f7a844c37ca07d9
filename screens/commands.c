/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands typed after ':'.  Keep the table in alphabetical order.  Every screen
 * is a command by its name as well. */
#include "screens.h"

#include <stdio.h>

static bool cmd_agenda(struct ui_ctx *ctx, int argc, char **argv, struct err *err)
{
	(void)err;
	ui_push(ctx, &screen_agenda, argc > 1 ? argv[1] : NULL);
	return true;
}

static bool cmd_about(struct ui_ctx *ctx, int argc, char **argv, struct err *err)
{
	(void)argc;
	(void)argv;
	(void)err;
	ui_push(ctx, &screen_about, NULL);
	return true;
}

/* A file is opened by what the person gives, never by a name on a command line
 * that stays: the words go to the search screen. */
static bool cmd_search(struct ui_ctx *ctx, int argc, char **argv, struct err *err)
{
	char text[201] = "";

	for (int i = 1; i < argc; i++) {
		char longer[201];

		if (snprintf(longer, sizeof(longer), "%s%s%s", text,
			     text[0] ? " " : "", argv[i]) >= (int)sizeof(longer))
			return err_set(err, ERR_INVALID, "%s", _("recherche trop longue"));
		text_copy(text, sizeof(text), longer);
	}
	ui_push(ctx, &screen_search, text);
	return true;
}

static bool cmd_break_glass(struct ui_ctx *ctx, int argc, char **argv, struct err *err)
{
	(void)argc;
	(void)argv;
	(void)err;
	ui_push(ctx, &screen_break_glass, NULL);
	return true;
}

static bool cmd_close(struct ui_ctx *ctx, int argc, char **argv, struct err *err)
{
	(void)argc;
	(void)argv;
	if (!app_file(ctx))
		return err_set(err, ERR_INVALID, "%s", _("aucun contact ouvert ici"));
	ui_push(ctx, &screen_contact_close, NULL);
	return true;
}

static bool cmd_desk(struct ui_ctx *ctx, int argc, char **argv, struct err *err)
{
	(void)argc;
	(void)argv;
	(void)err;
	ui_space_go(ctx, NULL);
	return true;
}

/* What the argument of a screen names, when it has one. */
static const struct ui_screen *const of_insured[] = {
	&screen_appointments, &screen_booking, &screen_cards, &screen_ehic,
	&screen_ehic_loss, &screen_family, &screen_insured, &screen_payments,
	&screen_requests, &screen_rights, &screen_vitale, &screen_vitale_loss, NULL,
};
static const struct ui_screen *const of_file[] = {
	&screen_contact_close, &screen_period, &screen_prove, NULL,
};
static const struct ui_screen *const of_one_thing[] = {
	&screen_approval, &screen_attach, &screen_grant, &screen_journal_line,
	&screen_payment, &screen_request, NULL,
};
static const struct ui_screen *const of_supervisors[] = {
	&screen_approval, &screen_approvals, &screen_grant, &screen_journal,
	&screen_journal_filter, &screen_journal_line, NULL,
};

static bool is_among(const struct ui_screen *screen, const struct ui_screen *const *table)
{
	while (*table && *table != screen)
		table++;
	return *table;
}

bool command_knows(const struct ui_screen *screen)
{
	return is_among(screen, screens);
}

bool command_named(const struct ui_ctx *ctx, const struct ui_screen *screen,
		   char arg[UI_ARG_SIZE], struct err *err)
{
	const struct file *file = app_file(ctx);
	bool insured = is_among(screen, of_insured);

	if (is_among(screen, of_supervisors) &&
	    app_session(ctx)->role != ROLE_SUPERVISOR)
		return err_set(err, ERR_DENIED, "%s",
			       _("Cet écran est celui des superviseurs"));
	if (!file && ((insured && !arg[0]) || is_among(screen, of_file)))
		return err_set(err, ERR_INVALID, "%s", _("Ouvrez d'abord un dossier"));
	if (insured && !arg[0])
		text_copy(arg, UI_ARG_SIZE, file->insured_id);
	if (is_among(screen, of_one_thing) && !arg[0])
		return err_set(err, ERR_INVALID,
			       _("« %s » s'écrit avec un numéro"), screen->name);
	return true;
}

const struct ui_command commands[] = {
	{ "a-propos", 0, 0, cmd_about, "", N_("ce programme"), NULL },
	{ "accueil", 0, 0, cmd_desk, "", N_("revenir au poste"), NULL },
	{ "agenda", 0, 1, cmd_agenda, N_("[POINT]"),
	  N_("agenda du jour d'un point d'accueil"), NULL },
	{ "autre-caisse", 0, 0, cmd_break_glass, "",
	  N_("lire 30 minutes un dossier d'une autre caisse"), NULL },
	{ "clore", 0, 0, cmd_close, "", N_("clore le contact"), NULL },
	{ "rechercher", 1, 8, cmd_search, N_("TEXTE"), N_("rechercher un assuré"), NULL },
	{ 0 },
};
