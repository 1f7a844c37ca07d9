/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was paid, newest first.  Argument: the insured person.  The filter is
 * that of the file, so that it stays while one looks elsewhere. */
#include "app_private.h"
#include "screens.h"

#include <stdio.h>

struct payments {
	struct rows found;              /* of struct payment */
	struct payment_totals totals;
	struct payment_query query;
	char cursor[256];
};

static enum ui_style cell_day(const struct ui_ctx *ctx, const void *row,
			      char *out, size_t out_size)
{
	char day[DATE_TEXT];

	(void)ctx;
	date_to_short(((const struct payment *)row)->paid_on, day);
	snprintf(out, out_size, "%s", day);
	return UI_PLAIN;
}

static enum ui_style cell_for(const struct ui_ctx *ctx, const void *row,
			      char *out, size_t out_size)
{
	const struct payment *payment = row;

	(void)ctx;
	if (payment->beneficiary_kinship < 0 ||
	    payment->beneficiary_kinship == KIN_INSURED)
		snprintf(out, out_size, "%s", payment->beneficiary_name);
	else
		snprintf(out, out_size, "%s (%s)", payment->beneficiary_name,
			 _(label_kinship[payment->beneficiary_kinship]));
	return UI_PLAIN;
}

static enum ui_style cell_paid(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	const struct payment *payment = row;

	(void)ctx;
	if (payment->state != PAYMENT_PAID) {
		snprintf(out, out_size, "%s",
			 _(label_payment_state[payment->state]));
		return payment->state == PAYMENT_REJECTED ? UI_BAD : UI_WARN;
	}
	cell_amount(payment->amount_cts, out, out_size);
	return UI_PLAIN;
}

static enum ui_style cell_payee(const struct ui_ctx *ctx, const void *row,
				char *out, size_t out_size)
{
	const struct payment *payment = row;

	(void)ctx;
	snprintf(out, out_size, "%s", payment->payee_name[0]
		 ? payment->payee_name : _(label_payee[payment->payee]));
	return UI_PLAIN;
}

static const struct ui_column columns[] = {
	{ .label = N_("Date"), .type = UI_COLUMN_CELL, .cell = cell_day, .width = 8 },
	{ .label = N_("Nature"), .type = UI_COLUMN_TEXT, .width = 27, .min = 16,
	  .grow = 1, .offset = offsetof(struct payment, label) },
	{ .label = N_("Bénéficiaire"), .type = UI_COLUMN_CELL, .cell = cell_for,
	  .width = 15, .min = 12, .rank = 1, .grow = 1 },
	{ .label = N_("Payé à"), .type = UI_COLUMN_CELL, .cell = cell_payee,
	  .width = 11, .min = 8, .rank = 2, .grow = 2 },
	{ .label = N_("Montant"), .type = UI_COLUMN_CELL, .cell = cell_paid,
	  .width = 11, .right = true },
	{ .label = N_("Soins du"), .type = UI_COLUMN_DATE, .width = 10, .rank = 4,
	  .offset = offsetof(struct payment, care_from) },
	{ .label = N_("Catégorie"), .type = UI_COLUMN_ENUM, .width = 24, .rank = 3,
	  .offset = offsetof(struct payment, kind), .names = label_payment_kind },
	{ 0 },
};

static void summary(const void *state, char *out, size_t out_size)
{
	const struct payments *payments = state;
	const struct payment_totals *totals = &payments->totals;
	char period[80] = "", from[DATE_TEXT], to[DATE_TEXT], sum[MONEY_TEXT];

	out[0] = '\0';
	if (totals->count == CODEC_NONE)
		return;
	if (date_is_set(payments->query.from)) {
		date_to_short(payments->query.from, from);
		date_to_short(payments->query.to, to);
		snprintf(period, sizeof(period), _(" du %s au %s"), from, to);
	}
	cell_amount(totals->amount_cts, sum, sizeof(sum));
	snprintf(out, out_size, P_("%lld paiement%s · %s · %s",
				   "%lld paiements%s · %s · %s",
				   (unsigned long)totals->count),
		 (long long)totals->count, period, sum,
		 payments->query.beneficiary_id[0] ? _("une personne")
						   : _("famille entière"));
}

static void on_page(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct payments *payments = state;

	text_copy(payments->cursor, sizeof(payments->cursor), reply->cursor);
	if (!payments->query.cursor[0] && reply->envelope)
		payments->totals = *(const struct payment_totals *)reply->envelope;
	if (!app_of(ctx)->discreet)
		return;
	payments->totals.amount_cts = CODEC_NONE;
	for (size_t i = 0; i < payments->found.count; i++)
		((struct payment *)rows_at(&payments->found, i))->amount_cts = CODEC_NONE;
}

static void load(struct ui_ctx *ctx, void *state)
{
	struct payments *payments = state;
	const struct file *file = app_file(ctx);

	codec_clear(&payment_query_codec, &payments->query);
	if (file && file->filter.insured_id[0])
		payments->query = file->filter;
	text_copy(payments->query.insured_id, sizeof(payments->query.insured_id),
		  ui_arg(ctx));
	payments->query.count = true;
	payments->query.limit = 50;
	app_list(ctx, &api_payment_list, &payments->query, &payments->found, on_page);
}

static void more(struct ui_ctx *ctx, void *state)
{
	struct payments *payments = state;

	if (!payments->cursor[0])
		return;
	text_copy(payments->query.cursor, sizeof(payments->query.cursor),
		  payments->cursor);
	payments->query.count = false;
	app_list_more(ctx, &api_payment_list, &payments->query, &payments->found,
		      on_page);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct payments *payments = state;

	(void)arg;
	rows_init(&payments->found, sizeof(struct payment));
	codec_clear(&payment_totals_codec, &payments->totals);
	load(ctx, state);
}

static void detail(struct ui_ctx *ctx, void *state)
{
	const struct payment *row = ui_row(ctx);

	(void)state;
	ui_push(ctx, &screen_payment, row->id);
}

static void period(struct ui_ctx *ctx, void *state)
{
	(void)state;
	ui_push(ctx, &screen_period, ui_arg(ctx));
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_LIST, .name = "list", .columns = columns,
	  .rows = offsetof(struct payments, found), .enter = "detail",
	  .more = more, .summary = summary,
	  .empty = N_("Aucun paiement pour ce choix") },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "detail", N_("Détail"), detail, UI_NEEDS_ROW | UI_FOOTER },
	{ "period", N_("Période"), period, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_payments = {
	.name = "payments",
	.title = N_("Paiements"),
	.kind = UI_LIST,
	.state_size = sizeof(struct payments),
	.parts = parts,
	.actions = actions,
	.tabs = file_tabs,
	UI_ROWS(struct payments, found),
	.open = open,
	.refresh = load,
	.resumed = load,
	.leaving = file_leaving,
	.help = N_("Tout ce qui a été versé, du plus récent au plus ancien, pour toute "
		   "la famille.  Les montants se montrent quand l'identité est prouvée "
		   "(F8)."),
};
