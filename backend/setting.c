/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "setting.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const char select_value[] = "SELECT value FROM setting WHERE name = $1";

bool setting_number(struct db *db, const char *name, int64_t otherwise,
		    int64_t *number, struct err *err)
{
	struct err failed = { 0 };
	struct db_stmt *stmt = db_query(db, &failed, select_value, "t", name);
	char *end;

	*number = otherwise;
	if (db_next(stmt, &failed)) {
		const char *text = db_text(stmt, 0);

		errno = 0;
		*number = strtoll(text, &end, 10);
		if (errno || *end || end == text)
			*number = otherwise;
		db_done(stmt);
	}
	if (failed.code != ERR_NONE && err)
		*err = failed;
	return failed.code == ERR_NONE;
}

bool setting_key(struct db *db, const char *name,
		 unsigned char key[SETTING_KEY_SIZE], struct err *err)
{
	struct err failed = { 0 };
	struct db_stmt *stmt = db_query(db, &failed, select_value, "t", name);
	size_t size = 0;

	if (db_next(stmt, &failed)) {
		const char *hex = db_text(stmt, 0);

		if (sodium_hex2bin(key, SETTING_KEY_SIZE, hex, strlen(hex), NULL,
				   &size, NULL) != 0)
			size = 0;
		db_done(stmt);
	}
	if (failed.code == ERR_NONE && size != SETTING_KEY_SIZE)
		err_set(&failed, ERR_SYSTEM, _("la base n'a pas sa clé de signature"));
	if (failed.code != ERR_NONE && err)
		*err = failed;
	return failed.code == ERR_NONE;
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
