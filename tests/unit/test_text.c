/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>
#include "unit.h"

#include <guichet/base/text.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define FFFD "\xEF\xBF\xBD"

static const char *clean(char out[512], const char *text)
{
	assert_true(text_clean(out, 512, text, strlen(text), TEXT_ONE_LINE));
	return out;
}

static void every_scalar_value_is_written_and_read_back(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		char text[4];
		const char *at = text;
		size_t size = text_put(text, c);
		uint32_t read = text_next(&at, text + size);

		if (c >= 0xD800 && c <= 0xDFFF)
			assert_int_equal(read, TEXT_REPLACEMENT);
		else
			assert_int_equal(read, c);
		assert_ptr_equal(at, text + size);
	}
}

static void what_is_no_character_is_written_as_the_replacement(void **state)
{
	static const uint32_t wrong[] = { 0xD800, 0xDFFF, 0x110000, UINT32_MAX };
	char text[4];

	(void)state;
	for (size_t i = 0; i < N_ROWS(wrong); i++) {
		assert_int_equal(text_put(text, wrong[i]), 3);
		assert_memory_equal(text, FFFD, 3);
	}
}

static void an_invalid_sequence_gives_the_replacement_and_one_byte(void **state)
{
	static const char *const texts[] = {
		"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2 ",
		"\xE0\x80\x80", "\xE0\x9F\xBF", "\xE2\x82", "\xE2\x82 ",
		"\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80",
		"\xF0\x8F\xBF\xBF", "\xF0\x9F\x98", "\xF4\x90\x80\x80",
		"\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", "\xFE", "\xFF",
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(texts); i++) {
		const char *at = texts[i];

		assert_int_equal(text_next(&at, at + strlen(at)),
				 TEXT_REPLACEMENT);
		assert_ptr_equal(at, texts[i] + 1);
	}
}

static void a_name_stays_as_it_is(void **state)
{
	static const char *const names[] = {
		"", "MARTIN", "Lefèvre", "Léa-Noëlle d'Hondt", "D’Almeida",
		"Łukasz Đặng", "Αλέξης", "Иванов", "משה", "محمد", "山田", "김",
		"1 234,56 €", "1\u202F234,56\u00A0€", "« oui »", "n° 12 — ½",
	};
	char out[512];

	(void)state;
	for (size_t i = 0; i < N_ROWS(names); i++) {
		assert_string_equal(clean(out, names[i]), names[i]);
		assert_true(text_is_clean(names[i], TEXT_ONE_LINE));
	}
}

/* What a hostile name or mail subject may hold, and what is shown of it. */
static void a_hostile_text_is_shown_with_its_wounds(void **state)
{
	static const struct {
		const char *text, *clean;
	} rows[] = {
		{ "\033[2J", FFFD "[2J" },
		{ "\033]0;x\a", FFFD "]0;x" FFFD },
		{ "\033]8;;http://x\033\\", FFFD "]8;;http://x" FFFD "\\" },
		{ "a\rb", "a" FFFD "b" },
		{ "a\tb", "a" FFFD "b" },
		{ "a\bb", "a" FFFD "b" },
		{ "a\nb", "a" FFFD "b" },
		{ "a\x7F", "a" FFFD },
		{ "\x0E\x0F", FFFD FFFD },
		{ "\x9B" "2J", FFFD "2J" },             /* raw C1 */
		{ "\xC2\x9B" "2J", FFFD "2J" },           /* C1 as UTF-8 */
		{ "\xC2\x90\xC2\x9D", FFFD FFFD },
		{ "a\u202Eb\u202C", "a" FFFD "b" FFFD },
		{ "\u2066a\u2069", FFFD "a" FFFD },
		{ "\u200E\u200F\u061C", FFFD FFFD FFFD },
		{ "\u200Ba\u200D\uFEFF", FFFD "a" FFFD FFFD },
		{ "\U000E0041\U000E0001", FFFD FFFD },  /* tags */
		{ "\uE000\U000F0000", FFFD FFFD },      /* private use */
		{ "\u0378\uFFFF", FFFD FFFD },          /* unassigned */
		{ "a\u2028b\u2029", "a" FFFD "b" FFFD },
		{ "a\u00ADb", "a" FFFD "b" },           /* soft hyphen */
		{ "a\u3164b\u115F", "a" FFFD "b" FFFD },        /* fillers */
		{ "a\u2003b\u3000", "a" FFFD "b" FFFD },
		{ "\u2500\u2588", FFFD FFFD },          /* borders, blocks */
		{ "\xED\xA0\x80", FFFD FFFD FFFD },     /* surrogate */
		{ "\xC0\xAF", FFFD FFFD },              /* overlong / */
		{ "\u0301x", FFFD "x" },                /* mark without base */
		{ " \u0301", " " FFFD },
		{ FFFD "\u0301", FFFD FFFD },
		{ "q\u0301\u0302\u0303\u0304",
		  "q\u0301\u0302" FFFD FFFD },
		{ "e\u034F\u0301", "e" FFFD FFFD },
		{ "a\uFE0F", "a" FFFD },
	};
	char out[512];

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		assert_string_equal(clean(out, rows[i].text), rows[i].clean);
		assert_false(text_is_clean(rows[i].text, TEXT_ONE_LINE));
		assert_true(text_is_clean(rows[i].clean, TEXT_ONE_LINE));
	}
}

