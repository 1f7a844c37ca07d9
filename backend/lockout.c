/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lockout.h"

#include <sodium.h>
#include <string.h>

void lockout_login(const char *login, unsigned char key[LOCKOUT_KEY_SIZE])
{
	crypto_hash_sha256(key, (const unsigned char *)login, strlen(login));
}

bool lockout_until(struct db *db, const unsigned char key[LOCKOUT_KEY_SIZE],
		   int64_t *retry_at, struct err *err)
{
	const struct db_blob who = { key, LOCKOUT_KEY_SIZE };
	struct err failed = { 0 };
	struct db_stmt *stmt = db_query(db, &failed,
		"SELECT retry_at FROM sign_in WHERE who = $1", "b", &who);

	*retry_at = 0;
	if (db_next(stmt, &failed)) {
		*retry_at = db_int(stmt, 0);
		db_done(stmt);
	}
	if (failed.code != ERR_NONE && err)
		*err = failed;
	return failed.code == ERR_NONE;
}

bool lockout_count(struct db *db, const unsigned char key[LOCKOUT_KEY_SIZE],
		   int64_t now_ms, struct err *err)
{
	const struct db_blob who = { key, LOCKOUT_KEY_SIZE };

	/* The tenth locks and starts the count again; old ones are forgiven. */
	return db_run(db, err, NULL,
		"INSERT INTO sign_in (who, failures, tried_at, retry_at) "
		"VALUES ($1, 1, $2, 0) ON CONFLICT (who) DO UPDATE SET "
		"failures = CASE WHEN sign_in.tried_at < $3 THEN 1 "
		"WHEN sign_in.failures >= $4 THEN 0 ELSE sign_in.failures + 1 END, "
		"retry_at = CASE WHEN sign_in.failures >= $4 "
		"AND sign_in.tried_at >= $3 THEN $5 ELSE 0 END, tried_at = $2",
		"biiii", &who, now_ms, now_ms - LOCKED_S * INT64_C(1000),
		(int64_t)(FAILURES_MOST - 1), now_ms + LOCKED_S * INT64_C(1000));
}

bool lockout_forgive(struct db *db, const unsigned char key[LOCKOUT_KEY_SIZE],
		     struct err *err)
{
	const struct db_blob who = { key, LOCKOUT_KEY_SIZE };

	return db_run(db, err, NULL, "DELETE FROM sign_in WHERE who = $1", "b", &who);
}
