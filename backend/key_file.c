/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "key_file.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEX (2 * KEY_FILE_SIZE)

bool key_file_new(const char *path, struct err *err)
{
	unsigned char key[KEY_FILE_SIZE];
	char text[HEX + 2];
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok;

	if (fd < 0)
		return errno == EEXIST ?
			err_set(err, ERR_CONFLICT, _("« %s » existe déjà"), path) :
			err_set(err, ERR_SYSTEM, _("« %s » impossible à écrire"),
				path);
	random_bytes(key, sizeof(key));
	sodium_bin2hex(text, HEX + 1, key, sizeof(key));
	text[HEX] = '\n';
	ok = write(fd, text, HEX + 1) == HEX + 1 && fsync(fd) == 0;
	sodium_memzero(key, sizeof(key));
	sodium_memzero(text, sizeof(text));
	close(fd);
	if (ok)
		return true;
	unlink(path);
	return err_set(err, ERR_SYSTEM, _("« %s » impossible à écrire"), path);
}

bool key_file_read(const char *path, unsigned char key[KEY_FILE_SIZE],
		   struct err *err)
{
	char text[HEX + 2];
	size_t size = 0;
	struct stat info;
	ssize_t n = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return err_set(err, ERR_NOT_FOUND, _("clé « %s » illisible"), path);
	if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode))
		n = read(fd, text, sizeof(text));
	close(fd);
	if (n >= 0 && (info.st_mode & 077) != 0)
		return err_set(err, ERR_INVALID,
			_("d'autres peuvent lire la clé « %s » : chmod 600"), path);
	if ((n == HEX || (n == HEX + 1 && text[HEX] == '\n')) &&
	    sodium_hex2bin(key, KEY_FILE_SIZE, text, HEX, NULL, &size, NULL) != 0)
		size = 0;
	sodium_memzero(text, sizeof(text));
	return size == KEY_FILE_SIZE ||
		err_set(err, ERR_INVALID, _("« %s » n'est pas une clé"), path);
}
