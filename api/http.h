/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One HTTP exchange at a time or many: the only door to the network.  Knows
 * nothing of operations; the client above decides what to send and again. */
#ifndef GUICHET_API_HTTP_H
#define GUICHET_API_HTTP_H

#include <guichet/api/client.h>
#include <guichet/base/buf.h>

struct http;

enum http_result {
	HTTP_ANSWERED,
	HTTP_UNREACHED,                 /* nothing was sent */
	HTTP_TIMED_OUT,                 /* sent: outcome unknown */
	HTTP_CUT,                       /* sent, perhaps in part: unknown */
	HTTP_UNTRUSTED,                 /* the server's certificate */
	HTTP_EXPIRED, HTTP_TOO_EARLY, HTTP_REVOKED,
	HTTP_OTHER_KEY,                 /* none of the pins */
	HTTP_NO_STATION,                /* our own certificate */
	HTTP_NO_TLS,                    /* no common protocol */
	HTTP_NO_AUTHORITY,              /* the file of authorities */
	HTTP_TOO_LONG,                  /* over reply_limit */
};

/* What the client looks at in an answer. */
struct http_answer {
	int status;
	char type[64];                  /* media type, no parameters */
	char etag[48];
	int retry_after_s;              /* -1: none */
	bool replayed;                  /* Idempotency-Replayed: true */
	bool is_headed;                 /* the headers came to their end */
	bool is_sized;                  /* they say where the body ends */
	struct buf body;
};

struct http_exchange {
	/* Asked; unchanged until done() or http_cancel(). */
	const char *method;
	const char *path;               /* with the query string */
	const char *const *headers;     /* "Name: value", ended by NULL; copied,
					 * wiped when the exchange ends */
	const char *body;               /* NULL: none */
	size_t body_size;
	bool fresh;                     /* on a connection of its own */
	int timeout_s;
	size_t reply_limit;
	void *self;
	void (*done)(struct http_exchange *exchange);
	/* Answered.  `sent` grows while it goes. */
	enum http_result result;
	struct http_answer answer;
	int64_t sent;
	/* Of http.c. */
	void *transfer;
};

/* Open a way to the server.  Nothing is loaded or sent before the first
 * exchange.  Errors: ERR_INVALID for the address. */
struct http *http_open(const struct api_setup *setup, struct err *err);
void http_close(struct http *http);

/* Start an exchange; done() is told from http_deliver(), and may free it. */
void http_start(struct http *http, struct http_exchange *exchange);

/* End an exchange without telling; harmless when it is not under way. */
void http_cancel(struct http *http, struct http_exchange *exchange);

/* See struct loop_peer. */
void http_wait(struct http *http, struct pollfd *fds, size_t count,
	       int timeout_ms);
void http_deliver(struct http *http);

/* Where a server is. */
struct http_address {
	char base[280];                 /* "https://host:port" */
	char socket[108];               /* "unix:": its path, else "" */
};

/* Read an address.  Errors: ERR_INVALID: not https, http to another machine. */
bool http_address_parse(const char *text, struct http_address *address,
			struct err *err);

#endif
