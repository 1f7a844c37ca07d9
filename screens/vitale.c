/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ordering a Vitale card.  Argument: the insured person, or
 * INSURED/BENEFICIARY. */
#include "card_form.h"

struct vitale {
	struct card_form form;          /* first */
	bool parents_request;
	struct vitale_receipt receipt;
};

static bool child_chosen(const void *state)
{
	const struct vitale *vitale = state;
	const struct beneficiary *person = card_form_first(&vitale->form);

	return person && person->kinship == KIN_CHILD;
}

static const struct ui_field fields[] = {
	{ CARD_FORM_ADDRESS, .flags = UI_REQUIRED, .check = card_form_confirmed },
	{ .name = "parents_request", .label = N_("Demande des parents"),
	  .type = UI_FIELD_CHECK, UI_MEMBER(struct vitale, parents_request),
	  .width = 3, .shown = child_chosen,
	  .hint = N_("nécessaire pour un enfant de moins de 16 ans") },
	{ 0 },
};

static void receipt(const void *state, struct ui_lines *lines)
{
	card_form_vitale_receipt(&((const struct vitale *)state)->receipt, lines);
}

static void on_receipt(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct vitale *vitale = state;

	card_form_vitale_done(ctx, &vitale->form, &vitale->receipt, reply);
	ui_message(ctx, _("Demande %s déposée"), vitale->receipt.number);
}

static void validate(struct ui_ctx *ctx, void *state)
{
	struct vitale *vitale = state;
	const struct card_form *form = &vitale->form;
	struct vitale_order order = {
		.parents_request = vitale->parents_request && child_chosen(state),
		.address_confirmed = form->address_confirmed };

	if (!card_form_one(ctx, form))
		return;
	text_copy(order.beneficiary_id, sizeof(order.beneficiary_id),
		  card_form_first(form)->id);
	card_form_lodge(ctx, form, &api_vitale_create, &order, on_receipt);
}

static const struct ui_part parts[] =
	CARD_FORM_PARTS(fields, N_("Pour qui ?"), card_form_vitale_columns,
			"only", receipt);

static const struct ui_action actions[] = {
	{ "validate", N_("Commander"), validate, UI_NEEDS_FORM | UI_FOOTER },
	CARD_FORM_ONLY,
	CARD_FORM_PIECES,
	CARD_FORM_PRINT,
	{ 0 },
};

const struct ui_screen screen_vitale = {
	.name = "vitale",
	.title = N_("Commander une carte Vitale"),
	.state_size = sizeof(struct vitale),
	.parts = parts,
	.actions = actions,
	.open = card_form_open,
	CARD_FORM_SCREEN,
	.help = N_("À partir de 16 ans, ou plus tôt à la demande des parents.  La photo "
		   "et la pièce d'identité se joignent tout de suite ou plus tard."),
};
