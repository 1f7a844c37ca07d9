/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fontconfig, pango and GLib take memory for granted: without it they assert, abort
 * or read at NULL.  While a page is drawn, that ends the program with a word and a
 * code, as any want of memory does, and not by a signal. */
#include "sheet.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sysexits.h>
#include <unistd.h>

static const int crashes[] = { SIGABRT, SIGBUS, SIGSEGV, SIGTRAP };

#define CRASHES (sizeof(crashes) / sizeof(*crashes))

/* File scope: a signal handler has no argument of ours. */
static struct sigaction before[CRASHES];
static atomic_int drawing;              /* threads; pango starts others for it */

/* Only calls that a signal handler may make. */
static void on_crash(int number, siginfo_t *info, void *context)
{
	static const char words[] = "guichetd: document impossible à dessiner, "
		"sans doute faute de mémoire : arrêt\n";

	(void)context;
	if (atomic_load(&drawing) > 0 &&
	    write(STDERR_FILENO, words, sizeof(words) - 1) != 0)
		_exit(EX_OSERR);
	for (size_t i = 0; i < CRASHES; i++)
		if (crashes[i] == number)
			sigaction(number, &before[i], NULL);
	/* What read at a bad place reads there again. */
	if (info->si_code <= 0 || number == SIGTRAP)
		raise(number);
}

void sheet_guard(void)
{
	struct sigaction action = { .sa_sigaction = on_crash,
		.sa_flags = SA_SIGINFO | SA_ONSTACK };

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < CRASHES; i++)
		sigaction(crashes[i], &action, &before[i]);
}

/* GLib tells a want of memory with what it allocates, again and again, until the
 * stack is used up: the handler needs another, and each thread its own. */
static void lend_stack(void)
{
	static _Thread_local char room[16384];
	stack_t is, ours = { .ss_sp = room, .ss_size = sizeof(room) };

	if (sigaltstack(NULL, &is) == 0 && is.ss_flags & SS_DISABLE)
		sigaltstack(&ours, NULL);
}

void sheet_draws(bool begins)
{
	lend_stack();
	atomic_fetch_add(&drawing, begins ? 1 : -1);
}
