/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened in a campaign, one JSON object a line, written by every process
 * of it and judged afterwards by check-history:
 *
 *	{"time":12.345678,"client":"desk-03","op":"ehic.create","key":"...",
 *	 "event":"invoke","about":"...","value":"..."}
 *
 * Members that say nothing are left out.  `about` is the file of an insured
 * person, `value` the identifier of what was made or changed. */
#ifndef GUICHET_TESTS_HISTORY_H
#define GUICHET_TESTS_HISTORY_H

#include <stdint.h>

enum event {
	/* Of a write: sent (again, with the same key); acknowledged; refused for
	 * good; nobody knows. */
	EVENT_INVOKE, EVENT_OK, EVENT_FAIL, EVENT_UNKNOWN,
	EVENT_READ,                     /* bytes of the file `about` came back */
	EVENT_AGENT,                    /* `client` belongs to the caisse `value` */
	EVENT_FILE,                     /* `about` belongs to the caisse `value` */
	EVENT_THING,                    /* in the end `value` is there, of the file
					 * `about`; `count` writes were done on it */
	EVENT_N
};

extern const char *const event_names[EVENT_N + 1];

struct event_row {
	enum event event;
	const char *client, *op, *key, *about, *value; /* NULL: nothing to say */
	int64_t count;                  /* EVENT_THING */
};

/* Where a campaign writes; several processes may have the same file open. */
struct history {
	int fd;                         /* -1: nothing is kept */
};

/* Start a new file; ends the program when it cannot. */
void history_open(struct history *history, const char *path);
void history_close(struct history *history);

/* Add one line, in one write, at the end of the file. */
void history_put(const struct history *history, const struct event_row *row);

#endif
