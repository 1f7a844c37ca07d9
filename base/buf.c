/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/buf.h>
#include <guichet/base/mem.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_init(struct buf *buf, size_t limit)
{
	*buf = (struct buf){ .limit = limit };
}

void buf_fini(struct buf *buf)
{
	free(buf->data);
	buf_init(buf, buf->limit);
}

/* Make room for `size` more bytes and the zero. */
static bool reserve(struct buf *buf, size_t size)
{
	size_t needed, capacity = buf->capacity ? buf->capacity : 64;

	if (size > buf->limit - buf->size) {
		buf->full = true;
		return false;
	}
	needed = buf->size + size + 1;
	while (capacity < needed)
		capacity *= 2;
	if (capacity != buf->capacity) {
		buf->data = mem_grow(buf->data, capacity, 1);
		buf->capacity = capacity;
	}
	return true;
}

bool buf_add(struct buf *buf, const void *data, size_t size)
{
	if (!reserve(buf, size))
		return false;
	if (size > 0)
		memcpy(buf->data + buf->size, data, size);
	buf->size += size;
	buf->data[buf->size] = '\0';
	return true;
}

bool buf_text(struct buf *buf, const char *text)
{
	return buf_add(buf, text, strlen(text));
}

bool buf_printf(struct buf *buf, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (n < 0)
		buf->full = true;
	if (n < 0 || !reserve(buf, (size_t)n))
		return false;
	va_start(args, fmt);
	vsnprintf(buf->data + buf->size, (size_t)n + 1, fmt, args);
	va_end(args);
	buf->size += (size_t)n;
	return true;
}

const char *buf_cstr(const struct buf *buf)
{
	return buf->data ? buf->data : "";
}

void buf_empty(struct buf *buf)
{
	buf->size = 0;
	buf->full = false;
	if (buf->data)
		buf->data[0] = '\0';
}
