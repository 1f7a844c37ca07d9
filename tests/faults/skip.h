/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pauses of the client without waiting for them, and its care for writes
 * without it.  Programs that use this are linked with --wrap=clock_mono_ms and
 * --wrap=http_start. */
#ifndef GUICHET_TESTS_SKIP_H
#define GUICHET_TESTS_SKIP_H

#include <stdbool.h>
#include <stdint.h>

/* What clock_mono_ms() would say if nobody had skipped. */
int64_t real_mono_ms(void);

/* From now on clock_mono_ms() is at least `at_ms`. */
void skip_to_ms(int64_t at_ms);

/* From now on a write goes on a kept connection when there is one. */
void reuse_connections(bool reuse);

#endif