static void a_zero_byte_inside_is_shown_too(void **state)
{
	char out[64];

	(void)state;
	assert_true(text_clean(out, sizeof(out), "a\0b", 3, TEXT_ONE_LINE));
	assert_string_equal(out, "a" FFFD "b");
}

static void only_the_newline_is_kept_in_many_lines(void **state)
{
	char out[64];

	(void)state;
	assert_true(text_clean(out, sizeof(out), "a\r\nb\n\tc", 7,
			       TEXT_MANY_LINES));
	assert_string_equal(out, "a" FFFD "\nb\n" FFFD "c");
	assert_true(text_is_clean("a\nb", TEXT_MANY_LINES));
	assert_false(text_is_clean("a\nb", TEXT_ONE_LINE));
}

static void a_latin_letter_and_its_marks_are_composed(void **state)
{
	static const struct {
		const char *text, *clean;
	} rows[] = {
		{ "e\u0301", "é" }, { "C\u0327", "Ç" }, { "n\u0303", "ñ" },
		{ "I\u0307", "İ" }, { "Nguye\u0302\u0303n", "Nguyễn" },
		{ "Nguyê\u0303n", "Nguyễn" },
		/* the dot below goes before the circumflex, given or not */
		{ "a\u0323\u0302", "ậ" }, { "a\u0302\u0323", "ậ" },
		{ "â\u0323", "ậ" }, { "ạ\u0302", "ậ" },
		{ "s\u0323\u0307", "ṩ" }, { "s\u0307\u0323", "ṩ" },
		/* the second of two marks at one height stays apart */
		{ "b\u0301\u0307", "b\u0301\u0307" }, { "b\u0307", "ḃ" },
		{ "e\u0350\u0301", "e\u0350\u0301" },
		{ "é\u0302", "é\u0302" }, { "q\u0301", "q\u0301" },
		{ "e\u0302\u0323\u0301", "ệ" FFFD },
		{ "\u212A", "K" }, { "\u212B", "Å" },
		{ "\u212B\u0301", "Ǻ" },
		/* three marks would be left: the last is shown as refused */
		{ "ǟ\u0323\u0331", "ạ\u0331\u0308" FFFD },
	};
	char out[512];

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++)
		assert_string_equal(clean(out, rows[i].text), rows[i].clean);
}

