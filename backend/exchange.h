/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request and its answer, from the first header to the last byte.
 *
 * The steps run on up to three threads, never two at once: a thread of
 * libmicrohttpd checks and reads; the sign-in threads check passwords; the writer
 * does what changes the database and the audit row of what was read.  While
 * another thread has it, the connection is suspended. */
#ifndef GUICHET_BACKEND_EXCHANGE_H
#define GUICHET_BACKEND_EXCHANGE_H

#include "idempotency.h"
#include "req.h"
#include "writer.h"

#include <guichet/api/problem.h>

struct oidc_answer;
struct server;

enum exchange_stage {
	EXCHANGE_HEADERS,               /* nothing was looked at */
	EXCHANGE_BODY,                  /* accepted, the body is coming */
	EXCHANGE_DENIED,                /* refused; what is left of the body is
					 * dropped, then the trace is written */
	EXCHANGE_AWAY,                  /* another thread has it */
	EXCHANGE_ANSWERED,              /* `answer` is ready to leave */
};

struct answer {
	int status;
	const char *type;               /* of the body; NULL: no body */
	struct buf body;
	char etag[64], location[128], allow[48];
	char challenge[96];             /* WWW-Authenticate */
	char link[700];
	int64_t retry_s;
	bool replayed;
	bool patch_type;                /* tell Accept-Patch */
	bool close;
};

/* What came with the request, as HTTP gives it. */
struct asked {
	const char *method;
	const char *path, *query;       /* raw; query without its '?', or "" */
	const char *authorization, *contact, *key, *if_match, *if_none_match;
	const char *type, *accept, *traceparent, *desk;
	int64_t length;                 /* Content-Length, -1: not said */
};

struct exchange {
	struct writer_job job;          /* first: a job is its exchange */
	struct exchange *next;          /* in the queue of sign-ins */
	struct server *server;
	void *connection;               /* struct MHD_Connection */
	char *uri;                      /* owns path and query */
	struct asked asked;
	enum exchange_stage stage;
	int64_t started_ms;             /* monotonic */
	const struct route *route;
	struct req req;
	void *key, *body;               /* of op->query, op->body */
	struct rows rows;
	struct buf input;
	size_t input_most;
	bool input_over;
	int64_t seen_at;                /* of the session, before this request */
	char login[64];                 /* whose password is asked again */
	bool counted;                   /* in the figures, at its end */
	bool running;                   /* server_drain() waits for it */
	struct idempotency once;
	char trace[33], id[UUID_TEXT];
	struct oidc_answer *oidc;       /* owned */
	struct answer answer;
};

/* Make one for the raw `uri`, which is copied. */
struct exchange *exchange_new(struct server *server, const char *uri);
void exchange_free(struct exchange *ex);

/* Look at the request line and the headers.  False: `answer` refuses already; when
 * a right was denied (EXCHANGE_DENIED) exchange_run() has to write its trace.
 * When there is no body exchange_run() should follow at once: the transaction of
 * `reader` is left open for it. */
bool exchange_open(struct exchange *ex, struct db *reader);

/* Take a piece of the body.  False when the client must be cut. */
bool exchange_feed(struct exchange *ex, const char *data, size_t size);

/* The body is whole.  True: the answer is ready; false: another thread will
 * have to finish (exchange_leave() starts it). */
bool exchange_run(struct exchange *ex, struct db *reader);

/* Hand over to the other thread; the caller has suspended the connection. */
void exchange_leave(struct exchange *ex);

/* The work of the sign-in threads. */
void exchange_check_password(struct exchange *ex, struct db *reader);

/* Answer with a refusal. */
void exchange_refuse(struct exchange *ex, const struct err *err,
		     const struct codec_fault *faults, size_t fault_count);

#endif
