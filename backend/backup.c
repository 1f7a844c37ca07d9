/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A copy is a run of records: where in the file, how many bytes, the bytes.  The
 * last one has no bytes and says the size. */
#include "backup.h"
#include "sealed.h"
#include "witness.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/mem.h>

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RECORD_HEAD 12
#define RECORD_MOST (64u << 10)         /* the largest page of SQLite */

/* Where SQLite locks, whatever the size of the file (its file format, 1.8). */
#define LOCKS_AT 0x40000000
#define LOCKS_SIZE 512

struct record { int64_t at; uint32_t size; };

static void put_number(unsigned char *out, uint64_t number, int bytes)
{
	for (int i = 0; i < bytes; i++)
		out[i] = (unsigned char)(number >> 8 * i);
}

static uint64_t take_number(const unsigned char *in, int bytes)
{
	uint64_t number = 0;

	for (int i = bytes; i-- > 0;)
		number = number << 8 | in[i];
	return number;
}

/* ---- making ---- */

struct making { struct sealed *sealed; int64_t size; struct err err; };

static bool put_record(struct making *making, int64_t at, const void *data,
		       size_t size)
{
	unsigned char head[RECORD_HEAD];

	put_number(head, (uint64_t)at, 8);
	put_number(head + 8, size, 4);
	return sealed_write(making->sealed, head, sizeof(head), &making->err) &&
		sealed_write(making->sealed, data, size, &making->err);
}

static bool take_bytes(void *self, int64_t at, const void *data, size_t size)
{
	struct making *making = self;

	if (at + (int64_t)size > making->size)
		making->size = at + (int64_t)size;
	return put_record(making, at, data, size);
}

static bool make(struct making *making, struct db *db, struct err *err)
{
	const struct db_sink sink = { making, take_bytes };

	if ((db_backup(db, &sink, err) && put_record(making, making->size, "", 0) &&
	     sealed_finish(making->sealed, &making->err)))
		return true;
	if (making->err.code != ERR_NONE && err)
		*err = making->err;
	return false;
}

/* ---- reading ---- */

static bool read_record(struct sealed *sealed, struct record *record,
			unsigned char bytes[RECORD_MOST], struct err *err)
{
	unsigned char head[RECORD_HEAD];

	if (!sealed_read(sealed, head, sizeof(head), err))
		return false;
	record->at = (int64_t)take_number(head, 8);
	record->size = (uint32_t)take_number(head + 8, 4);
	if (record->size > RECORD_MOST || record->at < 0)
		return err_set(err, ERR_INVALID,
			       _("la sauvegarde est d'une forme inconnue"));
	return sealed_read(sealed, bytes, record->size, err);
}

/* Write what the copy holds to `fd`, or nowhere (-1): every byte is verified. */
static bool unpack(struct sealed *sealed, int fd, struct err *err)
{
	unsigned char *bytes = mem_new(RECORD_MOST, 1);
	struct record record;
	bool ok;

	do {
		ok = read_record(sealed, &record, bytes, err);
		if (ok && fd >= 0 && record.size > 0 &&
		    pwrite(fd, bytes, record.size, record.at) !=
			    (ssize_t)record.size)
			ok = err_set(err, ERR_SYSTEM,
				     _("il n'y a plus de place pour enregistrer"));
	} while (ok && record.size > 0);
	if (ok && !sealed_ended(sealed))
		ok = err_set(err, ERR_INVALID,
			     _("la sauvegarde est d'une forme inconnue"));
	if (ok && fd >= 0 && (ftruncate(fd, record.at) != 0 || fsync(fd) != 0))
		ok = err_set(err, ERR_SYSTEM,
			     _("l'écriture sur le disque a échoué"));
	sodium_memzero(bytes, RECORD_MOST);
	free(bytes);
	return ok;
}

static bool unpack_file(const struct backup *backup,
			const unsigned char key[KEY_FILE_SIZE], int fd,
			struct err *err)
{
	struct sealed *sealed = sealed_open(backup->file, key, err);
	bool ok = sealed && unpack(sealed, fd, err);

	sealed_close(sealed);
	return ok;
}

