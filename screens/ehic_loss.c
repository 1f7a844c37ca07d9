/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A European health card lost or stolen.  Argument: the insured person, or
 * INSURED/BENEFICIARY. */
#include "card_form.h"

#include <stdio.h>

struct ehic_lost {
	struct card_loss loss;          /* first; LOST or STOLEN */
	bool order;
	struct ehic_receipt receipt;
};

static const char *const kinds[] = { N_("perte"), N_("vol"), NULL };

static bool orders(const void *state)
{
	return ((const struct ehic_lost *)state)->order;
}

static bool check_address(const void *state, struct err *err)
{
	return !orders(state) || card_form_confirmed(state, err);
}

static const struct ui_field fields[] = {
	{ CARD_FORM_ADDRESS, .check = check_address, .shown = orders },
	CARD_LOSS_KIND(kinds, 10),
	CARD_LOSS_HAPPENED,
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
	card_form_done(ctx, &lost->loss.form,
		       lost->receipt.item_count ? item->request_id : "",
		       lost->receipt.item_count ? item->number : "");
	ui_message(ctx, "%s", _("Déclaration enregistrée"));
}

static void declare(struct ui_ctx *ctx, void *state)
{
	struct ehic_lost *lost = state;
	const struct card_form *form = &lost->loss.form;
	struct ehic_loss loss = { .kind = lost->loss.kind,
		.happened_on = lost->loss.happened, .order = lost->order,
		.address_confirmed = form->address_confirmed };

	text_copy(loss.beneficiary_id, sizeof(loss.beneficiary_id),
		  card_form_first(form)->id);
	card_form_lodge(ctx, form, &api_ehic_report_loss, &loss, on_receipt);
}

static void validate(struct ui_ctx *ctx, void *state)
{
	const struct card_loss *loss = state;
	char question[400], name[3 * NAME_SIZE];

	if (!card_form_one(ctx, &loss->form))
		return;
	card_form_name(&loss->form, name, sizeof(name));
	snprintf(question, sizeof(question),
		 loss->kind == LOSS_LOST ? _("Déclarer perdue la CEAM de %s ?")
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

static const struct ui_part parts[] =
	CARD_FORM_PARTS(fields, N_("La carte de qui ?"), card_form_columns,
			"only", receipt);

static const struct ui_action actions[] = {
	{ "validate", N_("Déclarer"), validate, UI_NEEDS_FORM | UI_FOOTER },
	CARD_FORM_ONLY,
	CARD_FORM_PRINT,
	{ 0 },
};

const struct ui_screen screen_ehic_loss = {
	.name = "ehic-loss",
	.title = N_("Perte ou vol de CEAM"),
	.state_size = sizeof(struct ehic_lost),
	.parts = parts,
	.actions = actions,
	.open = open,
	CARD_FORM_SCREEN,
	.help = N_("La carte perdue ou volée est annulée ; la nouvelle est commandée "
		   "dans le même acte, sauf si la personne n'en veut pas."),
};
