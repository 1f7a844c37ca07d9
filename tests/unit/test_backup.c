/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend_fixture.h"

#include "audit.h"
#include "backup.h"
#include "key_file.h"
#include "witness.h"

#include <guichet/base/mem.h>

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CANARY "CANARY-KEPT-FROM-DISKS"
#define COPIES 5

struct house {
	struct fixture *t;
	char folder[64], copy[96], key[96], other[96], base[96];
	atomic_bool stop;
	atomic_int written;
};

/* A note and its trace, or neither. */
static bool write_one(struct db *db, int64_t i, struct err *err)
{
	struct audit_head head = { 0 };
	const struct audit_row row = {
		.caisse = T_CAISSE, .at = 1795000000000 + i * 60000,
		.agent_id = T_AGENT, .operation = "contact.create",
		.object = "", .trace = "", .status = 201,
	};

	return db_begin(db, err) && audit_append(db, &head, &row, err) &&
		db_run(db, err, NULL, "INSERT INTO contact (caisse, id, file_id, "
		"agent_id, office_id, channel, reason, reference, tier, proof, "
		"document, tries, outcome, advised, note, opened_at, closed_at) "
		"VALUES (1381, $1, 0, 11, 21, 0, -1, '" CANARY "', 0, -1, -1, 0, "
		"-1, 0, '', 0, 0)", "i", i) && db_commit(db, err);
}

static int setup(void **state)
{
	struct house *h = mem_new(1, sizeof(*h));
	void *fixture;

	assert_int_equal(fixture_setup(&fixture), 0);
	h->t = fixture;
	snprintf(h->folder, sizeof(h->folder), "/tmp/guichet-backup-XXXXXX");
	assert_non_null(mkdtemp(h->folder));
	snprintf(h->copy, sizeof(h->copy), "%s/copy", h->folder);
	snprintf(h->key, sizeof(h->key), "%s/key", h->folder);
	snprintf(h->other, sizeof(h->other), "%s/other", h->folder);
	snprintf(h->base, sizeof(h->base), "%s/base", h->folder);
	assert_true(key_file_new(h->key, &h->t->err));
	assert_true(key_file_new(h->other, &h->t->err));
	for (int i = 1; i <= 300; i++)
		assert_true(write_one(h->t->db, i, &h->t->err));
	*state = h;
	return 0;
}

static int teardown(void **state)
{
	struct house *h = *state;
	void *fixture = h->t;
	char command[96];

	snprintf(command, sizeof(command), "%s", h->folder);
	if (fork() == 0)
		execl("/bin/rm", "rm", "-rf", command, (char *)NULL);
	free(h);
	return fixture_teardown(&fixture);
}

static bool copy(struct house *h)
{
	int64_t size;

	err_clear(&h->t->err);
	return backup_make(&(struct backup){ .db = h->t->path, .file = h->copy,
			   .key = h->key }, &size, &h->t->err);
}

static bool restore(struct house *h, const char *key, bool force)
{
	err_clear(&h->t->err);
	return backup_restore(&(struct backup){ .db = h->base, .file = h->copy,
			      .key = key, .witness = "", .force = force },
			      &h->t->err);
}

static int64_t number(struct db *db, const char *sql)
{
	struct db_stmt *stmt;
	int64_t n;

	assert_non_null(db);
	stmt = db_query(db, NULL, sql, "");
	assert_true(db_next(stmt, NULL));
	n = db_int(stmt, 0);
	db_done(stmt);
	return n;
}

static bool exists(const char *path)
{
	return access(path, F_OK) == 0;
}

static size_t read_copy(const struct house *h, unsigned char **bytes)
{
	struct stat info;
	FILE *file = fopen(h->copy, "r");

	assert_non_null(file);
	assert_int_equal(fstat(fileno(file), &info), 0);
	*bytes = mem_new((size_t)info.st_size, 1);
	assert_int_equal(fread(*bytes, (size_t)info.st_size, 1, file), 1);
	fclose(file);
	return (size_t)info.st_size;
}

