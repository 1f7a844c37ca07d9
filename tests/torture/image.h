/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a disk holds for sure, and what it was told and may lose.  Used by disk.c
 * only; every call does nothing unless disk_remember() was called. */
#ifndef GUICHET_TESTS_IMAGE_H
#define GUICHET_TESTS_IMAGE_H

#include <stddef.h>
#include <stdint.h>

/* One call on the disk: the power may fail before it. */
void image_tick(void);

/* A file is about to be opened, as it is; it was removed. */
void image_open(const char *path);
void image_remove(const char *path);

/* Bytes written at `at`; without bytes, the file cut to `at`. */
void image_write(const char *path, const void *data, size_t size, int64_t at);

/* All that was written to this file so far stays. */
void image_sync(const char *path);

#endif
