/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd user, on the terminal of who keeps the accounts. */
#include "backend_fixture.h"

#include "auth.h"
#include "command.h"

#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <termios.h>
#include <unistd.h>

#define TYPED "un mot de passe"

struct typist {
	int master;
	pid_t child;
	char seen[1024];
	size_t used;
};

/* Start the command with the terminal on all it reads and writes. */
static void start(struct typist *typist, struct fixture *t)
{
	char user[] = "user", passwd[] = "passwd", db[80], login[] = "alefevre";
	char *argv[] = { user, passwd, db, login, NULL };

	snprintf(db, sizeof(db), "--db=%s", t->path);
	/* The database is not to be open on both sides of a fork. */
	assert_true(db_close(t->db, &t->err));
	fflush(NULL);
	typist->child = forkpty(&typist->master, NULL, NULL, NULL);
	assert_true(typist->child >= 0);
	if (typist->child == 0)
		exit(command_user(4, argv));
	t->db = db_open(t->path, DB_WRITE, &t->err);
	assert_non_null(t->db);
}

static bool echoes(const struct typist *typist)
{
	struct termios modes;

	assert_int_equal(tcgetattr(typist->master, &modes), 0);
	return modes.c_lflag & ECHO;
}

/* Read what the terminal shows until `stop`; false at its end. */
static bool read_until(struct typist *typist, const char *stop)
{
	while (!strstr(typist->seen, stop)) {
		ssize_t n = read(typist->master, typist->seen + typist->used,
				 sizeof(typist->seen) - 1 - typist->used);

		if (n <= 0)
			return false;
		typist->used += (size_t)n;
		typist->seen[typist->used] = '\0';
	}
	return true;
}

static int type(struct typist *typist, const char *line)
{
	int status = 0;

	assert_true(read_until(typist, "Mot de passe"));
	/* The line typed before is thrown away. */
	while (echoes(typist))
		poll(NULL, 0, 1);
	assert_int_equal(write(typist->master, line, strlen(line)), strlen(line));
	read_until(typist, "nothing stops it but its end");
	assert_int_equal(waitpid(typist->child, &status, 0), typist->child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static bool password_is(struct fixture *t, const char *password)
{
	struct db_stmt *stmt = db_query(t->db, &t->err, "SELECT password FROM agent "
		"WHERE login = 'alefevre'", "");
	bool same;

	assert_true(db_next(stmt, &t->err));
	assert_true(password_check_hash(db_text(stmt, 0), password, &same,
					&t->err));
	db_done(stmt);
	return same;
}

static void a_password_that_is_typed_is_not_shown(void **state)
{
	struct fixture *t = *state;
	struct typist typist = { 0 };

	start(&typist, t);
	assert_int_equal(type(&typist, TYPED "\n"), EX_OK);
	assert_null(strstr(typist.seen, TYPED));
	assert_true(password_is(t, TYPED));
	/* The terminal is as it was. */
	assert_true(echoes(&typist));
	close(typist.master);
}

static void a_short_one_is_refused_and_the_terminal_given_back(void **state)
{
	struct fixture *t = *state;
	struct typist typist = { 0 };

	start(&typist, t);
	assert_int_equal(type(&typist, "court\n"), EX_DATAERR);
	assert_non_null(strstr(typist.seen, "12 caract"));
	assert_false(password_is(t, "court"));
	assert_true(echoes(&typist));
	close(typist.master);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_password_that_is_typed_is_not_shown),
		T(a_short_one_is_refused_and_the_terminal_given_back),
	};

	return cmocka_run_group_tests_name("user", tests, NULL, NULL);
}
