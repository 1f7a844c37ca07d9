/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The NIR, French social security number: 13 characters and a key of 2.
 * Structure and key: INSEE, decree 82-103; months accepted 00-12, 20-42, 50-99
 * (INSEE XML schema); 2A counts as 19 and 2B as 18 in the key.  The birth month
 * cannot be taken from a NIR. */
#ifndef GUICHET_BASE_NIR_H
#define GUICHET_BASE_NIR_H

#include <guichet/base/err.h>

struct nir {
	char number[14];                /* 13 characters, upper case */
	char key[3];                    /* "01".."97", always filled */
	bool key_given;                 /* the key was typed, and right */
};

#define NIR_TEXT 24

/* Read 13 or 15 characters with any blanks, dots or hyphens, `a` and `b` in any
 * case.  Errors: ERR_INVALID with the reason in words: length, character, first
 * digit, month, department, commune, order, key ("la clé devrait être 60"). */
bool nir_parse(const char *text, struct nir *nir, struct err *err);

/* Tell whether `text` looks like the start of a NIR being typed: digits and
 * blanks, 2A or 2B in their place. */
bool nir_looks_like(const char *text);

/* Return the key, 1..97, of 13 valid characters. */
int nir_key(const char number[13]);

/* Write "2 85 03 45 234 123", with the key when `key` is not NULL or "".  Takes
 * any start of a number, so that it can group while typing. */
void nir_to_text(const char *number, const char *key, char out[NIR_TEXT]);

/* Write "2 85 03 45 *** ***": what lists and masked files show. */
void nir_to_mask(const char *number, char out[NIR_TEXT]);

/* Tell whether it is a temporary number (first digit 3, 4, 7 or 8). */
bool nir_is_temporary(const char *number);

#endif
