/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include "watch.h"

#include <sys/socket.h>
#include <unistd.h>

static const struct {
	enum watch_stage stage;
	int64_t after_ms;
	int cut;
} rows[] = {
	{ WATCH_NEW, 10000, 0 }, { WATCH_NEW, 10001, 1 },
	{ WATCH_IDLE, 60000, 0 }, { WATCH_IDLE, 60001, 1 },
	{ WATCH_RECEIVING, 10000, 0 }, { WATCH_RECEIVING, 10001, 1 },
	{ WATCH_ANSWERING, 60000, 0 }, { WATCH_ANSWERING, 60001, 1 },
	{ WATCH_WORKING, INT64_C(86400000), 0 },
};

static void a_connection_is_cut_after_the_time_of_its_stage(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct watched *one;
		struct watch watch;
		int pair[2];
		char byte;

		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0,
					    pair), 0);
		watch_init(&watch);
		one = watch_add(&watch, pair[0], 5);
		watch_stage(&watch, one, rows[i].stage, 1000);
		assert_int_equal(watch_cut(&watch, 1000 + rows[i].after_ms),
				 rows[i].cut);
		assert_int_equal(read(pair[1], &byte, 1), rows[i].cut ? 0 : -1);
		watch_forget(&watch, one);
		watch_fini(&watch);
		close(pair[0]);
		close(pair[1]);
	}
}

static void the_others_are_left_alone(void **state)
{
	struct watched *old, *fresh;
	struct watch watch;
	int first[2], second[2];
	char byte;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, first),
			 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, second),
			 0);
	watch_init(&watch);
	old = watch_add(&watch, first[0], 0);
	watch_stage(&watch, old, WATCH_IDLE, 0);
	fresh = watch_add(&watch, second[0], 60000);
	assert_int_equal(watch_cut(&watch, 60001), 1);
	assert_int_equal(read(first[1], &byte, 1), 0);
	assert_int_equal(read(second[1], &byte, 1), -1);
	watch_forget(&watch, old);
	assert_int_equal(watch_cut(&watch, 70000), 0);
	watch_forget(&watch, fresh);
	watch_fini(&watch);
	for (int i = 0; i < 2; i++) {
		close(first[i]);
		close(second[i]);
	}
}

static void a_request_has_its_time_from_its_first_byte(void **state)
{
	struct watched *one;
	struct watch watch;
	int pair[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair),
			 0);
	watch_init(&watch);
	one = watch_add(&watch, pair[0], 0);
	watch_began(&watch, one, 9000);
	/* Later bytes, and those ahead of their turn, add no time. */
	watch_began(&watch, one, 12000);
	assert_int_equal(watch_cut(&watch, 19000), 0);
	assert_int_equal(watch_cut(&watch, 19001), 1);
	watch_stage(&watch, one, WATCH_WORKING, 19000);
	watch_began(&watch, one, 19000);
	assert_int_equal(watch_cut(&watch, 90000), 0);
	watch_forget(&watch, one);
	watch_fini(&watch);
	close(pair[0]);
	close(pair[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_connection_is_cut_after_the_time_of_its_stage),
		cmocka_unit_test(the_others_are_left_alone),
		cmocka_unit_test(a_request_has_its_time_from_its_first_byte),
	};

	return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
