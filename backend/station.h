/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which workstation a request comes from.  With a client certificate nobody else
 * can say so; without one the desk is what the client declares. */
#ifndef GUICHET_BACKEND_STATION_H
#define GUICHET_BACKEND_STATION_H

#include "exchange.h"

struct MHD_Connection;

/* Write the print a session is bound to: of the certificate (`size` bytes of DER,
 * 0: none), else of the kind of connection (AF_UNIX or not) and of the declared
 * desk (NULL: none). */
void station_print(const void *certificate, size_t size, int family,
		   const char *desk, unsigned char print[STATION_SIZE]);

/* Fill station and origin of ex->req from its connection.  Bad passwords count
 * against the origin: the certificate, else the peer's address (of a Unix socket:
 * its user) with the declared desk. */
void station_find(struct exchange *ex, struct MHD_Connection *connection);

#endif
