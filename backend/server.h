/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the threads of one daemon share. */
#ifndef GUICHET_BACKEND_SERVER_H
#define GUICHET_BACKEND_SERVER_H

#include "exchange.h"
#include "quota.h"

#include <pthread.h>
#include <stdatomic.h>

struct oidc;
struct oidc_config;
struct press;
struct sign_ins;

#define FIGURES_MAX 64

/* What was answered, of one row of the routes. */
struct op_figures { atomic_llong by_class[6], ms; };

struct server {
	const char *database;           /* where it is */
	const struct route *routes;
	int64_t idle_s;                 /* that ends a session */
	bool despite_broken_trace;      /* serve, and say so in the log */
	const struct oidc_config *oidc_config; /* NULL: none */
	int session_rate;               /* requests a second of each, 0: any */
	struct quota quota;
	struct writer *writer;
	struct sign_ins *sign_ins;
	struct oidc *oidc;              /* NULL: no identity provider */
	struct press *press;            /* NULL: papers are drawn here */
	struct op_figures figures[FIGURES_MAX];
	struct writer_job tidy;
	atomic_bool tidying;
	pthread_key_t reader;           /* struct db of each thread that reads */
	atomic_bool draining;
	pthread_mutex_t gate;           /* of what follows */
	pthread_cond_t quiet;           /* told when one of them falls to 0 */
	int running;                    /* requests accepted, not yet sent */
	int away;                       /* of those, on another thread */
	bool closed;                    /* none may go away any more */
	/* Take the exchange up again where it was suspended. */
	void (*resume)(struct exchange *ex);
};

/* Open what requests need: connections, writer, sign-in threads. */
bool server_open(struct server *server, const char *database, struct err *err);

/* Count requests in and out. */
void server_entered(struct server *server);
void server_left(struct server *server);

/* Let a request go to another thread and come back; false once it is closed. */
bool server_go_away(struct server *server);
void server_came_back(struct server *server);

/* Wait until no request runs, for `wait_ms` at most. */
void server_drain(struct server *server, int wait_ms);

/* Finish what is away, let nothing go away any more, end the threads and close
 * the writing connection.  False when a write may not be durable. */
bool server_close(struct server *server, struct err *err);

/* Count an answered request. */
void server_count(struct server *server, const struct exchange *ex);

/* Have the writer remove rows that no longer say anything; from time to time. */
void server_tidy(struct server *server);

/* The reading connection of this thread, or NULL when it cannot be opened. */
struct db *server_reader(struct server *server, struct err *err);

/* The threads that check passwords: two, since each takes 64 MiB and a tenth of
 * a second.  sign_ins_submit() is false when too many wait already. */
struct sign_ins *sign_ins_start(struct server *server, struct err *err);
void sign_ins_stop(struct sign_ins *sign_ins);
bool sign_ins_submit(struct sign_ins *sign_ins, struct exchange *ex);


#endif
