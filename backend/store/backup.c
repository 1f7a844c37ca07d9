/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A copy of the database made page by page while others write (the online backup
 * of SQLite), into a file that is not one: what SQLite writes there goes to the
 * caller, so that no copy in clear ever touches a disk. */
#include "sqlite.h"

#include <guichet/base/intl.h>

#include <stdio.h>
#include <string.h>

#define PAGES_AT_ONCE 64

/* The copy as SQLite sees it: a file that grows and is never read back. */
struct outlet {
	sqlite3_file base;
	const struct db_sink *sink;
	sqlite3_int64 size;
};

static int outlet_close(sqlite3_file *file)
{
	(void)file;
	return SQLITE_OK;
}

/* Only the head of a file still empty is asked for. */
static int outlet_read(sqlite3_file *file, void *out, int size, sqlite3_int64 at)
{
	const struct outlet *outlet = (const struct outlet *)file;

	memset(out, 0, (size_t)size);
	return at >= outlet->size ? SQLITE_IOERR_SHORT_READ : SQLITE_IOERR_READ;
}

static int outlet_write(sqlite3_file *file, const void *data, int size,
			sqlite3_int64 at)
{
	struct outlet *outlet = (struct outlet *)file;
	const struct db_sink *sink = outlet->sink;

	if (at + size > outlet->size)
		outlet->size = at + size;
	return sink->write(sink->self, at, data, (size_t)size) ? SQLITE_OK :
		SQLITE_IOERR_WRITE;
}

static int outlet_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct outlet *outlet = (struct outlet *)file;

	/* A new file is only ever cut where it ends. */
	return size == outlet->size ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int outlet_size(sqlite3_file *file, sqlite3_int64 *size)
{
	*size = ((struct outlet *)file)->size;
	return SQLITE_OK;
}

/* Nobody else knows of it, and the caller makes it durable. */
static int outlet_agree(sqlite3_file *file, int what)
{
	(void)file;
	(void)what;
	return SQLITE_OK;
}

static int outlet_reserved(sqlite3_file *file, int *out)
{
	(void)file;
	*out = 0;
	return SQLITE_OK;
}

static int outlet_control(sqlite3_file *file, int op, void *arg)
{
	(void)file;
	(void)op;
	(void)arg;
	return SQLITE_NOTFOUND;
}

static int outlet_sector(sqlite3_file *file)
{
	(void)file;
	return 4096;
}

static int outlet_traits(sqlite3_file *file)
{
	(void)file;
	return 0;
}

static const sqlite3_io_methods outlet_methods = {
	.iVersion = 1,
	.xClose = outlet_close, .xRead = outlet_read, .xWrite = outlet_write,
	.xTruncate = outlet_truncate, .xSync = outlet_agree,
	.xFileSize = outlet_size, .xLock = outlet_agree, .xUnlock = outlet_agree,
	.xCheckReservedLock = outlet_reserved, .xFileControl = outlet_control,
	.xSectorSize = outlet_sector, .xDeviceCharacteristics = outlet_traits,
};

static int open_outlet(sqlite3_vfs *vfs, const char *name, sqlite3_file *file,
		       int flags, int *out_flags)
{
	struct outlet *outlet = (struct outlet *)file;

	(void)name;
	outlet->base.pMethods = NULL;
	if (!(flags & SQLITE_OPEN_MAIN_DB))
		return SQLITE_CANTOPEN;
	outlet->base.pMethods = &outlet_methods;
	outlet->sink = vfs->pAppData;
	outlet->size = 0;
	if (out_flags)
		*out_flags = flags;
	return SQLITE_OK;
}

static int remove_nothing(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs;
	(void)name;
	(void)sync;
	return SQLITE_OK;
}

static int see_nothing(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
	(void)vfs;
	(void)name;
	(void)flags;
	*out = 0;
	return SQLITE_OK;
}

static int same_name(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
	(void)vfs;
	return snprintf(out, (size_t)size, "%s", name) < size ? SQLITE_OK :
		SQLITE_CANTOPEN;
}

/* One snapshot for the whole copy: a write that comes meanwhile is for the next. */
static bool copy_pages(struct db *db, sqlite3 *copy, struct err *err)
{
	sqlite3_backup *backup = sqlite3_backup_init(copy, "main", db->handle,
						     "main");
	int rc;

	if (!backup)
		return sqlite_refuse(db, sqlite3_errcode(copy), err);
	do
		rc = sqlite3_backup_step(backup, PAGES_AT_ONCE);
	while (rc == SQLITE_OK);
	sqlite3_backup_finish(backup);
	return rc == SQLITE_DONE || sqlite_refuse(db, rc, err);
}

static bool take_snapshot(struct db *db, struct err *err)
{
	struct db_stmt *stmt;
	bool ok;

	if (!db_begin(db, err))
		return false;
	stmt = db_query(db, err, "SELECT count(*) FROM migration", "");
	ok = db_next(stmt, err);
	db_done(stmt);
	return ok;
}

bool db_backup(struct db *db, const struct db_sink *sink, struct err *err)
{
	sqlite3_vfs *system = sqlite3_vfs_find(NULL), vfs = *system;
	char name[48];
	sqlite3 *copy = NULL;
	bool ok = false;

	snprintf(name, sizeof(name), "guichet-%p", (const void *)sink);
	vfs.zName = name;
	vfs.pNext = NULL;
	vfs.szOsFile = sizeof(struct outlet);
	vfs.pAppData = (void *)(uintptr_t)sink;
	vfs.xOpen = open_outlet;
	vfs.xDelete = remove_nothing;
	vfs.xAccess = see_nothing;
	vfs.xFullPathname = same_name;
	if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK)
		return err_set(err, ERR_SYSTEM, _("la copie n'a pas pu commencer"));
	if (sqlite3_open_v2("copy", &copy, SQLITE_OPEN_READWRITE |
			    SQLITE_OPEN_CREATE, name) == SQLITE_OK &&
	    sqlite3_exec(copy, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF",
			 NULL, NULL, NULL) == SQLITE_OK)
		ok = take_snapshot(db, err) && copy_pages(db, copy, err);
	else
		err_set(err, ERR_SYSTEM, _("la copie n'a pas pu commencer"));
	db_rollback(db);
	sqlite3_close(copy);
	sqlite3_vfs_unregister(&vfs);
	return ok;
}
