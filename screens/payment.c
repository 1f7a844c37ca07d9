/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One payment, and the arithmetic behind it.  Argument: the payment. */
#include "app_private.h"
#include "screens.h"

#include <stdio.h>

struct payment_view {
	struct payment_detail detail;
	bool loaded, discreet;
};

static void show_amounts(struct ui_lines *lines, const struct payment_detail *detail)
{
	const struct payment *payment = &detail->payment;
	char text[200], amount[MONEY_TEXT];

	cell_amount(payment->amount_cts, amount, sizeof(amount));
	ui_pair_styled(lines, _("Montant"), UI_STRONG, amount);
	if (payment->payee == PAYEE_INSURED && payment->payee_name[0])
		snprintf(text, sizeof(text), "%s", payment->payee_name);
	else
		snprintf(text, sizeof(text), "%s%s%s",
			 _(label_payee[payment->payee]),
			 payment->payee_name[0] ? ", " : "", payment->payee_name);
	ui_pair(lines, _("Payé à"), text);
	ui_pair(lines, _("Compte"), detail->account_masked);
	ui_pair(lines, _("Référence"), detail->reference);
	if (detail->insurer[0]) {
		snprintf(text, sizeof(text), "%s (%s)", detail->insurer,
			 detail->noemie ? _("prévenue par Noémie")
					: _("sans lien Noémie"));
		ui_pair(lines, _("Complémentaire"), text);
	}
}

static void show_line(struct ui_lines *lines, const struct payment_line *line)
{
	char from[DATE_TEXT], to[DATE_TEXT], text[300];

	date_to_text(line->from, from);
	ui_line(lines, UI_PLAIN, "%s", "");
	if (date_is_set(line->to) && date_compare(line->from, line->to) != 0) {
		date_to_text(line->to, to);
		snprintf(text, sizeof(text), _("%s, du %s au %s"), line->label,
			 from, to);
	} else {
		snprintf(text, sizeof(text), _("%s, le %s"), line->label, from);
	}
	ui_line(lines, UI_STRONG, "%s", text);
	ui_line(lines, UI_PLAIN, "%s", line->explanation);
	if (line->professional[0])
		ui_line(lines, UI_DIM, "%s%s%s", line->professional,
			line->pathway[0] ? " · " : "", line->pathway);
	if (line->exemption[0])
		ui_line(lines, UI_DIM, "%s", line->exemption);
}

static void show_year(struct ui_lines *lines, const struct payment_detail *detail)
{
	char flat[MONEY_TEXT], franchise[MONEY_TEXT], cap[MONEY_TEXT];

	money_to_text(detail->year_flat_cts, flat);
	money_to_text(detail->year_franchise_cts, franchise);
	money_to_text(detail->year_cap_cts, cap);
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_DIM,
		_("Retenu cette année : participations %s, franchises %s (plafond de %s chacune)"),
		flat, franchise, cap);
}

static void text(const void *state, struct ui_lines *lines)
{
	const struct payment_view *view = state;
	const struct payment_detail *detail = &view->detail;
	char date[DATE_TEXT];

	if (!view->loaded)
		return;
	ui_line(lines, UI_TITLE, "%s", detail->payment.label);
	date_to_full(detail->payment.paid_on, date);
	ui_pair(lines, detail->payment.state == PAYMENT_PAID ? _("Payé le")
		: _("Prévu le"), date);
	ui_pair_styled(lines, _("État"),
		       detail->payment.state == PAYMENT_REJECTED ? UI_BAD : UI_PLAIN,
		       _(label_payment_state[detail->payment.state]));
	ui_pair(lines, _("Pourquoi"), detail->reason);
	ui_pair(lines, _("Pour"), detail->payment.beneficiary_name);
	show_amounts(lines, detail);
	for (size_t i = 0; i < detail->line_count; i++)
		show_line(lines, &detail->lines[i]);
	if (!view->discreet)
		show_year(lines, detail);
}

static void hide_amounts(struct payment_view *view)
{
	struct payment_detail *detail = &view->detail;

	view->discreet = true;
	detail->payment.amount_cts = CODEC_NONE;
	for (size_t i = 0; i < detail->line_count; i++)
		cell_amount(CODEC_NONE, detail->lines[i].explanation,
			    sizeof(detail->lines[i].explanation));
}

static void on_detail(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct payment_view *view = state;

	view->detail = *(const struct payment_detail *)rows_at(&reply->rows, 0);
	if (app_of(ctx)->discreet)
		hide_amounts(view);
	view->loaded = true;
}

static void load(struct ui_ctx *ctx, void *state)
{
	struct payment_key key = { 0 };

	(void)state;
	text_copy(key.payment_id, sizeof(key.payment_id), ui_arg(ctx));
	app_get(ctx, 1, &api_payment_get, &key, on_detail);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	(void)arg;
	load(ctx, state);
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "text", .text = text },
	{ 0 },
};

const struct ui_screen screen_payment = {
	.name = "payment",
	.title = N_("Détail d'un paiement"),
	.kind = UI_RECORD,
	.state_size = sizeof(struct payment_view),
	.parts = parts,
	.open = open,
	.refresh = load,
	.help = N_("Le calcul de chaque ligne, en mots : base, taux, retenue, versé."),
};
