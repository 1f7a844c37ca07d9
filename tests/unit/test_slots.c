/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cards_fixture.h"

#include "agenda.h"
#include "handlers/handlers.h"

#include <stdio.h>
#include <string.h>

static void search(struct fixture *t, const char *reason, int64_t office,
		   struct date from, struct date to)
{
	struct slot_query query = {
		.from = from, .to = to, .limit = CODEC_NONE,
	};

	id_format(office, query.office_id);
	snprintf(query.reason, sizeof(query.reason), "%s", reason);
	assert_true(fixture_call(t, &api_slot_list, slot_list, &query, NULL));
}

static const struct slot *slot_at(struct fixture *t, size_t index)
{
	const struct slot *slot = rows_at(&t->out, index);

	assert_non_null(slot);
	return slot;
}

static void hold_desk(struct fixture *t, int64_t desk, int64_t starts_at)
{
	struct hold_new asked = {
		.desk = desk, .reason = T_REASON, .starts_at = starts_at,
	};

	id_format(T_GRENOBLE, asked.office_id);
	id_format(T_MOTHER, asked.insured_id);
	assert_true(fixture_call(t, &api_hold_create, hold_create, NULL, &asked));
}

static void opening_rules_hold_on_their_days_only(void **state)
{
	/* 23/11/2026 is a Monday, the fourth of its month: day 20780 */
	static const struct {
		struct opening opening;
		struct date date;
		bool holds;
	} table[] = {
		{ { .rule = 0, .weekday = 1 }, { 2026, 11, 23 }, true },
		{ { .rule = 0, .weekday = 1 }, { 2026, 11, 24 }, false },
		{ { .rule = 1, .weekday = 1, .n = 2, .day = 20780 }, { 2026, 11, 23 }, true },
		{ { .rule = 1, .weekday = 1, .n = 2, .day = 20780 }, { 2026, 11, 30 }, false },
		{ { .rule = 1, .weekday = 1, .n = 2, .day = 20780 }, { 2026, 12, 7 }, true },
		{ { .rule = 1, .weekday = 1, .n = 2, .day = 20780 }, { 2026, 11, 9 }, false },
		{ { .rule = 2, .weekday = 1, .n = 4 }, { 2026, 11, 23 }, true },
		{ { .rule = 2, .weekday = 1, .n = 4 }, { 2026, 11, 30 }, false },
		{ { .rule = 2, .weekday = 1, .n = 1 }, { 2026, 12, 7 }, true },
		{ { .rule = 3, .day = 20780 }, { 2026, 11, 23 }, true },
		{ { .rule = 3, .day = 20780 }, { 2026, 11, 30 }, false },
	};

	(void)state;
	assert_int_equal(date_to_days((struct date){ 2026, 11, 23 }), 20780);
	for (size_t i = 0; i < N_ROWS(table); i++) {
		if (opening_holds(&table[i].opening, table[i].date) !=
		    table[i].holds)
			fail_msg("row %zu", i);
	}
}

static void slots_step_by_fifteen_minutes_and_end_before_closing(void **state)
{
	struct fixture *t = *state;
	struct date monday = { 2026, 11, 23 };

	search(t, T_REASON, T_GRENOBLE, monday, monday);
	assert_int_equal(t->out.count, 11);
	assert_int_equal(slot_at(t, 0)->starts_at, november(23, 9, 0));
	assert_int_equal(slot_at(t, 0)->ends_at, november(23, 9, 30));
	assert_int_equal(slot_at(t, 0)->desk, 1);
	assert_false(slot_at(t, 0)->held);
	assert_int_equal(slot_at(t, 1)->starts_at, november(23, 9, 15));
	assert_int_equal(slot_at(t, 10)->ends_at, november(23, 12, 0));
	search(t, T_SHORT_REASON, T_GRENOBLE, monday, monday);
	assert_int_equal(t->out.count, 12);
}

static void nothing_is_offered_on_a_closed_day(void **state)
{
	static const struct {
		struct date date;
		int64_t office;
		size_t slots;
	} table[] = {
		{ { 2026, 11, 22 }, T_GRENOBLE, 0 },    /* a Sunday */
		{ { 2026, 12, 25 }, T_GRENOBLE, 0 },    /* Christmas, a Friday */
		{ { 2027, 3, 26 }, T_VOIRON, 0 },       /* Good Friday, closed here */
		{ { 2027, 3, 26 }, T_GRENOBLE, 11 },    /* and open there */
		{ { 2027, 3, 29 }, T_GRENOBLE, 0 },     /* Easter Monday */
	};
	struct fixture *t = *state;

	for (size_t i = 0; i < N_ROWS(table); i++) {
		search(t, T_REASON, table[i].office, table[i].date,
		       table[i].date);
		if (t->out.count != table[i].slots)
			fail_msg("row %zu: %zu slots", i, t->out.count);
	}
}

