/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the chains again: every row against the one before it, every day on
 * record against the row that ends it. */
#include "audit.h"

#include <guichet/base/date.h>
#include <guichet/base/intl.h>

#include <string.h>

/* Columns of the rows read here. */
enum { SEQ, AT, AGENT, OFFICE, CONTACT, FILE_ID, STATUS, OPERATION, OBJECT,
	TRACE, HASH };

struct day {
	int64_t day, last_seq;          /* last_seq is 0 when it goes on */
	bool purged;
	unsigned char head[AUDIT_HASH_SIZE];
};

/* One chain while it is read. */
struct chain {
	struct db *db;
	struct audit_report *report;
	int64_t caisse, seq;            /* of the last row that held */
	unsigned char hash[AUDIT_HASH_SIZE];
	struct db_stmt *days;
	struct day day;                 /* of that row; day 0: none */
	bool in_day;                    /* a row of that day was read */
	int64_t purged_day;             /* the last one without rows, or 0 */
	bool purge_told;                /* by a row of the chain */
};

static bool broken(struct chain *chain, int64_t seq, struct err *err)
{
	chain->report->bad_caisse = chain->caisse;
	chain->report->bad_seq = seq;
	return err_word(err, ERR_INVALID, AUDIT_BROKEN,
		_("la trace de la caisse %05d est rompue à la ligne %lld"),
		(int)chain->caisse, (long long)seq);
}

static bool copy_hash(struct db_stmt *stmt, int column,
		      unsigned char hash[AUDIT_HASH_SIZE])
{
	struct db_blob bytes = db_bytes(stmt, column);

	if (bytes.size != AUDIT_HASH_SIZE)
		return false;
	memcpy(hash, bytes.data, AUDIT_HASH_SIZE);
	return true;
}

/* Read the next day on record; false when there is none, or err->code is set. */
static bool next_day(struct chain *chain, struct err *err)
{
	struct day *day = &chain->day;
	int64_t ended = day->last_seq;
	bool first = day->day == 0, was_purged = day->purged;

	if (!db_next(chain->days, err))
		return false;
	day->day = db_int(chain->days, 0);
	day->last_seq = db_int(chain->days, 1);
	day->purged = db_int(chain->days, 2) != 0;
	if (day->last_seq != 0 && !copy_hash(chain->days, 3, day->head))
		return broken(chain, chain->seq + 1, err);
	/* Each ends after the one before; what goes on is the last, and kept. */
	if ((!first && ended == 0) || (day->last_seq != 0 && day->last_seq <= ended) ||
	    (day->purged && (day->last_seq == 0 || (!first && !was_purged))))
		return broken(chain, chain->seq + 1, err);
	chain->report->days++;
	chain->report->purged += day->purged;
	return true;
}

/* Go over the purged days to the first that has rows: what is kept of them is
 * where the chain goes on from. */
static bool skip_purged(struct chain *chain, struct err *err)
{
	struct err failed = { 0 };

	while (next_day(chain, &failed) && chain->day.purged) {
		chain->seq = chain->day.last_seq;
		memcpy(chain->hash, chain->day.head, AUDIT_HASH_SIZE);
		chain->purged_day = chain->day.day;
	}
	if (failed.code != ERR_NONE && err)
		*err = failed;
	return failed.code == ERR_NONE;
}

/* Start from a point that held before, if it still does. */
static bool go_to_point(struct chain *chain, struct err *err)
{
	struct err failed = { 0 };
	struct audit_head point = { .caisse = chain->caisse };
	enum audit_line found = AUDIT_SAME;
	struct db_stmt *stmt = db_query(chain->db, &failed, "SELECT seq, hash "
		"FROM audit_check WHERE caisse = $1", "i", chain->caisse);
	bool there = db_next(stmt, &failed);

	if (there) {
		point.seq = db_int(stmt, 0);
		there = copy_hash(stmt, 1, point.hash);
		db_done(stmt);
	}
	if (failed.code == ERR_NONE && there && point.seq > chain->seq) {
		if (!audit_compare(chain->db, &point, &found, &failed))
			goto out;
		if (found != AUDIT_SAME) {
			broken(chain, point.seq, &failed);
			goto out;
		}
		chain->seq = point.seq;
		memcpy(chain->hash, point.hash, AUDIT_HASH_SIZE);
		chain->in_day = true;
		while (chain->day.last_seq != 0 && chain->day.last_seq < point.seq &&
		       next_day(chain, &failed))
			;
	}
out:
	if (failed.code != ERR_NONE && err)
		*err = failed;
	return failed.code == ERR_NONE;
}

