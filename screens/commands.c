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

const struct ui_command commands[] = {
	{ "a-propos", 0, 0, cmd_about, "", N_("ce programme"), NULL },
	{ "accueil", 0, 0, cmd_desk, "", N_("revenir au poste"), NULL },
	{ "agenda", 0, 1, cmd_agenda, N_("[POINT]"),
	  N_("agenda du jour d'un point d'accueil"), NULL },
	{ "clore", 0, 0, cmd_close, "", N_("clore le contact"), NULL },
	{ "rechercher", 1, 8, cmd_search, N_("TEXTE"), N_("rechercher un assuré"), NULL },
	{ 0 },
};
