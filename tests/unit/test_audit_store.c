/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trace on a disk that fails.  Whatever call of the store it is, a failure is
 * told as one: it passes neither for a chain that holds nor for a broken one, and
 * leaves a chain that holds. */
#include "backend_fixture.h"

#include "audit.h"

#include <sqlite3.h>
#include <string.h>

#define DAY AUDIT_DAY_MS
#define START (INT64_C(20454) * DAY)    /* 2026-01-01 */
#define DAYS 14
#define FIRST_PURGE (START + 370 * DAY)
#define SECOND_PURGE (START + 400 * DAY)

int __real_sqlite3_step(sqlite3_stmt *stmt);
int __wrap_sqlite3_step(sqlite3_stmt *stmt);
int __real_sqlite3_bind_int64(sqlite3_stmt *stmt, int at, sqlite3_int64 value);
int __wrap_sqlite3_bind_int64(sqlite3_stmt *stmt, int at, sqlite3_int64 value);

/* Calls until the one that fails, alone of them; below 0, none does. */
static int calls_left = -1;

static bool fails(void)
{
	return calls_left >= 0 && calls_left-- == 0;
}

int __wrap_sqlite3_step(sqlite3_stmt *stmt)
{
	/* That one always succeeds in SQLite. */
	if (strcmp(sqlite3_sql(stmt), "ROLLBACK") != 0 && fails())
		return SQLITE_IOERR;
	return __real_sqlite3_step(stmt);
}

int __wrap_sqlite3_bind_int64(sqlite3_stmt *stmt, int at, sqlite3_int64 value)
{
	return fails() ? SQLITE_NOMEM : __real_sqlite3_bind_int64(stmt, at, value);
}

static bool append_at(struct fixture *t, int64_t caisse, int64_t at,
		      struct err *err)
{
	struct audit_head head = { 0 };
	const struct audit_row row = {
		.caisse = caisse, .at = at, .agent_id = T_AGENT,
		.office_id = T_OFFICE, .operation = "insured.search",
		.object = "", .trace = "4bf92f3577b34da6a3ce929d0e0e4736",
		.status = 200,
	};

	if (!db_begin(t->db, err))
		return false;
	if (audit_append(t->db, &head, &row, err))
		return db_commit(t->db, err);
	db_rollback(t->db);
	return false;
}

static bool holds(struct fixture *t)
{
	struct audit_report report;

	return audit_verify(t->db, AUDIT_WHOLE, &report, &t->err);
}

/* ---- what is asked of the trace ---- */

static bool verify_whole(struct fixture *t, struct err *err)
{
	struct audit_report report;

	return audit_verify(t->db, AUDIT_WHOLE, &report, err);
}

static bool verify_new(struct fixture *t, struct err *err)
{
	struct audit_report report;

	return audit_verify(t->db, AUDIT_NEW, &report, err);
}

static bool verify_on(struct fixture *t, struct err *err)
{
	struct audit_report report;

	if (!db_begin(t->db, err))
		return false;
	if (audit_verify_on(t->db, FIRST_PURGE, &report, err))
		return db_commit(t->db, err);
	db_rollback(t->db);
	return false;
}

static bool compare(struct fixture *t, struct err *err)
{
	const struct audit_head purged = { .caisse = T_CAISSE, .seq = 2 },
		kept = { .caisse = T_CAISSE, .seq = 2 * DAYS };
	enum audit_line found;

	return audit_compare(t->db, &purged, &found, err) &&
		found == AUDIT_OTHER &&
		audit_compare(t->db, &kept, &found, err) &&
		found == AUDIT_OTHER;
}

static bool append(struct fixture *t, struct err *err)
{
	return append_at(t, T_CAISSE, SECOND_PURGE, err);
}

static bool purge(struct fixture *t, struct err *err)
{
	struct audit_purged purged;

	return audit_purge(t->db, SECOND_PURGE, AUDIT_MONTHS, &purged, err);
}

/* ---- */

