/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge of histories, on histories that break a promise: each must be
 * refused, and for its own reason. */
#include "../unit/unit.h"
#include "history.h"
#include "judge.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INVOKE(key) "{\"client\":\"a\",\"op\":\"ehic.create\",\"key\":\"" key \
	"\",\"event\":\"invoke\",\"about\":\"F\"}\n"
#define END(key, event) "{\"key\":\"" key "\",\"event\":\"" event "\"}\n"
#define OK(key, value) "{\"key\":\"" key "\",\"event\":\"ok\",\"value\":\"" \
	value "\"}\n"
#define THING(value, count) "{\"event\":\"thing\",\"about\":\"F\",\"value\":\"" \
	value "\",\"count\":" count "}\n"
#define AGENT(client, caisse) "{\"event\":\"agent\",\"client\":\"" client \
	"\",\"value\":\"" caisse "\"}\n"
#define ITS(file, caisse) "{\"event\":\"file\",\"about\":\"" file \
	"\",\"value\":\"" caisse "\"}\n"
#define READ(client, file) "{\"event\":\"read\",\"client\":\"" client \
	"\",\"about\":\"" file "\"}\n"

struct story {
	const char *name, *text;
	long lost, twice, outside, malformed;
};

static const struct story good[] = {
	{ "one write", INVOKE("k") OK("k", "R") THING("R", "1"), 0, 0, 0, 0 },
	{ "an answer lost, then replayed", INVOKE("k") END("k", "unknown")
	  INVOKE("k") OK("k", "R") THING("R", "1"), 0, 0, 0, 0 },
	{ "the same answer twice", INVOKE("k") OK("k", "R") INVOKE("k")
	  OK("k", "R") THING("R", "1"), 0, 0, 0, 0 },
	{ "three writes on one thing", INVOKE("k") OK("k", "R") INVOKE("l")
	  OK("l", "R") INVOKE("m") OK("m", "R") THING("R", "3"), 0, 0, 0, 0 },
	{ "refused, and nothing made", INVOKE("k") END("k", "fail"), 0, 0, 0, 0 },
	{ "unknown, and done", INVOKE("k") END("k", "unknown") THING("R", "1"),
	  0, 0, 0, 0 },
	{ "unknown, and not done", INVOKE("k"), 0, 0, 0, 0 },
	{ "one's own file", AGENT("a", "1") ITS("F", "1") READ("a", "F"),
	  0, 0, 0, 0 },
	{ NULL, NULL, 0, 0, 0, 0 },
};

static const struct story bad[] = {
	{ "acknowledged and gone", INVOKE("k") OK("k", "R"), 1, 0, 0, 0 },
	{ "acknowledged three times and kept twice", INVOKE("k") OK("k", "R")
	  INVOKE("l") OK("l", "R") INVOKE("m") OK("m", "R") THING("R", "2"),
	  1, 0, 0, 0 },
	{ "acknowledged, then refused", INVOKE("k") OK("k", "R") INVOKE("k")
	  END("k", "fail") THING("R", "1"), 1, 0, 0, 0 },
	{ "one key, two things", INVOKE("k") OK("k", "R") THING("R", "1")
	  THING("S", "1"), 0, 1, 0, 0 },
	{ "one key, done twice on one thing", INVOKE("k") OK("k", "R")
	  THING("R", "2"), 0, 1, 0, 0 },
	{ "unknown, replayed, done twice", INVOKE("k") END("k", "unknown")
	  INVOKE("k") OK("k", "R") THING("R", "1") THING("S", "1"), 0, 1, 0, 0 },
	{ "unknown and done twice", INVOKE("k") END("k", "unknown")
	  THING("R", "1") THING("S", "1"), 0, 1, 0, 0 },
	{ "refused and done", INVOKE("k") END("k", "fail") THING("R", "1"),
	  0, 1, 0, 0 },
	{ "nobody asked", THING("R", "1"), 0, 1, 0, 0 },
	{ "another answer the second time", INVOKE("k") OK("k", "R") INVOKE("k")
	  OK("k", "S") THING("R", "1"), 0, 1, 0, 0 },
	{ "refused, then done", INVOKE("k") END("k", "fail") INVOKE("k")
	  OK("k", "R"), 0, 1, 0, 0 },
	{ "the file of another caisse", AGENT("a", "1") ITS("F", "2")
	  READ("a", "F"), 0, 0, 1, 0 },
	{ "the file of nobody knows whom", AGENT("a", "1") READ("a", "F"),
	  0, 0, 0, 1 },
	{ "nothing", "", 0, 0, 0, 1 },
	{ "half a line", "{\"event\":\"inv", 0, 0, 0, 1 },
	{ "a key twice in one line", "{\"event\":\"agent\",\"event\":\"file\"}\n",
	  0, 0, 0, 1 },
	{ "an outcome of no write", OK("k", "R"), 0, 0, 0, 1 },
	{ "done, but what", INVOKE("k") OK("k", ""), 0, 0, 0, 1 },
	{ "an unknown event", "{\"event\":\"maybe\"}\n", 0, 0, 0, 1 },
	{ "one key for two files", INVOKE("k") "{\"op\":\"ehic.create\","
	  "\"key\":\"k\",\"event\":\"invoke\",\"about\":\"G\"}\n", 0, 0, 0, 1 },
	{ "a write after the end", INVOKE("k") OK("k", "R") THING("R", "1")
	  INVOKE("l"), 0, 0, 0, 1 },
	{ NULL, NULL, 0, 0, 0, 0 },
};

