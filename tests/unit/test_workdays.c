/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/workdays.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static void easter_is_where_the_tables_put_it(void **state)
{
	static const struct date easters[] = {
		{ 1583, 4, 10 }, { 1900, 4, 15 }, { 1943, 4, 25 },
		{ 1961, 4, 2 }, { 2000, 4, 23 }, { 2008, 3, 23 },
		{ 2024, 3, 31 }, { 2025, 4, 20 }, { 2026, 4, 5 },
		{ 2027, 3, 28 }, { 2028, 4, 16 }, { 2029, 4, 1 },
		{ 2030, 4, 21 }, { 2031, 4, 13 }, { 2032, 3, 28 },
		{ 2035, 3, 25 }, { 2038, 4, 25 }, { 2049, 4, 18 },
		{ 2100, 3, 28 },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(easters); i++)
		assert_int_equal(date_compare(workdays_easter(easters[i].year),
					      easters[i]), 0);
}

static void easter_is_a_sunday_from_22_march_to_25_april(void **state)
{
	(void)state;
	for (int year = 1850; year <= 2199; year++) {
		struct date easter = workdays_easter(year);

		assert_int_equal(date_weekday(easter), 7);
		assert_true(date_compare(easter, (struct date){ year, 3, 22 }) >= 0);
		assert_true(date_compare(easter, (struct date){ year, 4, 25 }) <= 0);
	}
}

static void holidays_are_those_of_the_department(void **state)
{
	static const struct {
		const char *department;
		struct date date;
		const char *name;
	} rows[] = {
		{ "38", { 2026, 1, 1 }, "jour de l'An" },
		{ "38", { 2026, 4, 6 }, "lundi de Pâques" },
		{ "38", { 2026, 5, 1 }, "fête du Travail" },
		{ "38", { 2026, 5, 8 }, "victoire de 1945" },
		{ "38", { 2026, 5, 14 }, "Ascension" },
		{ "38", { 2026, 5, 25 }, "lundi de Pentecôte" },
		{ "38", { 2026, 7, 14 }, "fête nationale" },
		{ "38", { 2026, 8, 15 }, "Assomption" },
		{ "2A", { 2026, 11, 1 }, "Toussaint" },
		{ "38", { 2026, 11, 11 }, "armistice de 1918" },
		{ "974", { 2026, 12, 25 }, "Noël" },
		{ "67", { 2026, 4, 3 }, "Vendredi saint" },
		{ "57", { 2027, 3, 26 }, "Vendredi saint" },
		{ "68", { 2026, 12, 26 }, "Saint-Étienne" },
		{ "38", { 2026, 4, 3 }, NULL },
		{ "38", { 2026, 12, 26 }, NULL },
		{ "972", { 2026, 4, 3 }, NULL },
		{ "976", { 2026, 4, 27 }, "abolition de l'esclavage" },
		{ "972", { 2026, 5, 22 }, "abolition de l'esclavage" },
		{ "971", { 2026, 5, 27 }, "abolition de l'esclavage" },
		{ "978", { 2026, 5, 28 }, "abolition de l'esclavage" },
		{ "973", { 2026, 6, 10 }, "abolition de l'esclavage" },
		{ "977", { 2026, 10, 9 }, "abolition de l'esclavage" },
		{ "974", { 2026, 12, 20 }, "abolition de l'esclavage" },
		/* a department whose number ends another's */
		{ "71", { 2026, 5, 27 }, NULL }, { "72", { 2026, 5, 22 }, NULL },
		{ "76", { 2026, 4, 27 }, NULL }, { "7", { 2026, 4, 3 }, NULL },
		{ "97", { 2026, 5, 27 }, NULL }, { "", { 2026, 5, 27 }, NULL },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		const char *name = workdays_holiday(rows[i].date,
						    rows[i].department);

		if (!rows[i].name)
			assert_null(name);
		else if (!name || strcmp(name, rows[i].name) != 0)
			fail_msg("%s: %s", rows[i].department, rows[i].name);
	}
}

static void a_year_has_11_holidays_and_those_of_the_place(void **state)
{
	static const struct {
		const char *department;
		int count;
	} rows[] = {
		{ "38", 11 }, { "75", 11 }, { "67", 13 }, { "971", 12 },
		{ "974", 12 }, { "978", 12 },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct date date = { 2026, 1, 1 };
		int count = 0;

		for (; date.year == 2026; date = date_add_days(date, 1))
			count += workdays_holiday(date, rows[i].department) != NULL;
		assert_int_equal(count, rows[i].count);
	}
}

static void a_working_day_is_neither_week_end_nor_holiday(void **state)
{
	(void)state;
	assert_true(workdays_is_open((struct date){ 2026, 11, 20 }, "38"));
	assert_false(workdays_is_open((struct date){ 2026, 11, 21 }, "38"));
	assert_false(workdays_is_open((struct date){ 2026, 11, 22 }, "38"));
	assert_false(workdays_is_open((struct date){ 2026, 11, 11 }, "38"));
	assert_false(workdays_is_open((struct date){ 2026, 5, 28 }, "978"));
	assert_true(workdays_is_open((struct date){ 2026, 5, 28 }, "971"));
}

