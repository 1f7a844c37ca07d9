/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The daemon on a disk that fails, in this process.  `make check` plays a part of
 * the rounds, `make torture` all of them; GUICHET_ROUNDS=N sets another count. */
#ifndef GUICHET_TESTS_TORTURE_H
#define GUICHET_TESTS_TORTURE_H

#include "../faults/faults.h"
#include "disk.h"

/* ---- writes.c: what is played ---- */

struct write {
	const struct api_op *op;
	const char *effects;            /* counts them */
	int64_t adds;
};

/* Ended by { 0 }. */
extern const struct write writes[];

/* The row of `op`, or NULL. */
const struct write *write_of(const struct api_op *op);

/* ---- house.c: the daemon of struct desk, but in this process ---- */

/* Stop it, and start it again on the same database. */
void house_close(const struct daemon *daemon);
void house_open(const struct daemon *daemon);

/* ---- the proofs ---- */

/* disk_full.c: K5 */
void a_disk_that_fails_once_undoes_and_recovers(void **state);
void a_disk_that_stays_full_shows_nothing_and_recovers(void **state);

/* power.c: K4 */
void what_was_acknowledged_outlives_a_loss_of_power(void **state);

/* limits.c: K6 */
void a_disk_mounted_read_only_is_said_at_the_start(void **state);
void a_disk_that_becomes_read_only_refuses_and_recovers(void **state);
void no_thread_at_any_of_the_starts_is_an_error(void **state);
void no_descriptor_at_the_start_is_an_error(void **state);
void no_descriptor_while_serving_is_waited_out(void **state);
void a_copy_on_a_full_disk_leaves_nothing(void **state);

#endif
