/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every unit test includes: cmocka and the headers it wants before it. */
#ifndef GUICHET_TESTS_UNIT_H
#define GUICHET_TESTS_UNIT_H

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The number of rows of a table. */
#define N_ROWS(table) (sizeof(table) / sizeof(*(table)))

#ifdef GUICHET_COVERAGE
void __gcov_dump(void);
#endif

/* For signal(), in a child that is to die of it: in a build for gcov, what it ran
 * is counted first. */
static inline void unit_die(int number)
{
#ifdef GUICHET_COVERAGE
	__gcov_dump();
#endif
	signal(number, SIG_DFL);
}

#endif