bool backup_make(const struct backup *backup, int64_t *size, struct err *err)
{
	unsigned char key[KEY_FILE_SIZE];
	struct making making = { 0 };
	struct db *db = NULL;
	bool ok = false;

	*size = 0;
	if (!key_file_read(backup->key, key, err))
		return false;
	if (access(backup->db, R_OK) != 0) {
		err_set(err, ERR_NOT_FOUND, _("« %s » illisible"), backup->db);
		goto out;
	}
	db = db_open(backup->db, DB_READ, err);
	if (!db)
		goto out;
	making.sealed = sealed_create(backup->file, key, err);
	ok = making.sealed && make(&making, db, err);
	/* One that does not read again is worse than none. */
	if (ok && !unpack_file(backup, key, -1, err)) {
		unlink(backup->file);
		ok = false;
	}
	*size = making.size;
out:
	sealed_close(making.sealed);
	db_close(db, NULL);
	sodium_memzero(key, sizeof(key));
	return ok;
}

/* ---- restoring ---- */

static char *with_end(const char *path, const char *end)
{
	size_t room = strlen(path) + strlen(end) + 1;
	char *name = mem_new(room, 1);

	snprintf(name, room, "%s%s", path, end);
	return name;
}

/* The base, its journal and its shared memory. */
static const char *const parts[] = { "", "-wal", "-shm", NULL };

static void remove_base(const char *path)
{
	for (int i = 0; parts[i]; i++) {
		char *name = with_end(path, parts[i]);

		unlink(name);
		free(name);
	}
}

/* A session that had ended when the copy was made would live again. */
static bool verify_base(const char *path, const char *witness, struct err *err)
{
	struct witness_report told;
	struct audit_report report;
	struct db *db = db_open(path, DB_WRITE, err);
	bool ok = db && db_migrate(db, err) && db_check(db, err) &&
		audit_verify(db, AUDIT_WHOLE, &report, err) &&
		(witness[0] == '\0' || witness_compare(witness, db, true, &told, err)) &&
		db_run(db, err, NULL, "DELETE FROM session", "");

	return db_close(db, ok ? err : NULL) && ok;
}

static bool in_use(const char *path)
{
	struct flock lock = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCKS_AT,
		.l_len = LOCKS_SIZE,
	};
	int fd = open(path, O_RDWR | O_CLOEXEC);
	bool used = fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 &&
		lock.l_type != F_UNLCK;

	if (fd >= 0)
		close(fd);
	return used;
}

/* Nothing is destroyed: the base that was there keeps its journal and gets
 * another name. */
static bool put_aside(const char *path, struct err *err)
{
	char end[48];
	char *aside;
	bool ok = true;

	if (in_use(path))
		return err_set(err, ERR_CONFLICT, _("« %s » sert en ce moment : "
			"arrêtez guichetd"), path);
	snprintf(end, sizeof(end), ".before-%lld", (long long)clock_now_ms() / 1000);
	aside = with_end(path, end);
	for (int i = 0; parts[i] && ok; i++) {
		char *from = with_end(path, parts[i]), *to = with_end(aside, parts[i]);

		ok = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0 ||
			errno == ENOENT ||
			err_set(err, ERR_SYSTEM, _("« %s » ne peut pas être mis de "
				"côté"), path);
		free(from);
		free(to);
	}
	free(aside);
	return ok;
}

static bool put_in_place(const struct backup *backup, const char *part,
			 struct err *err)
{
	if (backup->force && !put_aside(backup->db, err))
		return false;
	return renameat2(AT_FDCWD, part, AT_FDCWD, backup->db,
			 RENAME_NOREPLACE) == 0 ||
		err_set(err, errno == EEXIST ? ERR_CONFLICT : ERR_SYSTEM,
			_("« %s » n'a pas pu être mis en place"), backup->db);
}

bool backup_restore(const struct backup *backup, struct err *err)
{
	unsigned char key[KEY_FILE_SIZE];
	char *part;
	bool ok = false;
	int fd;

	if (!backup->force && access(backup->db, F_OK) == 0)
		return err_set(err, ERR_CONFLICT, _("« %s » existe déjà : --force le "
			"mettra de côté"), backup->db);
	if (!key_file_read(backup->key, key, err))
		return false;
	part = with_end(backup->db, ".restored");
	remove_base(part);
	fd = open(part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		err_set(err, ERR_SYSTEM, _("« %s » impossible à écrire"), part);
		goto out;
	}
	ok = unpack_file(backup, key, fd, err);
	close(fd);
	ok = ok && verify_base(part, backup->witness, err) &&
		put_in_place(backup, part, err);
	remove_base(part);
out:
	free(part);
	sodium_memzero(key, sizeof(key));
	return ok;
}