/* A row of a later day: the record of the day before ends here, and only here. */
static bool turn_day(struct chain *chain, int64_t day, struct err *err)
{
	struct err failed = { 0 };

	if (chain->day.day == 0)
		return broken(chain, chain->seq + 1, err);
	if (day > chain->day.day && chain->in_day) {
		if (chain->day.last_seq != chain->seq ||
		    memcmp(chain->day.head, chain->hash, AUDIT_HASH_SIZE) != 0)
			return broken(chain, chain->seq + 1, err);
		if (!next_day(chain, &failed) && failed.code != ERR_NONE) {
			*err = failed;
			return false;
		}
		chain->in_day = false;
	}
	/* A day is that of its first row; the next ones may be told by a clock
	 * set back. */
	if (!chain->in_day && chain->day.day != day)
		return broken(chain, chain->seq + 1, err);
	chain->in_day = true;
	if (chain->day.last_seq != 0 && chain->seq >= chain->day.last_seq)
		return broken(chain, chain->seq + 1, err);
	return true;
}

/* What text follows a zero byte would be in no hash. */
static const char *whole_text(struct db_stmt *stmt, int column, bool *whole)
{
	struct db_blob bytes = db_bytes(stmt, column);
	const char *text = db_text(stmt, column);

	*whole = *whole && strlen(text) == bytes.size;
	return text;
}

/* Who purges says so in the chain: days cannot just be marked as gone, nor those
 * of the last months be purged at all. */
static void note_purge(struct chain *chain, const struct audit_row *row)
{
	char iso[DATE_TEXT];

	if (strcmp(row->operation, AUDIT_PURGE) != 0 || chain->purged_day == 0)
		return;
	date_to_iso(date_from_days(chain->purged_day), iso);
	chain->purge_told = strcmp(row->object, iso) == 0 &&
		row->at / AUDIT_DAY_MS - chain->purged_day >=
			AUDIT_MONTHS_LEAST * 30;
}

static bool row_holds(struct chain *chain, struct db_stmt *stmt, struct err *err)
{
	bool whole = true;
	struct audit_row row = {
		.caisse = chain->caisse, .at = db_int(stmt, AT),
		.agent_id = db_int(stmt, AGENT), .office_id = db_int(stmt, OFFICE),
		.contact_id = db_int(stmt, CONTACT),
		.file_id = db_int(stmt, FILE_ID), .status = (int)db_int(stmt, STATUS),
		.operation = whole_text(stmt, OPERATION, &whole),
		.object = whole_text(stmt, OBJECT, &whole),
		.trace = whole_text(stmt, TRACE, &whole),
	};
	unsigned char hash[AUDIT_HASH_SIZE], stored[AUDIT_HASH_SIZE];

	if (db_int(stmt, SEQ) != chain->seq + 1 || !whole ||
	    db_int(stmt, STATUS) != row.status || !copy_hash(stmt, HASH, stored))
		return broken(chain, db_int(stmt, SEQ), err);
	if (!turn_day(chain, row.at / AUDIT_DAY_MS, err))
		return false;
	audit_link(chain->hash, &row, chain->seq + 1, hash);
	if (memcmp(hash, stored, AUDIT_HASH_SIZE) != 0)
		return broken(chain, db_int(stmt, SEQ), err);
	note_purge(chain, &row);
	memcpy(chain->hash, hash, AUDIT_HASH_SIZE);
	chain->seq++;
	return true;
}

static bool read_rows(struct chain *chain, struct err *err)
{
	struct err failed = { 0 };
	struct db_stmt *stmt = db_query(chain->db, &failed,
		"SELECT seq, at, agent_id, office_id, contact_id, file_id, status, "
		"operation, object, trace, hash FROM audit "
		"WHERE caisse = $1 AND seq > $2 ORDER BY seq", "ii",
		chain->caisse, chain->seq);

	while (db_next(stmt, &failed)) {
		if (!row_holds(chain, stmt, &failed)) {
			db_done(stmt);
			break;
		}
		chain->report->rows++;
	}
	if (failed.code != ERR_NONE && err)
		*err = failed;
	return failed.code == ERR_NONE;
}

/* The purge that a short reading did not meet. */
static bool find_purge(struct chain *chain, struct err *err)
{
	struct err failed = { 0 };
	struct db_stmt *stmt;

	if (chain->purged_day == 0 || chain->purge_told)
		return true;
	stmt = db_query(chain->db, &failed, "SELECT at, object FROM audit "
		"WHERE caisse = $1 AND operation = '" AUDIT_PURGE "' "
		"ORDER BY seq DESC LIMIT 1", "i", chain->caisse);
	if (db_next(stmt, &failed)) {
		const struct audit_row row = {
			.at = db_int(stmt, 0), .operation = AUDIT_PURGE,
			.object = db_text(stmt, 1),
		};

		note_purge(chain, &row);
		db_done(stmt);
	}
	if (failed.code == ERR_NONE && !chain->purge_told)
		broken(chain, chain->seq, &failed);
	if (failed.code != ERR_NONE && err)
		*err = failed;
	return failed.code == ERR_NONE;
}