/* K7: at night the clocks change; an office open from 1 to 4 loses no quarter of an
 * hour that exists and offers none twice. */
static void no_slot_is_lost_or_doubled_when_clocks_change(void **state)
{
	static const struct { struct date date; size_t quarters; } nights[] = {
		{ { 2027, 3, 27 }, 12 }, { { 2027, 3, 28 }, 8 },
		{ { 2027, 10, 30 }, 12 }, { { 2027, 10, 31 }, 16 },
	};
	struct fixture *t = *state;

	for (size_t i = 0; i < N_ROWS(nights); i++) {
		int64_t first = zone_moment(t->req.zone, nights[i].date, 60);

		assert_true(db_run(t->db, &t->err, NULL, "DELETE FROM opening", ""));
		assert_true(db_run(t->db, &t->err, NULL, "INSERT INTO opening "
			"(caisse, office_id, id, desk, rule, weekday, n, day, "
			"open_minute, close_minute) VALUES (1381, 21, 900, 1, 3, $1, "
			"1, $2, 60, 240)", "ii",
			(int64_t)date_weekday(nights[i].date),
			date_to_days(nights[i].date)));
		t_now(t, first - 3600000);
		search(t, T_SHORT_REASON, T_GRENOBLE, nights[i].date,
		       nights[i].date);
		if (t->out.count != nights[i].quarters)
			fail_msg("night %zu: %zu slots", i, t->out.count);
		for (size_t k = 0; k < t->out.count; k++)
			assert_int_equal(slot_at(t, k)->starts_at,
					 first + (int64_t)k * 900000);
	}
}

static void slots_start_from_now_on(void **state)
{
	struct fixture *t = *state;
	struct date monday = { 2026, 11, 23 };

	t_now(t, november(23, 10, 7));
	search(t, T_REASON, T_GRENOBLE, (struct date){ 2026, 11, 1 }, monday);
	assert_int_equal(slot_at(t, 0)->starts_at, november(23, 10, 15));
	t_now(t, november(23, 10, 15));
	search(t, T_REASON, T_GRENOBLE, monday, monday);
	assert_int_equal(slot_at(t, 0)->starts_at, november(23, 10, 15));
}

static void an_absence_closes_its_desk_or_the_whole_office(void **state)
{
	static const char *const one[] = {
		"INSERT INTO absence (caisse, office_id, id, desk, starts_at,"
		" ends_at, label) VALUES (1381, 21, 1, 1, 1795420800000,"
		" 1795424400000, 'formation')", NULL,
	};
	static const char *const all[] = {
		"UPDATE absence SET desk = 0", NULL,
	};
	struct fixture *t = *state;
	struct date monday = { 2026, 11, 23 };

	assert_int_equal(november(23, 9, 0), INT64_C(1795420800000));
	fixture_run(t, one);
	search(t, T_REASON, T_GRENOBLE, monday, monday);
	assert_int_equal(slot_at(t, 0)->desk, 2);
	assert_int_equal(slot_at(t, 4)->starts_at, november(23, 10, 0));
	assert_int_equal(slot_at(t, 4)->desk, 1);
	fixture_run(t, all);
	search(t, T_REASON, T_GRENOBLE, monday, monday);
	assert_int_equal(slot_at(t, 0)->starts_at, november(23, 10, 0));
}

static void a_slot_held_at_every_desk_tells_by_whom_and_until_when(void **state)
{
	struct fixture *t = *state;
	struct date monday = { 2026, 11, 23 };

	hold_desk(t, 1, november(23, 9, 0));
	search(t, T_REASON, T_GRENOBLE, monday, monday);
	assert_int_equal(slot_at(t, 0)->desk, 2);
	assert_false(slot_at(t, 0)->held);
	t_agent(t, 12);
	hold_desk(t, 2, november(23, 9, 0));
	search(t, T_REASON, T_GRENOBLE, monday, monday);
	assert_int_equal(slot_at(t, 0)->starts_at, november(23, 9, 0));
	assert_true(slot_at(t, 0)->held);
	assert_string_equal(slot_at(t, 0)->held_by, "A. Lefèvre");
	assert_int_equal(slot_at(t, 0)->held_until, t->req.now_ms + 300000);
	t_now(t, t->req.now_ms + 300000);
	search(t, T_REASON, T_GRENOBLE, monday, monday);
	assert_false(slot_at(t, 0)->held);
	assert_int_equal(slot_at(t, 0)->desk, 1);
}

