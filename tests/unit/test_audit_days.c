/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trace by days: how they end, what a purge leaves, from where the daemon
 * verifies, and what the clock may do. */
#include "backend_fixture.h"

#include "audit.h"
#include "store/migrate.h"

#include <guichet/base/mem.h>

#include <stdlib.h>
#include <string.h>

#define DAY AUDIT_DAY_MS
#define START (INT64_C(20454) * DAY)    /* 2026-01-01 */

static void append_at(struct fixture *t, int64_t at)
{
	struct audit_head head = { 0 };
	const struct audit_row row = {
		.caisse = T_CAISSE, .at = at, .agent_id = T_AGENT,
		.office_id = T_OFFICE, .operation = "insured.search",
		.object = "", .trace = "4bf92f3577b34da6a3ce929d0e0e4736",
		.status = 200,
	};

	assert_true(db_begin(t->db, &t->err));
	assert_true(audit_append(t->db, &head, &row, &t->err));
	assert_true(db_commit(t->db, &t->err));
}

/* `days` days of three acts each, from START on. */
static void fill(struct fixture *t, int days)
{
	for (int i = 0; i < 3 * days; i++)
		append_at(t, START + i * DAY / 3);
}

static bool holds(struct fixture *t, enum audit_extent extent)
{
	struct audit_report report;

	err_clear(&t->err);
	return audit_verify(t->db, extent, &report, &t->err);
}

static void change(struct fixture *t, const char *sql)
{
	int64_t changed = 0;

	assert_true(db_run(t->db, &t->err, &changed, sql, ""));
	assert_true(changed > 0);
}

static void a_day_ends_with_the_first_row_of_the_next(void **state)
{
	struct fixture *t = *state;
	struct audit_report report;

	fill(t, 5);
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM audit_day"), 5);
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM audit_day d JOIN audit a "
		"ON a.caisse = d.caisse AND a.seq = d.last_seq "
		"AND a.hash = d.head"), 4);
	assert_int_equal(fixture_number(t, "SELECT last_seq FROM audit_day "
		"ORDER BY day DESC LIMIT 1"), 0);
	assert_true(audit_verify(t->db, AUDIT_WHOLE, &report, &t->err));
	assert_int_equal(report.days, 5);
	assert_int_equal(report.rows, 15);
}

static void a_record_of_a_day_that_is_changed_is_seen(void **state)
{
	static const char *const changes[] = {
		"UPDATE audit_day SET last_seq = 7 WHERE last_seq = 6",
		"UPDATE audit_day SET last_seq = 0 WHERE last_seq = 6",
		"UPDATE audit_day SET last_seq = 15 WHERE last_seq = 0",
		"UPDATE audit_day SET last_seq = 15, head = zeroblob(32) "
		"WHERE last_seq = 0",
		"UPDATE audit_day SET last_seq = 2 WHERE last_seq = 6",
		"UPDATE audit_day SET last_seq = 5 WHERE last_seq = 6",
		"UPDATE audit_day SET last_seq = 0, purged = 1 WHERE last_seq = 3",
		"UPDATE audit_day SET day = day + 9 WHERE last_seq = 0",
		"UPDATE audit_day SET day = day - 9 WHERE last_seq = 3",
		"UPDATE audit_day SET head = zeroblob(32) WHERE last_seq = 6",
		"UPDATE audit_day SET head = zeroblob(31) WHERE last_seq = 6",
		"UPDATE audit_day SET purged = 1 WHERE last_seq = 3",
		"UPDATE audit_day SET purged = 1 WHERE last_seq = 6",
		"UPDATE audit_day SET purged = 1 WHERE last_seq = 0",
		"DELETE FROM audit_day WHERE last_seq = 6",
		"DELETE FROM audit_day WHERE last_seq = 0",
		"DELETE FROM audit_day",
		"INSERT INTO audit_day VALUES (1381, 99999, 0, x'', 0)",
		"INSERT INTO audit_day VALUES (1381, 99999, 16, zeroblob(32), 0)",
		"INSERT INTO audit_day VALUES (9999, 20454, 0, x'', 0)",
		"DELETE FROM audit",
		"UPDATE audit SET operation = CAST(CAST(operation AS BLOB) || x'0041' "
		"AS TEXT) WHERE seq = 5",
		"UPDATE audit SET status = status + 4294967296 WHERE seq = 5",
		"UPDATE audit SET hash = zeroblob(31) WHERE seq = 5",
	};
	struct fixture *t = *state;

	fill(t, 5);
	assert_true(holds(t, AUDIT_WHOLE));
	for (size_t i = 0; i < N_ROWS(changes); i++) {
		assert_true(db_begin(t->db, &t->err));
		change(t, changes[i]);
		if (holds(t, AUDIT_WHOLE))
			fail_msg("not seen: %s", changes[i]);
		assert_string_equal(t->err.word, AUDIT_BROKEN);
		db_rollback(t->db);
	}
	assert_true(holds(t, AUDIT_WHOLE));
}

