/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quota.h"

#include <string.h>

void quota_init(struct quota *quota, int per_s)
{
	memset(quota, 0, sizeof(*quota));
	quota->per_s = per_s;
	pthread_mutex_init(&quota->lock, NULL);
}

void quota_fini(struct quota *quota)
{
	pthread_mutex_destroy(&quota->lock);
}

bool quota_take(struct quota *quota, const unsigned char token[32],
		int64_t now_ms)
{
	int64_t now_us = now_ms * 1000, each_us, full_at_us;
	struct quota_bucket *bucket;
	uint64_t key;
	bool there;

	if (quota->per_s == 0)
		return true;
	each_us = INT64_C(1000000) / quota->per_s;
	memcpy(&key, token, sizeof(key));
	bucket = &quota->buckets[key % QUOTA_BUCKETS];
	pthread_mutex_lock(&quota->lock);
	/* Two sessions of one bucket take turns: it is then full again, which
	 * errs on the side of the agent. */
	if (bucket->key != key || bucket->full_at_us < now_us)
		bucket->full_at_us = now_us;
	bucket->key = key;
	full_at_us = bucket->full_at_us + each_us;
	there = full_at_us - now_us <= QUOTA_BURST_S * INT64_C(1000000);
	if (there)
		bucket->full_at_us = full_at_us;
	pthread_mutex_unlock(&quota->lock);
	return there;
}
