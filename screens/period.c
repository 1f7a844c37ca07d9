/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which payments to show.  Argument: the insured person. */
#include "screens.h"

enum { KIND_ALL, WHO_KEEP = 0, WHO_ALL = 1 };

struct period {
	struct date from, to;
	int kind;                       /* 0 all, else 1 + enum payment_kind */
	int who;
};

static const char *const kinds[] = {
	N_("toutes"), N_("Remboursement de soins"), N_("Paiement à un tiers"),
	N_("Indemnités journalières"), N_("Pension d'invalidité"), N_("Rente"),
	N_("Capital décès"), N_("Autre"), NULL,
};
_Static_assert(sizeof(kinds) / sizeof(*kinds) == PAYMENT_KIND_N + 2,
	       "every kind of payment can be chosen");

static const char *const whos[] = {
	N_("la personne choisie"), N_("famille entière"), NULL,
};

static bool one_person(const void *state);

static bool check_to(const void *state, struct err *err)
{
	const struct period *period = state;

	if (date_is_set(period->to) && date_is_set(period->from) &&
	    date_compare(period->to, period->from) < 0)
		return err_field(err, ERR_INVALID, "to", "%s",
				 _("la fin vient avant le début"));
	return true;
}

static const struct ui_field fields[] = {
	{ .name = "from", .label = N_("Payés du"), .type = UI_FIELD_DATE,
	  UI_MEMBER(struct period, from), .width = 12, .flags = UI_PAST,
	  .hint = N_("vide : aussi loin que possible (27 mois)") },
	{ .name = "to", .label = N_("au"), .type = UI_FIELD_DATE,
	  UI_MEMBER(struct period, to), .width = 12, .flags = UI_PAST,
	  .check = check_to,
	  .hint = N_("vide : jusqu'à aujourd'hui") },
	{ .name = "kind", .label = N_("Catégorie"), .type = UI_FIELD_CHOICE,
	  UI_MEMBER(struct period, kind), .width = 27, .choices = kinds },
	{ .name = "beneficiary_id", .label = N_("Pour"), .type = UI_FIELD_CHOICE,
	  UI_MEMBER(struct period, who), .width = 26, .choices = whos,
	  .shown = one_person,
	  .hint = N_("la personne se choisit dans l'onglet Famille") },
	{ 0 },
};

static bool one_person(const void *state)
{
	const struct period *period = state;

	return period->who >= 0;
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct period *period = state;
	const struct file *file = app_file(ctx);

	(void)arg;
	period->who = -1;
	if (!file || !file->filter.insured_id[0])
		return;
	period->from = file->filter.from;
	period->to = file->filter.to;
	period->kind = file->filter.kind + 1;
	if (file->filter.beneficiary_id[0])
		period->who = WHO_KEEP;
	ui_fields_changed(ctx);
	ui_set_unchanged(ctx);
}

static void validate(struct ui_ctx *ctx, void *state)
{
	const struct period *period = state;
	struct file *file = app_file(ctx);

	if (!file)
		return;
	if (!file->filter.insured_id[0])
		codec_clear(&payment_query_codec, &file->filter);
	text_copy(file->filter.insured_id, sizeof(file->filter.insured_id),
		  file->insured_id);
	file->filter.from = period->from;
	file->filter.to = period->to;
	if (date_is_set(period->from) && !date_is_set(period->to))
		file->filter.to = app_today(ctx);
	file->filter.kind = period->kind - 1;
	if (period->who == WHO_ALL)
		file->filter.beneficiary_id[0] = '\0';
	ui_set_unchanged(ctx);
	ui_pop(ctx);
}

static void last_months(struct ui_ctx *ctx, struct period *period, int months)
{
	period->to = app_today(ctx);
	period->from = date_add_months(period->to, -months);
	ui_fields_changed(ctx);
	validate(ctx, period);
}

static void two_months(struct ui_ctx *ctx, void *state)
{
	last_months(ctx, state, 2);
}

static void twelve_months(struct ui_ctx *ctx, void *state)
{
	last_months(ctx, state, 12);
}

static const struct ui_action actions[] = {
	{ "validate", N_("Appliquer"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ "two-months", N_("2 mois"), two_months, UI_FOOTER },
	{ "twelve-months", N_("12 mois"), twelve_months, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_period = {
	.name = "period",
	.title = N_("Choisir les paiements"),
	.kind = UI_FORM,
	.state_size = sizeof(struct period),
	.fields = fields,
	.actions = actions,
	.open = open,
	.help = N_("Dates : 15/3, 1503, -7 (il y a sept jours), fdm (fin du mois)."),
};
