/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/date.h>

#include <stdio.h>
#include <string.h>

static const struct date today = { 2026, 11, 21 };      /* a Saturday */

static void assert_date(struct date date, int year, int month, int day)
{
	if (date.year != year || date.month != month || date.day != day)
		fail_msg("%04d-%02d-%02d, not %04d-%02d-%02d", date.year,
			 date.month, date.day, year, month, day);
}

/* Walks the calendar by its own rules, without the code under test. */
static void every_day_from_1850_to_2199_goes_there_and_back(void **state)
{
	static const int lengths[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
	};
	struct date last = { 1849, 12, 31 };
	int64_t days = date_to_days((struct date){ 1850, 1, 1 });
	int weekday = 2;                /* 1 January 1850 was a Tuesday */

	(void)state;
	assert_int_equal(days, -43829);
	for (int y = 1850; y <= 2199; y++) {
		bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;

		for (int m = 1; m <= 12; m++) {
			int length = lengths[m - 1] + (m == 2 && leap);

			for (int d = 1; d <= length; d++) {
				struct date date = { y, m, d }, read;
				char text[DATE_TEXT];

				assert_true(date_valid(date));
				assert_int_equal(date_to_days(date), days);
				assert_date(date_from_days(days), y, m, d);
				assert_int_equal(date_weekday(date), weekday);
				assert_int_equal(date_compare(last, date), -1);
				date_to_iso(date, text);
				assert_true(date_from_iso(text, &read, NULL));
				assert_date(read, y, m, d);
				date_to_text(date, text);
				assert_true(date_from_input(text, today, &read,
							    NULL));
				assert_date(read, y, m, d);
				last = date;
				days++;
				weekday = weekday % 7 + 1;
			}
			assert_false(date_valid((struct date){ y, m, length + 1 }));
		}
	}
}

static void the_first_day_of_the_count_is_1970(void **state)
{
	(void)state;
	assert_int_equal(date_to_days((struct date){ 1970, 1, 1 }), 0);
	assert_int_equal(date_to_days((struct date){ 2000, 3, 1 }), 11017);
	/* the calendar goes on before the year 1: the year 0 had 366 days */
	assert_date(date_from_days(-719468), 0, 3, 1);
	assert_date(date_from_days(-719469), 0, 2, 29);
}

static void what_is_no_day_is_refused(void **state)
{
	static const struct date dates[] = {
		{ 0, 0, 0 }, { 2026, 0, 0 }, { 2026, 5, 0 }, { 2026, 0, 5 },
		{ 2026, 13, 1 }, { 2026, 2, 29 }, { 1900, 2, 29 },
		{ 2026, 4, 31 }, { 1849, 12, 31 }, { 2200, 1, 1 },
		{ 2026, -1, 1 }, { 2026, 1, -1 },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(dates); i++)
		assert_false(date_valid(dates[i]));
}

static void a_birth_date_may_lack_its_day_or_its_month(void **state)
{
	(void)state;
	assert_true(date_valid_birth((struct date){ 1952, 0, 0 }));
	assert_true(date_valid_birth((struct date){ 1952, 3, 0 }));
	assert_true(date_valid_birth((struct date){ 1952, 2, 29 }));
	assert_false(date_valid_birth((struct date){ 1952, 0, 3 }));
	assert_false(date_valid_birth((struct date){ 1952, 13, 0 }));
	assert_false(date_valid_birth((struct date){ 1952, -1, 0 }));
	assert_false(date_valid_birth((struct date){ 1849, 3, 0 }));
	assert_false(date_valid_birth((struct date){ 2200, 3, 0 }));
	assert_false(date_valid_birth((struct date){ 0, 0, 0 }));
	assert_false(date_valid_birth((struct date){ 1952, 2, 30 }));
}

