/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several screens share: the tabs of a file, the actions that work on every
 * screen, cells of amounts and dates. */
#include "screens.h"

#include <guichet/base/iban.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct ui_tab file_tabs[] = {
	{ "payments", N_("Paiements") },
	{ "family", N_("Famille") },
	{ "rights", N_("Droits") },
	{ "cards", N_("Cartes") },
	{ "appointments", N_("Rendez-vous") },
	{ "requests", N_("Demandes") },
	{ "insured", N_("Coordonnées") },
	{ 0 },
};

bool file_leaving(struct ui_ctx *ctx, void *state)
{
	(void)state;
	if (!app_file(ctx))
		return false;
	ui_push(ctx, &screen_contact_close, NULL);
	return true;
}

bool may_search(const char *text, struct err *err)
{
	struct iban iban;

	if (!iban_looks_like(text))
		return true;
	if (iban_parse(text, &iban, err))
		err_set(err, ERR_INVALID, "%s",
			_("Un IBAN ne se recherche pas : tapez le NIR, le nom ou la "
			  "naissance"));
	explicit_bzero(&iban, sizeof(iban));
	text_copy(err->field, sizeof(err->field), "text");
	return false;
}

void cell_amount(int64_t cts, char *out, size_t out_size)
{
	char text[MONEY_TEXT];

	if (cts == CODEC_NONE) {
		snprintf(out, out_size, "%s", "•••••");
		return;
	}
	money_to_text(cts, text);
	snprintf(out, out_size, "%s", text);
}

void cell_date(struct date date, char *out, size_t out_size)
{
	char text[DATE_TEXT] = "";

	if (date_is_set(date))
		date_to_text(date, text);
	snprintf(out, out_size, "%s", text);
}

void cell_birth(const struct beneficiary *person, char *out, size_t out_size)
{
	if (date_is_set(person->birth))
		cell_date(person->birth, out, out_size);
	else
		snprintf(out, out_size, "%lld", (long long)person->birth_year);
}

void phone_words(const char *phone, char *out, size_t out_size)
{
	if (strlen(phone) == 10 && strspn(phone, "0123456789") == 10)
		snprintf(out, out_size, "%.2s %.2s %.2s %.2s %.2s", phone, phone + 2,
			 phone + 4, phone + 6, phone + 8);
	else
		snprintf(out, out_size, "%s", phone);
}

enum file_proof proof_by_sight(const struct ui_ctx *ctx)
{
	return app_session(ctx)->channel == CHANNEL_COUNTER ? FILE_DOCUMENT_SEEN
							    : FILE_ASK_NOTHING;
}

void real_path(const char *typed, char *out, size_t out_size)
{
	const char *home = getenv("HOME");

	if (typed[0] == '~' && typed[1] == '/' && home)
		snprintf(out, out_size, "%s%s", home, typed + 1);
	else
		snprintf(out, out_size, "%s", typed);
}

void one_line(char *out, size_t out_size, const char *text)
{
	size_t used = 0;

	for (; *text && used + 3 < out_size; text++) {
		if (*text == '\n')
			out[used++] = ',';
		out[used++] = *text == '\n' ? ' ' : *text;
	}
	out[used] = '\0';
}

/* ---- Everywhere ------------------------------------------------------------- */

static void search(struct ui_ctx *ctx, void *state)
{
	(void)state;
	ui_space_go(ctx, NULL);
}

static void prove(struct ui_ctx *ctx, void *state)
{
	(void)state;
	if (!app_file(ctx))
		ui_message(ctx, "%s", _("Ouvrez d'abord un dossier"));
	else
		ui_push(ctx, &screen_prove, NULL);
}

enum { NEW_EHIC, NEW_APPOINTMENT, NEW_VITALE, NEW_EHIC_LOSS, NEW_VITALE_LOSS };

static const struct ui_choice news[] = {
	{ '1', N_("Commander une CEAM"), NEW_EHIC },
	{ '2', N_("Prendre rendez-vous"), NEW_APPOINTMENT },
	{ '3', N_("Commander une carte Vitale"), NEW_VITALE },
	{ '4', N_("Perte ou vol de CEAM"), NEW_EHIC_LOSS },
	{ '5', N_("Perte ou vol de carte Vitale"), NEW_VITALE_LOSS },
	{ 0 },
};

static void on_new(struct ui_ctx *ctx, void *state, int value)
{
	static const struct ui_screen *const opened[] = {
		[NEW_EHIC] = &screen_ehic,
		[NEW_APPOINTMENT] = &screen_booking,
		[NEW_VITALE] = &screen_vitale,
		[NEW_EHIC_LOSS] = &screen_ehic_loss,
		[NEW_VITALE_LOSS] = &screen_vitale_loss,
	};
	const struct file *file = app_file(ctx);

	(void)state;
	if (value != UI_CANCELLED && file)
		ui_push(ctx, opened[value], file->insured_id);
}

static void new(struct ui_ctx *ctx, void *state)
{
	(void)state;
	if (!app_file(ctx)) {
		ui_message(ctx, "%s", _("Ouvrez d'abord un dossier"));
		return;
	}
	if (app_file(ctx)->contact.perimeter == PERIMETER_BREAK_GLASS) {
		ui_message(ctx, "%s", _("Dossier d'une autre caisse : il se lit seulement"));
		return;
	}
	ui_ask(ctx, _("Nouvelle demande"), "", news, NEW_EHIC, on_new);
}

static void close_contact(struct ui_ctx *ctx, void *state)
{
	(void)state;
	if (!app_file(ctx))
		ui_message(ctx, "%s", _("Aucun contact ouvert ici"));
	else
		ui_push(ctx, &screen_contact_close, NULL);
}

bool desk_offers(const struct ui_ctx *ctx, const char *action)
{
	const struct file *file = app_file(ctx);

	if (!file)
		return false;
	if (strcmp(action, "prove") == 0)
		return file->contact.tier < TIER_STRONG &&
			ui_screen_of(ctx) != &screen_prove;
	return ui_screen_of(ctx)->tabs && file->contact.perimeter != PERIMETER_BREAK_GLASS;
}

const struct ui_action desk_actions[] = {
	{ "search", N_("Rechercher"), search, 0 },
	{ "prove", N_("Identité"), prove, UI_FOOTER },
	{ "new", N_("Nouvelle demande"), new, UI_FOOTER },
	{ "close-contact", N_("Clore le contact"), close_contact, 0 },
	{ 0 },
};
