/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlite.h"
#include "migrate.h"

#include <guichet/base/intl.h>
#include <guichet/base/log.h>
#include <guichet/base/mem.h>
#include <guichet/base/text.h>

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "guic": another program's database is refused, not altered. */
#define APPLICATION_ID 0x67756963

#define BUSY_MS 5000

static const char *const pragmas[] = {
	[DB_READ] = "PRAGMA query_only = 1; PRAGMA cache_size = -16384;"
		"PRAGMA temp_store = 2",
	[DB_WRITE] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		"PRAGMA cache_size = -16384; PRAGMA temp_store = 2",
	[DB_BULK] = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
		"PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -131072;"
		"PRAGMA temp_store = 2",
};

struct meaning {
	int rc;                         /* result code of SQLite, primary or not */
	enum err_code code;
	int status;
	const char *word;
	const char *text;
};

static const struct meaning meanings[] = {
	{ SQLITE_CONSTRAINT_PRIMARYKEY, ERR_CONFLICT, 409, "",
	  N_("cette donnée existe déjà") },
	{ SQLITE_CONSTRAINT_UNIQUE, ERR_CONFLICT, 409, "",
	  N_("cette donnée existe déjà") },
	{ SQLITE_FULL, ERR_SYSTEM, 507, "storage.full",
	  N_("il n'y a plus de place pour enregistrer") },
	{ SQLITE_IOERR, ERR_SYSTEM, 507, "storage.full",
	  N_("le disque refuse l'enregistrement") },
	{ SQLITE_READONLY, ERR_SYSTEM, 507, "storage.full",
	  N_("la base est en lecture seule") },
	{ SQLITE_NOMEM, ERR_SYSTEM, 503, "memory.short",
	  N_("le serveur manque de mémoire") },
	{ SQLITE_BUSY, ERR_SYSTEM, 503, "storage.busy",
	  N_("la base est occupée") },
	{ SQLITE_LOCKED, ERR_SYSTEM, 503, "storage.busy",
	  N_("la base est occupée") },
	{ SQLITE_CANTOPEN, ERR_SYSTEM, 503, "storage.lost",
	  N_("la base ne peut pas être ouverte") },
	{ SQLITE_NOTADB, ERR_INVALID, 503, "storage.lost",
	  N_("ce fichier n'est pas une base") },
	{ SQLITE_CORRUPT, ERR_SYSTEM, 503, "storage.lost",
	  N_("la base est abîmée") },
	{ 0 },
};

bool sqlite_refuse(struct db *db, int rc, struct err *err)
{
	const struct meaning *meaning = meanings;
	char number[16];

	db->refused = rc;
	/* What comes next finds the reserve, or is refused until it is back. */
	if ((rc & 0xFF) == SQLITE_NOMEM)
		mem_give();
	while (meaning->rc && meaning->rc != rc && meaning->rc != (rc & 0xFF))
		meaning++;
	/* SQLite's own words name tables, never values. */
	snprintf(number, sizeof(number), "%d", rc);
	if (meaning->code != ERR_CONFLICT)
		log_event(LOG_ERROR, "store.error", "code", number, "message",
			  db->handle ? sqlite3_errmsg(db->handle) : "", NULL);
	if (!err)
		return false;
	if (!meaning->rc)
		return err_set(err, ERR_SYSTEM, _("la base a refusé une opération"));
	err_set(err, meaning->code, "%s", _(meaning->text));
	err->status = meaning->status;
	snprintf(err->word, sizeof(err->word), "%s", meaning->word);
	return false;
}

bool sqlite_script(struct db *db, const char *sql, struct err *err)
{
	int rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK || sqlite_refuse(db, rc, err);
}

static bool one_number(struct db *db, const char *sql, int64_t *out,
		       struct err *err)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(db->handle, sql, -1, &stmt, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		*out = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return rc == SQLITE_ROW || sqlite_refuse(db, rc, err);
}

/* An empty file becomes ours; what another program made is left alone. */
static bool claim(struct db *db, struct err *err)
{
	int64_t id = 0, pages = 0;
	char sql[64];

	if (!one_number(db, "PRAGMA application_id", &id, err) ||
	    !one_number(db, "SELECT count(*) FROM sqlite_master", &pages, err))
		return false;
	if (id == APPLICATION_ID)
		return true;
	if (id != 0 || pages != 0)
		return err_set(err, ERR_INVALID,
			       _("ce fichier n'est pas une base de guichet"));
	if (db->mode == DB_READ)
		return true;
	snprintf(sql, sizeof(sql), "PRAGMA application_id = %d", APPLICATION_ID);
	return sqlite_script(db, sql, err);
}

