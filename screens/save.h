/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing what the agent keeps to a file of their own. */
#ifndef GUICHET_SCREENS_SAVE_H
#define GUICHET_SCREENS_SAVE_H

#include <guichet/base/buf.h>
#include <guichet/base/err.h>
#include <stdbool.h>

/* Write every byte to `fd`; false on failure. */
bool save_write(int fd, const struct buf *bytes);

/* Tell whether save_bytes() may try: nothing of that name is there.  Errors:
 * ERR_CONFLICT. */
bool save_is_free(const char *path, struct err *err);

/* Write to a file that must not exist yet, readable by its owner only; nothing
 * stays of one that failed.  Errors: ERR_CONFLICT, ERR_SYSTEM. */
bool save_bytes(const struct buf *bytes, const char *path, struct err *err);

#endif
