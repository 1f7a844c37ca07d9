/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files side by side.  Opening one opens a contact, the dated record on which
 * everything read or written hangs; closing the contact closes the file. */
#include "app_private.h"
#include "screens.h"

#include <guichet/base/mem.h>
#include <guichet/base/text.h>
#include <stdlib.h>
#include <string.h>

static struct file *file_find(const struct app *app, const char *insured_id)
{
	for (struct file *file = app->files; file; file = file->next)
		if (strcmp(file->insured_id, insured_id) == 0)
			return file;
	return NULL;
}

static struct file *file_new(struct app *app, const struct opening *opening)
{
	struct file *file = mem_new(1, sizeof(*file));

	owner_init(&file->owner);
	file->app = app;
	text_copy(file->insured_id, sizeof(file->insured_id),
		  opening->contact.insured_id);
	file->contact = opening->contact;
	text_copy(file->contact_etag, sizeof(file->contact_etag), opening->etag);
	file->next = app->files;
	app->files = file;
	access_watch(file);
	return file;
}

void file_free(struct app *app, struct file *file)
{
	struct file **at = &app->files;

	while (*at && *at != file)
		at = &(*at)->next;
	if (!*at)
		return;
	*at = file->next;
	owner_release(&file->owner);
	explicit_bzero(file, sizeof(*file));
	free(file);
}

/* ---- The header ------------------------------------------------------------ */

struct header_read {
	struct owner_link link;
	struct app *app;
	struct file *file;
};

static void on_header_released(struct owner_link *link)
{
	free((struct header_read *)link);
}

static void on_header_read(void *self, struct api_reply *reply)
{
	struct header_read read = *(struct header_read *)self;

	owner_untie(&((struct header_read *)self)->link);
	free(self);
	if (!reply->ok) {
		if (read.app->ui)
			ui_say(read.app->ui, "%s", reply->err.text);
		return;
	}
	read.file->insured = *(const struct insured *)rows_at(&reply->rows, 0);
	read.file->loaded = true;
	if (read.app->ui)
		ui_dirty(ui_front(read.app->ui));
}

static void header_load(struct app *app, struct file *file)
{
	struct header_read *read = mem_new(1, sizeof(*read));
	struct insured_key key = { 0 };
	const struct api_request request = {
		.op = &api_insured_get, .query = &key, .contact = file->contact.id,
	};

	read->app = app;
	read->file = file;
	owner_tie(&file->owner, &read->link, on_header_released);
	text_copy(key.insured_id, sizeof(key.insured_id), file->insured_id);
	api_call(app->api, &file->owner, 1, &request,
		 (struct api_sink){ .self = read, .done = on_header_read });
}

void app_refresh_file(struct ui_ctx *ctx)
{
	struct file *file = app_file(ctx);

	if (file)
		header_load(app_of(ctx), file);
}

/* ---- Opening --------------------------------------------------------------- */

/* The space is there: its first screen is in front. */
static void take_up(void *user)
{
	struct file *file = user;

	ui_draft_open(ui_front(file->app->ui), file->draft);
}

static void give_draft(struct file *file, const char *id)
{
	text_copy(file->draft, sizeof(file->draft), id);
	ui_timer(file->app->ui, &file->owner, 0, take_up, file);
}

static void file_show(struct ui_ctx *ctx)
{
	struct app *app = app_of(ctx);
	const struct opening *opening = &app->opening;
	struct file *file = file_new(app, opening);

	if (!ui_space_open(ctx, opening->screen, file->insured_id, file)) {
		file_free(app, file);
		return;
	}
	header_load(app, file);
	access_volume(ctx, &file->contact);
	if (opening->draft[0])
		give_draft(file, opening->draft);
	if (opening->opened)
		opening->opened(ctx, ui_state(ctx));
}

static void on_proved(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	const struct proof *proof = rows_at(&reply->rows, 0);

	(void)state;
	app_of(ctx)->opening.contact.tier = (int)proof->tier;
	file_show(ctx);
}

static void on_unproved(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	(void)state;
	file_show(ctx);
	ui_error(ctx, &reply->err);
}

static void on_unwanted(struct app *app, const char *about,
			const struct api_reply *reply)
{
	const struct contact *made = reply->ok && !about[0] ?
		rows_at(&reply->rows, 0) : NULL;

	if (made || about[0])
		contact_give_back(app, made ? made->id : about);
}

