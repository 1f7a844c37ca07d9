/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire.h"

#include <guichet/base/mem.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char one_office[] = "{\"items\":[{\"id\":\"" ID "\",\"name\":"
	"\"Grenoble\",\"desks\":5,\"mine\":true}],\"next_cursor\":\"abc\"}";
const char no_office[] = "{\"items\":[],\"next_cursor\":null}";
const char a_hold[] = "{\"id\":\"" ID "\",\"office_id\":\"" ID "\","
	"\"office_name\":\"Grenoble\",\"desk\":1,\"reason\":\"C2S\","
	"\"starts_at\":\"2026-11-23T10:45:00+01:00\","
	"\"ends_at\":\"2026-11-23T11:00:00+01:00\","
	"\"expires_at\":\"2026-11-21T10:45:00+01:00\",\"held_by\":\"A. B\"}";

struct wire wire;

int64_t __wrap_clock_mono_ms(void);
int64_t __wrap_clock_mono_ms(void)
{
	return wire.now_ms;
}

struct http *http_open(const struct api_setup *setup, struct err *err)
{
	(void)setup;
	(void)err;
	return mem_new(1, 1);
}

void http_close(struct http *http)
{
	free(http);
}

void http_start(struct http *http, struct http_exchange *exchange)
{
	size_t size = 0;

	(void)http;
	wire.waiting[wire.count++] = exchange;
	wire.sent++;
	wire.headers[0] = '\0';
	for (int i = 0; exchange->headers[i]; i++)
		size += (size_t)snprintf(wire.headers + size,
					 sizeof(wire.headers) - size, "%s\n",
					 exchange->headers[i]);
	snprintf(wire.path, sizeof(wire.path), "%s %s", exchange->method,
		 exchange->path);
	snprintf(wire.body, sizeof(wire.body), "%s",
		 exchange->body ? exchange->body : "");
	exchange->answer = (struct http_answer){ .retry_after_s = -1 };
	buf_init(&exchange->answer.body, exchange->reply_limit);
	exchange->transfer = exchange;
}

void http_cancel(struct http *http, struct http_exchange *exchange)
{
	(void)http;
	for (int i = 0; i < wire.count; i++)
		if (wire.waiting[i] == exchange)
			wire.waiting[i] = wire.waiting[--wire.count];
}

void http_wait(struct http *http, struct pollfd *fds, size_t count,
	       int timeout_ms)
{
	(void)http;
	(void)fds;
	(void)count;
	(void)timeout_ms;
}

void http_deliver(struct http *http)
{
	(void)http;
}

int wire_setup(void **state)
{
	const struct api_setup desk = { .server = "unix:/x", .timeout_s = 10 };
	struct t *t = mem_new(1, sizeof(*t));

	wire = (struct wire){ .now_ms = 1000 };
	t->api = api_open(&desk, NULL);
	t->peer = api_peer(t->api);
	owner_init(&t->owner);
	*state = t;
	return 0;
}

int wire_teardown(void **state)
{
	struct t *t = *state;

	owner_release(&t->owner);
	api_close(t->api);
	free(t);
	return 0;
}

void on_reply(void *self, struct api_reply *reply)
{
	struct t *t = self;

	t->told++;
	t->ok = reply->ok;
	t->err = reply->err;
	t->rows = reply->rows.count;
	t->replayed = reply->replayed;
	snprintf(t->cursor, sizeof(t->cursor), "%s", reply->cursor);
	if (strcmp(reply->err.word, "slot.taken") == 0)
		assert_true(api_problem_decode(reply, &slot_taken_codec,
					       &t->taken, NULL));
}

bool read_offices(struct t *t, int slot)
{
	const struct api_request request = { .op = &api_office_list };

	return api_call(t->api, &t->owner, slot, &request,
			(struct api_sink){ .self = t, .done = on_reply });
}

bool hold(struct t *t, const char *key)
{
	struct hold_new body = {
		.insured_id = ID, .office_id = ID, .desk = 1, .reason = "C2S",
		.starts_at = INT64_C(1795427100000),
	};
	const struct api_request request = {
		.op = &api_hold_create, .body = &body, .key = key,
		.contact = ID,
	};

	return api_call(t->api, &t->owner, 0, &request,
			(struct api_sink){ .self = t, .done = on_reply });
}

void ends(struct t *t, enum http_result result, int status,
		 const char *type, const char *body)
{
	struct http_exchange *exchange = wire.waiting[0];

	assert_true(wire.count > 0);
	wire.count--;
	for (int i = 0; i < wire.count; i++)
		wire.waiting[i] = wire.waiting[i + 1];
	exchange->transfer = NULL;
	exchange->result = result;
	exchange->answer.status = status;
	snprintf(exchange->answer.type, sizeof(exchange->answer.type), "%s", type);
	buf_text(&exchange->answer.body, body);
	exchange->done(exchange);
	t->peer.deliver(t->peer.self);
}

void answers(struct t *t, int status, const char *type, const char *body)
{
	ends(t, HTTP_ANSWERED, status, type, body);
}

void later(struct t *t)
{
	wire.now_ms = t->peer.due_ms(t->peer.self);
	t->peer.deliver(t->peer.self);
}
