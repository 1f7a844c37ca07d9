/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The daemon as its clients see it: bytes in, bytes out. */
#include "backend_wire.h"

#include "audit.h"

#include <guichet/base/mem.h>

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define JSON "Content-Type: application/json\r\n"
#define KEY(k) "Idempotency-Key: \"" k "-0123456789abcdef\"\r\n"
#define CONTACT_BODY "{\"insured_id\":\"00000000000Z9\",\"channel\":\"counter\"}"

static const char current[] = "/v1/sessions/current";
static const char contacts[] = "/v1/contacts";

static void every_answer_says_what_it_is_and_is_not_kept(void **state)
{
	struct wire *w = *state;

	assert_int_equal(wire_ask(w, "GET", current, NULL, NULL), 200);
	assert_string_equal(wire_header(w, "Content-Type"), "application/json");
	assert_string_equal(wire_header(w, "Cache-Control"), "no-store");
	assert_string_equal(wire_header(w, "X-Content-Type-Options"), "nosniff");
	assert_int_equal(strlen(wire_header(w, "X-Request-Id")), 36);
	assert_non_null(strstr(wire_body(w), "\"caisse\":\"01381\""));
	assert_null(strstr(wire_body(w), "token"));
}

static void head_is_get_without_its_body(void **state)
{
	struct wire *w = *state;

	assert_int_equal(wire_ask(w, "HEAD", current, NULL, NULL), 200);
	assert_string_equal(wire_body(w), "");
	assert_true(strtol(wire_header(w, "Content-Length"), NULL, 10) > 100);
}

static void health_needs_no_sign_in(void **state)
{
	static const char alive[] = "GET /healthz HTTP/1.1\r\nHost: x\r\n"
		"Connection: close\r\n\r\n";
	static const char ready[] = "GET /readyz HTTP/1.1\r\nHost: x\r\n"
		"Connection: close\r\n\r\n";
	struct wire *w = *state;

	assert_int_equal(wire_send(w, alive, sizeof(alive) - 1), 200);
	assert_int_equal(wire_send(w, ready, sizeof(ready) - 1), 200);
	atomic_store(&w->server.draining, true);
	assert_int_equal(wire_send(w, ready, sizeof(ready) - 1), 503);
	assert_int_equal(wire_send(w, alive, sizeof(alive) - 1), 200);
	assert_int_equal(wire_ask(w, "GET", current, NULL, NULL), 503);
	wire_refused(w, 503, "server.draining");
	assert_non_null(wire_header(w, "Retry-After"));
}

