/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/date.h>

#include <string.h>

static int64_t moment(const char *text)
{
	int64_t at_ms;

	assert_true(moment_from_rfc3339(text, &at_ms, NULL));
	return at_ms;
}

static void paris_changes_its_hour_on_the_last_sundays(void **state)
{
	static const struct {
		const char *before, *after;     /* one second apart */
	} rows[] = {
		{ "2024-03-31T01:59:59+01:00", "2024-03-31T03:00:00+02:00" },
		{ "2024-10-27T02:59:59+02:00", "2024-10-27T02:00:00+01:00" },
		{ "2026-03-29T01:59:59+01:00", "2026-03-29T03:00:00+02:00" },
		{ "2026-10-25T02:59:59+02:00", "2026-10-25T02:00:00+01:00" },
		{ "2030-03-31T01:59:59+01:00", "2030-03-31T03:00:00+02:00" },
		{ "2031-03-30T01:59:59+01:00", "2031-03-30T03:00:00+02:00" },
		{ "2027-10-31T02:59:59+02:00", "2027-10-31T02:00:00+01:00" },
	};
	char text[DATE_TEXT];

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		int64_t at_ms = moment(rows[i].before);

		moment_to_rfc3339(ZONE_PARIS, at_ms, text);
		assert_string_equal(text, rows[i].before);
		moment_to_rfc3339(ZONE_PARIS, at_ms + 1000, text);
		assert_string_equal(text, rows[i].after);
		assert_int_equal(moment(text), at_ms + 1000);
	}
}

static void overseas_never_changes_its_hour(void **state)
{
	static const struct {
		enum zone zone;
		const char *name;
		int hours;
	} rows[] = {
		{ ZONE_GUADELOUPE, "America/Guadeloupe", -4 },
		{ ZONE_MARTINIQUE, "America/Martinique", -4 },
		{ ZONE_GUYANE, "America/Cayenne", -3 },
		{ ZONE_REUNION, "Indian/Reunion", 4 },
		{ ZONE_MAYOTTE, "Indian/Mayotte", 3 },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		assert_string_equal(zone_names[rows[i].zone], rows[i].name);
		assert_int_equal(zone_offset_s(rows[i].zone,
					       moment("2026-01-15T12:00:00Z")),
				 rows[i].hours * 3600);
		assert_int_equal(zone_offset_s(rows[i].zone,
					       moment("2026-07-15T12:00:00Z")),
				 rows[i].hours * 3600);
	}
	assert_null(zone_names[ZONE_N]);
}

static void a_local_time_is_one_moment(void **state)
{
	static const struct {
		struct date date;
		int minute;
		const char *moment;
	} rows[] = {
		{ { 2026, 11, 23 }, 10 * 60 + 45, "2026-11-23T10:45:00+01:00" },
		{ { 2026, 7, 1 }, 0, "2026-07-01T00:00:00+02:00" },
		/* 02:30 does not exist: an hour later on the clock */
		{ { 2026, 3, 29 }, 150, "2026-03-29T03:30:00+02:00" },
		{ { 2026, 3, 29 }, 119, "2026-03-29T01:59:00+01:00" },
		{ { 2026, 3, 29 }, 180, "2026-03-29T03:00:00+02:00" },
		/* 02:30 comes twice: the first */
		{ { 2026, 10, 25 }, 150, "2026-10-25T02:30:00+02:00" },
		{ { 2026, 10, 25 }, 180, "2026-10-25T03:00:00+01:00" },
		/* 24:00 is the next midnight */
		{ { 2026, 12, 31 }, 1440, "2027-01-01T00:00:00+01:00" },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++)
		assert_int_equal(zone_moment(ZONE_PARIS, rows[i].date,
					     rows[i].minute),
				 moment(rows[i].moment));
}

/* Each quarter of an hour of three years, in each zone. */
static void a_moment_goes_to_local_time_and_back(void **state)
{
	int64_t start = moment("2025-12-31T00:00:00Z");
	int twice = 0;

	(void)state;
	for (int zone = 0; zone < ZONE_N; zone++) {
		for (int i = 0; i < 3 * 365 * 96; i++) {
			int64_t at_ms = start + (int64_t)i * 900000;
			int minute;
			struct date date = zone_date(zone, at_ms, &minute);
			int64_t back = zone_moment(zone, date, minute);

			if (back == at_ms - 3600000 && zone == ZONE_PARIS)
				twice++;
			else
				assert_int_equal(back, at_ms);
		}
	}
	assert_int_equal(twice, 3 * 4);
}

