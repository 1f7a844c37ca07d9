/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line between client and server that does what lines do when they go wrong.
 * A process of its own, on two Unix sockets, which reads whole requests and
 * whole answers; what happens to the Nth request depends on the seed and on N
 * alone. */
#ifndef GUICHET_TESTS_PROXY_H
#define GUICHET_TESTS_PROXY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum fault {
	FAULT_NONE,
	FAULT_DELAY,                    /* wait before, and again after */
	FAULT_DROP_BEFORE,              /* the server sees nothing of it */
	FAULT_DROP_AFTER,               /* done, and the answer is lost */
	FAULT_CUT,                      /* the answer stops at a byte */
	FAULT_DRIP,                     /* the answer comes byte by byte */
	FAULT_BLACK_HOLE,               /* read, and nothing ever comes */
	FAULT_DUPLICATE,                /* the server gets it twice */
	FAULT_CLOSE_REUSED,             /* a connection that has served is closed
					 * once the request was read, and done */
	FAULT_FORGE,                    /* something else answers */
	FAULT_N
};

extern const char *const fault_names[FAULT_N + 1];

#define CUT_ANYWHERE (-1)

/* What goes wrong, and how often. */
struct proxy_plan {
	uint64_t seed;
	int per_mille[FAULT_N];         /* of the requests; FAULT_NONE: the rest */
	int most;                       /* faults, then none; 0: no limit */
	int delay_ms;                   /* each way */
	int drip_ms;                    /* between two bytes */
	int cut_at;                     /* bytes that still come, or CUT_ANYWHERE */
	bool writes_only;               /* requests with an Idempotency-Key */
	char path[64];                  /* requests that have it in their first
					 * line; "": all */
};

/* Told by the proxy while it runs. */
struct proxy_seen {
	_Atomic long requests, reused;  /* all; not the first of a connection */
	_Atomic long faults[FAULT_N];
	_Atomic long answer_size;       /* bytes of the last whole answer */
	_Atomic long keys, reused_keys; /* the same, with an Idempotency-Key */
	char key[80];                   /* of the last one; read it when the line
					 * is quiet */
};

struct proxy {
	pid_t pid;
	char front[108];                /* path of the socket the client is given */
	struct proxy_shared *shared;
	struct proxy_seen *seen;
};

/* Carry what comes at `front` to `behind` (paths of Unix sockets), without any
 * fault; ends the program when it cannot.  The process ends with ours. */
void proxy_start(struct proxy *proxy, const char *front, const char *behind);
void proxy_stop(struct proxy *proxy);

/* Go by another plan from the next request on, counting from the first again. */
void proxy_follow(struct proxy *proxy, const struct proxy_plan *plan);

/* Bytes that FAULT_FORGE answers with, then closes; at most FORGED_MOST. */
#define FORGED_MOST ((size_t)32 << 20)
void proxy_forge(struct proxy *proxy, const char *bytes, size_t size);

/* What the Nth request (0, 1...) meets, and the byte at which it is cut. */
enum fault proxy_fault(const struct proxy_plan *plan, uint64_t number);
size_t proxy_cut(const struct proxy_plan *plan, uint64_t number, size_t size);

/* Size of the whole HTTP message at the start of `data`, 0 while it is not all
 * there.  `answer`: 204 and 304 have no body whatever they say. */
size_t message_size(const char *data, size_t size, bool answer);

/* Copy the value of a header of the message to `out`; false without one. */
bool message_header(const char *data, const char *name, char *out,
		    size_t out_size);

#endif
