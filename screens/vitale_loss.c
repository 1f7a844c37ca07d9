/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Vitale card lost, stolen or faulty: the old one is blocked and the new one
 * asked for in the same act.  The last question is the declaration on honour.
 * Argument: the insured person, or INSURED/BENEFICIARY. */
#include "card_form.h"

#include <stdio.h>

struct vitale_lost {
	struct card_loss loss;          /* first */
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

static const struct ui_field fields[] = {
	{ CARD_FORM_ADDRESS, .flags = UI_REQUIRED, .check = card_form_confirmed },
	CARD_LOSS_KIND(kinds, 21),
	CARD_LOSS_HAPPENED,
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

	card_form_vitale_done(ctx, &lost->loss.form, &lost->receipt, reply);
	ui_message(ctx, _("Carte bloquée, demande %s déposée"), lost->receipt.number);
}

static void declare(struct ui_ctx *ctx, void *state)
{
	const struct card_loss *lost = state;
	const struct card_form *form = &lost->form;
	struct vitale_loss loss = { .kind = lost->kind,
		.happened_on = lost->happened, .declared_on_honour = true,
		.address_confirmed = form->address_confirmed };

	text_copy(loss.beneficiary_id, sizeof(loss.beneficiary_id),
		  card_form_first(form)->id);
	card_form_lodge(ctx, form, &api_vitale_report_loss, &loss, on_receipt);
}

static void validate(struct ui_ctx *ctx, void *state)
{
	const struct card_loss *lost = state;
	char question[500], name[3 * NAME_SIZE];

	if (!card_form_one(ctx, &lost->form))
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

static const struct ui_part parts[] =
	CARD_FORM_PARTS(fields, N_("La carte de qui ?"), card_form_vitale_columns,
			"only", receipt);

static const struct ui_action actions[] = {
	{ "validate", N_("Déclarer"), validate, UI_NEEDS_FORM | UI_FOOTER },
	CARD_FORM_ONLY,
	CARD_FORM_PIECES,
	CARD_FORM_PRINT,
	{ 0 },
};

const struct ui_screen screen_vitale_loss = {
	.name = "vitale-loss",
	.title = N_("Perte ou vol de carte Vitale"),
	.state_size = sizeof(struct vitale_lost),
	.parts = parts,
	.actions = actions,
	.open = card_form_open,
	CARD_FORM_SCREEN,
	.help = N_("L'ancienne carte est bloquée et la nouvelle demandée dans le même "
		   "acte.  En attendant, l'attestation de droits remplace la carte."),
};