/* K7: whatever the clock does, the sequence has no gap and no day comes twice. */
static void the_trace_stands_what_a_clock_does(void **state)
{
	static const struct { const char *name, *at; } moments[] = {
		{ "a day like others", "2026-03-28T10:00:00+01:00" },
		{ "one hour ahead", "2026-03-28T11:00:00+01:00" },
		{ "one hour back", "2026-03-28T10:00:00+01:00" },
		{ "before the hour of spring", "2026-03-29T01:59:59+01:00" },
		{ "after the hour of spring", "2026-03-29T03:00:00+02:00" },
		{ "the night of autumn, first time", "2026-10-25T02:30:00+02:00" },
		{ "the night of autumn, second time", "2026-10-25T02:30:00+01:00" },
		{ "midnight UTC", "2026-11-22T00:00:00Z" },
		{ "one second back over midnight", "2026-11-21T23:59:59Z" },
		{ "29 February", "2028-02-29T12:00:00+01:00" },
		{ "400 days ahead", "2029-04-04T12:00:00+02:00" },
		{ "400 days back again", "2028-02-29T12:00:01+01:00" },
		{ "the end of 32 bits", "2038-01-19T03:14:07Z" },
		{ "after the end of 32 bits", "2038-01-19T03:14:08Z" },
		{ "1970 after a dead battery", "1970-01-01T00:00:01Z" },
	};
	struct fixture *t = *state;
	int64_t at;

	for (size_t i = 0; i < N_ROWS(moments); i++) {
		assert_true(moment_from_rfc3339(moments[i].at, &at, &t->err));
		append_at(t, at);
		if (!holds(t, AUDIT_WHOLE))
			fail_msg("%s: %s", moments[i].name, t->err.text);
		assert_int_equal(fixture_number(t, "SELECT max(seq) FROM audit"), i + 1);
	}
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM audit_day"), 7);
	print_message("%zu moments of a clock\n", N_ROWS(moments));
}

/* Run the text of a migration again, as the SQLite of the tests reads it. */
static void run_script(struct fixture *t, const char *script)
{
	char *text = mem_text(script), *rest = text, *one, *at;

	while ((at = strstr(text, "BYTEA")))
		memcpy(at, "BLOB ", 5);
	while ((one = strsep(&rest, ";")))
		if (strchr(one, '('))
			assert_true(db_run(t->db, &t->err, NULL, one, ""));
	free(text);
}

static void a_trace_of_before_the_days_is_cut_in_days(void **state)
{
	const struct migration *step = migrations;
	struct fixture *t = *state;

	fill(t, 4);
	append_at(t, START);
	fixture_run(t, (const char *const[]){
		"CREATE TABLE was AS SELECT * FROM audit_day",
		"DROP TABLE audit_day", "DROP TABLE audit_check", NULL });
	while (!strstr(step->sql, "CREATE TABLE audit_day"))
		step++;
	run_script(t, step->sql);
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM audit_day d JOIN was w "
		"USING (caisse, day, last_seq, head, purged)"), 4);
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM audit_day"), 4);
	assert_true(holds(t, AUDIT_WHOLE));
	append_at(t, START + 9 * DAY);
	assert_true(holds(t, AUDIT_WHOLE));
}

