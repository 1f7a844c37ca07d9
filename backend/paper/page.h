/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page, A4, drawn as PDF from what a sheet tells.  Fonts are embedded; the same
 * words and the same moment give the same bytes.
 *
 * What is told is a struct page_moment, then texts that each end with a zero byte:
 * the caisse, the title and the number; then blocks, each its kind (one byte), a
 * text and a value.  It never leaves the program that made it. */
#ifndef GUICHET_BACKEND_PAGE_H
#define GUICHET_BACKEND_PAGE_H

#include <guichet/base/buf.h>
#include <guichet/base/date.h>

/* Bytes. */
#define PAGE_TOLD_MOST (64u << 10)

struct page_moment { int64_t made_ms; enum zone zone; };

enum page_block {
	PAGE_SECTION = 'S', PAGE_TEXT = 'T', PAGE_FIELD = 'F', PAGE_ITEM = 'I',
	PAGE_MARK = 'M',
};

enum page_end {
	PAGE_DRAWN,
	PAGE_SHORT,                     /* of memory */
	PAGE_FAILED,
};

/* Draw what was `told` into `out`.  Libraries that draw do not all look at what
 * they allocate: without memory this may also crash. */
enum page_end page_draw(const struct buf *told, struct buf *out);

#endif
