/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The three promises, held against a history:
 *
 *	I1  nothing acknowledged is lost;
 *	I2  no effect happens twice for one key;
 *	I3  no byte of a file outside the perimeter is ever returned. */
#ifndef GUICHET_TESTS_JUDGE_H
#define GUICHET_TESTS_JUDGE_H

#include <stdio.h>

struct verdict {
	long lines, keys, acknowledged, refused, unresolved, replayed, reads;
	long things;
	long lost, twice, outside;      /* I1, I2, I3 */
	long malformed;                 /* lines nobody could have written */
};

/* Read a history to its end and judge it; what is wrong is told to `out`, one
 * line each.  A history without a line is malformed. */
void judge(FILE *history, FILE *out, struct verdict *verdict);

#endif
