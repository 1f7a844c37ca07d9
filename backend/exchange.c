/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange_private.h"
#include "auth.h"
#include "oidc/oidc.h"
#include "problem.h"
#include "route.h"
#include "server.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/mem.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A client that sends its body too slowly is cut. */
#define RECEIVE_MS 10000

/* Bytes past the limit are read and dropped up to here, so that the client gets
 * its 413 rather than a broken connection. */
#define DROPPED_MOST (4u << 20)

struct exchange *exchange_new(struct server *server, const char *uri)
{
	struct exchange *ex = mem_new(1, sizeof(*ex));
	char *mark;

	ex->server = server;
	ex->started_ms = clock_mono_ms();
	ex->uri = mem_text(uri);
	mark = strchr(ex->uri, '?');
	ex->asked.path = ex->uri;
	ex->asked.query = "";
	if (mark) {
		*mark = '\0';
		ex->asked.query = mark + 1;
	}
	ex->req.if_match = -1;
	buf_init(&ex->input, BODY_MOST);
	buf_init(&ex->answer.body, ANSWER_MOST);
	buf_init(&ex->req.scratch, BODY_MOST);
	uuid_new(ex->id);
	return ex;
}

void exchange_free(struct exchange *ex)
{
	if (!ex)
		return;
	/* What people typed does not stay behind. */
	if (ex->input.data)
		sodium_memzero(ex->input.data, ex->input.size);
	if (ex->body)
		sodium_memzero(ex->body, ex->route->op->body->size);
	if (ex->oidc)
		sodium_memzero(ex->oidc, sizeof(*ex->oidc));
	free(ex->oidc);
	buf_fini(&ex->input);
	buf_fini(&ex->answer.body);
	buf_fini(&ex->req.scratch);
	rows_fini(&ex->rows);
	free(ex->key);
	free(ex->body);
	free(ex->uri);
	free(ex);
}

/* W3C Trace Context: "00-<32 hex>-<16 hex>-<2 hex>". */
static void take_trace(struct exchange *ex)
{
	const char *text = ex->asked.traceparent;
	unsigned char bytes[16];

	if (text && strlen(text) >= 55 && strncmp(text, "00-", 3) == 0 &&
	    strspn(text + 3, "0123456789abcdef") == 32 && text[35] == '-' &&
	    strspn(text + 3, "0") < 32) {
		memcpy(ex->trace, text + 3, 32);
		return;
	}
	random_bytes(bytes, sizeof(bytes));
	sodium_bin2hex(ex->trace, sizeof(ex->trace), bytes, sizeof(bytes));
}

void exchange_refuse(struct exchange *ex, const struct err *err,
		     const struct codec_fault *faults, size_t fault_count)
{
	struct answer *answer = &ex->answer;
	struct problem problem;

	if (ex->trace[0] == '\0')
		take_trace(ex);
	problem_fill(&problem, ex->route ? ex->route->op : NULL, err);
	if (faults && fault_count > PROBLEM_FAULTS_MAX)
		fault_count = PROBLEM_FAULTS_MAX;
	if (faults && fault_count > 0) {
		memcpy(problem.errors, faults, fault_count * sizeof(*faults));
		problem.error_count = fault_count;
	}
	snprintf(problem.instance, sizeof(problem.instance), "urn:uuid:%s", ex->id);
	snprintf(problem.trace_id, sizeof(problem.trace_id), "%s", ex->trace);
	answer->status = (int)problem.status;
	answer->type = PROBLEM_TYPE;
	answer->etag[0] = answer->location[0] = answer->link[0] = '\0';
	answer->replayed = false;
	answer->retry_s = ex->req.retry_s;
	if (answer->status == 503 && answer->retry_s == 0)
		answer->retry_s = 1;
	if (answer->status == 401 && strcmp(problem.code, "token.missing") == 0)
		snprintf(answer->challenge, sizeof(answer->challenge),
			 "Bearer realm=\"guichet\"");
	else if (answer->status == 401)
		snprintf(answer->challenge, sizeof(answer->challenge),
			 "Bearer realm=\"guichet\", error=\"invalid_token\"");
	else if (strcmp(problem.code, "role.denied") == 0)
		snprintf(answer->challenge, sizeof(answer->challenge),
			 "Bearer realm=\"guichet\", error=\"insufficient_scope\", "
			 "scope=\"%s\"", ex->route->op->name);
	if (!problem_write(&problem, ex->req.extra_codec, ex->req.extra,
			   &answer->body))
		answer->type = NULL;
}

bool exchange_needs_password(const struct exchange *ex)
{
	return ex->route->op == &api_session_create ||
		ex->route->op == &api_session_unlock;
}

static bool needs_provider(const struct exchange *ex)
{
	return ex->route->op == &api_federation_start ||
		ex->route->op == &api_federation_poll;
}

bool exchange_writes(const struct exchange *ex)
{
	const struct api_op *op = ex->route->op;

	return op->method != API_GET && !(op->flags & API_READ);
}

static bool has_body(const struct exchange *ex)
{
	return ex->asked.length > 0;
}

/* Supervisors see who asked for what they may not have. */
static bool is_denied(const struct exchange *ex)
{
	return ex->answer.status == 403 && ex->route && ex->req.home != 0 &&
		!exchange_needs_password(ex);
}

