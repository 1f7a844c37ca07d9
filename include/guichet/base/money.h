/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts: whole euro cents in an int64_t, `_cts` in the name.  Never floating
 * point. */
#ifndef GUICHET_BASE_MONEY_H
#define GUICHET_BASE_MONEY_H

#include <guichet/base/err.h>
#include <stdint.h>

#define MONEY_TEXT 48

/* Write "1 234,56 €": thousands apart with U+202F, U+00A0 before the sign. */
void money_to_text(int64_t cts, char out[MONEY_TEXT]);

/* Read "1 234,56", "1234.5", "12 €", up to a thousand billion euros.  Errors:
 * ERR_INVALID. */
bool money_from_input(const char *text, int64_t *cts, struct err *err);

/* Return `base_cts` x `percent` / 100, rounded to the cent, half away from 0.
 * Their product must fit an int64_t. */
int64_t money_percent(int64_t base_cts, int percent);

#endif
