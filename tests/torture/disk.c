/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disk.h"
#include "image.h"

#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct fail disk_fail;
enum disk_error disk_error;
atomic_bool disk_mounted_read_only;

static char watched[256];
static sqlite3_vfs disk_vfs;

struct file {
	sqlite3_file base;
	bool watched;
	char path[256];
	sqlite3_file real[];            /* of the system's VFS */
};

static sqlite3_vfs *system_vfs(void)
{
	return disk_vfs.pAppData;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct file *)file)->real;
}

static const struct file *of(sqlite3_file *file)
{
	return (const struct file *)file;
}

static int error_of(int ioerr)
{
	return disk_error == DISK_FULL ? SQLITE_FULL :
		disk_error == DISK_READ_ONLY ? SQLITE_READONLY : ioerr;
}

static bool refuses(const struct file *file)
{
	if (!file->watched)
		return false;
	image_tick();
	return fail_now(&disk_fail);
}

static int disk_close(sqlite3_file *file)
{
	return real_of(file)->pMethods->xClose(real_of(file));
}

static int disk_read(sqlite3_file *file, void *out, int size, sqlite3_int64 at)
{
	return real_of(file)->pMethods->xRead(real_of(file), out, size, at);
}

static int disk_write(sqlite3_file *file, const void *data, int size,
		      sqlite3_int64 at)
{
	int rc;

	if (refuses(of(file)))
		return error_of(SQLITE_IOERR_WRITE);
	rc = real_of(file)->pMethods->xWrite(real_of(file), data, size, at);
	if (rc == SQLITE_OK && of(file)->watched)
		image_write(of(file)->path, data, (size_t)size, at);
	return rc;
}

static int disk_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	int rc;

	if (refuses(of(file)))
		return error_of(SQLITE_IOERR_TRUNCATE);
	rc = real_of(file)->pMethods->xTruncate(real_of(file), size);
	if (rc == SQLITE_OK && of(file)->watched)
		image_write(of(file)->path, NULL, 0, size);
	return rc;
}

static int disk_sync(sqlite3_file *file, int flags)
{
	int rc;

	if (refuses(of(file)))
		return error_of(SQLITE_IOERR_FSYNC);
	rc = real_of(file)->pMethods->xSync(real_of(file), flags);
	if (rc == SQLITE_OK && of(file)->watched)
		image_sync(of(file)->path);
	return rc;
}

static int disk_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int disk_lock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int disk_unlock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int disk_reserved(sqlite3_file *file, int *out)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int disk_control(sqlite3_file *file, int op, void *arg)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), op, arg);
}

static int disk_sector(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int disk_traits(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int disk_shm_map(sqlite3_file *file, int region, int size, int extend,
			void volatile **out)
{
	if (extend && refuses(of(file)))
		return error_of(SQLITE_IOERR_SHMSIZE);
	return real_of(file)->pMethods->xShmMap(real_of(file), region, size, extend,
						out);
}

static int disk_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}

static void disk_shm_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int disk_shm_unmap(sqlite3_file *file, int remove)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

static const sqlite3_io_methods disk_methods = {
	.iVersion = 2,
	.xClose = disk_close, .xRead = disk_read, .xWrite = disk_write,
	.xTruncate = disk_truncate, .xSync = disk_sync, .xFileSize = disk_size,
	.xLock = disk_lock, .xUnlock = disk_unlock,
	.xCheckReservedLock = disk_reserved, .xFileControl = disk_control,
	.xSectorSize = disk_sector, .xDeviceCharacteristics = disk_traits,
	.xShmMap = disk_shm_map, .xShmLock = disk_shm_lock,
	.xShmBarrier = disk_shm_barrier, .xShmUnmap = disk_shm_unmap,
};

static bool is_watched(const char *path)
{
	return path && watched[0] && strncmp(path, watched, strlen(watched)) == 0;
}

static int disk_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *opened,
		     int flags, int *out_flags)
{
	struct file *file = (struct file *)opened;
	int rc;

	(void)vfs;
	file->base.pMethods = NULL;
	file->watched = is_watched(path);
	snprintf(file->path, sizeof(file->path), "%s", path ? path : "");
	if (file->watched && atomic_load(&disk_mounted_read_only) &&
	    flags & SQLITE_OPEN_READWRITE) {
		if (!(flags & SQLITE_OPEN_MAIN_DB))
			return SQLITE_CANTOPEN;
		flags &= ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
		flags |= SQLITE_OPEN_READONLY;
	}
	if (file->watched)
		image_open(path);
	rc = system_vfs()->xOpen(system_vfs(), path, file->real, flags, out_flags);
	if (rc == SQLITE_OK)
		file->base.pMethods = &disk_methods;
	return rc;
}

static int disk_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
	int rc;

	(void)vfs;
	if (!is_watched(path))
		return system_vfs()->xDelete(system_vfs(), path, sync);
	image_tick();
	if (fail_now(&disk_fail))
		return SQLITE_IOERR_DELETE;
	rc = system_vfs()->xDelete(system_vfs(), path, sync);
	if (rc == SQLITE_OK)
		image_remove(path);
	return rc;
}

void disk_install(const char *folder)
{
	snprintf(watched, sizeof(watched), "%s", folder);
	if (disk_vfs.zName)
		return;
	disk_vfs = *sqlite3_vfs_find(NULL);
	disk_vfs.pAppData = sqlite3_vfs_find(NULL);
	disk_vfs.zName = "guichet-disk";
	disk_vfs.pNext = NULL;
	disk_vfs.szOsFile += (int)sizeof(struct file);
	disk_vfs.xOpen = disk_open;
	disk_vfs.xDelete = disk_delete;
	sqlite3_vfs_register(&disk_vfs, 1);
}
