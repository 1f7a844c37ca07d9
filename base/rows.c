/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/rows.h>
#include <guichet/base/mem.h>

#include <stdlib.h>
#include <string.h>

void rows_init(struct rows *rows, size_t size)
{
	*rows = (struct rows){ .size = size };
}

void rows_fini(struct rows *rows)
{
	free(rows->items);
	rows_init(rows, rows->size);
}

void *rows_add(struct rows *rows)
{
	void *item;

	if (rows->count == rows->capacity) {
		rows->capacity = rows->capacity ? rows->capacity * 2 : 8;
		rows->items = mem_grow(rows->items, rows->capacity, rows->size);
	}
	item = (char *)rows->items + rows->count * rows->size;
	rows->count++;
	return memset(item, 0, rows->size);
}

void rows_copy_in(struct rows *rows, const void *item)
{
	memcpy(rows_add(rows), item, rows->size);
}

void *rows_at(const struct rows *rows, size_t index)
{
	if (index >= rows->count)
		return NULL;
	return (char *)rows->items + index * rows->size;
}

void rows_empty(struct rows *rows)
{
	rows->count = 0;
}

void rows_move(struct rows *to, struct rows *from)
{
	if (to == from)
		return;
	free(to->items);
	*to = *from;
	rows_init(from, from->size);
}