static void document_seen(struct ui_ctx *ctx)
{
	const struct opening *opening = &app_of(ctx)->opening;
	struct contact_key key = { 0 };
	struct proof_new proof = {
		.kind = PROOF_DOCUMENT, .document = DOCUMENT_ID_CARD,
	};

	text_copy(key.contact_id, sizeof(key.contact_id), opening->contact.id);
	app_act(ctx, &(struct app_act){ .op = &api_contact_prove, .query = &key,
		.body = &proof, .expected = true, .can_give_up = true,
		.done = on_proved, .refused = on_unproved,
		.unwanted = on_unwanted, .about = key.contact_id });
}

/* The contact of an opening given up on another screen: nothing of what was asked
 * since, least of all a proof of identity, is for this person. */
static void reset_opening(struct opening *opening, const char *insured_id)
{
	*opening = (struct opening){ .screen = &screen_payments };
	text_copy(opening->insured_id, sizeof(opening->insured_id), insured_id);
}

static void on_contact(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	const struct contact *contact = rows_at(&reply->rows, 0);
	struct opening *opening = &app_of(ctx)->opening;

	(void)state;
	if (strcmp(opening->insured_id, contact->insured_id) != 0)
		reset_opening(opening, contact->insured_id);
	opening->contact = *contact;
	text_copy(opening->etag, sizeof(opening->etag), reply->etag);
	if (opening->proof == FILE_DOCUMENT_SEEN) {
		document_seen(ctx);
		return;
	}
	file_show(ctx);
}

static void on_not_opened(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	(void)state;
	if (!access_refused(ctx, &reply->err))
		ui_error(ctx, &reply->err);
}

/* Mail and tasks have a number that is asked for, visits and calls get theirs
 * from the server: no key is added to the main job. */
static bool ask_contact(struct ui_ctx *ctx, const struct opening *opening)
{
	struct contact_new contact = {
		.channel = -1, .reason = -1, .motive = -1,
	};

	text_copy(contact.insured_id, sizeof(contact.insured_id),
		  opening->insured_id);
	text_copy(contact.reference, sizeof(contact.reference), opening->reference);
	return app_act(ctx, &(struct app_act){ .op = &api_contact_create,
		.body = &contact, .expected = true, .can_give_up = true,
		.done = on_contact, .refused = on_not_opened,
		.unwanted = on_unwanted });
}

void app_open_again(struct ui_ctx *ctx)
{
	ask_contact(ctx, &app_of(ctx)->opening);
}

void app_open_file(struct ui_ctx *ctx, const char *insured_id,
		   const struct ui_screen *screen, enum file_proof proof,
		   void (*opened)(struct ui_ctx *ctx, void *state))
{
	struct app *app = app_of(ctx);
	struct file *known = file_find(app, insured_id);
	struct opening opening = { .screen = screen, .proof = proof,
		.opened = opened };

	if (known) {
		ui_space_go(ctx, known);
		if (opened)
			opened(ctx, ui_state(ctx));
		return;
	}
	text_copy(opening.insured_id, sizeof(opening.insured_id), insured_id);
	if (ask_contact(ctx, &opening))
		app->opening = opening;
}

void app_drafts(struct ui_ctx *ctx, struct rows *out)
{
	if (app_of(ctx)->ui)
		ui_drafts(app_of(ctx)->ui, out);
}

void app_take_up(struct ui_ctx *ctx, const struct ui_draft *draft)
{
	char insured_id[ID_TEXT];
	size_t length = strcspn(draft->arg, "/");
	struct app *app = app_of(ctx);
	struct file *open;

	if (length >= sizeof(insured_id)) {
		ui_draft_drop(ctx, draft->id);
		return;
	}
	memcpy(insured_id, draft->arg, length);
	insured_id[length] = '\0';
	open = file_find(app, insured_id);
	app_open_file(ctx, insured_id, &screen_payments, FILE_ASK_NOTHING, NULL);
	if (open)
		give_draft(open, draft->id);
	else if (strcmp(app->opening.insured_id, insured_id) == 0)
		text_copy(app->opening.draft, sizeof(app->opening.draft), draft->id);
}

void app_close_file(struct ui_ctx *ctx)
{
	ui_space_close(ctx);
}
