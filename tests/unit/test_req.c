/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend_fixture.h"

#include "problem.h"
#include "setting.h"

#include <sqlite3.h>
#include <string.h>

static bool read_cursor(struct fixture *t, const char *text, const char *filter,
			int64_t *after, int64_t *id)
{
	err_clear(&t->err);
	return req_cursor_read(&t->req, text, filter, after, id, &t->err);
}

static void a_cursor_leads_back_to_where_it_was_made(void **state)
{
	static const int64_t values[] = { 0, 1, -1, INT64_MAX, INT64_MIN, 20261121 };
	struct fixture *t = *state;
	int64_t after, id;

	t->req.op = &api_payment_list;
	assert_true(read_cursor(t, "", "kind=1", &after, &id));
	assert_true(after == INT64_MAX && id == INT64_MAX);
	for (size_t i = 0; i < N_ROWS(values); i++) {
		assert_true(req_cursor_write(&t->req, "kind=1", values[i], 77,
					     &t->err));
		assert_true(read_cursor(t, t->req.cursor, "kind=1", &after, &id));
		assert_true(after == values[i] && id == 77);
	}
}

static void a_changed_cursor_is_refused_wherever_it_was_changed(void **state)
{
	struct fixture *t = *state;
	int64_t after, id;

	t->req.op = &api_payment_list;
	assert_true(req_cursor_write(&t->req, "", 5, 77, &t->err));
	for (char *at = t->req.cursor; *at; at++) {
		char was = *at;

		*at = was == 'B' ? 'C' : 'B';
		assert_false(read_cursor(t, t->req.cursor, "", &after, &id));
		fixture_refused(t, 400, "cursor.invalid");
		*at = was;
	}
	assert_false(read_cursor(t, "abc", "", &after, &id));
	assert_false(read_cursor(t, "?", "", &after, &id));
}

static void a_cursor_serves_its_own_list_and_filter_only(void **state)
{
	struct fixture *t = *state;
	int64_t after, id;

	t->req.op = &api_payment_list;
	assert_true(req_cursor_write(&t->req, "kind=1", 5, 77, &t->err));
	assert_false(read_cursor(t, t->req.cursor, "kind=2", &after, &id));
	t->req.op = &api_request_list;
	assert_false(read_cursor(t, t->req.cursor, "kind=1", &after, &id));
}

/* A list must not seem to end where its cursor could not be made, nor a setting to
 * be what it is when nobody set it. */
static void what_the_base_cannot_tell_is_no_answer(void **state)
{
	struct fixture *t = *state;
	int64_t number;

	t->req.op = &api_payment_list;
	assert_true(db_run(t->db, &t->err, NULL, "INSERT INTO setting (name, value)"
			   " VALUES ('audit.months', '36')", ""));
	assert_true(setting_number(t->db, "audit.months", 12, &number, &t->err));
	assert_int_equal(number, 36);
	sqlite3_hard_heap_limit64(1);
	assert_false(req_cursor_write(&t->req, "kind=1", 5, 77, &t->err));
	fixture_refused(t, 503, "memory.short");
	assert_false(setting_number(t->db, "session.idle_s", 900, &number, &t->err));
	fixture_refused(t, 503, "memory.short");
	sqlite3_hard_heap_limit64(0);
	assert_true(setting_number(t->db, "session.idle_s", 900, &number, &t->err));
	assert_int_equal(number, 900);
	assert_true(req_cursor_write(&t->req, "kind=1", 5, 77, &t->err));
}

static void numbers_follow_each_other_by_kind_and_year(void **state)
{
	static const struct { const char *kind; int year; const char *number; }
	rows[] = {
		{ "CEAM", 2026, "CEAM-26-000001" },
		{ "CEAM", 2026, "CEAM-26-000002" },
		{ "RDV", 2026, "RDV-26-000001" },
		{ "CEAM", 2027, "CEAM-27-000001" },
		{ "CEAM", 2026, "CEAM-26-000003" },
	};
	struct fixture *t = *state;
	char number[NUMBER_SIZE];

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		t->req.today.year = rows[i].year;
		assert_true(number_next(&t->req, rows[i].kind, number, &t->err));
		assert_string_equal(number, rows[i].number);
	}
}

