/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include "../../screens/save.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

struct t { char folder[32], path[48]; struct buf bytes; };

static int setup(void **state)
{
	struct t *t = calloc(1, sizeof(*t));

	snprintf(t->folder, sizeof(t->folder), "/tmp/guichet-save-XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	snprintf(t->path, sizeof(t->path), "%s/kept", t->folder);
	buf_init(&t->bytes, 1 << 16);
	for (int i = 0; i < 1000; i++)
		assert_true(buf_text(&t->bytes, "une ligne\n"));
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	struct t *t = *state;

	buf_fini(&t->bytes);
	unlink(t->path);
	assert_int_equal(rmdir(t->folder), 0);
	free(t);
	return 0;
}

static void what_is_kept_is_for_its_owner_only(void **state)
{
	struct t *t = *state;
	struct err err = { 0 };
	struct stat made;

	assert_true(save_is_free(t->path, &err));
	assert_true(save_bytes(&t->bytes, t->path, &err));
	assert_int_equal(stat(t->path, &made), 0);
	assert_int_equal(made.st_size, 10000);
	assert_int_equal(made.st_mode & 0777, 0600);
}

static void no_file_is_written_over(void **state)
{
	struct t *t = *state;
	struct err err = { 0 };
	struct stat left;

	/* A link that leads nowhere is there, too. */
	assert_int_equal(symlink("/nowhere", t->path), 0);
	assert_false(save_is_free(t->path, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	err_clear(&err);
	assert_false(save_bytes(&t->bytes, t->path, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_int_equal(lstat(t->path, &left), 0);
	assert_true(S_ISLNK(left.st_mode));
}

static void a_folder_that_is_not_there_is_told(void **state)
{
	struct t *t = *state;
	struct err err = { 0 };

	assert_false(save_bytes(&t->bytes, "/nowhere/kept", &err));
	assert_int_equal(err.code, ERR_SYSTEM);
}

static void nothing_stays_of_a_file_that_did_not_fit(void **state)
{
	struct t *t = *state;
	struct rlimit was, small;
	struct err err = { 0 };
	struct stat made;

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &was);
	small = was;
	small.rlim_cur = 4096;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_false(save_bytes(&t->bytes, t->path, &err));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_int_not_equal(lstat(t->path, &made), 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(what_is_kept_is_for_its_owner_only),
		T(no_file_is_written_over),
		T(a_folder_that_is_not_there_is_told),
		T(nothing_stays_of_a_file_that_did_not_fit),
	};

	return cmocka_run_group_tests_name("save", tests, NULL, NULL);
}
