/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../tui/clipboard.h"
#include "unit.h"

#include <string.h>

/* RFC 4648, section 10, and accents. */
static void the_text_is_in_the_sequence(void **state)
{
	static const struct { const char *text, *sequence; } table[] = {
		{ "", "\033]52;c;\a" },
		{ "f", "\033]52;c;Zg==\a" },
		{ "fo", "\033]52;c;Zm8=\a" },
		{ "foo", "\033]52;c;Zm9v\a" },
		{ "foobar", "\033]52;c;Zm9vYmFy\a" },
		{ "Éléonore", "\033]52;c;w4lsw6lvbm9yZQ==\a" },
	};
	char out[CLIPBOARD_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		assert_true(clipboard_sequence(out, table[i].text));
		assert_string_equal(out, table[i].sequence);
	}
}

static void the_longest_text_fits_and_one_more_is_refused(void **state)
{
	char text[CLIPBOARD_MOST + 2] = "", out[CLIPBOARD_SIZE];

	(void)state;
	memset(text, 'a', CLIPBOARD_MOST);
	assert_true(clipboard_sequence(out, text));
	assert_string_equal(out + strlen(out) - 5, "YQ==\a");
	text[CLIPBOARD_MOST] = 'a';
	assert_false(clipboard_sequence(out, text));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_text_is_in_the_sequence),
		cmocka_unit_test(the_longest_text_fits_and_one_more_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
