/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/mem.h>

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* File scope: malloc() can fail anywhere, with no context at hand. */
static _Atomic(void (*)(void)) on_exhaustion;

void mem_on_exhaustion(void (*handler)(void))
{
	atomic_store(&on_exhaustion, handler);
}

__attribute__((noreturn))
static void exhausted(void)
{
	/* Taken out first: a handler that runs out of memory too must not be
	 * called again. */
	void (*handler)(void) = atomic_exchange(&on_exhaustion, NULL);

	if (handler)
		handler();
	abort();
}

void *mem_new(size_t count, size_t size)
{
	void *block = calloc(count ? count : 1, size ? size : 1);

	if (!block)
		exhausted();
	return block;
}

void *mem_grow(void *block, size_t count, size_t size)
{
	void *grown;

	if (count == 0 || size == 0)
		count = size = 1;
	if (count > SIZE_MAX / size)
		exhausted();
	grown = realloc(block, count * size);
	if (!grown)
		exhausted();
	return grown;
}

char *mem_text(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(mem_new(size, 1), text, size);
}
