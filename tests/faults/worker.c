/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "worker.h"
#include "skip.h"
#include "../contract/contract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HANGS_MS 60000
#define REPLAYS_MOST 1000

static void on_reply(void *self, struct api_reply *reply)
{
	struct worker *worker = self;

	worker->told = true;
	worker->ok = reply->ok;
	worker->replayed = reply->replayed;
	worker->status = reply->status;
	worker->err = reply->err;
	memcpy(worker->etag, reply->etag, sizeof(worker->etag));
	rows_move(&worker->rows, &reply->rows);
}

struct api_sink worker_sink(struct worker *worker)
{
	return (struct api_sink){ .self = worker, .done = on_reply };
}

static void die(const struct worker *worker, const char *why)
{
	fprintf(stderr, "%s: %s: %d %s %s\n", worker->login, why, worker->status,
		worker->err.word, worker->err.text);
	exit(1);
}

bool worker_call(struct worker *worker, const struct api_request *request)
{
	struct loop_peer peer = api_peer(worker->api);
	int64_t end = real_mono_ms() + HANGS_MS;

	worker->told = false;
	if (!api_call(worker->api, &worker->owner, 0, request,
		      worker_sink(worker)))
		die(worker, "a write was still under way");
	while (!worker->told) {
		int64_t due = peer.due_ms(peer.self);

		if (due && !worker->waits)
			skip_to_ms(due);
		else
			peer.wait(peer.self, NULL, 0, due ? 20 : 100);
		peer.deliver(peer.self);
		if (real_mono_ms() > end)
			die(worker, "the client hangs");
	}
	return worker->ok;
}

/* What the screens take for settled: a refusal by rule or by version. */
static bool is_refused(const struct worker *worker)
{
	return worker->status >= 400 && worker->status < 500 &&
		worker->status != 429 && worker->status != 401;
}

static void tell(const struct worker *worker, const struct api_request *write,
		 const char *about, enum event event, const char *value)
{
	history_put(worker->history, &(struct event_row){
		.event = event, .client = worker->login, .op = write->op->name,
		.key = write->key, .about = about, .value = value });
}

/* The identifier of what the reply says was made. */
static const char *made_by(const struct worker *worker, const struct api_op *op)
{
	const void *row = rows_at(&worker->rows, 0);

	if (op == &api_ehic_create || op == &api_ehic_report_loss)
		return ((const struct ehic_receipt *)row)->items[0].request_id;
	if (op == &api_vitale_create || op == &api_vitale_report_loss)
		return ((const struct vitale_receipt *)row)->request_id;
	if (op == &api_appointment_create)
		return ((const struct appointment *)row)->id;
	return ((const struct contact *)row)->id;
}

bool worker_write_as(struct worker *worker, struct api_request *write,
		     const char *about, const char *value, char made[ID_TEXT])
{
	int64_t begin = real_mono_ms();

	for (int i = 0; i < REPLAYS_MOST; i++) {
		bool ok;

		tell(worker, write, about, EVENT_INVOKE, NULL);
		ok = worker_call(worker, write);
		if (real_mono_ms() - begin > worker->slowest_ms)
			worker->slowest_ms = real_mono_ms() - begin;
		if (ok) {
			const char *thing = value ? value :
				made_by(worker, write->op);

			tell(worker, write, about, EVENT_OK, thing);
			if (made)
				snprintf(made, ID_TEXT, "%s", thing);
			worker->done++;
			return true;
		}
		if (is_refused(worker)) {
			tell(worker, write, about, EVENT_FAIL, NULL);
			return false;
		}
		tell(worker, write, about, EVENT_UNKNOWN, NULL);
		worker->unknown++;
	}
	die(worker, "never an outcome");
	return false;
}

bool worker_write(struct worker *worker, struct api_request *write,
		  const char *about, const char *value, char made[ID_TEXT])
{
	char key[UUID_TEXT];

	uuid_new(key);
	write->key = key;
	return worker_write_as(worker, write, about, value, made);
}

void worker_open_as(struct worker *worker, const char *login, const char *token,
		    const char *way, const struct history *history)
{
	struct api_setup setup = { .server = way, .connect_timeout_s = 3,
		.timeout_s = 10 };

	memset(worker, 0, sizeof(*worker));
	worker->history = history;
	snprintf(worker->login, sizeof(worker->login), "%s", login);
	snprintf(worker->token, sizeof(worker->token), "%s", token);
	owner_init(&worker->owner);
	worker->api = api_open(&setup, NULL);
	api_set_token(worker->api, token);
}

void worker_open(struct worker *worker, const char *login, const char *server,
		 const char *way, const struct history *history)
{
	struct login who = { .password = DEMO_PASSWORD, .channel = -1 };
	char token[sizeof(worker->token)];

	worker_open_as(worker, login, "", server, history);
	snprintf(who.user, sizeof(who.user), "%s", login);
	if (!worker_call(worker, &(struct api_request){
		.op = &api_session_create, .body = &who }))
		die(worker, "cannot sign in");
	snprintf(token, sizeof(token), "%s",
		 ((const struct session *)rows_at(&worker->rows, 0))->token);
	worker_close(worker);
	worker_open_as(worker, login, token, way, history);
}

void worker_close(struct worker *worker)
{
	owner_release(&worker->owner);
	api_close(worker->api);
	rows_fini(&worker->rows);
}
