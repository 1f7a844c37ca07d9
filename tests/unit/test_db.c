/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include "store/db.h"
#include "store/migrate.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char insert[] =
	"INSERT INTO setting (name, value) VALUES ($1, $2)";
/* A new base has settings of its own, with a dot in their names. */
static const char count[] =
	"SELECT count(*) FROM setting WHERE name NOT LIKE '%.%'";

struct t {
	char dir[64], file[96];
	struct db *db;
	struct err err;
};

static int setup(void **state)
{
	struct t *t = calloc(1, sizeof(*t));

	snprintf(t->dir, sizeof(t->dir), "/tmp/guichet-test-XXXXXX");
	assert_non_null(mkdtemp(t->dir));
	snprintf(t->file, sizeof(t->file), "%s/base", t->dir);
	t->db = db_open(t->file, DB_WRITE, &t->err);
	assert_non_null(t->db);
	assert_true(db_migrate(t->db, &t->err));
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	struct t *t = *state;
	char path[128];

	assert_true(db_close(t->db, NULL));
	for (size_t i = 0; i < N_ROWS(ends); i++) {
		snprintf(path, sizeof(path), "%s%s", t->file, ends[i]);
		unlink(path);
	}
	assert_int_equal(rmdir(t->dir), 0);
	free(t);
	return 0;
}

static int64_t rows_in(struct db *db)
{
	struct err err = { 0 };
	struct db_stmt *stmt = db_query(db, &err, count, "");
	int64_t n;

	assert_true(db_next(stmt, &err));
	n = db_int(stmt, 0);
	db_done(stmt);
	return n;
}

static void what_was_written_is_read_back(void **state)
{
	struct t *t = *state;
	const struct db_blob token = { "\0\x01\xff", 3 };
	struct db_stmt *stmt;
	struct db_blob read;
	char small[4];

	assert_true(db_run(t->db, &t->err, NULL,
		"INSERT INTO session (token, caisse, agent_id, office_id, channel,"
		" desk, station, created_at, seen_at, expires_at) VALUES"
		" ($1, $2, $3, 0, 0, $4, $1, 0, 0, 0)", "biit", &token,
		(int64_t)1381, INT64_MAX, "Éléonore"));
	stmt = db_query(t->db, &t->err, "SELECT token, agent_id, desk FROM session"
			" WHERE token = $1", "b", &token);
	assert_true(db_next(stmt, &t->err));
	read = db_bytes(stmt, 0);
	assert_int_equal(read.size, 3);
	assert_memory_equal(read.data, token.data, 3);
	assert_true(db_int(stmt, 1) == INT64_MAX);
	assert_string_equal(db_text(stmt, 2), "Éléonore");
	assert_false(db_copy(stmt, 2, small, sizeof(small), &t->err));
	assert_int_equal(t->err.code, ERR_SYSTEM);
	err_clear(&t->err);
	assert_false(db_next(stmt, &t->err));
	assert_int_equal(t->err.code, ERR_NONE);
}

static void a_key_written_twice_is_a_conflict(void **state)
{
	struct t *t = *state;
	int64_t changed = -1;

	assert_true(db_run(t->db, &t->err, &changed, insert, "tt", "a", "1"));
	assert_int_equal(changed, 1);
	assert_false(db_run(t->db, &t->err, NULL, insert, "tt", "a", "2"));
	assert_int_equal(t->err.code, ERR_CONFLICT);
	assert_int_equal(rows_in(t->db), 1);
}

static void a_missing_value_is_no_conflict(void **state)
{
	struct t *t = *state;

	assert_false(db_run(t->db, &t->err, NULL, insert, "tt", "a", NULL));
	assert_int_equal(t->err.code, ERR_SYSTEM);
}

static void a_mark_undone_leaves_its_neighbours(void **state)
{
	struct t *t = *state;

	assert_true(db_begin(t->db, &t->err));
	assert_true(db_mark(t->db, &t->err));
	assert_true(db_run(t->db, &t->err, NULL, insert, "tt", "first", ""));
	assert_true(db_mark_keep(t->db, &t->err));
	assert_true(db_mark(t->db, &t->err));
	assert_true(db_run(t->db, &t->err, NULL, insert, "tt", "second", ""));
	db_mark_undo(t->db);
	assert_true(db_mark(t->db, &t->err));
	assert_true(db_run(t->db, &t->err, NULL, insert, "tt", "third", ""));
	assert_true(db_mark_keep(t->db, &t->err));
	assert_true(db_commit(t->db, &t->err));
	assert_int_equal(rows_in(t->db), 2);
}

