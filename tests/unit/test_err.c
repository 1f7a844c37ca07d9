/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/err.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

static void a_refusal_is_false_and_says_what_failed(void **state)
{
	struct err err;

	(void)state;
	assert_false(err_set(&err, ERR_NETWORK, "« %s » muet", "serveur"));
	assert_int_equal(err.code, ERR_NETWORK);
	assert_int_equal(err.status, 0);
	assert_string_equal(err.text, "« serveur » muet");
	assert_string_equal(err.field, "");
	assert_string_equal(err.word, "");
}

static void a_caller_without_interest_gives_null(void **state)
{
	(void)state;
	assert_false(err_set(NULL, ERR_SYSTEM, "rien"));
	assert_false(err_field(NULL, ERR_SYSTEM, "x", "rien"));
	assert_false(err_word(NULL, ERR_SYSTEM, "x", "rien"));
	assert_false(err_wrap(NULL, "rien"));
	err_clear(NULL);
}

static void the_field_and_the_word_are_kept(void **state)
{
	struct err err;

	(void)state;
	err_field(&err, ERR_INVALID, "nir", "clé fausse");
	assert_string_equal(err.field, "nir");
	err_word(&err, ERR_CONFLICT, "slot.taken", "créneau pris");
	assert_string_equal(err.word, "slot.taken");
	assert_string_equal(err.field, "");
	assert_string_equal(err.text, "créneau pris");
}

static void a_wrap_says_where_and_keeps_the_rest(void **state)
{
	struct err err;

	(void)state;
	err_field(&err, ERR_INVALID, "port", "nombre attendu");
	assert_false(err_wrap(&err, "%s:%d", "guichet.conf", 3));
	assert_string_equal(err.text, "guichet.conf:3 : nombre attendu");
	assert_string_equal(err.field, "port");
	assert_int_equal(err.code, ERR_INVALID);
}

static void an_error_may_be_made_from_itself(void **state)
{
	struct err err;

	(void)state;
	err_set(&err, ERR_INVALID, "abc");
	err_set(&err, ERR_INVALID, "[%s]", err.text);
	assert_string_equal(err.text, "[abc]");
}

/* Whatever the place of the cut, no half character is left. */
static void a_long_sentence_is_cut_on_a_character(void **state)
{
	static const char *const parts[] = { "é", "€" };
	struct err err;

	(void)state;
	for (size_t p = 0; p < N_ROWS(parts); p++) {
		for (int shift = 0; shift < 5; shift++) {
			char text[1024];
			size_t size = strlen(parts[p]), at = (size_t)shift;

			memset(text, 'x', at);
			for (; at + size < sizeof(text); at += size)
				memcpy(text + at, parts[p], size);
			text[at] = '\0';
			err_set(&err, ERR_SYSTEM, "%s", text);
			at = strlen(err.text);
			assert_true(at > sizeof(err.text) - 6);
			assert_int_equal((at - (size_t)shift) % size, 0);
			err_wrap(&err, "x");
			at = strlen(err.text);
			assert_true(at > sizeof(err.text) - 6);
			assert_int_equal((at - 5 - (size_t)shift) % size, 0);
			err_wrap(&err, "%s", text);
			assert_true(text_is_clean(err.text,
						  TEXT_ONE_LINE));
		}
	}
}

static void what_is_quoted_cannot_move_the_cursor(void **state)
{
	struct err err;

	(void)state;
	err_set(&err, ERR_INVALID, "« %s »", "a\033[2J\nb\x80");
	assert_string_equal(err.text,
			    "« a\uFFFD[2J\uFFFDb\uFFFD »");
	err_set(&err, ERR_INVALID, "x");
	err_wrap(&err, "%s", "a\r\u202Eb");
	assert_string_equal(err.text, "a\uFFFD\uFFFDb : x");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_refusal_is_false_and_says_what_failed),
		cmocka_unit_test(a_caller_without_interest_gives_null),
		cmocka_unit_test(the_field_and_the_word_are_kept),
		cmocka_unit_test(a_wrap_says_where_and_keeps_the_rest),
		cmocka_unit_test(an_error_may_be_made_from_itself),
		cmocka_unit_test(what_is_quoted_cannot_move_the_cursor),
		cmocka_unit_test(a_long_sentence_is_cut_on_a_character),
	};

	return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