static void cleaning_twice_changes_nothing_for_every_code_point(void **state)
{
	(void)state;
	for (uint32_t c = 1; c <= 0x10FFFF; c++) {
		char text[16], once[64], twice[64];
		size_t size = text_put(text, c);

		/* alone, then between a letter and a mark */
		for (int turn = 0; turn < 2; turn++) {
			if (turn == 1) {
				memmove(text + 1, text, size);
				text[0] = 'a';
				memcpy(text + 1 + size, "\u0301", 2);
				size += 3;
			}
			text_clean(once, sizeof(once), text, size,
				   TEXT_ONE_LINE);
			text_clean(twice, sizeof(twice), once, strlen(once),
				   TEXT_ONE_LINE);
			assert_string_equal(once, twice);
			assert_true(text_is_clean(once, TEXT_ONE_LINE));
		}
	}
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Bytes and characters in any order, with a fixed seed: 200,000 texts. */
static void cleaning_twice_changes_nothing_for_any_bytes(void **state)
{
	static const char *const pieces[] = {
		"a", "e", "â", "ǟ", "ế", "s", "O", " ", "\n", "\u0301",
		"\u0302", "\u0308", "\u0323", "\u0331", "\u0327", "\u0334",
		"\u05B0", "א", "\xE2\x82", "\xF0\x9F", "\x80", "\xFF", FFFD,
		"\u202E", "\u212B", "山",
	};
	uint32_t seed = 2026;

	(void)state;
	for (int turn = 0; turn < 200000; turn++) {
		char text[64] = "", once[256], twice[256];
		size_t size = 0, count = next_random(&seed) % 12;

		for (size_t i = 0; i < count; i++) {
			const char *piece = pieces[next_random(&seed) %
						   N_ROWS(pieces)];

			memcpy(text + size, piece, strlen(piece));
			size += strlen(piece);
		}
		assert_true(text_clean(once, sizeof(once), text, size,
				       TEXT_MANY_LINES));
		assert_true(text_clean(twice, sizeof(twice), once,
				       strlen(once), TEXT_MANY_LINES));
		assert_string_equal(once, twice);
		assert_true(text_is_clean(once, TEXT_MANY_LINES));
	}
}

static void what_does_not_fit_is_said_and_no_letter_is_cut(void **state)
{
	static const char text[] = "né€";
	char out[8];

	(void)state;
	assert_true(text_clean(out, 7, text, 6, TEXT_ONE_LINE));
	assert_string_equal(out, text);
	assert_false(text_clean(out, 6, text, 6, TEXT_ONE_LINE));
	assert_string_equal(out, "né");
	assert_false(text_clean(out, 3, text, 6, TEXT_ONE_LINE));
	assert_string_equal(out, "n");
	assert_false(text_clean(out, 1, text, 6, TEXT_ONE_LINE));
	assert_string_equal(out, "");
	assert_false(text_clean(out, 0, text, 6, TEXT_ONE_LINE));
	assert_true(text_clean(out, 1, "", 0, TEXT_ONE_LINE));
}

static void columns_are_counted_not_bytes(void **state)
{
	static const struct {
		const char *text;
		int width;
	} rows[] = {
		{ "", 0 }, { "abc", 3 }, { "Lefèvre", 7 }, { "山田", 4 },
		{ "1\u202F234,56\u00A0€", 10 }, { "q\u0301", 1 }, { "…", 1 },
		{ FFFD, 1 }, { "\xFF", 1 }, { "김", 2 }, { "│─", 2 },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++)
		assert_int_equal(text_width(rows[i].text), rows[i].width);
}

static void the_width_is_that_of_the_terminal(void **state)
{
	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip();
	for (uint32_t c = 0x20; c <= 0xFFFF; c++) {
		char text[5] = "";

		if (c < 0xD800 || c > 0xDFFF)
			text_put(text, c);
		if (text[0] && text_is_clean(text, TEXT_ONE_LINE) &&
		    text_char_width(c) != wcwidth((wchar_t)c))
			fail_msg("U+%04X: %d, not %d", (unsigned)c,
				 text_char_width(c), wcwidth((wchar_t)c));
	}
	setlocale(LC_CTYPE, "C");
}

static void the_width_does_not_depend_on_the_locale(void **state)
{
	(void)state;
	assert_non_null(setlocale(LC_ALL, "C"));
	assert_int_equal(text_width("é山\u0301"), 3);
}

static void a_start_that_fits_keeps_its_marks(void **state)
{
	static const struct {
		const char *text;
		int columns;
		size_t size;
	} rows[] = {
		{ "abc", 2, 2 }, { "abc", 3, 3 }, { "abc", 9, 3 },
		{ "abc", 0, 0 }, { "éa", 1, 2 }, { "山a", 1, 0 },
		{ "q\u0301a", 1, 3 }, { "a山", 2, 1 }, { "a山", 3, 4 },
		{ "", 5, 0 },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++)
		assert_int_equal(text_fit(rows[i].text, rows[i].columns),
				 rows[i].size);
}

static void what_is_left_out_is_told_by_an_ellipsis(void **state)
{
	static const struct {
		const char *text;
		int columns;
		const char *shown;
		int used;
	} rows[] = {
		{ "Martin", 6, "Martin", 6 }, { "Martin", 5, "Mart…", 5 },
		{ "Martin", 1, "…", 1 }, { "Martin", 0, "", 0 },
		{ "山田太郎", 5, "山田…", 5 }, { "山田太郎", 4, "山…", 3 },
		{ "", 3, "", 0 }, { "Lefèvre", 5, "Lefè…", 5 },
	};
	char out[64];

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		assert_int_equal(text_ellipsis(out, sizeof(out), rows[i].text,
					       rows[i].columns), rows[i].used);
		assert_string_equal(out, rows[i].shown);
	}
}

