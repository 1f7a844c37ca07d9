/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a contact ended.  What was read and done suggests reason and outcome, so
 * that F10 alone is the usual answer. */
#include "screens.h"
#include "trace.h"

#include <stdio.h>
#include <string.h>

struct contact_close {
	int reason;                     /* enum contact_reason */
	int outcome;                    /* enum contact_outcome */
	int advised;                    /* 0 none, else 1 + enum channel */
	char note[NOTE_SIZE];
	int motive;                     /* what opened the file, and its number */
	char reference[41];
};

static const char *const advised[] = {
	N_("aucun"), N_("accueil"), N_("téléphone"), N_("courrier ou courriel"),
	N_("visio"), N_("compte ameli"), NULL,
};
_Static_assert(sizeof(advised) / sizeof(*advised) == CHANNEL_N + 2,
	       "every channel can be advised");

static const struct ui_field fields[] = {
	{ .name = "reason", .label = N_("Motif"), .type = UI_FIELD_CHOICE,
	  UI_MEMBER(struct contact_close, reason), .width = 28,
	  .choices = label_contact_reason },
	{ .name = "outcome", .label = N_("Issue"), .type = UI_FIELD_CHOICE,
	  UI_MEMBER(struct contact_close, outcome), .width = 28,
	  .choices = label_outcome },
	{ .name = "advised", .label = N_("Canal conseillé"), .type = UI_FIELD_CHOICE,
	  UI_MEMBER(struct contact_close, advised), .width = 28,
	  .choices = advised,
	  .hint = N_("le plus rapide pour la prochaine fois") },
	{ .name = "note", .label = N_("Note"), .type = UI_FIELD_TEXT,
	  UI_MEMBER(struct contact_close, note), .width = 50,
	  .hint = N_("des faits, rien sur la santé : la personne peut la lire") },
	{ 0 },
};

static bool has_reference(const void *state)
{
	return ((const struct contact_close *)state)->reference[0];
}

/* Why the file was opened: it is on the trace of all that was read. */
static void opened_for(const void *state, struct ui_lines *lines)
{
	const struct contact_close *form = state;
	char text[120];

	snprintf(text, sizeof(text), "%s, %s", _(label_motive[form->motive]),
		 form->reference);
	ui_pair(lines, _("Ouvert pour"), text);
}

static void on_contact(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct contact_close *form = state;
	const struct contact *contact = rows_at(&reply->rows, 0);

	if (ui_is_changed(ctx))
		return;
	form->reason = contact->reason >= 0 ? contact->reason
		: contact->suggested_reason >= 0 ? contact->suggested_reason
		: CONTACT_OTHER;
	form->outcome = contact->suggested_outcome >= 0
		? contact->suggested_outcome : OUTCOME_ANSWERED;
	ui_fields_changed(ctx);
	ui_set_unchanged(ctx);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct contact_close *form = state;
	const struct file *file = app_file(ctx);
	struct contact_key key = { 0 };

	(void)arg;
	form->reason = CONTACT_OTHER;
	if (!file)
		return;
	form->motive = file->contact.motive;
	if (form->motive >= 0 && form->motive < MOTIVE_N)
		text_copy(form->reference, sizeof(form->reference),
			  file->contact.reference);
	text_copy(key.contact_id, sizeof(key.contact_id), file->contact.id);
	app_get(ctx, 1, &api_contact_get, &key, on_contact);
}

static void on_closed(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	(void)state;
	(void)reply;
	ui_set_unchanged(ctx);
	ui_message(ctx, "%s", _("Contact clos"));
	app_close_file(ctx);
}

/* A contact closed elsewhere leaves nothing to do here but go. */
static void on_refused(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	if (strcmp(reply->err.word, "contact.closed") == 0)
		on_closed(ctx, state, reply);
	else
		ui_error(ctx, &reply->err);
}

static void validate(struct ui_ctx *ctx, void *state)
{
	const struct contact_close *form = state;
	const struct file *file = app_file(ctx);
	struct contact_key key = { 0 };
	struct contact_end end = { .reason = form->reason, .outcome = form->outcome,
		.advised = form->advised - 1 };

	if (!file) {
		ui_message(ctx, "%s", _("Aucun contact ouvert ici"));
		return;
	}
	text_copy(key.contact_id, sizeof(key.contact_id), file->contact.id);
	text_copy(end.note, sizeof(end.note), form->note);
	app_act(ctx, &(struct app_act){ .op = &api_contact_close, .query = &key,
		.body = &end, .form = true, .done = on_closed,
		.refused = on_refused });
}

static const struct ui_action actions[] = {
	{ "validate", N_("Clore le contact"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ 0 },
};

static const struct ui_part parts[] = {
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields },
	{ .kind = UI_PART_TEXT, .name = "text", .text = opened_for,
	  .shown = has_reference },
	{ 0 },
};

const struct ui_screen screen_contact_close = {
	.name = "contact-close",
	.title = N_("Clore le contact"),
	.kind = UI_FORM,
	.state_size = sizeof(struct contact_close),
	.parts = parts,
	.actions = actions,
	.open = open,
	.help = N_("Le motif et l'issue sont proposés d'après ce qui a été fait.  F10 "
		   "clôt le contact et ferme le dossier ; F3 y revient."),
};
