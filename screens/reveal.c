/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reveal.h"
#include "app_private.h"
#include "screens.h"

#include <guichet/base/iban.h>
#include <stdio.h>
#include <string.h>

void reveal_hide(struct app *app)
{
	struct reveal_shown *shown = &app->reveal;

	if (!shown->ctx)
		return;
	owner_untie(&shown->link);
	owner_release(&shown->timer);
	explicit_bzero(shown->value, sizeof(shown->value));
	explicit_bzero(shown->beneficiary_id, sizeof(shown->beneficiary_id));
	shown->ctx = NULL;
}

void reveal_watch(struct app *app, const struct ui_ctx *front)
{
	if (app->reveal.ctx && app->reveal.ctx != front)
		reveal_hide(app);
}

static void on_time(void *user)
{
	reveal_hide(user);
}

static void on_released(struct owner_link *link)
{
	struct reveal_shown *shown = (struct reveal_shown *)(void *)link;

	reveal_hide(app_of(shown->ctx));
}

static void on_value(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct app *app = app_of(ctx);
	struct reveal *reveal = rows_at(&reply->rows, 0);
	struct reveal_shown *shown = &app->reveal;

	(void)state;
	if (!reveal->value[0]) {
		ui_message(ctx, "%s", _("Rien n'est connu ici : il n'y a rien à montrer"));
		return;
	}
	if (!app->ui || ui_front(app->ui) != ctx || !app->reveal_wanted) {
		explicit_bzero(reveal->value, sizeof(reveal->value));
		return;
	}
	reveal_hide(app);
	shown->ctx = ctx;
	shown->field = reveal->field;
	text_copy(shown->beneficiary_id, sizeof(shown->beneficiary_id),
		  app->reveal_for);
	text_copy(shown->value, sizeof(shown->value), reveal->value);
	explicit_bzero(reveal->value, sizeof(reveal->value));
	owner_init(&shown->timer);
	owner_tie(ui_owner(ctx), &shown->link, on_released);
	ui_timer(app->ui, &shown->timer, (int)reveal->seconds * 1000, on_time, app);
	ui_message(ctx, P_("Montré pendant %d seconde, et noté au journal",
			   "Montré pendant %d secondes, et noté au journal",
			   (unsigned long)reveal->seconds), (int)reveal->seconds);
}

static void on_refused(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	(void)state;
	if (strcmp(reply->err.word, "field.denied") == 0)
		ui_message(ctx, "%s", _("Au téléphone, cette donnée reste masquée : "
					"elle se montre à l'accueil"));
	else if (strcmp(reply->err.word, "proof.needed") == 0)
		ui_message(ctx, "%s", _("Prouvez d'abord l'identité (F8) : cette "
					"donnée reste masquée"));
	else
		ui_error(ctx, &reply->err);
}

void reveal_ask(struct ui_ctx *ctx, enum reveal_field field,
		const char *beneficiary_id)
{
	const struct file *file = app_file(ctx);
	struct app *app = app_of(ctx);
	struct insured_key key = { 0 };
	struct reveal_new body = { .field = field };

	if (!file) {
		ui_message(ctx, "%s", _("Ouvrez d'abord un dossier"));
		return;
	}
	text_copy(key.insured_id, sizeof(key.insured_id), file->insured_id);
	text_copy(body.beneficiary_id, sizeof(body.beneficiary_id), beneficiary_id);
	if (app_act(ctx, &(struct app_act){ .op = &api_insured_reveal,
			.query = &key, .body = &body, .done = on_value,
			.refused = on_refused })) {
		text_copy(app->reveal_for, sizeof(app->reveal_for),
			  beneficiary_id);
		app->reveal_wanted = true;
	}
}

/* "2850345234123 35" as people say it. */
static void nir_words(const char *value, char out[64])
{
	struct nir nir;
	struct err err = { 0 };
	char text[NIR_TEXT];

	if (!nir_parse(value, &nir, &err)) {
		snprintf(out, 64, "%s", value);
		return;
	}
	nir_to_text(nir.number, nir.key, text);
	snprintf(out, 64, "%s", text);
	explicit_bzero(&nir, sizeof(nir));
}

static void iban_words(const char *value, char out[64])
{
	struct iban iban;
	struct err err = { 0 };
	char text[IBAN_TEXT];

	if (!iban_parse(value, &iban, &err)) {
		snprintf(out, 64, "%s", value);
		return;
	}
	iban_to_text(&iban, text);
	snprintf(out, 64, "%s", text);
	explicit_bzero(&iban, sizeof(iban));
}

const char *reveal_words(const struct reveal_shown *shown,
			 enum reveal_field field, const char *beneficiary_id,
			 char out[64])
{
	if (!shown || !shown->ctx || shown->field != (int)field ||
	    strcmp(shown->beneficiary_id, beneficiary_id) != 0)
		return NULL;
	if (field == REVEAL_NIR)
		nir_words(shown->value, out);
	else if (field == REVEAL_IBAN)
		iban_words(shown->value, out);
	else if (field == REVEAL_PHONE)
		phone_words(shown->value, out, 64);
	else
		snprintf(out, 64, "%s", shown->value);
	return out;
}

const struct reveal_shown *reveal_of(const struct ui_ctx *ctx)
{
	return &app_of(ctx)->reveal;
}
