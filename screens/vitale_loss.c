/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Vitale card lost, stolen or faulty: the old one is blocked and the new one
 * asked for in the same act.  The last question is the declaration on honour.
 * Argument: the insured person, or INSURED/BENEFICIARY. */
#include "card_form.h"

#include <stdio.h>

struct vitale_lost {
	struct card_form form;          /* first */
	int kind;                       /* enum loss_kind */
	struct date happened;
	struct vitale_receipt receipt;
};

static const char *const kinds[] = {
	[LOSS_LOST] = N_("perte"),
	[LOSS_STOLEN] = N_("vol"),
	[LOSS_FAULTY] = N_("carte défectueuse"),
	NULL,
};
_Static_assert(sizeof(kinds) / sizeof(*kinds) == LOSS_N + 1,
	       "every loss can be chosen");

static bool check_happened(const void *state, struct err *err)
{
	const struct vitale_lost *lost = state;

	return card_form_past(lost->happened, lost->form.today, err);
}

static const struct ui_field fields[] = {
	{ .name = "address_confirmed", .label = N_("Adresse confirmée"),
	  .type = UI_FIELD_CHECK,
	  UI_MEMBER(struct vitale_lost, form.address_confirmed), .width = 3,
	  .flags = UI_REQUIRED, .check = card_form_confirmed },
	{ .name = "kind", .label = N_("Motif"), .type = UI_FIELD_CHOICE,
	  UI_MEMBER(struct vitale_lost, kind), .width = 21, .choices = kinds },
	{ .name = "happened_on", .label = N_("Le"), .type = UI_FIELD_DATE,
	  UI_MEMBER(struct vitale_lost, happened), .width = 12, .flags = UI_PAST,
	  .check = check_happened, .hint = N_("vide si la date n'est pas connue") },
	{ 0 },
};

static void receipt(const void *state, struct ui_lines *lines)
{
	card_form_vitale_receipt(&((const struct vitale_lost *)state)->receipt,
				 lines);
}

static void on_receipt(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct vitale_lost *lost = state;

	lost->receipt = *(const struct vitale_receipt *)rows_at(&reply->rows, 0);
	card_form_done(ctx, &lost->form, lost->receipt.request_id,
		       lost->receipt.number);
	ui_message(ctx, _("Carte bloquée, demande %s déposée"), lost->receipt.number);
}

static void declare(struct ui_ctx *ctx, void *state)
{
	struct vitale_lost *lost = state;
	const struct card_form *form = &lost->form;
	struct insured_key key = { 0 };
	struct vitale_loss loss = { .kind = lost->kind,
		.happened_on = lost->happened, .declared_on_honour = true,
		.address_confirmed = form->address_confirmed };

	text_copy(loss.beneficiary_id, sizeof(loss.beneficiary_id),
		  card_form_first(form)->id);
	text_copy(key.insured_id, sizeof(key.insured_id), form->insured_id);
	app_act(ctx, &(struct app_act){ .op = &api_vitale_report_loss,
		.query = &key, .body = &loss, .form = true,
		.saying = _("Dépôt en cours"), .done = on_receipt });
}

static void validate(struct ui_ctx *ctx, void *state)
{
	struct vitale_lost *lost = state;
	char question[500], name[3 * NAME_SIZE];

	if (lost->form.lodged || !card_form_one(ctx, &lost->form))
		return;
	card_form_name(&lost->form, name, sizeof(name));
	snprintf(question, sizeof(question),
		 lost->kind == LOSS_LOST
		 ? _("%s déclare sur l'honneur la perte de la carte Vitale ?")
		 : lost->kind == LOSS_STOLEN
		 ? _("%s déclare sur l'honneur le vol de la carte Vitale ?")
		 : _("%s déclare sur l'honneur que la carte Vitale ne marche plus ?"),
		 name);
	ui_confirm(ctx, question, declare);
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "text", .text = card_form_address,
	  .shown = card_form_editing },
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields,
	  .shown = card_form_editing },
	[CARD_FORM_FAMILY] = { .kind = UI_PART_LIST, .name = "list",
	  .title = N_("La carte de qui ?"), .columns = card_form_vitale_columns,
	  .rows = offsetof(struct vitale_lost, form.picks), .row_id = card_form_row_id,
	  .enter = "only",
	  .shown = card_form_editing, .empty = N_("Famille en cours de lecture") },
	{ .kind = UI_PART_TEXT, .name = "text", .text = receipt,
	  .shown = card_form_lodged },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "validate", N_("Déclarer"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ "only", N_("Choisir"), card_form_only, UI_NEEDS_ROW },
	{ "pieces", N_("Joindre les pièces"), card_form_pieces, UI_FOOTER },
	{ "print", N_("Imprimer"), card_form_print, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_vitale_loss = {
	.name = "vitale-loss",
	.title = N_("Perte ou vol de carte Vitale"),
	.kind = UI_FORM,
	.state_size = sizeof(struct vitale_lost),
	.parts = parts,
	.actions = actions,
	UI_ROWS(struct vitale_lost, form.picks),
	.keeps_draft = true,
	.open = card_form_open,
	.resumed = card_form_resumed,
	.offers = card_form_offers,
	.refresh = card_form_refresh,
	.close = card_form_close,
	.help = N_("L'ancienne carte est bloquée et la nouvelle demandée dans le même "
		   "acte.  En attendant, l'attestation de droits remplace la carte."),
};