static void each_department_has_its_zone(void **state)
{
	(void)state;
	assert_int_equal(workdays_zone("38"), ZONE_PARIS);
	assert_int_equal(workdays_zone("2B"), ZONE_PARIS);
	assert_int_equal(workdays_zone("971"), ZONE_GUADELOUPE);
	assert_int_equal(workdays_zone("972"), ZONE_MARTINIQUE);
	assert_int_equal(workdays_zone("973"), ZONE_GUYANE);
	assert_int_equal(workdays_zone("974"), ZONE_REUNION);
	assert_int_equal(workdays_zone("976"), ZONE_MAYOTTE);
	assert_int_equal(workdays_zone("977"), ZONE_GUADELOUPE);
	assert_int_equal(workdays_zone("978"), ZONE_GUADELOUPE);
	assert_int_equal(workdays_zone(""), ZONE_PARIS);
}

/* The vectors of the facts, section 9.3, then the edges of the rule. */
static void forty_eight_working_hours_stop_on_days_off(void **state)
{
	static const struct {
		const char *department, *received, *due;
	} rows[] = {
		{ "38", "2026-11-16T09:30:00+01:00", "2026-11-18T09:30:00+01:00" },
		{ "38", "2026-11-20T16:00:00+01:00", "2026-11-24T16:00:00+01:00" },
		{ "38", "2026-11-21T11:00:00+01:00", "2026-11-25T00:00:00+01:00" },
		{ "38", "2026-12-24T10:00:00+01:00", "2026-12-29T10:00:00+01:00" },
		{ "38", "2026-12-30T17:45:00+01:00", "2027-01-04T17:45:00+01:00" },
		{ "38", "2027-03-25T14:00:00+01:00", "2027-03-30T14:00:00+02:00" },
		{ "67", "2027-03-25T14:00:00+01:00", "2027-03-31T14:00:00+02:00" },
		{ "38", "2026-05-07T08:00:00+02:00", "2026-05-12T08:00:00+02:00" },
		{ "38", "2026-05-12T18:00:00+02:00", "2026-05-15T18:00:00+02:00" },
		{ "974", "2026-12-18T09:00:00+04:00", "2026-12-22T09:00:00+04:00" },
		{ "971", "2027-05-26T12:00:00-04:00", "2027-05-31T12:00:00-04:00" },
		{ "57", "2026-12-23T15:00:00+01:00", "2026-12-28T15:00:00+01:00" },
		/* from midnight to midnight; the end of Friday is not Monday */
		{ "38", "2026-11-16T00:00:00+01:00", "2026-11-18T00:00:00+01:00" },
		{ "38", "2026-11-19T00:00:00+01:00", "2026-11-21T00:00:00+01:00" },
		{ "38", "2026-11-21T00:00:00+01:00", "2026-11-25T00:00:00+01:00" },
		/* over the change to winter time */
		{ "38", "2026-10-23T08:00:00+02:00", "2026-10-27T08:00:00+01:00" },
		/* received on the hour that comes twice */
		{ "38", "2026-10-25T02:30:00+01:00", "2026-10-28T00:00:00+01:00" },
		{ "38", "2026-11-16T09:30:00.250Z", "2026-11-18T10:30:00.250+01:00" },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		enum zone zone = workdays_zone(rows[i].department);
		char text[DATE_TEXT];
		int64_t at_ms;

		assert_true(moment_from_rfc3339(rows[i].received, &at_ms, NULL));
		moment_to_rfc3339(zone, workdays_due(at_ms, 48,
						     rows[i].department), text);
		assert_string_equal(text, rows[i].due);
	}
}

static void no_hour_is_due_at_once_on_a_working_day(void **state)
{
	int64_t at_ms;

	(void)state;
	assert_true(moment_from_rfc3339("2026-11-16T09:30:00+01:00", &at_ms,
					NULL));
	assert_int_equal(workdays_due(at_ms, 0, "38"), at_ms);
	assert_int_equal(workdays_due(at_ms, 1, "38"), at_ms + 3600000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(easter_is_where_the_tables_put_it),
		cmocka_unit_test(easter_is_a_sunday_from_22_march_to_25_april),
		cmocka_unit_test(holidays_are_those_of_the_department),
		cmocka_unit_test(a_year_has_11_holidays_and_those_of_the_place),
		cmocka_unit_test(a_working_day_is_neither_week_end_nor_holiday),
		cmocka_unit_test(each_department_has_its_zone),
		cmocka_unit_test(forty_eight_working_hours_stop_on_days_off),
		cmocka_unit_test(no_hour_is_due_at_once_on_a_working_day),
	};

	return cmocka_run_group_tests_name("workdays", tests, NULL, NULL);
}
