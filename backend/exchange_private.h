/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the exchange_*.c files. */
#ifndef GUICHET_BACKEND_EXCHANGE_PRIVATE_H
#define GUICHET_BACKEND_EXCHANGE_PRIVATE_H

#include "exchange.h"

#define BODY_MOST (64u << 10)
#define FILE_MOST (5u << 20)
#define ANSWER_MOST (8u << 20)

/* Checks of exchange_open(), in the order of the contract. */
bool headers_check(struct exchange *ex, struct err *err);

/* Say that the handler accepted: status, body, ETag, Location, Link. */
bool answer_write(struct exchange *ex, struct err *err);

/* What the writer does with it: see exchange_write.c. */
void exchange_read_traced(struct writer_job *job, struct db *db,
			  struct audit_head *head);
void exchange_write(struct writer_job *job, struct db *db,
		    struct audit_head *head);
void exchange_done(struct writer_job *job, const struct err *failed);

/* Who tried too often, as this login or at this workstation, waits: sets password
 * and retry_s of the request. */
bool exchange_find_lock(struct exchange *ex, struct err *err);

bool exchange_needs_password(const struct exchange *ex);
bool exchange_writes(const struct exchange *ex);

#endif
