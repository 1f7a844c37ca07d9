/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A key in a file of one line, 64 hexadecimal digits, for its owner alone. */
#ifndef GUICHET_BACKEND_KEY_FILE_H
#define GUICHET_BACKEND_KEY_FILE_H

#include <guichet/base/err.h>

#define KEY_FILE_SIZE 32

/* Make a new key in a new file of mode 0600.  Errors: ERR_CONFLICT when there is
 * a file, ERR_SYSTEM. */
bool key_file_new(const char *path, struct err *err);

/* Read a key; the caller wipes it.  Errors: ERR_NOT_FOUND, ERR_INVALID for what is
 * no key or may be read by others. */
bool key_file_read(const char *path, unsigned char key[KEY_FILE_SIZE],
		   struct err *err);

#endif
