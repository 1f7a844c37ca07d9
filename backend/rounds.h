/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the daemon does from time to time, beside the requests. */
#ifndef GUICHET_BACKEND_ROUNDS_H
#define GUICHET_BACKEND_ROUNDS_H

#include "server.h"
#include "witness.h"

struct rounds {
	struct server *server;
	struct witness *witness;
	int64_t tidied_ms;              /* monotonic */
	int64_t day;                    /* of the last word to the witness */
	bool untold;                    /* it could not be told */
	unsigned shortages;             /* of memory, told to the log */
};

/* Tell the witness the heads of the trace as they are now. */
void rounds_tell(struct rounds *rounds);

/* Do what is due; every second. */
void rounds_make(struct rounds *rounds);

#endif
