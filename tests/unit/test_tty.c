/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal as the next program finds it. */
#include "../../tui/emergency.h"
#include "../../tui/tty.h"
#include "unit.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <termios.h>
#include <unistd.h>

struct place {
	int master, slave;
	FILE *in, *out;
	struct tty *tty;
};

static void open_place(struct place *place)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	struct ui_setup setup = { 0 };
	struct err err = { 0 };

	setenv("TERM", "xterm-256color", 1);
	assert_int_equal(openpty(&place->master, &place->slave, NULL, NULL, &size), 0);
	place->in = fdopen(dup(place->slave), "r");
	place->out = fdopen(dup(place->slave), "w");
	setup.in = place->in;
	setup.out = place->out;
	place->tty = tty_open(&setup, &err);
	assert_non_null(place->tty);
}

static void close_place(struct place *place)
{
	fclose(place->in);
	fclose(place->out);
	close(place->slave);
	close(place->master);
}

/* What an agent types while the desk is leaving, a number of an insured person
 * and Enter, has reached the terminal. */
static void type_ahead(const struct place *place)
{
	static const char typed[] = "2850345234123\r";
	struct pollfd come = { .fd = place->slave, .events = POLLIN };

	assert_int_equal(write(place->master, typed, sizeof(typed) - 1), sizeof(typed) - 1);
	assert_int_equal(poll(&come, 1, 5000), 1);
}

static int left(const struct place *place)
{
	struct termios modes;
	int count = -1;

	tcgetattr(place->slave, &modes);
	cfmakeraw(&modes);
	tcsetattr(place->slave, TCSANOW, &modes);
	ioctl(place->slave, FIONREAD, &count);
	return count;
}

static void type_ahead_is_not_left_for_the_shell(void **state)
{
	struct place place;

	(void)state;
	open_place(&place);
	type_ahead(&place);
	tty_close(place.tty);
	assert_int_equal(left(&place), 0);
	close_place(&place);
}

static void nor_is_it_after_a_crash(void **state)
{
	struct place place;

	(void)state;
	open_place(&place);
	type_ahead(&place);
	ui_emergency();
	assert_int_equal(left(&place), 0);
	tty_close(place.tty);
	close_place(&place);
}

/* Nothing is mapped that low. */
static void read_at_nothing(void)
{
	volatile uintptr_t nowhere = 16;

	(void)*(volatile char *)nowhere;
}

static void abort_by_itself(void)
{
	raise(SIGABRT);
}

/* How a desk that falls while curses writes ends, as waitpid() gives it. */
static int end_of(void (*fall)(void))
{
	struct place place;
	int status;
	pid_t pid;

	open_place(&place);
	pid = fork();
	if (pid == 0) {
		emergency_frail(true);
		fall();
		_exit(EXIT_SUCCESS);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	tty_close(place.tty);
	close_place(&place);
	return status;
}

static void only_what_curses_reads_at_nothing_is_a_want_of_memory(void **state)
{
	int status = end_of(read_at_nothing);

	(void)state;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), EX_OSERR);
	status = end_of(abort_by_itself);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(type_ahead_is_not_left_for_the_shell),
		cmocka_unit_test(nor_is_it_after_a_crash),
		cmocka_unit_test(only_what_curses_reads_at_nothing_is_a_want_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
