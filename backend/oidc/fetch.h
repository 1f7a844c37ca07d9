/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls of guichetd to the identity provider: the only ones it ever makes. */
#ifndef GUICHET_BACKEND_OIDC_FETCH_H
#define GUICHET_BACKEND_OIDC_FETCH_H

#include "oidc/config.h"

#include <guichet/base/buf.h>

#define FETCH_MOST (256u << 10)         /* bytes of an answer */

struct fetch;

struct fetch_pair { const char *name, *value; }; /* ended by a NULL name */

/* Make one for the calling thread. */
struct fetch *fetch_new(const struct oidc_config *config);
void fetch_free(struct fetch *fetch);

/* GET `url`, or POST `form` (a form; NULL: GET) to it as the client of the
 * configuration.  At most 10 s; no proxy, no redirect, the authority of the
 * configuration alone.  `out` (made for FETCH_MOST) gets the body, *status the
 * HTTP status.  False when there was no answer: ERR_NETWORK. */
bool fetch_run(struct fetch *fetch, const char *url, const struct fetch_pair *form,
	       struct buf *out, long *status, struct err *err);

#endif
