/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small caisse of backend_fixture.h with rules, a family, offices with their
 * hours, and reasons.  It is Saturday 21 November 2026, 11:00 in Paris. */
#ifndef GUICHET_TESTS_CARDS_FIXTURE_H
#define GUICHET_TESTS_CARDS_FIXTURE_H

#include "backend_fixture.h"

enum {
	T_MOTHER = 101,                 /* of 41, the insured */
	T_SON = 102,                    /* of 14 */
	T_DAUGHTER = 103,               /* of 10 */
	T_ELDER = 104,                  /* of 17 */
	T_STRANGER = 201,               /* another file */
};

/* Grenoble receives Monday to Friday from 9 to 12 at two desks; Voiron, 25 km
 * away, at one desk on the same mornings; Vienne is 80 km away. */
enum { T_GRENOBLE = 21, T_VOIRON = 22, T_VIENNE = 23 };

#define T_REASON "C2S"                  /* 30 minutes, at the counter or by phone */
#define T_SHORT_REASON "VITALE"         /* 15 minutes, at the counter */

/* For cmocka; the teardown is fixture_teardown(). */
int cards_setup(void **state);

/* The moment of a day of November 2026 in Paris. */
int64_t november(int day, int hour, int minute);

/* Become another agent; go to another moment. */
void t_agent(struct fixture *t, int64_t agent_id);
void t_now(struct fixture *t, int64_t now_ms);

/* Write an identifier of a test as the contract does. */
const char *t_id(char out[ID_TEXT], int64_t id);

/* Count the rows of a SELECT COUNT(*) without parameters. */
int64_t t_count(struct fixture *t, const char *sql);

#endif
