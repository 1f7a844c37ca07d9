/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which operation a request names. */
#ifndef GUICHET_BACKEND_ROUTE_H
#define GUICHET_BACKEND_ROUTE_H

#include "req.h"

struct route_found {
	const struct route *route;      /* NULL: none of that path and method */
	void *key;                      /* of op->query, the path's members set; the
					 * caller frees it */
	unsigned allowed;               /* methods of that path: 1 << enum */
};

/* Look in `table`, in its order, for raw `path` and `method` (HEAD is GET). */
void route_find(const struct route *table, const char *path, const char *method,
		struct route_found *found);

/* Write the Allow header: "GET, HEAD, POST". */
void route_allow(unsigned allowed, char *out, size_t out_size);

#endif
