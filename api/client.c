/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls and their lives: slots, owners, tries, and the one place where a sink
 * is told. */
#include "client_private.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/mem.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* First pause between two tries; the next is four times that. */
#define PAUSE_MS 250

struct api *api_open(const struct api_setup *setup, struct err *err)
{
	struct http *http = http_open(setup, err);
	struct api *api;

	if (!http)
		return NULL;
	api = mem_new(1, sizeof(*api));
	api->http = http;
	api->timeout_s = setup->timeout_s;
	if (setup->desk && text_is_clean(setup->desk, TEXT_ONE_LINE))
		text_copy(api->desk, sizeof(api->desk), setup->desk);
	return api;
}

static void unlink_call(struct call *call)
{
	struct call **at = &call->api->calls;

	while (*at != call)
		at = &(*at)->next;
	*at = call->next;
	owner_untie(&call->link);
}

/* Free an unlinked call. */
static void free_call(struct call *call)
{
	http_cancel(call->api->http, &call->exchange);
	if (call->body.data)            /* it may hold a password */
		explicit_bzero(call->body.data, call->body.capacity);
	buf_fini(&call->body);
	rows_fini(&call->reply.rows);
	buf_fini(&call->reply.raw);
	free(call->reply.envelope);
	free(call);
}

static void drop(struct call *call)
{
	unlink_call(call);
	free_call(call);
}

void api_close(struct api *api)
{
	if (!api)
		return;
	while (api->calls)
		drop(api->calls);
	http_close(api->http);
	secret_set(&api->token, NULL, 0);
	free(api);
}

void api_set_token(struct api *api, const char *token)
{
	secret_set(&api->token, token, token ? strlen(token) + 1 : 0);
	api->token_age++;
	if (!token)
		return;
	api->signed_out = api->tell_signed_out = false;
	for (struct call *call = api->calls; call; call = call->next) {
		if (call->state == CALL_SIGNED_OUT) {
			call->tries = 0;
			client_send(call);
		}
	}
}

void api_on_signed_out(struct api *api, void (*told)(void *self), void *self)
{
	api->on_signed_out = told;
	api->signed_out_self = self;
}

void api_on_detached(struct api *api,
		     void (*told)(void *self, const struct api_op *op,
				  const struct api_reply *reply), void *self)
{
	api->on_detached = told;
	api->detached_self = self;
}

/* End a call with an error of our own; told at the next api_deliver(). */
static void fail(struct call *call, const struct err *err)
{
	call->reply.err = *err;
	client_put_ref(call, &call->reply.err);
	call->state = CALL_ENDED;
}

void api_give_up(struct api *api)
{
	struct err err;

	err_set(&err, ERR_DENIED, "%s", _("session fermée"));
	api->signed_out = false;
	for (struct call *call = api->calls; call; call = call->next)
		if (call->state == CALL_SIGNED_OUT)
			fail(call, &err);
}

/* A try may follow when doing it twice is doing it once. */
static bool may_repeat(const struct api_op *op)
{
	return client_is_read(op) || op->flags & API_KEYED ||
		op->method == API_PUT || op->method == API_DELETE;
}

/* 409 with Retry-After: the same key is being served. */
static bool asks_to_come_back(const struct http_answer *answer)
{
	if (answer->retry_after_s > CLIENT_RETRY_AFTER_MAX_S)
		return false;
	if (answer->status == 429 || answer->status == 409)
		return answer->retry_after_s >= 0;
	return answer->status >= 502 && answer->status <= 504;
}

/* Return how long to wait before the next try, -1 for no other try. */
static int64_t pause_ms(const struct call *call)
{
	const struct http_exchange *exchange = &call->exchange;
	int after_s = exchange->answer.retry_after_s;
	int64_t pause = PAUSE_MS << 2 * (call->tries - 1);
	uint16_t jitter;

	if (call->tries >= CLIENT_TRIES_MAX)
		return -1;
	switch (exchange->result) {
	case HTTP_UNREACHED:
		break;                  /* nothing was sent: anything may go */
	case HTTP_TIMED_OUT:
	case HTTP_CUT:
		if (!may_repeat(call->op))
			return -1;
		break;
	case HTTP_ANSWERED:
		if (!may_repeat(call->op) || !asks_to_come_back(&exchange->answer))
			return -1;
		break;
	default:
		return -1;
	}
	if (exchange->result == HTTP_ANSWERED && after_s > 0)
		pause = after_s * INT64_C(1000);
	/* Half as much again, so that desks do not come back together. */
	random_bytes(&jitter, sizeof(jitter));
	return pause + pause * jitter / (2 * UINT16_MAX);
}

