/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much one session may ask: a bucket each, in memory.  No desk comes near the
 * limit; a stolen token, or a program gone mad, does. */
#ifndef GUICHET_BACKEND_QUOTA_H
#define GUICHET_BACKEND_QUOTA_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#define QUOTA_BUCKETS 4096
#define QUOTA_BURST_S 5                 /* seconds of requests that may come at once */

struct quota_bucket {
	uint64_t key;
	int64_t full_at_us;             /* when all it may ask is there again */
};

struct quota {
	int per_s;                      /* 0: no limit */
	pthread_mutex_t lock;
	struct quota_bucket buckets[QUOTA_BUCKETS];
};

void quota_init(struct quota *quota, int per_s);
void quota_fini(struct quota *quota);

/* Take one request of the session whose hashed token is `token`; false when there
 * is none left at `now_ms` (monotonic). */
bool quota_take(struct quota *quota, const unsigned char token[32],
		int64_t now_ms);

#endif
