/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an agent types or a server sends, given to every reader of base: what
 * is accepted is valid, and what is written reads back. */
#include "fuzz.h"

#include <guichet/base/clock.h>
#include <guichet/base/fold.h>
#include <guichet/base/iban.h>
#include <guichet/base/money.h>
#include <guichet/base/nir.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_SIZE 301
#define CLEAN_SIZE 1000                 /* each byte may become three */

static void hold(bool holds)
{
	if (!holds)
		abort();
}

static void try_dates(const char *text)
{
	const struct date today = { 2026, 11, 21 };
	struct err err = { 0 };
	char out[DATE_TEXT];
	struct date date;

	if (date_from_input(text, today, &date, &err))
		hold(date_valid(date));
	if (date_from_birth_input(text, today, &date, &err))
		hold(date_valid_birth(date) && date_compare(date, today) <= 0);
	if (date_from_iso(text, &date, &err)) {
		date_to_iso(date, out);
		hold(strcmp(text, out) == 0);
	}
	hold(text_is_clean(err.text, TEXT_ONE_LINE));
}

static void try_moment(const char *text)
{
	int64_t at_ms, again;
	char out[DATE_TEXT];

	if (!moment_from_rfc3339(text, &at_ms, NULL))
		return;
	moment_to_rfc3339(ZONE_REUNION, at_ms, out);
	/* At the edges the local year leaves the calendar. */
	if (strncmp(out, "1850", 4) > 0 && strncmp(out, "2199", 4) < 0)
		hold(moment_from_rfc3339(out, &again, NULL) && again == at_ms);
}

static void try_numbers(const char *text)
{
	char out[NIR_TEXT], account[IBAN_TEXT], amount[MONEY_TEXT], id[ID_TEXT];
	struct nir nir, same_nir;
	struct iban iban, same_iban;
	int64_t cts, same_cts;

	if (nir_parse(text, &nir, NULL)) {
		nir_is_temporary(nir.number);
		snprintf(out, sizeof(out), "%s%02d", nir.number,
			 nir_key(nir.number));
		hold(nir_parse(out, &same_nir, NULL) && same_nir.key_given);
		nir_to_text(nir.number, nir.key, out);
		hold(nir_parse(out, &same_nir, NULL) && same_nir.key_given);
		hold(strcmp(nir.number, same_nir.number) == 0);
	}
	nir_to_text(text, "97", out);
	nir_to_mask(text, out);
	nir_looks_like(text);
	iban_looks_like(text);
	if (iban_parse(text, &iban, NULL)) {
		iban_to_mask(&iban, account);
		hold(strlen(account) < sizeof(account));
		iban_to_text(&iban, account);
		hold(iban_parse(account, &same_iban, NULL));
		hold(strcmp(iban.number, same_iban.number) == 0);
	}
	if (money_from_input(text, &cts, NULL)) {
		money_to_text(cts, amount);
		hold(money_from_input(amount, &same_cts, NULL));
		hold(cts == same_cts);
	}
	if (id_parse(text)) {
		id_format(id_parse(text), id);
		hold(strcmp(text, id) == 0);
	}
}

static void try_text(const char *text, size_t size)
{
	char once[CLEAN_SIZE], twice[CLEAN_SIZE], cut[20];

	hold(text_clean(once, sizeof(once), text, size, TEXT_MANY_LINES));
	hold(text_is_clean(once, TEXT_MANY_LINES));
	hold(text_clean(twice, sizeof(twice), once, strlen(once),
			TEXT_MANY_LINES));
	hold(strcmp(once, twice) == 0);
	hold(text_ellipsis(cut, sizeof(cut), once, 9) <= 9);
	hold(text_fit(once, 9) <= strlen(once));
	hold(text_width(once) <= 2 * (int)strlen(once));
	fold_words(twice, 60, text);
	hold(fold_compare(twice, twice) == 0 && fold_contains(twice, ""));
	fold_glued(twice, sizeof(twice), text);
	hold(strspn(twice, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") ==
	     strlen(twice));
	fold_phonetic(cut, sizeof(cut), text);
	text_trim(once);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[TEXT_SIZE];

	if (size >= sizeof(text))
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	try_dates(text);
	try_moment(text);
	try_numbers(text);
	try_text(text, size);
	return 0;
}
