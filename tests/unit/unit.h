/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every unit test includes: cmocka and the headers it wants before it. */
#ifndef GUICHET_TESTS_UNIT_H
#define GUICHET_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The number of rows of a table. */
#define N_ROWS(table) (sizeof(table) / sizeof(*(table)))

#endif
