/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The query string of a request, read into the struct of op->query. */
#ifndef GUICHET_BACKEND_QUERY_H
#define GUICHET_BACKEND_QUERY_H

#include <guichet/api/op.h>

/* Read raw `text` ("a=b&c=d") into `key`.  Unknown, repeated, ill-formed and
 * missing members are refused with ERR_INVALID, err->field set. */
bool query_read(const struct api_op *op, const char *text, void *key,
		struct err *err);

#endif