/* The file that the path names; 0 when it names none. */
static int64_t file_named(const struct exchange *ex)
{
	static const char name[] = "insured_id";
	const struct codec_field *field = codec_find(ex->route->op->query, name,
						     sizeof(name) - 1);

	return field ? id_parse((const char *)ex->key + field->offset) : 0;
}

bool exchange_open(struct exchange *ex, struct db *reader)
{
	struct err err = { 0 };
	bool ok;

	take_trace(ex);
	ex->req.db = reader;
	ex->req.now_ms = clock_now_ms();
	ex->req.steady_ms = clock_steady_ms();
	/* What somebody who went away in between has left open. */
	db_rollback(reader);
	ok = db_begin(reader, &err) && headers_check(ex, &err);
	db_settle(reader);
	if (ok) {
		ex->stage = EXCHANGE_BODY;
		/* What has no body runs at once, in the same transaction. */
		if (!has_body(ex))
			return true;
	} else {
		exchange_refuse(ex, &err, NULL, 0);
		ex->stage = is_denied(ex) ? EXCHANGE_DENIED : EXCHANGE_ANSWERED;
	}
	db_rollback(reader);
	return ok;
}

bool exchange_feed(struct exchange *ex, const char *data, size_t size)
{
	if (clock_mono_ms() - ex->started_ms > RECEIVE_MS)
		return false;
	if (!ex->input_over && ex->input.size + size <= ex->input_most)
		return buf_add(&ex->input, data, size);
	ex->input_over = true;
	ex->input_most += size;
	return ex->input_most < FILE_MOST + DROPPED_MOST;
}

static bool decode_body(struct exchange *ex, struct err *err)
{
	const struct api_op *op = ex->route->op;
	struct codec_fault faults[PROBLEM_FAULTS_MAX];
	size_t fault_count = 0;

	if (ex->input_over)
		return req_refuse(err, 413, "body.large", _("l'envoi est trop lourd"));
	if (op->flags & API_RAW_BODY) {
		ex->req.raw = buf_cstr(&ex->input);
		ex->req.raw_size = ex->input.size;
		ex->req.raw_type = ex->asked.type ? ex->asked.type : "";
	} else if (!op->body && ex->input.size > 0) {
		return req_refuse(err, 400, "request.invalid",
				  _("cette demande n'a pas de corps"));
	}
	if (op->flags & API_KEYED)
		idempotency_print(&ex->once, buf_cstr(&ex->input), ex->input.size);
	if (!op->body)
		return true;
	ex->body = mem_new(1, op->body->size);
	if (codec_decode(op->body, CODEC_REQUEST, buf_cstr(&ex->input),
			 ex->input.size, ex->body, faults, PROBLEM_FAULTS_MAX,
			 &fault_count, err))
		return true;
	err->status = 400;
	snprintf(err->word, sizeof(err->word), "request.invalid");
	exchange_refuse(ex, err, faults, fault_count);
	ex->stage = EXCHANGE_ANSWERED;
	return false;
}

/* Run a handler that only reads, on this thread. */
static void read_now(struct exchange *ex, struct db *reader)
{
	struct err err = { 0 };
	bool ok = db_in_transaction(reader) || db_begin(reader, &err);

	ok = ok && ex->route->run(&ex->req, ex->key, ex->body, &ex->rows, &err) &&
		answer_write(ex, &err);
	db_settle(reader);
	if (!ok)
		exchange_refuse(ex, &err, NULL, 0);
}

bool exchange_run(struct exchange *ex, struct db *reader)
{
	const struct api_op *op = ex->route->op;
	struct err err = { 0 };

	ex->job.done = exchange_done;
	if (ex->stage == EXCHANGE_DENIED) {
		ex->req.file_id = file_named(ex);
		ex->job.run = exchange_read_traced;
		ex->stage = EXCHANGE_AWAY;
		return false;
	}
	if (!decode_body(ex, &err)) {
		if (ex->stage != EXCHANGE_ANSWERED)
			exchange_refuse(ex, &err, NULL, 0);
		ex->stage = EXCHANGE_ANSWERED;
		db_rollback(reader);
		return true;
	}
	rows_init(&ex->rows, op->reply ? op->reply->size : 1);
	ex->req.op = op;
	ex->req.db = reader;
	ex->req.paper = op->flags & API_RAW_REPLY ? &ex->answer.body : NULL;
	ex->req.press = ex->server->press;
	ex->job.run = exchange_write;
	if (!exchange_writes(ex) && !exchange_needs_password(ex)) {
		read_now(ex, reader);
		ex->job.run = exchange_read_traced;
	}
	db_rollback(reader);
	ex->stage = EXCHANGE_AWAY;
	return false;
}

void exchange_leave(struct exchange *ex)
{
	struct server *server = ex->server;
	struct err err = { 0 };

	if (needs_provider(ex) && !server->oidc) {
		req_refuse(&err, 409, "federation.none",
			   _("ce serveur n'a pas de fournisseur d'identité"));
		exchange_done(&ex->job, &err);
		return;
	}
	if (!exchange_needs_password(ex) && !needs_provider(ex)) {
		writer_submit(server->writer, &ex->job);
		return;
	}
	if (needs_provider(ex) ? oidc_submit(server->oidc, ex) :
	    sign_ins_submit(server->sign_ins, ex))
		return;
	req_refuse(&err, 503, "server.busy",
		   _("trop de connexions en même temps : réessayez"));
	exchange_done(&ex->job, &err);
}
