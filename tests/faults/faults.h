/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several agents at once, cut lines and a hand in the database can do to
 * the daemon.  `make check` plays a part of the rounds, `make check-races` a
 * thousand of each; GUICHET_ROUNDS=N sets another count. */
#ifndef GUICHET_TESTS_FAULTS_H
#define GUICHET_TESTS_FAULTS_H

#include "rounds.h"
#include "../contract/contract.h"

/* ---- line.c: connections that go on, several at once ---- */

struct line {
	int fd;
	struct buf out, in;
	bool answered;
	int64_t asked_ns, answered_ns;
	struct raw_answer answer;       /* once answered; its body is freed by the
					 * next line_ask() or by line_close() */
};

void line_open(struct line *line, const char *server);
void line_close(struct line *line);

/* Say what the next line_ask_all() asks on this line. */
void line_load(struct line *line, const struct desk *desk,
	       const struct sample *sample);

/* Send all but the last byte on every line, then the last bytes one right after
 * the other, then read every answer. */
void line_ask_all(struct line *lines, size_t count);

enum cut {
	CUT_INSIDE,                     /* the request lacks its last byte */
	CUT_AFTER,                      /* it is whole; the answer is not awaited */
	CUT_ANSWERED,                   /* the answer came and was not read */
};

/* Ask, lose the connection there and take a new one.  What an unread answer held
 * is in `line->answer`. */
void line_cut(struct line *line, const char *server, enum cut cut);

/* ---- store.c: the database seen from outside the daemon ---- */

/* The one number that a query answers. */
int64_t store_number(const struct desk *desk, const char *sql);

/* A digest of every row that a write of the main job may make or change; traces
 * and records of idempotency are not among them. */
uint64_t store_print(const struct desk *desk);

/* Does `guichetd check` find the database sound? */
bool store_is_sound(const struct desk *desk);

/* ---- the proofs ---- */

/* races.c */
void one_of_two_agents_books(void **state);
void one_of_eight_agents_books(void **state);
void one_of_two_agents_holds(void **state);
void one_of_eight_agents_holds(void **state);

/* replay.c */
void a_request_cut_inside_leaves_nothing(void **state);
void a_lost_answer_is_given_again_without_a_second_effect(void **state);
void a_request_sent_eight_times_at_once_has_one_effect(void **state);
void a_booking_survives_many_cuts(void **state);
void a_connection_lives_on_whatever_is_read(void **state);

/* swaps.c */
void a_stolen_identifier_is_one_that_does_not_exist(void **state);

/* trace.c */
void the_command_sees_one_changed_byte_of_the_trace(void **state);

#endif
