/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A European health card lost or stolen.  Argument: the insured person, or
 * INSURED/BENEFICIARY. */
#include "card_form.h"

#include <stdio.h>

struct ehic_lost {
	struct card_form form;          /* first */
	int kind;                       /* enum loss_kind, LOST or STOLEN */
	struct date happened;
	bool order;
	struct ehic_receipt receipt;
};

static const char *const kinds[] = { N_("perte"), N_("vol"), NULL };

static bool orders(const void *state)
{
	return ((const struct ehic_lost *)state)->order;
}

static bool check_happened(const void *state, struct err *err)
{
	const struct ehic_lost *lost = state;

	return card_form_past(lost->happened, lost->form.today, err);
}

static bool check_address(const void *state, struct err *err)
{
	return !orders(state) || card_form_confirmed(state, err);
}

static const struct ui_field fields[] = {
	{ .name = "address_confirmed", .label = N_("Adresse confirmée"),
	  .type = UI_FIELD_CHECK,
	  UI_MEMBER(struct ehic_lost, form.address_confirmed), .width = 3,
	  .check = check_address, .shown = orders },
	{ .name = "kind", .label = N_("Motif"), .type = UI_FIELD_CHOICE,
	  UI_MEMBER(struct ehic_lost, kind), .width = 10, .choices = kinds },
	{ .name = "happened_on", .label = N_("Le"), .type = UI_FIELD_DATE,
	  UI_MEMBER(struct ehic_lost, happened), .width = 12, .flags = UI_PAST,
	  .check = check_happened, .hint = N_("vide si la date n'est pas connue") },
	{ .name = "order", .label = N_("Commander la nouvelle"),
	  .type = UI_FIELD_CHECK, UI_MEMBER(struct ehic_lost, order), .width = 3 },
	{ 0 },
};

static void receipt(const void *state, struct ui_lines *lines)
{
	const struct ehic_lost *lost = state;
	const struct ehic_item *item = &lost->receipt.items[0];
	char date[DATE_TEXT];

	ui_line(lines, UI_GOOD, _("La carte %s est annulée."), lost->receipt.lost_card);
	ui_line(lines, UI_PLAIN, "%s", "");
	if (lost->receipt.item_count) {
		ui_line(lines, UI_STRONG, "%s  %s", item->number,
			item->beneficiary_name);
		date_to_full(item->expected_on, date);
		ui_pair(lines, _("Attendue vers le"), date);
		ui_line(lines, UI_PLAIN, "%s", "");
	}
	ui_line(lines, UI_DIM, "%s", _("F9 imprime le récépissé, F3 revient au dossier."));
}

static void on_receipt(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct ehic_lost *lost = state;
	const struct ehic_item *item = &lost->receipt.items[0];

	lost->receipt = *(const struct ehic_receipt *)rows_at(&reply->rows, 0);
	card_form_done(ctx, &lost->form,
		       lost->receipt.item_count ? item->request_id : "",
		       lost->receipt.item_count ? item->number : "");
	ui_message(ctx, "%s", _("Déclaration enregistrée"));
}

static void declare(struct ui_ctx *ctx, void *state)
{
	struct ehic_lost *lost = state;
	const struct card_form *form = &lost->form;
	struct insured_key key = { 0 };
	struct ehic_loss loss = { .kind = lost->kind, .happened_on = lost->happened,
		.order = lost->order, .address_confirmed = form->address_confirmed };

	text_copy(loss.beneficiary_id, sizeof(loss.beneficiary_id),
		  card_form_first(form)->id);
	text_copy(key.insured_id, sizeof(key.insured_id), form->insured_id);
	app_act(ctx, &(struct app_act){ .op = &api_ehic_report_loss, .query = &key,
		.body = &loss, .form = true, .saying = _("Dépôt en cours"),
		.done = on_receipt });
}

static void validate(struct ui_ctx *ctx, void *state)
{
	struct ehic_lost *lost = state;
	char question[400], name[3 * NAME_SIZE];

	if (lost->form.lodged || !card_form_one(ctx, &lost->form))
		return;
	card_form_name(&lost->form, name, sizeof(name));
	snprintf(question, sizeof(question),
		 lost->kind == LOSS_LOST ? _("Déclarer perdue la CEAM de %s ?")
					 : _("Déclarer volée la CEAM de %s ?"),
		 name);
	ui_confirm(ctx, question, declare);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	((struct ehic_lost *)state)->order = true;
	ui_fields_changed(ctx);
	ui_set_unchanged(ctx);
	card_form_open(ctx, state, arg);
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "text", .text = card_form_address,
	  .shown = card_form_editing },
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields,
	  .shown = card_form_editing },
	[CARD_FORM_FAMILY] = { .kind = UI_PART_LIST, .name = "list",
	  .title = N_("La carte de qui ?"), .columns = card_form_columns,
	  .rows = offsetof(struct ehic_lost, form.picks), .row_id = card_form_row_id,
	  .enter = "only",
	  .shown = card_form_editing, .empty = N_("Famille en cours de lecture") },
	{ .kind = UI_PART_TEXT, .name = "text", .text = receipt,
	  .shown = card_form_lodged },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "validate", N_("Déclarer"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ "only", N_("Choisir"), card_form_only, UI_NEEDS_ROW },
	{ "print", N_("Imprimer"), card_form_print, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_ehic_loss = {
	.name = "ehic-loss",
	.title = N_("Perte ou vol de CEAM"),
	.kind = UI_FORM,
	.state_size = sizeof(struct ehic_lost),
	.parts = parts,
	.actions = actions,
	UI_ROWS(struct ehic_lost, form.picks),
	.keeps_draft = true,
	.open = open,
	.resumed = card_form_resumed,
	.offers = card_form_offers,
	.refresh = card_form_refresh,
	.close = card_form_close,
	.help = N_("La carte perdue ou volée est annulée ; la nouvelle est commandée "
		   "dans le même acte, sauf si la personne n'en veut pas."),
};
