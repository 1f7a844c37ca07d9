/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the headers that libmicrohttpd read to what we know of a request; their
 * form was judged before (head.h). */
#ifndef GUICHET_BACKEND_SCREEN_H
#define GUICHET_BACKEND_SCREEN_H

#include "exchange.h"

struct MHD_Connection;

/* Read the headers of `connection` into ex->asked.  Refuses with 400 an
 * address that is none of ours; the connection must then be closed. */
bool screen_headers(struct exchange *ex, struct MHD_Connection *connection,
		    const char *method, struct err *err);

/* Tell whether a raw path and query may be a request of ours. */
bool screen_uri(const char *path, const char *query);

#endif
