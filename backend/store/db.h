/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one way to a database, whatever the engine.  A struct db is one connection
 * with its prepared statements and belongs to one thread.  SQL is in the portable
 * subset, in string constants: statements are cached by the address of their
 * text.  Parameters are $1, $2..., each first met in that order. */
#ifndef GUICHET_BACKEND_DB_H
#define GUICHET_BACKEND_DB_H

#include <guichet/base/err.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct db_stmt;

enum db_mode { DB_READ, DB_WRITE, DB_BULK };

struct db_blob { const void *data; size_t size; };

/* Open one connection.  `where` is a file for SQLite.  DB_BULK is for loading an
 * empty database: fast, not durable before db_close().  Errors: ERR_SYSTEM,
 * ERR_INVALID for a database of a newer version. */
struct db *db_open(const char *where, enum db_mode mode, struct err *err);

/* Close it; returns false when what was written may not be durable. */
bool db_close(struct db *db, struct err *err);

/* Move what the write-ahead log holds into the database and empty the log, when
 * nobody else has it open.  A server that is killed again and again never comes
 * to the end of doing so by itself, and reads more of it at each start. */
void db_checkpoint(struct db *db);

/* Create or bring up to date the schema (numbered migrations). */
bool db_migrate(struct db *db, struct err *err);

/* Tell whether the file is sound and every row has what it refers to.  Errors:
 * ERR_INVALID, ERR_SYSTEM. */
bool db_check(struct db *db, struct err *err);

/* Where a copy goes: bytes and where they belong in the file, in any order. */
struct db_sink {
	void *self;
	bool (*write)(void *self, int64_t at, const void *data, size_t size);
};

/* Copy the database as it is now, while others write in it.  Bounded memory.
 * `db` is in no transaction.  Errors: ERR_SYSTEM, also when the sink refused. */
bool db_backup(struct db *db, const struct db_sink *sink, struct err *err);

/*
 * Start a statement.  `types` has a letter a parameter: 't' const char *, 'i'
 * int64_t, 'b' const struct db_blob *.  Returns NULL on failure.  The statement
 * belongs to `db`: it is free for its next use after db_done(), or as soon as
 * db_next() returned false.
 */
struct db_stmt *db_query(struct db *db, struct err *err, const char *sql,
			 const char *types, ...);

/* Go to the next row.  False at the end or on failure (err->code is then set). */
bool db_next(struct db_stmt *stmt, struct err *err);
void db_done(struct db_stmt *stmt);

/* Columns of the current row, from 0.  Text lasts until the next db_next(). */
int64_t db_int(struct db_stmt *stmt, int column);
const char *db_text(struct db_stmt *stmt, int column);
struct db_blob db_bytes(struct db_stmt *stmt, int column);

/* Copy a text column to a member; false and ERR_SYSTEM when it does not fit. */
bool db_copy(struct db_stmt *stmt, int column, char *out, size_t out_size,
	     struct err *err);

/* Run a statement that gives no row; *changed (may be NULL) is how many rows it
 * changed.  A violated key is ERR_CONFLICT. */
bool db_run(struct db *db, struct err *err, int64_t *changed, const char *sql,
	    const char *types, ...);

/* Give back every statement that a piece of work left open. */
void db_settle(struct db *db);

/* Transactions of a writing connection, and a mark inside one to which a failed
 * piece of work can go back without its neighbours. */
bool db_begin(struct db *db, struct err *err);
bool db_commit(struct db *db, struct err *err);
bool db_in_transaction(struct db *db);

/* Say why a transaction ended by itself; always false. */
bool db_undone(struct db *db, struct err *err);
void db_rollback(struct db *db);
bool db_mark(struct db *db, struct err *err);
bool db_mark_keep(struct db *db, struct err *err);
void db_mark_undo(struct db *db);

#endif
