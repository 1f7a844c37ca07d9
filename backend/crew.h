/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads that serve a queue of exchanges: what is too slow for the threads of
 * HTTP, a hash of a password or a question to another server. */
#ifndef GUICHET_BACKEND_CREW_H
#define GUICHET_BACKEND_CREW_H

#include <guichet/base/err.h>

struct exchange;

struct crew_work {
	/* Serve one exchange, on a thread of the crew; `own` is what begin() gave
	 * to that thread, NULL without begin(). */
	void (*serve)(void *self, void *own, struct exchange *ex);
	void *(*begin)(void *self);
	void (*end)(void *own);
	int waiting_most;               /* how many may wait */
	int waiting_each;               /* from one workstation; 0: all of them */
	int pace_ms;                    /* between two; 0: as fast as it goes */
	int burst;                      /* how many may come at once all the same */
};

/* Start the crew on a static `work`.  Errors: ERR_SYSTEM. */
struct crew *crew_start(const struct crew_work *work, void *self, struct err *err);

/* Serve what waits, wait for the threads, free; NULL is allowed. */
void crew_stop(struct crew *crew);

/* Take an exchange in charge; false when too many wait already. */
bool crew_submit(struct crew *crew, struct exchange *ex);

#endif
