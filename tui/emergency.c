/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "emergency.h"

#include <guichet/base/mem.h>
#include <guichet/tui/run.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

/* Members of what was not allocated are below. */
#define NOWHERE 65536

/* What a signal handler needs to give the terminal back: a handler has no
 * argument to carry it. */
static struct {
	volatile sig_atomic_t armed, frail;
	int fd;
	size_t size;
	struct termios modes;
	char restore[EMERGENCY_SIZE];
} emergency;

/* Only calls that a signal handler may make. */
void ui_emergency(void)
{
	if (!emergency.armed)
		return;
	emergency.armed = 0;
	if (write(emergency.fd, emergency.restore, emergency.size) < 0)
		emergency.size = 0;
	tcflush(emergency.fd, TCIFLUSH);
	tcsetattr(emergency.fd, TCSANOW, &emergency.modes);
}

/* ncurses asks this one when it is out of memory, which is found before its own:
 * that would write on the screen and leave with 1. */
void _nc_err_abort(const char *why, ...) __attribute__((noreturn));

void _nc_err_abort(const char *why, ...)
{
	(void)why;
	mem_end();
}

/* Where it had no memory to start with, curses reads at NULL, then or when it is
 * freed: that is an end for want of memory as any other. */
static bool is_read_at_null(const siginfo_t *info)
{
	return info->si_signo == SIGSEGV && info->si_code == SEGV_MAPERR &&
		(uintptr_t)info->si_addr < NOWHERE;
}

static void on_crash(int number, siginfo_t *info, void *context)
{
	(void)context;
	if (emergency.frail && is_read_at_null(info))
		mem_end();
	ui_emergency();
	signal(number, SIG_DFL);
	raise(number);
}

void emergency_arm(int fd, const char *restore, const struct termios *modes)
{
	static const int crashes[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL };

	emergency.size = strlen(restore);
	memcpy(emergency.restore, restore, emergency.size + 1);
	emergency.fd = fd;
	emergency.modes = *modes;
	for (size_t i = 0; i < sizeof(crashes) / sizeof(*crashes); i++) {
		struct sigaction action = { .sa_sigaction = on_crash,
			.sa_flags = SA_SIGINFO };

		sigemptyset(&action.sa_mask);
		sigaction(crashes[i], &action, NULL);
	}
	mem_on_exhaustion(ui_emergency);
	emergency.armed = 1;
}

void emergency_frail(bool frail)
{
	emergency.frail = frail;
}

void emergency_disarm(void)
{
	emergency.frail = 0;
	emergency.armed = 0;
	mem_on_exhaustion(NULL);
}