#define GET "GET /v1/sessions/current HTTP/1.1\r\n"
#define POST "POST /v1/sessions HTTP/1.1\r\nHost: x\r\n" JSON
static const struct { const char *bytes; int status; } hostile[] = {
	{ GET "\r\n", 400 },                                    /* no Host */
	{ GET "Host: x\r\nHost: y\r\n\r\n", 400 },
	{ GET "Host: x\r\nAuthorization: a\r\nAuthorization: b\r\n\r\n", 400 },
	{ GET "Host: x\r\nIdempotency-Key: a\r\nIdempotency-Key: b\r\n\r\n", 400 },
	{ GET "Host: x\r\nIf-Match: a\r\nIf-Match: b\r\n\r\n", 400 },
	{ GET "Host: x\r\nGuichet-Contact: a\r\nGuichet-Contact: a\r\n\r\n", 400 },
	{ GET "Host: x\r\nA b: c\r\n\r\n", 400 },
	{ GET "Host: x\r\nA: b\x01" "c\r\n\r\n", 400 },
	{ GET "Host: x\r\nA: b\x7f\r\n\r\n", 400 },
	{ GET "Host : x\r\n\r\n", 400 },
	{ POST "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", 400 },
	{ POST "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400 },
	{ POST "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 400 },
	{ POST "Content-Length : 2\r\n\r\n{}", 400 },
	{ POST "Transfer-Encoding : chunked\r\n\r\n", 400 },
	{ POST "Transfer-Encoding: gzip\r\n\r\n", 411 },
	{ POST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411 },
	{ POST "Content-Length: +2\r\n\r\n{}", 400 },
	{ POST "Content-Length: 99999999\r\n\r\n", 413 },
	{ GET "Host: x\nA: b\r\n\r\n", 400 },
	{ GET "Host: x\r\nA: b\nC: d\r\n\r\n", 400 },
	{ GET "Host: x\r\nA: b\r\n c\r\n\r\n", 400 },
	{ GET "Host: x\r\nA: b\r\n\tc\r\nD: e\r\n\r\n", 400 },
	{ "GET /v1/sessions/current HTTP/1.1\nHost: x\r\n\r\n", 400 },
	{ "GET /v1/a%00b HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
	{ "GET /v1/%2e%2e/x HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
	{ "GET /etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
	{ "GET http://x/v1/a HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
	{ "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
};

static void a_request_with_two_readings_is_refused(void **state)
{
	struct wire *w = *state;

	for (size_t i = 0; i < N_ROWS(hostile); i++) {
		int status = wire_send(w, hostile[i].bytes, strlen(hostile[i].bytes));

		if (status != hostile[i].status)
			fail_msg("%d for %s", status, hostile[i].bytes);
		assert_string_equal(wire_header(w, "Content-Type"),
				    "application/problem+json");
	}
}

static void a_zero_byte_in_a_header_is_refused(void **state)
{
	static const char zero[] = GET "Host: x\r\nA: b\0c\r\n\r\n";
	struct wire *w = *state;

	assert_int_equal(wire_send(w, zero, sizeof(zero) - 1), 400);
}

static void headers_with_blanks_or_nothing_are_taken(void **state)
{
	static const char plain[] = GET "Host: x\r\nA:\r\nB: \t c \r\nD:e\r\n\r\n";
	struct wire *w = *state;

	assert_int_equal(wire_send(w, plain, sizeof(plain) - 1), 401);
}

static void headers_too_large_are_told(void **state)
{
	static const int sizes[] = { 17000, 40000, 65536 };
	struct wire *w = *state;

	for (size_t i = 0; i < N_ROWS(sizes); i++) {
		char *headers = mem_new(1, (size_t)sizes[i] + 16);

		memset(headers, 'a', (size_t)sizes[i]);
		memcpy(headers, "A: ", 3);
		memcpy(headers + sizes[i], "\r\n", 3);
		wire_ask(w, "GET", current, headers, NULL);
		wire_refused(w, 431, "headers.large");
		free(headers);
	}
}

static void what_follows_a_refused_request_is_not_read(void **state)
{
	static const char two[] = POST "Content-Length : 40\r\n\r\n"
		"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
	struct wire *w = *state;

	assert_int_equal(wire_send(w, two, sizeof(two) - 1), 400);
	assert_null(strstr(w->answer + 9, "HTTP/1.1"));
}

static void an_address_too_long_is_told(void **state)
{
	struct wire *w = *state;
	char path[4000] = "/v1/";

	memset(path + 4, 'a', 3000);
	wire_ask(w, "GET", path, NULL, NULL);
	wire_refused(w, 414, "uri.long");
}

static void only_who_is_signed_in_learns_what_exists(void **state)
{
	struct wire *w = *state;
	char token[64];

	assert_int_equal(wire_ask(w, "GET", "/v1/nothing", NULL, NULL), 404);
	assert_int_equal(wire_ask(w, "PUT", current, NULL, NULL), 405);
	assert_string_equal(wire_header(w, "Allow"), "GET, HEAD, DELETE");
	memcpy(token, w->token, sizeof(token));
	w->token[5] = w->token[5] == 'A' ? 'B' : 'A';
	assert_int_equal(wire_ask(w, "GET", "/v1/nothing", NULL, NULL), 401);
	assert_int_equal(wire_ask(w, "PUT", current, NULL, NULL), 401);
	wire_refused(w, 401, "token.invalid");
	assert_non_null(strstr(wire_header(w, "WWW-Authenticate"),
			       "error=\"invalid_token\""));
	memcpy(w->token, token, sizeof(token));
}

static const struct { const char *headers, *body; int status; const char *word; }
bodies[] = {
	{ KEY("a") JSON, "{", 400, "request.invalid" },
	{ KEY("a") JSON, "", 400, "request.invalid" },
	{ KEY("a") JSON, "{\"insured_id\":\"00000000000Z9\",\"x\":1}", 400,
		"request.invalid" },
	{ KEY("a") JSON, "{\"insured_id\":1}", 400, "request.invalid" },
	{ KEY("a"), CONTACT_BODY, 415, "type.refused" },
	{ KEY("a") "Content-Type: text/plain\r\n", CONTACT_BODY, 415,
		"type.refused" },
	{ KEY("a") JSON "Accept: text/html\r\n", CONTACT_BODY, 406,
		"accept.refused" },
	{ JSON, CONTACT_BODY, 400, "key.missing" },
	{ JSON "Idempotency-Key: not-quoted-0123456789\r\n", CONTACT_BODY, 400,
		"key.invalid" },
};

static void a_body_is_refused_before_anything_runs(void **state)
{
	struct wire *w = *state;

	for (size_t i = 0; i < N_ROWS(bodies); i++) {
		wire_ask(w, "POST", contacts, bodies[i].headers, bodies[i].body);
		wire_refused(w, bodies[i].status, bodies[i].word);
	}
	assert_int_equal(wire_count(w, "SELECT count(*) FROM contact"), 0);
	assert_int_equal(wire_count(w, "SELECT count(*) FROM idempotency"), 0);
}

static void a_body_without_a_length_is_refused(void **state)
{
	static const char chunked[] = POST "Transfer-Encoding: chunked\r\n\r\n"
		"2\r\n{}\r\n0\r\n\r\n";
	struct wire *w = *state;

	wire_send(w, chunked, sizeof(chunked) - 1);
	wire_refused(w, 411, "length.needed");
}

static void a_body_too_heavy_is_refused_before_it_comes(void **state)
{
	static const char heavy[] = POST "Content-Length: 70000\r\n\r\n";
	struct wire *w = *state;

	wire_send(w, heavy, sizeof(heavy) - 1);
	wire_refused(w, 413, "body.large");
}

static void the_same_key_has_one_effect_and_one_answer(void **state)
{
	struct wire *w = *state;
	char first[4096], tag[64];

	assert_int_equal(wire_ask(w, "POST", contacts, KEY("one") JSON,
				  CONTACT_BODY), 201);
	snprintf(first, sizeof(first), "%s", wire_body(w));
	snprintf(tag, sizeof(tag), "%s", wire_header(w, "ETag"));
	assert_null(wire_header(w, "Idempotency-Replayed"));
	for (int i = 0; i < 3; i++) {
		assert_int_equal(wire_ask(w, "POST", contacts, KEY("one") JSON,
					  CONTACT_BODY), 201);
		assert_string_equal(wire_header(w, "Idempotency-Replayed"), "true");
		assert_string_equal(wire_header(w, "ETag"), tag);
		assert_string_equal(wire_body(w), first);
	}
	assert_int_equal(wire_count(w, "SELECT count(*) FROM contact"), 1);
	wire_ask(w, "POST", contacts, KEY("one") JSON,
		 "{\"insured_id\":\"00000000000Z9\"}");
	wire_refused(w, 422, "key.reused");
	assert_int_equal(wire_count(w, "SELECT count(*) FROM contact"), 1);
}

static void a_change_names_the_version_it_starts_from(void **state)
{
	static const char type[] = "application/merge-patch+json";
	struct wire *w = *state;
	char path[128], headers[256];

	assert_int_equal(wire_ask(w, "POST", contacts, KEY("one") JSON,
				  CONTACT_BODY), 201);
	snprintf(path, sizeof(path), "%s", wire_header(w, "Location"));
	wire_ask(w, "PATCH", path, KEY("two") JSON, "{\"reference\":\"A12\"}");
	wire_refused(w, 415, "type.refused");
	assert_string_equal(wire_header(w, "Accept-Patch"), type);
	snprintf(headers, sizeof(headers), KEY("two") "Content-Type: %s\r\n", type);
	wire_ask(w, "PATCH", path, headers, "{\"reference\":\"A12\"}");
	wire_refused(w, 428, "version.needed");
	wire_ask(w, "PATCH", "/v1/contacts/0000000000001", headers,
		 "{\"reference\":\"A12\"}");
	wire_refused(w, 404, "not.found");
	snprintf(headers, sizeof(headers), KEY("two") "Content-Type: %s\r\n"
		 "If-Match: \"7.0\"\r\n", type);
	wire_ask(w, "PATCH", path, headers, "{\"reference\":\"A12\"}");
	wire_refused(w, 412, "version.stale");
	snprintf(headers, sizeof(headers), KEY("two") "Content-Type: %s\r\n"
		 "If-Match: \"1.0\"\r\n", type);
	assert_int_equal(wire_ask(w, "PATCH", path, headers,
				  "{\"reference\":\"A12\"}"), 200);
	snprintf(headers, sizeof(headers), "If-None-Match: %s\r\n",
		 wire_header(w, "ETag"));
	assert_int_equal(wire_ask(w, "GET", path, headers, NULL), 304);
	assert_string_equal(wire_body(w), "");
}

static void an_answer_is_told_again_after_its_contact_ended(void **state)
{
	static const char orders[] = "/v1/insured/00000000000Z9/ehic-requests";
	static const char order[] = "{\"persons\":[{\"id\":\"00000000000Z9\"}],"
		"\"address_confirmed\":false}";
	struct wire *w = *state;
	char path[128], headers[256];

	assert_int_equal(wire_ask(w, "POST", contacts, KEY("one") JSON,
				  CONTACT_BODY), 201);
	snprintf(path, sizeof(path), "%s/close", wire_header(w, "Location"));
	assert_true(db_run(w->t->db, &w->t->err, NULL,
			   "UPDATE contact SET tier = 2", ""));
	snprintf(headers, sizeof(headers), JSON KEY("two")
		 "Guichet-Contact: %.13s\r\n", path + sizeof(contacts));
	wire_ask(w, "POST", orders, headers, order);
	wire_refused(w, 422, "address.unconfirmed");
	assert_int_equal(wire_ask(w, "POST", path, KEY("end") JSON,
		"{\"reason\":\"ehic\",\"outcome\":\"answered\"}"), 200);
	wire_ask(w, "POST", orders, headers, order);
	wire_refused(w, 422, "address.unconfirmed");
	assert_string_equal(wire_header(w, "Idempotency-Replayed"), "true");
	snprintf(headers, sizeof(headers), JSON KEY("six")
		 "Guichet-Contact: %.13s\r\n", path + sizeof(contacts));
	wire_ask(w, "POST", orders, headers, order);
	wire_refused(w, 409, "contact.closed");
}

/* A contact says what was read since: the same version, another answer. */
static void a_tag_of_another_answer_is_no_match(void **state)
{
	struct wire *w = *state;
	char path[128], tag[64], headers[256];

	assert_int_equal(wire_ask(w, "POST", contacts, KEY("one") JSON,
				  CONTACT_BODY), 201);
	snprintf(path, sizeof(path), "%s", wire_header(w, "Location"));
	assert_int_equal(wire_ask(w, "GET", path, NULL, NULL), 200);
	snprintf(tag, sizeof(tag), "%s", wire_header(w, "ETag"));
	snprintf(headers, sizeof(headers), "Guichet-Contact: %s\r\n",
		 strrchr(path, '/') + 1);
	assert_int_equal(wire_ask(w, "GET", "/v1/insured/00000000000Z9/rights",
				  headers, NULL), 200);
	snprintf(headers, sizeof(headers), "If-None-Match: %s\r\n", tag);
	assert_int_equal(wire_ask(w, "GET", path, headers, NULL), 200);
	assert_non_null(strstr(wire_body(w), "suggested_reason"));
	assert_string_not_equal(wire_header(w, "ETag"), tag);
}

static void a_file_is_closed_to_who_has_no_contact_on_it(void **state)
{
	struct wire *w = *state;
	char header[128];

	wire_ask(w, "GET", "/v1/insured/00000000000Z9", NULL, NULL);
	wire_refused(w, 403, "contact.needed");
	wire_ask(w, "GET", "/v1/insured/00000000000Z9",
		 "Guichet-Contact: 0000000000001\r\n", NULL);
	wire_refused(w, 403, "contact.needed");
	assert_int_equal(wire_ask(w, "POST", contacts, KEY("one") JSON,
				  CONTACT_BODY), 201);
	snprintf(header, sizeof(header), "Guichet-Contact: %.13s\r\n",
		 wire_header(w, "Location") + sizeof(contacts));
	assert_int_equal(wire_ask(w, "GET", "/v1/insured/00000000000Z9", header,
				  NULL), 200);
	wire_ask(w, "GET", "/v1/insured/00000000000ZA", header, NULL);
	wire_refused(w, 404, "not.found");
}

static void what_was_shown_is_in_the_trace(void **state)
{
	static const char trace[] = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736"
		"-00f067aa0ba902b7-01\r\n";
	struct wire *w = *state;
	struct audit_report report;

	for (int i = 0; i < 5; i++)
		assert_int_equal(wire_ask(w, "GET", current, trace, NULL), 200);
	assert_int_equal(wire_count(w, "SELECT count(*) FROM audit WHERE "
		"operation = 'session.get' AND status = 200 AND agent_id = 11 AND "
		"trace = '4bf92f3577b34da6a3ce929d0e0e4736'"), 5);
	assert_true(audit_verify(w->t->db, AUDIT_WHOLE, &report, &w->t->err));
	assert_int_equal(report.rows, 5);
}

/* K7: a session lasts as long as it must, the trace has no gap. */
static void a_clock_that_is_set_ends_no_session(void **state)
{
	static const struct { const char *name, *at; } moves[] = {
		{ "one hour ahead", NULL }, { "one hour back", NULL },
		{ "before the hour of spring", "2027-03-28T01:59:59+01:00" },
		{ "after the hour of spring", "2027-03-28T03:00:00+02:00" },
		{ "the night of autumn, first time", "2026-10-25T02:30:00+02:00" },
		{ "the night of autumn, second time", "2026-10-25T02:30:00+01:00" },
		{ "29 February", "2028-02-29T12:00:00+01:00" },
		{ "400 days ahead", NULL }, { "400 days back", NULL },
		{ "the end of 32 bits", "2038-01-19T03:14:07Z" },
		{ "after the end of 32 bits", "2038-01-19T03:14:08Z" },
		{ "a year of dead battery", "2021-01-01T00:00:00Z" },
	};
	static const int64_t by_h[] = { 1, -1, [7] = 9600, [8] = -9600 };
	struct wire *w = *state;
	struct audit_report report;
	int64_t moved = 0, by, at;

	for (size_t i = 0; i < N_ROWS(moves); i++) {
		by = i < N_ROWS(by_h) ? by_h[i] * 3600000 : 0;
		if (moves[i].at) {
			assert_true(moment_from_rfc3339(moves[i].at, &at, NULL));
			by = at - clock_now_ms();
		}
		clock_jump(by);
		moved += by;
		if (wire_ask(w, "GET", current, NULL, NULL) != 200)
			fail_msg("%s: %s", moves[i].name, wire_body(w));
	}
	clock_jump(-moved);
	assert_int_equal(wire_ask(w, "GET", current, NULL, NULL), 200);
	assert_true(audit_verify(w->t->db, AUDIT_WHOLE, &report, &w->t->err));
	assert_int_equal(report.rows, N_ROWS(moves) + 1);
	/* Nor does it live longer: its own time ends it. */
	assert_true(db_run(w->t->db, &w->t->err, NULL, "UPDATE session SET "
		"expires_at = $1", "i", clock_steady_ms()));
	assert_int_equal(wire_ask(w, "GET", current, NULL, NULL), 401);
}

static void without_a_trace_nothing_is_shown(void **state)
{
	struct wire *w = *state;

	assert_true(db_run(w->t->db, &w->t->err, NULL,
			   "ALTER TABLE audit RENAME TO elsewhere", ""));
	assert_int_equal(wire_ask(w, "GET", current, NULL, NULL), 500);
	assert_null(strstr(wire_body(w), "01381"));
	assert_int_equal(wire_ask(w, "POST", contacts, KEY("one") JSON,
				  CONTACT_BODY), 500);
	assert_int_equal(wire_count(w, "SELECT count(*) FROM contact"), 0);
	assert_true(db_run(w->t->db, &w->t->err, NULL,
			   "ALTER TABLE elsewhere RENAME TO audit", ""));
	assert_int_equal(wire_ask(w, "POST", contacts, KEY("one") JSON,
				  CONTACT_BODY), 201);
}

void *__real_mmap(void *at, size_t size, int protection, int flags, int fd,
		  off_t offset);
void *__wrap_mmap(void *at, size_t size, int protection, int flags, int fd,
		  off_t offset);

static atomic_bool no_memory;

void *__wrap_mmap(void *at, size_t size, int protection, int flags, int fd,
		  off_t offset)
{
	return atomic_load(&no_memory) ? MAP_FAILED :
		__real_mmap(at, size, protection, flags, fd, offset);
}

static void until_the_reserve_is_back_new_requests_wait(void **state)
{
	struct wire *w = *state;

	mem_reserve("plus de mémoire\n");
	atomic_store(&no_memory, true);
	assert_int_equal(wire_ask(w, "GET", current, NULL, NULL), 200);
	mem_give();
	for (int i = 0; i < 3; i++) {
		wire_ask(w, "GET", current, NULL, NULL);
		wire_refused(w, 503, "memory.short");
		assert_string_equal(wire_header(w, "Retry-After"), "1");
		assert_int_equal(wire_ask(w, "GET", "/readyz", NULL, NULL), 503);
		assert_int_equal(wire_ask(w, "GET", "/healthz", NULL, NULL), 200);
	}
	atomic_store(&no_memory, false);
	assert_int_equal(wire_ask(w, "GET", current, NULL, NULL), 200);
	assert_int_equal(wire_ask(w, "GET", "/readyz", NULL, NULL), 200);
}

static void a_full_disk_refuses_and_room_again_is_enough(void **state)
{
	struct wire *w = *state;
	struct rlimit was, small;
	char wal[128];
	struct stat now;

	assert_int_equal(wire_ask(w, "GET", current, NULL, NULL), 200);
	snprintf(wal, sizeof(wal), "%s-wal", w->t->path);
	assert_int_equal(stat(wal, &now), 0);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &was);
	small = was;
	small.rlim_cur = 4096;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	for (int i = 0; i < 3; i++) {
		wire_ask(w, "POST", contacts, KEY("one") JSON, CONTACT_BODY);
		wire_refused(w, 507, "storage.full");
		wire_ask(w, "GET", current, NULL, NULL);
		wire_refused(w, 507, "storage.full");
	}
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	assert_int_equal(wire_count(w, "SELECT count(*) FROM contact"), 0);
	assert_int_equal(wire_ask(w, "POST", contacts, KEY("one") JSON,
				  CONTACT_BODY), 201);
	assert_null(wire_header(w, "Idempotency-Replayed"));
}

#define RACERS 8
#define RACES 10

struct racer { struct wire wire; int created, replayed; };

static void *race(void *arg)
{
	struct racer *racer = arg;

	for (int i = 0; i < RACES; i++) {
		char headers[128];

		snprintf(headers, sizeof(headers), JSON
			 "Idempotency-Key: \"race-%d-0123456789ab\"\r\n", i);
		if (wire_ask(&racer->wire, "POST", contacts, headers,
			     CONTACT_BODY) == 201) {
			racer->created++;
			racer->replayed += strstr(racer->wire.answer,
				"Idempotency-Replayed: true") != NULL;
		}
	}
	return NULL;
}

static void of_eight_at_once_under_one_key_one_takes_effect(void **state)
{
	struct wire *w = *state;
	struct racer *racers = calloc(RACERS, sizeof(*racers));
	pthread_t threads[RACERS];
	int created = 0, replayed = 0;

	for (int i = 0; i < RACERS; i++) {
		memcpy(racers[i].wire.where, w->where, sizeof(w->where));
		memcpy(racers[i].wire.token, w->token, sizeof(w->token));
		pthread_create(&threads[i], NULL, race, &racers[i]);
	}
	for (int i = 0; i < RACERS; i++) {
		pthread_join(threads[i], NULL);
		created += racers[i].created;
		replayed += racers[i].replayed;
	}
	free(racers);
	assert_int_equal(created, RACERS * RACES);
	assert_int_equal(replayed, (RACERS - 1) * RACES);
	assert_int_equal(wire_count(w, "SELECT count(*) FROM contact"), RACES);
}

#define T(name) cmocka_unit_test_setup_teardown(name, wire_setup, wire_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(every_answer_says_what_it_is_and_is_not_kept),
		T(head_is_get_without_its_body),
		T(health_needs_no_sign_in),
		T(a_request_with_two_readings_is_refused),
		T(a_zero_byte_in_a_header_is_refused),
		T(headers_with_blanks_or_nothing_are_taken),
		T(headers_too_large_are_told),
		T(an_answer_is_told_again_after_its_contact_ended),
		T(what_follows_a_refused_request_is_not_read),
		T(an_address_too_long_is_told),
		T(only_who_is_signed_in_learns_what_exists),
		T(a_body_is_refused_before_anything_runs),
		T(a_body_without_a_length_is_refused),
		T(a_body_too_heavy_is_refused_before_it_comes),
		T(the_same_key_has_one_effect_and_one_answer),
		T(a_tag_of_another_answer_is_no_match),
		T(a_change_names_the_version_it_starts_from),
		T(a_file_is_closed_to_who_has_no_contact_on_it),
		T(what_was_shown_is_in_the_trace),
		T(a_clock_that_is_set_ends_no_session),
		T(without_a_trace_nothing_is_shown),
		T(a_full_disk_refuses_and_room_again_is_enough),
		T(until_the_reserve_is_back_new_requests_wait),
		T(of_eight_at_once_under_one_key_one_takes_effect),
	};

	return cmocka_run_group_tests_name("server", tests, NULL, NULL);
}
