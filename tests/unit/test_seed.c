/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"
#include "auth.h"
#include "seed/seed.h"

#include <guichet/base/iban.h>
#include <guichet/base/nir.h>
#include <guichet/base/workdays.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INSURED 400
#define TODAY "2026-11-21"

/* A population made once, and the connection through which tests read it. */
struct t {
	char dir[64], path[128], other[128];
	sqlite3 *db;
};

static void make(const char *path, int insured, int seed)
{
	struct seed_options options = { .insured = insured, .seed = seed,
		.months = 27, .today = TODAY };
	struct err err = { 0 };

	unlink(path);
	snprintf(options.db, sizeof(options.db), "%s", path);
	if (!seed_run(&options, &err))
		fail_msg("%s", err.text);
}

static int setup(void **state)
{
	struct t *t = calloc(1, sizeof(*t));

	assert_non_null(t);
	snprintf(t->dir, sizeof(t->dir), "/tmp/guichet-seed-XXXXXX");
	assert_non_null(mkdtemp(t->dir));
	snprintf(t->path, sizeof(t->path), "%s/a.db", t->dir);
	snprintf(t->other, sizeof(t->other), "%s/b.db", t->dir);
	make(t->path, INSURED, 1);
	assert_int_equal(sqlite3_open(t->path, &t->db), SQLITE_OK);
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	struct t *t = *state;

	sqlite3_close(t->db);
	unlink(t->path);
	rmdir(t->dir);
	free(t);
	return 0;
}

static sqlite3_stmt *query(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	return stmt;
}

static int64_t number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = query(db, sql);
	int64_t value;

	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return value;
}

static const char *text(sqlite3_stmt *stmt, int column)
{
	return (const char *)sqlite3_column_text(stmt, column);
}

static uint64_t hash_rows(sqlite3 *db, const char *sql, uint64_t hash)
{
	sqlite3_stmt *stmt = query(db, sql);

	while (sqlite3_step(stmt) == SQLITE_ROW) {
		for (int column = 0; column < sqlite3_column_count(stmt); column++) {
			const unsigned char *bytes = sqlite3_column_blob(stmt, column);
			int size = sqlite3_column_bytes(stmt, column);

			for (int at = 0; at < size; at++)
				hash = (hash ^ bytes[at]) * 1099511628211u;
			hash = (hash ^ 255) * 1099511628211u;
		}
	}
	sqlite3_finalize(stmt);
	return hash;
}

/* Every row of every table, but the day of the migration and the secrets. */
static uint64_t hash_all(const char *path)
{
	uint64_t hash = 14695981039346656037u;
	sqlite3_stmt *tables;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	tables = query(db, "SELECT name FROM sqlite_master WHERE type = 'table'"
		       " AND name NOT IN ('migration', 'setting') ORDER BY name");
	while (sqlite3_step(tables) == SQLITE_ROW) {
		char sql[128];

		snprintf(sql, sizeof(sql), "SELECT * FROM %s", text(tables, 0));
		hash = hash_rows(db, sql, hash);
	}
	sqlite3_finalize(tables);
	sqlite3_close(db);
	return hash;
}

static void the_same_size_and_seed_give_the_same_rows(void **state)
{
	struct t *t = *state;

	make(t->other, INSURED, 1);
	assert_true(hash_all(t->path) == hash_all(t->other));
	unlink(t->other);
}

static void another_seed_gives_other_rows(void **state)
{
	struct t *t = *state;

	make(t->other, INSURED, 2);
	assert_true(hash_all(t->path) != hash_all(t->other));
	unlink(t->other);
}

static void personas_are_the_same_in_every_population(void **state)
{
	static const char sql[] = "SELECT caisse, id, nir, name, used_name,"
		" first_names, birth, birth_place FROM person WHERE file_id IN"
		" (SELECT id FROM file ORDER BY id LIMIT 29) ORDER BY caisse, id";
	struct t *t = *state;
	sqlite3 *db;

	make(t->other, 100, 7);
	assert_int_equal(sqlite3_open(t->other, &db), SQLITE_OK);
	assert_true(hash_rows(db, sql, 1) == hash_rows(t->db, sql, 1));
	sqlite3_close(db);
	unlink(t->other);
}

