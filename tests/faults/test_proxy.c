/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The proxy of the campaigns, before a server of a few lines: each fault is the
 * one it says, and the seed alone chooses it. */
#include "../unit/unit.h"
#include "proxy.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define ASK "POST /x HTTP/1.1\r\nIdempotency-Key: \"k\"\r\nContent-Length: 2\r\n\r\nhi"
#define HEAD "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
#define WHOLE HEAD "12345"

struct t {
	char folder[32], front[64], behind[64];
	struct proxy proxy;
	pid_t server;
	int counted;                    /* a byte for each request it has read */
};

static struct sockaddr_un address_of(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	return address;
}

/* Answer every request alike; tell each on `count`. */
static void serve(int listener, int count)
{
	char block[1024];
	int fd;

	while ((fd = accept(listener, NULL, NULL)) >= 0) {
		if (fork() == 0) {
			while (recv(fd, block, sizeof(block), 0) > 0)
				if (write(count, "r", 1) != 1 ||
				    send(fd, WHOLE, strlen(WHOLE), MSG_NOSIGNAL) < 0)
					break;
			_exit(0);
		}
		close(fd);
	}
	_exit(0);
}

static int setup(void **state)
{
	struct t *t = calloc(1, sizeof(*t));
	struct sockaddr_un address;
	int listener, count[2];

	snprintf(t->folder, sizeof(t->folder), "/tmp/guichet-XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	snprintf(t->front, sizeof(t->front), "%s/front", t->folder);
	snprintf(t->behind, sizeof(t->behind), "%s/behind", t->folder);
	address = address_of(t->behind);
	listener = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(listener, (void *)&address, sizeof(address)), 0);
	assert_int_equal(listen(listener, 8), 0);
	assert_int_equal(pipe(count), 0);
	proxy_start(&t->proxy, t->front, t->behind);
	t->server = fork();
	if (t->server == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(count[0]);
		signal(SIGCHLD, SIG_IGN);
		serve(listener, count[1]);
	}
	close(listener);
	close(count[1]);
	t->counted = count[0];
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	struct t *t = *state;

	kill(t->server, SIGKILL);
	waitpid(t->server, NULL, 0);
	proxy_stop(&t->proxy);
	close(t->counted);
	unlink(t->behind);
	rmdir(t->folder);
	free(t);
	return 0;
}

static int connect_to(const struct t *t)
{
	const struct timeval limit = { .tv_sec = 10 };
	struct sockaddr_un address = address_of(t->front);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	assert_int_equal(connect(fd, (void *)&address, sizeof(address)), 0);
	return fd;
}

/* Ask and read until `enough` bytes or the end. */
static size_t ask(int fd, char *answer, size_t enough)
{
	size_t size = 0;
	ssize_t n;

	assert_true(send(fd, ASK, strlen(ASK), MSG_NOSIGNAL) > 0);
	while (size < enough && (n = recv(fd, answer + size, enough - size, 0)) > 0)
		size += (size_t)n;
	return size;
}

static void expect_asked(const struct t *t, int times)
{
	char byte;

	for (int i = 0; i < times; i++)
		assert_int_equal(read(t->counted, &byte, 1), 1);
}

/* One request under one fault: so many bytes come back, the server saw it so
 * many times. */
struct lot {
	enum fault fault;
	size_t bytes;
	int asked;
};

static void each_fault_is_what_it_says(void **state)
{
	static const struct lot lots[] = {
		{ FAULT_NONE, sizeof(WHOLE) - 1, 1 },
		{ FAULT_DELAY, sizeof(WHOLE) - 1, 1 },
		{ FAULT_DROP_BEFORE, 0, 0 },
		{ FAULT_DROP_AFTER, 0, 1 },
		{ FAULT_CUT, 7, 1 },
		{ FAULT_DRIP, sizeof(WHOLE) - 1, 1 },
		{ FAULT_DUPLICATE, sizeof(WHOLE) - 1, 2 },
		{ FAULT_FORGE, 6, 0 },
	};
	struct t *t = *state;
	char answer[256];

	proxy_forge(&t->proxy, "forged", 6);
	for (size_t i = 0; i < N_ROWS(lots); i++) {
		struct proxy_plan plan = { .cut_at = 7, .delay_ms = 2 };
		int fd = connect_to(t);
		size_t size;

		plan.per_mille[lots[i].fault] = 1000;
		proxy_follow(&t->proxy, &plan);
		size = ask(fd, answer, sizeof(WHOLE) - 1);
		if (size != lots[i].bytes)
			fail_msg("%s: %zu bytes", fault_names[lots[i].fault], size);
		if (lots[i].asked > 0)
			assert_memory_equal(answer, WHOLE, size);
		expect_asked(t, lots[i].asked);
		assert_int_equal(t->proxy.seen->faults[lots[i].fault], 1);
		close(fd);
	}
	assert_int_equal(t->proxy.seen->keys, N_ROWS(lots));
}