static void a_purge_leaves_no_old_row_and_a_chain_that_holds(void **state)
{
	struct fixture *t = *state;
	struct audit_purged purged;
	int64_t now = START + 400 * DAY;
	int64_t until = date_to_days((struct date){ 2026, 2, 5 }) * DAY;

	fill(t, 60);
	append_at(t, now);
	assert_true(audit_purge(t->db, now, AUDIT_MONTHS, &purged, &t->err));
	assert_int_equal(purged.days, 35);
	assert_int_equal(purged.rows, 3 * 35);
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM audit_day "
		"WHERE purged = 1"), 35);
	assert_true(fixture_number(t, "SELECT min(at) FROM audit") >= until);
	assert_true(holds(t, AUDIT_WHOLE));
	assert_true(holds(t, AUDIT_NEW));
	/* A second one finds nothing to do and says nothing. */
	assert_true(audit_purge(t->db, now, AUDIT_MONTHS, &purged, &t->err));
	assert_int_equal(purged.rows, 0);
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM audit "
		"WHERE operation = 'audit.purge'"), 5);
	append_at(t, now + DAY);
	assert_true(holds(t, AUDIT_WHOLE));
}

static void thirteen_months_later_nothing_old_is_left(void **state)
{
	struct fixture *t = *state;
	struct audit_purged purged;
	struct audit_report report;
	int64_t now = date_to_days((struct date){ 2027, 4, 2 }) * DAY;

	fill(t, 60);
	assert_true(audit_purge(t->db, now, AUDIT_MONTHS, &purged, &t->err));
	assert_int_equal(purged.rows, 180);
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM audit WHERE operation "
		"NOT LIKE 'audit.%'"), 0);
	assert_true(audit_verify(t->db, AUDIT_WHOLE, &report, &t->err));
	assert_int_equal(report.purged, 60);
}

static void a_purge_by_hand_is_seen(void **state)
{
	static const char *const scripts[][3] = {
		/* the day before the purge's last, without its row */
		{ "DELETE FROM audit WHERE seq <= 108",
		  "UPDATE audit_day SET purged = 1 WHERE last_seq = 108", NULL },
		/* the row that tells of it is gone with its day's others */
		{ "UPDATE audit_day SET purged = 0 WHERE last_seq = 105",
		  "UPDATE audit_day SET head = head WHERE 1", NULL },
		{ "INSERT INTO audit VALUES (1381, 5, 0, 0, 0, 0, '', 0, '', 0, "
		  "'', x'00')", "UPDATE audit_day SET head = head WHERE 1", NULL },
	};
	struct fixture *t = *state;
	struct audit_purged purged;
	int64_t now = START + 400 * DAY;

	fill(t, 60);
	assert_true(audit_purge(t->db, now, AUDIT_MONTHS, &purged, &t->err));
	assert_true(holds(t, AUDIT_WHOLE));
	for (size_t i = 0; i < N_ROWS(scripts); i++) {
		assert_true(db_begin(t->db, &t->err));
		fixture_run(t, scripts[i]);
		if (holds(t, AUDIT_WHOLE) || holds(t, AUDIT_NEW))
			fail_msg("script %zu is not seen", i);
		db_rollback(t->db);
	}
	assert_true(holds(t, AUDIT_WHOLE));
}

static void a_purge_of_the_last_months_is_seen(void **state)
{
	struct fixture *t = *state;
	struct audit_head head = { 0 };
	struct audit_row row = {
		.caisse = T_CAISSE, .at = START + 100 * DAY,
		.operation = AUDIT_PURGE, .object = "2026-01-02", .trace = "",
	};

	fill(t, 60);
	assert_true(audit_append(t->db, &head, &row, &t->err));
	/* Who only says so has purged nothing. */
	assert_true(holds(t, AUDIT_WHOLE));
	fixture_run(t, (const char *const[]){
		"DELETE FROM audit WHERE seq <= 6",
		"UPDATE audit_day SET purged = 1 WHERE last_seq IN (3, 6)", NULL });
	assert_false(holds(t, AUDIT_WHOLE));
	assert_false(holds(t, AUDIT_NEW));
}

static void retention_is_from_six_to_thirty_six_months(void **state)
{
	static const struct { int months; bool accepted; } table[] = {
		{ 0, false }, { 5, false }, { 6, true }, { 36, true }, { 37, false },
	};
	struct fixture *t = *state;
	struct audit_purged purged;

	fill(t, 2);
	for (size_t i = 0; i < N_ROWS(table); i++)
		assert_int_equal(audit_purge(t->db, START + 3 * DAY,
			table[i].months, &purged, &t->err), table[i].accepted);
}

static bool verify_on(struct fixture *t, int64_t *rows)
{
	struct audit_report report;
	bool ok;

	err_clear(&t->err);
	assert_true(db_begin(t->db, &t->err));
	ok = audit_verify_on(t->db, START, &report, &t->err);
	*rows = report.rows;
	if (ok)
		assert_true(db_commit(t->db, &t->err));
	else
		db_rollback(t->db);
	return ok;
}