/* A read that nobody signed for waits for the sign-in; a write fails in the
 * open.  Returns whether the call has been dealt with. */
static bool wait_for_sign_in(struct call *call)
{
	const struct http_exchange *exchange = &call->exchange;
	struct api *api = call->api;

	if (exchange->result != HTTP_ANSWERED || exchange->answer.status != 401 ||
	    strcmp(exchange->answer.type, "application/problem+json") != 0 ||
	    call->op->flags & API_PUBLIC)
		return false;
	if (client_is_read(call->op) && call->token_age != api->token_age &&
	    api->token.bytes) {
		/* Signed in again while it was under way. */
		buf_fini(&call->exchange.answer.body);
		client_send(call);
		return true;
	}
	if (!api->signed_out)
		api->tell_signed_out = true;
	api->signed_out = true;
	if (!client_is_read(call->op) || !api->on_signed_out)
		return false;
	buf_fini(&call->exchange.answer.body);
	call->state = CALL_SIGNED_OUT;
	return true;
}

/* Nobody knows what became of a write that was cut, or answered by who is not
 * the server; one that never left did nothing, nor one refused for want of room
 * (507, which no proxy says). */
static bool may_have_acted(const struct call *call)
{
	const struct http_exchange *exchange = &call->exchange;

	if (client_is_read(call->op))
		return false;
	if (exchange->result == HTTP_TIMED_OUT || exchange->result == HTTP_CUT ||
	    exchange->result == HTTP_TOO_LONG)
		return true;
	return exchange->result == HTTP_ANSWERED &&
	       exchange->answer.status >= 500 && exchange->answer.status != 507;
}

static void on_exchange(struct http_exchange *exchange)
{
	struct call *call = exchange->self;
	int64_t pause;

	if (wait_for_sign_in(call))
		return;
	if (may_have_acted(call))
		call->unsure = true;
	pause = pause_ms(call);
	if (pause < 0) {
		client_read_answer(call);
		return;
	}
	call->tell_unsure = call->unsure;
	buf_fini(&exchange->answer.body);
	call->due_ms = clock_mono_ms() + pause;
	call->state = CALL_PAUSED;
}

/* The owner goes: a read goes with it, a write goes on alone. */
static void on_owner_gone(struct owner_link *link)
{
	struct call *call = (struct call *)(void *)
		((char *)link - offsetof(struct call, link));

	call->owner = NULL;
	call->sink = (struct api_sink){ 0 };
	if (client_is_read(call->op))
		drop(call);
}

/* Make room in the slot; false when a write is in it. */
static bool take_slot(struct api *api, struct owner *owner, int slot,
		      bool is_read)
{
	struct call *next;

	for (struct call *call = api->calls; call; call = next) {
		next = call->next;
		if (call->owner != owner || call->slot != slot ||
		    client_is_read(call->op) != is_read)
			continue;
		if (!is_read)
			return false;
		drop(call);
	}
	return true;
}

static void make_trace(char trace[33])
{
	unsigned char bytes[16];

	random_bytes(bytes, sizeof(bytes));
	bytes[0] |= 1;                  /* all zeros is not allowed */
	for (size_t i = 0; i < sizeof(bytes); i++)
		snprintf(trace + 2 * i, 3, "%02x", bytes[i]);
}

static struct call *call_new(struct api *api, struct owner *owner, int slot,
			     const struct api_op *op, struct api_sink sink)
{
	struct call *call, **last = &api->calls;

	call = mem_new(1, sizeof(*call));
	call->api = api;
	call->owner = owner;
	call->slot = slot;
	call->op = op;
	call->sink = sink;
	call->exchange.self = call;
	call->exchange.done = on_exchange;
	make_trace(call->trace);
	rows_init(&call->reply.rows, op->reply ? op->reply->size : 1);
	while (*last)
		last = &(*last)->next;
	*last = call;
	owner_tie(owner, &call->link, on_owner_gone);
	return call;
}

