/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long each connection may take.  libmicrohttpd only limits silence: a
 * request dripped byte by byte would hold its connection for ever. */
#ifndef GUICHET_BACKEND_WATCH_H
#define GUICHET_BACKEND_WATCH_H

#include <pthread.h>
#include <stdint.h>

enum watch_stage {
	WATCH_NEW,                      /* no byte of a first request yet: 10 s */
	WATCH_IDLE,                     /* none of the next one: 60 s */
	WATCH_RECEIVING,                /* a byte came: 10 s for the rest */
	WATCH_WORKING,                  /* our turn: no limit here */
	WATCH_ANSWERING,                /* the answer leaves: 60 s */
};

struct watched {
	struct watched *next, *prev;
	int fd;
	enum watch_stage stage;
	int64_t since_ms;               /* monotonic */
};

/* The connections of one server; `all` is the head of a ring. */
struct watch {
	pthread_mutex_t lock;
	struct watched all;
};

void watch_init(struct watch *watch);

/* Every connection must have been forgotten. */
void watch_fini(struct watch *watch);

/* Follow a new connection until watch_forget(), which comes before its socket is
 * closed. */
struct watched *watch_add(struct watch *watch, int fd, int64_t now_ms);
void watch_forget(struct watch *watch, struct watched *one);

/* Note that a connection is at another stage since now. */
void watch_stage(struct watch *watch, struct watched *one, enum watch_stage stage,
		 int64_t now_ms);

/* The same when a request begins: what is ahead of its turn changes nothing. */
void watch_began(struct watch *watch, struct watched *one, int64_t now_ms);

/* Cut those that took too long; returns how many. */
int watch_cut(struct watch *watch, int64_t now_ms);

#endif