static void only_what_is_new_is_read_again(void **state)
{
	struct fixture *t = *state;
	int64_t rows;

	fill(t, 5);
	assert_true(verify_on(t, &rows));
	assert_int_equal(rows, 15);
	assert_true(verify_on(t, &rows));
	assert_int_equal(rows, 0);
	for (int i = 0; i < 7; i++)
		append_at(t, START + 5 * DAY + i * DAY / 2);
	assert_true(verify_on(t, &rows));
	assert_int_equal(rows, 7);
	append_at(t, START + 20 * DAY);
	change(t, "UPDATE audit SET agent_id = 99 WHERE seq = 4");
	assert_true(holds(t, AUDIT_NEW));
	assert_false(holds(t, AUDIT_WHOLE));
}

static void a_point_that_no_longer_holds_is_seen(void **state)
{
	static const char *const changes[] = {
		"UPDATE audit SET hash = zeroblob(32) WHERE seq = 15",
		"UPDATE audit_check SET hash = zeroblob(32)",
		"DELETE FROM audit WHERE seq >= 14",
		"UPDATE audit SET agent_id = 99 WHERE seq = 16",
		"DELETE FROM audit WHERE seq = 16",
		"UPDATE audit_check SET seq = 999",
	};
	struct fixture *t = *state;
	int64_t rows;

	fill(t, 5);
	assert_true(verify_on(t, &rows));
	append_at(t, START + 6 * DAY);
	append_at(t, START + 7 * DAY);
	for (size_t i = 0; i < N_ROWS(changes); i++) {
		assert_true(db_begin(t->db, &t->err));
		change(t, changes[i]);
		if (holds(t, AUDIT_NEW))
			fail_msg("not seen: %s", changes[i]);
		db_rollback(t->db);
	}
	assert_true(verify_on(t, &rows));
}

/* The days up to the recorded point may be gone when the daemon verifies next. */
static void a_purge_may_pass_the_recorded_point(void **state)
{
	struct fixture *t = *state;
	struct audit_purged purged;
	int64_t now = START + 400 * DAY, rows;

	fill(t, 5);
	assert_true(verify_on(t, &rows));
	fill(t, 9);
	append_at(t, now);
	assert_true(audit_purge(t->db, now, AUDIT_MONTHS, &purged, &t->err));
	assert_true(verify_on(t, &rows));
	assert_int_equal(rows, 1 + fixture_number(t, "SELECT count(*) FROM audit "
		"WHERE operation = 'audit.purge'"));
	assert_true(verify_on(t, &rows));
	assert_int_equal(rows, 0);
}

static void a_line_is_compared_to_what_is_kept_of_it(void **state)
{
	static const struct {
		const char *change;
		int64_t seq;
		enum audit_line found;
	} rows[] = {
		{ NULL, 15, AUDIT_SAME }, { NULL, 14, AUDIT_OTHER },
		{ NULL, 16, AUDIT_ABSENT },
		{ "UPDATE audit SET hash = x'00' WHERE seq = 15", 15, AUDIT_OTHER },
		{ "UPDATE audit SET hash = zeroblob(32) WHERE seq = 15", 15,
		  AUDIT_OTHER },
		{ "DELETE FROM audit WHERE seq = 15", 15, AUDIT_ABSENT },
		{ "UPDATE audit_day SET purged = 1 WHERE last_seq = 6", 6,
		  AUDIT_OTHER },
		{ "UPDATE audit_day SET purged = 1 WHERE last_seq = 6", 5,
		  AUDIT_PURGED },
	};
	struct fixture *t = *state;
	struct audit_head last = { .caisse = T_CAISSE };

	fill(t, 5);
	assert_true(audit_head_load(t->db, &last, &t->err));
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		enum audit_line found;

		assert_true(db_begin(t->db, &t->err));
		if (rows[i].change)
			change(t, rows[i].change);
		last.seq = rows[i].seq;
		assert_true(audit_compare(t->db, &last, &found, &t->err));
		if (found != rows[i].found)
			fail_msg("row %zu: %d", i, found);
		db_rollback(t->db);
	}
}

