/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IBAN (ISO 13616, modulo 97 of ISO 7064) and the RIB key of French accounts. */
#ifndef GUICHET_BASE_IBAN_H
#define GUICHET_BASE_IBAN_H

#include <guichet/base/err.h>

#define IBAN_TEXT 48

struct iban {
	char number[35];                /* 15..34 characters, upper case */
};

/* Read an IBAN with any blanks.  Errors: ERR_INVALID with the reason in words:
 * country, length, character, key, RIB key. */
bool iban_parse(const char *text, struct iban *iban, struct err *err);

/* Tell whether `text` is meant as an IBAN, even a wrong one: two letters and two
 * digits, then ten characters or more, eight digits among them. */
bool iban_looks_like(const char *text);

/* Return the RIB key, 1..97, of a bank (5 digits), branch (5 digits) and account
 * (11 digits or letters), or 0 when a character is wrong. */
int rib_key(const char *bank, const char *branch, const char *account);

/* Write in groups of four, or masked: "FR76 **** **** **** **** ***0 189". */
void iban_to_text(const struct iban *iban, char out[IBAN_TEXT]);
void iban_to_mask(const struct iban *iban, char out[IBAN_TEXT]);

#endif