static void a_rollback_leaves_nothing(void **state)
{
	struct t *t = *state;

	assert_true(db_begin(t->db, &t->err));
	assert_true(db_run(t->db, &t->err, NULL, insert, "tt", "a", ""));
	db_rollback(t->db);
	assert_int_equal(rows_in(t->db), 0);
}

static void a_statement_can_be_open_twice(void **state)
{
	static const char by_name[] = "SELECT name FROM setting ORDER BY name";
	struct t *t = *state;
	struct db_stmt *one, *two;

	assert_true(db_run(t->db, &t->err, NULL, insert, "tt", "a", ""));
	assert_true(db_run(t->db, &t->err, NULL, insert, "tt", "b", ""));
	one = db_query(t->db, &t->err, by_name, "");
	assert_true(db_next(one, &t->err));
	two = db_query(t->db, &t->err, by_name, "");
	assert_true(db_next(two, &t->err));
	assert_true(db_next(two, &t->err));
	assert_string_equal(db_text(one, 0), "a");
	assert_string_equal(db_text(two, 0), "b");
	db_done(one);
	db_done(two);
	assert_ptr_equal(db_query(t->db, &t->err, by_name, ""), two);
	db_done(two);
}

static void a_text_in_a_reused_buffer_is_prepared_again(void **state)
{
	struct t *t = *state;
	char sql[64];
	struct db_stmt *stmt;

	for (int i = 1; i <= 2; i++) {
		snprintf(sql, sizeof(sql), "SELECT %d", i);
		stmt = db_query(t->db, &t->err, sql, "");
		assert_true(db_next(stmt, &t->err));
		assert_int_equal(db_int(stmt, 0), i);
		db_done(stmt);
	}
}

static void a_wrong_number_of_parameters_is_refused(void **state)
{
	struct t *t = *state;

	assert_false(db_run(t->db, &t->err, NULL, insert, "t", "a"));
	assert_int_equal(t->err.code, ERR_SYSTEM);
}

static void a_reader_cannot_write(void **state)
{
	struct t *t = *state;
	struct db *reader = db_open(t->file, DB_READ, &t->err);

	assert_non_null(reader);
	assert_int_equal(rows_in(reader), 0);
	assert_false(db_run(reader, &t->err, NULL, insert, "tt", "a", ""));
	assert_int_equal(t->err.status, 507);
	assert_true(db_close(reader, NULL));
}

static void a_reader_sees_one_moment_for_a_whole_transaction(void **state)
{
	struct t *t = *state;
	struct db *reader = db_open(t->file, DB_READ, &t->err);

	assert_non_null(reader);
	assert_true(db_begin(reader, &t->err));
	assert_int_equal(rows_in(reader), 0);
	assert_true(db_run(t->db, &t->err, NULL, insert, "tt", "a", ""));
	assert_int_equal(rows_in(reader), 0);
	assert_true(db_commit(reader, &t->err));
	assert_int_equal(rows_in(reader), 1);
	assert_true(db_close(reader, NULL));
}

static void migrating_again_changes_nothing(void **state)
{
	struct t *t = *state;
	int64_t number;

	assert_true(db_migrate(t->db, &t->err));
	assert_true(migration_current(t->db, &number, &t->err));
	assert_int_equal(number, migration_newest());
}

static void a_database_of_a_newer_version_is_not_opened(void **state)
{
	struct t *t = *state;

	assert_true(db_run(t->db, &t->err, NULL,
		"INSERT INTO migration (number, applied_at) VALUES (9999, 0)", ""));
	assert_null(db_open(t->file, DB_WRITE, &t->err));
	assert_int_equal(t->err.code, ERR_INVALID);
	assert_non_null(strstr(t->err.text, "9999"));
}

static void another_program_s_file_is_not_touched(void **state)
{
	struct t *t = *state;
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/other", t->dir);
	file = fopen(path, "w");
	assert_non_null(file);
	for (int i = 0; i < 2000; i++)
		fputs("not a database\n", file);
	assert_int_equal(fclose(file), 0);
	assert_null(db_open(path, DB_WRITE, &t->err));
	assert_int_equal(t->err.code, ERR_INVALID);
	assert_int_equal(unlink(path), 0);
}

