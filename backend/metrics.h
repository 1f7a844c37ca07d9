/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures for Prometheus, on a listener of their own.  Labels are operations of
 * the contract and classes of status: nothing that comes from a request. */
#ifndef GUICHET_BACKEND_METRICS_H
#define GUICHET_BACKEND_METRICS_H

#include <guichet/base/buf.h>

#include "server.h"

struct metrics;

/* Serve GET /metrics on the listening socket `fd`, which is taken over. */
struct metrics *metrics_start(struct server *server, int fd, struct err *err);
void metrics_stop(struct metrics *metrics);

/* Write the figures in the text format of Prometheus. */
bool metrics_write(struct server *server, struct buf *out);

#endif