static void months_are_added_within_the_month(void **state)
{
	static const struct {
		struct date from;
		int months;
		struct date to;
	} rows[] = {
		{ { 2026, 1, 31 }, 1, { 2026, 2, 28 } },
		{ { 2024, 1, 31 }, 1, { 2024, 2, 29 } },
		{ { 2026, 11, 30 }, 3, { 2027, 2, 28 } },
		{ { 2026, 3, 31 }, -1, { 2026, 2, 28 } },
		{ { 2026, 1, 15 }, -1, { 2025, 12, 15 } },
		{ { 2026, 12, 1 }, 12, { 2027, 12, 1 } },
		{ { 2024, 2, 29 }, -12, { 2023, 2, 28 } },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct date to = date_add_months(rows[i].from, rows[i].months);

		assert_date(to, rows[i].to.year, rows[i].to.month,
			    rows[i].to.day);
	}
	assert_date(date_add_days((struct date){ 2026, 12, 31 }, 1), 2027, 1, 1);
	assert_date(date_add_days((struct date){ 2027, 1, 1 }, -1), 2026, 12, 31);
}

static void age_counts_whole_years(void **state)
{
	(void)state;
	assert_int_equal(date_age((struct date){ 1985, 11, 21 }, today), 41);
	assert_int_equal(date_age((struct date){ 1985, 11, 22 }, today), 40);
	assert_int_equal(date_age((struct date){ 1985, 0, 0 }, today), 41);
	assert_int_equal(date_age((struct date){ 1985, 12, 0 }, today), 40);
	assert_int_equal(date_age(today, today), 0);
	assert_int_equal(date_age((struct date){ 2004, 2, 29 },
				  (struct date){ 2026, 2, 28 }), 21);
	assert_int_equal(date_age((struct date){ 2004, 2, 29 },
				  (struct date){ 2026, 3, 1 }), 22);
}

static void dates_are_written_as_the_agent_reads_them(void **state)
{
	struct date monday = { 2026, 11, 23 }, unknown = { 1952, 0, 0 };
	struct date none = { 0 };
	char text[DATE_TEXT];

	(void)state;
	date_to_text(monday, text);
	assert_string_equal(text, "23/11/2026");
	date_to_short(monday, text);
	assert_string_equal(text, "23/11/26");
	date_to_full(monday, text);
	assert_string_equal(text, "lun. 23/11/2026");
	date_to_full(unknown, text);
	assert_string_equal(text, "00/00/1952");
	date_to_iso(unknown, text);
	assert_string_equal(text, "1952-00-00");
	date_to_iso(none, text);
	assert_string_equal(text, "");
	date_to_text(none, text);
	assert_string_equal(text, "");
	date_to_short(none, text);
	assert_string_equal(text, "");
	date_to_full(none, text);
	assert_string_equal(text, "");
}

static void iso_is_read_strictly(void **state)
{
	static const char *const texts[] = {
		"2026-11-2", "2026-11-023", "2026/11/23", "26-11-23",
		"2026-02-29", "2026-13-01", "2026-00-05", " 2026-11-23",
		"2026-11-2x", "2026-11/23", "0000-00-00", "+026-11-23", "2026-11-23T",
	};
	struct date date;
	struct err err;

	(void)state;
	for (size_t i = 0; i < N_ROWS(texts); i++) {
		date = today;
		assert_false(date_from_iso(texts[i], &date, &err));
		assert_int_equal(err.code, ERR_INVALID);
		assert_false(date_is_set(date));
	}
	assert_true(date_from_iso("", &date, &err));
	assert_false(date_is_set(date));
	assert_true(date_from_iso("1952-00-00", &date, &err));
	assert_date(date, 1952, 0, 0);
}

