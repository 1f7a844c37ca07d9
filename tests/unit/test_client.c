/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client over a network that answers by hand, at a time told by hand. */
#include "unit.h"

#include <guichet/api/ops.h>

#include "../../api/http.h"

#include <guichet/base/mem.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ID "0D9G4TBX0C5ZN"
#define JSON "application/json"
#define PROBLEM "application/problem+json"
#define KEY "0f4c2b7e-5a91-4d3c-8e6f-1b2a3c4d5e6f"

static const char one_office[] = "{\"items\":[{\"id\":\"" ID "\",\"name\":"
	"\"Grenoble\",\"desks\":5,\"mine\":true}],\"next_cursor\":\"abc\"}";
static const char no_office[] = "{\"items\":[],\"next_cursor\":null}";
static const char a_hold[] = "{\"id\":\"" ID "\",\"office_id\":\"" ID "\","
	"\"office_name\":\"Grenoble\",\"desk\":1,\"reason\":\"C2S\","
	"\"starts_at\":\"2026-11-23T10:45:00+01:00\","
	"\"ends_at\":\"2026-11-23T11:00:00+01:00\","
	"\"expires_at\":\"2026-11-21T10:45:00+01:00\",\"held_by\":\"A. B\"}";

/* What went out, as text, and the exchanges that wait for an answer. */
static struct wire {
	struct http_exchange *waiting[8];
	int count, sent;
	char headers[2048];
	char path[256], body[512];
} wire;

static int64_t now_ms;