static void what_is_loaded_in_bulk_is_there_afterwards(void **state)
{
	struct t *t = *state;
	struct db *bulk;

	assert_true(db_close(t->db, &t->err));
	bulk = db_open(t->file, DB_BULK, &t->err);
	assert_non_null(bulk);
	assert_true(db_begin(bulk, &t->err));
	assert_true(db_run(bulk, &t->err, NULL, insert, "tt", "a", ""));
	assert_true(db_commit(bulk, &t->err));
	assert_true(db_close(bulk, &t->err));
	t->db = db_open(t->file, DB_WRITE, &t->err);
	assert_non_null(t->db);
	assert_int_equal(rows_in(t->db), 1);
}

static void a_checkpoint_empties_the_log_unless_somebody_reads(void **state)
{
	struct t *t = *state;
	struct stat log;
	struct db *reader;
	char path[128];

	snprintf(path, sizeof(path), "%s-wal", t->file);
	assert_true(db_run(t->db, &t->err, NULL, insert, "tt", "a", ""));
	reader = db_open(t->file, DB_READ, &t->err);
	assert_true(db_begin(reader, &t->err));
	assert_int_equal(rows_in(reader), 1);
	assert_true(db_run(t->db, &t->err, NULL, insert, "tt", "b", ""));
	db_checkpoint(t->db);
	assert_int_equal(stat(path, &log), 0);
	assert_true(log.st_size > 0);
	assert_int_equal(rows_in(reader), 1);
	assert_true(db_close(reader, &t->err));
	db_checkpoint(t->db);
	assert_int_equal(stat(path, &log), 0);
	assert_int_equal(log.st_size, 0);
	assert_int_equal(rows_in(t->db), 2);
}

static void a_full_disk_refuses_and_keeps_what_was_there(void **state)
{
	struct t *t = *state;
	char *large = calloc(1, 400001);

	memset(large, 'x', 400000);
	assert_true(db_run(t->db, &t->err, NULL, insert, "tt", "a", ""));
	assert_true(db_run(t->db, &t->err, NULL, "PRAGMA max_page_count = 1", ""));
	assert_true(db_begin(t->db, &t->err));
	assert_false(db_run(t->db, &t->err, NULL, insert, "tt", "b", large));
	assert_int_equal(t->err.status, 507);
	assert_string_equal(t->err.word, "storage.full");
	db_rollback(t->db);
	assert_int_equal(rows_in(t->db), 1);
	free(large);
}

static void a_want_of_memory_is_said_and_undoes(void **state)
{
	struct t *t = *state;
	char *large = calloc(1, 2000001);

	memset(large, 'x', 2000000);
	assert_true(db_begin(t->db, &t->err));
	assert_true(db_run(t->db, &t->err, NULL, insert, "tt", "a", ""));
	sqlite3_hard_heap_limit64(sqlite3_memory_used() + 4096);
	assert_false(db_run(t->db, &t->err, NULL, insert, "tt", "b", large));
	sqlite3_hard_heap_limit64(0);
	assert_int_equal(t->err.status, 503);
	assert_string_equal(t->err.word, "memory.short");
	/* SQLite ended the transaction by itself, or not. */
	if (!db_in_transaction(t->db)) {
		err_clear(&t->err);
		assert_false(db_commit(t->db, &t->err));
		assert_string_equal(t->err.word, "memory.short");
	}
	db_rollback(t->db);
	assert_int_equal(rows_in(t->db), 0);
	assert_true(db_run(t->db, &t->err, NULL, insert, "tt", "b", large));
	free(large);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_checkpoint_empties_the_log_unless_somebody_reads),
		T(what_was_written_is_read_back),
		T(a_key_written_twice_is_a_conflict),
		T(a_missing_value_is_no_conflict),
		T(a_mark_undone_leaves_its_neighbours),
		T(a_rollback_leaves_nothing),
		T(a_statement_can_be_open_twice),
		T(a_text_in_a_reused_buffer_is_prepared_again),
		T(a_wrong_number_of_parameters_is_refused),
		T(a_reader_cannot_write),
		T(a_reader_sees_one_moment_for_a_whole_transaction),
		T(migrating_again_changes_nothing),
		T(a_database_of_a_newer_version_is_not_opened),
		T(another_program_s_file_is_not_touched),
		T(what_is_loaded_in_bulk_is_there_afterwards),
		T(a_full_disk_refuses_and_keeps_what_was_there),
		T(a_want_of_memory_is_said_and_undoes),
	};

	return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}
