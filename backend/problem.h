/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Refusals as RFC 9457 says them. */
#ifndef GUICHET_BACKEND_PROBLEM_H
#define GUICHET_BACKEND_PROBLEM_H

#include <guichet/api/op.h>
#include <guichet/api/problem.h>

/* The HTTP status of `err`: its own, or the one of its code. */
int problem_status(const struct err *err);

/* Fill `problem` from `err`; `op` (may be NULL) gives the titles of its rules. */
void problem_fill(struct problem *problem, const struct api_op *op,
		  const struct err *err);

/* Write it, with the members of `extra` (may be NULL) added. */
bool problem_write(const struct problem *problem, const struct codec *extra_codec,
		   const void *extra, struct buf *out);

#endif
