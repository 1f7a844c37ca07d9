/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "save.h"

#include <guichet/base/intl.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

bool save_write(int fd, const struct buf *bytes)
{
	for (size_t done = 0; done < bytes->size; ) {
		ssize_t wrote = write(fd, bytes->data + done, bytes->size - done);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		done += (size_t)wrote;
	}
	return true;
}

static bool refuse_taken(const char *path, struct err *err)
{
	return err_set(err, ERR_CONFLICT,
		       _("« %s » existe déjà : choisissez un autre nom"), path);
}

bool save_is_free(const char *path, struct err *err)
{
	struct stat there;

	return lstat(path, &there) != 0 || refuse_taken(path, err);
}

bool save_bytes(const struct buf *bytes, const char *path, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool ok;

	if (fd < 0 && errno == EEXIST)
		return refuse_taken(path, err);
	if (fd < 0)
		return err_set(err, ERR_SYSTEM, _("« %s » ne peut pas être écrit"), path);
	ok = save_write(fd, bytes);
	if (close(fd) != 0)
		ok = false;
	if (!ok) {
		unlink(path);
		return err_set(err, ERR_SYSTEM, _("« %s » : le disque est plein"), path);
	}
	return true;
}
