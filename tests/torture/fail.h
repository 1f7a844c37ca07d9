/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Count the calls of a kind, then make the Nth fail: the frame of every torture.
 * A seam asks fail_now() at each call; a proof arms it with N = 1, 2, 3... until
 * what it does passes untouched. */
#ifndef GUICHET_TESTS_FAIL_H
#define GUICHET_TESTS_FAIL_H

#include <stdatomic.h>
#include <stdbool.h>

enum fail_mode { FAIL_ONCE, FAIL_FROM_THERE_ON };

struct fail {
	atomic_long calls;              /* since it was armed */
	atomic_long nth;                /* 0: none fails */
	atomic_long failed;
	atomic_int mode;
};

/* Count from here; the `nth` call fails, with FAIL_FROM_THERE_ON the next too. */
void fail_arm(struct fail *fail, long nth, enum fail_mode mode);

/* Let every call pass; returns how many have failed. */
long fail_disarm(struct fail *fail);

/* Count this call; true when it must fail. */
bool fail_now(struct fail *fail);

#endif
