/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8 text: reading it, measuring it, and the one function through which all
 * text from outside goes before a display, a print, a log or an export. */
#ifndef GUICHET_BASE_TEXT_H
#define GUICHET_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TEXT_REPLACEMENT 0xFFFDu

enum text_lines {
	TEXT_ONE_LINE,                  /* a newline becomes U+FFFD */
	TEXT_MANY_LINES,                /* '\n' is kept */
};

/*
 * Copy `size` bytes of `text` to `out` (`out_size` bytes, ended by zero), keeping
 * an allow-list: letters, digits, punctuation, spaces U+0020, U+00A0 and U+202F,
 * at most two combining marks on a base.  Everything else (C0, C1, DEL, bidi
 * controls, zero-width, tags, private use, unassigned, invalid UTF-8, U+2028)
 * becomes a visible U+FFFD.  A base and mark with a composed Latin form are
 * composed (NFC for Latin).  Idempotent.  Returns false when the result did not
 * fit: `out` then holds the characters that fit.
 */
bool text_clean(char *out, size_t out_size, const char *text, size_t size,
		enum text_lines lines);

/* Tell whether text_clean() would change nothing. */
bool text_is_clean(const char *text, enum text_lines lines);

/* Read one character at `*at` (before `end`) and move `*at` past it.  An invalid
 * sequence gives TEXT_REPLACEMENT and moves one byte. */
uint32_t text_next(const char **at, const char *end);

/* Write `c` as UTF-8 to `out` (4 bytes at most) and return how many. */
size_t text_put(char out[4], uint32_t c);

/* Return the columns one character takes: 0 (combining), 1 or 2. */
int text_char_width(uint32_t c);

/* Return the columns `text` takes on a terminal. */
int text_width(const char *text);

/* Return the bytes of the longest start of `text` that fits `columns`. */
size_t text_fit(const char *text, int columns);

/* Copy `text` to `out` in at most `columns` columns, ending it with "…" when
 * something was left out.  Returns the columns used. */
int text_ellipsis(char *out, size_t out_size, const char *text, int columns);

/* Remove blanks at both ends in place (space, tab, U+00A0, U+202F). */
void text_trim(char *text);

/* Copy `text` whole to `out`; returns false, leaving "" in `out`, when it does
 * not fit. */
bool text_copy(char *out, size_t out_size, const char *text);

#endif
