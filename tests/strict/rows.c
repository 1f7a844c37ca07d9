/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strict.h"

#include <guichet/base/mem.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GET "GET /v1/sessions/current HTTP/1.1\r\n"
#define HOST "Host: localhost\r\n"
#define POST "POST /v1/sessions HTTP/1.1\r\n" HOST \
	"Content-Type: application/json\r\n"
#define ROW(text) text, sizeof(text) - 1

static const struct row {
	const char *name, *bytes;
	size_t size;
	int status;
	size_t pad;                     /* bytes added after `bytes` */
} rows[] = {
	{ "Content-Length and Transfer-Encoding", ROW(POST "Content-Length: 5\r\n"
		"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400, 0 },
	{ "Transfer-Encoding and Content-Length", ROW(POST "Transfer-Encoding: "
		"chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"), 400, 0 },
	{ "two different Content-Length", ROW(POST "Content-Length: 2\r\n"
		"Content-Length: 40\r\n\r\n{}"), 400, 0 },
	{ "two equal Content-Length", ROW(POST "Content-Length: 2\r\n"
		"Content-Length: 2\r\n\r\n{}"), 400, 0 },
	{ "Content-Length : 3", ROW(POST "Content-Length : 3\r\n\r\n{ }"), 400, 0 },
	{ "Transfer-Encoding : chunked", ROW(POST "Transfer-Encoding : chunked\r\n"
		"\r\n0\r\n\r\n"), 400, 0 },
	{ "Transfer-Encoding: chunked", ROW(POST "Transfer-Encoding: chunked\r\n"
		"\r\n0\r\n\r\n"), 411, 0 },
	{ "Transfer-Encoding: x, chunked", ROW(POST "Transfer-Encoding: x, chunked"
		"\r\n\r\n0\r\n\r\n"), 411, 0 },
	{ "no Host", ROW(GET "\r\n"), 400, 0 },
	{ "two Host", ROW(GET HOST "Host: other\r\n\r\n"), 400, 0 },
	{ "two Idempotency-Key", ROW(POST "Idempotency-Key: \"0123456789abcdef\"\r\n"
		"Idempotency-Key: \"0123456789abcdeg\"\r\nContent-Length: 2\r\n\r\n{}"),
		400, 0 },
	{ "two Authorization", ROW(GET HOST "Authorization: Bearer a\r\n"
		"Authorization: Bearer b\r\n\r\n"), 400, 0 },
	{ "bare LF after the request line", ROW("GET /v1/sessions/current HTTP/1.1\n"
		HOST "\r\n"), 400, 0 },
	{ "bare LF after a header", ROW(GET "Host: localhost\nA: b\r\n\r\n"), 400, 0 },
	{ "bare LF at the end of the head", ROW(GET HOST "A: b\n\r\n"), 400, 0 },
	{ "only bare LF", ROW("GET /v1/sessions/current HTTP/1.1\nHost: x\n\n"), 400,
		0 },
	{ "bare CR", ROW(GET HOST "A: b\rC: d\r\n\r\n"), 400, 0 },
	{ "obs-fold by a blank", ROW(GET HOST "A: b\r\n c\r\n\r\n"), 400, 0 },
	{ "obs-fold by a tab", ROW(GET HOST "A: b\r\n\tc\r\n\r\n"), 400, 0 },
	{ "NUL in a header", ROW(GET HOST "A: b\0c\r\n\r\n"), 400, 0 },
	{ "NUL before a bare LF", ROW(GET HOST "A: b\0\n\r\n"), 400, 0 },
	{ "NUL in a name", ROW(GET HOST "A\0: b\r\n\r\n"), 400, 0 },
	{ "control byte in a header", ROW(GET HOST "A: b\x1b[2J\r\n\r\n"), 400, 0 },
	{ "DEL in a header", ROW(GET HOST "A: b\x7f\r\n\r\n"), 400, 0 },
	{ "a name that is no token", ROW(GET HOST "A b: c\r\n\r\n"), 400, 0 },
	{ "a line without colon", ROW(GET HOST "A\r\n\r\n"), 400, 0 },
	{ "/a%00b", ROW("GET /v1/a%00b HTTP/1.1\r\n" HOST "\r\n"), 400, 0 },
	{ "/%2e%2e%2fetc", ROW("GET /v1/%2e%2e%2fetc HTTP/1.1\r\n" HOST "\r\n"), 400,
		0 },
	{ "/../etc", ROW("GET /v1/../etc HTTP/1.1\r\n" HOST "\r\n"), 400, 0 },
	{ "% in a path", ROW("GET /v1/insured%41 HTTP/1.1\r\n" HOST "\r\n"), 400, 0 },
	{ "NUL in the address", ROW("GET /v1/a\0b HTTP/1.1\r\n" HOST "\r\n"), 400, 0 },
	{ "another address form", ROW("GET http://x/v1/a HTTP/1.1\r\n" HOST "\r\n"),
		400, 0 },
	{ "Content-Length: +5", ROW(POST "Content-Length: +5\r\n\r\n{   }"), 400, 0 },
	{ "Content-Length: 5, 5", ROW(POST "Content-Length: 5, 5\r\n\r\n{   }"), 400,
		0 },
	{ "Content-Length: -1", ROW(POST "Content-Length: -1\r\n\r\n"), 400, 0 },
	{ "Content-Length: 2^64 + 1", ROW(POST "Content-Length: 18446744073709551617"
		"\r\n\r\n{}"), 400, 0 },
	{ "Content-Length: 99999999", ROW(POST "Content-Length: 99999999\r\n\r\n"),
		413, 0 },
	{ "a body of 70000 bytes", ROW(POST "Content-Length: 70000\r\n\r\n"), 413,
		70000 },
	{ "a header of 64 KiB", ROW(GET HOST "A: "), 431, 65536 },
	{ "an address of 3000 bytes", ROW("GET /v1/"), 414, 3000 },
	{ "HTTP/9.9", ROW("GET /v1/sessions/current HTTP/9.9\r\n" HOST "\r\n"), 400,
		0 },
	{ "HTTP/2 in clear", ROW("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 400, 0 },
	{ "TLS in clear", ROW("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), 400, 0 },
};

static void send_row(struct line *line, const struct row *row)
{
	char *pad = mem_new(1, row->pad + 1);

	memset(pad, 'a', row->pad);
	line_send(line, row->bytes, row->size);
	line_send(line, pad, row->pad);
	free(pad);
}

static int answers_in(const char *text)
{
	int count = 0;

	for (; (text = strstr(text, "HTTP/1.1 ")); text++)
		count++;
	return count;
}

/* The status of the last answer, which must be a problem of ours and the end. */
static int refused_with(const struct line *line, int answers)
{
	const char *last = line->answer;

	if (!line->ended || answers_in(last) != answers)
		return 0;
	for (const char *next = last; (next = strstr(next, "HTTP/1.1 ")); next++)
		last = next;
	if (!strstr(last, "Content-Type: application/problem+json\r\n"))
		return 0;
	return (int)strtol(last + strlen("HTTP/1.1 "), NULL, 10);
}

static const char next_request[] = "GET /healthz HTTP/1.1\r\n" HOST "\r\n";

/* Once as the first request of its connection, or else after a good one. */
static int try_row(const struct row *row, const struct daemon *daemon, bool kept)
{
	struct line line;
	int status;

	line_open(&line, daemon);
	if (kept)
		line_send(&line, next_request, sizeof(next_request) - 1);
	send_row(&line, row);
	/* Were the row read otherwise, this would be answered too. */
	line_send(&line, next_request, sizeof(next_request) - 1);
	line_read(&line, 20000);
	status = refused_with(&line, kept ? 2 : 1);
	line_close(&line);
	return status;
}

static void try_all(const struct daemons *daemons, bool kept)
{
	int wrong = 0;

	printf("| %-38s | plain | TLS |\n| --- | ---: | ---: |\n",
	       kept ? "second request of a connection" : "request");
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		int plain = try_row(&rows[i], &daemons->plain, kept);
		int tls = try_row(&rows[i], &daemons->tls, kept);
		bool ok = plain == rows[i].status && tls == rows[i].status;

		printf("| %-38s | %5d | %3d |%s\n", rows[i].name, plain, tls,
		       ok ? "" : " WRONG");
		wrong += !ok;
	}
	assert_int_equal(wrong, 0);
}

void what_has_two_readings_is_refused(void **state)
{
	try_all(*state, false);
}

void the_same_is_refused_on_a_kept_connection(void **state)
{
	try_all(*state, true);
}

static const struct { const char *bytes; int answers; } honest[] = {
	{ "GET /healthz HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n", 1 },
	{ "GET /healthz HTTP/1.0\r\n\r\n", 1 },
	{ "GET /healthz HTTP/1.1\r\n" HOST "\r\nGET /healthz HTTP/1.1\r\n" HOST
		"Connection: close\r\nA:\r\nB: \t c \r\nD:e\r\nA: b\r\n\r\n", 2 },
};

void honest_requests_are_answered(void **state)
{
	struct daemons *daemons = *state;

	for (size_t i = 0; i < N_ROWS(honest) * 2; i++) {
		struct line line;

		line_open(&line, i % 2 ? &daemons->tls : &daemons->plain);
		/* In two parts, whose border may be anywhere. */
		line_send(&line, honest[i / 2].bytes, 20);
		line_send(&line, honest[i / 2].bytes + 20,
			  strlen(honest[i / 2].bytes) - 20);
		line_read(&line, 20000);
		assert_true(line.ended);
		assert_int_equal(answers_in(line.answer), honest[i / 2].answers);
		assert_null(strstr(line.answer, "problem"));
		line_close(&line);
	}
}