static void what_an_agent_types_is_understood(void **state)
{
	static const struct {
		const char *text;
		struct date date;
	} rows[] = {
		{ "15/3", { 2027, 3, 15 } }, { "15/03/26", { 2026, 3, 15 } },
		{ "15032026", { 2026, 3, 15 } }, { "1503", { 2027, 3, 15 } },
		{ "150326", { 2026, 3, 15 } }, { "2026-03-15", { 2026, 3, 15 } },
		{ "15.03.2026", { 2026, 3, 15 } },
		{ "15-03-2026", { 2026, 3, 15 } },
		{ " 15/3/2026\u00A0", { 2026, 3, 15 } },
		{ "+7", { 2026, 11, 28 } }, { "-2", { 2026, 11, 19 } },
		{ "7j", { 2026, 11, 28 } }, { "+7j", { 2026, 11, 28 } },
		{ "0j", { 2026, 11, 21 } }, { "+45", { 2027, 1, 5 } },
		{ "lun", { 2026, 11, 23 } }, { "LUN", { 2026, 11, 23 } },
		{ "lun.", { 2026, 11, 23 } }, { "lundi", { 2026, 11, 23 } },
		{ "lun+1", { 2026, 11, 30 } }, { "lundi+2", { 2026, 12, 7 } },
		{ "dim", { 2026, 11, 22 } }, { "sam", { 2026, 11, 28 } },
		{ "ven", { 2026, 11, 27 } }, { "mar", { 2026, 11, 24 } },
		{ "mer", { 2026, 11, 25 } }, { "jeu", { 2026, 11, 26 } },
		{ "fdm", { 2026, 11, 30 } }, { "auj", { 2026, 11, 21 } },
		{ "Aujourd'hui", { 2026, 11, 21 } },
		{ "21/11", { 2026, 11, 21 } }, { "20/11", { 2027, 11, 20 } },
		{ "29/2", { 2028, 2, 29 } }, { "2902", { 2028, 2, 29 } },
		/* two digits: 80 years back, 19 ahead */
		{ "01/01/45", { 2045, 1, 1 } }, { "01/01/46", { 1946, 1, 1 } },
		{ "01/01/99", { 1999, 1, 1 } }, { "01/01/00", { 2000, 1, 1 } },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct date date;
		struct err err = { 0 };

		if (!date_from_input(rows[i].text, today, &date, &err))
			fail_msg("%s: %s", rows[i].text, err.text);
		assert_date(date, rows[i].date.year, rows[i].date.month,
			    rows[i].date.day);
	}
}

static void two_digits_of_a_year_follow_the_century(void **state)
{
	static const struct date late = { 2095, 6, 1 };
	static const struct {
		const char *text;
		int year;
	} rows[] = {
		{ "010114", 2114 }, { "010115", 2015 }, { "010195", 2095 },
		{ "010194", 2094 }, { "010100", 2100 },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct date date;

		assert_true(date_from_input(rows[i].text, late, &date, NULL));
		assert_int_equal(date.year, rows[i].year);
	}
}

static void a_refused_date_says_why(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
		{ "31/02", "le 31/02 n'existe pas" },
		{ "31/02/2026", "le 31/02/2026 n'existe pas" },
		{ "29/02/2026", "le 29/02/2026 n'existe pas" },
		{ "15/13", "le mois 13 n'existe pas" },
		{ "00/03/2026", "le 00/03/2026 n'existe pas" },
		{ "15/03/1849", "l'année 1849 n'est pas acceptée" },
		{ "15/03/2200", "l'année 2200 n'est pas acceptée" },
		{ "demain", "« demain » n'est pas une date" },
		{ "15", "« 15 » n'est pas une date" },
		{ "15/", "« 15/ » n'est pas une date" },
		{ "/3", "« /3 » n'est pas une date" },
		{ "15/3-2026", "« 15/3-2026 » n'est pas une date" },
		{ "15/3/2026/1", "« 15/3/2026/1 » n'est pas une date" },
		{ "15/3/126", "« 15/3/126 » n'est pas une date" },
		{ "2026-003-15", "« 2026-003-15 » n'est pas une date" },
		{ "2026-03-015", "« 2026-03-015 » n'est pas une date" },
		{ "2026/03/15", "« 2026/03/15 » n'est pas une date" },
		{ "15/003", "« 15/003 » n'est pas une date" },
		{ "015/3", "« 015/3 » n'est pas une date" },
		{ "10000j", "« 10000j » n'est pas une date" },
		{ "+7j1", "« +7j1 » n'est pas une date" },
		{ "lun+1x", "« lun+1x » n'est pas une date" },
		{ "lun.x", "« lun.x » n'est pas une date" },
		{ "150", "« 150 » n'est pas une date" },
		{ "+", "« + » n'est pas une date" },
		{ "+7k", "« +7k » n'est pas une date" },
		{ "+10000", "« +10000 » n'est pas une date" },
		{ "lun+", "« lun+ » n'est pas une date" },
		{ "lun+999", "« lun+999 » n'est pas une date" },
		{ "lundimanche", "« lundimanche » n'est pas une date" },
		{ "ma", "« ma » n'est pas une date" },
		{ "123456789", "« 123456789 » n'est pas une date" },
		{ "", "date attendue" }, { "  ", "date attendue" },
		{ "000000000000000000000000000000000000", "date trop longue" },
		{ "                                                                "
		  "                                                                ",
		  "date trop longue" },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct date date = today;
		struct err err = { 0 };

		assert_false(date_from_input(rows[i].text, today, &date, &err));
		assert_int_equal(err.code, ERR_INVALID);
		assert_string_equal(err.text, rows[i].why);
		assert_false(date_is_set(date));
	}
}

