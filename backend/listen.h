/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where requests come in. */
#ifndef GUICHET_BACKEND_LISTEN_H
#define GUICHET_BACKEND_LISTEN_H

#include <guichet/base/err.h>

/*
 * Open a listening socket on "unix:PATH" (only its owner may connect) or
 * "HOST:PORT" ("127.0.0.1:8443", "[::1]:8443").  Without `tls` an address that
 * is not of this machine alone is refused.  Returns the socket, or -1.  Errors:
 * ERR_INVALID, ERR_CONFLICT when somebody listens there, ERR_SYSTEM.
 */
int listen_open(const char *where, bool tls, struct err *err);

/* Remove the file of a Unix socket. */
void listen_forget(const char *where);

#endif