static void judge_text(const char *text, size_t size, struct verdict *verdict)
{
	FILE *in = size ? fmemopen((void *)text, size, "r") :
		fopen("/dev/null", "r");
	FILE *out = fopen("/dev/null", "w");

	assert_non_null(in);
	assert_non_null(out);
	judge(in, out, verdict);
	fclose(in);
	fclose(out);
}

static void play(const struct story *story)
{
	for (; story->name; story++) {
		struct verdict v;

		judge_text(story->text, strlen(story->text), &v);
		if (v.lost != story->lost || v.twice != story->twice ||
		    v.outside != story->outside ||
		    v.malformed != story->malformed)
			fail_msg("%s: lost %ld, twice %ld, outside %ld, "
				 "malformed %ld", story->name, v.lost, v.twice,
				 v.outside, v.malformed);
	}
}

static void a_history_that_keeps_the_promises_passes(void **state)
{
	(void)state;
	play(good);
}

static void a_history_that_breaks_one_is_refused_for_its_reason(void **state)
{
	(void)state;
	play(bad);
}

#define ACTS 40

/* Acts of an agent on files of their own, as the writer of campaigns puts them. */
static char *write_history(void)
{
	char path[] = "/tmp/guichet-history-XXXXXX", *text;
	struct history history;
	FILE *file;
	size_t size;

	close(mkstemp(path));
	history_open(&history, path);
	for (int i = 0; i < ACTS; i++) {
		char key[24], value[24], about[24];
		struct event_row row = { .client = "a", .op = "ehic.create",
			.key = key, .about = about, .event = EVENT_INVOKE };

		snprintf(key, sizeof(key), "key-%d", i);
		snprintf(value, sizeof(value), "thing-%d", i);
		snprintf(about, sizeof(about), "file-%d", i % 7);
		history_put(&history, &row);
		row.event = i % 3 ? EVENT_OK : EVENT_UNKNOWN;
		row.value = i % 3 ? value : NULL;
		history_put(&history, &row);
		if (i % 3)
			continue;
		row.event = EVENT_INVOKE;
		history_put(&history, &row);
		row.event = EVENT_OK;
		row.value = value;
		history_put(&history, &row);
	}
	for (int i = 0; i < ACTS; i++) {
		char value[24], about[24];

		snprintf(value, sizeof(value), "thing-%d", i);
		snprintf(about, sizeof(about), "file-%d", i % 7);
		history_put(&history, &(struct event_row){ .event = EVENT_THING,
			.about = about, .value = value, .count = 1 });
	}
	history_close(&history);
	file = fopen(path, "r");
	text = calloc(1, 1 << 16);
	size = fread(text, 1, (1 << 16) - 1, file);
	assert_in_range(size, 1000, (1 << 16) - 2);
	fclose(file);
	unlink(path);
	return text;
}

/* The first `size` bytes of `text`, then `rest`. */
static void join(char *out, const char *text, size_t size, const char *rest)
{
	memcpy(out, text, size);
	memcpy(out + size, rest, strlen(rest) + 1);
}

/* Whatever line is taken out or put twice, but for what says nothing new. */
static void no_line_can_be_missing_or_doubled(void **state)
{
	char *text = write_history(), *changed = calloc(1, 1 << 17);
	struct verdict v;
	int broken = 0, lines = 0;

	(void)state;
	judge_text(text, strlen(text), &v);
	assert_int_equal(v.lost + v.twice + v.outside + v.malformed, 0);
	assert_int_equal(v.keys, ACTS);
	for (char *line = text; *line; lines++) {
		size_t before = (size_t)(line - text), size = strcspn(line, "\n") + 1;
		bool thing = strstr(line, "thing\"") && memmem(line, size,
			"\"event\":\"thing\"", 15);

		join(changed, text, before, line + size);
		judge_text(changed, strlen(changed), &v);
		broken += v.lost + v.twice + v.malformed > 0;
		if (thing && v.lost != 1)
			fail_msg("a thing taken out is not missed: %.60s", line);
		join(changed, text, before + size, line);
		judge_text(changed, strlen(changed), &v);
		if (thing && v.twice != 1)
			fail_msg("a thing there twice is not seen: %.60s", line);
		line += size;
	}
	/* Each key's last outcome, and its first sending, are needed too. */
	assert_true(broken >= 2 * ACTS);
	print_message("%d lines taken out in turn, %d missed\n", lines, broken);
	free(text);
	free(changed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_history_that_keeps_the_promises_passes),
		cmocka_unit_test(a_history_that_breaks_one_is_refused_for_its_reason),
		cmocka_unit_test(no_line_can_be_missing_or_doubled),
	};

	return cmocka_run_group_tests_name("judge", tests, NULL, NULL);
}
