/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faults.h"

#include <stdio.h>
#include <stdlib.h>

static struct desk desk;

/* A population of its own for each proof: some writes succeed once a person. */
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

/* With an argument, only the proofs whose name it matches. */
int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		T(one_of_two_agents_books),
		T(one_of_eight_agents_books),
		T(one_of_two_agents_holds),
		T(one_of_eight_agents_holds),
		T(a_request_cut_inside_leaves_nothing),
		T(a_lost_answer_is_given_again_without_a_second_effect),
		T(a_request_sent_eight_times_at_once_has_one_effect),
		T(a_booking_survives_many_cuts),
		T(a_connection_lives_on_whatever_is_read),
		T(a_stolen_identifier_is_one_that_does_not_exist),
		T(the_command_sees_one_changed_byte_of_the_trace),
	};
	char port[16];

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	/* Real connections over TCP, as between a desk and its server. */
	snprintf(port, sizeof(port), "%d", daemon_free_port());
	setenv("GUICHET_CONTRACT_PORT", port, 0);
	return cmocka_run_group_tests_name("faults", tests, NULL, NULL);
}
