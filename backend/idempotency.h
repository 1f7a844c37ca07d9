/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One effect for one key, whatever the network does (IETF httpapi draft,
 * Idempotency-Key): the answer is recorded in the transaction of the effect. */
#ifndef GUICHET_BACKEND_IDEMPOTENCY_H
#define GUICHET_BACKEND_IDEMPOTENCY_H

#include <guichet/base/buf.h>
#include "store/db.h"

#define IDEMPOTENCY_KEY_SIZE 256
#define IDEMPOTENCY_KEPT_MS (7 * INT64_C(86400000)) /* a draft survives a week-end */

/* Who asks what, under which key. */
struct idempotency {
	int64_t caisse, agent_id;
	const char *method, *path;
	char key[IDEMPOTENCY_KEY_SIZE]; /* "": none */
	unsigned char fingerprint[32];  /* SHA-256 of the body */
};

struct idempotency_answer {
	int status;
	char etag[64], location[128];
	struct buf *body;
};

/* Read the header: a quoted string of 16 to 255 visible ASCII characters. */
bool idempotency_parse(const char *header, char key[IDEMPOTENCY_KEY_SIZE]);

/* Set the fingerprint of a body. */
void idempotency_print(struct idempotency *about, const void *body, size_t size);

enum idempotency_found { IDEMPOTENCY_NEW, IDEMPOTENCY_SAME, IDEMPOTENCY_OTHER,
	IDEMPOTENCY_FAILED };

/* Look for a record: none, one of the same body (then `answer` is filled), one of
 * another body; FAILED with `err` when the store cannot tell. */
enum idempotency_found idempotency_find(struct db *db,
	const struct idempotency *about, struct idempotency_answer *answer,
	struct err *err);

bool idempotency_record(struct db *db, const struct idempotency *about,
			const struct idempotency_answer *answer, int64_t now_ms,
			struct err *err);

/* Forget what is older than IDEMPOTENCY_KEPT_MS. */
bool idempotency_purge(struct db *db, int64_t now_ms, struct err *err);

#endif