static bool check_version(struct db *db, struct err *err)
{
	int64_t number;

	if (!migration_current(db, &number, err))
		return false;
	if (number > migration_newest())
		return err_set(err, ERR_INVALID,
			_("la base est d'une version plus récente (%d) que ce "
			  "programme (%d) : installez la nouvelle version"),
			(int)number, migration_newest());
	return true;
}

struct db *db_open(const char *where, enum db_mode mode, struct err *err)
{
	struct db *db = mem_new(1, sizeof(*db));
	int flags = SQLITE_OPEN_NOMUTEX | (mode == DB_READ ? SQLITE_OPEN_READWRITE :
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
	int rc;

	db->mode = mode;
	db->where = mem_text(where);
	rc = sqlite3_open_v2(where, &db->handle, flags, NULL);
	if (rc != SQLITE_OK) {
		sqlite_refuse(db, rc, err);
		goto refused;
	}
	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_busy_timeout(db->handle, BUSY_MS);
	if (claim(db, err) && sqlite_script(db, pragmas[mode], err) &&
	    check_version(db, err))
		return db;
refused:
	db_close(db, NULL);
	err_wrap(err, "« %s »", where);
	return NULL;
}

void db_checkpoint(struct db *db)
{
	sqlite3_busy_timeout(db->handle, 0);
	sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE,
				  NULL, NULL);
	sqlite3_busy_timeout(db->handle, BUSY_MS);
}

/* What DB_BULK wrote without waiting for the disk is made durable here. */
static bool make_durable(const char *where, struct err *err)
{
	int fd = open(where, O_RDWR | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return ok || err_set(err, ERR_SYSTEM, _("l'écriture sur le disque a échoué"));
}

bool db_close(struct db *db, struct err *err)
{
	bool ok = true;

	if (!db)
		return true;
	if (db->handle && !sqlite3_get_autocommit(db->handle))
		db_rollback(db);
	for (size_t i = 0; i < STMT_BUCKETS; i++) {
		for (struct db_stmt *stmt = db->cache[i], *next; stmt; stmt = next) {
			next = stmt->next;
			sqlite3_finalize(stmt->handle);
			free(stmt);
		}
	}
	if (sqlite3_close(db->handle) != SQLITE_OK)
		ok = err_set(err, ERR_SYSTEM, _("la base n'a pas pu être fermée"));
	if (db->mode == DB_BULK && ok)
		ok = make_durable(db->where, err);
	free(db->where);
	free(db);
	return ok;
}

static bool run(struct db *db, const char *sql, struct err *err)
{
	return db_run(db, err, NULL, sql, "");
}

/* BEGIN IMMEDIATE takes the lock of the writer at once: what is read in the
 * transaction stays true until its end. */
bool db_begin(struct db *db, struct err *err)
{
	return run(db, db->mode == DB_READ ? "BEGIN" : "BEGIN IMMEDIATE", err);
}

bool db_commit(struct db *db, struct err *err)
{
	if (sqlite3_get_autocommit(db->handle))
		return err && err->code != ERR_NONE ? false : db_undone(db, err);
	if (run(db, "COMMIT", err))
		return true;
	db_rollback(db);
	return false;
}

/* A full disk may do it, and a want of memory. */
bool db_undone(struct db *db, struct err *err)
{
	return sqlite_refuse(db, (db->refused & 0xFF) == SQLITE_NOMEM ?
			     SQLITE_NOMEM : SQLITE_FULL, err);
}

bool db_in_transaction(struct db *db)
{
	return !sqlite3_get_autocommit(db->handle);
}

void db_rollback(struct db *db)
{
	if (!sqlite3_get_autocommit(db->handle))
		run(db, "ROLLBACK", NULL);
}

bool db_mark(struct db *db, struct err *err)
{
	return run(db, "SAVEPOINT mark", err);
}

bool db_mark_keep(struct db *db, struct err *err)
{
	return run(db, "RELEASE mark", err);
}

void db_mark_undo(struct db *db)
{
	if (sqlite3_get_autocommit(db->handle))
		return;
	run(db, "ROLLBACK TO mark", NULL);
	run(db, "RELEASE mark", NULL);
}