int64_t __wrap_clock_mono_ms(void);
int64_t __wrap_clock_mono_ms(void)
{
	return now_ms;
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

/* One desk: a client, a screen that owns calls, and what it was told. */
struct t {
	struct api *api;
	struct loop_peer peer;
	struct owner owner;
	int told, detached, signed_out;
	bool ok, replayed;
	struct err err;
	size_t rows;
	char cursor[16];
	struct slot_taken taken;
};

static int setup(void **state)
{
	const struct api_setup desk = { .server = "unix:/x", .timeout_s = 10 };
	struct t *t = mem_new(1, sizeof(*t));

	wire = (struct wire){ 0 };
	now_ms = 1000;
	t->api = api_open(&desk, NULL);
	t->peer = api_peer(t->api);
	owner_init(&t->owner);
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	struct t *t = *state;

	owner_release(&t->owner);
	api_close(t->api);
	free(t);
	return 0;
}

static void on_reply(void *self, struct api_reply *reply)
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

static void on_detached(void *self, const struct api_op *op,
			const struct api_reply *reply)
{
	struct t *t = self;

	assert_ptr_equal(op, &api_hold_create);
	assert_true(reply->ok);
	t->detached++;
}

static void on_signed_out(void *self)
{
	((struct t *)self)->signed_out++;
}

static bool read_offices(struct t *t, int slot)
{
	const struct api_request request = { .op = &api_office_list };

	return api_call(t->api, &t->owner, slot, &request,
			(struct api_sink){ .self = t, .done = on_reply });
}

static bool hold(struct t *t, const char *key)
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

/* The oldest exchange ends. */
static void ends(struct t *t, enum http_result result, int status,
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

static void answers(struct t *t, int status, const char *type, const char *body)
{
	ends(t, HTTP_ANSWERED, status, type, body);
}

/* Time goes by until the next thing to do. */
static void later(struct t *t)
{
	now_ms = t->peer.due_ms(t->peer.self);
	t->peer.deliver(t->peer.self);
}

static void a_list_comes_as_rows_with_its_cursor(void **state)
{
	struct t *t = *state;

	assert_true(read_offices(t, 0));
	assert_string_equal(wire.path, "GET /v1/offices");
	assert_non_null(strstr(wire.headers, "traceparent: 00-"));
	assert_null(strstr(wire.headers, "Authorization"));
	assert_int_equal(t->told, 0);
	answers(t, 200, JSON, one_office);
	assert_true(t->ok);
	assert_int_equal(t->rows, 1);
	assert_string_equal(t->cursor, "abc");
	assert_int_equal(t->peer.due_ms(t->peer.self), 0);
}

static void a_write_carries_token_key_contact_and_body(void **state)
{
	struct t *t = *state;

	api_set_token(t->api, "a-token");
	assert_true(hold(t, KEY));
	assert_non_null(strstr(wire.headers, "Authorization: Bearer a-token\n"));
	assert_non_null(strstr(wire.headers, "Idempotency-Key: \"" KEY "\"\n"));
	assert_non_null(strstr(wire.headers, "Guichet-Contact: " ID "\n"));
	assert_non_null(strstr(wire.headers, "Content-Type: application/json\n"));
	assert_non_null(strstr(wire.body, "\"desk\":1"));
	assert_true(wire.waiting[0]->fresh);
	assert_int_equal(api_writes_pending(t->api), 1);
	answers(t, 201, JSON, a_hold);
	assert_true(t->ok);
	assert_int_equal(api_writes_pending(t->api), 0);
}

static void the_token_is_not_sent_once_forgotten(void **state)
{
	struct t *t = *state;

	api_set_token(t->api, "a-token");
	api_set_token(t->api, NULL);
	read_offices(t, 0);
	assert_null(strstr(wire.headers, "a-token"));
	answers(t, 200, JSON, no_office);
}

static void a_new_read_in_a_slot_cancels_the_one_before(void **state)
{
	struct t *t = *state;

	read_offices(t, 1);
	read_offices(t, 2);
	read_offices(t, 1);
	assert_int_equal(wire.count, 2);
	answers(t, 200, JSON, no_office);
	answers(t, 200, JSON, no_office);
	assert_int_equal(t->told, 2);
}

static void a_second_write_in_a_slot_is_refused(void **state)
{
	struct t *t = *state;

	assert_true(hold(t, KEY));
	assert_false(hold(t, KEY));
	assert_int_equal(wire.sent, 1);
	answers(t, 201, JSON, a_hold);
	assert_true(hold(t, KEY));
	answers(t, 201, JSON, a_hold);
}

static void a_read_goes_with_its_owner(void **state)
{
	struct t *t = *state;

	read_offices(t, 0);
	owner_release(&t->owner);
	assert_int_equal(wire.count, 0);
	t->peer.deliver(t->peer.self);
	assert_int_equal(t->told, 0);
}

static void a_write_outlives_its_owner(void **state)
{
	struct t *t = *state;

	api_on_detached(t->api, on_detached, t);
	hold(t, KEY);
	owner_release(&t->owner);
	assert_int_equal(api_writes_pending(t->api), 1);
	answers(t, 201, JSON, a_hold);
	assert_int_equal(t->told, 0);
	assert_int_equal(t->detached, 1);
}

static void an_unknown_outcome_is_replayed_with_the_same_key(void **state)
{
	struct t *t = *state;
	char first[80], span[80];

	hold(t, KEY);
	snprintf(first, sizeof(first), "%s", strstr(wire.headers, "traceparent"));
	ends(t, HTTP_CUT, 0, "", "");
	assert_int_equal(wire.sent, 1);
	later(t);
	assert_int_equal(wire.sent, 2);
	assert_non_null(strstr(wire.headers, "Idempotency-Key: \"" KEY "\"\n"));
	assert_true(wire.waiting[0]->fresh);
	/* "traceparent: 00-" and 32 digits are the trace; then the span. */
	snprintf(span, sizeof(span), "%s", strstr(wire.headers, "traceparent"));
	assert_memory_equal(first, span, 16 + 32);
	assert_memory_not_equal(first + 49, span + 49, 16);
	wire.waiting[0]->answer.replayed = true;
	answers(t, 201, JSON, a_hold);
	assert_true(t->ok);
	assert_true(t->replayed);
}

static void a_third_silence_is_told(void **state)
{
	struct t *t = *state;

	hold(t, KEY);
	ends(t, HTTP_TIMED_OUT, 0, "", "");
	later(t);
	ends(t, HTTP_TIMED_OUT, 0, "", "");
	later(t);
	assert_int_equal(t->told, 0);
	ends(t, HTTP_TIMED_OUT, 0, "", "");
	assert_int_equal(wire.sent, 3);
	assert_int_equal(t->told, 1);
	assert_int_equal(t->err.code, ERR_TIMEOUT);
	assert_int_equal(strlen(t->err.ref), 8);
}

static void pauses_grow_and_vary(void **state)
{
	struct t *t = *state;
	int64_t first, second;

	read_offices(t, 0);
	ends(t, HTTP_UNREACHED, 0, "", "");
	first = t->peer.due_ms(t->peer.self) - now_ms;
	later(t);
	ends(t, HTTP_UNREACHED, 0, "", "");
	second = t->peer.due_ms(t->peer.self) - now_ms;
	later(t);
	ends(t, HTTP_UNREACHED, 0, "", "");
	assert_in_range(first, 250, 375);
	assert_in_range(second, 1000, 1500);
	assert_string_equal(t->err.text, "serveur injoignable");
	assert_int_equal(t->err.code, ERR_NETWORK);
}

static void a_sign_in_is_not_sent_twice_when_it_may_have_arrived(void **state)
{
	const struct login body = { .user = "a", .password = "b", .channel = -1 };
	const struct api_request request = {
		.op = &api_session_create, .body = &body,
	};
	struct t *t = *state;

	api_call(t->api, &t->owner, 0, &request,
		 (struct api_sink){ .self = t, .done = on_reply });
	ends(t, HTTP_CUT, 0, "", "");
	assert_int_equal(t->told, 1);
	assert_int_equal(t->err.code, ERR_NETWORK);
}

static void retry_after_is_honoured_up_to_thirty_seconds(void **state)
{
	struct t *t = *state;

	read_offices(t, 0);
	wire.waiting[0]->answer.retry_after_s = 30;
	answers(t, 503, "text/html", "<html>");
	assert_in_range(t->peer.due_ms(t->peer.self) - now_ms, 30000, 45000);
	later(t);
	wire.waiting[0]->answer.retry_after_s = 31;
	answers(t, 503, "text/html", "<html>");
	assert_int_equal(t->told, 1);
	assert_int_equal(t->err.status, 503);
	assert_string_equal(t->err.text, "serveur momentanément indisponible");
}

static void a_problem_gives_word_status_field_and_its_own_members(void **state)
{
	struct t *t = *state;

	hold(t, KEY);
	answers(t, 409, PROBLEM, "{\"type\":\"urn:x\",\"title\":\"Pris\","
		"\"status\":409,\"code\":\"slot.taken\",\"detail\":"
		"\"ce créneau vient d'être pris\",\"errors\":[{\"pointer\":"
		"\"#/starts_at\",\"code\":\"taken\"}],\"nearest\":[{"
		"\"office_id\":\"" ID "\",\"office_name\":\"Grenoble\","
		"\"desk\":2,\"starts_at\":\"2026-11-23T10:45:00+01:00\","
		"\"ends_at\":\"2026-11-23T11:00:00+01:00\",\"held\":false}]}");
	assert_false(t->ok);
	assert_int_equal(t->err.code, ERR_CONFLICT);
	assert_int_equal(t->err.status, 409);
	assert_string_equal(t->err.word, "slot.taken");
	assert_string_equal(t->err.field, "starts_at");
	assert_string_equal(t->err.text, "ce créneau vient d'être pris");
	assert_int_equal(t->taken.count, 1);
	assert_int_equal(t->taken.nearest[0].desk, 2);
}

static void each_status_has_a_sentence_of_its_own(void **state)
{
	static const struct { int status; enum err_code code; } rows[] = {
		{ 400, ERR_INVALID }, { 403, ERR_DENIED }, { 404, ERR_NOT_FOUND },
		{ 409, ERR_CONFLICT }, { 412, ERR_CONFLICT },
		{ 413, ERR_INVALID }, { 422, ERR_INVALID },
		{ 428, ERR_INVALID }, { 429, ERR_DENIED },
		{ 500, ERR_PROTOCOL },
	};
	struct t *t = *state;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		char body[128];

		snprintf(body, sizeof(body), "{\"type\":\"about:blank\","
			 "\"title\":\"x\",\"status\":%d,\"code\":\"x.y\"}",
			 rows[i].status);
		read_offices(t, 0);
		answers(t, rows[i].status, PROBLEM, body);
		assert_int_equal(t->err.code, rows[i].code);
		assert_int_equal(t->err.status, rows[i].status);
		assert_true(t->err.text[0] != '\0');
	}
}

static void an_answer_that_is_not_ours_is_unreadable(void **state)
{
	static const struct { int status; const char *type, *body; } rows[] = {
		{ 200, "text/html", "<html>Connectez-vous au Wi-Fi</html>" },
		{ 200, JSON, "{\"items\":[" },
		{ 200, JSON, "<html>" },
		{ 200, JSON, "{\"items\":[{\"id\":5}]}" },
		{ 200, JSON, "" },
		{ 302, "text/html", "" },
		{ 401, "text/html", "<html>" },
		{ 404, "text/html", "<html>" },
		{ 404, PROBLEM, "{}" },
		{ 500, JSON, "{}" },
	};
	struct t *t = *state;

	api_on_signed_out(t->api, on_signed_out, t);
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		char text[100];

		read_offices(t, 0);
		answers(t, rows[i].status, rows[i].type, rows[i].body);
		assert_int_equal(t->told, i + 1);
		assert_false(t->ok);
		assert_int_equal(t->rows, 0);
		assert_int_equal(t->err.code, ERR_PROTOCOL);
		snprintf(text, sizeof(text),
			 "réponse illisible du serveur (réf. %s)", t->err.ref);
		assert_string_equal(t->err.text, text);
	}
	assert_int_equal(t->signed_out, 0);
}

