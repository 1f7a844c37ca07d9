/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/money.h>

#define THIN "\u202F"
#define EUR "\u00A0€"

static void an_amount_is_written_in_french(void **state)
{
	static const struct {
		int64_t cts;
		const char *text;
	} rows[] = {
		{ 0, "0,00" EUR }, { 5, "0,05" EUR }, { -5, "-0,05" EUR },
		{ 100, "1,00" EUR }, { 99999, "999,99" EUR },
		{ 100000, "1" THIN "000,00" EUR },
		{ 123456, "1" THIN "234,56" EUR },
		{ -123456, "-1" THIN "234,56" EUR },
		{ 100000000, "1" THIN "000" THIN "000,00" EUR },
		{ 1234567890, "12" THIN "345" THIN "678,90" EUR },
		{ INT64_MAX, "92" THIN "233" THIN "720" THIN "368" THIN "547"
		  THIN "758,07" EUR },
		{ INT64_MIN, "-92" THIN "233" THIN "720" THIN "368" THIN "547"
		  THIN "758,08" EUR },
	};
	char text[MONEY_TEXT];

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		money_to_text(rows[i].cts, text);
		assert_string_equal(text, rows[i].text);
	}
}

static void an_amount_is_read_as_it_is_typed(void **state)
{
	static const struct {
		const char *text;
		int64_t cts;
	} rows[] = {
		{ "0", 0 }, { "12", 1200 }, { "12 €", 1200 }, { "12€", 1200 },
		{ "1 234,56", 123456 }, { "1234.5", 123450 },
		{ "1234,05", 123405 }, { "-3,20", -320 }, { "  7,10  ", 710 },
		{ "1\u202F234,56\u00A0€", 123456 }, { "0012", 1200 },
		{ "12 345 678", 1234567800 }, { "999999999999", INT64_C(99999999999900) },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		int64_t cts;
		struct err err = { 0 };

		if (!money_from_input(rows[i].text, &cts, &err))
			fail_msg("%s: %s", rows[i].text, err.text);
		assert_int_equal(cts, rows[i].cts);
	}
}

static void what_is_no_amount_is_refused(void **state)
{
	static const char *const texts[] = {
		"", "€", "-", ",5", "12,", "12,345", "12,3x", "1,2,3", "1 2",
		"1234 567", "1 23 456", "1 234 56", "12 $", "12 € €", "1e3",
		"0x10", "--1", "+1", "12-", "1\u2003234", "1000000000000",
		"99999999999999999999", "1  234",
		"00000000000000000000000000000000000000000000000000",
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(texts); i++) {
		int64_t cts = 7;
		struct err err = { 0 };

		if (money_from_input(texts[i], &cts, &err))
			fail_msg("« %s » was read", texts[i]);
		assert_int_equal(err.code, ERR_INVALID);
		assert_int_equal(cts, 0);
	}
}

static void what_is_written_is_read_back(void **state)
{
	(void)state;
	for (int64_t cts = -250000; cts <= 250000; cts += 7) {
		char text[MONEY_TEXT];
		int64_t read;

		money_to_text(cts, text);
		assert_true(money_from_input(text, &read, NULL));
		assert_int_equal(read, cts);
	}
}

static void a_percentage_is_rounded_half_away_from_zero(void **state)
{
	static const struct {
		int64_t base_cts;
		int percent;
		int64_t cts;
	} rows[] = {
		{ 2650, 70, 1855 }, { 3000, 70, 2100 }, { 1, 50, 1 },
		{ 1, 49, 0 }, { -1, 50, -1 }, { -1, 49, 0 }, { 333, 65, 216 },
		{ 335, 70, 235 }, { 0, 70, 0 }, { 1999, 100, 1999 },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++)
		assert_int_equal(money_percent(rows[i].base_cts,
					       rows[i].percent), rows[i].cts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_amount_is_written_in_french),
		cmocka_unit_test(an_amount_is_read_as_it_is_typed),
		cmocka_unit_test(what_is_no_amount_is_refused),
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(a_percentage_is_rounded_half_away_from_zero),
	};

	return cmocka_run_group_tests_name("money", tests, NULL, NULL);
}
