/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rights of a file.  Argument: the insured person. */
#include "screens.h"

#include <stdio.h>

struct rights {
	struct rows found;              /* of struct right */
};

static enum ui_style cell_to(const struct ui_ctx *ctx, const void *row,
			     char *out, size_t out_size)
{
	const struct right *right = row;

	(void)ctx;
	if (date_is_set(right->to))
		cell_date(right->to, out, out_size);
	else
		snprintf(out, out_size, "%s", _("sans fin"));
	return UI_PLAIN;
}

static enum ui_style cell_state(const struct ui_ctx *ctx, const void *row,
				char *out, size_t out_size)
{
	const struct right *right = row;

	(void)ctx;
	snprintf(out, out_size, "%s", right->active ? _("en cours") : _("fini"));
	return right->active ? UI_GOOD : UI_BAD;
}

static enum ui_style cell_noemie(const struct ui_ctx *ctx, const void *row,
				 char *out, size_t out_size)
{
	const struct right *right = row;

	(void)ctx;
	snprintf(out, out_size, "%s", right->kind != RIGHT_COMPLEMENTARY ? ""
		 : right->noemie ? _("oui") : _("non"));
	return UI_PLAIN;
}

static const struct ui_column columns[] = {
	UI_COL_ENUM(struct right, kind, N_("Droit"), 16, label_right_kind),
	{ .label = N_("Pour"), .type = UI_COLUMN_TEXT, .width = 10,
	  .offset = offsetof(struct right, beneficiary_name) },
	{ .label = N_("Avec"), .type = UI_COLUMN_TEXT, .width = 20, .min = 14,
	  .rank = 1, .grow = 1, .offset = offsetof(struct right, organism) },
	{ .label = N_("Noémie"), .type = UI_COLUMN_CELL, .cell = cell_noemie,
	  .width = 6, .rank = 1 },
	{ .label = N_("Depuis"), .type = UI_COLUMN_DATE, .width = 10, .rank = 2,
	  .offset = offsetof(struct right, from) },
	UI_COL_CELL(cell_to, N_("Jusqu'au"), 10),
	UI_COL_CELL(cell_state, N_("État"), 8),
	{ .label = N_("Précision"), .type = UI_COLUMN_TEXT, .width = 26, .grow = 1,
	  .rank = 3, .offset = offsetof(struct right, label) },
	{ 0 },
};

static void load(struct ui_ctx *ctx, void *state)
{
	struct rights *rights = state;
	struct insured_key key = { 0 };

	text_copy(key.insured_id, sizeof(key.insured_id), ui_arg(ctx));
	app_list(ctx, &api_right_list, &key, &rights->found, NULL);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct rights *rights = state;

	(void)arg;
	rows_init(&rights->found, sizeof(struct right));
	load(ctx, state);
}

const struct ui_screen screen_rights = {
	.name = "rights",
	.title = N_("Droits"),
	.kind = UI_LIST,
	.state_size = sizeof(struct rights),
	.columns = columns,
	.empty = N_("Aucun droit connu"),
	.tabs = file_tabs,
	UI_ROWS(struct rights, found),
	.open = open,
	.refresh = load,
	.leaving = file_leaving,
	.help = N_("Droits de base, exonérations (jamais la maladie), médecin traitant, "
		   "complémentaire avec ou sans lien Noémie."),
};
