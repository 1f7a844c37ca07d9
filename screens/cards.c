/* SPDX-License-Identifier: GPL-3.0-or-later */
/* European health cards and Vitale cards of a family.  Argument: the insured
 * person. */
#include "screens.h"

#include <stdio.h>

struct cards {
	struct rows found;              /* of struct card */
};

static enum ui_style cell_state(const struct ui_ctx *ctx, const void *row,
				char *out, size_t out_size)
{
	const struct card *card = row;

	(void)ctx;
	snprintf(out, out_size, "%s", _(label_card_state[card->state]));
	if (card->state == CARD_ACTIVE)
		return UI_GOOD;
	return card->state == CARD_LOST || card->state == CARD_STOLEN ? UI_BAD : UI_PLAIN;
}

static const struct ui_column columns[] = {
	UI_COL_ENUM(struct card, kind, N_("Carte"), 22, label_card_kind),
	{ .label = N_("Pour"), .type = UI_COLUMN_TEXT, .width = 12, .grow = 1,
	  .offset = offsetof(struct card, beneficiary_name) },
	UI_COL_CELL(cell_state, N_("État"), 14),
	{ .label = N_("Valable jusqu'au"), .type = UI_COLUMN_DATE, .width = 16,
	  .offset = offsetof(struct card, valid_to) },
	{ .label = N_("Demande"), .type = UI_COLUMN_TEXT, .width = 15, .rank = 1,
	  .offset = offsetof(struct card, request_number) },
	{ .label = N_("Numéro"), .type = UI_COLUMN_TEXT, .width = 22, .rank = 2,
	  .offset = offsetof(struct card, serial_masked) },
	{ .label = N_("Commandée le"), .type = UI_COLUMN_DATE, .width = 12,
	  .rank = 3, .offset = offsetof(struct card, ordered_on) },
	{ 0 },
};

static void load(struct ui_ctx *ctx, void *state)
{
	struct cards *cards = state;
	struct insured_key key = { 0 };

	text_copy(key.insured_id, sizeof(key.insured_id), ui_arg(ctx));
	app_list(ctx, &api_card_list, &key, &cards->found, NULL);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct cards *cards = state;

	(void)arg;
	rows_init(&cards->found, sizeof(struct card));
	load(ctx, state);
}

static void order_ehic(struct ui_ctx *ctx, void *state)
{
	(void)state;
	ui_push(ctx, &screen_ehic, ui_arg(ctx));
}

static void order_vitale(struct ui_ctx *ctx, void *state)
{
	(void)state;
	ui_push(ctx, &screen_vitale, ui_arg(ctx));
}

/* The card under the cursor was lost. */
static void lost(struct ui_ctx *ctx, void *state)
{
	const struct card *card = ui_row(ctx);
	char arg[UI_ARG_SIZE];

	(void)state;
	snprintf(arg, sizeof(arg), "%s/%s", ui_arg(ctx), card->beneficiary_id);
	ui_push(ctx, card->kind == CARD_VITALE ? &screen_vitale_loss
					       : &screen_ehic_loss, arg);
}

static void follow(struct ui_ctx *ctx, void *state)
{
	const struct card *card = ui_row(ctx);

	(void)state;
	if (card->request_id[0])
		ui_push(ctx, &screen_request, card->request_id);
	else
		ui_message(ctx, "%s", _("Aucune demande en cours pour cette carte"));
}

static void print(struct ui_ctx *ctx, void *state)
{
	const struct card *card = ui_row(ctx);
	struct card_key key = { 0 };

	(void)state;
	if (card->kind != CARD_CERTIFICATE) {
		ui_message(ctx, "%s", _("Seul un certificat provisoire s'imprime d'ici"));
		return;
	}
	text_copy(key.card_id, sizeof(key.card_id), card->id);
	app_paper(ctx, &api_certificate_paper, &key, "certificat-provisoire");
}

static const struct ui_action actions[] = {
	{ "open", N_("Suivre"), follow, UI_NEEDS_ROW | UI_FOOTER },
	{ "order-ehic", N_("CEAM"), order_ehic, UI_FOOTER },
	{ "order-vitale", N_("Vitale"), order_vitale, UI_FOOTER },
	{ "lost", N_("Perte ou vol"), lost, UI_NEEDS_ROW | UI_FOOTER },
	{ "print", N_("Imprimer"), print, UI_NEEDS_ROW },
	{ 0 },
};

const struct ui_screen screen_cards = {
	.name = "cards",
	.title = N_("Cartes"),
	.kind = UI_LIST,
	.state_size = sizeof(struct cards),
	.columns = columns,
	.empty = N_("Aucune carte"),
	.enter = "open",
	.actions = actions,
	.tabs = file_tabs,
	UI_ROWS(struct cards, found),
	.open = open,
	.refresh = load,
	.resumed = load,
	.leaving = file_leaving,
	.help = N_("Les CEAM, cartes Vitale et certificats provisoires de la famille, "
		   "avec leur état et la demande en cours."),
};
