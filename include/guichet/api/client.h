/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls to the server.  One thread: replies are delivered by the main loop,
 * never from inside api_call(), and never after their owner is released. */
#ifndef GUICHET_API_CLIENT_H
#define GUICHET_API_CLIENT_H

#include <guichet/api/op.h>
#include <guichet/base/loop.h>
#include <guichet/base/owner.h>

struct api;

struct api_setup {
	const char *server;             /* "https://host:port", "unix:/path",
					 * "http://127.0.0.1:port" */
	const char *ca_file;            /* PEM of the accepted authorities */
	const char *crl_file;           /* PEM of revoked certificates, or NULL:
					 * then one for each authority */
	const char *cert_file, *key_file; /* of this station (PEM), or NULL; the
					 * key readable by its owner alone */
	const char *pins;               /* "sha256//BASE64", or two and a ';'
					 * between: the server's public key has
					 * to be one of them; or NULL */
	const char *desk;               /* "3": declared with each call, or NULL */
	int connect_timeout_s;          /* 1..60 */
	int timeout_s;                  /* whole request, 1..120 */
};

/* What came back.  Rows belong to the reply: rows_move() takes them. */
struct api_reply {
	bool ok;
	int status;                     /* 0 when there was no answer */
	bool replayed;                  /* the server had done it already */
	bool unknown;                   /* a write that may have been done or not:
					 * the same key tells, and does no more */
	char key[68];                   /* of a write; "" for the others */
	struct err err;                 /* when !ok; fit for the agent */
	struct rows rows;               /* of op->reply; exactly 1 unless API_LIST */
	char etag[48];                  /* "" when there is none */
	char cursor[256];               /* next page of a list, or "" */
	void *envelope;                 /* of op->envelope, or NULL */
	struct buf raw;                 /* API_RAW_REPLY; also the problem's own
					 * JSON members when !ok */
};

struct api_sink {
	void *self;
	void (*done)(void *self, struct api_reply *reply);
	/* Progress of an upload, bytes; may be NULL. */
	void (*progress)(void *self, int64_t sent, int64_t total);
	/* A write whose outcome is unknown is about to go again; may be NULL. */
	void (*unsure)(void *self);
};

struct api_request {
	const struct api_op *op;
	const void *query;              /* of op->query; copied */
	const void *body;               /* of op->body; copied */
	const char *key;                /* API_KEYED: 16..64 visible characters;
					 * the same on every retry of one act */
	const char *etag;               /* API_IF_MATCH */
	const char *contact;            /* Guichet-Contact, or NULL */
	const char *file;               /* API_RAW_BODY: path read at once, at
					 * most 5 MiB */
};

/* Open a client.  Nothing is sent and TLS is not loaded before the first call.
 * Errors: ERR_INVALID (server address; http to another host than loopback). */
struct api *api_open(const struct api_setup *setup, struct err *err);
void api_close(struct api *api);

/* What the loop waits on. */
struct loop_peer api_peer(struct api *api);

/* Use `token` from now on (copied to locked memory); NULL forgets it. */
void api_set_token(struct api *api, const char *token);

/* Told once when a call gets 401: calls of reads wait until api_set_token() and
 * are replayed, or until api_give_up() ends them with ERR_DENIED. */
void api_on_signed_out(struct api *api, void (*told)(void *self), void *self);
void api_give_up(struct api *api);

/*
 * Start a call for `owner`; never blocks; the request is copied before it
 * returns.  `sink` is told once, or not at all if the owner is gone.
 *
 * `slot`: 0, or a small number of the owner's choice.  A new read in a slot
 * cancels the one before it; a new write is refused (false) while one is running.
 * Reads are cancelled with their owner.  Writes are not: they finish detached,
 * and `detached` (see api_on_detached) is told instead of the sink.
 *
 * A write whose outcome is unknown is sent again with the same key, at most 3
 * times with growing pauses, on a fresh connection each time; safe methods too;
 * Retry-After is honoured up to 30 s.  Errors: ERR_TIMEOUT, ERR_NETWORK,
 * ERR_DENIED, ERR_CONFLICT, ERR_INVALID, ERR_NOT_FOUND, ERR_PROTOCOL.
 */
bool api_call(struct api *api, struct owner *owner, int slot,
	      const struct api_request *request, struct api_sink sink);

/*
 * Write a keyed request down so that api_again() can send it whatever becomes of
 * this process: "OP\nPATH\nKEY\nETAG\nCONTACT\nBODY".  It says all of a person that
 * the request says.  False when it does not go out, or `out` is too small.
 */
bool api_write_down(const struct api_request *request, struct buf *out);

/* Send what was written down, under its key.  False, and nothing sent, for what
 * api_write_down() does not write. */
bool api_again(struct api *api, struct owner *owner, int slot, const char *text,
	       struct api_sink sink);

/* Told when a write ends whose owner is gone. */
void api_on_detached(struct api *api,
		     void (*told)(void *self, const struct api_op *op,
				  const struct api_reply *reply), void *self);

/* How many writes are still under way: leaving the program waits for them.  A
 * sign-in lodges nothing and is not counted. */
int api_writes_pending(const struct api *api);

/* Decode the body of a problem (JSON members) beyond code, title and detail into
 * a struct, e.g. the free slots of slot.taken. */
bool api_problem_decode(const struct api_reply *reply, const struct codec *codec,
			void *value, struct err *err);

#endif
