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
	{ .name = "address_confirmed", .label = N_("Adresse confirmée"),
	  .type = UI_FIELD_CHECK, UI_MEMBER(struct vitale, form.address_confirmed),
	  .width = 3, .flags = UI_REQUIRED, .check = card_form_confirmed },
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

	vitale->receipt = *(const struct vitale_receipt *)rows_at(&reply->rows, 0);
	card_form_done(ctx, &vitale->form, vitale->receipt.request_id,
		       vitale->receipt.number);
	ui_message(ctx, _("Demande %s déposée"), vitale->receipt.number);
}

static void validate(struct ui_ctx *ctx, void *state)
{
	struct vitale *vitale = state;
	const struct card_form *form = &vitale->form;
	struct insured_key key = { 0 };
	struct vitale_order order = {
		.parents_request = vitale->parents_request && child_chosen(state),
		.address_confirmed = form->address_confirmed };

	if (form->lodged || !card_form_one(ctx, form))
		return;
	text_copy(order.beneficiary_id, sizeof(order.beneficiary_id),
		  card_form_first(form)->id);
	text_copy(key.insured_id, sizeof(key.insured_id), form->insured_id);
	app_act(ctx, &(struct app_act){ .op = &api_vitale_create, .query = &key,
		.body = &order, .form = true, .saying = _("Dépôt en cours"),
		.done = on_receipt });
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "text", .text = card_form_address,
	  .shown = card_form_editing },
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields,
	  .shown = card_form_editing },
	[CARD_FORM_FAMILY] = { .kind = UI_PART_LIST, .name = "list",
	  .title = N_("Pour qui ?"), .columns = card_form_vitale_columns,
	  .rows = offsetof(struct vitale, form.picks), .row_id = card_form_row_id,
	  .enter = "only",
	  .shown = card_form_editing, .empty = N_("Famille en cours de lecture") },
	{ .kind = UI_PART_TEXT, .name = "text", .text = receipt,
	  .shown = card_form_lodged },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "validate", N_("Commander"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ "only", N_("Choisir"), card_form_only, UI_NEEDS_ROW },
	{ "pieces", N_("Joindre les pièces"), card_form_pieces, UI_FOOTER },
	{ "print", N_("Imprimer"), card_form_print, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_vitale = {
	.name = "vitale",
	.title = N_("Commander une carte Vitale"),
	.kind = UI_FORM,
	.state_size = sizeof(struct vitale),
	.parts = parts,
	.actions = actions,
	UI_ROWS(struct vitale, form.picks),
	.keeps_draft = true,
	.open = card_form_open,
	.resumed = card_form_resumed,
	.offers = card_form_offers,
	.refresh = card_form_refresh,
	.close = card_form_close,
	.help = N_("À partir de 16 ans, ou plus tôt à la demande des parents.  La photo "
		   "et la pièce d'identité se joignent tout de suite ou plus tard."),
};
