/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/mem.h>

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <sysexits.h>
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

#define WORDS "plus de mémoire\n"

/* Runs in a child whose output and errors go to `out`. */
static void run_short(int out, void (*act)(void))
{
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	mem_on_exhaustion(give_terminal_back);
	mem_reserve(WORDS);
	act();
	_exit(0);
}

/* Copy what it writes to `text` and return its wait status. */
static int in_child(void (*act)(void), char *text, size_t size)
{
	int ends[2], status;
	ssize_t n;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		run_short(ends[1], act);
	close(ends[1]);
	for (size_t used = 0; (n = read(ends[0], text, size - 1 - used)) > 0;) {
		text += n;
		used += (size_t)n;
		*text = '\0';
	}
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void ask_too_much(void)
{
	mem_grow(NULL, SIZE_MAX / 2, 3);
}

static void limit(size_t more)
{
	struct rlimit all = { .rlim_cur = more, .rlim_max = RLIM_INFINITY };

	setrlimit(RLIMIT_DATA, &all);
}

/* No more than what is there now. */
__attribute__((unused))
static void take_all(void)
{
	limit(4096);
	for (;;)
		mem_new(1, 65536);
}

static void without_memory_it_says_so_and_leaves_with_71(void **state)
{
	void (*const acts[])(void) = { ask_too_much,
#ifndef __SANITIZE_ADDRESS__
		take_all,               /* the sanitizer would be the first to end */
#endif
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(acts); i++) {
		char text[128] = "";
		int status = in_child(acts[i], text, sizeof(text));

		assert_string_equal(text, "terminal" WORDS);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), EX_OSERR);
	}
}

static bool refused;

/* What a library has to make, and could not once. */
static void *make(void)
{
	refused = !refused;
	return refused ? NULL : mem_new(1, 1);
}

static void the_reserve_is_given_once_and_taken_back(void **state)
{
	unsigned before = mem_shortages();
	bool given = false;
	void *made;

	(void)state;
	mem_give();
	assert_int_equal(mem_shortages(), before);      /* there was none */
	mem_reserve(WORDS);
	while (!(made = make()))
		mem_again(&given);
	free(made);
	assert_true(given);
	assert_int_equal(mem_shortages(), before + 1);
	mem_give();
	assert_int_equal(mem_shortages(), before + 1);
	assert_true(mem_recover());
	mem_give();
	assert_int_equal(mem_shortages(), before + 2);
}

static void the_reserve_is_not_there_until_it_can_be(void **state)
{
	struct rlimit was;

	(void)state;
	mem_reserve(WORDS);
	getrlimit(RLIMIT_DATA, &was);
	mem_give();
	limit(4096);
	assert_false(mem_recover());
	setrlimit(RLIMIT_DATA, &was);
	assert_true(mem_recover());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_memory_is_zero),
		cmocka_unit_test(nothing_is_still_a_block),
		cmocka_unit_test(growing_keeps_what_was_there),
		cmocka_unit_test(without_memory_it_says_so_and_leaves_with_71),
		cmocka_unit_test(the_reserve_is_given_once_and_taken_back),
		cmocka_unit_test(the_reserve_is_not_there_until_it_can_be),
	};

	return cmocka_run_group_tests_name("mem", tests, NULL, NULL);
}
