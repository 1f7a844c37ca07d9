/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/iban.h>

#include <stdio.h>
#include <string.h>

/* Of the facts, section 1.6, and the examples of the IBAN registry. */
static const char *const right[] = {
	"FR7630006000011234567890189", "FR1420041010050500013M02606",
	"FR7630001007941234567890185", "FR7699998000010000000000107",
	"FR9099998000380123456789A28", "BE68539007547034",
	"DE89370400440532013000", "ES9121000418450200051332",
	"IT60X0542811101000000123456", "PT50000201231234567890154",
	"NL91ABNA0417164300", "LU280019400644750000", "NO9386011117947",
	"MT84MALT011000012345MTLCAST001S", "GB29NWBK60161331926819",
	"CH9300762011623852957", "MC5811222000010123456789030",
};

static void a_right_iban_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ROWS(right); i++) {
		struct err err = { 0 };
		struct iban iban;

		if (!iban_parse(right[i], &iban, &err))
			fail_msg("%s: %s", right[i], err.text);
		assert_string_equal(iban.number, right[i]);
	}
}

static void blanks_and_small_letters_are_understood(void **state)
{
	static const char *const texts[] = {
		"FR76 3000 6000 0112 3456 7890 189",
		" fr76\u00A03000\u202F6000 0112 3456 7890 189\t",
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(texts); i++) {
		struct iban iban;

		assert_true(iban_parse(texts[i], &iban, NULL));
		assert_string_equal(iban.number, right[0]);
	}
}

static void a_refused_iban_says_why(void **state)
{
	static const struct {
		const char *text, *word;
	} rows[] = {
		{ "", "iban.country" }, { "F", "iban.country" },
		{ "XX7630006000011234567890189", "iban.country" },
		{ "7630006000011234567890189", "iban.country" },
		{ "FR763000600001123456789018", "iban.length" },
		{ "FR76300060000112345678901899", "iban.length" },
		{ "FR76300060000112345678901891111111111111111", "iban.length" },
		{ "FR76-3000-6000-0112-3456-7890-189", "iban.character" },
		{ "FR763000600001123456789018é", "iban.character" },
		{ "FRA630006000011234567890189", "iban.character" },
		{ "FR7A30006000011234567890189", "iban.character" },
		{ "FR7630006000011234567890188", "iban.key" },
		{ "FR1420041010050500013M02607", "iban.key" },
		/* a right key over a wrong RIB key, or letters in the bank */
		{ "FR4930006000011234567890190", "iban.rib" },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct err err = { 0 };
		struct iban iban;

		if (iban_parse(rows[i].text, &iban, &err))
			fail_msg("%s was read", rows[i].text);
		assert_int_equal(err.code, ERR_INVALID);
		assert_string_equal(err.word, rows[i].word);
		assert_true(err.text[0]);
		assert_string_equal(iban.number, "");
	}
}

static void what_is_meant_as_an_iban_is_told_from_a_search(void **state)
{
	static const char *const wrong[] = {
		"FR76 3000 6000 0112 3456 7890 188", "fr7630006000011234",
		"\u00A0FR76\u202F30006000011", "XX7630006000011234567890189",
	};
	static const char *const others[] = {
		"", "FR76", "FR76300060000", "FRA630006000011234567890189",
		"7630006000011234567890189", "FR76 3000 6000 0112 : 3456",
		"2 85 03 45 234 123 35", "0612345678", "CEAM-26-000123",
		"le 14 03 1985 martin", "le 14 03 1985 de la tour",
		"jo14@exemple.fr 12345678", "FR76 née 14031985",
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(right); i++)
		if (!iban_looks_like(right[i]))
			fail_msg("%s", right[i]);
	for (size_t i = 0; i < N_ROWS(wrong); i++)
		if (!iban_looks_like(wrong[i]))
			fail_msg("%s", wrong[i]);
	for (size_t i = 0; i < N_ROWS(others); i++)
		if (iban_looks_like(others[i]))
			fail_msg("%s", others[i]);
}

