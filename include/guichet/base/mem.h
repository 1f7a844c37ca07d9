/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that is there or ends the program in good order.  Sizes that come from
 * outside are limited by the caller before they reach these functions.
 *
 * A program keeps a reserve.  When an allocation fails the reserve is given up and
 * it is tried again: the program goes on, and knows that it is short of memory.
 * When that fails too, it says its last words and leaves with EX_OSERR (71). */
#ifndef GUICHET_BASE_MEM_H
#define GUICHET_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

/* Take the reserve, of 1 MiB, and keep `last_words` (with its end of line; it must
 * stay; NULL: none) for the standard error.  Called again, it changes the words
 * alone. */
void mem_reserve(const char *last_words);

/* Run `handler` once before the program ends for want of memory: the client
 * gives its terminal back there, without allocating.  NULL removes it. */
void mem_on_exhaustion(void (*handler)(void));

/* Allocate `count` zeroed items of `size` bytes.  Never NULL.  The caller
 * frees with free(). */
void *mem_new(size_t count, size_t size);

/* Change the size of `block` (may be NULL) to `count` items of `size` bytes;
 * what is added is not zeroed.  Never NULL. */
void *mem_grow(void *block, size_t count, size_t size);

/* Copy `text`, which must not be NULL.  The caller frees with free(). */
char *mem_text(const char *text);

/* Give the reserve up, for whatever a library could not allocate. */
void mem_give(void);

/* The same for what must not fail: `while (!(x = make())) mem_again(&given);` with
 * `given` false tries once more, then ends the program. */
void mem_again(bool *given);

/* Take the reserve back if it was given up; false while it cannot be. */
bool mem_recover(void);

/* How many times the reserve was given up. */
unsigned mem_shortages(void);

/* Run the handler, say the last words and leave with EX_OSERR (71).  Nothing is
 * allocated on that way. */
void mem_end(void) __attribute__((noreturn));

#endif