static void keep(struct fixture *t)
{
	fixture_run(t, (const char *const[]){
		"CREATE TABLE kept AS SELECT * FROM audit",
		"CREATE TABLE kept_day AS SELECT * FROM audit_day",
		"CREATE TABLE kept_check AS SELECT * FROM audit_check", NULL });
}

static void give_back(struct fixture *t)
{
	fixture_run(t, (const char *const[]){ "BEGIN",
		"DELETE FROM audit", "INSERT INTO audit SELECT * FROM kept",
		"DELETE FROM audit_day",
		"INSERT INTO audit_day SELECT * FROM kept_day",
		"DELETE FROM audit_check",
		"INSERT INTO audit_check SELECT * FROM kept_check", "COMMIT", NULL });
}

/* Two caisses: days that are purged, days to purge, rows after the point up to
 * which the chain was verified; and an old day that goes on. */
static int setup(void **state)
{
	struct audit_purged purged;
	struct fixture *t;

	assert_int_equal(fixture_setup(state), 0);
	t = *state;
	fixture_run(t, (const char *const[]){ "PRAGMA synchronous = OFF", NULL });
	for (int i = 0; i < 2 * DAYS; i++)
		assert_true(append_at(t, T_CAISSE, START + i * DAY / 2, &t->err));
	assert_true(audit_purge(t->db, FIRST_PURGE, AUDIT_MONTHS, &purged, &t->err));
	assert_int_equal(purged.days, 5);
	assert_true(verify_on(t, &t->err));
	for (int i = 0; i < 4; i++)
		assert_true(append_at(t, T_CAISSE, FIRST_PURGE + i * DAY, &t->err));
	for (int i = 0; i < 3; i++)
		assert_true(append_at(t, T_OTHER_CAISSE, START + i * DAY, &t->err));
	keep(t);
	return 0;
}

static void a_failure_is_told_at_whatever_call(void **state)
{
	static const struct {
		const char *name;
		bool (*run)(struct fixture *t, struct err *err);
		int least;              /* of the calls it makes */
	} tasks[] = {
		{ "verify the whole", verify_whole, 50 },
		{ "verify what is new", verify_new, 30 },
		{ "verify and record", verify_on, 30 },
		{ "compare", compare, 8 },
		{ "append", append, 10 },
		{ "purge", purge, 60 },
	};
	struct fixture *t = *state;

	for (size_t i = 0; i < 2 * N_ROWS(tasks); i++) {
		bool told = i % 2 == 0, ok = false;
		int call;

		for (call = 0; !ok; call++) {
			struct err err = { 0 };

			give_back(t);
			calls_left = call;
			ok = tasks[i / 2].run(t, told ? &err : NULL);
			if (ok != (calls_left >= 0))
				fail_msg("%s, call %d", tasks[i / 2].name, call);
			calls_left = -1;
			assert_int_equal(err.code, ok || !told ? ERR_NONE : ERR_SYSTEM);
			assert_false(db_in_transaction(t->db));
			assert_true(holds(t));
		}
		if (call < tasks[i / 2].least)
			fail_msg("%s: %d calls", tasks[i / 2].name, call);
	}
}

/* The law gives the delay: a night with a bad disk must not make it longer. */
static void a_purge_that_was_cut_is_finished_by_the_next(void **state)
{
	struct fixture *t = *state;
	bool ok = false;

	for (int call = 0; !ok; call++) {
		give_back(t);
		calls_left = call;
		ok = purge(t, &t->err);
		calls_left = -1;
		if (!purge(t, &t->err) || !holds(t))
			fail_msg("call %d: %s", call, t->err.text);
		assert_int_equal(fixture_number(t, "SELECT count(*) FROM audit WHERE at < "
			"20454 * 86400000 + 35 * 86400000"), 0);
	}
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_failure_is_told_at_whatever_call),
		T(a_purge_that_was_cut_is_finished_by_the_next),
	};

	return cmocka_run_group_tests_name("audit_store", tests, NULL, NULL);
}
