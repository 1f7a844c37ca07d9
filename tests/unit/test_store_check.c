/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a base must be before a daemon serves it. */
#include "backend_fixture.h"

#include "audit.h"
#include "server.h"
#include "store/migrate.h"

#include <guichet/base/log.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int setup(void **state)
{
	static const struct fixture_person person = {
		.id = 1001, .file_id = 1001, .birth = 19850312,
		.name = "Martin", .first_names = "Éléonore",
	};
	struct fixture *t;

	assert_int_equal(fixture_setup(state), 0);
	t = *state;
	fixture_person(t, T_CAISSE, &person);
	return 0;
}

static void append(struct fixture *t)
{
	struct audit_head head = { 0 };
	const struct audit_row row = { .caisse = T_CAISSE, .at = 1795255200000,
		.operation = "insured.get", .object = "", .trace = "" };

	assert_true(audit_append(t->db, &head, &row, &t->err));
}

static void a_row_that_refers_to_nothing_is_found(void **state)
{
	static const struct { const char *rule, *spoil; } rows[] = {
		{ "person.file_id", "DELETE FROM file" },
		{ "name_key.person_id", "UPDATE name_key SET person_id = 7" },
		{ "nir_key.person_id", "UPDATE nir_key SET person_id = 7" },
		{ "audit.type", "UPDATE audit SET agent_id = 'eleven'" },
		{ "audit.type", "UPDATE audit SET operation = x'41'" },
		{ "audit_day.type", "UPDATE audit_day SET head = 'text'" },
	};
	struct fixture *t = *state;

	append(t);
	assert_true(db_check(t->db, &t->err));
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		assert_true(db_begin(t->db, &t->err));
		fixture_run(t, (const char *const[]){ rows[i].spoil, NULL });
		err_clear(&t->err);
		if (db_check(t->db, &t->err) || !strstr(t->err.text, rows[i].rule))
			fail_msg("%s: %s", rows[i].spoil, t->err.text);
		assert_int_equal(t->err.code, ERR_INVALID);
		db_rollback(t->db);
	}
	fixture_run(t, (const char *const[]){ "DROP TABLE open_order", NULL });
	assert_false(db_check(t->db, &t->err));
	assert_int_equal(t->err.code, ERR_SYSTEM);
}

static int64_t version(struct fixture *t)
{
	int64_t number;

	assert_true(migration_current(t->db, &number, &t->err));
	return number;
}

/* An update is whole, or was not: the program of before still serves the base. */
static void a_migration_that_fails_leaves_the_base_as_it_was(void **state)
{
	static const struct { const char *harm, *undo; } rows[] = {
		{ "ALTER TABLE setting RENAME TO elsewhere",
		  "ALTER TABLE elsewhere RENAME TO setting" },
		/* Its table is there already. */
		{ "DELETE FROM migration WHERE number >= 2", "SELECT 1" },
	};
	struct fixture *t = *state;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		int64_t was;

		fixture_run(t, (const char *const[]){ rows[i].harm, NULL });
		was = version(t);
		err_clear(&t->err);
		if (db_migrate(t->db, &t->err))
			fail_msg("row %zu", i);
		assert_int_equal(t->err.code, ERR_SYSTEM);
		assert_false(db_in_transaction(t->db));
		assert_int_equal(version(t), was);
		fixture_run(t, (const char *const[]){ rows[i].undo, NULL });
	}
	fixture_run(t, (const char *const[]){
		"ALTER TABLE migration RENAME COLUMN number TO figure", NULL });
	assert_false(db_migrate(t->db, &t->err));
	assert_false(migration_current(t->db, &(int64_t){ 0 }, &t->err));
}

static bool count_bytes(void *self, int64_t at, const void *data, size_t size)
{
	(void)at;
	(void)data;
	*(size_t *)self += size;
	return true;
}

