/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../tui/edit.h"
#include "unit.h"

#include <guichet/base/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct step {
	const char *before;             /* "|" is the cursor */
	enum edit_op op;
	const char *after;
	enum edit_result result;
};

static void set_with_cursor(struct edit *edit, const char *text)
{
	char plain[200];
	const char *bar = strchr(text, '|');
	size_t left = 0;

	snprintf(plain, sizeof(plain), "%.*s%s", (int)(bar - text), text,
		 bar + 1);
	edit_set(edit, plain);
	for (const char *at = text; at < bar; left++)
		text_next(&at, bar);
	edit->at = left;
}

static void get_with_cursor(const struct edit *edit, char *out, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; i <= edit->count && used + 8 < size; i++) {
		if (i == edit->at)
			out[used++] = '|';
		if (i < edit->count)
			used += text_put(out + used, edit->chars[i]);
	}
	out[used] = '\0';
}

static void each_operation_moves_or_changes_the_line(void **state)
{
	static const struct step steps[] = {
		{ "ab|c", EDIT_LEFT, "a|bc", EDIT_MOVED },
		{ "|abc", EDIT_LEFT, "|abc", EDIT_SAME },
		{ "é|c", EDIT_RIGHT, "éc|", EDIT_MOVED },
		{ "abc|", EDIT_RIGHT, "abc|", EDIT_SAME },
		{ "le bon  mot|", EDIT_WORD_LEFT, "le bon  |mot", EDIT_MOVED },
		{ "le bon  |mot", EDIT_WORD_LEFT, "le |bon  mot", EDIT_MOVED },
		{ "le| bon mot", EDIT_WORD_RIGHT, "le bon| mot", EDIT_MOVED },
		{ "a|b", EDIT_HOME, "|ab", EDIT_MOVED },
		{ "a|b", EDIT_END, "ab|", EDIT_MOVED },
		{ "aé|b", EDIT_DELETE_BACK, "a|b", EDIT_CHANGED },
		{ "|ab", EDIT_DELETE_BACK, "|ab", EDIT_SAME },
		{ "a|éb", EDIT_DELETE, "a|b", EDIT_CHANGED },
		{ "ab|", EDIT_DELETE, "ab|", EDIT_SAME },
		{ "le bon|", EDIT_KILL_WORD, "le |", EDIT_CHANGED },
		{ "le| bon mot", EDIT_KILL_WORD_RIGHT, "le| mot", EDIT_CHANGED },
		{ "le| bon", EDIT_KILL_END, "le|", EDIT_CHANGED },
		{ "le| bon", EDIT_KILL_ALL, "|", EDIT_CHANGED },
		{ "|", EDIT_KILL_ALL, "|", EDIT_SAME },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(steps); i++) {
		struct edit edit;
		char after[200];

		edit_init(&edit, 100);
		set_with_cursor(&edit, steps[i].before);
		assert_int_equal(edit_do(&edit, steps[i].op), steps[i].result);
		get_with_cursor(&edit, after, sizeof(after));
		assert_string_equal(after, steps[i].after);
		edit_fini(&edit);
	}
}

static void type(struct edit *edit, const char *text)
{
	const char *end = text + strlen(text);

	while (text < end)
		edit_insert(edit, text_next(&text, end));
}

static void letters_typed_in_a_row_are_one_undo(void **state)
{
	struct edit edit;
	char text[64];

	(void)state;
	edit_init(&edit, 40);
	type(&edit, "Noël");
	edit_do(&edit, EDIT_LEFT);
	type(&edit, "xy");
	edit_do(&edit, EDIT_UNDO);
	assert_true(edit_text(&edit, text, sizeof(text)));
	assert_string_equal(text, "Noël");
	edit_do(&edit, EDIT_UNDO);
	assert_int_equal(edit.count, 0);
	assert_int_equal(edit_do(&edit, EDIT_UNDO), EDIT_SAME);
	edit_fini(&edit);
}

