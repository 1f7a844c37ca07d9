/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "migrate.h"
#include "setting.h"
#include "sqlite.h"

#include <guichet/base/buf.h>
#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/log.h>

#include <stdio.h>
#include <string.h>

/* What the portable schema leaves to the engine, and how SQLite says it. */
static const struct { const char *portable, *here; } dialect[] = {
	{ "/* clustered */", "WITHOUT ROWID" },
	{ "BYTEA", "BLOB" },
	{ NULL, NULL },
};

int migration_newest(void)
{
	int newest = 0;

	for (const struct migration *step = migrations; step->sql; step++)
		newest = step->number;
	return newest;
}

bool migration_current(struct db *db, int64_t *number, struct err *err)
{
	struct db_stmt *stmt = db_query(db, err,
		"SELECT count(*) FROM sqlite_master WHERE type = 'table' "
		"AND name = 'migration'", "");
	bool there = stmt && db_next(stmt, err) && db_int(stmt, 0) > 0;

	if (!stmt)
		return false;
	db_done(stmt);
	*number = 0;
	if (!there)
		return true;
	stmt = db_query(db, err, "SELECT max(number) FROM migration", "");
	if (!db_next(stmt, err))
		return false;
	*number = db_int(stmt, 0);
	db_done(stmt);
	return true;
}

static void translate(const char *sql, struct buf *out)
{
	while (*sql) {
		size_t row = 0;

		while (dialect[row].portable &&
		       strncmp(sql, dialect[row].portable,
			       strlen(dialect[row].portable)) != 0)
			row++;
		if (dialect[row].portable) {
			buf_text(out, dialect[row].here);
			sql += strlen(dialect[row].portable);
		} else {
			buf_add(out, sql++, 1);
		}
	}
}

static bool apply(struct db *db, const struct migration *step, struct err *err)
{
	char number[16];
	struct buf sql;
	bool ok;

	buf_init(&sql, 1 << 20);
	translate(step->sql, &sql);
	ok = sqlite_script(db, buf_cstr(&sql), err) &&
		db_run(db, err, NULL,
		       "INSERT INTO migration (number, applied_at) VALUES ($1, $2)",
		       "ii", (int64_t)step->number, clock_now_ms());
	buf_fini(&sql);
	snprintf(number, sizeof(number), "%d", step->number);
	if (ok)
		log_event(LOG_INFO, "store.migrated", "number", number, NULL);
	return ok || err_wrap(err, _("migration %s"), number);
}

bool db_migrate(struct db *db, struct err *err)
{
	int64_t number;

	if (!db_begin(db, err))
		return false;
	if (!sqlite_script(db, "CREATE TABLE IF NOT EXISTS migration ("
			   "number BIGINT NOT NULL PRIMARY KEY, "
			   "applied_at BIGINT NOT NULL)", err) ||
	    !migration_current(db, &number, err))
		goto undo;
	for (const struct migration *step = migrations; step->sql; step++)
		if (step->number > number && !apply(db, step, err))
			goto undo;
	if (!setting_prepare(db, err))
		goto undo;
	return db_commit(db, err);
undo:
	db_rollback(db);
	return false;
}