bool api_call(struct api *api, struct owner *owner, int slot,
	      const struct api_request *request, struct api_sink sink)
{
	struct call *call;
	struct err err;

	if (!take_slot(api, owner, slot, client_is_read(request->op)))
		return false;
	call = call_new(api, owner, slot, request->op, sink);
	if (client_prepare(call, request, &err))
		client_send(call);
	else
		fail(call, &err);
	return true;
}

bool api_again(struct api *api, struct owner *owner, int slot, const char *text,
	       struct api_sink sink)
{
	char name[64];
	const struct api_op *op;
	struct call *call;

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(text, "\n"), text);
	op = api_op_find(name);
	if (!op || !(op->flags & API_KEYED) || !take_slot(api, owner, slot, false))
		return false;
	call = call_new(api, owner, slot, op, sink);
	if (!client_read_down(call, text)) {
		drop(call);
		return false;
	}
	/* Somebody sent it before, and never knew. */
	call->unsure = true;
	client_send(call);
	return true;
}

int api_writes_pending(const struct api *api)
{
	int count = 0;

	for (const struct call *call = api->calls; call; call = call->next)
		count += !client_is_read(call->op) && !(call->op->flags & API_TOKEN);
	return count;
}

static void wait_for(void *self, struct pollfd *fds, size_t count,
		     int timeout_ms)
{
	http_wait(((struct api *)self)->http, fds, count, timeout_ms);
}

/* Return the next call that `wanted` says yes to. */
static struct call *next_call(struct api *api, bool (*wanted)(struct call *))
{
	struct call *call = api->calls;

	while (call && !wanted(call))
		call = call->next;
	return call;
}

static bool is_ended(struct call *call)
{
	return call->state == CALL_ENDED;
}

static bool is_due(struct call *call)
{
	return call->state == CALL_PAUSED && call->due_ms <= clock_mono_ms();
}

static bool has_progress(struct call *call)
{
	return call->sink.progress && call->state == CALL_RUNNING &&
		call->exchange.sent > call->told_sent;
}

static bool is_unsure(struct call *call)
{
	return call->tell_unsure && call->sink.unsure &&
		call->state != CALL_ENDED;
}

/* Whoever is told may close screens and start calls: each call is unlinked
 * before its sink is told, and the list is read again after. */
static void tell(struct call *call)
{
	struct api *api = call->api;

	unlink_call(call);
	if (call->sink.done)
		call->sink.done(call->sink.self, &call->reply);
	else if (!call->owner && api->on_detached)
		api->on_detached(api->detached_self, call->op, &call->reply);
	free_call(call);
}

static void deliver(void *self)
{
	struct api *api = self;
	struct call *call;

	http_deliver(api->http);
	while ((call = next_call(api, is_due)))
		client_send(call);
	while ((call = next_call(api, is_unsure))) {
		call->tell_unsure = false;
		call->sink.unsure(call->sink.self);
	}
	while ((call = next_call(api, has_progress))) {
		call->told_sent = call->exchange.sent;
		call->sink.progress(call->sink.self, call->told_sent,
				    (int64_t)call->body.size);
	}
	while ((call = next_call(api, is_ended)))
		tell(call);
	if (api->tell_signed_out) {
		api->tell_signed_out = false;
		if (api->on_signed_out)
			api->on_signed_out(api->signed_out_self);
	}
}

static int64_t due_ms(void *self)
{
	const struct api *api = self;
	int64_t due = 0;

	for (const struct call *call = api->calls; call; call = call->next) {
		int64_t own = call->state == CALL_PAUSED ? call->due_ms :
			call->state == CALL_ENDED ? clock_mono_ms() : 0;

		if (own && (!due || own < due))
			due = own;
	}
	return due;
}

struct loop_peer api_peer(struct api *api)
{
	return (struct loop_peer){
		.self = api, .wait = wait_for, .deliver = deliver,
		.due_ms = due_ms,
	};
}