static void limit_counts_bytes_of_utf8(void **state)
{
	struct edit edit;

	(void)state;
	edit_init(&edit, 5);
	type(&edit, "éé");
	assert_int_equal(edit_insert(&edit, 0xE9), EDIT_FULL);
	assert_int_equal(edit_insert(&edit, 'a'), EDIT_CHANGED);
	assert_int_equal(edit_insert(&edit, 'b'), EDIT_FULL);
	assert_int_equal(edit.bytes, 5);
	edit_fini(&edit);
}

static void controls_and_bidi_are_not_taken(void **state)
{
	static const uint32_t refused[] = {
		0x01, 0x1B, 0x7F, 0x9B, 0x202E, 0x200B, 0x2066, 0xE0041,
		0x2028, 0xFFFD,
	};
	struct edit edit;

	(void)state;
	edit_init(&edit, 40);
	for (size_t i = 0; i < N_ROWS(refused); i++)
		assert_int_equal(edit_insert(&edit, refused[i]), EDIT_SAME);
	assert_int_equal(edit.count, 0);
	edit_fini(&edit);
}

static void mark_typed_after_its_base_is_composed(void **state)
{
	struct edit edit;
	char text[16];

	(void)state;
	edit_init(&edit, 40);
	edit_insert(&edit, 'e');
	assert_int_equal(edit_insert(&edit, 0x301), EDIT_CHANGED);
	edit_text(&edit, text, sizeof(text));
	assert_string_equal(text, "é");
	edit_fini(&edit);
}

static void paste_loses_controls_and_makes_newlines_blanks(void **state)
{
	static const struct { const char *paste, *text; } cases[] = {
		{ "12 rue\nde la Paix\n", "12 rue de la Paix" },
		{ "a\t\r\n b", "a b" },
		{ "\n\nfin", "fin" },
		{ "x\033[31my", "x[31my" },
		{ "\xff\xc3", "" },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(cases); i++) {
		struct edit edit;
		char text[64];

		edit_init(&edit, 60);
		edit_paste(&edit, cases[i].paste, strlen(cases[i].paste));
		edit_text(&edit, text, sizeof(text));
		assert_string_equal(text, cases[i].text);
		edit_fini(&edit);
	}
}

static void ten_thousand_characters_are_cut_and_said(void **state)
{
	struct edit edit;
	char *many = malloc(10000);

	(void)state;
	memset(many, 'x', 10000);
	edit_init(&edit, 200);
	assert_int_equal(edit_paste(&edit, many, 10000), EDIT_FULL);
	assert_int_equal(edit.count, 200);
	edit_fini(&edit);
	free(many);
}

static void line_scrolls_to_keep_the_cursor_in_sight(void **state)
{
	struct edit edit;

	(void)state;
	edit_init(&edit, 100);
	edit_set(&edit, "abcdefghijklmnopqrstuvwxyz");
	assert_int_equal(edit_scroll(&edit, 10), 9);
	assert_int_equal(edit.first, 17);
	edit_do(&edit, EDIT_HOME);
	assert_int_equal(edit_scroll(&edit, 10), 0);
	assert_int_equal(edit.first, 0);
	edit_fini(&edit);
}

static void secret_keeps_no_past(void **state)
{
	struct edit edit;

	(void)state;
	edit_init(&edit, 40);
	edit.secret = true;
	type(&edit, "abc");
	assert_int_equal(edit_do(&edit, EDIT_UNDO), EDIT_SAME);
	assert_int_equal(edit.count, 3);
	edit_fini(&edit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_operation_moves_or_changes_the_line),
		cmocka_unit_test(letters_typed_in_a_row_are_one_undo),
		cmocka_unit_test(limit_counts_bytes_of_utf8),
		cmocka_unit_test(controls_and_bidi_are_not_taken),
		cmocka_unit_test(mark_typed_after_its_base_is_composed),
		cmocka_unit_test(paste_loses_controls_and_makes_newlines_blanks),
		cmocka_unit_test(ten_thousand_characters_are_cut_and_said),
		cmocka_unit_test(line_scrolls_to_keep_the_cursor_in_sight),
		cmocka_unit_test(secret_keeps_no_past),
	};

	return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
