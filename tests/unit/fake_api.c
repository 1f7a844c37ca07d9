/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client's interface, answered by hand: linked in place of libapi.a. */
#include "fake_api.h"
#include "unit.h"

#include <guichet/base/clock.h>
#include <guichet/base/mem.h>
#include <guichet/base/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pending {
	struct owner_link link;         /* to the owner; reads only */
	struct pending *next;
	struct api *api;
	const struct api_op *op;
	int slot;
	bool write, detached;
	bool answered;                  /* told by the next turn, as in life */
	struct api_reply reply;
	struct api_sink sink;
	void *query, *body;
	char key[80], etag[64], contact[ID_TEXT], file[256];
};

struct api {
	struct pending *first;
	char token[80];
	void (*signed_out)(void *self);
	void *signed_out_self;
	int given_up;
	char field[64];                 /* of the next refusal */
	void (*detached)(void *self, const struct api_op *op,
			 const struct api_reply *reply);
	void *detached_self;
};

static void *copy_of(const struct codec *codec, const void *value)
{
	void *copy;

	if (!codec || !value)
		return NULL;
	copy = mem_new(1, codec->size);
	memcpy(copy, value, codec->size);
	return copy;
}

static void forget(struct pending *pending)
{
	struct pending **at = &pending->api->first;

	while (*at && *at != pending)
		at = &(*at)->next;
	if (*at)
		*at = pending->next;
	owner_untie(&pending->link);
	if (pending->answered) {
		rows_fini(&pending->reply.rows);
		buf_fini(&pending->reply.raw);
		free(pending->reply.envelope);
	}
	free(pending->query);
	free(pending->body);
	free(pending);
}

static void on_released(struct owner_link *link)
{
	struct pending *pending = (struct pending *)link;

	if (pending->write)
		pending->detached = true;
	else
		forget(pending);
}

struct api *api_open(const struct api_setup *setup, struct err *err)
{
	(void)setup;
	(void)err;
	return mem_new(1, sizeof(struct api));
}

void api_close(struct api *api)
{
	while (api && api->first)
		forget(api->first);
	free(api);
}

static void wait(void *self, struct pollfd *fds, size_t count, int timeout_ms)
{
	(void)self;
	(void)timeout_ms;
	poll(fds, count, 0);
}

static void tell(struct pending *pending)
{
	const struct api_op *op = pending->op;
	struct api *api = pending->api;
	struct api_sink sink = pending->sink;
	struct api_reply reply = pending->reply;
	bool wanted = !pending->detached;

	pending->answered = false;      /* the reply is ours now */
	forget(pending);
	if (wanted)
		sink.done(sink.self, &reply);
	else if (api->detached)
		api->detached(api->detached_self, op, &reply);
	rows_fini(&reply.rows);
	buf_fini(&reply.raw);
	free(reply.envelope);
}

static struct pending *answered(const struct api *api)
{
	for (struct pending *p = api->first; p; p = p->next)
		if (p->answered)
			return p;
	return NULL;
}

static void deliver(void *self)
{
	struct pending *pending;

	while ((pending = answered(self)))
		tell(pending);
}

static int64_t due_ms(void *self)
{
	(void)self;
	return 0;
}

struct loop_peer api_peer(struct api *api)
{
	return (struct loop_peer){ .self = api, .wait = wait, .deliver = deliver,
		.due_ms = due_ms };
}

bool api_again(struct api *api, struct owner *owner, int slot, const char *text,
	       struct api_sink sink)
{
	char name[64], key[80];
	struct api_request request = { .key = key };

	if (sscanf(text, "%63s %79s", name, key) != 2)
		return false;
	request.op = api_op_find(name);
	return request.op && api_call(api, owner, slot, &request, sink);
}

bool api_write_down(const struct api_request *request, struct buf *out)
{
	return request->key && buf_printf(out, "%s\n%s\n", request->op->name,
					  request->key);
}

void api_set_token(struct api *api, const char *token)
{
	text_copy(api->token, sizeof(api->token), token ? token : "");
}

void api_on_signed_out(struct api *api, void (*told)(void *self), void *self)
{
	api->signed_out = told;
	api->signed_out_self = self;
}

void api_give_up(struct api *api)
{
	api->given_up++;
}

void api_on_detached(struct api *api,
		     void (*told)(void *self, const struct api_op *op,
				  const struct api_reply *reply), void *self)
{
	api->detached = told;
	api->detached_self = self;
}

int api_writes_pending(const struct api *api)
{
	int count = 0;

	for (const struct pending *p = api->first; p; p = p->next)
		count += p->write;
	return count;
}

static bool make_room(struct api *api, struct owner *owner, int slot, bool write)
{
	for (struct pending *p = api->first, *next; p; p = next) {
		next = p->next;
		if (p->slot != slot || p->detached || !owner || !slot)
			continue;
		for (struct owner_link *l = owner->links.next; l != &owner->links;
		     l = l->next) {
			if (l != &p->link)
				continue;
			if (write)
				return false;
			forget(p);
			break;
		}
	}
	return true;
}

