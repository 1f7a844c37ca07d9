/* SPDX-License-Identifier: GPL-3.0-or-later */
/* torture_units PROGRAM...: K8 for unit tests.  The Nth allocation of each program
 * fails; what it tests then works all the same, says that it failed, or ends with
 * 71.  Each is run GUICHET_ROUNDS times, SEED=N draws other N.
 *
 * A test that misses what it asked for stops by an assertion: that is no fault.  A
 * crash is one, unless it is of the test itself, which did not look at what it got;
 * the sanitizer's report tells whose line it was. */
#include "fail.h"
#include "preload.h"
#include "../faults/rounds.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#define ROUNDS 20
#define LONGEST_MS 120000
#define SAID_MOST (1 << 20)
#define LEAK_STATUS 23                  /* of the sanitizer */

enum fate { HELD, TOLD, ENDED, TEST_FELL, LIBRARY_FELL, BROKEN, FATE_N };

struct run {
	pid_t pid;
	int status;                     /* as waitpid() gives it */
	bool late;
	char said[SAID_MOST];
};

static struct fail *fail;
static unsigned seed;

static void play(const char *program, long nth, struct run *run)
{
	char path[] = "/tmp/guichet-units-XXXXXX";
	int out = mkstemp(path);
	struct pollfd end;
	ssize_t size;
	pid_t pid;

	unlink(path);
	fail_arm(fail, nth, FAIL_ONCE);
	run->pid = pid = fork();
	if (pid == 0) {
		setpgid(0, 0);
		dup2(out, STDOUT_FILENO);
		dup2(out, STDERR_FILENO);
		/* A crash is for the sanitizer to tell, not for cmocka. */
		setenv("ASAN_OPTIONS", "allow_user_segv_handler=0", 1);
		fail_preload();
		setenv("CMOCKA_TEST_ABORT", "1", 1);
		execl(program, program, (char *)NULL);
		_exit(EX_UNAVAILABLE);
	}
	end = (struct pollfd){ .fd = (int)syscall(SYS_pidfd_open, pid, 0),
		.events = POLLIN };
	run->late = poll(&end, 1, LONGEST_MS) == 0;
	/* What it started goes too. */
	kill(-pid, SIGKILL);
	waitpid(pid, &run->status, 0);
	fail_disarm(fail);
	close(end.fd);
	size = pread(out, run->said, sizeof(run->said) - 1, 0);
	run->said[size > 0 ? size : 0] = '\0';
	close(out);
}

/* "tests/unit/test_x.c:20:12: runtime error: ..." */
static bool is_of_test(const char *said, const char *error)
{
	const char *line = error, *test;

	while (line > said && line[-1] != '\n')
		line--;
	test = strstr(line, "/tests/");
	return test && test < error;
}

/* The first line of ours in a report is a test's. */
static bool test_fell(const char *report)
{
	static const char *const ours[] = {
		"/api/", "/base/", "/tui/", "/screens/", "/backend/",
	};
	const char *end = strstr(report, "\n\n");
	const char *test = strstr(report, "/tests/");

	if (!test || (end && test > end))
		return false;
	for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++) {
		const char *at = strstr(report, ours[i]);

		/* tests/unit/backend_fixture.c is no file of backend/. */
		if (at && at < test)
			return false;
	}
	return true;
}

/* Of the program itself: a child that draws a paper may fall. */
static const char *report_of(const struct run *run)
{
	char words[64];

	snprintf(words, sizeof(words), "==%d==ERROR: AddressSanitizer", (int)run->pid);
	return strstr(run->said, words);
}

/* Curses where it starts, writes and ends, of which the desk makes an end with 71
 * (tui/emergency.c), but not off a terminal; the C library where it looks a name
 * up. */
static bool library_fell(const struct run *run)
{
	return strstr(run->said, " in newterm ") ||
		strstr(run->said, " in doupdate_sp ") ||
		strstr(run->said, " in delscreen ") ||
		strstr(run->said, "nss_database");
}

static enum fate judge(const struct run *run)
{
	const char *report = report_of(run);
	const char *error = strstr(run->said, "runtime error:");
	int status = WIFEXITED(run->status) ? WEXITSTATUS(run->status) : -1;
	int signal = WIFSIGNALED(run->status) ? WTERMSIG(run->status) : 0;

	if (run->late)
		return BROKEN;
	if (error)
		return is_of_test(run->said, error) ? TEST_FELL : BROKEN;
	if (report && !library_fell(run))
		return test_fell(report) ? TEST_FELL : BROKEN;
	if (status == EXIT_SUCCESS)
		return HELD;
	if (status == EX_OSERR)
		return ENDED;
	if (status == LEAK_STATUS)
		return BROKEN;
	/* An assertion, a setup that gave up. */
	if (status > 0 || (signal == SIGABRT && strstr(run->said, "[   LINE   ]")))
		return TOLD;
	return library_fell(run) ? LIBRARY_FELL : BROKEN;
}

static unsigned below(unsigned limit)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 8) % limit;
}

/* Every N when there are few, else one drawn in each stretch of the same length. */
static bool torture(const char *program, long totals[FATE_N])
{
	static struct run run;
	const char *name = strrchr(program, '/') ? strrchr(program, '/') + 1 : program;
	long calls, each, fates[FATE_N] = { 0 };
	int count = rounds(ROUNDS);

	play(program, 0, &run);
	calls = atomic_load(&fail->calls);
	if (judge(&run) != HELD) {
		printf("%s fails with all its memory:\n%s", name, run.said);
		return false;
	}
	each = calls / count;
	for (long i = 0; i < count && i < calls; i++) {
		long n = each == 0 ? i + 1 : i * each + 1 + below((unsigned)each);
		enum fate fate;

		play(program, n, &run);
		fate = judge(&run);
		fates[fate]++;
		totals[fate]++;
		if (fate == BROKEN)
			printf("%s, N = %ld, status %#x%s:\n%s\n", name, n,
			       (unsigned)run.status, run.late ? ", late" : "",
			       run.said);
	}
	printf("%s: N = %ld, %ld held, %ld told, %ld ended, %ld fell in the test, "
	       "%ld in a library, %ld broken\n", name, calls, fates[HELD], fates[TOLD],
	       fates[ENDED], fates[TEST_FELL], fates[LIBRARY_FELL], fates[BROKEN]);
	fflush(stdout);
	return fates[BROKEN] == 0;
}

int main(int argc, char **argv)
{
	const char *wanted = getenv("SEED");
	long totals[FATE_N] = { 0 };
	bool ok = true;

	seed = wanted ? (unsigned)strtoul(wanted, NULL, 10) : 20261122;
	printf("SEED=%u\n", seed);
	fail = fail_share();
	for (int i = 1; i < argc; i++)
		ok = torture(argv[i], totals) && ok;
	printf("K8, unit tests: %d programs: %ld held, %ld told, %ld ended, %ld fell in "
	       "the test, %ld in a library, %ld broken\n", argc - 1, totals[HELD],
	       totals[TOLD], totals[ENDED], totals[TEST_FELL], totals[LIBRARY_FELL],
	       totals[BROKEN]);
	return !ok;
}
