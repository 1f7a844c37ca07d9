/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page to print, A4, as PDF: heading, paragraphs, labelled lines, a DataMatrix.
 * Fonts are embedded; the same calls with the same texts and the same moment
 * give the same bytes.  Texts are plain: nothing in them is read as markup. */
#ifndef GUICHET_BACKEND_SHEET_H
#define GUICHET_BACKEND_SHEET_H

#include <guichet/base/buf.h>
#include <guichet/base/date.h>

struct sheet;

struct sheet_head {
	const char *caisse;             /* who gives the paper */
	const char *title;
	const char *number;             /* of the request; "" : no barcode */
	int64_t made_ms;
	enum zone zone;
};

/* Start a page whose bytes go to `out` (borrowed until sheet_close()). */
struct sheet *sheet_open(const struct sheet_head *head, struct buf *out);

/* Add, one under the other: a section title, a paragraph, a label and its value
 * (nothing when the value is ""), an item of a list. */
void sheet_section(struct sheet *sheet, const char *text);
void sheet_text(struct sheet *sheet, const char *text);
void sheet_field(struct sheet *sheet, const char *label, const char *value);
void sheet_item(struct sheet *sheet, const char *text);

/* Write `text` across the page, large and pale, behind what follows. */
void sheet_mark(struct sheet *sheet, const char *text);

/* End the page and free `sheet`.  Errors: ERR_SYSTEM, with 503 "memory.short" when
 * memory lacked. */
bool sheet_close(struct sheet *sheet, struct err *err);

/* ---- guard.c: libraries that fall where memory lacks ---- */

/* From now on, what falls while a page is drawn ends the program with EX_OSERR.
 * Once, before any thread. */
void sheet_guard(void);

/* This thread begins to draw, or ends. */
void sheet_draws(bool begins);

#endif
