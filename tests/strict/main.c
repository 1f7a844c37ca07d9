/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strict.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static struct daemons daemons;

static int setup(void **state)
{
	daemon_start(&daemons.plain, false);
	daemon_start(&daemons.tls, true);
	*state = &daemons;
	return 0;
}

/* The kernel says what the daemon gave up. */
static void the_daemon_runs_in_its_cage(void **state)
{
	char path[64], line[256];
	int seccomp = -1, privileges = -1;
	FILE *file;

	(void)state;
#ifdef GUICHET_COVERAGE
	skip();                         /* it has none: see serve.c */
#endif
	snprintf(path, sizeof(path), "/proc/%d/status", daemons.plain.pid);
	file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		sscanf(line, "Seccomp: %d", &seccomp);
		sscanf(line, "NoNewPrivs: %d", &privileges);
	}
	fclose(file);
	if (seccomp < 0)
		skip();
	assert_int_equal(seccomp, 2);
	assert_int_equal(privileges, 1);
}

static int teardown(void **state)
{
	(void)state;
	daemon_stop(&daemons.tls);
	daemon_stop(&daemons.plain);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_daemon_runs_in_its_cage),
		cmocka_unit_test(what_has_two_readings_is_refused),
		cmocka_unit_test(the_same_is_refused_on_a_kept_connection),
		cmocka_unit_test(honest_requests_are_answered),
		cmocka_unit_test(a_thousand_slow_connections_shut_nobody_out),
		cmocka_unit_test(a_dripped_request_is_cut_in_ten_seconds),
	};
	char port[16];

	/* The daemon closes while we write. */
	signal(SIGPIPE, SIG_IGN);
	snprintf(port, sizeof(port), "%d", daemon_free_port());
	setenv("GUICHET_CONTRACT_PORT", port, 1);
	return cmocka_run_group_tests_name("strict", tests, setup, teardown);
}
