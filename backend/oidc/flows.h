/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sign-ins under way, in memory: a restart ends them, their agents begin
 * again. */
#ifndef GUICHET_BACKEND_OIDC_FLOWS_H
#define GUICHET_BACKEND_OIDC_FLOWS_H

#include "oidc/oidc.h"
#include "oidc/provider.h"

#define FLOWS_MOST 256
#define FLOWS_EACH 32                   /* of one workstation */
#define SLOW_DOWN_MS 5000               /* RFC 8628 section 3.5 */

struct flow {
	bool used, asking;              /* asking: the provider, on some thread */
	unsigned char handle[32];       /* SHA-256 of what the client holds */
	unsigned char station[STATION_SIZE], origin[STATION_SIZE];
	char device_code[DEVICE_CODE_SIZE];
	struct federation_new where;
	int64_t interval_ms, due_ms, expires_ms; /* monotonic */
};

struct flows {
	pthread_mutex_t lock;
	struct flow all[FLOWS_MOST];
};

enum flow_turn { FLOW_ASK, FLOW_NONE, FLOW_EARLY };

void flows_init(struct flows *flows);
void flows_fini(struct flows *flows);

/* Whether there is room for another one of `origin`; forgets those that ended. */
bool flows_room(struct flows *flows, const unsigned char origin[STATION_SIZE],
		int64_t now_ms);

/* Keep a copy of `flow`; false when there is no room any more. */
bool flows_add(struct flows *flows, const struct flow *flow);

/* The turn to ask about `handle` from `station`: FLOW_ASK copies the flow, which
 * is then this thread's until flows_settle(); FLOW_EARLY makes the interval
 * longer; FLOW_NONE: unknown, ended, or of another workstation.  `retry_s` is when
 * to come back. */
enum flow_turn flows_take(struct flows *flows, const unsigned char handle[32],
			  const unsigned char station[STATION_SIZE], int64_t now_ms,
			  struct flow *out, int64_t *retry_s);

/* Put it back after the answer `result`; it ends unless that was pending, slow
 * down or lost.  `retry_s` as above. */
void flows_settle(struct flows *flows, const unsigned char handle[32],
		  enum grant_result result, int64_t now_ms, int64_t *retry_s);

#endif
