/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "family_pick.h"

#include <stdio.h>
#include <string.h>

static enum ui_style cell_name(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	const struct pick *pick = row;

	(void)ctx;
	label_person(out, out_size, pick->person.name, pick->person.used_name,
		     pick->person.first_names, pick->person.sex);
	return UI_PLAIN;
}

static enum ui_style cell_birth(const struct ui_ctx *ctx, const void *row,
				char *out, size_t out_size)
{
	const struct pick *pick = row;

	(void)ctx;
	if (date_is_set(pick->person.birth))
		cell_date(pick->person.birth, out, out_size);
	else
		snprintf(out, out_size, "%lld", (long long)pick->person.birth_year);
	return UI_PLAIN;
}

static enum ui_style cell_ehic(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	const struct pick *pick = row;

	(void)ctx;
	if (pick->person.ehic_valid)
		cell_date(pick->person.ehic_until, out, out_size);
	else
		snprintf(out, out_size, "%s", _("aucune"));
	return UI_DIM;
}

const struct ui_column pick_columns[] = {
	UI_COL_TICK(struct pick, chosen),
	{ .label = N_("Personne"), .type = UI_COLUMN_CELL, .cell = cell_name,
	  .width = 30, .min = 18, .grow = 1 },
	UI_COL_CELL(cell_birth, N_("Naissance"), 10),
	{ .label = N_("CEAM jusqu'au"), .type = UI_COLUMN_CELL, .cell = cell_ehic,
	  .width = 13, .rank = 1 },
	{ 0 },
};

void pick_argument(const char *arg, char insured_id[ID_TEXT],
		   char beneficiary_id[ID_TEXT])
{
	const char *slash = strchr(arg, '/');

	snprintf(insured_id, ID_TEXT, "%.*s",
		 slash ? (int)(slash - arg) : (int)strlen(arg), arg);
	snprintf(beneficiary_id, ID_TEXT, "%s", slash ? slash + 1 : "");
}

void pick_load(struct ui_ctx *ctx, const char *insured_id, struct rows *read,
	       app_done done)
{
	struct insured_key key = { 0 };

	text_copy(key.insured_id, sizeof(key.insured_id), insured_id);
	app_list(ctx, &api_beneficiary_list, &key, read, done);
}

void pick_fill(struct rows *picks, const struct rows *read, const char *preset)
{
	rows_empty(picks);
	for (size_t i = 0; i < read->count; i++) {
		struct pick *pick = rows_add(picks);

		pick->person = *(const struct beneficiary *)rows_at(read, i);
		pick->chosen = preset[0] ? strcmp(pick->person.id, preset) == 0
					 : pick->person.kinship == KIN_INSURED;
	}
}

size_t pick_count(const struct rows *picks)
{
	size_t count = 0;

	for (size_t i = 0; i < picks->count; i++)
		count += ((const struct pick *)rows_at(picks, i))->chosen;
	return count;
}

const struct beneficiary *pick_first(const struct rows *picks)
{
	for (size_t i = 0; i < picks->count; i++) {
		const struct pick *pick = rows_at(picks, i);

		if (pick->chosen)
			return &pick->person;
	}
	return NULL;
}

void pick_name(const struct rows *picks, char *out, size_t out_size)
{
	const struct beneficiary *person = pick_first(picks);

	out[0] = '\0';
	if (person)
		label_person(out, out_size, person->name, person->used_name,
			     person->first_names, person->sex);
}

void pick_only(struct ui_ctx *ctx, struct rows *picks)
{
	const struct pick *row = ui_row(ctx);

	for (size_t i = 0; row && i < picks->count; i++) {
		struct pick *pick = rows_at(picks, i);

		pick->chosen = pick == row;
	}
}

void pick_address(const struct file *file, char *out, size_t out_size)
{
	const struct insured *insured = file ? &file->insured : NULL;

	out[0] = '\0';
	if (!file || !file->loaded || !insured->address1[0])
		return;
	snprintf(out, out_size, "%s%s%s, %s %s", insured->address1,
		 insured->address2[0] ? ", " : "", insured->address2,
		 insured->postcode, insured->city);
}

void pick_address_line(const char *address, struct ui_lines *lines)
{
	ui_pair_styled(lines, _("Envoi à"), UI_STRONG,
		       address[0] ? address : _("adresse masquée : F8 pour prouver l'identité"));
}