static const char who[] = "{\"type\":\"urn:x\",\"title\":\"x\",\"status\":401,"
	"\"code\":\"auth.expired\"}";

static void reads_wait_for_the_sign_in_and_go_again(void **state)
{
	struct t *t = *state;

	api_on_signed_out(t->api, on_signed_out, t);
	api_set_token(t->api, "old");
	read_offices(t, 1);
	read_offices(t, 2);
	answers(t, 401, PROBLEM, who);
	answers(t, 401, PROBLEM, who);
	assert_int_equal(t->signed_out, 1);
	assert_int_equal(t->told, 0);
	assert_int_equal(wire.count, 0);
	api_set_token(t->api, "new");
	assert_int_equal(wire.count, 2);
	assert_non_null(strstr(wire.headers, "Bearer new"));
	answers(t, 200, JSON, no_office);
	answers(t, 200, JSON, no_office);
	assert_int_equal(t->told, 2);
	assert_true(t->ok);
}

static void a_read_sent_with_the_old_token_goes_again_at_once(void **state)
{
	struct t *t = *state;

	api_on_signed_out(t->api, on_signed_out, t);
	api_set_token(t->api, "old");
	read_offices(t, 1);
	api_set_token(t->api, "new");
	answers(t, 401, PROBLEM, who);
	assert_int_equal(t->signed_out, 0);
	assert_int_equal(wire.count, 1);
	answers(t, 200, JSON, no_office);
	assert_true(t->ok);
}

