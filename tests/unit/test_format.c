/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include "../../api/codec_private.h"

static void every_example_matches_its_pattern(void **state)
{
	(void)state;
	for (int f = 0; f < FORMAT_N; f++) {
		const struct codec_format_row *row = &codec_formats[f];

		assert_non_null(row->refusal);
		assert_true(!row->pattern == !row->example);
		if (row->pattern)
			assert_true(codec_pattern_match(row->pattern, row->example));
	}
}

static void patterns_match_the_whole_text(void **state)
{
	static const struct { const char *pattern, *text; bool match; } cases[] = {
		{ "^ab$", "ab", true }, { "^ab$", "abc", false },
		{ "^ab$", "a", false }, { "^a?b$", "b", true },
		{ "^[a-c]{2}$", "cb", true }, { "^[a-c]{2}$", "cd", false },
		{ "^[a-c]{2}$", "abc", false }, { "^[a-c]{1,2}x$", "abx", true },
		{ "^[a-c]{1,2}x$", "x", false }, { "^[a.-]+$", "a-.", true },
		{ "^[a.-]+$", "ab", false }, { "^[a-z]+[b]$", "abb", true },
		{ "^[a-z]*$", "", true }, { "^[a-z]+$", "", false },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(cases); i++)
		assert_int_equal(codec_pattern_match(cases[i].pattern,
						     cases[i].text),
				 cases[i].match);
}

static void forms_tell_right_from_wrong(void **state)
{
	static const struct {
		enum codec_format format;
		const char *text;
		bool match;
	} cases[] = {
		{ FORMAT_FREE, "anything at all", true },
		{ FORMAT_ID, "8D9G4TBX0C5ZN", false },
		{ FORMAT_ID, "0D9G4TBX0C5ZI", false },
		{ FORMAT_ID, "0D9G4TBX0C5Z", false },
		{ FORMAT_PAYMENT_ID, "0D9G4TBX0C5ZN", false },
		{ FORMAT_NIR, "2850345234123", true },
		{ FORMAT_NIR, "285032A234123", true },
		{ FORMAT_NIR, "9850345234123", false },
		{ FORMAT_NIR, "285034523412", false },
		{ FORMAT_EMAIL, "a@b", false },
		{ FORMAT_EMAIL, "a b@example.org", false },
		{ FORMAT_EMAIL, "jean-pierre.d'hondt+cpam@mail.example.org", true },
		{ FORMAT_PHONE, "+33639980012", true },
		{ FORMAT_PHONE, "06 39 98 00 12", false },
		{ FORMAT_FILE_NAME, "../etc", false },
		{ FORMAT_FILE_NAME, "photo", true },
		{ FORMAT_NUMBER, "RDV-26-000123", true },
		{ FORMAT_CURSOR, "a+b", false },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(cases); i++)
		assert_int_equal(codec_format_match(cases[i].format, cases[i].text),
				 cases[i].match);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_example_matches_its_pattern),
		cmocka_unit_test(patterns_match_the_whole_text),
		cmocka_unit_test(forms_tell_right_from_wrong),
	};

	return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}