static void a_base_that_has_rows_is_refused(void **state)
{
	struct t *t = *state;
	struct seed_options options = { .insured = 100, .months = 27,
		.today = TODAY };
	struct err err = { 0 };

	sqlite3_close(t->db);
	snprintf(options.db, sizeof(options.db), "%s", t->path);
	assert_false(seed_run(&options, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_int_equal(sqlite3_open(t->path, &t->db), SQLITE_OK);
	assert_int_equal(number(t->db, "SELECT count(*) FROM file"), INSURED);
}

static void a_short_history_is_made_as_well(void **state)
{
	struct t *t = *state;
	struct seed_options options = { .insured = 100, .months = 3,
		.today = "2028-02-29" };
	struct err err = { 0 };
	sqlite3 *db;

	snprintf(options.db, sizeof(options.db), "%s", t->other);
	assert_true(seed_run(&options, &err));
	assert_int_equal(sqlite3_open(t->other, &db), SQLITE_OK);
	assert_true(number(db, "SELECT min(paid_day) FROM payment") >= 20271129);
	sqlite3_close(db);
	unlink(t->other);
}

/* The time of a refusal would tell known logins from unknown ones. */
static void demo_passwords_cost_what_others_cost(void **state)
{
	struct t *t = *state;
	sqlite3_stmt *stmt;
	int rows = 0;
	struct err err = { 0 };
	char hash[PASSWORD_SIZE];
	bool right = false;

	assert_true(password_hash("guichet-demo", hash, &err));
	assert_int_equal(sqlite3_prepare_v2(t->db, "SELECT password FROM agent",
					    -1, &stmt, NULL), SQLITE_OK);
	for (; sqlite3_step(stmt) == SQLITE_ROW; rows++) {
		const char *stored = (const char *)sqlite3_column_text(stmt, 0);

		/* "$argon2id$v=19$m=...,t=...,p=...$" */
		assert_memory_equal(stored, hash,
			strlen("$argon2id$v=19$m=65536,t=2,p=1$"));
		if (rows == 0)
			assert_true(password_check_hash(stored, "guichet-demo",
							&right, NULL) && right);
	}
	assert_true(rows > 0);
	sqlite3_finalize(stmt);
}

static void every_number_asked_for_is_there(void **state)
{
	struct t *t = *state;

	assert_int_equal(number(t->db, "SELECT count(*) FROM file"), INSURED);
	assert_int_equal(number(t->db, "SELECT count(*) FROM person"
				" WHERE kinship = 0"), INSURED);
	assert_int_equal(number(t->db, "SELECT count(*) FROM file"
				" WHERE caisse = 1731"), INSURED / 50);
}

static void a_nir_agrees_with_sex_and_birth(void **state)
{
	struct t *t = *state;
	sqlite3_stmt *stmt = query(t->db, "SELECT nir, sex, birth FROM person"
		" WHERE first_names <> 'Romane'");

	while (sqlite3_step(stmt) == SQLITE_ROW) {
		const char *text_nir = text(stmt, 0);
		int year = sqlite3_column_int(stmt, 2) / 10000 % 100;
		struct err err = { 0 };
		struct nir nir;

		if (!nir_parse(text_nir, &nir, &err))
			fail_msg("%s", err.text);
		assert_int_equal((text_nir[0] - '0') % 2,
				 sqlite3_column_int(stmt, 1) == SEX_M);
		assert_int_equal((text_nir[1] - '0') * 10 + text_nir[2] - '0',
				 year);
	}
	sqlite3_finalize(stmt);
}

static void an_account_is_valid_and_of_no_bank(void **state)
{
	struct t *t = *state;
	sqlite3_stmt *stmt = query(t->db, "SELECT iban FROM file");

	while (sqlite3_step(stmt) == SQLITE_ROW) {
		struct err err = { 0 };
		struct iban iban;

		if (!iban_parse(text(stmt, 0), &iban, &err))
			fail_msg("%s", err.text);
		assert_memory_equal(iban.number + 4, "99998", 5);
	}
	sqlite3_finalize(stmt);
	assert_int_equal(number(t->db, "SELECT count(*) FROM file WHERE"
				" (phone <> '' AND phone NOT LIKE '063998____' AND"
				" phone NOT LIKE '019900____') OR (email <> '' AND"
				" email NOT LIKE '%@example.org')"), 0);
}

static void every_hard_name_is_there(void **state)
{
	struct t *t = *state;

	for (const char *const *name = seed_hard_names; *name; name++) {
		char *sql = sqlite3_mprintf("SELECT count(*) FROM person WHERE"
					    " name = %Q OR first_names = %Q",
					    *name, *name);

		if (!number(t->db, sql))
			fail_msg("%s", *name);
		sqlite3_free(sql);
	}
}

static void payments_are_made_on_working_days(void **state)
{
	struct t *t = *state;
	sqlite3_stmt *stmt = query(t->db, "SELECT DISTINCT paid_day FROM payment");

	while (sqlite3_step(stmt) == SQLITE_ROW) {
		int day = sqlite3_column_int(stmt, 0);
		struct date date = { day / 10000, day / 100 % 100, day % 100 };

		assert_true(workdays_is_open(date, "38"));
	}
	sqlite3_finalize(stmt);
}

static void check_lines(sqlite3_stmt *stmt)
{
	const void *lines = sqlite3_column_blob(stmt, 2);
	size_t size = (size_t)sqlite3_column_bytes(stmt, 2), count = 0;
	int64_t paid = 0, withheld = 0;
	struct payline line;

	for (; payline_unpack(lines, size, count, &line); count++) {
		assert_int_equal(line.due_cts, ((uint64_t)line.base_cts *
				 line.rate_pct + 50) / 100);
		assert_int_equal(line.paid_cts, line.due_cts - line.withheld_cts);
		assert_true(line.from_day <= line.to_day);
		assert_true(line.from_day <= 20261121);
		assert_true((line.withheld != WITHHELD_NONE) ==
			    (line.withheld_cts != 0));
		paid += line.paid_cts;
		withheld += line.withheld_cts;
	}
	assert_true(count > 0 && count <= PAYMENT_LINES_MAX);
	assert_int_equal(size, count * PAYLINE_SIZE);
	assert_int_equal(paid, sqlite3_column_int64(stmt, 0));
	assert_int_equal(withheld, sqlite3_column_int64(stmt, 1));
}

static void the_lines_of_a_payment_make_its_amount(void **state)
{
	struct t *t = *state;
	sqlite3_stmt *stmt = query(t->db, "SELECT amount_cts, withheld_cts, lines"
				   " FROM payment");

	while (sqlite3_step(stmt) == SQLITE_ROW)
		check_lines(stmt);
	sqlite3_finalize(stmt);
}

static void at_most_fifty_euros_of_a_kind_are_withheld_in_a_year(void **state)
{
	struct t *t = *state;
	sqlite3_stmt *stmt = query(t->db, "SELECT person_id, paid_day / 10000,"
		" lines FROM payment ORDER BY caisse, person_id, 2");
	int64_t sums[WITHHELD_N] = { 0 }, person = 0;
	int year = 0, reached = 0;

	while (sqlite3_step(stmt) == SQLITE_ROW) {
		struct payline line;

		if (sqlite3_column_int64(stmt, 0) != person ||
		    sqlite3_column_int(stmt, 1) != year)
			memset(sums, 0, sizeof(sums));
		person = sqlite3_column_int64(stmt, 0);
		year = sqlite3_column_int(stmt, 1);
		for (size_t at = 0; payline_unpack(sqlite3_column_blob(stmt, 2),
			(size_t)sqlite3_column_bytes(stmt, 2), at, &line); at++) {
			sums[line.withheld] += line.withheld_cts;
			assert_true(sums[line.withheld] <= 5000);
			reached += sums[line.withheld] == 5000;
		}
	}
	sqlite3_finalize(stmt);
	assert_true(reached > 0);
}

static void every_kind_and_state_is_met(void **state)
{
	static const struct { const char *sql; int count; } rows[] = {
		{ "SELECT count(DISTINCT kind) FROM payment", PAYMENT_KIND_N },
		{ "SELECT count(DISTINCT state) FROM payment", PAYMENT_STATE_N },
		{ "SELECT count(DISTINCT kind) FROM entitlement", RIGHT_KIND_N },
		{ "SELECT count(DISTINCT rule) FROM opening", 4 },
		{ "SELECT count(*) FROM reason WHERE caisse = 1381", 19 },
		{ "SELECT count(*) FROM office WHERE caisse = 1381", 12 },
		{ "SELECT count(*) FROM agent WHERE caisse = 1381", 13 },
		{ "SELECT min(old) FROM nir_key WHERE nir = '7940199335102'", 1 },
	};
	struct t *t = *state;

	for (size_t row = 0; row < N_ROWS(rows); row++)
		assert_int_equal(number(t->db, rows[row].sql), rows[row].count);
}

static void open_orders_are_the_requests_under_way(void **state)
{
	struct t *t = *state;

	assert_int_equal(number(t->db, "SELECT count(*) FROM open_order o LEFT JOIN"
		" request r ON r.caisse = o.caisse AND r.id = o.request_id"
		" WHERE r.id IS NULL OR r.person_id <> o.person_id"
		" OR r.state >= 7"), 0);
	assert_int_equal(number(t->db, "SELECT count(*) FROM open_order"),
			 number(t->db, "SELECT count(*) FROM request"
				" WHERE kind IN (0, 2) AND state < 7"));
}

static void numbers_given_are_counted(void **state)
{
	struct t *t = *state;

	assert_int_equal(number(t->db, "SELECT count(*) FROM (SELECT caisse,"
		" number FROM request UNION SELECT caisse, number FROM appointment)"),
		number(t->db, "SELECT sum(last) FROM numbering"));
	assert_int_equal(number(t->db, "SELECT count(*) FROM request r LEFT JOIN"
		" numbering n ON n.caisse = r.caisse AND"
		" r.number LIKE n.kind || '-' || n.year || '-%' AND"
		" substr(r.number, -6) + 0 <= n.last WHERE n.last IS NULL"), 0);
}

static void an_appointment_has_its_cells(void **state)
{
	struct t *t = *state;

	assert_int_equal(number(t->db, "SELECT count(*) FROM cell"),
		number(t->db, "SELECT sum((ends_at - starts_at) / 300000)"
		       " FROM appointment WHERE state < 4 OR state = 5"));
	assert_int_equal(number(t->db, "SELECT count(*) FROM appointment a"
		" WHERE a.file_id NOT IN (SELECT id FROM file)"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_number_asked_for_is_there),
		cmocka_unit_test(demo_passwords_cost_what_others_cost),
		cmocka_unit_test(the_same_size_and_seed_give_the_same_rows),
		cmocka_unit_test(another_seed_gives_other_rows),
		cmocka_unit_test(personas_are_the_same_in_every_population),
		cmocka_unit_test(a_base_that_has_rows_is_refused),
		cmocka_unit_test(a_short_history_is_made_as_well),
		cmocka_unit_test(a_nir_agrees_with_sex_and_birth),
		cmocka_unit_test(an_account_is_valid_and_of_no_bank),
		cmocka_unit_test(every_hard_name_is_there),
		cmocka_unit_test(payments_are_made_on_working_days),
		cmocka_unit_test(the_lines_of_a_payment_make_its_amount),
		cmocka_unit_test(at_most_fifty_euros_of_a_kind_are_withheld_in_a_year),
		cmocka_unit_test(every_kind_and_state_is_met),
		cmocka_unit_test(open_orders_are_the_requests_under_way),
		cmocka_unit_test(numbers_given_are_counted),
		cmocka_unit_test(an_appointment_has_its_cells),
	};

	return cmocka_run_group_tests_name("seed", tests, setup, teardown);
}
