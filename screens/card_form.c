/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "card_form.h"

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

static enum ui_style cell_born(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	(void)ctx;
	cell_birth(&((const struct pick *)row)->person, out, out_size);
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

const struct ui_column card_form_columns[] = {
	UI_COL_TICK(struct pick, chosen),
	{ .label = N_("Personne"), .type = UI_COLUMN_CELL, .cell = cell_name,
	  .width = 30, .min = 18, .grow = 1 },
	UI_COL_CELL(cell_born, N_("Naissance"), 10),
	{ .label = N_("CEAM jusqu'au"), .type = UI_COLUMN_CELL, .cell = cell_ehic,
	  .width = 13, .rank = 1 },
	{ 0 },
};

/* A European card is no matter of the Vitale screens. */
const struct ui_column card_form_vitale_columns[] = {
	UI_COL_TICK(struct pick, chosen),
	{ .label = N_("Personne"), .type = UI_COLUMN_CELL, .cell = cell_name,
	  .width = 30, .min = 18, .grow = 1 },
	UI_COL_CELL(cell_born, N_("Naissance"), 10),
	{ 0 },
};

const char *card_form_row_id(const void *row)
{
	return ((const struct pick *)row)->person.id;
}

static void split(const char *arg, struct card_form *form)
{
	const char *slash = strchr(arg, '/');
	int length = slash ? (int)(slash - arg) : (int)strlen(arg);

	snprintf(form->insured_id, ID_TEXT, "%.*s", length, arg);
	snprintf(form->preset, ID_TEXT, "%s", slash ? slash + 1 : "");
}

static void fill(struct card_form *form)
{
	rows_empty(&form->picks);
	for (size_t i = 0; i < form->read.count; i++) {
		struct pick *pick = rows_add(&form->picks);

		pick->person = *(const struct beneficiary *)rows_at(&form->read, i);
		pick->chosen = form->preset[0]
			? strcmp(pick->person.id, form->preset) == 0
			: pick->person.kinship == KIN_INSURED;
	}
	rows_fini(&form->read);         /* once is enough */
	rows_init(&form->read, sizeof(struct beneficiary));
}

static void set_address(struct card_form *form, const struct insured *insured)
{
	form->address[0] = '\0';
	if (insured->address1[0])
		snprintf(form->address, sizeof(form->address), "%s%s%s, %s %s",
			 insured->address1, insured->address2[0] ? ", " : "",
			 insured->address2, insured->postcode, insured->city);
}

static void on_insured(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	(void)ctx;
	set_address(state, rows_at(&reply->rows, 0));
}

/* The address is that of the file, masked until the identity is proved. */
static void read_address(struct ui_ctx *ctx, const struct card_form *form)
{
	struct insured_key key = { 0 };

	text_copy(key.insured_id, sizeof(key.insured_id), form->insured_id);
	app_get(ctx, 2, &api_insured_get, &key, on_insured);
}

static void on_family(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct card_form *form = state;
	const struct file *file = app_file(ctx);

	(void)reply;
	fill(form);
	ui_fields_changed(ctx);         /* a draft has its own ticks */
	if (file && file->loaded)
		set_address(form, &file->insured);
	else
		read_address(ctx, form);
}

void card_form_resumed(struct ui_ctx *ctx, void *state)
{
	const struct card_form *form = state;

	if (!form->lodged && !form->address[0])
		read_address(ctx, form);
}

static void load(struct ui_ctx *ctx, struct card_form *form)
{
	struct insured_key key = { 0 };

	text_copy(key.insured_id, sizeof(key.insured_id), form->insured_id);
	app_list_expected(ctx, &api_beneficiary_list, &key, &form->read, on_family);
}

void card_form_refresh(struct ui_ctx *ctx, void *state)
{
	struct card_form *form = state;

	if (!form->lodged && !ui_is_changed(ctx))
		load(ctx, form);
}

void card_form_open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct card_form *form = state;

	rows_init(&form->picks, sizeof(struct pick));
	rows_init(&form->read, sizeof(struct beneficiary));
	form->today = app_today(ctx);
	split(arg ? arg : "", form);
	load(ctx, form);
}

void card_form_close(void *state)
{
	rows_fini(&((struct card_form *)state)->read);
}

bool card_form_editing(const void *state)
{
	return !((const struct card_form *)state)->lodged;
}

bool card_form_lodged(const void *state)
{
	return ((const struct card_form *)state)->lodged;
}

bool card_form_offers(const void *state, const char *action)
{
	bool lodged = card_form_lodged(state);

	if (strcmp(action, "validate") == 0)
		return !lodged;
	if (strcmp(action, "print") == 0 || strcmp(action, "pieces") == 0)
		return lodged;
	return true;
}

void card_form_address(const void *state, struct ui_lines *lines)
{
	const struct card_form *form = state;

	ui_pair_styled(lines, _("Envoi à"), UI_STRONG, form->address[0]
		       ? form->address
		       : _("adresse masquée : F8 pour prouver l'identité"));
}

