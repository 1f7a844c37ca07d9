/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands between the socket and libmicrohttpd, which is lenient: it is given
 * whole heads only, each judged by head.h, and the bodies they announce.  In the
 * place of a head that is refused it is given one of ours, whose answer is the
 * refusal and after which the connection ends. */
#ifndef GUICHET_BACKEND_INTAKE_H
#define GUICHET_BACKEND_INTAKE_H

#include "head.h"
#include "watch.h"

#include <guichet/base/err.h>

/* One connection. */
struct intake {
	int fd;
	bool tls;
	struct watch *watch;
	struct watched *watched;
	struct head head;               /* of the request that is coming */
	int64_t body_left;              /* of the one before it */
	char *held;                     /* what cannot be given yet, or not all */
	size_t held_size, held_ready;
	unsigned passed, asked;         /* heads: given, seen by the server */
	int refusal;                    /* status; 0: none */
};

/* Follow the connection on `fd`; false when there are too many. */
bool intake_open(struct intake *intake, int fd, bool tls, struct watch *watch);

/* Before the socket is closed. */
void intake_close(struct intake *intake);

/* The server was given one request with the raw `uri`.  False with a refusal when
 * it was refused here, or was never seen here. */
bool intake_admit(struct intake *intake, const char *uri, struct err *err);

/* The request is over: tell how the connection waits for the next. */
void intake_next(struct intake *intake);

#endif
