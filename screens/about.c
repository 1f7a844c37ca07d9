/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program, its licence, what it is connected to. */
#include "app_private.h"
#include "config.h"
#include "screens.h"

struct about {
	char server[256];
	char agent[NAME_SIZE];
	bool demo;
};

static void text(const void *state, struct ui_lines *lines)
{
	const struct about *about = state;

	ui_line(lines, UI_TITLE, "guichet %s", GUICHET_VERSION);
	ui_line(lines, UI_PLAIN, "%s",
		_("Le poste de travail des points d'accueil de l'Assurance maladie."));
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_pair(lines, _("Serveur"), about->server);
	ui_pair(lines, _("Agent"), about->agent);
	if (about->demo)
		ui_line(lines, UI_WARN, "%s", _("Démonstration : personne ici n'existe."));
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_DIM, "%s",
		_("Logiciel libre, licence GNU GPL version 3 ou suivante, sans garantie."));
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct about *about = state;
	const struct config *config = app_of(ctx)->config;

	(void)arg;
	text_copy(about->server, sizeof(about->server), config->server);
	text_copy(about->agent, sizeof(about->agent),
		  app_session(ctx)->display_name);
	about->demo = config->demo;
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "text", .text = text },
	{ 0 },
};

const struct ui_screen screen_about = {
	.name = "about",
	.title = N_("À propos"),
	.kind = UI_RECORD,
	.state_size = sizeof(struct about),
	.parts = parts,
	.open = open,
};
