/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What libmicrohttpd lets through and we do not. */
#ifndef GUICHET_BACKEND_SCREEN_H
#define GUICHET_BACKEND_SCREEN_H

#include "exchange.h"

struct MHD_Connection;

/* Read the headers of `connection` into ex->asked.  Refuses 400 what has two
 * readings, 414 what is too long; the connection must then be closed. */
bool screen_headers(struct exchange *ex, struct MHD_Connection *connection,
		    const char *method, const char *version, struct err *err);

/* Tell whether a raw path and query may be a request of ours. */
bool screen_uri(const char *path, const char *query);

#endif
