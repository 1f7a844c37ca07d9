/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing array of plain structs of one size.  The rows own the memory, the
 * structs own nothing: they are copied with `=` and need no free. */
#ifndef GUICHET_BASE_ROWS_H
#define GUICHET_BASE_ROWS_H

#include <stddef.h>

struct rows {
	void *items;
	size_t count, capacity;
	size_t size;                    /* bytes of one item */
};

/* Make `rows` empty for items of `size` bytes. */
void rows_init(struct rows *rows, size_t size);

/* Free what `rows` holds and make it empty; it may be used again. */
void rows_fini(struct rows *rows);

/* Append one zeroed item and return it; valid until the next rows_add(). */
void *rows_add(struct rows *rows);

/* Append a copy of `item`, which has rows->size bytes. */
void rows_copy_in(struct rows *rows, const void *item);

/* Return item `index`, or NULL when there is none. */
void *rows_at(const struct rows *rows, size_t index);

/* Remove every item; the memory stays for the next ones. */
void rows_empty(struct rows *rows);

/* Give what `from` holds to `to`, freeing what `to` held; `from` is empty
 * afterwards and may be used again. */
void rows_move(struct rows *to, struct rows *from);

#endif
