/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the text functions know of Unicode 14: the characters of the scripts let
 * through, their width, and the composed forms of Latin letters. */
#ifndef GUICHET_BASE_TEXT_TABLE_H
#define GUICHET_BASE_TEXT_TABLE_H

#include <stdbool.h>
#include <stdint.h>

enum text_class {
	TEXT_REFUSED,
	TEXT_BASE,                      /* letter, digit, punctuation, sign */
	TEXT_SPACE,                     /* U+0020, U+00A0, U+202F */
	TEXT_MARK,                      /* combining, takes no column */
};

/* Return what `c` is for text_clean(). */
enum text_class text_table_class(uint32_t c);

/* Tell whether `c` takes two columns. */
bool text_table_is_wide(uint32_t c);

/* Return the canonical combining class of a mark, 0 when it is never moved. */
int text_table_order(uint32_t mark);

/* Return the composed form of `base` and `mark`, or 0. */
uint32_t text_table_compose(uint32_t base, uint32_t mark);

/* Split a composed Latin letter; returns false when `c` is none. */
bool text_table_split(uint32_t c, uint32_t *base, uint32_t *mark);

#endif
