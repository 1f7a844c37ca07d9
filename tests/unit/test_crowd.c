/* SPDX-License-Identifier: GPL-3.0-or-later */
/* More desks than the daemon keeps connections for: each still has its turn. */
#include "unit.h"
#include "backend_wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define KEPT 3000                       /* as backend/http.c has it */
/* Some that a thread has taken may not be counted yet. */
#define MORE 10

/* One request on a connection that may be kept; whether the answer keeps it. */
static bool is_kept(const struct wire *w, int fd)
{
	char request[256], answer[4096] = "";
	const int size = snprintf(request, sizeof(request),
		"GET /v1/sessions/current HTTP/1.1\r\nHost: a\r\n"
		"Authorization: Bearer %s\r\n\r\n", w->token);
	size_t used = 0;
	ssize_t n;

	assert_int_equal(send(fd, request, (size_t)size, MSG_NOSIGNAL), size);
	while (!strstr(answer, "\r\n\r\n")) {
		n = recv(fd, answer + used, sizeof(answer) - 1 - used, 0);
		assert_true(n > 0);
		used += (size_t)n;
		answer[used] = '\0';
	}
	assert_non_null(strstr(answer, "HTTP/1.1 200 "));
	return !strcasestr(answer, "\r\nConnection: close\r\n");
}

static void past_so_many_connections_an_answer_closes_its_own(void **state)
{
	static int fds[KEPT + MORE];
	struct wire *w = *state;

	for (int i = 0; i < KEPT; i++)
		fds[i] = wire_dial(w);
	assert_true(is_kept(w, fds[0]));
	for (int i = KEPT; i < KEPT + MORE; i++)
		fds[i] = wire_dial(w);
	assert_false(is_kept(w, fds[KEPT + MORE - 1]));
	assert_false(is_kept(w, fds[0]));
	for (int i = 0; i < KEPT + MORE; i++)
		close(fds[i]);
}

static int setup(void **state)
{
	const struct rlimit room = { 3 * KEPT, 3 * KEPT };

	return setrlimit(RLIMIT_NOFILE, &room) == 0 ? wire_setup(state) : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			past_so_many_connections_an_answer_closes_its_own,
			setup, wire_teardown),
	};

	return cmocka_run_group_tests_name("crowd", tests, NULL, NULL);
}
