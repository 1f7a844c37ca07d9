/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing byte buffer with a limit.  Always ended by a zero byte that is not
 * counted, so `data` can be read as text when it holds no zero byte. */
#ifndef GUICHET_BASE_BUF_H
#define GUICHET_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
	char *data;                     /* NULL until the first byte */
	size_t size, capacity;
	size_t limit;                   /* bytes; never exceeded */
	bool full;                      /* something was refused */
};

/* Make `buf` empty, to hold at most `limit` bytes. */
void buf_init(struct buf *buf, size_t limit);

/* Free what `buf` holds and make it empty. */
void buf_fini(struct buf *buf);

/* Append `size` bytes.  Past the limit nothing is added, `full` is set and
 * false is returned. */
bool buf_add(struct buf *buf, const void *data, size_t size);

/* Append a text, or a printf format; refused whole past the limit. */
bool buf_text(struct buf *buf, const char *text);
bool buf_printf(struct buf *buf, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Return the bytes as text, "" when empty. */
const char *buf_cstr(const struct buf *buf);

/* Forget the bytes, keep the memory. */
void buf_empty(struct buf *buf);

#endif
