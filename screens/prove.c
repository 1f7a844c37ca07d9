/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is in front of me, or on the line?  One page: what was seen or said; the
 * server tells whether it agrees, never what it should have been. */
#include "screens.h"

#include <stdio.h>

enum method {
	METHOD_ID_CARD, METHOD_PASSPORT, METHOD_RESIDENCE, METHOD_LICENCE,
	METHOD_VITALE_PHOTO, METHOD_SERIAL, METHOD_SIMPLE, METHOD_N
};

struct prove {
	int method;
	struct date birth;
	char postcode[6], phone[20], serial[24];
};

static const char *const methods[] = {
	[METHOD_ID_CARD] = N_("carte nationale d'identité vue"),
	[METHOD_PASSPORT] = N_("passeport vu"),
	[METHOD_RESIDENCE] = N_("titre de séjour vu"),
	[METHOD_LICENCE] = N_("permis de conduire vu"),
	[METHOD_VITALE_PHOTO] = N_("carte Vitale avec photo vue"),
	[METHOD_SERIAL] = N_("numéro de série de la carte Vitale"),
	[METHOD_SIMPLE] = N_("naissance et adresse ou téléphone"),
	NULL,
};
_Static_assert(sizeof(methods) / sizeof(*methods) == METHOD_N + 1,
	       "every method needs words");

static bool is_simple(const void *state)
{
	return ((const struct prove *)state)->method == METHOD_SIMPLE;
}

static bool is_serial(const void *state)
{
	return ((const struct prove *)state)->method == METHOD_SERIAL;
}

static bool check_simple(const void *state, struct err *err)
{
	const struct prove *prove = state;

	if (!is_simple(state) || prove->postcode[0] || prove->phone[0])
		return true;
	return err_field(err, ERR_INVALID, "postcode", "%s",
			 _("le code postal ou le téléphone, au choix"));
}

static const struct ui_field fields[] = {
	{ .name = "kind", .label = N_("Preuve"), .type = UI_FIELD_CHOICE,
	  UI_MEMBER(struct prove, method), .width = 38, .choices = methods,
	  .hint = N_("← → pour changer, F4 pour la liste, F10 pour valider") },
	{ .name = "birth", .label = N_("Naissance"), .type = UI_FIELD_BIRTH,
	  UI_MEMBER(struct prove, birth), .width = 12, .flags = UI_REQUIRED,
	  .shown = is_simple },
	{ .name = "postcode", .label = N_("Code postal"), .type = UI_FIELD_TEXT,
	  UI_MEMBER(struct prove, postcode), .width = 6, .shown = is_simple,
	  .check = check_simple },
	{ .name = "phone", .label = N_("ou téléphone"), .type = UI_FIELD_TEXT,
	  UI_MEMBER(struct prove, phone), .width = 16, .shown = is_simple },
	{ .name = "serial", .label = N_("Numéro de série"), .type = UI_FIELD_TEXT,
	  UI_MEMBER(struct prove, serial), .width = 24, .flags = UI_REQUIRED,
	  .shown = is_serial, .hint = N_("sous la photo ou à sa droite") },
	{ 0 },
};

static void on_proof(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	const struct proof *proof = rows_at(&reply->rows, 0);
	struct file *file = app_file(ctx);

	(void)state;
	if (!proof->match) {
		ui_message(ctx, P_("Cela ne concorde pas : reste %lld essai",
				   "Cela ne concorde pas : restent %lld essais",
				   (unsigned long)proof->tries_left),
			   (long long)proof->tries_left);
		return;
	}
	if (file)
		file->contact.tier = (int)proof->tier;
	ui_set_unchanged(ctx);
	app_refresh_file(ctx);
	ui_message(ctx, "%s", _("Identité prouvée"));
	ui_pop(ctx);
}

static void validate(struct ui_ctx *ctx, void *state)
{
	const struct prove *prove = state;
	const struct file *file = app_file(ctx);
	struct contact_key key = { 0 };
	struct proof_new proof = { .kind = PROOF_DOCUMENT,
		.document = prove->method };

	if (!file)
		return;
	if (prove->method >= METHOD_SERIAL)
		proof.document = -1;
	if (prove->method == METHOD_SERIAL) {
		proof.kind = PROOF_VITALE;
		text_copy(proof.serial, sizeof(proof.serial), prove->serial);
	} else if (prove->method == METHOD_SIMPLE) {
		proof.kind = PROOF_SIMPLE;
		proof.birth = prove->birth;
		text_copy(proof.postcode, sizeof(proof.postcode), prove->postcode);
		text_copy(proof.phone, sizeof(proof.phone), prove->phone);
	}
	text_copy(key.contact_id, sizeof(key.contact_id), file->contact.id);
	app_act(ctx, &(struct app_act){ .op = &api_contact_prove, .query = &key,
		.body = &proof, .done = on_proof });
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct prove *prove = state;

	(void)arg;
	if (app_session(ctx)->channel != CHANNEL_COUNTER)
		prove->method = METHOD_SIMPLE;
	ui_fields_changed(ctx);
	ui_set_unchanged(ctx);
}

static const struct ui_action actions[] = {
	{ "validate", N_("Valider"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_prove = {
	.name = "prove",
	.title = N_("Prouver l'identité"),
	.kind = UI_FORM,
	.state_size = sizeof(struct prove),
	.fields = fields,
	.actions = actions,
	.open = open,
	.help = N_("À l'accueil, la pièce vue suffit.  Au téléphone, le numéro de série "
		   "de la carte Vitale donne accès aux montants ; la naissance avec "
		   "l'adresse ou le téléphone, au dossier et aux demandes."),
};