/* By a reader that is at rest, of a base of ours. */
static void what_cannot_be_read_is_not_copied(void **state)
{
	struct fixture *t = *state;
	struct db *reader = db_open(t->path, DB_READ, &t->err);
	size_t bytes = 0;
	const struct db_sink sink = { &bytes, count_bytes };

	assert_non_null(reader);
	assert_true(db_backup(reader, &sink, &t->err));
	assert_true(bytes > 4096);
	bytes = 0;
	assert_true(db_begin(reader, &t->err));
	assert_false(db_backup(reader, &sink, &t->err));
	assert_false(db_in_transaction(reader));
	fixture_run(t, (const char *const[]){ "DROP TABLE migration", NULL });
	assert_false(db_backup(reader, &sink, &t->err));
	assert_int_equal(bytes, 0);
	assert_true(db_close(reader, &t->err));
}

static bool opens(struct fixture *t, bool despite, char *log, size_t size)
{
	struct server *server = calloc(1, sizeof(*server));
	FILE *file = fmemopen(log, size, "w");
	bool ok;

	log_to(file, LOG_ERROR);
	server->despite_broken_trace = despite;
	err_clear(&t->err);
	ok = server_open(server, t->path, &t->err);
	if (ok)
		assert_true(server_close(server, &t->err));
	log_to(NULL, LOG_ERROR);
	fclose(file);
	free(server);
	return ok;
}

/* Nobody writes behind a row that was altered, unless who keeps the base says so:
 * and the log has which row it is. */
static void a_broken_trace_is_not_served(void **state)
{
	struct fixture *t = *state;
	char log[1024] = "";

	append(t);
	append(t);
	assert_true(opens(t, false, log, sizeof(log)));
	fixture_run(t, (const char *const[]){ "DELETE FROM audit_check",
		"UPDATE audit SET agent_id = 99 WHERE seq = 2", NULL });
	assert_false(opens(t, false, log, sizeof(log)));
	assert_string_equal(t->err.word, AUDIT_BROKEN);
	assert_non_null(strstr(log, "\"caisse\":\"01381\",\"seq\":\"2\""));
	log[0] = '\0';
	assert_true(opens(t, true, log, sizeof(log)));
	assert_non_null(strstr(log, "audit.broken"));
}

/* A disk without room for that point stops nobody; a trace that is not there
 * does. */
static void what_cannot_be_recorded_is_still_verified(void **state)
{
	struct fixture *t = *state;
	char log[1024] = "";

	append(t);
	fixture_run(t, (const char *const[]){
		"CREATE TRIGGER no BEFORE INSERT ON audit_check BEGIN "
		"SELECT RAISE(ABORT, ''); END", NULL });
	assert_true(opens(t, false, log, sizeof(log)));
	fixture_run(t, (const char *const[]){
		"UPDATE audit SET agent_id = 99", NULL });
	assert_false(opens(t, false, log, sizeof(log)));
	assert_string_equal(t->err.word, AUDIT_BROKEN);
	fixture_run(t, (const char *const[]){
		"ALTER TABLE audit RENAME TO elsewhere", NULL });
	assert_false(opens(t, true, log, sizeof(log)));
	assert_int_equal(t->err.code, ERR_SYSTEM);
}

static void what_is_no_base_yet_is_told(void **state)
{
	struct fixture *t = *state;
	struct server *server = calloc(1, sizeof(*server));

	err_clear(&t->err);
	assert_false(server_open(server, "/nowhere/base", &t->err));
	assert_non_null(strstr(t->err.text, "guichetd init"));
	fixture_run(t, (const char *const[]){ "DELETE FROM migration", NULL });
	err_clear(&t->err);
	assert_false(server_open(server, t->path, &t->err));
	assert_non_null(strstr(t->err.text, "guichetd init"));
	free(server);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_row_that_refers_to_nothing_is_found),
		T(a_migration_that_fails_leaves_the_base_as_it_was),
		T(what_cannot_be_read_is_not_copied),
		T(a_broken_trace_is_not_served),
		T(what_cannot_be_recorded_is_still_verified),
		T(what_is_no_base_yet_is_told),
	};

	return cmocka_run_group_tests_name("store_check", tests, NULL, NULL);
}
