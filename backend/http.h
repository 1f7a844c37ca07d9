/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTTP side: libmicrohttpd on a socket we opened ourselves. */
#ifndef GUICHET_BACKEND_HTTP_H
#define GUICHET_BACKEND_HTTP_H

#include "server.h"

struct http;

/* TLS material as PEM text; cert NULL: plain HTTP. */
struct http_tls { char *cert, *key, *client_ca; };

/* Serve `server` on the listening socket `fd`, which is taken over, with
 * `threads` threads.  `tls` stays the caller's until http_stop(). */
struct http *http_serve(struct server *server, int fd, int threads,
			const struct http_tls *tls, struct err *err);

/* Cut the connections that take too long; every few seconds. */
void http_watch(struct http *http);

/* End; nothing may be away any more: libmicrohttpd aborts on a suspended
 * connection. */
void http_stop(struct http *http);

#endif
