/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the measuring programs share.  Each prints lines `NAME FIGURE`, the name
 * as in goals.txt; report.awk sets them beside the goals. */
#ifndef GUICHET_BENCH_H
#define GUICHET_BENCH_H

#include "samples.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* ---- bench.c ---- */

/* Nanoseconds that only grow. */
int64_t now_ns(void);

/* Say what failed and end. */
void fail(const char *format, ...)
	__attribute__((format(printf, 1, 2), noreturn));

/* ---- tty.c: a program on a terminal of 80 columns and 24 rows ---- */

struct tty {
	const char *name;
	int master;
	pid_t pid;
	struct VTerm *vt;
	struct VTermScreen *screen;
	size_t bytes;                   /* read since tty_key() */
	int64_t read_ns;                /* when the first of them were */
};

/* Start argv[0], found in PATH, in the folder `where` (NULL: here). */
void tty_start(struct tty *tty, const char *const argv[], const char *where);
void tty_end(struct tty *tty);

/* Send keys; returns when, in ns. */
int64_t tty_key(struct tty *tty, const char *keys);

/* Read what comes within `limit_ms`; false when nothing did. */
bool tty_pump(struct tty *tty, int limit_ms);

/* Read until nothing comes any more for `quiet_ms`. */
void tty_settle(struct tty *tty, int quiet_ms);

/* Read until `text` is on the screen; ends the program after ten seconds. */
void tty_see(struct tty *tty, const char *text);

#endif
