/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../tui/input.h"
#include "unit.h"

#include <string.h>

struct bytes {
	const char *bytes;
	uint32_t chars[8];              /* ended by 0; 0xFFFD: refused */
};

static void bytes_are_decoded_wherever_reads_cut_them(void **state)
{
	static const struct bytes cases[] = {
		{ "a", { 'a' } },
		{ "\xc3\xa9", { 0xE9 } },
		{ "\xe2\x82\xac", { 0x20AC } },
		{ "\xf0\x9f\x98\x80", { 0x1F600 } },
		{ "\xff" "bc", { 0xFFFD, 'b', 'c' } },
		{ "\xc3" "b", { 0xFFFD, 'b' } },
		{ "\xc3\xc3\xa9", { 0xFFFD, 0xE9 } },
		{ "\xe2\x82" "x", { 0xFFFD, 'x' } },
		{ "\xc0\xaf", { 0xFFFD, 0xFFFD } },
		{ "\xed\xa0\x80", { 0xFFFD, 0xFFFD, 0xFFFD } },
		{ "\xf4\x90\x80\x80", { 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD } },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(cases); i++) {
		struct decoder decoder = { 0 };
		uint32_t got[16] = { 0 };
		int count = 0;

		for (const char *b = cases[i].bytes; *b; b++)
			count += decoder_byte(&decoder, (unsigned char)*b,
					      got + count);
		for (int c = 0; c < 8; c++)
			assert_int_equal(got[c], cases[i].chars[c]);
	}
}

static void keys_of(const char *bytes, uint32_t out[16])
{
	struct input input;
	struct input_event event;
	int count = 0;

	input_init(&input);
	for (; *bytes; bytes++)
		input_byte(&input, (unsigned char)*bytes);
	input_flush(&input);
	memset(out, 0, 16 * sizeof(*out));
	while (input_next(&input, &event) && count < 15)
		out[count++] = event.key;
	input_fini(&input);
}

static void escape_makes_function_and_alt_keys_in_one_drain_only(void **state)
{
	static const struct { const char *bytes; uint32_t keys[4]; } cases[] = {
		{ "\033", { UI_KEY_ESC } },
		{ "\033" "1", { UI_KEY_F0 + 1 } },
		{ "\033" "0", { UI_KEY_F0 + 10 } },
		{ "\033" "b", { UI_KEY_ALT_BIT | 'b' } },
		{ "\033\033", { UI_KEY_ESC, UI_KEY_ESC } },
		{ "\033\r", { UI_KEY_ESC, UI_KEY_ENTER } },
		{ "\r\n\t", { UI_KEY_ENTER, UI_KEY_ENTER, UI_KEY_TAB } },
		{ "\177\010", { UI_KEY_BACKSPACE, UI_KEY_BACKSPACE } },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(cases); i++) {
		uint32_t got[16];

		keys_of(cases[i].bytes, got);
		for (int k = 0; k < 4; k++)
			assert_int_equal(got[k], cases[i].keys[k]);
	}
}

static void digit_of_the_next_drain_is_a_digit(void **state)
{
	struct input input;
	struct input_event event;

	(void)state;
	input_init(&input);
	input_byte(&input, 27);
	input_flush(&input);
	input_byte(&input, '1');
	input_flush(&input);
	assert_true(input_next(&input, &event));
	assert_int_equal(event.key, UI_KEY_ESC);
	assert_true(input_next(&input, &event));
	assert_int_equal(event.key, '1');
	assert_false(input_next(&input, &event));
	input_fini(&input);
}

static void paste_is_one_event_whatever_it_holds(void **state)
{
	struct input input;
	struct input_event event;

	(void)state;
	input_init(&input);
	input_paste_mark(&input, true);
	for (const char *b = "a\r\033[31m\xc3\xa9"; *b; b++)
		input_byte(&input, (unsigned char)*b);
	input_special(&input, UI_KEY_DOWN);
	input_flush(&input);
	assert_false(input_next(&input, &event));
	input_paste_mark(&input, false);
	assert_true(input_next(&input, &event));
	assert_int_equal(event.key, UI_KEY_NONE);
	assert_int_equal(event.paste_size, 9);
	assert_memory_equal(event.paste, "a\r\033[31m\xc3\xa9", 9);
	input_fini(&input);
}

/* ESC [ 2 0 1 ~ in what is pasted, then keys: the terminal's own end betrays it. */
static void keys_behind_a_forged_end_of_paste_are_forgotten(void **state)
{
	struct input input;
	struct input_event event;

	(void)state;
	input_init(&input);
	input_byte(&input, 'z');
	input_paste_mark(&input, true);
	input_byte(&input, 'a');
	input_paste_mark(&input, false);
	input_special(&input, UI_KEY_F0 + 10);
	input_byte(&input, '\r');
	input_paste_mark(&input, false);
	input_flush(&input);
	assert_true(input_next(&input, &event));
	assert_int_equal(event.key, 'z');
	assert_true(input_next(&input, &event));
	assert_int_equal(event.key, UI_KEY_NONE);
	assert_int_equal(event.paste_size, 1);
	assert_false(input_next(&input, &event));
	input_byte(&input, 'b');
	input_flush(&input);
	assert_true(input_next(&input, &event));
	assert_int_equal(event.key, 'b');
	input_fini(&input);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_decoded_wherever_reads_cut_them),
		cmocka_unit_test(escape_makes_function_and_alt_keys_in_one_drain_only),
		cmocka_unit_test(digit_of_the_next_drain_is_a_digit),
		cmocka_unit_test(paste_is_one_event_whatever_it_holds),
		cmocka_unit_test(keys_behind_a_forged_end_of_paste_are_forgotten),
	};

	return cmocka_run_group_tests_name("input", tests, NULL, NULL);
}