static void a_write_without_session_fails_in_the_open(void **state)
{
	struct t *t = *state;

	api_on_signed_out(t->api, on_signed_out, t);
	hold(t, KEY);
	answers(t, 401, PROBLEM, who);
	assert_int_equal(t->signed_out, 1);
	assert_int_equal(t->told, 1);
	assert_int_equal(t->err.code, ERR_DENIED);
}

static void giving_up_ends_the_reads_that_wait(void **state)
{
	struct t *t = *state;

	api_on_signed_out(t->api, on_signed_out, t);
	read_offices(t, 1);
	answers(t, 401, PROBLEM, who);
	api_give_up(t->api);
	assert_int_equal(t->told, 0);
	later(t);
	assert_int_equal(t->told, 1);
	assert_int_equal(t->err.code, ERR_DENIED);
}

static void a_request_that_cannot_be_sent_is_told_later(void **state)
{
	struct t *t = *state;

	assert_true(hold(t, "short"));
	assert_int_equal(t->told, 0);
	later(t);
	assert_int_equal(t->told, 1);
	assert_int_equal(t->err.code, ERR_INVALID);
	assert_true(hold(t, "a key of 16 bytes\r\nX: y"));
	later(t);
	assert_int_equal(t->told, 2);
	assert_int_equal(wire.sent, 0);
}