bool api_call(struct api *api, struct owner *owner, int slot,
	      const struct api_request *request, struct api_sink sink)
{
	const struct api_op *op = request->op;
	bool write = op->method != API_GET && !(op->flags & API_READ);
	struct pending *pending, **last = &api->first;

	if (!make_room(api, owner, slot, write))
		return false;
	pending = mem_new(1, sizeof(*pending));
	*pending = (struct pending){ .api = api, .op = op, .slot = slot,
		.write = write, .sink = sink,
		.query = copy_of(op->query, request->query),
		.body = copy_of(op->body, request->body) };
	text_copy(pending->key, sizeof(pending->key), request->key ? request->key : "");
	text_copy(pending->etag, sizeof(pending->etag), request->etag ? request->etag : "");
	text_copy(pending->contact, sizeof(pending->contact),
		  request->contact ? request->contact : "");
	text_copy(pending->file, sizeof(pending->file), request->file ? request->file : "");
	owner_tie(owner, &pending->link, on_released);
	while (*last)
		last = &(*last)->next;
	*last = pending;
	return true;
}

bool api_problem_decode(const struct api_reply *reply, const struct codec *codec,
			void *value, struct err *err)
{
	return codec_decode(codec, CODEC_REPLY, buf_cstr(&reply->raw),
			    reply->raw.size, value, NULL, 0, NULL, err);
}

/* ---- The test's side -------------------------------------------------------- */

static struct pending *find(const struct api *api, const char *op)
{
	assert_non_null(api_op_find(op));
	for (struct pending *p = api->first; p; p = p->next)
		if (!p->answered && strcmp(p->op->name, op) == 0)
			return p;
	return NULL;
}

bool fake_is_asked(struct api *api, const char *op)
{
	return find(api, op);
}

const struct api_op *fake_asked(const struct api *api)
{
	for (const struct pending *p = api->first; p; p = p->next)
		if (!p->answered)
			return p->op;
	return NULL;
}

const void *fake_body(struct api *api, const char *op)
{
	const struct pending *pending = find(api, op);

	return pending ? pending->body : NULL;
}

const void *fake_query(struct api *api, const char *op)
{
	const struct pending *pending = find(api, op);

	return pending ? pending->query : NULL;
}

const char *fake_key(struct api *api, const char *op)
{
	const struct pending *pending = find(api, op);

	return pending ? pending->key : "";
}

const char *fake_etag(struct api *api, const char *op)
{
	const struct pending *pending = find(api, op);

	return pending ? pending->etag : "";
}

const char *fake_file(struct api *api, const char *op)
{
	const struct pending *pending = find(api, op);

	return pending ? pending->file : "";
}

const char *fake_contact(struct api *api, const char *op)
{
	const struct pending *pending = find(api, op);

	return pending ? pending->contact : "";
}

int fake_count(const struct api *api, const char *op)
{
	int count = 0;

	assert_non_null(api_op_find(op));
	for (const struct pending *p = api->first; p; p = p->next)
		count += strcmp(p->op->name, op) == 0;
	return count;
}

const char *fake_token(const struct api *api)
{
	return api->token;
}

int fake_given_up(const struct api *api)
{
	return api->given_up;
}

void fake_progress(struct api *api, const char *op, int64_t sent, int64_t total)
{
	struct pending *pending = find(api, op);

	if (pending && pending->sink.progress && !pending->detached)
		pending->sink.progress(pending->sink.self, sent, total);
}

static bool read_json(const struct api_op *op, const char *json,
		      struct api_reply *reply, struct err *err)
{
	rows_init(&reply->rows, op->reply ? op->reply->size : 1);
	if (!op->reply || !json)
		return true;
	if (op->flags & API_LIST) {
		if (op->envelope)
			reply->envelope = mem_new(1, op->envelope->size);
		return codec_decode_list(op->reply, op->envelope, json, strlen(json),
					 &reply->rows, reply->cursor,
					 sizeof(reply->cursor), reply->envelope, err);
	}
	return codec_decode(op->reply, CODEC_REPLY, json, strlen(json),
			    rows_add(&reply->rows), NULL, 0, NULL, err);
}

bool fake_answer(struct api *api, const char *op, const char *json,
		 const char *etag, struct err *err)
{
	struct pending *pending = find(api, op);
	struct api_reply reply = { .ok = true, .status = 200 };

	if (!pending)
		return err_set(err, ERR_NOT_FOUND, "%s was not called", op);
	buf_init(&reply.raw, 1 << 20);
	text_copy(reply.etag, sizeof(reply.etag), etag ? etag : "\"1\"");
	if (pending->op->flags & API_RAW_REPLY)
		buf_text(&reply.raw, json);
	else if (!read_json(pending->op, json, &reply, err)) {
		rows_fini(&reply.rows);
		buf_fini(&reply.raw);
		free(reply.envelope);
		return false;
	}
	pending->reply = reply;
	pending->answered = true;
	return true;
}

bool fake_refuse(struct api *api, const char *op, int status, enum err_code code,
		 const char *word, const char *text, const char *problem)
{
	struct pending *pending = find(api, op);
	struct api_reply reply = { .status = status,
		.unknown = code == ERR_TIMEOUT };

	if (!pending)
		return false;
	rows_init(&reply.rows, 1);
	buf_init(&reply.raw, 1 << 20);
	buf_text(&reply.raw, problem ? problem : "{}");
	err_word(&reply.err, code, word, "%s", text);
	reply.err.status = status;
	text_copy(reply.err.field, sizeof(reply.err.field), api->field);
	api->field[0] = '\0';
	pending->reply = reply;
	pending->answered = true;
	return true;
}

void fake_refuse_field(struct api *api, const char *field)
{
	text_copy(api->field, sizeof(api->field), field);
}

void fake_sign_out(struct api *api)
{
	if (api->signed_out)
		api->signed_out(api->signed_out_self);
}
