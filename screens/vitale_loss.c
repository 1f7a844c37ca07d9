/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Vitale card lost, stolen or faulty: the old one is blocked and the new one
 * asked for in the same act.  The last question is the declaration on honour.
 * Argument: the insured person, or INSURED/BENEFICIARY. */
#include "family_pick.h"
#include "vitale_receipt.h"

#include <stdio.h>

struct vitale_lost {
	struct rows picks;              /* of struct pick; freed by the stack */
	struct rows read;               /* of struct beneficiary */
	int kind;                       /* enum loss_kind */
	struct date happened;
	bool address_confirmed;
	char address[300];
	char insured_id[ID_TEXT], preset[ID_TEXT];
	struct date today;
	bool lodged;
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

enum { PART_FAMILY = 2 };

static bool not_lodged(const void *state)
{
	return !((const struct vitale_lost *)state)->lodged;
}

static bool lodged(const void *state)
{
	return ((const struct vitale_lost *)state)->lodged;
}

static bool check_happened(const void *state, struct err *err)
{
	const struct vitale_lost *lost = state;

	if (date_is_set(lost->happened) && date_compare(lost->happened, lost->today) > 0)
		return err_field(err, ERR_INVALID, "happened_on", "%s",
				 _("cette date n'est pas encore arrivée"));
	return true;
}

static bool check_address(const void *state, struct err *err)
{
	return ((const struct vitale_lost *)state)->address_confirmed ||
		err_field(err, ERR_INVALID, "address_confirmed", "%s",
			  _("faites confirmer l'adresse, puis répondez o"));
}

static void address(const void *state, struct ui_lines *lines)
{
	pick_address_line(((const struct vitale_lost *)state)->address, lines);
}

static const struct ui_field fields[] = {
	{ .name = "address_confirmed", .label = N_("Adresse confirmée"),
	  .type = UI_FIELD_CHECK, UI_MEMBER(struct vitale_lost, address_confirmed),
	  .width = 3, .flags = UI_REQUIRED, .check = check_address },
	{ .name = "kind", .label = N_("Motif"), .type = UI_FIELD_CHOICE,
	  UI_MEMBER(struct vitale_lost, kind), .width = 20, .choices = kinds },
	{ .name = "happened_on", .label = N_("Le"), .type = UI_FIELD_DATE,
	  UI_MEMBER(struct vitale_lost, happened), .width = 12,
	  .check = check_happened, .hint = N_("vide si la date n'est pas connue") },
	{ 0 },
};

static void receipt(const void *state, struct ui_lines *lines)
{
	vitale_receipt_lines(&((const struct vitale_lost *)state)->receipt, lines);
}

static void on_receipt(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct vitale_lost *lost = state;

	lost->receipt = *(const struct vitale_receipt *)rows_at(&reply->rows, 0);
	lost->lodged = true;
	ui_set_unchanged(ctx);
	ui_message(ctx, _("Carte bloquée, demande %s déposée"), lost->receipt.number);
}

static void declare(struct ui_ctx *ctx, void *state)
{
	struct vitale_lost *lost = state;
	const struct beneficiary *person = pick_first(&lost->picks);
	struct insured_key key = { 0 };
	struct vitale_loss loss = { .kind = lost->kind,
		.happened_on = lost->happened, .declared_on_honour = true,
		.address_confirmed = lost->address_confirmed };

	text_copy(loss.beneficiary_id, sizeof(loss.beneficiary_id), person->id);
	text_copy(key.insured_id, sizeof(key.insured_id), lost->insured_id);
	app_act(ctx, &(struct app_act){ .op = &api_vitale_report_loss,
		.query = &key, .body = &loss, .form = true,
		.saying = _("Dépôt en cours"), .done = on_receipt });
}

static void validate(struct ui_ctx *ctx, void *state)
{
	struct vitale_lost *lost = state;
	char question[500], name[3 * NAME_SIZE];

	if (lost->lodged)
		return;
	if (pick_count(&lost->picks) != 1) {
		ui_focus_part(ctx, PART_FAMILY);
		ui_message(ctx, "%s", _("Cochez la personne concernée (Espace)"));
		return;
	}
	pick_name(&lost->picks, name, sizeof(name));
	snprintf(question, sizeof(question),
		 lost->kind == LOSS_LOST
		 ? _("%s déclare sur l'honneur la perte de la carte Vitale ?")
		 : lost->kind == LOSS_STOLEN
		 ? _("%s déclare sur l'honneur le vol de la carte Vitale ?")
		 : _("%s déclare sur l'honneur que la carte Vitale ne marche plus ?"),
		 name);
	ui_confirm(ctx, question, declare);
}

static void only(struct ui_ctx *ctx, void *state)
{
	pick_only(ctx, &((struct vitale_lost *)state)->picks);
}

static void pieces(struct ui_ctx *ctx, void *state)
{
	const struct vitale_lost *lost = state;

	if (lost->lodged)
		ui_push(ctx, &screen_attach, lost->receipt.request_id);
	else
		ui_message(ctx, "%s", _("Les pièces se joignent après la déclaration (F10)"));
}

static void print(struct ui_ctx *ctx, void *state)
{
	const struct vitale_lost *lost = state;
	struct request_key key = { 0 };

	if (!lost->lodged) {
		ui_message(ctx, "%s", _("Rien à imprimer avant la déclaration (F10)"));
		return;
	}
	text_copy(key.request_id, sizeof(key.request_id), lost->receipt.request_id);
	app_paper(ctx, &api_request_paper, &key, lost->receipt.number);
}

static void on_family(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct vitale_lost *lost = state;

	(void)reply;
	pick_fill(&lost->picks, &lost->read, lost->preset);
	pick_address(app_file(ctx), lost->address, sizeof(lost->address));
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct vitale_lost *lost = state;

	rows_init(&lost->picks, sizeof(struct pick));
	rows_init(&lost->read, sizeof(struct beneficiary));
	lost->today = app_today(ctx);
	pick_argument(arg ? arg : "", lost->insured_id, lost->preset);
	pick_load(ctx, lost->insured_id, &lost->read, on_family);
}

static void close(void *state)
{
	rows_fini(&((struct vitale_lost *)state)->read);
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "text", .text = address,
	  .shown = not_lodged },
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields,
	  .shown = not_lodged },
	{ .kind = UI_PART_LIST, .name = "list", .title = N_("La carte de qui ?"),
	  .columns = pick_columns, .rows = offsetof(struct vitale_lost, picks),
	  .shown = not_lodged, .enter = "only",
	  .empty = N_("Famille en cours de lecture") },
	{ .kind = UI_PART_TEXT, .name = "text", .text = receipt, .shown = lodged },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "validate", N_("Déclarer"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ "only", N_("Choisir"), only, UI_NEEDS_ROW },
	{ "pieces", N_("Joindre les pièces"), pieces, UI_FOOTER },
	{ "print", N_("Imprimer"), print, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_vitale_loss = {
	.name = "vitale-loss",
	.title = N_("Perte ou vol de carte Vitale"),
	.kind = UI_FORM,
	.state_size = sizeof(struct vitale_lost),
	.parts = parts,
	.actions = actions,
	UI_ROWS(struct vitale_lost, picks),
	.keeps_draft = true,
	.open = open,
	.close = close,
	.help = N_("L'ancienne carte est bloquée et la nouvelle demandée dans le même "
		   "acte.  En attendant, l'attestation de droits remplace la carte."),
};
