/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include "listen.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

struct t { char folder[32], path[64], where[72]; };

static int setup(void **state)
{
	struct t *t = calloc(1, sizeof(*t));

	snprintf(t->folder, sizeof(t->folder), "/tmp/guichet-listen-XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	snprintf(t->path, sizeof(t->path), "%s/s", t->folder);
	snprintf(t->where, sizeof(t->where), "unix:%s", t->path);
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	struct t *t = *state;

	unlink(t->path);
	rmdir(t->folder);
	free(t);
	return 0;
}

static void only_this_machine_is_listened_to_without_tls(void **state)
{
	static const struct { const char *where; bool tls, opens; } rows[] = {
		{ "127.0.0.1:0", false, true }, { "127.9.9.9:0", false, true },
		{ "[::1]:0", false, true }, { "0.0.0.0:0", false, false },
		{ "[::]:0", false, false }, { "0.0.0.0:0", true, true },
		{ "192.0.2.1:0", true, false }, { "", false, false },
		{ "127.0.0.1", false, false }, { ":80", false, false },
		{ "[]:80", false, false }, { "127.0.0.1:", false, false },
		{ "127.0.0.1:65536", false, false }, { "127.0.0.1:8o", false, false },
		{ "127.0.0.1:000080", false, false },
		{ "no such host:80", false, false },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct err err = { 0 };
		int fd = listen_open(rows[i].where, rows[i].tls, &err);

		/* A machine may be without the other protocol. */
		if (rows[i].opens && fd < 0 && strchr(rows[i].where, '['))
			continue;
		if ((fd >= 0) != rows[i].opens)
			fail_msg("%s: %s", rows[i].where, err.text);
		if (fd >= 0)
			close(fd);
		else
			assert_int_not_equal(err.code, ERR_NONE);
	}
}

static void a_host_of_256_bytes_is_refused(void **state)
{
	struct err err = { 0 };
	char where[300];

	(void)state;
	snprintf(where, sizeof(where), "%0256d:80", 1);
	assert_int_equal(listen_open(where, true, &err), -1);
	assert_int_equal(err.code, ERR_INVALID);
}

static void a_port_that_is_taken_is_a_conflict(void **state)
{
	struct sockaddr_in address = { 0 };
	socklen_t size = sizeof(address);
	struct err err = { 0 };
	int fd = listen_open("127.0.0.1:0", false, &err);
	char where[32];

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(getsockname(fd, (void *)&address, &size), 0);
	snprintf(where, sizeof(where), "127.0.0.1:%d", ntohs(address.sin_port));
	assert_int_equal(listen_open(where, false, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	close(fd);
}

static void a_socket_that_nobody_answers_is_replaced(void **state)
{
	struct t *t = *state;
	struct err err = { 0 };
	struct stat made;
	int fd = listen_open(t->where, false, &err);

	assert_true(fd >= 0);
	assert_int_equal(stat(t->path, &made), 0);
	assert_int_equal(made.st_mode & 0777, 0600);
	assert_int_equal(listen_open(t->where, false, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	/* It was killed: its file stays. */
	close(fd);
	fd = listen_open(t->where, false, &err);
	assert_true(fd >= 0);
	close(fd);
	listen_forget("127.0.0.1:80");
	listen_forget(t->where);
	assert_int_not_equal(stat(t->path, &made), 0);
}

static void what_is_no_socket_is_left_alone(void **state)
{
	struct t *t = *state;
	struct err err = { 0 };
	FILE *file = fopen(t->path, "w");
	struct stat was;

	assert_non_null(file);
	fputs("not a socket", file);
	fclose(file);
	assert_int_equal(listen_open(t->where, false, &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_int_equal(stat(t->path, &was), 0);
	assert_int_equal(was.st_size, 12);
}

static void a_path_longer_than_an_address_is_refused(void **state)
{
	struct err err = { 0 };
	char where[256];

	(void)state;
	snprintf(where, sizeof(where), "unix:/tmp/%0200d", 1);
	assert_int_equal(listen_open(where, false, &err), -1);
	assert_int_equal(err.code, ERR_INVALID);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_this_machine_is_listened_to_without_tls),
		cmocka_unit_test(a_host_of_256_bytes_is_refused),
		cmocka_unit_test(a_port_that_is_taken_is_a_conflict),
		T(a_socket_that_nobody_answers_is_replaced),
		T(what_is_no_socket_is_left_alone),
		cmocka_unit_test(a_path_longer_than_an_address_is_refused),
	};

	return cmocka_run_group_tests_name("listen", tests, NULL, NULL);
}