static void a_date_before_1970_is_read_in_its_zone(void **state)
{
	int minute;
	struct date date = zone_date(ZONE_PARIS, moment("1969-12-31T22:30:00Z"),
				     &minute);

	(void)state;
	assert_int_equal(date.day, 31);
	assert_int_equal(minute, 23 * 60 + 30);
	date = zone_date(ZONE_GUYANE, moment("1950-01-01T02:59:59Z"), &minute);
	assert_int_equal(date.year, 1949);
	assert_int_equal(minute, 23 * 60 + 59);
}

static void rfc_3339_is_read(void **state)
{
	static const struct {
		const char *text;
		int64_t at_ms;
	} rows[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "1970-01-01t00:00:00z", 0 },
		{ "1970-01-01T01:00:00+01:00", 0 },
		{ "1969-12-31T20:00:00-04:00", 0 },
		{ "1970-01-01T00:00:00-00:00", 0 },
		{ "1970-01-01T00:00:00.5Z", 500 },
		{ "1970-01-01T00:00:00.007Z", 7 },
		{ "1970-01-01T00:00:00.0079999999Z", 7 },
		{ "1969-12-31T23:59:59.999Z", -1 },
		{ "2026-11-23T10:45:00+01:00", INT64_C(1795427100000) },
		{ "2016-12-31T23:59:60Z", INT64_C(1483228800000) },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++)
		assert_int_equal(moment(rows[i].text), rows[i].at_ms);
}

static void what_is_not_rfc_3339_is_refused(void **state)
{
	static const char *const texts[] = {
		"", "2026-11-23", "2026-11-23T10:45:00", "2026-11-23T10:45Z",
		"2026-11-23T24:00:00Z", "2026-11-23T10:60:00Z",
		"2026-11-23T10:45:61Z", "2026-11-23T10:45:00.Z",
		"2026-11-23T10:45:00+1:00", "2026-11-23T10:45:00+0100",
		"2026-11-23T10:45:00+24:00", "2026-11-23T10:45:00+01:60",
		"2026-02-29T10:45:00Z", "2026-00-00T10:45:00Z",
		"2026-11-23T10:45:00Zx", "2026-11-23X10:45:00Z",
		"2026-11-23T10-45-00Z", "2026-11-23T1a:45:00Z",
		"2026-11-23T10:45-00Z", "2026-11-23T1/:45:00Z", "2026-11-23T10:45:00*01:00",
		"2026-11-23T10:45:00+01-00", "2026-11-23T10:45:00+aa:00",
		"          T10:45:00Z", "2026-11-23T10:45:00 ",
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(texts); i++) {
		int64_t at_ms = 7;
		struct err err = { 0 };

		if (moment_from_rfc3339(texts[i], &at_ms, &err))
			fail_msg("« %s » was read", texts[i]);
		assert_int_equal(err.code, ERR_INVALID);
		assert_int_equal(at_ms, 0);
	}
}

static void milliseconds_are_written_when_there_are_some(void **state)
{
	char text[DATE_TEXT];

	(void)state;
	moment_to_rfc3339(ZONE_MARTINIQUE, 1, text);
	assert_string_equal(text, "1969-12-31T20:00:00.001-04:00");
	moment_to_rfc3339(ZONE_REUNION, 0, text);
	assert_string_equal(text, "1970-01-01T04:00:00+04:00");
	moment_to_rfc3339(ZONE_REUNION, -1, text);
	assert_string_equal(text, "1970-01-01T03:59:59.999+04:00");
}

static void a_moment_is_written_for_the_agent(void **state)
{
	int64_t at_ms = moment("2026-11-23T13:05:59Z");
	char text[DATE_TEXT];

	(void)state;
	moment_to_clock(ZONE_PARIS, at_ms, text);
	assert_string_equal(text, "14:05");
	moment_to_hour(ZONE_PARIS, at_ms, text);
	assert_string_equal(text, "14\u00A0h\u00A005");
	moment_to_text(ZONE_PARIS, at_ms, text);
	assert_string_equal(text, "23/11/2026 14:05");
	moment_to_hour(ZONE_GUADELOUPE, at_ms, text);
	assert_string_equal(text, "9\u00A0h\u00A005");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paris_changes_its_hour_on_the_last_sundays),
		cmocka_unit_test(overseas_never_changes_its_hour),
		cmocka_unit_test(a_local_time_is_one_moment),
		cmocka_unit_test(a_moment_goes_to_local_time_and_back),
		cmocka_unit_test(a_date_before_1970_is_read_in_its_zone),
		cmocka_unit_test(rfc_3339_is_read),
		cmocka_unit_test(what_is_not_rfc_3339_is_refused),
		cmocka_unit_test(milliseconds_are_written_when_there_are_some),
		cmocka_unit_test(a_moment_is_written_for_the_agent),
	};

	return cmocka_run_group_tests_name("moment", tests, NULL, NULL);
}
