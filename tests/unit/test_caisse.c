/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend_fixture.h"
#include "caisse.h"
#include "tables/tables.h"

#include <stdio.h>
#include <string.h>

#define NEW_CAISSE 1731

static int64_t add_office(struct fixture *t, int desks)
{
	const struct office_new office = { .caisse = T_CAISSE, .name = "Voiron",
		.address = "", .postcode = "38500", .city = "Voiron", .phone = "",
		.desks = desks };
	int64_t id = 0;

	assert_true(office_add(t->db, &office, &id, &t->err));
	return id;
}

static void a_caisse_added_twice_is_one(void **state)
{
	struct fixture *t = *state;

	for (int time = 0; time < 2; time++) {
		assert_true(tables_insert(t->db, &t->err));
		assert_true(caisse_add(t->db, NEW_CAISSE, time ? "" : "CPAM de la "
				       "Savoie", time ? "" : "73", &t->err));
		assert_int_equal(fixture_number(t, "SELECT count(*) FROM caisse"), 2);
		assert_int_equal(fixture_number(t, "SELECT count(*) FROM reason WHERE "
				       "caisse = 1731"), 19);
		assert_int_equal(fixture_number(t, "SELECT count(*) FROM withholding"), 8);
	}
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM caisse WHERE "
			       "name = 'CPAM de la Savoie'"), 1);
}

static void a_new_caisse_needs_a_name_and_a_department(void **state)
{
	static const struct { const char *name, *department; } cases[] = {
		{ "", "73" }, { "CPAM", "" }, { "CPAM", "7" }, { "CPAM", "2C" },
		{ "CPAM", "123" }, { "CP\x1b[2J", "73" }, { NULL, NULL },
	};
	struct fixture *t = *state;

	for (size_t row = 0; cases[row].name; row++) {
		assert_false(caisse_add(t->db, NEW_CAISSE, cases[row].name,
					cases[row].department, &t->err));
		assert_int_equal(t->err.code, ERR_INVALID);
	}
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM caisse"), 1);
}

static void the_only_caisse_needs_no_code(void **state)
{
	struct fixture *t = *state;
	int64_t code = 0;

	assert_true(caisse_find(t->db, &code, &t->err));
	assert_int_equal(code, T_CAISSE);
	assert_true(caisse_add(t->db, NEW_CAISSE, "Savoie", "73", &t->err));
	code = 0;
	assert_false(caisse_find(t->db, &code, &t->err));
	assert_int_equal(t->err.code, ERR_INVALID);
}

static void a_week_replaces_the_days_it_names(void **state)
{
	struct fixture *t = *state;
	struct office_week week = { .caisse = T_CAISSE, .days = OFFICE_DAYS,
		.hours = OFFICE_HOURS };

	week.office_id = add_office(t, 2);
	assert_true(office_set_week(t->db, &week, &t->err));
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM opening"), 10);
	assert_true(office_set_week(t->db, &week, &t->err));
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM opening"), 10);
	week.days = "3";
	week.hours = "-";
	assert_true(office_set_week(t->db, &week, &t->err));
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM opening"), 8);
	week.hours = "08:30-12:00";
	week.desk = 2;
	assert_true(office_set_week(t->db, &week, &t->err));
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM opening WHERE desk = 2 AND "
			       "weekday = 3 AND open_minute = 510 AND "
			       "close_minute = 720"), 1);
}

static void hours_that_cannot_be_are_refused(void **state)
{
	static const struct { const char *days, *hours; int desk; } cases[] = {
		{ "", "09:00-12:00", 0 }, { "8", "09:00-12:00", 0 },
		{ "1", "", 0 }, { "1", "9:00-12:00", 0 },
		{ "1", "12:00-09:00", 0 }, { "1", "09:00-09:00", 0 },
		{ "1", "09:03-12:00", 0 }, { "1", "09:60-12:00", 0 },
		{ "1", "09:00-24:05", 0 }, { "1", "09:00-12:00,", 0 },
		{ "1", "09:00-12:00,11:00-13:00", 0 }, { "1", "09:00", 0 },
		{ "1", "09:00-12:00", 3 }, { NULL, NULL, 0 },
	};
	struct fixture *t = *state;
	int64_t id = add_office(t, 2);

	for (size_t row = 0; cases[row].days; row++) {
		assert_false(office_set_week(t->db, &(struct office_week){
			T_CAISSE, id, cases[row].desk, cases[row].days,
			cases[row].hours }, &t->err));
		assert_int_equal(t->err.code, ERR_INVALID);
	}
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM opening"), 0);
	assert_false(office_set_week(t->db, &(struct office_week){ T_CAISSE, 1, 0,
		"1", "-" }, &t->err));
	assert_int_equal(t->err.code, ERR_NOT_FOUND);
}

static void a_closing_counts_what_is_booked_in_it(void **state)
{
	struct fixture *t = *state;
	struct office_closing closing = { .caisse = T_CAISSE,
		.from = "2026-12-24T13:00", .until = "2026-12-24", .label = "Fermé" };
	int64_t booked = -1;

	closing.office_id = add_office(t, 2);
	/* 14:00 in Paris, at desk 1. */
	assert_true(db_run(t->db, &t->err, NULL,
		"INSERT INTO appointment (caisse, id, number, file_id, office_id,"
		" desk, reason, channel, starts_at, ends_at, state, cancelled_by,"
		" cancel_reason, arrived_at, phone, note, moved_to, agent_id) VALUES"
		" (1381, 5, 'RDV-26-000001', 1, $1, 1, 'C2S', 0, 1798117200000,"
		" 1798119000000, 0, -1, '', 0, '', '', '', 11)", "i",
		closing.office_id));
	assert_true(office_close(t->db, &closing, &booked, &t->err));
	assert_int_equal(booked, 1);
	closing.desk = 2;
	assert_true(office_close(t->db, &closing, &booked, &t->err));
	assert_int_equal(booked, 0);
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM absence WHERE "
			       "starts_at = 1798113600000 AND "
			       "ends_at = 1798153200000"), 2);
	closing.until = "2026-12-23";
	assert_false(office_close(t->db, &closing, &booked, &t->err));
	closing.until = "2026-02-30";
	assert_false(office_close(t->db, &closing, &booked, &t->err));
	assert_int_equal(t->err.code, ERR_INVALID);
}

#define WITH_BASE(test) \
	cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BASE(a_caisse_added_twice_is_one),
		WITH_BASE(a_new_caisse_needs_a_name_and_a_department),
		WITH_BASE(the_only_caisse_needs_no_code),
		WITH_BASE(a_week_replaces_the_days_it_names),
		WITH_BASE(hours_that_cannot_be_are_refused),
		WITH_BASE(a_closing_counts_what_is_booked_in_it),
	};

	return cmocka_run_group_tests_name("caisse", tests, NULL, NULL);
}
