/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/mem.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void new_memory_is_zero(void **state)
{
	char *block = mem_new(100, 3);

	(void)state;
	for (int i = 0; i < 300; i++)
		assert_int_equal(block[i], 0);
	free(block);
}

static void nothing_is_still_a_block(void **state)
{
	void *a = mem_new(0, 8), *b = mem_grow(NULL, 0, 8);

	(void)state;
	assert_non_null(a);
	assert_non_null(b);
	free(a);
	free(b);
}

static void growing_keeps_what_was_there(void **state)
{
	char *text = mem_text("guichet");

	(void)state;
	text = mem_grow(text, 1000, 10);
	assert_string_equal(text, "guichet");
	free(text);
}

static void give_terminal_back(void)
{
	static const char done[] = "terminal";
	ssize_t n = write(STDOUT_FILENO, done, sizeof(done) - 1);

	(void)n;
}

/* Runs in a child: the handler writes to `out`, then the child aborts. */
static void exhaust(int out)
{
	dup2(out, STDOUT_FILENO);
	signal(SIGABRT, SIG_DFL);
	mem_on_exhaustion(give_terminal_back);
	mem_grow(NULL, SIZE_MAX / 2, 3);
	_exit(0);
}

static void exhaustion_gives_the_terminal_back_then_aborts(void **state)
{
	int ends[2], status;
	char text[32] = "";
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		exhaust(ends[1]);
	close(ends[1]);
	assert_int_equal(read(ends[0], text, sizeof(text) - 1), 8);
	assert_string_equal(text, "terminal");
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_memory_is_zero),
		cmocka_unit_test(nothing_is_still_a_block),
		cmocka_unit_test(growing_keeps_what_was_there),
		cmocka_unit_test(exhaustion_gives_the_terminal_back_then_aborts),
	};

	return cmocka_run_group_tests_name("mem", tests, NULL, NULL);
}
