/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is covered by a file.  Argument: the insured person. */
#include "reveal.h"
#include "screens.h"

#include <stdio.h>
#include <string.h>

struct family {
	struct rows found;              /* of struct beneficiary */
};

static enum ui_style cell_name(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	const struct beneficiary *person = row;

	(void)ctx;
	label_person(out, out_size, person->name, person->used_name,
		     person->first_names, person->sex);
	return UI_PLAIN;
}

static enum ui_style cell_nir(const struct ui_ctx *ctx, const void *row,
			      char *out, size_t out_size)
{
	const struct beneficiary *person = row;
	char words[64];
	const char *shown = reveal_words(reveal_of(ctx), REVEAL_NIR, person->id,
					 words);

	snprintf(out, out_size, "%s", shown ? shown : person->nir_masked);
	explicit_bzero(words, sizeof(words));
	return shown ? UI_STRONG : UI_PLAIN;
}

static enum ui_style cell_born(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	(void)ctx;
	cell_birth(row, out, out_size);
	return UI_PLAIN;
}

static enum ui_style cell_rights(const struct ui_ctx *ctx, const void *row,
				 char *out, size_t out_size)
{
	const struct beneficiary *person = row;

	(void)ctx;
	snprintf(out, out_size, "%s", person->rights_open ? _("ouverts") : _("fermés"));
	return person->rights_open ? UI_PLAIN : UI_BAD;
}

static enum ui_style cell_ehic(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	const struct beneficiary *person = row;

	(void)ctx;
	out[0] = '\0';
	if (person->ehic_valid)
		cell_date(person->ehic_until, out, out_size);
	return UI_PLAIN;
}

static enum ui_style cell_parents(const struct ui_ctx *ctx, const void *row,
				  char *out, size_t out_size)
{
	const struct beneficiary *person = row;

	(void)ctx;
	snprintf(out, out_size, "%s", person->both_parents ? _("deux parents") : "");
	return UI_DIM;
}

static const struct ui_column columns[] = {
	{ .label = N_("Nom"), .type = UI_COLUMN_CELL, .cell = cell_name,
	  .width = 28, .min = 18, .grow = 2 },
	UI_COL_ENUM(struct beneficiary, kinship, N_("Lien"), 10, label_kinship),
	UI_COL_CELL(cell_born, N_("Naissance"), 10),
	{ .label = N_("NIR"), .type = UI_COLUMN_CELL, .cell = cell_nir,
	  .width = 21, .rank = 2 },
	UI_COL_CELL(cell_rights, N_("Droits"), 7),
	{ .label = N_("CEAM jusqu'au"), .type = UI_COLUMN_CELL, .cell = cell_ehic,
	  .width = 13, .rank = 3 },
	{ .label = N_("Rattaché aux"), .type = UI_COLUMN_CELL,
	  .cell = cell_parents, .width = 12, .rank = 4 },
	{ 0 },
};

static void load(struct ui_ctx *ctx, void *state)
{
	struct family *family = state;
	struct insured_key key = { 0 };

	text_copy(key.insured_id, sizeof(key.insured_id), ui_arg(ctx));
	app_list(ctx, &api_beneficiary_list, &key, &family->found, NULL);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct family *family = state;

	(void)arg;
	rows_init(&family->found, sizeof(struct beneficiary));
	load(ctx, state);
}

/* The payments of one person of the family. */
static void payments(struct ui_ctx *ctx, void *state)
{
	const struct beneficiary *row = ui_row(ctx);
	struct file *file = app_file(ctx);

	(void)state;
	if (!file)
		return;
	codec_clear(&payment_query_codec, &file->filter);
	text_copy(file->filter.insured_id, sizeof(file->filter.insured_id),
		  file->insured_id);
	text_copy(file->filter.beneficiary_id, sizeof(file->filter.beneficiary_id),
		  row->id);
	ui_replace(ctx, &screen_payments, ui_arg(ctx));
}

static void reveal(struct ui_ctx *ctx, void *state)
{
	(void)state;
	reveal_ask(ctx, REVEAL_NIR, ((const struct beneficiary *)ui_row(ctx))->id);
}

static const struct ui_action actions[] = {
	{ "open", N_("Ses paiements"), payments, UI_NEEDS_ROW | UI_FOOTER },
	{ "reveal", N_("Montrer le NIR"), reveal, UI_NEEDS_ROW | UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_family = {
	.name = "family",
	.title = N_("Famille"),
	.kind = UI_LIST,
	.state_size = sizeof(struct family),
	.columns = columns,
	.empty = N_("Personne"),
	.enter = "open",
	.actions = actions,
	.tabs = file_tabs,
	UI_ROWS(struct family, found),
	.open = open,
	.refresh = load,
	.leaving = file_leaving,
	.help = N_("L'assuré et les personnes couvertes par son dossier.  Ctrl-V montre "
		   "10 secondes le NIR de la ligne, et c'est noté au journal."),
};