static bool try_append(struct fixture *t, int64_t at)
{
	struct audit_head head = { 0 };
	const struct audit_row row = {
		.caisse = T_CAISSE, .at = at, .operation = "insured.get",
		.object = "", .trace = "",
	};
	bool ok;

	assert_true(db_begin(t->db, NULL));
	ok = audit_append(t->db, &head, &row, NULL);
	db_rollback(t->db);
	return ok;
}

/* Everything that may be asked of the trace; how many of them succeed. */
static int try_all(struct fixture *t, int64_t at)
{
	struct audit_head line = { .caisse = T_CAISSE, .seq = 1 };
	struct audit_purged purged;
	enum audit_line found;
	int64_t rows, caisse = 0;
	bool more;

	return try_append(t, at) + holds(t, AUDIT_WHOLE) + holds(t, AUDIT_NEW) +
		verify_on(t, &rows) + audit_head_load(t->db, &line, NULL) +
		audit_next_caisse(t->db, &caisse, &more, NULL) +
		audit_compare(t->db, &line, &found, NULL) +
		audit_purge(t->db, START + 400 * DAY, AUDIT_MONTHS, &purged, &t->err);
}

/* What the store refuses is refused by the trace, and nothing crashes. */
static void a_store_that_fails_is_told(void **state)
{
	static const struct { const char *harm, *undo; int least; } harms[] = {
		{ "ALTER TABLE audit RENAME TO gone",
		  "ALTER TABLE gone RENAME TO audit", 0 },
		{ "ALTER TABLE audit_day RENAME TO gone",
		  "ALTER TABLE gone RENAME TO audit_day", 0 },
		{ "ALTER TABLE audit_check RENAME TO gone",
		  "ALTER TABLE gone RENAME TO audit_check", 5 },
		{ "CREATE TRIGGER no BEFORE UPDATE ON audit_day BEGIN "
		  "SELECT RAISE(ABORT, ''); END", "DROP TRIGGER no", 6 },
		{ "CREATE TRIGGER no BEFORE INSERT ON audit_day BEGIN "
		  "SELECT RAISE(ABORT, ''); END", "DROP TRIGGER no", 6 },
		{ "CREATE TRIGGER no BEFORE INSERT ON audit BEGIN "
		  "SELECT RAISE(ABORT, ''); END", "DROP TRIGGER no", 6 },
		{ "CREATE TRIGGER no BEFORE DELETE ON audit BEGIN "
		  "SELECT RAISE(ABORT, ''); END", "DROP TRIGGER no", 7 },
		{ "CREATE TRIGGER no BEFORE INSERT ON audit_check BEGIN "
		  "SELECT RAISE(ABORT, ''); END", "DROP TRIGGER no", 6 },
	};
	struct fixture *t = *state;

	for (size_t i = 0; i < N_ROWS(harms); i++) {
		int done;

		fixture_run(t, (const char *const[]){ "DELETE FROM audit",
			"DELETE FROM audit_day", "DELETE FROM audit_check", NULL });
		fill(t, 3);
		fixture_run(t, (const char *const[]){ harms[i].harm, NULL });
		done = try_all(t, START + 8 * DAY);
		if (done < harms[i].least || done > 7)
			fail_msg("%s: %d of 8", harms[i].harm, done);
		fixture_run(t, (const char *const[]){ harms[i].undo, NULL });
	}
	change(t, "UPDATE audit SET hash = x'00' WHERE seq = "
	       "(SELECT max(seq) FROM audit)");
	assert_true(try_append(t, START + 9 * DAY));
	assert_false(holds(t, AUDIT_WHOLE));
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_day_ends_with_the_first_row_of_the_next),
		T(a_record_of_a_day_that_is_changed_is_seen),
		T(the_trace_stands_what_a_clock_does),
		T(a_trace_of_before_the_days_is_cut_in_days),
		T(a_purge_leaves_no_old_row_and_a_chain_that_holds),
		T(thirteen_months_later_nothing_old_is_left),
		T(a_purge_by_hand_is_seen),
		T(a_purge_of_the_last_months_is_seen),
		T(retention_is_from_six_to_thirty_six_months),
		T(only_what_is_new_is_read_again),
		T(a_store_that_fails_is_told),
		T(a_point_that_no_longer_holds_is_seen),
		T(a_purge_may_pass_the_recorded_point),
		T(a_line_is_compared_to_what_is_kept_of_it),
	};

	return cmocka_run_group_tests_name("audit_days", tests, NULL, NULL);
}