/* Modulo 97 by school division, to make keys the code under test did not. */
static int key_of(const char *country, const char *account)
{
	char text[64];
	int rest = 0;

	snprintf(text, sizeof(text), "%s%s00", account, country);
	for (const char *c = text; *c; c++)
		rest = *c <= '9' ? (rest * 10 + *c - '0') % 97 :
			(rest * 100 + *c - 'A' + 10) % 97;
	return 98 - rest;
}

static void a_french_account_has_one_rib_key_of_97(void **state)
{
	(void)state;
	for (int rib = 0; rib <= 99; rib++) {
		char account[32], text[48];
		struct err err = { 0 };
		struct iban iban;

		snprintf(account, sizeof(account), "999980000100000000001%02d",
			 rib);
		snprintf(text, sizeof(text), "FR%02d%s", key_of("FR", account),
			 account);
		assert_int_equal(iban_parse(text, &iban, &err), rib == 7);
		if (rib != 7)
			assert_string_equal(err.word, "iban.rib");
	}
}

static void a_letter_in_a_french_bank_is_refused(void **state)
{
	static const char *const accounts[] = {
		"9999A000010000000000107",
		"999980000100000000001A7", "9999800001000000000010A",
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(accounts); i++) {
		struct err err = { 0 };
		struct iban iban;
		char text[48];

		snprintf(text, sizeof(text), "FR%02d%s",
			 key_of("FR", accounts[i]), accounts[i]);
		assert_false(iban_parse(text, &iban, &err));
		assert_true(strcmp(err.word, "iban.rib") == 0 ||
			    strcmp(err.word, "iban.character") == 0);
	}
}

static void the_rib_key_is_that_of_the_banks(void **state)
{
	(void)state;
	assert_int_equal(rib_key("30006", "00001", "12345678901"), 89);
	assert_int_equal(rib_key("20041", "01005", "0500013M026"), 6);
	assert_int_equal(rib_key("30001", "00794", "12345678901"), 85);
	assert_int_equal(rib_key("99998", "00038", "0123456789A"), 28);
	assert_int_equal(rib_key("00000", "00000", "00000000000"), 97);
	/* letters by their table: A-I, J-R, S-Z */
	assert_int_equal(rib_key("20041", "01005", "ABCDEFGHIJK"),
			 rib_key("20041", "01005", "12345678912"));
	assert_int_equal(rib_key("20041", "01005", "QRSTUVWXYZ0"),
			 rib_key("20041", "01005", "89234567890"));
	assert_int_equal(rib_key("3000A", "00001", "12345678901"), 0);
	assert_int_equal(rib_key("30006", "0000", "12345678901"), 0);
	assert_int_equal(rib_key("30006", "00001", "1234567890a"), 0);
	assert_int_equal(rib_key("30006", "00001", ""), 0);
}

static void every_wrong_character_is_caught(void **state)
{
	static const char all[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	(void)state;
	for (size_t i = 0; i < N_ROWS(right); i++) {
		for (size_t at = 0; right[i][at]; at++) {
			for (const char *c = all; *c; c++) {
				char text[48];
				struct iban iban;

				snprintf(text, sizeof(text), "%s", right[i]);
				/* A letter is worth two digits: some changes
				 * of kind escape the key by construction. */
				if (text[at] == *c ||
				    (text[at] > '9') != (*c > '9'))
					continue;
				text[at] = *c;
				assert_false(iban_parse(text, &iban, NULL));
			}
		}
	}
}

static void every_swap_of_neighbouring_digits_is_caught(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ROWS(right); i++) {
		for (size_t at = 2; right[i][at + 1]; at++) {
			char text[48];
			struct iban iban;

			snprintf(text, sizeof(text), "%s", right[i]);
			if (text[at] == text[at + 1] || text[at] > '9' ||
			    text[at + 1] > '9')
				continue;
			text[at] = right[i][at + 1];
			text[at + 1] = right[i][at];
			assert_false(iban_parse(text, &iban, NULL));
		}
	}
}

