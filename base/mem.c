/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/mem.h>

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sysexits.h>
#include <unistd.h>

#define RESERVE (1u << 20)

/* File scope: malloc() can fail anywhere, with no context at hand. */
static _Atomic(void (*)(void)) on_exhaustion;
static _Atomic(const char *) words;     /* NULL: no reserve is kept */
static _Atomic(void *) reserve;         /* NULL: given up */
static atomic_uint shortages;

void mem_reserve(const char *last_words)
{
	atomic_store(&words, last_words);
	mem_recover();
}

void mem_on_exhaustion(void (*handler)(void))
{
	atomic_store(&on_exhaustion, handler);
}

void mem_end(void)
{
	/* Taken out first: a handler that runs out of memory too must not be
	 * called again. */
	void (*handler)(void) = atomic_exchange(&on_exhaustion, NULL);
	const char *said = atomic_load(&words);

	if (handler)
		handler();
	/* With nobody to hear them there is no other place to say them. */
	if (said && write(STDERR_FILENO, said, strlen(said)) < 0)
		_exit(EX_OSERR);
	_exit(EX_OSERR);
}

void mem_give(void)
{
	void *kept = atomic_exchange(&reserve, NULL);

	if (!kept)
		return;
	munmap(kept, RESERVE);
	atomic_fetch_add(&shortages, 1);
}

void mem_again(bool *given)
{
	if (*given)
		mem_end();
	/* Tried again also when another thread has just given the reserve up. */
	mem_give();
	*given = true;
}

bool mem_recover(void)
{
	void *kept, *none = NULL;

	if (!atomic_load(&words) || atomic_load(&reserve))
		return true;
	/* Written to at once: it is there, not only promised. */
	kept = mmap(NULL, RESERVE, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (kept == MAP_FAILED)
		return false;
	if (!atomic_compare_exchange_strong(&reserve, &none, kept))
		munmap(kept, RESERVE);
	return true;
}

unsigned mem_shortages(void)
{
	return atomic_load(&shortages);
}

void *mem_new(size_t count, size_t size)
{
	bool given = false;
	void *block;

	while (!(block = calloc(count ? count : 1, size ? size : 1)))
		mem_again(&given);
	return block;
}

void *mem_grow(void *block, size_t count, size_t size)
{
	bool given = false;
	void *grown;

	if (count == 0 || size == 0)
		count = size = 1;
	if (count > SIZE_MAX / size)
		mem_end();
	while (!(grown = realloc(block, count * size)))
		mem_again(&given);
	return grown;
}

char *mem_text(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(mem_new(size, 1), text, size);
}
