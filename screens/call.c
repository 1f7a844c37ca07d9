/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls made for a screen.  A call is tied to the screen's owner, like its
 * transfer: when the screen goes, both go. */
#include "access.h"
#include "app_private.h"
#include "app.h"

#include <guichet/base/mem.h>
#include <guichet/base/text.h>
#include <stdlib.h>
#include <string.h>

struct call {
	struct owner_link link;
	struct ui_ctx *ctx;
	struct rows *rows;              /* where a list goes, or NULL */
	bool append;
	bool form;                      /* sent under the key of the form */
	bool expected;                  /* keys wait for the reply */
	bool can_give_up, given_up;     /* by Esc meanwhile */
	int tenths;                     /* of the upload, said already */
	app_done done, refused;
	app_unwanted unwanted;
	char about[ID_TEXT];
};

/* A list has the slot of its place in the state, so that lists do not cancel each
 * other. */
enum { SLOT_ACT = 100, SLOT_LIST = 1000 };

enum { REQUEST_MAX = 32 * 1024 };       /* bytes of a form's request */

static void on_released(struct owner_link *link)
{
	free((struct call *)link);
}

static struct call *call_new(struct ui_ctx *ctx, app_done done)
{
	struct call *call = mem_new(1, sizeof(*call));

	call->ctx = ctx;
	call->done = done;
	owner_tie(ui_owner(ctx), &call->link, on_released);
	return call;
}

/* The agent went on to something else: what was asked is not wanted any more. */
static void on_given_up(struct ui_ctx *ctx, void *state)
{
	const struct owner_link *links = &ui_owner(ctx)->links;

	(void)state;
	for (struct owner_link *link = links->next; link != links; link = link->next) {
		struct call *call = (struct call *)link;

		if (link->released == on_released && call->can_give_up)
			call->given_up = true;
	}
}

static void call_end(struct call *call)
{
	owner_untie(&call->link);
	free(call);
}

static void rows_append(struct rows *to, const struct rows *from)
{
	for (size_t i = 0; i < from->count; i++)
		rows_copy_in(to, rows_at(from, i));
}

/* What was refused will come back corrected: another act, under another key. */
static bool refused_for_good(const struct api_reply *reply)
{
	return reply->status == 403 || reply->status == 409 ||
		reply->status == 412 || reply->status == 422;
}

static void on_reply(void *self, struct api_reply *reply)
{
	struct call call = *(struct call *)self;

	call_end(self);
	if (call.form && !reply->unknown)
		ui_settled(call.ctx);
	if (call.given_up) {
		if (call.unwanted)
			call.unwanted(app_of(call.ctx), call.about, reply);
		return;
	}
	if (call.expected && reply->ok)
		ui_expect_over(call.ctx);
	else if (call.expected)
		ui_expect_failed(call.ctx);
	if (!reply->ok) {
		if (call.form && refused_for_good(reply))
			ui_new_key(call.ctx);
		if (call.rows)
			ui_rows_failed(call.ctx);
		if (access_over(call.ctx, &reply->err))
			return;
		if (call.refused)
			call.refused(call.ctx, ui_state(call.ctx), reply);
		else
			ui_error(call.ctx, &reply->err);
		return;
	}
	if (call.rows && call.append)
		rows_append(call.rows, &reply->rows);
	else if (call.rows)
		rows_move(call.rows, &reply->rows);
	if (call.rows)
		ui_rows_fresh(call.ctx);
	if (call.done)
		call.done(call.ctx, ui_state(call.ctx), reply);
}

static const char *contact_of(const struct ui_ctx *ctx)
{
	const struct file *file = app_file(ctx);

	return file && file->contact.id[0] ? file->contact.id : NULL;
}

/* Said by tenths, so that the log of messages stays readable. */
static void on_progress(void *self, int64_t sent, int64_t total)
{
	struct call *call = self;
	int tenths = total > 0 ? (int)(sent * 10 / total) : 0;

	if (tenths <= call->tenths || tenths > 10)
		return;
	call->tenths = tenths;
	ui_message(call->ctx, _("Envoi… %d %%"), tenths * 10);
}

