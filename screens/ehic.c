/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ordering European health cards, one page.  Argument: the insured person, or
 * INSURED/BENEFICIARY.  Decision S2 of 12 June 2009 for the card and its
 * provisional certificate. */
#include "card_form.h"

#include <stdio.h>

struct ehic {
	struct card_form form;          /* first */
	struct date departure;
	bool certificate;
	struct ehic_receipt receipt;
};

static bool leaves(const void *state)
{
	return date_is_set(((const struct ehic *)state)->departure);
}

static bool check_departure(const void *state, struct err *err)
{
	const struct ehic *ehic = state;

	if (leaves(state) && date_compare(ehic->departure, ehic->form.today) < 0)
		return err_field(err, ERR_INVALID, "departure", "%s",
				 _("ce départ est déjà passé"));
	return true;
}

/* Asked for whenever a departure is known: the server tells whether the card
 * arrives before it, by its dated rules, and then delivers none. */
static void departure_changed(struct ui_ctx *ctx, void *state)
{
	((struct ehic *)state)->certificate = leaves(state);
	ui_fields_changed(ctx);
}

static const struct ui_field fields[] = {
	{ .name = "address_confirmed", .label = N_("Adresse confirmée"),
	  .type = UI_FIELD_CHECK, UI_MEMBER(struct ehic, form.address_confirmed),
	  .width = 3, .flags = UI_REQUIRED, .check = card_form_confirmed },
	{ .name = "departure", .label = N_("Départ le"), .type = UI_FIELD_DATE,
	  UI_MEMBER(struct ehic, departure), .width = 12,
	  .check = check_departure, .changed = departure_changed,
	  .hint = N_("vide si aucun voyage n'est prévu ; 15/3, +7, lun") },
	{ .name = "certificate", .label = N_("Certificat provisoire"),
	  .type = UI_FIELD_CHECK, UI_MEMBER(struct ehic, certificate), .width = 3,
	  .shown = leaves,
	  .hint = N_("délivré si la carte ne peut pas arriver avant le départ") },
	{ 0 },
};

static void receipt(const void *state, struct ui_lines *lines)
{
	const struct ehic *ehic = state;
	char date[DATE_TEXT], to[DATE_TEXT];

	ui_line(lines, UI_GOOD, "%s", _("C'est commandé."));
	for (size_t i = 0; i < ehic->receipt.item_count; i++) {
		const struct ehic_item *item = &ehic->receipt.items[i];

		ui_line(lines, UI_PLAIN, "%s", "");
		ui_line(lines, UI_STRONG, "%s  %s", item->number,
			item->beneficiary_name);
		date_to_full(item->expected_on, date);
		ui_pair(lines, _("Attendue vers le"), date);
		if (!item->certificate_id[0])
			continue;
		date_to_text(item->certificate_from, date);
		date_to_text(item->certificate_to, to);
		ui_line(lines, UI_PLAIN, _("Certificat provisoire du %s au %s"),
			date, to);
	}
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_DIM, "%s", _("F9 imprime le récépissé, F3 revient au dossier."));
}

static void on_receipt(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct ehic *ehic = state;

	ehic->receipt = *(const struct ehic_receipt *)rows_at(&reply->rows, 0);
	card_form_done(ctx, &ehic->form, ehic->receipt.items[0].request_id,
		       ehic->receipt.items[0].number);
	ui_message(ctx, P_("%zu carte commandée", "%zu cartes commandées",
			   ehic->receipt.item_count), ehic->receipt.item_count);
}

static void validate(struct ui_ctx *ctx, void *state)
{
	struct ehic *ehic = state;
	struct card_form *form = &ehic->form;
	struct insured_key key = { 0 };
	struct ehic_order order = { .departure = ehic->departure,
		.address_confirmed = form->address_confirmed,
		.certificate = ehic->certificate && leaves(state) };

	if (form->lodged)
		return;
	for (size_t i = 0; i < form->picks.count && order.person_count < FAMILY_MAX; i++) {
		const struct pick *pick = rows_at(&form->picks, i);

		if (pick->chosen)
			text_copy(order.persons[order.person_count++].id, ID_TEXT,
				  pick->person.id);
	}
	if (!order.person_count) {
		ui_focus_part(ctx, CARD_FORM_FAMILY);
		ui_message(ctx, "%s", _("Cochez au moins une personne (Espace)"));
		return;
	}
	text_copy(key.insured_id, sizeof(key.insured_id), form->insured_id);
	app_act(ctx, &(struct app_act){ .op = &api_ehic_create, .query = &key,
		.body = &order, .form = true, .saying = _("Dépôt en cours"),
		.done = on_receipt });
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "text", .text = card_form_address,
	  .shown = card_form_editing },
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields,
	  .shown = card_form_editing },
	[CARD_FORM_FAMILY] = { .kind = UI_PART_LIST, .name = "list",
	  .title = N_("Pour qui ?"), .columns = card_form_columns,
	  .rows = offsetof(struct ehic, form.picks), .row_id = card_form_row_id,
	  .shown = card_form_editing,
	  .empty = N_("Famille en cours de lecture") },
	{ .kind = UI_PART_TEXT, .name = "text", .text = receipt,
	  .shown = card_form_lodged },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "validate", N_("Commander"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ "print", N_("Imprimer"), card_form_print, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_ehic = {
	.name = "ehic",
	.title = N_("Commander une CEAM"),
	.kind = UI_FORM,
	.state_size = sizeof(struct ehic),
	.parts = parts,
	.actions = actions,
	UI_ROWS(struct ehic, form.picks),
	.keeps_draft = true,
	.open = card_form_open,
	.resumed = card_form_resumed,
	.offers = card_form_offers,
	.refresh = card_form_refresh,
	.close = card_form_close,
	.help = N_("La CEAM est gratuite, valable deux ans, une par personne.  Il faut "
		   "des droits ouverts.  Si le départ est proche, le certificat "
		   "provisoire se délivre en même temps.  Espace coche une personne."),
};