static void a_birth_date_is_read_even_incomplete(void **state)
{
	static const struct {
		const char *text;
		struct date date;
	} rows[] = {
		{ "12/03/1985", { 1985, 3, 12 } }, { "120385", { 1985, 3, 12 } },
		{ "12031985", { 1985, 3, 12 } }, { "1985-03-12", { 1985, 3, 12 } },
		{ "03/1985", { 1985, 3, 0 } }, { "3/1985", { 1985, 3, 0 } },
		{ "1985", { 1985, 0, 0 } }, { "00/00/1952", { 1952, 0, 0 } },
		{ "00/03/1985", { 1985, 3, 0 } },
		{ "00001952", { 1952, 0, 0 } },
		/* a century-old insured person, and a newborn child */
		{ "01/01/27", { 1927, 1, 1 } }, { "211126", { 2026, 11, 21 } },
		{ "22/11/26", { 1926, 11, 22 } }, { "010131", { 1931, 1, 1 } },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct date date;
		struct err err = { 0 };

		if (!date_from_birth_input(rows[i].text, today, &date, &err))
			fail_msg("%s: %s", rows[i].text, err.text);
		assert_date(date, rows[i].date.year, rows[i].date.month,
			    rows[i].date.day);
	}
}

static void a_refused_birth_date_says_why(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
		{ "22/11/2026", "la date de naissance est dans le futur" },
		{ "2027", "la date de naissance est dans le futur" },
		{ "12/2026", "la date de naissance est dans le futur" },
		{ "15/00/1985", "le mois 00 n'existe pas" },
		{ "13/1985", "le mois 13 n'existe pas" },
		{ "123/1985", "« 123/1985 » n'est pas une date de naissance" },
		{ "30/02/1985", "le 30/02/1985 n'existe pas" },
		{ "12/03", "« 12/03 » n'est pas une date de naissance" },
		{ "+7", "« +7 » n'est pas une date de naissance" },
		{ "auj", "« auj » n'est pas une date de naissance" },
		{ "1203", "« 1203 » n'est pas une date de naissance" },
		{ "", "date attendue" }, { " \t", "date attendue" },
		{ "000000000000000000000000000000000000", "date trop longue" },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct date date = today;
		struct err err = { 0 };

		assert_false(date_from_birth_input(rows[i].text, today, &date,
						   &err));
		assert_string_equal(err.text, rows[i].why);
		assert_false(date_is_set(date));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_from_1850_to_2199_goes_there_and_back),
		cmocka_unit_test(the_first_day_of_the_count_is_1970),
		cmocka_unit_test(what_is_no_day_is_refused),
		cmocka_unit_test(a_birth_date_may_lack_its_day_or_its_month),
		cmocka_unit_test(months_are_added_within_the_month),
		cmocka_unit_test(age_counts_whole_years),
		cmocka_unit_test(dates_are_written_as_the_agent_reads_them),
		cmocka_unit_test(iso_is_read_strictly),
		cmocka_unit_test(what_an_agent_types_is_understood),
		cmocka_unit_test(two_digits_of_a_year_follow_the_century),
		cmocka_unit_test(a_refused_date_says_why),
		cmocka_unit_test(a_birth_date_is_read_even_incomplete),
		cmocka_unit_test(a_refused_birth_date_says_why),
	};

	return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
