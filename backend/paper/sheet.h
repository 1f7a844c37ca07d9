/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page to print says, from top to bottom: heading, paragraphs, labelled
 * lines, a DataMatrix.  It is told here and drawn elsewhere (press.h): this keeps
 * words only.  Texts are plain: nothing in them is read as markup. */
#ifndef GUICHET_BACKEND_SHEET_H
#define GUICHET_BACKEND_SHEET_H

#include <guichet/base/buf.h>
#include <guichet/base/date.h>

struct press;
struct sheet;

struct sheet_head {
	const char *caisse;             /* who gives the paper */
	const char *title;
	const char *number;             /* of the request; "" : no barcode */
	int64_t made_ms;
	enum zone zone;
	struct press *press;            /* NULL: drawn by this process itself */
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

/* Have the page drawn, and free `sheet`.  Errors: those of press_print(). */
bool sheet_close(struct sheet *sheet, struct err *err);

#endif
