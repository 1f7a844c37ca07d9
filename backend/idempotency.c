/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "idempotency.h"

#include <sodium.h>
#include <string.h>

#define KEY_LEAST 16
#define KEY_MOST 255

bool idempotency_parse(const char *header, char key[IDEMPOTENCY_KEY_SIZE])
{
	size_t size = strlen(header);

	if (size < KEY_LEAST + 2 || size > KEY_MOST + 2 ||
	    header[0] != '"' || header[size - 1] != '"')
		return false;
	for (size_t i = 1; i < size - 1; i++) {
		unsigned char c = (unsigned char)header[i];

		/* RFC 8941 would escape these two; no key needs them. */
		if (c <= 0x20 || c >= 0x7F || c == '"' || c == '\\')
			return false;
	}
	memcpy(key, header + 1, size - 2);
	key[size - 2] = '\0';
	return true;
}

void idempotency_print(struct idempotency *about, const void *body, size_t size)
{
	crypto_hash_sha256(about->fingerprint, body, size);
}

enum idempotency_found idempotency_find(struct db *db,
	const struct idempotency *about, struct idempotency_answer *answer,
	struct err *err)
{
	enum idempotency_found found = IDEMPOTENCY_OTHER;
	struct err failed = { 0 };
	struct db_blob print;
	struct db_stmt *stmt = db_query(db, &failed,
		"SELECT fingerprint, status, etag, location, body FROM idempotency "
		"WHERE caisse = $1 AND agent_id = $2 AND key = $3 AND method = $4 "
		"AND path = $5", "iittt", about->caisse, about->agent_id,
		about->key, about->method, about->path);

	if (!db_next(stmt, &failed)) {
		if (failed.code == ERR_NONE)
			return IDEMPOTENCY_NEW;
		*err = failed;
		return IDEMPOTENCY_FAILED;
	}
	print = db_bytes(stmt, 0);
	if (print.size == sizeof(about->fingerprint) &&
	    memcmp(print.data, about->fingerprint, print.size) == 0) {
		found = IDEMPOTENCY_SAME;
		answer->status = (int)db_int(stmt, 1);
		buf_empty(answer->body);
		if (!db_copy(stmt, 2, answer->etag, sizeof(answer->etag), err) ||
		    !db_copy(stmt, 3, answer->location, sizeof(answer->location),
			     err) ||
		    !buf_text(answer->body, db_text(stmt, 4)))
			found = IDEMPOTENCY_FAILED;
	}
	db_done(stmt);
	return found;
}

bool idempotency_record(struct db *db, const struct idempotency *about,
			const struct idempotency_answer *answer, int64_t now_ms,
			struct err *err)
{
	struct db_blob print = { about->fingerprint, sizeof(about->fingerprint) };

	return db_run(db, err, NULL,
		"INSERT INTO idempotency (caisse, agent_id, method, path, key, "
		"fingerprint, status, etag, location, body, created_at) "
		"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
		"iitttbittti", about->caisse, about->agent_id, about->method,
		about->path, about->key, &print, (int64_t)answer->status,
		answer->etag, answer->location, buf_cstr(answer->body), now_ms);
}

bool idempotency_purge(struct db *db, int64_t now_ms, struct err *err)
{
	return db_run(db, err, NULL,
		"DELETE FROM idempotency WHERE created_at < $1",
		"i", now_ms - IDEMPOTENCY_KEPT_MS);
}
