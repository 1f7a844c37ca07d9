/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trace of every act on a file: rows that are only added, numbered without a
 * gap in each caisse, each holding the SHA-256 of the row before it and of its
 * own columns.  It tells who, when, what and on which file, never a value. */
#ifndef GUICHET_BACKEND_AUDIT_H
#define GUICHET_BACKEND_AUDIT_H

#include "store/db.h"

#define AUDIT_HASH_SIZE 32

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
	unsigned char hash[AUDIT_HASH_SIZE];
};

/* Add a row inside the transaction of `db`.  Errors: ERR_SYSTEM. */
bool audit_append(struct db *db, struct audit_head *head,
		  const struct audit_row *row, struct err *err);

struct audit_report {
	int64_t rows, caisses;
	int64_t bad_caisse, bad_seq;    /* first broken link, or 0 */
	/* Last hash of the last caisse, to be kept elsewhere: cutting the end of
	 * a chain cannot be seen from what remains. */
	unsigned char head[AUDIT_HASH_SIZE];
};

/* Read every chain.  False with ERR_INVALID when a row was altered, removed or
 * moved; ERR_SYSTEM when the table could not be read. */
bool audit_verify(struct db *db, struct audit_report *report, struct err *err);

#endif
