/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that only the holder of its key can read, and in which no byte can be
 * changed, moved, added or cut unseen: libsodium's secretstream
 * (XChaCha20-Poly1305) in blocks of 64 KiB, the last one marked as such. */
#ifndef GUICHET_BACKEND_SEALED_H
#define GUICHET_BACKEND_SEALED_H

#include "key_file.h"

#include <stddef.h>

struct sealed;

/* Start a file at `path`, where there must be none: it appears once it is whole.
 * Errors: ERR_CONFLICT, ERR_SYSTEM. */
struct sealed *sealed_create(const char *path,
			     const unsigned char key[KEY_FILE_SIZE],
			     struct err *err);

/* Add bytes. */
bool sealed_write(struct sealed *sealed, const void *data, size_t size,
		  struct err *err);

/* End the file, make it durable and give it its name. */
bool sealed_finish(struct sealed *sealed, struct err *err);

/* Open a file to read.  Errors: ERR_NOT_FOUND, ERR_INVALID when it is no sealed
 * file or not of this key. */
struct sealed *sealed_open(const char *path,
			   const unsigned char key[KEY_FILE_SIZE],
			   struct err *err);

/* Read exactly `size` bytes.  Nothing is given that was not authenticated.
 * Errors: ERR_INVALID for what was altered or cut. */
bool sealed_read(struct sealed *sealed, void *out, size_t size, struct err *err);

/* Tell whether everything was read, up to the mark of the end. */
bool sealed_ended(const struct sealed *sealed);

/* Free; what was not finished leaves nothing behind. */
void sealed_close(struct sealed *sealed);

#endif