static void a_connection_is_closed_when_it_has_served(void **state)
{
	const struct proxy_plan plan = { .per_mille[FAULT_CLOSE_REUSED] = 1000 };
	struct t *t = *state;
	char answer[256];
	int fd = connect_to(t);

	proxy_follow(&t->proxy, &plan);
	assert_int_equal(ask(fd, answer, sizeof(WHOLE) - 1), sizeof(WHOLE) - 1);
	assert_int_equal(ask(fd, answer, sizeof(WHOLE) - 1), 0);
	expect_asked(t, 2);
	assert_int_equal(t->proxy.seen->faults[FAULT_CLOSE_REUSED], 1);
	assert_int_equal(t->proxy.seen->reused_keys, 1);
	close(fd);
}

static void nothing_comes_out_of_a_black_hole(void **state)
{
	const struct proxy_plan plan = { .per_mille[FAULT_BLACK_HOLE] = 1000,
		.most = 1 };
	const struct timeval soon = { .tv_usec = 50000 };
	struct t *t = *state;
	char answer[256];
	int fd = connect_to(t), other = connect_to(t);

	proxy_follow(&t->proxy, &plan);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof(soon));
	assert_int_equal(ask(fd, answer, 1), 0);
	/* There was one only, and the others go on. */
	assert_int_equal(ask(other, answer, sizeof(WHOLE) - 1), sizeof(WHOLE) - 1);
	expect_asked(t, 1);
	close(fd);
	close(other);
}

static void the_seed_alone_chooses(void **state)
{
	struct proxy_plan plan = { .seed = 7, .cut_at = CUT_ANYWHERE, .per_mille = {
		[FAULT_DROP_AFTER] = 300, [FAULT_CUT] = 200 } };
	struct proxy_plan other = plan;
	int drops = 0, differ = 0;

	(void)state;
	other.seed = 8;
	for (uint64_t i = 0; i < 10000; i++) {
		enum fault fault = proxy_fault(&plan, i);

		assert_int_equal(fault, proxy_fault(&plan, i));
		assert_int_equal(proxy_cut(&plan, i, 500),
				 proxy_cut(&plan, i, 500));
		assert_in_range(proxy_cut(&plan, i, 500), 0, 499);
		drops += fault == FAULT_DROP_AFTER;
		differ += fault != proxy_fault(&other, i);
	}
	assert_in_range(drops, 2800, 3200);
	assert_true(differ > 1000);
}

static void a_message_ends_where_its_headers_say(void **state)
{
	static const char *const answers[] = {
		WHOLE, "HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n",
		"HTTP/1.1 200 OK\r\n\r\n",
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(answers); i++) {
		size_t size = strlen(answers[i]);
		char part[128];

		for (size_t n = 0; n < size; n++) {
			snprintf(part, sizeof(part), "%.*s", (int)n, answers[i]);
			assert_int_equal(message_size(part, n, true), 0);
		}
		assert_int_equal(message_size(answers[i], size, true), size);
	}
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(each_fault_is_what_it_says),
		T(a_connection_is_closed_when_it_has_served),
		T(nothing_comes_out_of_a_black_hole),
		cmocka_unit_test(the_seed_alone_chooses),
		cmocka_unit_test(a_message_ends_where_its_headers_say),
	};

	return cmocka_run_group_tests_name("proxy", tests, NULL, NULL);
}
