/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real transport against a server of a few lines, on a Unix socket and in
 * the same thread: the client's own wait is what gives the server its turn. */
#include "unit.h"

#include "../../api/http.h"
#include "../../api/http_curl.h"

#include <guichet/base/log.h>
#include <guichet/base/mem.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define CONNECTIONS_MAX 8

struct t {
	char folder[32], socket[64], server[72];
	struct http *http;
	int listener, fds[CONNECTIONS_MAX], count;
	int accepted, requests;
	char request[8192];             /* the last one */
	const char *answer;             /* NULL: close without a word */
	size_t answer_size;
	struct http_exchange exchange;
	int done;
};

static void on_done(struct http_exchange *exchange)
{
	((struct t *)exchange->self)->done++;
}

void *__real_dlopen(const char *name, int flags);
void *__wrap_dlopen(const char *name, int flags);

/* In the child that has no libcurl. */
static bool no_library;

void *__wrap_dlopen(const char *name, int flags)
{
	return no_library ? NULL : __real_dlopen(name, flags);
}

static int setup(void **state)
{
	struct t *t = mem_new(1, sizeof(*t));
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct api_setup desk = { .connect_timeout_s = 3 };

	snprintf(t->folder, sizeof(t->folder), "/tmp/guichet-XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	snprintf(t->socket, sizeof(t->socket), "%s/s", t->folder);
	snprintf(t->server, sizeof(t->server), "unix:%s", t->socket);
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", t->socket);
	t->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	assert_int_equal(bind(t->listener, (void *)&address, sizeof(address)), 0);
	assert_int_equal(listen(t->listener, 8), 0);
	desk.server = t->server;
	t->http = http_open(&desk, NULL);
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	struct t *t = *state;

	http_close(t->http);
	for (int i = 0; i < t->count; i++)
		close(t->fds[i]);
	close(t->listener);
	unlink(t->socket);
	rmdir(t->folder);
	free(t);
	return 0;
}

/* Read what has come on connection `i`; answer when it is a whole request of
 * the tests, which fit one read. */
static void serve(struct t *t, int i)
{
	ssize_t n = recv(t->fds[i], t->request, sizeof(t->request) - 1,
			 MSG_DONTWAIT);

	if (n > 0) {
		t->request[n] = '\0';
		t->requests++;
	}
	if (n > 0 && t->answer)
		assert_true(send(t->fds[i], t->answer, t->answer_size,
				 MSG_NOSIGNAL) == (ssize_t)t->answer_size);
	if (n <= 0 || !t->answer) {
		close(t->fds[i]);
		t->fds[i] = t->fds[--t->count];
	}
}

/* One turn of the loop, for the client and for the server. */
static void turn(struct t *t)
{
	struct pollfd fds[CONNECTIONS_MAX + 1];
	int count = t->count;

	fds[0] = (struct pollfd){ .fd = t->listener, .events = POLLIN };
	for (int i = 0; i < count; i++)
		fds[i + 1] = (struct pollfd){ .fd = t->fds[i], .events = POLLIN };
	http_wait(t->http, fds, (size_t)count + 1, 5000);
	for (int i = count; i > 0; i--)
		if (fds[i].revents)
			serve(t, i - 1);
	if (fds[0].revents & POLLIN && t->count < CONNECTIONS_MAX) {
		t->fds[t->count++] = accept(t->listener, NULL, NULL);
		t->accepted++;
	}
	http_deliver(t->http);
}

static void start(struct t *t, const char *method, const char *body, bool fresh)
{
	static const char *const headers[] = { "X-Test: here", NULL };

	t->exchange = (struct http_exchange){
		.method = method, .path = "/v1/x?a=%2F", .headers = headers,
		.body = body, .body_size = body ? strlen(body) : 0,
		.fresh = fresh, .timeout_s = 5, .reply_limit = 1000,
		.self = t, .done = on_done,
	};
	t->done = 0;
	http_start(t->http, &t->exchange);
}

static void finish(struct t *t)
{
	for (int turns = 0; !t->done; turns++) {
		assert_true(turns < 100);
		turn(t);
	}
}

static void say(struct t *t, const char *answer)
{
	t->answer = answer;
	t->answer_size = strlen(answer);
}

static void headers_and_body_come_through(void **state)
{
	struct t *t = *state;

	say(t, "HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json; "
	    "charset=utf-8\r\nETag: \"v1\"\r\nretry-after: 7\r\n"
	    "Idempotency-Replayed: true\r\nContent-Length: 2\r\n\r\n{}");
	start(t, "PATCH", "{\"a\":1}", true);
	finish(t);
	assert_int_equal(t->exchange.result, HTTP_ANSWERED);
	assert_int_equal(t->exchange.answer.status, 409);
	assert_string_equal(t->exchange.answer.type, "application/problem+json");
	assert_string_equal(t->exchange.answer.etag, "\"v1\"");
	assert_int_equal(t->exchange.answer.retry_after_s, 7);
	assert_true(t->exchange.answer.replayed);
	assert_string_equal(buf_cstr(&t->exchange.answer.body), "{}");
	assert_true(strncmp(t->request, "PATCH /v1/x?a=%2F HTTP/1.1\r\n", 28) == 0);
	assert_non_null(strstr(t->request, "X-Test: here\r\n"));
	assert_non_null(strstr(t->request, "{\"a\":1}"));
	assert_null(strstr(t->request, "Expect"));
	buf_fini(&t->exchange.answer.body);
}

static void reads_share_a_connection_and_writes_do_not(void **state)
{
	struct t *t = *state;

	say(t, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
	for (int i = 0; i < 3; i++) {
		start(t, "GET", NULL, false);
		finish(t);
	}
	assert_int_equal(t->accepted, 1);
	start(t, "POST", "{}", true);
	finish(t);
	assert_int_equal(t->accepted, 2);
	start(t, "POST", "{}", true);
	finish(t);
	assert_int_equal(t->accepted, 3);
	assert_int_equal(t->requests, 5);
}

/* libcurl would send a POST again by itself on a kept connection. */
static void a_write_cut_short_is_sent_once(void **state)
{
	struct t *t = *state;

	say(t, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
	start(t, "GET", NULL, false);
	finish(t);
	t->answer = NULL;
	start(t, "POST", "{}", true);
	finish(t);
	assert_int_equal(t->exchange.result, HTTP_CUT);
	assert_int_equal(t->requests, 2);
}

static void an_answer_over_the_limit_is_dropped(void **state)
{
	static char answer[2000];
	struct t *t = *state;
	int n = snprintf(answer, sizeof(answer), "HTTP/1.1 200 OK\r\n"
			 "Content-Length: 1500\r\n\r\n");

	memset(answer + n, 'x', 1500);
	t->answer = answer;
	t->answer_size = (size_t)n + 1500;
	start(t, "GET", NULL, false);
	finish(t);
	assert_int_equal(t->exchange.result, HTTP_TOO_LONG);
	assert_int_equal(t->exchange.answer.status, 0);
	buf_fini(&t->exchange.answer.body);
}

static void a_redirect_is_not_followed(void **state)
{
	struct t *t = *state;

	say(t, "HTTP/1.1 302 Found\r\nLocation: http://localhost/y\r\n"
	    "Content-Length: 0\r\n\r\n");
	start(t, "GET", NULL, false);
	finish(t);
	assert_int_equal(t->exchange.answer.status, 302);
	assert_int_equal(t->requests, 1);
}

/* The server says `answer` and is gone. */
static void expect_cut(struct t *t, const char *answer)
{
	say(t, answer);
	t->requests = 0;
	start(t, "GET", NULL, true);
	while (t->requests == 0)
		turn(t);
	close(t->fds[0]);
	t->count = 0;
	finish(t);
	assert_int_equal(t->exchange.result, HTTP_CUT);
	buf_fini(&t->exchange.answer.body);
}

static void a_cut_answer_is_no_answer(void **state)
{
	expect_cut(*state, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\"");
}

/* libcurl takes it for an empty answer of that status. */
static void an_answer_cut_in_its_headers_is_no_answer(void **state)
{
	static const char *const cuts[] = {
		"HTTP/1.1 200 OK\r\n",
		"HTTP/1.1 204 No Content\r\n",
		"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Len",
		"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n",
	};

	for (size_t i = 0; i < N_ROWS(cuts); i++)
		expect_cut(*state, cuts[i]);
}

static void nobody_there_is_known_at_once(void **state)
{
	struct t *t = *state;

	unlink(t->socket);
	start(t, "GET", NULL, false);
	finish(t);
	assert_int_equal(t->exchange.result, HTTP_UNREACHED);
}

static void a_cancelled_exchange_is_never_told(void **state)
{
	struct t *t = *state;

	say(t, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
	start(t, "GET", NULL, false);
	turn(t);
	http_cancel(t->http, &t->exchange);
	http_cancel(t->http, &t->exchange);
	http_deliver(t->http);
	assert_int_equal(t->done, 0);
}

/* An agent whose environment names a proxy still reaches the server. */
static void the_environment_changes_nothing(void **state)
{
	struct t *t = *state;

	setenv("http_proxy", "http://127.0.0.1:1", 1);
	setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
	say(t, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
	start(t, "GET", NULL, false);
	finish(t);
	assert_int_equal(t->exchange.answer.status, 200);
	unsetenv("http_proxy");
	unsetenv("ALL_PROXY");
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

/* Nobody could be served: it ends at once, and the log has the name of what is
 * to be installed. */
static void a_machine_without_curl_is_told_so(void **state)
{
	char text[512] = "";
	int ends[2], status;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		no_library = true;
		log_to(fdopen(ends[1], "w"), LOG_ERROR);
		signal(SIGABRT, unit_die);
		http_curl();
		_exit(0);
	}
	close(ends[1]);
	assert_true(read(ends[0], text, sizeof(text) - 1) > 0);
	assert_non_null(strstr(text, "libcurl.so"));
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* First: a library is loaded once. */
		cmocka_unit_test(a_machine_without_curl_is_told_so),
		T(headers_and_body_come_through),
		T(reads_share_a_connection_and_writes_do_not),
		T(a_write_cut_short_is_sent_once),
		T(an_answer_over_the_limit_is_dropped),
		T(a_redirect_is_not_followed),
		T(a_cut_answer_is_no_answer),
		T(an_answer_cut_in_its_headers_is_no_answer),
		T(nobody_there_is_known_at_once),
		T(a_cancelled_exchange_is_never_told),
		T(the_environment_changes_nothing),
		cmocka_unit_test(addresses_are_https_or_this_machine),
	};

	return cmocka_run_group_tests_name("http", tests, NULL, NULL);
}
