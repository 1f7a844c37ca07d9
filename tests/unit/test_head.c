/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include "head.h"

#include <stdio.h>
#include <string.h>

#define GET "GET /v1/x HTTP/1.1\r\n"
#define HOST "Host: x\r\n"
static const struct {
	const char *bytes;
	int status;                     /* 0: whole */
	int64_t length;
} rows[] = {
	{ GET HOST "\r\n", 0, 0 },
	{ "GET / HTTP/1.0\r\n\r\n", 0, 0 },
	{ "POST /v1/x?a=%20 HTTP/1.1\r\nhOsT:\r\nContent-Length: 65536\r\n\r\n", 0,
		65536 },
	{ GET HOST "Content-Length:0\r\n\r\n", 0, 0 },
	{ GET HOST "Content-Length: 999999999999999\r\n\r\n", 0, 999999999999999 },
	{ GET HOST "A:\r\nB: \t c \t\r\nD:e\r\n\r\n", 0, 0 },
	{ GET HOST "X: a\r\nX: b\r\n\r\n", 0, 0 },
	{ GET HOST "Hostile: a\r\nContent-Lengths: 1\r\n\r\n", 0, 0 },
	{ "\r\n" GET HOST "\r\n", 400, 0 },
	{ " " GET HOST "\r\n", 400, 0 },
	{ "get / HTTP/1.1\r\n" HOST "\r\n", 400, 0 },
	{ "GET\t/ HTTP/1.1\r\n" HOST "\r\n", 400, 0 },
	{ "GET  / HTTP/1.1\r\n" HOST "\r\n", 400, 0 },
	{ "GET /  HTTP/1.1\r\n" HOST "\r\n", 400, 0 },
	{ "GET / HTTP/1.1 \r\n" HOST "\r\n", 400, 0 },
	{ "GET /\r\n", 400, 0 },
	{ "GET /\n\n", 400, 0 },
	{ "GET /\xC3\xA9 HTTP/1.1\r\n" HOST "\r\n", 400, 0 },
	{ "GET /\x7F HTTP/1.1\r\n" HOST "\r\n", 400, 0 },
	{ "GET x HTTP/1.1\r\n" HOST "\r\n", 400, 0 },
	{ "GET http://x/ HTTP/1.1\r\n" HOST "\r\n", 400, 0 },
	{ "OPTIONS * HTTP/1.1\r\n" HOST "\r\n", 400, 0 },
	{ "CONNECT x:1 HTTP/1.1\r\n" HOST "\r\n", 400, 0 },
	{ "AAAAAAAAAAAAAAAAA / HTTP/1.1\r\n" HOST "\r\n", 400, 0 },
	{ "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, 0 },
	{ "GET / HTTP/9.9\r\n" HOST "\r\n", 400, 0 },
	{ "GET / HTTP/1.10\r\n" HOST "\r\n", 400, 0 },
	{ "GET / http/1.1\r\n" HOST "\r\n", 400, 0 },
	{ "\x16\x03\x01\x02", 400, 0 },
	{ GET "\r\n", 400, 0 },
	{ GET HOST "Host: x\r\n\r\n", 400, 0 },
	{ GET HOST "host: y\r\n\r\n", 400, 0 },
	{ GET "Host : x\r\n\r\n", 400, 0 },
	{ GET "Host\t: x\r\n\r\n", 400, 0 },
	{ GET " Host: x\r\n\r\n", 400, 0 },
	{ GET HOST "A: b\r\n c\r\n\r\n", 400, 0 },
	{ GET HOST "A: b\r\n\tc\r\n\r\n", 400, 0 },
	{ GET HOST "A: b\n\r\n", 400, 0 },
	{ GET HOST "A: b\n\n", 400, 0 },
	{ GET HOST "A: b\r\r\n", 400, 0 },
	{ GET HOST "A: b\rC: d\r\n\r\n", 400, 0 },
	{ GET HOST "\n", 400, 0 },
	{ GET HOST "\r\r", 400, 0 },
	{ "GET / HTTP/1.1\n" HOST "\r\n", 400, 0 },
	{ GET HOST "A: b\x01\r\n\r\n", 400, 0 },
	{ GET HOST "A: b\x7F\r\n\r\n", 400, 0 },
	{ GET HOST "A b: c\r\n\r\n", 400, 0 },
	{ GET HOST "A\r\n\r\n", 400, 0 },
	{ GET HOST ": c\r\n\r\n", 400, 0 },
	{ GET HOST "A(: c\r\n\r\n", 400, 0 },
	{ GET HOST "A\xE9: c\r\n\r\n", 400, 0 },
	{ GET HOST "Content-Length: 2\r\nContent-Length: 2\r\n\r\n", 400, 0 },
	{ GET HOST "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n", 400,
		0 },
	{ GET HOST "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n", 400,
		0 },
	{ GET HOST "Transfer-Encoding: a\r\nTransfer-Encoding: b\r\n\r\n", 400, 0 },
	{ GET HOST "Transfer-Encoding : chunked\r\n\r\n", 400, 0 },
	{ GET HOST "Transfer-Encoding: chunked\r\n\r\n", 411, 0 },
	{ GET HOST "Transfer-Encoding:\r\n\r\n", 411, 0 },
	{ GET HOST "Content-Length:\r\n\r\n", 400, 0 },
	{ GET HOST "Content-Length: +5\r\n\r\n", 400, 0 },
	{ GET HOST "Content-Length: -1\r\n\r\n", 400, 0 },
	{ GET HOST "Content-Length: 5, 5\r\n\r\n", 400, 0 },
	{ GET HOST "Content-Length: 5 5\r\n\r\n", 400, 0 },
	{ GET HOST "Content-Length: 5 \r\n\r\n", 400, 0 },
	{ GET HOST "Content-Length: 0x5\r\n\r\n", 400, 0 },
	{ GET HOST "Content-Length: 18446744073709551617\r\n\r\n", 400, 0 },
	{ GET HOST "Authorization: a\r\nAuthorization: a\r\n\r\n", 400, 0 },
	{ GET HOST "Idempotency-Key: a\r\nidempotency-key: a\r\n\r\n", 400, 0 },
};

/* Read as the socket gives it: `step` bytes at a time. */
static size_t read_by(struct head *head, const char *bytes, size_t size,
		      size_t step)
{
	size_t at = 0;

	head_init(head);
	while (at < size && head->state < HEAD_WHOLE)
		at += head_read(head, bytes + at,
				size - at < step ? size - at : step);
	return at;
}

static void a_head_has_one_reading_or_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		size_t size = strlen(rows[i].bytes);

		for (size_t step = 1; step <= size; step++) {
			struct head head;
			size_t at = read_by(&head, rows[i].bytes, size, step);

			if (head.state != (rows[i].status ? HEAD_REFUSED : HEAD_WHOLE)
			    || head.status != rows[i].status)
				fail_msg("%d for %s", head.status, rows[i].bytes);
			if (rows[i].status)
				continue;
			assert_int_equal(at, size);
			assert_int_equal(head.length, rows[i].length);
		}
	}
}

