/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many accesses wait for a supervisor: read when the home screen comes and,
 * while keys are pressed, once a minute. */
#ifndef GUICHET_SCREENS_WATCH_H
#define GUICHET_SCREENS_WATCH_H

#include "app.h"

struct watch {
	int64_t pending;
	bool supervisor;
	struct owner timer;
};

/* The watch of the home screen. */
struct watch *home_watch(void *state);

/* Read the count now, and again in a minute; nothing for other roles. */
void watch_start(struct ui_ctx *ctx, struct watch *watch);
void watch_stop(struct watch *watch);

/* What is known: 0 before the answer. */
int64_t watch_pending(const struct watch *watch);
void watch_lines(const struct watch *watch, struct ui_lines *lines);

/* Go to a screen of the supervisors; for others the key does `other`. */
void watch_open(struct ui_ctx *ctx, const struct watch *watch,
		const struct ui_screen *screen, const char *other);

#endif
