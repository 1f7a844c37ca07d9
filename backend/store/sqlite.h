/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of the SQLite store, and by nothing else. */
#ifndef GUICHET_BACKEND_SQLITE_H
#define GUICHET_BACKEND_SQLITE_H

#include "db.h"

#include <sqlite3.h>

#define STMT_BUCKETS 128

struct db_stmt {
	struct db *db;
	const char *sql;                /* the caller's text: key of the cache */
	sqlite3_stmt *handle;
	bool busy;
	struct db_stmt *next;           /* of the same bucket */
};

struct db {
	sqlite3 *handle;
	enum db_mode mode;
	char *where;
	struct db_stmt *cache[STMT_BUCKETS];
	int busy;                       /* statements between rows */
	int refused;                    /* last result that was an error */
};

/* Say what SQLite's result `rc` means; always false. */
bool sqlite_refuse(struct db *db, int rc, struct err *err);

/* Run SQL text of several statements, without parameters. */
bool sqlite_script(struct db *db, const char *sql, struct err *err);

#endif
