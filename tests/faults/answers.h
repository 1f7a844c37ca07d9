/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What no honest server answers to a list of payments. */
#ifndef GUICHET_TESTS_ANSWERS_H
#define GUICHET_TESTS_ANSWERS_H

#include <stdbool.h>

struct bad_answer {
	const char *name;
	const char *head;               /* whole lines; NULL: 200, JSON and the
					 * length of the body; "": nothing at all */
	const char *start, *repeated, *end; /* the body, NULL: "" */
	int times;                      /* of `repeated` */
	bool cut;                       /* a line that ends too early: the client
					 * tries three times before it says so */
};

/* Ended by a row without a name. */
extern const struct bad_answer bad_answer_rows[];

#endif