static void on_reply_leave(void *self, struct api_reply *reply)
{
	struct t *t = self;

	on_reply(self, reply);
	owner_release(&t->owner);
	read_offices(t, 3);
}

static void a_sink_may_close_its_screen_and_call_again(void **state)
{
	const struct api_request request = { .op = &api_office_list };
	struct t *t = *state;

	api_call(t->api, &t->owner, 1, &request,
		 (struct api_sink){ .self = t, .done = on_reply_leave });
	read_offices(t, 2);
	answers(t, 200, JSON, no_office);
	assert_int_equal(t->told, 1);
	assert_int_equal(wire.count, 1);
	answers(t, 200, JSON, no_office);
	assert_int_equal(t->told, 2);
}

static void addresses_are_https_or_this_machine(void **state)
{
	static const struct { const char *text, *base, *socket; } rows[] = {
		{ "https://guichet.example:8443", "https://guichet.example:8443", "" },
		{ "https://[2001:db8::1]/", "https://[2001:db8::1]", "" },
		{ "http://127.0.0.1:8080", "http://127.0.0.1:8080", "" },
		{ "http://localhost:1/", "http://localhost:1", "" },
		{ "unix:/run/g.sock", "http://localhost", "/run/g.sock" },
		{ "http://guichet.example", NULL, NULL },
		{ "http://127.0.0.1.example", NULL, NULL },
		{ "http://127.0.0.1@example", NULL, NULL },
		{ "https://a@example", NULL, NULL },
		{ "https://example/path", NULL, NULL },
		{ "https://example:0", NULL, NULL },
		{ "https://example:65536", NULL, NULL },
		{ "https://", NULL, NULL },
		{ "ftp://example", NULL, NULL },
		{ "unix:run/g.sock", NULL, NULL },
		{ "", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct http_address address;
		struct err err;

		if (!rows[i].base) {
			assert_false(http_address_parse(rows[i].text, &address, &err));
			assert_int_equal(err.code, ERR_INVALID);
			continue;
		}
		assert_true(http_address_parse(rows[i].text, &address, &err));
		assert_string_equal(address.base, rows[i].base);
		assert_string_equal(address.socket, rows[i].socket);
	}
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_list_comes_as_rows_with_its_cursor),
		T(a_write_carries_token_key_contact_and_body),
		T(the_token_is_not_sent_once_forgotten),
		T(a_new_read_in_a_slot_cancels_the_one_before),
		T(a_second_write_in_a_slot_is_refused),
		T(a_read_goes_with_its_owner),
		T(a_write_outlives_its_owner),
		T(an_unknown_outcome_is_replayed_with_the_same_key),
		T(a_third_silence_is_told),
		T(pauses_grow_and_vary),
		T(a_sign_in_is_not_sent_twice_when_it_may_have_arrived),
		T(retry_after_is_honoured_up_to_thirty_seconds),
		T(a_problem_gives_word_status_field_and_its_own_members),
		T(each_status_has_a_sentence_of_its_own),
		T(an_answer_that_is_not_ours_is_unreadable),
		T(reads_wait_for_the_sign_in_and_go_again),
		T(a_read_sent_with_the_old_token_goes_again_at_once),
		T(a_write_without_session_fails_in_the_open),
		T(giving_up_ends_the_reads_that_wait),
		T(a_request_that_cannot_be_sent_is_told_later),
		T(a_sink_may_close_its_screen_and_call_again),
		cmocka_unit_test(addresses_are_https_or_this_machine),
	};

	return cmocka_run_group_tests_name("client", tests, NULL, NULL);
}
