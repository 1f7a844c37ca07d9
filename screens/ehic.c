/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ordering European health cards, one page.  Argument: the insured person.
 * Decision S2 of 12 June 2009 for the card and its provisional certificate. */
#include "family_pick.h"

#include <stdio.h>

struct ehic {
	struct rows picks;              /* of struct pick; freed by the stack */
	struct rows read;               /* of struct beneficiary */
	struct date departure;
	bool address_confirmed, certificate;
	char address[300];
	char insured_id[ID_TEXT], preset[ID_TEXT];
	struct date today;
	bool lodged;
	struct ehic_receipt receipt;
};

/* The certificate is offered when the card may not arrive in time. */
enum { CARD_DAYS = 15 };

enum { PART_FAMILY = 2 };

static bool not_lodged(const void *state)
{
	return !((const struct ehic *)state)->lodged;
}

static bool lodged(const void *state)
{
	return ((const struct ehic *)state)->lodged;
}

static bool leaves_soon(const void *state)
{
	const struct ehic *ehic = state;

	return date_is_set(ehic->departure) &&
		date_compare(ehic->departure,
			     date_add_days(ehic->today, CARD_DAYS)) < 0;
}

static bool check_departure(const void *state, struct err *err)
{
	const struct ehic *ehic = state;

	if (date_is_set(ehic->departure) &&
	    date_compare(ehic->departure, ehic->today) < 0)
		return err_field(err, ERR_INVALID, "departure", "%s",
				 _("ce départ est déjà passé"));
	return true;
}

static bool check_address(const void *state, struct err *err)
{
	const struct ehic *ehic = state;

	return ehic->address_confirmed ||
		err_field(err, ERR_INVALID, "address_confirmed", "%s",
			  _("faites confirmer l'adresse, puis répondez o"));
}

static void departure_changed(struct ui_ctx *ctx, void *state)
{
	struct ehic *ehic = state;

	ehic->certificate = leaves_soon(state);
	ui_fields_changed(ctx);
}

static void address(const void *state, struct ui_lines *lines)
{
	pick_address_line(((const struct ehic *)state)->address, lines);
}

static const struct ui_field fields[] = {
	{ .name = "address_confirmed", .label = N_("Adresse confirmée"),
	  .type = UI_FIELD_CHECK, UI_MEMBER(struct ehic, address_confirmed),
	  .width = 3, .flags = UI_REQUIRED, .check = check_address },
	{ .name = "departure", .label = N_("Départ le"), .type = UI_FIELD_DATE,
	  UI_MEMBER(struct ehic, departure), .width = 12,
	  .check = check_departure, .changed = departure_changed,
	  .hint = N_("vide si aucun voyage n'est prévu ; 15/3, +7, lun") },
	{ .name = "certificate", .label = N_("Certificat provisoire"),
	  .type = UI_FIELD_CHECK, UI_MEMBER(struct ehic, certificate), .width = 3,
	  .shown = leaves_soon,
	  .hint = N_("la carte n'arriverait pas à temps : certificat de trois mois") },
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
	ehic->lodged = true;
	ui_set_unchanged(ctx);
	ui_message(ctx, P_("%zu carte commandée", "%zu cartes commandées",
			   ehic->receipt.item_count), ehic->receipt.item_count);
}

static void on_refused(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	(void)state;
	ui_error(ctx, &reply->err);
}

static void validate(struct ui_ctx *ctx, void *state)
{
	struct ehic *ehic = state;
	struct insured_key key = { 0 };
	struct ehic_order order = { .departure = ehic->departure,
		.address_confirmed = ehic->address_confirmed,
		.certificate = ehic->certificate && leaves_soon(state) };

	if (ehic->lodged)
		return;
	for (size_t i = 0; i < ehic->picks.count && order.person_count < FAMILY_MAX; i++) {
		const struct pick *pick = rows_at(&ehic->picks, i);

		if (pick->chosen)
			text_copy(order.persons[order.person_count++].id, ID_TEXT,
				  pick->person.id);
	}
	if (!order.person_count) {
		ui_focus_part(ctx, PART_FAMILY);
		ui_message(ctx, "%s", _("Cochez au moins une personne (Espace)"));
		return;
	}
	text_copy(key.insured_id, sizeof(key.insured_id), ehic->insured_id);
	app_act(ctx, &(struct app_act){ .op = &api_ehic_create, .query = &key,
		.body = &order, .form = true, .saying = _("Dépôt en cours"),
		.done = on_receipt, .refused = on_refused });
}

static void print(struct ui_ctx *ctx, void *state)
{
	const struct ehic *ehic = state;
	struct request_key key = { 0 };

	if (!ehic->lodged) {
		ui_message(ctx, "%s", _("Rien à imprimer avant le dépôt (F10)"));
		return;
	}
	text_copy(key.request_id, sizeof(key.request_id),
		  ehic->receipt.items[0].request_id);
	app_paper(ctx, &api_request_paper, &key, ehic->receipt.items[0].number);
}

static void on_family(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct ehic *ehic = state;

	(void)reply;
	pick_fill(&ehic->picks, &ehic->read, ehic->preset);
	pick_address(app_file(ctx), ehic->address, sizeof(ehic->address));
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct ehic *ehic = state;

	rows_init(&ehic->picks, sizeof(struct pick));
	rows_init(&ehic->read, sizeof(struct beneficiary));
	ehic->today = app_today(ctx);
	pick_argument(arg ? arg : "", ehic->insured_id, ehic->preset);
	pick_load(ctx, ehic->insured_id, &ehic->read, on_family);
}

static void close(void *state)
{
	rows_fini(&((struct ehic *)state)->read);
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "text", .text = address,
	  .shown = not_lodged },
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields,
	  .shown = not_lodged },
	{ .kind = UI_PART_LIST, .name = "list", .title = N_("Pour qui ?"),
	  .columns = pick_columns, .rows = offsetof(struct ehic, picks),
	  .shown = not_lodged, .empty = N_("Famille en cours de lecture") },
	{ .kind = UI_PART_TEXT, .name = "text", .text = receipt, .shown = lodged },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "validate", N_("Commander"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ "print", N_("Imprimer"), print, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_ehic = {
	.name = "ehic",
	.title = N_("Commander une CEAM"),
	.kind = UI_FORM,
	.state_size = sizeof(struct ehic),
	.parts = parts,
	.actions = actions,
	UI_ROWS(struct ehic, picks),
	.keeps_draft = true,
	.open = open,
	.close = close,
	.help = N_("La CEAM est gratuite, valable deux ans, une par personne.  Il faut "
		   "des droits ouverts.  Si le départ est proche, le certificat "
		   "provisoire se délivre en même temps.  Espace coche une personne."),
};
