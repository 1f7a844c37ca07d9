/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real daemon, in a process of its own whose allocations can fail. */
#ifndef GUICHET_TESTS_NARROW_H
#define GUICHET_TESTS_NARROW_H

#include "torture.h"

struct narrow {
	struct desk desk;
	struct fail *fail;              /* shared with the daemon */
	char was[96];                   /* copy of the base as it was */
	char said[96];                  /* what the daemon says on standard error */
	long starts;
};

/* What became of a request. */
struct fate {
	int status;                     /* 0: no answer */
	bool ended;                     /* and the daemon is no more */
	struct buf body;
};

void narrow_open(struct narrow *narrow);

/* End the daemon; fails when a sanitizer has something to say. */
void narrow_close(struct narrow *narrow);

/* End it in the ordinary way, and start another. */
void narrow_restart(struct narrow *narrow);

/* Send the request.  A daemon that ends does so in good order: exit code 71 and
 * its last words; another is started.  Free with buf_fini(&fate->body). */
void narrow_ask(struct narrow *narrow, const struct sample *sample,
		struct fate *fate);

/* Undo what writes did to everything but contacts and sessions. */
void narrow_undo(const struct narrow *narrow);

#endif