static void a_zero_byte_is_refused_wherever_it_stands(void **state)
{
	static const char good[] = GET HOST "Content-Length: 12\r\n\r\n";

	(void)state;
	for (size_t i = 0; i < sizeof(good) - 1; i++) {
		char bytes[sizeof(good)];
		struct head head;

		memcpy(bytes, good, sizeof(good));
		bytes[i] = '\0';
		assert_int_equal(read_by(&head, bytes, sizeof(good) - 1, 7), i + 1);
		assert_int_equal(head.status, 400);
	}
}

static void what_follows_a_head_is_left(void **state)
{
	static const char two[] = GET HOST "\r\n" GET;
	struct head head;

	(void)state;
	assert_int_equal(read_by(&head, two, sizeof(two) - 1, sizeof(two)),
			 sizeof(GET HOST "\r\n") - 1);
	assert_int_equal(head.state, HEAD_WHOLE);
}

/* Append `count` times `c` to a good beginning. */
static int status_of(const char *begin, char c, size_t count, const char *end)
{
	static char bytes[HEAD_MOST + 200];
	struct head head;

	snprintf(bytes, sizeof(bytes), "%s", begin);
	memset(bytes + strlen(begin), c, count);
	memcpy(bytes + strlen(begin) + count, end, strlen(end));
	read_by(&head, bytes, strlen(begin) + count + strlen(end), 4096);
	assert_true(head.state >= HEAD_WHOLE);
	return head.status;
}

static void what_is_too_long_is_refused(void **state)
{
	static const char end[] = " HTTP/1.1\r\n" HOST "\r\n";
	size_t rest = sizeof(GET HOST "A: " "\r\n\r\n") - 1;

	(void)state;
	assert_int_equal(status_of("GET /", 'a', HEAD_TARGET_MOST - 1, end), 0);
	assert_int_equal(status_of("GET /", 'a', HEAD_TARGET_MOST, end), 414);
	assert_int_equal(status_of(GET HOST, 'a', 64, ":\r\n\r\n"), 0);
	assert_int_equal(status_of(GET HOST, 'a', 65, ":\r\n\r\n"), 400);
	assert_int_equal(status_of(GET HOST "A: ", 'a', HEAD_MOST - rest,
				   "\r\n\r\n"), 0);
	assert_int_equal(status_of(GET HOST "A: ", 'a', HEAD_MOST - rest + 1,
				   "\r\n\r\n"), 431);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_head_has_one_reading_or_is_refused),
		cmocka_unit_test(a_zero_byte_is_refused_wherever_it_stands),
		cmocka_unit_test(what_follows_a_head_is_left),
		cmocka_unit_test(what_is_too_long_is_refused),
	};

	return cmocka_run_group_tests_name("head", tests, NULL, NULL);
}
