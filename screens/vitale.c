/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ordering a Vitale card.  Argument: the insured person, or
 * INSURED/BENEFICIARY. */
#include "family_pick.h"
#include "vitale_receipt.h"

#include <stdio.h>

struct vitale {
	struct rows picks;              /* of struct pick; freed by the stack */
	struct rows read;               /* of struct beneficiary */
	bool parents_request, address_confirmed;
	char address[300];
	char insured_id[ID_TEXT], preset[ID_TEXT];
	bool lodged;
	struct vitale_receipt receipt;
};

enum { PART_FAMILY = 2 };

static bool not_lodged(const void *state)
{
	return !((const struct vitale *)state)->lodged;
}

static bool lodged(const void *state)
{
	return ((const struct vitale *)state)->lodged;
}

static bool child_chosen(const void *state)
{
	const struct vitale *vitale = state;
	const struct beneficiary *person = pick_first(&vitale->picks);

	return person && person->kinship == KIN_CHILD;
}

static bool check_address(const void *state, struct err *err)
{
	const struct vitale *vitale = state;

	return vitale->address_confirmed ||
		err_field(err, ERR_INVALID, "address_confirmed", "%s",
			  _("faites confirmer l'adresse, puis répondez o"));
}

static void address(const void *state, struct ui_lines *lines)
{
	pick_address_line(((const struct vitale *)state)->address, lines);
}

static const struct ui_field fields[] = {
	{ .name = "address_confirmed", .label = N_("Adresse confirmée"),
	  .type = UI_FIELD_CHECK, UI_MEMBER(struct vitale, address_confirmed),
	  .width = 3, .flags = UI_REQUIRED, .check = check_address },
	{ .name = "parents_request", .label = N_("Demande des parents"),
	  .type = UI_FIELD_CHECK, UI_MEMBER(struct vitale, parents_request),
	  .width = 3, .shown = child_chosen,
	  .hint = N_("nécessaire pour un enfant de 12 à 15 ans") },
	{ 0 },
};

static void receipt(const void *state, struct ui_lines *lines)
{
	vitale_receipt_lines(&((const struct vitale *)state)->receipt, lines);
}

static void on_receipt(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct vitale *vitale = state;

	vitale->receipt = *(const struct vitale_receipt *)rows_at(&reply->rows, 0);
	vitale->lodged = true;
	ui_set_unchanged(ctx);
	ui_message(ctx, _("Demande %s déposée"), vitale->receipt.number);
}

static void validate(struct ui_ctx *ctx, void *state)
{
	struct vitale *vitale = state;
	const struct beneficiary *person = pick_first(&vitale->picks);
	struct insured_key key = { 0 };
	struct vitale_order order = {
		.parents_request = vitale->parents_request && child_chosen(state),
		.address_confirmed = vitale->address_confirmed };

	if (vitale->lodged)
		return;
	if (pick_count(&vitale->picks) != 1) {
		ui_focus_part(ctx, PART_FAMILY);
		ui_message(ctx, "%s", _("Cochez une seule personne (Espace)"));
		return;
	}
	text_copy(order.beneficiary_id, sizeof(order.beneficiary_id), person->id);
	text_copy(key.insured_id, sizeof(key.insured_id), vitale->insured_id);
	app_act(ctx, &(struct app_act){ .op = &api_vitale_create, .query = &key,
		.body = &order, .form = true, .saying = _("Dépôt en cours"),
		.done = on_receipt });
}

static void only(struct ui_ctx *ctx, void *state)
{
	pick_only(ctx, &((struct vitale *)state)->picks);
}

static void pieces(struct ui_ctx *ctx, void *state)
{
	const struct vitale *vitale = state;

	if (vitale->lodged)
		ui_push(ctx, &screen_attach, vitale->receipt.request_id);
	else
		ui_message(ctx, "%s", _("Les pièces se joignent après le dépôt (F10)"));
}

static void print(struct ui_ctx *ctx, void *state)
{
	const struct vitale *vitale = state;
	struct request_key key = { 0 };

	if (!vitale->lodged) {
		ui_message(ctx, "%s", _("Rien à imprimer avant le dépôt (F10)"));
		return;
	}
	text_copy(key.request_id, sizeof(key.request_id), vitale->receipt.request_id);
	app_paper(ctx, &api_request_paper, &key, vitale->receipt.number);
}

static void on_family(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct vitale *vitale = state;

	(void)reply;
	pick_fill(&vitale->picks, &vitale->read, vitale->preset);
	pick_address(app_file(ctx), vitale->address, sizeof(vitale->address));
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct vitale *vitale = state;

	rows_init(&vitale->picks, sizeof(struct pick));
	rows_init(&vitale->read, sizeof(struct beneficiary));
	pick_argument(arg ? arg : "", vitale->insured_id, vitale->preset);
	pick_load(ctx, vitale->insured_id, &vitale->read, on_family);
}

static void close(void *state)
{
	rows_fini(&((struct vitale *)state)->read);
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "text", .text = address,
	  .shown = not_lodged },
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields,
	  .shown = not_lodged },
	{ .kind = UI_PART_LIST, .name = "list", .title = N_("Pour qui ?"),
	  .columns = pick_columns, .rows = offsetof(struct vitale, picks),
	  .shown = not_lodged, .enter = "only",
	  .empty = N_("Famille en cours de lecture") },
	{ .kind = UI_PART_TEXT, .name = "text", .text = receipt, .shown = lodged },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "validate", N_("Commander"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ "only", N_("Choisir"), only, UI_NEEDS_ROW },
	{ "pieces", N_("Joindre les pièces"), pieces, UI_FOOTER },
	{ "print", N_("Imprimer"), print, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_vitale = {
	.name = "vitale",
	.title = N_("Commander une carte Vitale"),
	.kind = UI_FORM,
	.state_size = sizeof(struct vitale),
	.parts = parts,
	.actions = actions,
	UI_ROWS(struct vitale, picks),
	.keeps_draft = true,
	.open = open,
	.close = close,
	.help = N_("À partir de 16 ans, ou de 12 ans à la demande des parents.  La photo "
		   "et la pièce d'identité se joignent tout de suite ou plus tard."),
};
