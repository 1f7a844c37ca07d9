/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An agent at work: the client's own code, one act after the other, each written
 * to the history.  When nobody knows what became of a write it is sent again
 * under the same key, as a form does when the agent presses F10 again. */
#ifndef GUICHET_TESTS_WORKER_H
#define GUICHET_TESTS_WORKER_H

#include "history.h"
#include "site.h"

#include <guichet/api/client.h>
#include <guichet/api/ops.h>

#include <stdatomic.h>

struct worker {
	char login[32], token[64];
	char foreign[ID_TEXT];          /* a file of another caisse, or "" */
	const struct history *history;
	struct api *api;
	struct owner owner;
	uint64_t seed;
	bool waits;                     /* between tries as a desk does; else the
					 * pauses of the client take no time */
	long unknown;                   /* outcomes nobody knew at once */
	long done;                      /* writes acknowledged */
	int64_t slowest_ms;             /* from the first sending to an outcome */
	/* The last reply. */
	bool told, ok, replayed;
	int status;
	struct err err;
	struct rows rows;
	char etag[48];
};

/* Sign in at `server`, then work by way of `way`.  Ends the program when that
 * cannot be done. */
void worker_open(struct worker *worker, const char *login, const char *server,
		 const char *way, const struct history *history);

/* The same with a session that is open already. */
void worker_open_as(struct worker *worker, const char *login, const char *token,
		    const char *way, const struct history *history);
void worker_close(struct worker *worker);

/* Where replies are kept in the worker. */
struct api_sink worker_sink(struct worker *worker);

/* Call and wait for the reply; true when it is a success. */
bool worker_call(struct worker *worker, const struct api_request *request);

/* Do `write` about the file `about` until its outcome is known.  `value`: the
 * thing it changes, or NULL when the reply tells what it made.  True when it was
 * acknowledged; its thing goes to `made`, if not NULL. */
bool worker_write(struct worker *worker, struct api_request *write,
		  const char *about, const char *value, char made[ID_TEXT]);

/* The same under a key of the caller's. */
bool worker_write_as(struct worker *worker, struct api_request *write,
		     const char *about, const char *value, char made[ID_TEXT]);

/* Serve one person with the seven writes of the main job: open a contact, prove,
 * book, cancel, order a European card, report a Vitale card lost, close. */
void worker_serve(struct worker *worker, const char *insured_id);

/* The first two of them; false when they were not both done. */
bool worker_receive(struct worker *worker, const char *insured_id,
		    char contact[ID_TEXT]);

#define CREW_LOGINS 8

/* Several agents at once, each in a process of its own, serving `files`. */
struct crew {
	const struct site *site;
	const struct history *history;
	const char *way;                /* server as the client takes it */
	int size;
	int rounds;                     /* people served by each; 0: without end */
	const _Atomic long *until;      /* NULL, or end when it is `enough` */
	long enough;
	bool waits;
	uint64_t seed;
	char tokens[CREW_LOGINS][64];
	pid_t pids[64];
	struct crew_shared *shared;
};

struct crew_shared {
	_Atomic int stop;
	_Atomic long writes, unknown;   /* acknowledged; once unknown */
	_Atomic long slowest_ms;
};

/* Start them; returns once all have signed in.  Ends the program when one cannot. */
void crew_start(struct crew *crew);

/* Wait until they have served everybody; false when one failed. */
bool crew_wait(struct crew *crew);

/* Tell them to end with the person they serve, and wait. */
bool crew_stop(struct crew *crew);

/* The logins of the caisse under test, who are at a counter. */
const char *crew_login(int number);

#endif
