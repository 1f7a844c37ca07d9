/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of the database that only their key opens, and bases made of them. */
#ifndef GUICHET_BACKEND_BACKUP_H
#define GUICHET_BACKEND_BACKUP_H

#include "store/db.h"

struct backup {
	const char *db;                 /* the database */
	const char *file;               /* the copy */
	const char *key;                /* file of the key */
	const char *witness;            /* of the trace, or "" */
	bool force;                     /* put the present database aside */
};

/* Copy the database to a new file while it serves, then read the copy again.
 * Errors: ERR_NOT_FOUND, ERR_CONFLICT when there is a file, ERR_INVALID,
 * ERR_SYSTEM. */
bool backup_make(const struct backup *backup, int64_t *size, struct err *err);

/* Make a database of a copy: nothing appears that was not verified, the trace
 * included.  Nobody is signed in any more.  A database that is there is refused
 * (ERR_CONFLICT), or with `force` renamed when nobody uses it. */
bool backup_restore(const struct backup *backup, struct err *err);

#endif