/* 00, 01 and 99 leave the same rest as 97, 98 and 02. */
/* French accounts of a bank that does not exist; the keys are made here. */
/* Two neighbours that differ, one in the place of the other. */
static void try_swaps(char text[48])
{
	for (int at = 2; at < 26; at++) {
		char first = text[at], second = text[at + 1];
		struct iban iban;

		text[at] = second;
		text[at + 1] = first;
		assert_int_equal(iban_parse(text, &iban, NULL), first == second);
		text[at] = first;
		text[at + 1] = second;
	}
}

static void every_error_in_ten_thousand_accounts_is_caught(void **state)
{
	(void)state;
	for (int n = 0; n < 10000; n++) {
		char account[32], text[48];
		struct iban iban;
		int rib;

		snprintf(account, sizeof(account), "999980%04d%011d", n,
			 n * 104729);
		rib = rib_key("99998", account + 5, account + 10);
		snprintf(account + 21, sizeof(account) - 21, "%02d", rib);
		snprintf(text, sizeof(text), "FR%02d%s", key_of("FR", account),
			 account);
		assert_true(iban_parse(text, &iban, NULL));
		for (int at = 2; at < 27; at++) {
			char kept = text[at];

			for (char c = '0'; c <= '9'; c++) {
				text[at] = c;
				assert_int_equal(iban_parse(text, &iban, NULL),
						 c == kept);
			}
			text[at] = kept;
		}
		try_swaps(text);
	}
}

static void a_key_outside_02_to_98_is_refused(void **state)
{
	int seen = 0;

	(void)state;
	for (int n = 0; n < 1000; n++) {
		char account[32], text[48];
		struct iban iban;
		int key;

		snprintf(account, sizeof(account), "%016d", n);
		key = key_of("AT", account);
		if (key != 2 && key != 97 && key != 98)
			continue;
		snprintf(text, sizeof(text), "AT%02d%s", key, account);
		assert_true(iban_parse(text, &iban, NULL));
		snprintf(text, sizeof(text), "AT%02d%s",
			 key == 2 ? 99 : key - 97, account);
		assert_false(iban_parse(text, &iban, NULL));
		seen++;
	}
	assert_true(seen > 20);
}

static void an_iban_is_grouped_or_masked(void **state)
{
	struct iban iban;
	char text[IBAN_TEXT];

	(void)state;
	assert_true(iban_parse(right[0], &iban, NULL));
	iban_to_text(&iban, text);
	assert_string_equal(text, "FR76 3000 6000 0112 3456 7890 189");
	iban_to_mask(&iban, text);
	assert_string_equal(text, "FR76 **** **** **** **** ***0 189");
	assert_true(iban_parse("NO9386011117947", &iban, NULL));
	iban_to_mask(&iban, text);
	assert_string_equal(text, "NO93 **** ***7 947");
	iban = (struct iban){ "" };
	iban_to_text(&iban, text);
	assert_string_equal(text, "");
	memset(iban.number, '9', 34);
	iban_to_text(&iban, text);
	assert_int_equal(strlen(text), 42);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_right_iban_is_read),
		cmocka_unit_test(what_is_meant_as_an_iban_is_told_from_a_search),
		cmocka_unit_test(blanks_and_small_letters_are_understood),
		cmocka_unit_test(a_refused_iban_says_why),
		cmocka_unit_test(a_french_account_has_one_rib_key_of_97),
		cmocka_unit_test(a_letter_in_a_french_bank_is_refused),
		cmocka_unit_test(the_rib_key_is_that_of_the_banks),
		cmocka_unit_test(every_wrong_character_is_caught),
		cmocka_unit_test(every_swap_of_neighbouring_digits_is_caught),
		cmocka_unit_test(every_error_in_ten_thousand_accounts_is_caught),
		cmocka_unit_test(a_key_outside_02_to_98_is_refused),
		cmocka_unit_test(an_iban_is_grouped_or_masked),
	};

	return cmocka_run_group_tests_name("iban", tests, NULL, NULL);
}