static void a_postcode_brings_the_nearest_offices_first(void **state)
{
	static const struct { const char *postcode; int64_t first; } table[] = {
		{ "38000", T_GRENOBLE }, { "38500", T_VOIRON },
		{ "38200", T_VIENNE }, { "38190", T_VIENNE },
	};
	struct fixture *t = *state;
	struct slot_query query = { .reason = T_REASON, .limit = 9 };
	char id[ID_TEXT];

	for (size_t i = 0; i < N_ROWS(table); i++) {
		snprintf(query.postcode, sizeof(query.postcode), "%s",
			 table[i].postcode);
		assert_true(fixture_call(t, &api_slot_list, slot_list, &query,
					 NULL));
		assert_int_equal(t->out.count, 9);
		assert_string_equal(slot_at(t, 0)->office_id,
				    t_id(id, table[i].first));
		assert_string_not_equal(slot_at(t, 3)->office_id, id);
	}
	snprintf(query.postcode, sizeof(query.postcode), "75001");
	assert_false(fixture_call(t, &api_slot_list, slot_list, &query, NULL));
	assert_string_equal(t->err.field, "postcode");
}

static void a_search_is_bounded(void **state)
{
	struct fixture *t = *state;
	struct slot_query query = {
		.reason = T_REASON, .from = { 2026, 11, 23 },
		.to = { 2027, 1, 23 }, .limit = 3,
	};

	assert_true(fixture_call(t, &api_slot_list, slot_list, &query, NULL));
	assert_int_equal(t->out.count, 3);
	query.to.day = 24;
	assert_false(fixture_call(t, &api_slot_list, slot_list, &query, NULL));
	assert_string_equal(t->err.field, "to");
}

static void a_reason_kept_for_supervisors_is_refused_to_others(void **state)
{
	struct fixture *t = *state;
	struct slot_query query = { .reason = "SMED", .limit = CODEC_NONE };

	assert_false(fixture_call(t, &api_slot_list, slot_list, &query, NULL));
	assert_int_equal(t->err.status, 403);
	t->req.role = ROLE_SUPERVISOR;
	assert_true(fixture_call(t, &api_slot_list, slot_list, &query, NULL));
}

static void offices_tell_their_hours_in_words(void **state)
{
	static const char *const more[] = {
		"INSERT INTO opening (caisse, office_id, id, desk, rule, weekday,"
		" n, day, open_minute, close_minute) VALUES"
		" (1381, 22, 3, 1, 0, 1, 0, 0, 810, 960),"
		" (1381, 22, 4, 1, 2, 6, 1, 0, 540, 720)", NULL,
	};
	struct fixture *t = *state;
	const struct office *office;

	fixture_run(t, more);
	assert_true(fixture_call(t, &api_office_list, office_list, NULL, NULL));
	assert_int_equal(t->out.count, 3);
	office = rows_at(&t->out, 0);
	assert_string_equal(office->name, "Grenoble");
	assert_true(office->mine);
	office = rows_at(&t->out, 2);
	assert_false(office->mine);
	assert_string_equal(office->hours, "Lundi 09:00-12:00, 13:30-16:00\n"
			    "Vendredi 09:00-12:00\n"
			    "Samedi 09:00-12:00 (1er du mois)");
}

static void reasons_come_in_the_order_of_the_caisse(void **state)
{
	struct fixture *t = *state;
	const struct reason *reason;

	assert_true(fixture_call(t, &api_reason_list, reason_list, NULL, NULL));
	assert_int_equal(t->out.count, 3);
	reason = rows_at(&t->out, 0);
	assert_string_equal(reason->code, "C2S");
	assert_int_equal(reason->minutes, 30);
	assert_int_equal(reason->channels,
			 1u << CHANNEL_COUNTER | 1u << CHANNEL_PHONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, cards_setup, \
						   fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opening_rules_hold_on_their_days_only),
		TEST(slots_step_by_fifteen_minutes_and_end_before_closing),
		TEST(nothing_is_offered_on_a_closed_day),
		TEST(no_slot_is_lost_or_doubled_when_clocks_change),
		TEST(slots_start_from_now_on),
		TEST(an_absence_closes_its_desk_or_the_whole_office),
		TEST(a_slot_held_at_every_desk_tells_by_whom_and_until_when),
		TEST(a_postcode_brings_the_nearest_offices_first),
		TEST(a_search_is_bounded),
		TEST(a_reason_kept_for_supervisors_is_refused_to_others),
		TEST(offices_tell_their_hours_in_words),
		TEST(reasons_come_in_the_order_of_the_caisse),
	};

	return cmocka_run_group_tests_name("slots", tests, NULL, NULL);
}
