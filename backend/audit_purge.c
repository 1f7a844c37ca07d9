/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Traces are kept for a time and no longer (CNIL 2021-122): old days lose their
 * rows and keep the hash that ended them. */
#include "audit.h"

#include <guichet/base/date.h>
#include <guichet/base/intl.h>

#include <string.h>

#define DAYS_AT_ONCE 7

struct end { int64_t day, seq; };

/* The last of the next days to purge: ended before `until`, the first of them and
 * at most a week on. */
static bool find_end(struct db *db, int64_t caisse, int64_t until, struct end *end,
		     struct err *err)
{
	struct err failed = { 0 };
	struct db_stmt *stmt = db_query(db, &failed, "SELECT day, last_seq "
		"FROM audit_day WHERE caisse = $1 AND purged = 0 AND day < $2 "
		"AND last_seq > 0 ORDER BY day LIMIT $3", "iii", caisse, until,
		(int64_t)DAYS_AT_ONCE);

	memset(end, 0, sizeof(*end));
	while (db_next(stmt, &failed)) {
		end->day = db_int(stmt, 0);
		end->seq = db_int(stmt, 1);
	}
	if (failed.code != ERR_NONE && err)
		*err = failed;
	return failed.code == ERR_NONE;
}

/* The row that says so first: it turns the day if need be, and is kept. */
static bool drop(struct db *db, int64_t caisse, const struct end *end,
		 int64_t now_ms, struct audit_purged *purged, struct err *err)
{
	struct audit_head head = { 0 };
	char iso[DATE_TEXT];
	const struct audit_row row = {
		.caisse = caisse, .at = now_ms, .operation = AUDIT_PURGE,
		.object = iso, .trace = "", .status = 200,
	};
	int64_t rows = 0, days = 0;

	date_to_iso(date_from_days(end->day), iso);
	if (!audit_append(db, &head, &row, err) ||
	    !db_run(db, err, &rows, "DELETE FROM audit WHERE caisse = $1 "
		    "AND seq <= $2", "ii", caisse, end->seq) ||
	    !db_run(db, err, &days, "UPDATE audit_day SET purged = 1 "
		    "WHERE caisse = $1 AND day <= $2 AND purged = 0", "ii",
		    caisse, end->day))
		return false;
	purged->rows += rows;
	purged->days += days;
	return true;
}

static bool purge_caisse(struct db *db, int64_t caisse, int64_t until,
			 int64_t now_ms, struct audit_purged *purged,
			 struct err *err)
{
	struct end end;

	for (;;) {
		if (!db_begin(db, err))
			return false;
		if (!find_end(db, caisse, until, &end, err))
			break;
		if (end.day == 0) {
			db_rollback(db);
			return true;
		}
		if (!drop(db, caisse, &end, now_ms, purged, err) ||
		    !db_commit(db, err))
			break;
	}
	db_rollback(db);
	return false;
}

/* The day going on may be as old as the others, in a caisse where nothing happened
 * since: a first row of today ends it. */
static bool end_old_day(struct db *db, int64_t caisse, int64_t until,
			int64_t now_ms, struct err *err)
{
	struct audit_head head = { .caisse = caisse };
	const struct audit_row row = {
		.caisse = caisse, .at = now_ms, .operation = "audit.day",
		.object = "", .trace = "", .status = 200,
	};

	if (!audit_head_load(db, &head, err))
		return false;
	if (head.day >= until)
		return true;
	if (!db_begin(db, err))
		return false;
	if (audit_append(db, &head, &row, err))
		return db_commit(db, err);
	db_rollback(db);
	return false;
}

bool audit_purge(struct db *db, int64_t now_ms, int months,
		 struct audit_purged *purged, struct err *err)
{
	int64_t today = now_ms / AUDIT_DAY_MS, caisse = INT64_MIN;
	int64_t until = date_to_days(date_add_months(date_from_days(today), -months));
	bool more;

	memset(purged, 0, sizeof(*purged));
	if (months < AUDIT_MONTHS_LEAST || months > AUDIT_MONTHS_MOST)
		return err_set(err, ERR_INVALID,
			_("la trace se garde de %d à %d mois"),
			AUDIT_MONTHS_LEAST, AUDIT_MONTHS_MOST);
	for (;;) {
		if (!audit_next_caisse(db, &caisse, &more, err))
			return false;
		if (!more)
			return true;
		if (!end_old_day(db, caisse, until, now_ms, err) ||
		    !purge_caisse(db, caisse, until, now_ms, purged, err))
			return false;
	}
}
