/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/clock.h>
#include <guichet/base/log.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS 4
#define EVENTS 500

struct t {
	char *text;
	size_t size;
	FILE *file;
};

static int setup(void **state)
{
	struct t *t = calloc(1, sizeof(*t));

	if (!t)
		return -1;
	t->file = open_memstream(&t->text, &t->size);
	*state = t;
	return t->file ? 0 : -1;
}

static int teardown(void **state)
{
	struct t *t = *state;

	log_to(NULL, LOG_DEBUG);
	fclose(t->file);
	free(t->text);
	free(t);
	return 0;
}

/* The line without its time, which is "{"time":"....-..-..T..:..:......Z",". */
static const char *after_time(const struct t *t)
{
	const char *level = strstr(t->text, "\"level\"");

	assert_non_null(level);
	return level;
}

static void an_event_is_one_line_of_json(void **state)
{
	struct t *t = *state;

	log_to(t->file, LOG_DEBUG);
	clock_start_at(INT64_C(1795427100123));
	log_event(LOG_WARN, "store.slow", "ms", "412", "op", "insured.get", NULL);
	assert_memory_equal(t->text, "{\"time\":\"2026-11-23T09:45:00.", 29);
	assert_string_equal(after_time(t),
			    "\"level\":\"warn\",\"event\":\"store.slow\","
			    "\"ms\":\"412\",\"op\":\"insured.get\"}\n");
}

static void a_value_cannot_make_a_line_or_an_escape(void **state)
{
	struct t *t = *state;

	log_to(t->file, LOG_DEBUG);
	log_event(LOG_INFO, "x", "a", "\"\\\n\r\033[2J\x7F", "b", "é\u202E😀",
		  "c", "\x80\xFF", "d", (const char *)NULL, NULL);
	assert_string_equal(after_time(t),
			    "\"level\":\"info\",\"event\":\"x\","
			    "\"a\":\"\\\"\\\\\\u000a\\u000d\\u001b[2J\\u007f\","
			    "\"b\":\"\\u00e9\\u202e\\ud83d\\ude00\","
			    "\"c\":\"\\ufffd\\ufffd\",\"d\":\"\"}\n");
}

static void a_long_value_is_cut_at_200_bytes(void **state)
{
	struct t *t = *state;
	char value[1001];
	const char *start;

	memset(value, 'v', sizeof(value) - 1);
	value[sizeof(value) - 1] = '\0';
	log_to(t->file, LOG_DEBUG);
	log_event(LOG_ERROR, "x", "a", value, NULL);
	start = strstr(t->text, "\"a\":\"");
	assert_non_null(start);
	assert_int_equal(strspn(start + 5, "v"), 200);
	assert_string_equal(start + 205, "\"}\n");
}

static void an_event_below_the_level_is_left_out(void **state)
{
	struct t *t = *state;

	log_to(t->file, LOG_WARN);
	log_event(LOG_INFO, "quiet", NULL);
	assert_int_equal(t->size, 0);
	log_event(LOG_WARN, "said", NULL);
	assert_non_null(strstr(t->text, "said"));
}

static void without_a_file_an_event_goes_nowhere(void **state)
{
	struct t *t = *state;

	log_to(t->file, LOG_DEBUG);
	log_to(NULL, LOG_DEBUG);
	log_event(LOG_ERROR, "lost", NULL);
	fflush(t->file);
	assert_int_equal(t->size, 0);
}

static void *say(void *arg)
{
	(void)arg;
	for (int i = 0; i < EVENTS; i++)
		log_event(LOG_INFO, "thread.turn", "word", "abcdefghij", NULL);
	return NULL;
}

static void lines_of_several_threads_do_not_mix(void **state)
{
	static const char tail[] = "Z\",\"level\":\"info\",\"event\":"
		"\"thread.turn\",\"word\":\"abcdefghij\"}";
	struct t *t = *state;
	pthread_t threads[THREADS];
	int lines = 0;

	log_to(t->file, LOG_INFO);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, say, NULL), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	for (char *line = strtok(t->text, "\n"); line; line = strtok(NULL, "\n")) {
		assert_memory_equal(line, "{\"time\":\"", 9);
		assert_string_equal(line + 32, tail);
		lines++;
	}
	assert_int_equal(lines, THREADS * EVENTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_event_is_one_line_of_json,
						setup, teardown),
		cmocka_unit_test_setup_teardown(a_value_cannot_make_a_line_or_an_escape,
						setup, teardown),
		cmocka_unit_test_setup_teardown(a_long_value_is_cut_at_200_bytes,
						setup, teardown),
		cmocka_unit_test_setup_teardown(an_event_below_the_level_is_left_out,
						setup, teardown),
		cmocka_unit_test_setup_teardown(without_a_file_an_event_goes_nowhere,
						setup, teardown),
		cmocka_unit_test_setup_teardown(lines_of_several_threads_do_not_mix,
						setup, teardown),
	};

	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
