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
	{ CARD_FORM_ADDRESS, .flags = UI_REQUIRED, .check = card_form_confirmed },
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
	card_form_lodge(ctx, form, &api_ehic_create, &order, on_receipt);
}

static const struct ui_part parts[] =
	CARD_FORM_PARTS(fields, N_("Pour qui ?"), card_form_columns, NULL, receipt);

static const struct ui_action actions[] = {
	{ "validate", N_("Commander"), validate, UI_NEEDS_FORM | UI_FOOTER },
	CARD_FORM_PRINT,
	{ 0 },
};

const struct ui_screen screen_ehic = {
	.name = "ehic",
	.title = N_("Commander une CEAM"),
	.state_size = sizeof(struct ehic),
	.parts = parts,
	.actions = actions,
	.open = card_form_open,
	CARD_FORM_SCREEN,
	.help = N_("La CEAM est gratuite, valable deux ans, une par personne.  Il faut "
		   "des droits ouverts.  Si le départ est proche, le certificat "
		   "provisoire se délivre en même temps.  Espace coche une personne."),
};
