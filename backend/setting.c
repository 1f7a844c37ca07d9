/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "setting.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const char select_value[] = "SELECT value FROM setting WHERE name = $1";

int64_t setting_number(struct db *db, const char *name, int64_t otherwise)
{
	struct db_stmt *stmt = db_query(db, NULL, select_value, "t", name);
	int64_t number = otherwise;
	char *end;

	if (!db_next(stmt, NULL))
		return otherwise;
	errno = 0;
	number = strtoll(db_text(stmt, 0), &end, 10);
	if (errno || *end || end == db_text(stmt, 0))
		number = otherwise;
	db_done(stmt);
	return number;
}

bool setting_key(struct db *db, const char *name,
		 unsigned char key[SETTING_KEY_SIZE], struct err *err)
{
	struct db_stmt *stmt = db_query(db, err, select_value, "t", name);
	size_t size = 0;

	if (db_next(stmt, err)) {
		const char *hex = db_text(stmt, 0);

		if (sodium_hex2bin(key, SETTING_KEY_SIZE, hex, strlen(hex), NULL,
				   &size, NULL) != 0)
			size = 0;
		db_done(stmt);
	}
	return size == SETTING_KEY_SIZE ||
		err_set(err, ERR_SYSTEM, _("la base n'a pas sa clé de signature"));
}

bool setting_prepare(struct db *db, struct err *err)
{
	static const char *const names[] = { "cursor.key", "draft.key", NULL };
	unsigned char key[SETTING_KEY_SIZE];
	char hex[2 * SETTING_KEY_SIZE + 1];
	bool ok = true;

	for (int i = 0; ok && names[i]; i++) {
		random_bytes(key, sizeof(key));
		sodium_bin2hex(hex, sizeof(hex), key, sizeof(key));
		ok = db_run(db, err, NULL,
			"INSERT INTO setting (name, value) VALUES ($1, $2) "
			"ON CONFLICT DO NOTHING", "tt", names[i], hex);
	}
	sodium_memzero(key, sizeof(key));
	sodium_memzero(hex, sizeof(hex));
	return ok;
}
