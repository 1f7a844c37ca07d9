/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The heads of the trace, told to a file on another disk or to the system log.
 * Whoever holds the database can cut the end of a chain, or make it all again;
 * what was told elsewhere then contradicts it.  One line a caisse:
 *
 *   guichet-witness 01381 2026-11-21 1234 HASH 2026-11-21T10:00:00Z
 *
 * caisse, day of the chain, sequence, its SHA-256, when it was told. */
#ifndef GUICHET_BACKEND_WITNESS_H
#define GUICHET_BACKEND_WITNESS_H

#include "audit.h"

struct witness;

/* Open a witness of the trace of `database`.  `where` is a file, "syslog", or
 * FILE,syslog for both.  What the file holds is read: see witness_knows(). */
struct witness *witness_open(const char *where, const char *database,
			     struct err *err);
void witness_close(struct witness *witness);

/* Tell the ends of days and the heads that are new.  What could not be told will
 * be by the next call. */
bool witness_tell(struct witness *witness, int64_t now_ms, struct err *err);

struct witness_report { int64_t lines, purged, later, unreadable; };

/* Compare the trace with what a file of witness lines says (lines without the
 * mark are passed over).  False with ERR_INVALID when the trace was cut or made
 * again; `older` accepts what was told after its end, as in a copy of before. */
bool witness_compare(const char *path, struct db *db, bool older,
		     struct witness_report *report, struct err *err);

/* The same, of the file it was opened with; true when it has none. */
bool witness_agrees(struct witness *witness, struct err *err);

#endif