static void on_unsure(void *self)
{
	ui_message(((struct call *)self)->ctx, "%s",
		   _("Résultat inconnu, vérification…"));
}

/* On disk before the first byte leaves: the loop sends, and comes after. */
static void keep_sent(struct ui_ctx *ctx, const struct api_request *request)
{
	struct buf text;

	buf_init(&text, REQUEST_MAX);
	if (api_write_down(request, &text))
		ui_sent(ctx, buf_cstr(&text));
	if (text.data)
		explicit_bzero(text.data, text.capacity);
	buf_fini(&text);
}

static bool start(struct call *call, int slot, const struct api_request *request)
{
	const struct api_sink sink = { .self = call, .done = on_reply,
		.unsure = on_unsure,
		.progress = request->op->flags & API_RAW_BODY ? on_progress : NULL };
	struct ui_ctx *ctx = call->ctx;

	if (api_call(app_of(ctx)->api, ui_owner(ctx), slot, request, sink)) {
		if (call->form)
			keep_sent(ctx, request);
		idle_restart(app_of(ctx));
		return true;
	}
	call_end(call);
	ui_message(ctx, "%s", _("Déjà en cours : attendez la réponse"));
	return false;
}

static void start_list(struct call *call, const struct api_op *op, const void *query)
{
	struct ui_ctx *ctx = call->ctx;
	int place = (int)((char *)call->rows - (char *)ui_state(ctx));

	start(call, SLOT_LIST + place, &(struct api_request){
		.op = op, .query = query, .contact = contact_of(ctx) });
}

static void list(struct ui_ctx *ctx, const struct api_op *op, const void *query,
		 struct rows *rows, bool append, app_done done)
{
	struct call *call = call_new(ctx, done);

	call->rows = rows;
	call->append = append;
	if (!append)
		ui_rows_stale(ctx);
	start_list(call, op, query);
}

void app_list(struct ui_ctx *ctx, const struct api_op *op, const void *query,
	      struct rows *rows, app_done done)
{
	list(ctx, op, query, rows, false, done);
}

void app_list_expected(struct ui_ctx *ctx, const struct api_op *op,
		       const void *query, struct rows *rows, app_done done)
{
	struct call *call = call_new(ctx, done);

	call->rows = rows;
	call->expected = true;
	ui_rows_stale(ctx);
	ui_expect(ctx, NULL);
	start_list(call, op, query);
}

void app_list_more(struct ui_ctx *ctx, const struct api_op *op,
		   const void *query, struct rows *rows, app_done done)
{
	list(ctx, op, query, rows, true, done);
}

void app_get(struct ui_ctx *ctx, int slot, const struct api_op *op,
	     const void *query, app_done done)
{
	start(call_new(ctx, done), slot, &(struct api_request){
		.op = op, .query = query, .contact = contact_of(ctx) });
}

void app_get_expected(struct ui_ctx *ctx, int slot, const struct api_op *op,
		      const void *query, app_done done)
{
	struct call *call = call_new(ctx, done);

	call->expected = call->can_give_up = true;
	ui_expect(ctx, on_given_up);
	start(call, slot, &(struct api_request){
		.op = op, .query = query, .contact = contact_of(ctx) });
}

bool app_act(struct ui_ctx *ctx, const struct app_act *act)
{
	struct call *call = call_new(ctx, act->done);
	char key[UUID_TEXT];

	call->refused = act->refused;
	call->form = act->form;
	call->expected = act->expected;
	call->can_give_up = act->can_give_up;
	call->unwanted = act->unwanted;
	text_copy(call->about, sizeof(call->about), act->about ? act->about : "");
	if (act->form)
		text_copy(key, sizeof(key), ui_key(ctx));
	else
		uuid_new(key);
	if (act->saying)
		ui_message(ctx, "%s…", act->saying);
	if (!start(call, SLOT_ACT, &(struct api_request){
		.op = act->op, .query = act->query, .body = act->body,
		.key = key, .etag = act->etag, .file = act->file,
		.contact = contact_of(ctx) }))
		return false;
	if (act->expected)
		ui_expect(ctx, act->can_give_up ? on_given_up : NULL);
	return true;
}
