/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server that wants to harm the terminal: answers that the codecs accept, made
 * of what they let pass and of what they must clean. */
#ifndef GUICHET_TESTS_HOSTILE_H
#define GUICHET_TESTS_HOSTILE_H

#include "backend/seed/rng.h"

#include <guichet/api/op.h>

/* Write an answer to `op`, or a problem. */
void hostile_answer(struct rng *rng, const struct api_op *op, struct buf *out);
void hostile_problem(struct rng *rng, struct buf *out);

/* A text of at most `most` bytes of UTF-8 (less than 200), as the server or the
 * clipboard may hold it.  Zero-free. */
void hostile_text(struct rng *rng, char out[200], size_t most);

#endif
