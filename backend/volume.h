/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many files an agent opens: told, then stopped.  The numbers are dated
 * rules. */
#ifndef GUICHET_BACKEND_VOLUME_H
#define GUICHET_BACKEND_VOLUME_H

#include "req.h"

#define RULE_VOLUME_DAY "volume.day"            /* different files a day: told */
#define RULE_VOLUME_BURST "volume.burst"        /* in a few minutes: told */
#define RULE_VOLUME_BURST_MIN "volume.burst_min" /* how many minutes */
#define RULE_VOLUME_STOP "volume.stop"          /* a day: no more */

struct volume_count {
	int64_t day, burst;             /* different files, since midnight, of late */
	int64_t day_most, burst_most, burst_min;
	int64_t stop;                   /* at which opening stops today */
};

/* Count what the agent has opened so far. */
bool volume_count(struct req *req, struct volume_count *count, struct err *err);

/* What to show of it. */
enum volume volume_word(const struct volume_count *count);

/* Refuse with 403 "volume.stopped" one more file; one that was opened today
 * already is no more. */
bool volume_check(struct req *req, int64_t file_id, struct err *err);

/* Put what the file that was just opened brings to the supervisors' queue. */
bool volume_tell(struct req *req, struct err *err);

#endif
