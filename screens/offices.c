/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offices of the caisse, to see the agenda of another.  No argument. */
#include "screens.h"

#include <stdio.h>

struct offices {
	struct rows found;              /* of struct office */
};

static enum ui_style cell_mine(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	const struct office *office = row;

	(void)ctx;
	snprintf(out, out_size, "%s", office->mine ? _("ce point d'accueil") : "");
	return UI_DIM;
}

static const struct ui_column columns[] = {
	{ .label = N_("Point d'accueil"), .type = UI_COLUMN_TEXT, .width = 30,
	  .min = 16, .grow = 1, .offset = offsetof(struct office, name) },
	{ .label = N_("Commune"), .type = UI_COLUMN_TEXT, .width = 18, .rank = 1,
	  .offset = offsetof(struct office, city) },
	{ .label = N_("Téléphone"), .type = UI_COLUMN_TEXT, .width = 14, .rank = 2,
	  .offset = offsetof(struct office, phone) },
	UI_COL_CELL(cell_mine, "", 18),
	{ 0 },
};

static void load(struct ui_ctx *ctx, void *state)
{
	app_list(ctx, &api_office_list, NULL, &((struct offices *)state)->found,
		 NULL);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	(void)arg;
	rows_init(&((struct offices *)state)->found, sizeof(struct office));
	load(ctx, state);
}

static void agenda(struct ui_ctx *ctx, void *state)
{
	const struct office *row = ui_row(ctx);

	(void)state;
	ui_replace(ctx, &screen_agenda, row->id);
}

static const struct ui_action actions[] = {
	{ "open", N_("Son agenda"), agenda, UI_NEEDS_ROW | UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_offices = {
	.name = "offices",
	.title = N_("Points d'accueil"),
	.kind = UI_LIST,
	.state_size = sizeof(struct offices),
	.columns = columns,
	.empty = N_("Aucun point d'accueil"),
	.enter = "open",
	.actions = actions,
	UI_ROWS(struct offices, found),
	.open = open,
	.refresh = load,
	.help = N_("Entrée montre l'agenda du jour de ce point d'accueil."),
};