static void an_ellipsis_never_writes_past_its_memory(void **state)
{
	static const char text[] = "éàùéàùéàù";
	char out[64];

	(void)state;
	for (size_t size = 0; size <= sizeof(text) + 1; size++) {
		for (int columns = 0; columns < 12; columns++) {
			memset(out, '#', sizeof(out));
			assert_true(text_ellipsis(out, size, text, columns) <=
				    columns);
			assert_int_equal(out[size], '#');
			if (size > 0)
				assert_true(text_is_clean(out, TEXT_ONE_LINE));
		}
	}
}

static void blanks_go_at_both_ends_only(void **state)
{
	static const struct {
		const char *text, *trimmed;
	} rows[] = {
		{ "", "" }, { " ", "" }, { " \t\u00A0\u202F ", "" },
		{ " a b ", "a b" }, { "\u00A0à\u202F", "à" },
		{ "a\u00A0b", "a\u00A0b" }, { "à", "à" }, { "\u2003a", "\u2003a" },
	};
	char text[64];

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		assert_true(text_copy(text, sizeof(text), rows[i].text));
		text_trim(text);
		assert_string_equal(text, rows[i].trimmed);
	}
}

static void a_copy_is_whole_or_nothing(void **state)
{
	char out[5] = "####";

	(void)state;
	assert_true(text_copy(out, sizeof(out), "1234"));
	assert_string_equal(out, "1234");
	assert_false(text_copy(out, sizeof(out), "12345"));
	assert_string_equal(out, "");
	assert_false(text_copy(out, 0, ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_scalar_value_is_written_and_read_back),
		cmocka_unit_test(what_is_no_character_is_written_as_the_replacement),
		cmocka_unit_test(an_invalid_sequence_gives_the_replacement_and_one_byte),
		cmocka_unit_test(a_name_stays_as_it_is),
		cmocka_unit_test(a_hostile_text_is_shown_with_its_wounds),
		cmocka_unit_test(a_zero_byte_inside_is_shown_too),
		cmocka_unit_test(only_the_newline_is_kept_in_many_lines),
		cmocka_unit_test(a_latin_letter_and_its_marks_are_composed),
		cmocka_unit_test(cleaning_twice_changes_nothing_for_every_code_point),
		cmocka_unit_test(cleaning_twice_changes_nothing_for_any_bytes),
		cmocka_unit_test(what_does_not_fit_is_said_and_no_letter_is_cut),
		cmocka_unit_test(columns_are_counted_not_bytes),
		cmocka_unit_test(the_width_is_that_of_the_terminal),
		cmocka_unit_test(the_width_does_not_depend_on_the_locale),
		cmocka_unit_test(a_start_that_fits_keeps_its_marks),
		cmocka_unit_test(what_is_left_out_is_told_by_an_ellipsis),
		cmocka_unit_test(an_ellipsis_never_writes_past_its_memory),
		cmocka_unit_test(blanks_go_at_both_ends_only),
		cmocka_unit_test(a_copy_is_whole_or_nothing),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
