/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A European health card lost or stolen.  Argument: the insured person, or
 * INSURED/BENEFICIARY. */
#include "family_pick.h"

#include <stdio.h>

struct ehic_lost {
	struct rows picks;              /* of struct pick; freed by the stack */
	struct rows read;               /* of struct beneficiary */
	int kind;                       /* enum loss_kind, LOST or STOLEN */
	struct date happened;
	bool order, address_confirmed;
	char address[300];
	char insured_id[ID_TEXT], preset[ID_TEXT];
	struct date today;
	bool lodged;
	struct ehic_receipt receipt;
};

static const char *const kinds[] = { N_("perte"), N_("vol"), NULL };

enum { PART_FAMILY = 2 };

static bool not_lodged(const void *state)
{
	return !((const struct ehic_lost *)state)->lodged;
}

static bool lodged(const void *state)
{
	return ((const struct ehic_lost *)state)->lodged;
}

static bool orders(const void *state)
{
	return ((const struct ehic_lost *)state)->order;
}

static bool check_happened(const void *state, struct err *err)
{
	const struct ehic_lost *lost = state;

	if (date_is_set(lost->happened) && date_compare(lost->happened, lost->today) > 0)
		return err_field(err, ERR_INVALID, "happened_on", "%s",
				 _("cette date n'est pas encore arrivée"));
	return true;
}

static bool check_address(const void *state, struct err *err)
{
	const struct ehic_lost *lost = state;

	return !lost->order || lost->address_confirmed ||
		err_field(err, ERR_INVALID, "address_confirmed", "%s",
			  _("faites confirmer l'adresse, puis répondez o"));
}

static void address(const void *state, struct ui_lines *lines)
{
	pick_address_line(((const struct ehic_lost *)state)->address, lines);
}

static const struct ui_field fields[] = {
	{ .name = "kind", .label = N_("Déclaration"), .type = UI_FIELD_CHOICE,
	  UI_MEMBER(struct ehic_lost, kind), .width = 10, .choices = kinds },
	{ .name = "happened_on", .label = N_("Le"), .type = UI_FIELD_DATE,
	  UI_MEMBER(struct ehic_lost, happened), .width = 12,
	  .check = check_happened, .hint = N_("vide si la date n'est pas connue") },
	{ .name = "order", .label = N_("Commander la nouvelle"),
	  .type = UI_FIELD_CHECK, UI_MEMBER(struct ehic_lost, order), .width = 3 },
	{ .name = "address_confirmed", .label = N_("Adresse confirmée"),
	  .type = UI_FIELD_CHECK, UI_MEMBER(struct ehic_lost, address_confirmed),
	  .width = 3, .check = check_address, .shown = orders },
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

	lost->receipt = *(const struct ehic_receipt *)rows_at(&reply->rows, 0);
	lost->lodged = true;
	ui_set_unchanged(ctx);
	ui_message(ctx, "%s", _("Déclaration enregistrée"));
}

static void declare(struct ui_ctx *ctx, void *state)
{
	struct ehic_lost *lost = state;
	const struct beneficiary *person = pick_first(&lost->picks);
	struct insured_key key = { 0 };
	struct ehic_loss loss = { .kind = lost->kind, .happened_on = lost->happened,
		.order = lost->order, .address_confirmed = lost->address_confirmed };

	text_copy(loss.beneficiary_id, sizeof(loss.beneficiary_id), person->id);
	text_copy(key.insured_id, sizeof(key.insured_id), lost->insured_id);
	app_act(ctx, &(struct app_act){ .op = &api_ehic_report_loss, .query = &key,
		.body = &loss, .form = true, .saying = _("Dépôt en cours"),
		.done = on_receipt });
}

static void validate(struct ui_ctx *ctx, void *state)
{
	struct ehic_lost *lost = state;
	char question[400], name[3 * NAME_SIZE];

	if (lost->lodged)
		return;
	if (pick_count(&lost->picks) != 1) {
		ui_focus_part(ctx, PART_FAMILY);
		ui_message(ctx, "%s", _("Cochez la personne concernée (Espace)"));
		return;
	}
	pick_name(&lost->picks, name, sizeof(name));
	snprintf(question, sizeof(question),
		 lost->kind == LOSS_LOST ? _("Déclarer perdue la CEAM de %s ?")
					 : _("Déclarer volée la CEAM de %s ?"),
		 name);
	ui_confirm(ctx, question, declare);
}

static void only(struct ui_ctx *ctx, void *state)
{
	pick_only(ctx, &((struct ehic_lost *)state)->picks);
}

static void print(struct ui_ctx *ctx, void *state)
{
	const struct ehic_lost *lost = state;
	struct request_key key = { 0 };

	if (!lost->lodged || !lost->receipt.item_count) {
		ui_message(ctx, "%s", _("Rien à imprimer"));
		return;
	}
	text_copy(key.request_id, sizeof(key.request_id),
		  lost->receipt.items[0].request_id);
	app_paper(ctx, &api_request_paper, &key, lost->receipt.items[0].number);
}

static void on_family(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct ehic_lost *lost = state;

	(void)reply;
	pick_fill(&lost->picks, &lost->read, lost->preset);
	pick_address(app_file(ctx), lost->address, sizeof(lost->address));
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct ehic_lost *lost = state;

	rows_init(&lost->picks, sizeof(struct pick));
	rows_init(&lost->read, sizeof(struct beneficiary));
	lost->today = app_today(ctx);
	lost->order = true;
	ui_fields_changed(ctx);
	ui_set_unchanged(ctx);
	pick_argument(arg ? arg : "", lost->insured_id, lost->preset);
	pick_load(ctx, lost->insured_id, &lost->read, on_family);
}

static void close(void *state)
{
	rows_fini(&((struct ehic_lost *)state)->read);
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "text", .text = address,
	  .shown = not_lodged },
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields,
	  .shown = not_lodged },
	{ .kind = UI_PART_LIST, .name = "list", .title = N_("La carte de qui ?"),
	  .columns = pick_columns, .rows = offsetof(struct ehic_lost, picks),
	  .shown = not_lodged, .enter = "only",
	  .empty = N_("Famille en cours de lecture") },
	{ .kind = UI_PART_TEXT, .name = "text", .text = receipt, .shown = lodged },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "validate", N_("Déclarer"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ "only", N_("Choisir"), only, UI_NEEDS_ROW },
	{ "print", N_("Imprimer"), print, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_ehic_loss = {
	.name = "ehic-loss",
	.title = N_("Perte ou vol de CEAM"),
	.kind = UI_FORM,
	.state_size = sizeof(struct ehic_lost),
	.parts = parts,
	.actions = actions,
	UI_ROWS(struct ehic_lost, picks),
	.keeps_draft = true,
	.open = open,
	.close = close,
	.help = N_("La carte perdue ou volée est annulée ; la nouvelle est commandée "
		   "dans le même acte, sauf si la personne n'en veut pas."),
};
