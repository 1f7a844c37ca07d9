/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "torture.h"

#include <stdlib.h>

static struct desk desk;

static int setup(void **state)
{
	desk_open(&desk);
	*state = &desk;
	return 0;
}

static int teardown(void **state)
{
	desk_close(*state);
	return 0;
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_disk_that_fails_once_undoes_and_recovers),
		T(a_disk_that_stays_full_shows_nothing_and_recovers),
		T(what_was_acknowledged_outlives_a_loss_of_power),
		T(a_disk_mounted_read_only_is_said_at_the_start),
		T(a_disk_that_becomes_read_only_refuses_and_recovers),
		T(no_thread_at_any_of_the_starts_is_an_error),
		T(no_descriptor_at_the_start_is_an_error),
		T(no_descriptor_while_serving_is_waited_out),
		T(a_copy_on_a_full_disk_leaves_nothing),
	};

	return cmocka_run_group_tests_name("torture", tests, NULL, NULL);
}