static void write_copy(const struct house *h, const void *bytes, size_t size)
{
	FILE *file = fopen(h->copy, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

static void a_copy_is_private_and_gives_the_same_base(void **state)
{
	struct house *h = *state;
	unsigned char *bytes;
	struct stat info;
	struct db *db;
	size_t size;

	assert_true(copy(h));
	assert_int_equal(stat(h->copy, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	size = read_copy(h, &bytes);
	assert_null(memmem(bytes, size, CANARY, strlen(CANARY)));
	assert_null(memmem(bytes, size, "SQLite format", 13));
	free(bytes);
	assert_true(db_run(h->t->db, &h->t->err, NULL, "INSERT INTO session "
		"(token, caisse, agent_id, office_id, channel, desk, created_at, "
		"seen_at, expires_at) VALUES (x'00', 1381, 11, 21, 0, '', 0, 0, 0)",
		""));
	unlink(h->copy);
	assert_true(copy(h));
	assert_true(restore(h, h->key, false));
	assert_int_equal(stat(h->base, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	db = db_open(h->base, DB_READ, &h->t->err);
	assert_non_null(db);
	assert_int_equal(number(db, "SELECT count(*) FROM contact"), 300);
	assert_int_equal(number(db, "SELECT count(*) FROM agent"), 2);
	/* Who was signed in then is not any more. */
	assert_int_equal(number(db, "SELECT count(*) FROM session"), 0);
	db_close(db, NULL);
}

static void *write_on(void *arg)
{
	struct house *h = arg;
	struct err err = { 0 };
	struct db *db = db_open(h->t->path, DB_WRITE, &err);

	for (int i = 301; db && !atomic_load(&h->stop); i++)
		if (write_one(db, i, &err))
			atomic_fetch_add(&h->written, 1);
	db_close(db, NULL);
	return NULL;
}

static void copies_under_load_are_each_of_one_moment(void **state)
{
	struct house *h = *state;
	int64_t last = 0;
	pthread_t thread;

	assert_int_equal(pthread_create(&thread, NULL, write_on, h), 0);
	for (int i = 0; i < COPIES; i++) {
		int least = atomic_load(&h->written);
		struct db *db;
		int64_t count;

		assert_true(copy(h));
		assert_true(restore(h, h->key, false));
		db = db_open(h->base, DB_READ, &h->t->err);
		count = number(db, "SELECT count(*) FROM contact");
		assert_int_equal(count, number(db, "SELECT max(seq) FROM audit"));
		/* All that was told before the copy began is in it. */
		assert_true(count >= 300 + least && count >= last);
		last = count;
		db_close(db, NULL);
		unlink(h->base);
		unlink(h->copy);
	}
	atomic_store(&h->stop, true);
	pthread_join(thread, NULL);
	assert_true(atomic_load(&h->written) > 0);
	print_message("%d copies while %d writes were made\n", COPIES,
		      atomic_load(&h->written));
}

static void a_copy_that_was_touched_is_refused(void **state)
{
	struct house *h = *state;
	unsigned char *bytes;
	size_t size;
	int tried = 0;

	assert_true(copy(h));
	size = read_copy(h, &bytes);
	for (size_t at = 0; at < size; at += at < 64 ? 1 : size / 60, tried++) {
		bytes[at] ^= 1;
		write_copy(h, bytes, size);
		bytes[at] ^= 1;
		if (restore(h, h->key, false))
			fail_msg("byte %zu", at);
		assert_int_equal(h->t->err.code, ERR_INVALID);
		assert_false(exists(h->base));
	}
	for (size_t left = 0; left < size; left += left < 64 ? 1 : size / 60, tried++) {
		write_copy(h, bytes, left);
		if (restore(h, h->key, false))
			fail_msg("%zu bytes left", left);
		assert_false(exists(h->base));
	}
	/* Cut where a block ends: only the mark of the end is missing. */
	write_copy(h, bytes, 17 + 24 + 65553);
	assert_false(restore(h, h->key, false));
	bytes = mem_grow(bytes, size + 1, 1);
	bytes[size] = 0;
	write_copy(h, bytes, size + 1);
	assert_false(restore(h, h->key, false));
	write_copy(h, bytes, size);
	assert_true(restore(h, h->key, false));
	free(bytes);
	print_message("%d touched copies\n", tried + 2);
}

static void another_key_opens_nothing(void **state)
{
	static const struct { const char *text; mode_t mode; } keys[] = {
		{ "", 0600 }, { "00", 0600 },
		{ "zz00000000000000000000000000000000000000000000000000000000000000"
		  "\n", 0600 },
		{ "0000000000000000000000000000000000000000000000000000000000000000"
		  "\n\n", 0600 },
		{ "0000000000000000000000000000000000000000000000000000000000000000"
		  "\n", 0640 },
		{ "0000000000000000000000000000000000000000000000000000000000000000"
		  "\n", 0604 },
		{ "0000000000000000000000000000000000000000000000000000000000000000"
		  "\n", 0600 },
	};
	struct house *h = *state;

	assert_true(copy(h));
	assert_false(restore(h, h->other, false));
	assert_int_equal(h->t->err.code, ERR_INVALID);
	assert_false(restore(h, "/nowhere/at/all", false));
	assert_int_equal(h->t->err.code, ERR_NOT_FOUND);
	for (size_t i = 0; i < N_ROWS(keys); i++) {
		FILE *file = fopen(h->other, "w");

		assert_true(file && fputs(keys[i].text, file) >= 0);
		assert_int_equal(fclose(file), 0);
		assert_int_equal(chmod(h->other, keys[i].mode), 0);
		assert_false(restore(h, h->other, false));
		assert_int_equal(h->t->err.code, ERR_INVALID);
	}
	assert_false(exists(h->base));
	assert_false(key_file_new(h->other, &h->t->err));
	assert_int_equal(h->t->err.code, ERR_CONFLICT);
}

static void nothing_is_overwritten(void **state)
{
	struct house *h = *state;
	char aside[128] = "", line[128];
	struct db *db;
	FILE *list;

	assert_true(copy(h));
	assert_false(copy(h));
	assert_int_equal(h->t->err.code, ERR_CONFLICT);
	assert_true(restore(h, h->key, false));
	assert_false(restore(h, h->key, false));
	assert_int_equal(h->t->err.code, ERR_CONFLICT);
	db = db_open(h->base, DB_WRITE, &h->t->err);
	assert_non_null(db);
	assert_true(write_one(db, 9001, &h->t->err));
	db_close(db, NULL);
	assert_true(restore(h, h->key, true));
	db = db_open(h->base, DB_READ, &h->t->err);
	assert_int_equal(number(db, "SELECT count(*) FROM contact"), 300);
	db_close(db, NULL);
	for (int64_t s = clock_now_ms() / 1000; !aside[0] && s > 0; s--) {
		snprintf(line, sizeof(line), "%s.before-%lld", h->base,
			 (long long)s);
		list = fopen(line, "r");
		if (list) {
			fclose(list);
			snprintf(aside, sizeof(aside), "%s", line);
		}
	}
	db = db_open(aside, DB_READ, &h->t->err);
	assert_int_equal(number(db, "SELECT count(*) FROM contact"), 301);
	db_close(db, NULL);
}

static void a_base_that_serves_is_not_replaced(void **state)
{
	struct house *h = *state;
	int up[2], down[2];
	char byte;
	pid_t pid;

	assert_true(copy(h));
	assert_true(restore(h, h->key, false));
	assert_true(pipe(up) == 0 && pipe(down) == 0);
	pid = fork();
	if (pid == 0) {
		struct db *db = db_open(h->base, DB_READ, NULL);

		number(db, "SELECT count(*) FROM contact");
		close(down[1]);
		if (write(up[1], "x", 1) == 1 && read(down[0], &byte, 1) == 0)
			_exit(0);
		_exit(1);
	}
	close(down[0]);
	assert_int_equal(read(up[0], &byte, 1), 1);
	assert_false(restore(h, h->key, true));
	assert_int_equal(h->t->err.code, ERR_CONFLICT);
	close(down[1]);
	close(up[0]);
	close(up[1]);
}

static void a_broken_trace_is_not_restored(void **state)
{
	struct house *h = *state;
	char witness_path[128];
	struct witness *witness;

	assert_true(db_run(h->t->db, &h->t->err, NULL,
			   "UPDATE audit SET agent_id = 12 WHERE seq = 7", ""));
	assert_true(copy(h));
	assert_false(restore(h, h->key, false));
	assert_string_equal(h->t->err.word, AUDIT_BROKEN);
	assert_false(exists(h->base));
	/* One that was made again holds, but not before a witness. */
	snprintf(witness_path, sizeof(witness_path), "%s/witness", h->folder);
	witness = witness_open(witness_path, h->t->path, &h->t->err);
	assert_true(witness_tell(witness, 1795000000000, &h->t->err));
	witness_close(witness);
	fixture_run(h->t, (const char *const[]){ "DELETE FROM audit",
		"DELETE FROM audit_day", "DELETE FROM contact", NULL });
	for (int i = 1; i <= 301; i++)
		assert_true(write_one(h->t->db, 1000 - i, &h->t->err));
	unlink(h->copy);
	assert_true(copy(h));
	assert_false(backup_restore(&(struct backup){ .db = h->base,
		.file = h->copy, .key = h->key, .witness = witness_path },
		&h->t->err));
	assert_string_equal(h->t->err.word, AUDIT_BROKEN);
	assert_true(restore(h, h->key, false));
}

static void what_is_not_there_is_said(void **state)
{
	struct house *h = *state;
	int64_t size;
	struct backup backup = { .db = "/nowhere/db", .file = h->copy,
		.key = h->key, .witness = "" };

	assert_false(backup_make(&backup, &size, &h->t->err));
	assert_int_equal(h->t->err.code, ERR_NOT_FOUND);
	backup.db = h->t->path;
	backup.file = "/nowhere/copy";
	assert_false(backup_make(&backup, &size, &h->t->err));
	assert_int_equal(h->t->err.code, ERR_SYSTEM);
	assert_false(restore(h, h->key, false));
	assert_int_equal(h->t->err.code, ERR_NOT_FOUND);
	backup.file = h->copy;
	assert_true(copy(h));
	backup.db = "/nowhere/db";
	assert_false(backup_restore(&backup, &h->t->err));
	assert_int_equal(h->t->err.code, ERR_SYSTEM);
	/* A full disk leaves no half copy. */
	unlink(h->copy);
	backup.db = h->t->path;
	backup.file = "/dev/full/copy";
	assert_false(backup_make(&backup, &size, &h->t->err));
	assert_false(exists(h->copy));
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_copy_is_private_and_gives_the_same_base),
		T(copies_under_load_are_each_of_one_moment),
		T(a_copy_that_was_touched_is_refused),
		T(another_key_opens_nothing),
		T(nothing_is_overwritten),
		T(a_base_that_serves_is_not_replaced),
		T(a_broken_trace_is_not_restored),
		T(what_is_not_there_is_said),
	};

	return cmocka_run_group_tests_name("backup", tests, NULL, NULL);
}
