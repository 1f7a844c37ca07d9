/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payments in words. */
#include "payment.h"

#include <guichet/base/money.h>

#include <stdio.h>

#define NBSP "\u00A0"

static const char *const families[] = {
	[PAYMENT_CARE] = "Remboursement de soins",
	[PAYMENT_THIRD_PARTY] = "Paiement à un tiers",
	[PAYMENT_DAILY_ALLOWANCE] = "Indemnités journalières",
	[PAYMENT_INVALIDITY] = "Pension d'invalidité",
	[PAYMENT_ANNUITY] = "Rente",
	[PAYMENT_DEATH] = "Capital décès",
	[PAYMENT_OTHER] = "Autre paiement",
};
_Static_assert(sizeof(families) / sizeof(*families) == PAYMENT_KIND_N,
	       "every kind of payment has words");

static const char *const pathways[] = {
	"", "médecin traitant, parcours respecté", "hors parcours de soins",
	"accès direct autorisé",
};

static const char *const exemptions[] = {
	"", "exonération ALD", "exonération maternité",
	"complémentaire santé solidaire", "accident du travail",
};

/* By the number in payment.reason. */
static const char *const rejections[] = {
	"motif non transmis : voir le service des prestations",
	"droits non ouverts à la date des soins",
	"soins déjà remboursés",
	"prescription manquante",
	"feuille de soins incomplète ou non signée",
	"virement refusé par la banque",
};

/* A withheld amount and its participle, which agrees with it. */
static const char *const withheld_words[] = {
	[WITHHELD_NONE] = "montant",
	[WITHHELD_FLAT] = "participation forfaitaire",
	[WITHHELD_FRANCHISE] = "franchise",
};
static const char *const withheld_ends[] = {
	[WITHHELD_NONE] = "retenu",
	[WITHHELD_FLAT] = "retenue",
	[WITHHELD_FRANCHISE] = "retenue",
};
_Static_assert(sizeof(withheld_words) / sizeof(*withheld_words) == WITHHELD_N &&
	       sizeof(withheld_ends) / sizeof(*withheld_ends) == WITHHELD_N,
	       "every kind of amount withheld has words");

const char *payment_pathway(int pathway)
{
	return pathway > 0 && pathway < (int)(sizeof(pathways) / sizeof(*pathways)) ?
		pathways[pathway] : "";
}

const char *payment_exemption(int exemption)
{
	return exemption > 0 &&
		exemption < (int)(sizeof(exemptions) / sizeof(*exemptions)) ?
		exemptions[exemption] : "";
}

const char *payment_rejection(int reason)
{
	return reason > 0 &&
		reason < (int)(sizeof(rejections) / sizeof(*rejections)) ?
		rejections[reason] : rejections[0];
}

const char *payment_family(int kind)
{
	return kind >= 0 && kind < PAYMENT_KIND_N ? families[kind] :
		families[PAYMENT_OTHER];
}

/* Days of an allowance: "14 jours × 29,45 € = 412,30 €". */
static int explain_days(const struct payline *line, char *out, size_t out_size)
{
	unsigned days = line->quantity_x100 / 100;
	char daily[MONEY_TEXT], due[MONEY_TEXT];

	money_to_text(line->due_cts, due);
	if (days == 0 || line->due_cts % days)
		return snprintf(out, out_size, "montant calculé %s", due);
	money_to_text(line->due_cts / days, daily);
	return snprintf(out, out_size, "%u %s × %s = %s", days,
			days > 1 ? "jours" : "jour", daily, due);
}

/* What the line comes to before anything is withheld. */
static int explain_due(int kind, const struct payline *line, char *out,
		       size_t out_size)
{
	bool care = kind == PAYMENT_CARE || kind == PAYMENT_THIRD_PARTY;
	char base[MONEY_TEXT], due[MONEY_TEXT];

	if (kind == PAYMENT_DAILY_ALLOWANCE)
		return explain_days(line, out, out_size);
	money_to_text(line->base_cts, base);
	money_to_text(line->due_cts, due);
	if (care && line->due_cts == 0)         /* a line that was refused */
		return snprintf(out, out_size, "base %s", base);
	if (care && money_percent(line->base_cts, line->rate_pct) == line->due_cts)
		return snprintf(out, out_size, "base %s × %d" NBSP "%% = %s",
				base, line->rate_pct, due);
	return snprintf(out, out_size, "montant calculé %s", due);
}

void payment_explain(int kind, const struct payline *line, char *out,
		     size_t out_size)
{
	int withheld = line->withheld < WITHHELD_N ? line->withheld : WITHHELD_NONE;
	char due[128], kept[128] = "", amount[MONEY_TEXT], paid[MONEY_TEXT];

	explain_due(kind, line, due, sizeof(due));
	if (line->withheld_cts) {
		money_to_text(line->withheld_cts, amount);
		snprintf(kept, sizeof(kept), ", %s %s %s", withheld_words[withheld],
			 amount, withheld_ends[withheld]);
	}
	money_to_text(line->paid_cts, paid);
	snprintf(out, out_size, "%s%s, versé %s", due, kept, paid);
}
