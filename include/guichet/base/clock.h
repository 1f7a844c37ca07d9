/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one source of time and of randomness of every program of the house. */
#ifndef GUICHET_BASE_CLOCK_H
#define GUICHET_BASE_CLOCK_H

#include <guichet/base/date.h>
#include <stddef.h>
#include <stdint.h>

/* Milliseconds since 1970-01-01 UTC. */
int64_t clock_now_ms(void);

/* Milliseconds that only grow; for durations and timers. */
int64_t clock_mono_ms(void);

/* The time of day as this program has counted it: clock_now_ms() at the first
 * call, then the time that has really gone by, whatever is done to the clock of
 * the machine.  For what must last so long and no longer. */
int64_t clock_steady_ms(void);

/* Return today's date in `zone`. */
struct date clock_today(enum zone zone);

/* From now on tell the time as if it were `at_ms`, running on from there.  For
 * tests and simulations; set once, before any thread starts. */
void clock_start_at(int64_t at_ms);

/* Set the clock ahead (or back, negative) as somebody would; for tests. */
void clock_jump(int64_t by_ms);

/* Fill `out` with bytes of the operating system's generator. */
void random_bytes(void *out, size_t size);

#define ID_TEXT 14                      /* 13 characters and the zero */
#define UUID_TEXT 37

/*
 * Make an identifier: 63 bits, milliseconds since 2020-01-01 in the upper 42,
 * random in the lower 21, never twice the same in one process, growing with
 * time.  Written as 13 characters of Crockford base 32 (no I, L, O, U).
 */
int64_t id_new(void);

/* The identifier of a moment, for data made with a past date; `low21` tells apart
 * those of one millisecond.  Moments before 2020 count as 2020-01-01. */
int64_t id_at(int64_t at_ms, unsigned low21);

/* Write the text form. */
void id_format(int64_t id, char out[ID_TEXT]);

/* Read exactly what id_format() writes; 0 for anything else. */
int64_t id_parse(const char *text);

/* Write a random UUID (RFC 9562, version 4), 36 characters. */
void uuid_new(char out[UUID_TEXT]);

#endif