static void the_rule_in_force_on_a_day_is_the_last_before_it(void **state)
{
	static const char *const statements[] = {
		"INSERT INTO rule (name, from_day, value, source) VALUES "
		"('x', 20200101, 1, ''), ('x', 20260401, 2, '')", NULL,
	};
	static const struct { struct date on; int64_t value; } rows[] = {
		{ { 2019, 12, 31 }, 0 }, { { 2020, 1, 1 }, 1 },
		{ { 2026, 3, 31 }, 1 }, { { 2026, 4, 1 }, 2 },
	};
	struct fixture *t = *state;

	fixture_run(t, statements);
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		int64_t value = 0;

		assert_int_equal(rule_value(t->db, "x", rows[i].on, &value, &t->err),
				 rows[i].value != 0);
		assert_int_equal(value, rows[i].value);
	}
}

static void a_version_must_be_the_one_that_was_read(void **state)
{
	static const struct {
		int64_t given, version;
		int status;             /* 0: it matches */
		const char *word;
	} rows[] = {
		{ 3, 3, 0, NULL }, { 0, 3, 0, NULL },
		{ 2, 3, 412, "version.stale" }, { -2, 3, 412, "version.stale" },
		{ -1, 3, 428, "version.needed" },
	};
	struct fixture *t = *state;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		t->req.if_match = rows[i].given;
		err_clear(&t->err);
		assert_int_equal(req_match(&t->req, rows[i].version, &t->err),
				 rows[i].status == 0);
		if (rows[i].status)
			fixture_refused(t, rows[i].status, rows[i].word);
	}
}

static void a_problem_has_the_words_of_its_operation_first(void **state)
{
	struct problem problem;
	struct err err = { 0 };
	struct buf out;

	(void)state;
	req_refuse(&err, 429, "login.locked", "trop d'essais");
	problem_fill(&problem, &api_session_create, &err);
	assert_int_equal(problem.status, 429);
	assert_string_equal(problem.title, "Trop d'essais");
	assert_string_equal(problem.type, "urn:guichet:problem:login.locked");
	buf_init(&out, 4096);
	assert_true(problem_write(&problem, NULL, NULL, &out));
	assert_non_null(strstr(buf_cstr(&out), "\"code\":\"login.locked\""));
	buf_fini(&out);
}

static void members_of_a_rule_are_added_to_its_problem(void **state)
{
	const struct request_key key = { "0D3X8PA1V0042" };
	struct problem problem;
	struct err err = { 0 };
	struct buf out;

	(void)state;
	req_refuse(&err, 409, "conflict", "déjà fait");
	problem_fill(&problem, NULL, &err);
	buf_init(&out, 4096);
	assert_true(problem_write(&problem, &request_key_codec, &key, &out));
	assert_non_null(strstr(buf_cstr(&out),
			       ",\"request_id\":\"0D3X8PA1V0042\"}"));
	assert_int_equal(out.data[0], '{');
	buf_fini(&out);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, \
						fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_cursor_leads_back_to_where_it_was_made),
		T(a_changed_cursor_is_refused_wherever_it_was_changed),
		T(a_cursor_serves_its_own_list_and_filter_only),
		T(what_the_base_cannot_tell_is_no_answer),
		T(numbers_follow_each_other_by_kind_and_year),
		T(the_rule_in_force_on_a_day_is_the_last_before_it),
		T(a_version_must_be_the_one_that_was_read),
		cmocka_unit_test(a_problem_has_the_words_of_its_operation_first),
		cmocka_unit_test(members_of_a_rule_are_added_to_its_problem),
	};

	return cmocka_run_group_tests_name("req", tests, NULL, NULL);
}
