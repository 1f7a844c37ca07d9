/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "oidc/flows.h"

#include <string.h>

void flows_init(struct flows *flows)
{
	memset(flows, 0, sizeof(*flows));
	pthread_mutex_init(&flows->lock, NULL);
}

void flows_fini(struct flows *flows)
{
	pthread_mutex_destroy(&flows->lock);
	explicit_bzero(flows->all, sizeof(flows->all));
}

static int64_t seconds(int64_t ms)
{
	return ms > 0 ? (ms + 999) / 1000 : 1;
}

bool flows_room(struct flows *flows, const unsigned char origin[STATION_SIZE],
		int64_t now_ms)
{
	int all = 0, of_origin = 0;

	pthread_mutex_lock(&flows->lock);
	for (size_t i = 0; i < FLOWS_MOST; i++) {
		struct flow *flow = &flows->all[i];

		if (flow->used && !flow->asking && flow->expires_ms <= now_ms)
			explicit_bzero(flow, sizeof(*flow));
		all += flow->used;
		of_origin += flow->used &&
			memcmp(flow->origin, origin, STATION_SIZE) == 0;
	}
	pthread_mutex_unlock(&flows->lock);
	return all < FLOWS_MOST && of_origin < FLOWS_EACH;
}

bool flows_add(struct flows *flows, const struct flow *flow)
{
	size_t at = 0;

	pthread_mutex_lock(&flows->lock);
	while (at < FLOWS_MOST && flows->all[at].used)
		at++;
	if (at < FLOWS_MOST) {
		flows->all[at] = *flow;
		flows->all[at].used = true;
	}
	pthread_mutex_unlock(&flows->lock);
	return at < FLOWS_MOST;
}

/* Under the lock. */
static struct flow *find(struct flows *flows, const unsigned char handle[32])
{
	for (size_t i = 0; i < FLOWS_MOST; i++)
		if (flows->all[i].used &&
		    memcmp(flows->all[i].handle, handle, 32) == 0)
			return &flows->all[i];
	return NULL;
}

enum flow_turn flows_take(struct flows *flows, const unsigned char handle[32],
			  const unsigned char station[STATION_SIZE], int64_t now_ms,
			  struct flow *out, int64_t *retry_s)
{
	enum flow_turn turn = FLOW_NONE;
	struct flow *flow;

	pthread_mutex_lock(&flows->lock);
	flow = find(flows, handle);
	if (flow && memcmp(flow->station, station, STATION_SIZE) == 0 &&
	    flow->expires_ms > now_ms) {
		turn = FLOW_ASK;
		if (flow->asking || now_ms < flow->due_ms) {
			turn = FLOW_EARLY;
			flow->interval_ms += SLOW_DOWN_MS;
			flow->due_ms = now_ms + flow->interval_ms;
			*retry_s = seconds(flow->interval_ms);
		} else {
			flow->asking = true;
			*out = *flow;
		}
	}
	pthread_mutex_unlock(&flows->lock);
	return turn;
}

void flows_settle(struct flows *flows, const unsigned char handle[32],
		  enum grant_result result, int64_t now_ms, int64_t *retry_s)
{
	bool goes_on = result == GRANT_PENDING || result == GRANT_SLOW_DOWN ||
		result == GRANT_LOST;
	struct flow *flow;

	pthread_mutex_lock(&flows->lock);
	flow = find(flows, handle);
	if (flow && goes_on) {
		if (result == GRANT_SLOW_DOWN)
			flow->interval_ms += SLOW_DOWN_MS;
		flow->asking = false;
		flow->due_ms = now_ms + flow->interval_ms;
		*retry_s = seconds(flow->interval_ms);
	} else if (flow) {
		explicit_bzero(flow, sizeof(*flow));
	}
	pthread_mutex_unlock(&flows->lock);
}