/* Rows below where the chain starts were forgotten by their purge. */
static bool nothing_below(struct chain *chain, struct err *err)
{
	struct db_stmt *stmt = db_query(chain->db, err, "SELECT count(*) FROM "
		"(SELECT seq FROM audit WHERE caisse = $1 AND seq <= $2 LIMIT 1) "
		"AS below", "ii", chain->caisse, chain->seq);
	int64_t count;

	if (!db_next(stmt, err))
		return false;
	count = db_int(stmt, 0);
	db_done(stmt);
	if (count != 0)
		return broken(chain, chain->seq, err);
	return true;
}

/* The last day goes on, and there is no other after it. */
static bool ends_well(struct chain *chain, struct err *err)
{
	struct err failed = { 0 };

	if (!chain->in_day || chain->day.last_seq != 0)
		return broken(chain, chain->seq + 1, err);
	/* It refuses a day after the one that goes on. */
	next_day(chain, &failed);
	if (failed.code != ERR_NONE && err)
		*err = failed;
	return failed.code == ERR_NONE;
}

static bool verify_chain(struct chain *chain, enum audit_extent extent,
			 struct err *err)
{
	bool ok;

	chain->days = db_query(chain->db, err, "SELECT day, last_seq, purged, head "
		"FROM audit_day WHERE caisse = $1 ORDER BY day", "i",
		chain->caisse);
	ok = chain->days && skip_purged(chain, err) && nothing_below(chain, err) &&
		(extent == AUDIT_WHOLE || go_to_point(chain, err)) &&
		read_rows(chain, err) && ends_well(chain, err);
	db_done(chain->days);
	if (!ok || !find_purge(chain, err))
		return false;
	memcpy(chain->report->head, chain->hash, AUDIT_HASH_SIZE);
	chain->report->caisses++;
	return true;
}

static bool record(const struct chain *chain, int64_t now_ms, struct err *err)
{
	struct db_blob hash = { chain->hash, AUDIT_HASH_SIZE };

	return db_run(chain->db, err, NULL,
		"INSERT INTO audit_check (caisse, seq, hash, checked_at) "
		"VALUES ($1, $2, $3, $4) ON CONFLICT (caisse) DO UPDATE SET "
		"seq = excluded.seq, hash = excluded.hash, "
		"checked_at = excluded.checked_at", "iibi", chain->caisse,
		chain->seq, &hash, now_ms);
}

/* `now_ms` is 0 when nothing is recorded. */
static bool verify_all(struct db *db, enum audit_extent extent, int64_t now_ms,
		       struct audit_report *report, struct err *err)
{
	int64_t caisse = INT64_MIN;
	bool more;

	memset(report, 0, sizeof(*report));
	for (;;) {
		struct chain chain = { .db = db, .report = report };

		if (!audit_next_caisse(db, &caisse, &more, err))
			return false;
		if (!more)
			return true;
		chain.caisse = caisse;
		if (!verify_chain(&chain, extent, err) ||
		    (now_ms != 0 && !record(&chain, now_ms, err)))
			return false;
	}
}

bool audit_verify(struct db *db, enum audit_extent extent,
		  struct audit_report *report, struct err *err)
{
	return verify_all(db, extent, 0, report, err);
}

bool audit_verify_on(struct db *db, int64_t now_ms, struct audit_report *report,
		     struct err *err)
{
	return verify_all(db, AUDIT_NEW, now_ms, report, err);
}

static bool is_purged(struct db *db, const struct audit_head *line, bool *purged,
		      struct err *err)
{
	struct db_stmt *stmt = db_query(db, err, "SELECT count(*) FROM audit_day "
		"WHERE caisse = $1 AND purged <> 0 AND last_seq >= $2", "ii",
		line->caisse, line->seq);

	if (!db_next(stmt, err))
		return false;
	*purged = db_int(stmt, 0) > 0;
	db_done(stmt);
	return true;
}

bool audit_compare(struct db *db, const struct audit_head *line,
		   enum audit_line *found, struct err *err)
{
	unsigned char hash[AUDIT_HASH_SIZE];
	struct err failed = { 0 };
	struct db_stmt *stmt;
	bool purged;

	if (!is_purged(db, line, &purged, err))
		return false;
	/* Of a purged day the last hash is still known. */
	stmt = db_query(db, &failed, purged ?
		"SELECT head FROM audit_day WHERE caisse = $1 AND last_seq = $2" :
		"SELECT hash FROM audit WHERE caisse = $1 AND seq = $2", "ii",
		line->caisse, line->seq);
	*found = purged ? AUDIT_PURGED : AUDIT_ABSENT;
	if (db_next(stmt, &failed)) {
		*found = copy_hash(stmt, 0, hash) &&
			memcmp(hash, line->hash, AUDIT_HASH_SIZE) == 0 ?
			AUDIT_SAME : AUDIT_OTHER;
		db_done(stmt);
	}
	if (failed.code != ERR_NONE && err)
		*err = failed;
	return failed.code == ERR_NONE;
}
