/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that is there or ends the program.  Sizes that come from outside are
 * limited by the caller before they reach these functions. */
#ifndef GUICHET_BASE_MEM_H
#define GUICHET_BASE_MEM_H

#include <stddef.h>

/* Run `handler` once before the program aborts for want of memory: the client
 * gives its terminal back there.  NULL removes it. */
void mem_on_exhaustion(void (*handler)(void));

/* Allocate `count` zeroed items of `size` bytes.  Never NULL.  The caller
 * frees with free(). */
void *mem_new(size_t count, size_t size);

/* Change the size of `block` (may be NULL) to `count` items of `size` bytes;
 * what is added is not zeroed.  Never NULL. */
void *mem_grow(void *block, size_t count, size_t size);

/* Copy `text`, which must not be NULL.  The caller frees with free(). */
char *mem_text(const char *text);

#endif