bool card_form_confirmed(const void *state, struct err *err)
{
	return ((const struct card_form *)state)->address_confirmed ||
		err_field(err, ERR_INVALID, "address_confirmed", "%s",
			  _("faites confirmer l'adresse, puis répondez o"));
}

bool card_loss_past(const void *state, struct err *err)
{
	const struct card_loss *loss = state;

	if (date_is_set(loss->happened) &&
	    date_compare(loss->happened, loss->form.today) > 0)
		return err_field(err, ERR_INVALID, "happened_on", "%s",
				 _("cette date n'est pas encore arrivée"));
	return true;
}

size_t card_form_count(const struct card_form *form)
{
	size_t count = 0;

	for (size_t i = 0; i < form->picks.count; i++)
		count += ((const struct pick *)rows_at(&form->picks, i))->chosen;
	return count;
}

const struct beneficiary *card_form_first(const struct card_form *form)
{
	for (size_t i = 0; i < form->picks.count; i++) {
		const struct pick *pick = rows_at(&form->picks, i);

		if (pick->chosen)
			return &pick->person;
	}
	return NULL;
}

void card_form_name(const struct card_form *form, char *out, size_t out_size)
{
	const struct beneficiary *person = card_form_first(form);

	out[0] = '\0';
	if (person)
		label_person(out, out_size, person->name, person->used_name,
			     person->first_names, person->sex);
}

bool card_form_one(struct ui_ctx *ctx, const struct card_form *form)
{
	if (form->lodged)
		return false;
	if (card_form_count(form) == 1)
		return true;
	ui_focus_part(ctx, CARD_FORM_FAMILY);
	ui_message(ctx, "%s", _("Cochez la personne concernée, une seule (Espace)"));
	return false;
}

void card_form_lodge(struct ui_ctx *ctx, const struct card_form *form,
		     const struct api_op *op, const void *body, app_done done)
{
	struct insured_key key = { 0 };

	text_copy(key.insured_id, sizeof(key.insured_id), form->insured_id);
	app_act(ctx, &(struct app_act){ .op = op, .query = &key, .body = body,
		.form = true, .saying = _("Dépôt en cours"), .done = done });
}

void card_form_only(struct ui_ctx *ctx, void *state)
{
	struct card_form *form = state;
	const struct pick *row = ui_row(ctx);

	if (row && !(row->chosen && card_form_count(form) == 1))
		ui_set_changed(ctx);
	for (size_t i = 0; row && i < form->picks.count; i++) {
		struct pick *pick = rows_at(&form->picks, i);

		pick->chosen = pick == row;
	}
}

void card_form_print(struct ui_ctx *ctx, void *state)
{
	const struct card_form *form = state;
	struct request_key key = { 0 };

	if (!form->request_id[0]) {
		ui_message(ctx, "%s", _("Rien à imprimer avant le dépôt (F10)"));
		return;
	}
	text_copy(key.request_id, sizeof(key.request_id), form->request_id);
	app_paper(ctx, &api_request_paper, &key, form->number);
}

void card_form_pieces(struct ui_ctx *ctx, void *state)
{
	const struct card_form *form = state;

	if (form->request_id[0])
		ui_push(ctx, &screen_attach, form->request_id);
	else
		ui_message(ctx, "%s", _("Les pièces se joignent après le dépôt (F10)"));
}

void card_form_done(struct ui_ctx *ctx, struct card_form *form,
		    const char *request_id, const char *number)
{
	form->lodged = true;
	text_copy(form->request_id, sizeof(form->request_id), request_id);
	text_copy(form->number, sizeof(form->number), number);
	ui_set_unchanged(ctx);
}

void card_form_vitale_done(struct ui_ctx *ctx, struct card_form *form,
			   struct vitale_receipt *receipt,
			   const struct api_reply *reply)
{
	*receipt = *(const struct vitale_receipt *)rows_at(&reply->rows, 0);
	card_form_done(ctx, form, receipt->request_id, receipt->number);
}

void card_form_vitale_receipt(const struct vitale_receipt *receipt,
			      struct ui_lines *lines)
{
	char date[DATE_TEXT];

	if (receipt->blocked_card[0]) {
		date_to_full(receipt->blocked_on, date);
		ui_line(lines, UI_GOOD, _("La carte %s est bloquée depuis le %s."),
			receipt->blocked_card, date);
	}
	ui_line(lines, UI_GOOD, "%s", _("La nouvelle carte est demandée."));
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_STRONG, "%s  %s", receipt->number,
		receipt->beneficiary_name);
	if (receipt->photo_missing)
		ui_pair_styled(lines, _("Pièce attendue"), UI_WARN, _("photo"));
	if (receipt->identity_missing)
		ui_pair_styled(lines, _("Pièce attendue"), UI_WARN,
			       _("pièce d'identité"));
	if (date_is_set(receipt->expected_on)) {
		date_to_full(receipt->expected_on, date);
		ui_pair(lines, _("Attendue vers le"), date);
	}
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_DIM, "%s",
		_("P joint une pièce, F9 imprime le récépissé, F3 revient au dossier."));
}
