/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlite.h"

#include <guichet/base/intl.h>
#include <guichet/base/mem.h>
#include <guichet/base/text.h>

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static size_t bucket_of(const char *sql)
{
	return ((uintptr_t)sql >> 3) % STMT_BUCKETS;
}

/* Constants of equal text may share an address, and a buffer may be reused:
 * the text decides. */
static struct db_stmt *cached(struct db *db, const char *sql)
{
	struct db_stmt *stmt = db->cache[bucket_of(sql)];

	while (stmt && (stmt->sql != sql || stmt->busy ||
			strcmp(sqlite3_sql(stmt->handle), sql) != 0))
		stmt = stmt->next;
	return stmt;
}

static struct db_stmt *prepare(struct db *db, const char *sql, struct err *err)
{
	struct db_stmt *stmt = cached(db, sql);
	size_t bucket = bucket_of(sql);
	int rc;

	if (stmt)
		return stmt;
	stmt = mem_new(1, sizeof(*stmt));
	rc = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
				&stmt->handle, NULL);
	if (rc != SQLITE_OK) {
		free(stmt);
		sqlite_refuse(db, rc, err);
		return NULL;
	}
	stmt->db = db;
	stmt->sql = sql;
	stmt->next = db->cache[bucket];
	db->cache[bucket] = stmt;
	return stmt;
}

static bool bind_all(struct db_stmt *stmt, const char *types, va_list args,
		     sqlite3_destructor_type lifetime, struct err *err)
{
	int rc = SQLITE_OK;

	/* More letters than parameters is a mistake of the program. */
	if ((int)strlen(types) != sqlite3_bind_parameter_count(stmt->handle))
		return sqlite_refuse(stmt->db, SQLITE_MISUSE, err);
	for (int i = 0; types[i] && rc == SQLITE_OK; i++) {
		const struct db_blob *blob;
		const char *text;

		switch (types[i]) {
		case 'i':
			rc = sqlite3_bind_int64(stmt->handle, i + 1,
						va_arg(args, int64_t));
			break;
		case 't':
			text = va_arg(args, const char *);
			rc = sqlite3_bind_text(stmt->handle, i + 1, text, -1, lifetime);
			break;
		case 'b':
			/* A null pointer would bind NULL, not no bytes. */
			blob = va_arg(args, const struct db_blob *);
			rc = sqlite3_bind_blob64(stmt->handle, i + 1,
						 blob->data ? blob->data : "",
						 blob->size, lifetime);
			break;
		default:
			rc = SQLITE_MISUSE;
		}
	}
	return rc == SQLITE_OK || sqlite_refuse(stmt->db, rc, err);
}

struct db_stmt *db_query(struct db *db, struct err *err, const char *sql,
			 const char *types, ...)
{
	struct db_stmt *stmt = prepare(db, sql, err);
	va_list args;
	bool ok;

	if (!stmt)
		return NULL;
	va_start(args, types);
	ok = bind_all(stmt, types, args, SQLITE_TRANSIENT, err);
	va_end(args);
	if (!ok)
		return NULL;
	stmt->busy = true;
	db->busy++;
	return stmt;
}

bool db_next(struct db_stmt *stmt, struct err *err)
{
	int rc;

	/* NULL is a db_query() that failed and has said so. */
	if (!stmt || !stmt->busy)
		return false;
	rc = sqlite3_step(stmt->handle);
	if (rc == SQLITE_ROW)
		return true;
	db_done(stmt);
	if (rc != SQLITE_DONE)
		sqlite_refuse(stmt->db, rc, err);
	return false;
}

void db_done(struct db_stmt *stmt)
{
	if (!stmt || !stmt->busy)
		return;
	sqlite3_reset(stmt->handle);
	sqlite3_clear_bindings(stmt->handle);
	stmt->busy = false;
	stmt->db->busy--;
}

void db_settle(struct db *db)
{
	for (size_t i = 0; i < STMT_BUCKETS && db->busy > 0; i++)
		for (struct db_stmt *stmt = db->cache[i]; stmt; stmt = stmt->next)
			db_done(stmt);
}

int64_t db_int(struct db_stmt *stmt, int column)
{
	return sqlite3_column_int64(stmt->handle, column);
}

/* SQLite copies a text to end it by a zero, and gives NULL when it cannot: an
 * empty text would be a lie. */
static bool was_short(struct db_stmt *stmt, int column)
{
	return sqlite3_column_type(stmt->handle, column) != SQLITE_NULL &&
		(sqlite3_errcode(stmt->db->handle) & 0xFF) == SQLITE_NOMEM;
}

const char *db_text(struct db_stmt *stmt, int column)
{
	bool given = false;
	const unsigned char *text;

	while (!(text = sqlite3_column_text(stmt->handle, column)) &&
	       was_short(stmt, column))
		mem_again(&given);
	return text ? (const char *)text : "";
}

struct db_blob db_bytes(struct db_stmt *stmt, int column)
{
	struct db_blob blob;
	bool given = false;

	/* In this order: the size is that of the last form asked. */
	while (!(blob.data = sqlite3_column_blob(stmt->handle, column)) &&
	       was_short(stmt, column) &&
	       sqlite3_column_bytes(stmt->handle, column) > 0)
		mem_again(&given);
	blob.size = (size_t)sqlite3_column_bytes(stmt->handle, column);
	return blob;
}

bool db_copy(struct db_stmt *stmt, int column, char *out, size_t out_size,
	     struct err *err)
{
	if (text_copy(out, out_size, db_text(stmt, column)))
		return true;
	return err_set(err, ERR_SYSTEM, _("la base contient un texte trop long"));
}

bool db_run(struct db *db, struct err *err, int64_t *changed, const char *sql,
	    const char *types, ...)
{
	struct db_stmt *stmt = prepare(db, sql, err);
	va_list args;
	bool ok;
	int rc;

	if (!stmt)
		return false;
	va_start(args, types);
	ok = bind_all(stmt, types, args, SQLITE_STATIC, err);
	va_end(args);
	if (!ok)
		return false;
	rc = sqlite3_step(stmt->handle);
	sqlite3_reset(stmt->handle);
	sqlite3_clear_bindings(stmt->handle);
	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		return sqlite_refuse(db, rc, err);
	if (changed)
		*changed = sqlite3_changes(db->handle);
	return true;
}
