/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that do not open like the others: what is said to the agent, what is
 * asked, and the end of an access out of the ordinary. */
#include "app_private.h"
#include "screens.h"

#include <stdio.h>
#include <string.h>

static const struct { const char *word, *said; } refusals[] = {
	{ "file.own", N_("C'est votre dossier : un collègue s'en charge "
			 "volontiers à votre place") },
	{ "file.sensitive", N_("Dossier sensible : appelez un superviseur, il vous "
			       "l'ouvre pour 30 minutes") },
	{ "volume.stopped", N_("Trop de dossiers aujourd'hui : voyez un superviseur, "
			       "il vous rend la main") },
	{ "access.ended", N_("Le temps d'accès est passé : ce dossier s'est refermé") },
	{ "perimeter.denied", N_("Dossier d'une autre caisse : il se lit seulement") },
	{ "access.limit", N_("Trop d'accès exceptionnels : attendez 10 minutes "
			     "ou voyez un superviseur") },
};

bool access_said(struct ui_ctx *ctx, const struct err *err)
{
	struct err said = *err;

	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		if (strcmp(err->word, refusals[i].word) != 0)
			continue;
		text_copy(said.text, sizeof(said.text), _(refusals[i].said));
		said.ref[0] = '\0';
		ui_error(ctx, &said);
		return true;
	}
	return false;
}

bool access_over(struct ui_ctx *ctx, const struct err *err)
{
	if (strcmp(err->word, "access.ended") != 0 || !app_file(ctx))
		return false;
	access_said(ctx, err);
	ui_space_close(ctx);
	return true;
}

static void on_reference(struct ui_ctx *ctx, void *state, const char *text)
{
	struct opening *opening = &app_of(ctx)->opening;
	struct err err = { 0 };

	(void)state;
	if (!text)
		return;
	text_copy(opening->reference, sizeof(opening->reference), text);
	text_trim(opening->reference);
	if (!opening->reference[0])
		ui_message(ctx, "%s", _("Sans référence, le dossier reste fermé"));
	else if (!confirm_check_reference(opening->reference, &err))
		ui_error(ctx, &err);
	else
		app_open_again(ctx);
}

bool access_refused(struct ui_ctx *ctx, const struct err *err)
{
	const struct opening *opening = &app_of(ctx)->opening;

	if (strcmp(err->word, "reference.needed") == 0) {
		ui_ask_text(ctx, _("Référence"),
			    _("Numéro du courrier ou de la tâche qui fait ouvrir ce dossier"),
			    false, on_reference);
		return true;
	}
	if (strcmp(err->word, "file.sensitive") == 0 &&
	    app_session(ctx)->role == ROLE_SUPERVISOR) {
		ui_push(ctx, &screen_grant, opening->insured_id);
		return true;
	}
	return access_said(ctx, err);
}

void access_volume(struct ui_ctx *ctx, const struct contact *contact)
{
	struct app *app = app_of(ctx);

	app->volume = contact->volume;
	app->files_today = contact->files_today;
	if (contact->volume == VOLUME_STOP)
		ui_message(ctx, _("%lld dossiers aujourd'hui : la suite demande l'accord "
				  "d'un superviseur"),
			   (long long)contact->files_today);
	else if (contact->volume == VOLUME_ALERT)
		ui_message(ctx, _("%lld dossiers aujourd'hui, c'est inhabituel : "
				  "votre superviseur est averti"),
			   (long long)contact->files_today);
}

bool access_desk_words(const struct app *app, char *out, size_t out_size)
{
	if (app->volume != VOLUME_ALERT && app->volume != VOLUME_STOP)
		return false;
	snprintf(out, out_size, _("%lld dossiers"),
		 (long long)app->files_today);
	return true;
}

bool access_file_words(const struct file *file, enum zone zone, char *out,
		       size_t out_size)
{
	char until[DATE_TEXT];

	if (!file->contact.until)
		return false;
	moment_to_hour(zone, file->contact.until, until);
	snprintf(out, out_size, file->contact.perimeter == PERIMETER_BREAK_GLASS
		 ? _("Autre caisse, lecture tracée jusqu'à %s")
		 : _("Dossier sensible, lecture tracée jusqu'à %s"), until);
	return true;
}

enum { LOOK_MS = 1000, LONGEST_MS = 24 * 3600 * 1000 };

/* What is on the screen goes with the right to read it; a space that is not in
 * front is closed when it comes there. */
static void on_end(void *user)
{
	struct file *file = user;
	struct ui *ui = file->app->ui;
	struct ui_ctx *front = ui_front(ui);

	if (!front || app_file(front) != file) {
		ui_timer(ui, &file->owner, LOOK_MS, on_end, file);
		return;
	}
	ui_say(ui, "%s", _("Le temps d'accès est passé : ce dossier s'est refermé"));
	ui_space_close(front);
}

void access_watch(struct file *file)
{
	int64_t left = file->contact.until - clock_now_ms();

	if (left > LONGEST_MS)          /* the desk's clock is wrong: the server's counts */
		left = LONGEST_MS;
	if (file->contact.until && file->app->ui)
		ui_timer(file->app->ui, &file->owner, left > 0 ? (int)left : 0,
			 on_end, file);
}
