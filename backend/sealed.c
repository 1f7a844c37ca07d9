/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sealed.h"

#include <guichet/base/intl.h>
#include <guichet/base/mem.h>

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(KEY_FILE_SIZE == crypto_secretstream_xchacha20poly1305_KEYBYTES,
	       "the key of a file is one of the cipher");

#define BLOCK (64u << 10)
#define MORE crypto_secretstream_xchacha20poly1305_ABYTES
#define MAGIC "guichet-backup 1\n"
#define MAGIC_SIZE (sizeof(MAGIC) - 1)
#define FINAL crypto_secretstream_xchacha20poly1305_TAG_FINAL

struct sealed {
	FILE *file;
	char *path, *part;              /* part: until it is whole */
	bool made, ended;
	crypto_secretstream_xchacha20poly1305_state state;
	unsigned char plain[BLOCK], cipher[BLOCK + MORE];
	size_t used, at;                /* of plain */
};

static bool no_write(struct err *err, const char *path)
{
	return err_set(err, ERR_SYSTEM, _("« %s » impossible à écrire"), path);
}

static bool altered(struct err *err, const struct sealed *sealed)
{
	return err_set(err, ERR_INVALID, _("« %s » a été altéré ou coupé, ou la clé "
		"n'est pas la sienne"), sealed->path);
}

struct sealed *sealed_create(const char *path,
			     const unsigned char key[KEY_FILE_SIZE],
			     struct err *err)
{
	unsigned char header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
	struct sealed *sealed = mem_new(1, sizeof(*sealed));
	size_t room = strlen(path) + sizeof(".part");
	int fd;

	sealed->path = mem_text(path);
	sealed->part = mem_new(room, 1);
	snprintf(sealed->part, room, "%s.part", path);
	if (access(path, F_OK) == 0) {
		err_set(err, ERR_CONFLICT, _("« %s » existe déjà"), path);
		goto refused;
	}
	/* What an interrupted one left is of no use. */
	unlink(sealed->part);
	fd = open(sealed->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	sealed->made = fd >= 0;
	sealed->file = fd >= 0 ? fdopen(fd, "w") : NULL;
	crypto_secretstream_xchacha20poly1305_init_push(&sealed->state, header, key);
	if (sealed->file && fwrite(MAGIC, MAGIC_SIZE, 1, sealed->file) == 1 &&
	    fwrite(header, sizeof(header), 1, sealed->file) == 1)
		return sealed;
	if (fd >= 0 && !sealed->file)
		close(fd);
	no_write(err, path);
refused:
	sealed_close(sealed);
	return NULL;
}

static bool push(struct sealed *sealed, unsigned char tag, struct err *err)
{
	unsigned long long size;

	crypto_secretstream_xchacha20poly1305_push(&sealed->state, sealed->cipher,
		&size, sealed->plain, sealed->used, (const unsigned char *)MAGIC,
		MAGIC_SIZE, tag);
	sealed->used = 0;
	return fwrite(sealed->cipher, size, 1, sealed->file) == 1 ||
		no_write(err, sealed->path);
}

bool sealed_write(struct sealed *sealed, const void *data, size_t size,
		  struct err *err)
{
	const unsigned char *bytes = data;

	while (size > 0) {
		size_t n = BLOCK - sealed->used < size ? BLOCK - sealed->used : size;

		memcpy(sealed->plain + sealed->used, bytes, n);
		sealed->used += n;
		bytes += n;
		size -= n;
		if (sealed->used == BLOCK && !push(sealed, 0, err))
			return false;
	}
	return true;
}

/* The name is durable once its folder is. */
static bool sync_folder(const char *path)
{
	char *folder = mem_text(path), *slash = strrchr(folder, '/');
	bool ok;
	int fd;

	if (slash)
		slash[slash == folder] = '\0';
	fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ok = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	free(folder);
	return ok;
}

bool sealed_finish(struct sealed *sealed, struct err *err)
{
	FILE *file = sealed->file;
	bool ok;

	if (!push(sealed, FINAL, err))
		return false;
	sealed->file = NULL;
	ok = fflush(file) == 0 && fsync(fileno(file)) == 0;
	if (fclose(file) != 0 || !ok)
		return no_write(err, sealed->path);
	if (renameat2(AT_FDCWD, sealed->part, AT_FDCWD, sealed->path,
		      RENAME_NOREPLACE) != 0)
		return errno == EEXIST ?
			err_set(err, ERR_CONFLICT, _("« %s » existe déjà"),
				sealed->path) : no_write(err, sealed->path);
	sealed->made = false;
	return sync_folder(sealed->path) || no_write(err, sealed->path);
}

struct sealed *sealed_open(const char *path,
			   const unsigned char key[KEY_FILE_SIZE],
			   struct err *err)
{
	unsigned char header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
	struct sealed *sealed = mem_new(1, sizeof(*sealed));
	char magic[MAGIC_SIZE];

	sealed->path = mem_text(path);
	sealed->file = fopen(path, "re");
	if (!sealed->file) {
		err_set(err, ERR_NOT_FOUND, _("« %s » illisible"), path);
		goto refused;
	}
	if (fread(magic, sizeof(magic), 1, sealed->file) != 1 ||
	    memcmp(magic, MAGIC, sizeof(magic)) != 0) {
		err_set(err, ERR_INVALID, _("« %s » n'est pas une sauvegarde de "
			"guichetd"), path);
		goto refused;
	}
	if (fread(header, sizeof(header), 1, sealed->file) == 1 &&
	    crypto_secretstream_xchacha20poly1305_init_pull(&sealed->state, header,
							    key) == 0)
		return sealed;
	altered(err, sealed);
refused:
	sealed_close(sealed);
	return NULL;
}

/* Read the next block; after the last one there must be nothing. */
static bool pull(struct sealed *sealed, struct err *err)
{
	size_t size = fread(sealed->cipher, 1, sizeof(sealed->cipher), sealed->file);
	unsigned char tag;
	unsigned long long plain;

	if (ferror(sealed->file))
		return err_set(err, ERR_SYSTEM, _("« %s » illisible"), sealed->path);
	if (sealed->ended || size < MORE ||
	    crypto_secretstream_xchacha20poly1305_pull(&sealed->state, sealed->plain,
		&plain, &tag, sealed->cipher, size, (const unsigned char *)MAGIC,
		MAGIC_SIZE) != 0)
		return altered(err, sealed);
	sealed->ended = tag == FINAL;
	if (sealed->ended ? fgetc(sealed->file) != EOF :
	    size != sizeof(sealed->cipher))
		return altered(err, sealed);
	sealed->used = plain;
	sealed->at = 0;
	return true;
}

bool sealed_read(struct sealed *sealed, void *out, size_t size, struct err *err)
{
	unsigned char *bytes = out;

	while (size > 0) {
		size_t left = sealed->used - sealed->at;
		size_t n = left < size ? left : size;

		if (left == 0) {
			if (!pull(sealed, err))
				return false;
			continue;
		}
		memcpy(bytes, sealed->plain + sealed->at, n);
		sealed->at += n;
		bytes += n;
		size -= n;
	}
	return true;
}

bool sealed_ended(const struct sealed *sealed)
{
	return sealed->ended && sealed->at == sealed->used;
}

void sealed_close(struct sealed *sealed)
{
	if (!sealed)
		return;
	if (sealed->file)
		fclose(sealed->file);
	if (sealed->made)
		unlink(sealed->part);
	free(sealed->path);
	free(sealed->part);
	sodium_memzero(sealed, sizeof(*sealed));
	free(sealed);
}
