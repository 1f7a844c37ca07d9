/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trace of every act on a file: rows that are only added, numbered without a
 * gap in each caisse, each holding the SHA-256 of the row before it and of its
 * own columns.  It tells who, when, what and on which file, never a value.
 *
 * The chain of a caisse is cut in days (UTC): the table audit_day keeps the hash
 * that ends each of them, and a day begins with the hash of the one before, so
 * that whole days can be dropped and the rest still verifies.  A day is never
 * before the one it follows, whatever the clock says. */
#ifndef GUICHET_BACKEND_AUDIT_H
#define GUICHET_BACKEND_AUDIT_H

#include "store/db.h"

#define AUDIT_HASH_SIZE 32
#define AUDIT_DAY_MS INT64_C(86400000)

struct audit_row {
	int64_t caisse, at, agent_id, office_id, contact_id, file_id;
	const char *operation, *object, *trace;
	int status;
};

/* The end of the chain of one caisse, as one transaction knows it.  Zeroed when
 * the transaction begins and whenever a row was undone. */
struct audit_head {
	bool known;
	int64_t caisse, seq;
	int64_t day;                    /* since 1970, going on; 0: none yet */
	unsigned char hash[AUDIT_HASH_SIZE];
};

/* Add a row inside the transaction of `db`.  Errors: ERR_SYSTEM. */
bool audit_append(struct db *db, struct audit_head *head,
		  const struct audit_row *row, struct err *err);

/* Read the end of the chain of head->caisse; all zero when it has no row. */
bool audit_head_load(struct db *db, struct audit_head *head, struct err *err);

/* Go to the first caisse after `*caisse` that has a trace, if there is `*more`. */
bool audit_next_caisse(struct db *db, int64_t *caisse, bool *more,
		       struct err *err);

/* ---- verification: audit_verify.c ---- */

enum audit_extent {
	AUDIT_WHOLE,                    /* every row that is kept */
	AUDIT_NEW,                      /* what follows the recorded point */
};

struct audit_report {
	int64_t rows, caisses;
	int64_t days, purged;           /* days on record, those without rows */
	int64_t bad_caisse, bad_seq;    /* first broken link, or 0 */
	/* Last hash of the last caisse: cutting the end of a chain cannot be seen
	 * from what remains, only by a witness (witness.h). */
	unsigned char head[AUDIT_HASH_SIZE];
};

/* The word of the errors that say so. */
#define AUDIT_BROKEN "trace.broken"

/* Read the chains.  False with ERR_INVALID when a row or the record of a day was
 * altered, removed or moved; ERR_SYSTEM when they could not be read. */
bool audit_verify(struct db *db, enum audit_extent extent,
		  struct audit_report *report, struct err *err);

/* Verify what is new and record how far, inside the transaction of `db`. */
bool audit_verify_on(struct db *db, int64_t now_ms, struct audit_report *report,
		     struct err *err);

/* Tell what is known of line `seq` of a caisse. */
enum audit_line { AUDIT_ABSENT, AUDIT_SAME, AUDIT_OTHER, AUDIT_PURGED };
bool audit_compare(struct db *db, const struct audit_head *line,
		   enum audit_line *found, struct err *err);

/* ---- retention: audit_purge.c ---- */

/* Months of trace that are kept, unless the setting "audit.months" says else. */
#define AUDIT_MONTHS 12
#define AUDIT_MONTHS_LEAST 6
#define AUDIT_MONTHS_MOST 36
#define AUDIT_PURGE "audit.purge"

struct audit_purged { int64_t rows, days; };

/* Drop the whole days older than `months`, a week of them a transaction, keeping
 * their hashes and leaving one row that says so.  `db` is in no transaction. */
bool audit_purge(struct db *db, int64_t now_ms, int months,
		 struct audit_purged *purged, struct err *err);

/* The SHA-256 of a row after `before`.  Shared by the files audit*.c. */
void audit_link(const unsigned char before[AUDIT_HASH_SIZE],
		const struct audit_row *row, int64_t seq,
		unsigned char hash[AUDIT_HASH_SIZE]);

#endif
