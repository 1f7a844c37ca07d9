/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/nir.h>

#include <stdio.h>
#include <string.h>

/* Numbers that obey every rule: the examples of the facts on NIR, section 1.6,
 * and of its table of vectors. */
static const char *const right[] = {
	"185013854412360", "292067511204549", "185012A00412389",
	"285012B03304550", "168042000401185", "199029741108777",
	"179039761102285", "275079935221459", "156059935010117",
	"142031305501003", "201011320151255", "155203818500119",
	"265326938101125", "285069910902152", "785019935200118",
	"892067511204540", "101013818599905", "223079741100137",
};

static void a_right_number_is_read_with_and_without_its_key(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ROWS(right); i++) {
		struct err err = { 0 };
		struct nir nir;
		char short_text[14] = "";

		if (!nir_parse(right[i], &nir, &err))
			fail_msg("%s: %s", right[i], err.text);
		memcpy(short_text, right[i], 13);
		assert_string_equal(nir.number, short_text);
		assert_string_equal(nir.key, right[i] + 13);
		assert_true(nir.key_given);
		assert_true(nir_parse(short_text, &nir, &err));
		assert_string_equal(nir.number, short_text);
		assert_string_equal(nir.key, right[i] + 13);
		assert_false(nir.key_given);
	}
}

static void a_refused_number_says_why(void **state)
{
	static const struct {
		const char *text, *word, *why;
	} rows[] = {
		{ "185013854412361", "nir.key", "la clé devrait être 60" },
		{ "185013854412300", "nir.key", "la clé devrait être 60" },
		{ "185013854412398", "nir.key", "la clé devrait être 60" },
		{ "185103854412360", "nir.key", "la clé devrait être 10" },
		{ "185012A00412319", "nir.key", "la clé devrait être 89" },
		{ "142031305501004", "nir.key", "la clé devrait être 03" },
		{ "185012C00412389", "nir.department",
		  "le département « 2C » n'existe pas" },
		{ "18501385441236", "nir.length", "un NIR a 13 caractères, "
		  "ou 15 avec la clé, et non 14" },
		{ "1850138544123601", "nir.length", "un NIR a 13 caractères, "
		  "ou 15 avec la clé, et non 16" },
		{ "", "nir.length", "un NIR a 13 caractères, "
		  "ou 15 avec la clé, et non 0" },
		{ "18501385441O360", "nir.character",
		  "« O » n'est pas un chiffre" },
		{ "MARTIN", "nir.character", "« M » n'est pas un chiffre" },
		{ "18501385é412360", "nir.character",
		  "« é » n'est pas un chiffre" },
		{ "1850\0338544123", "nir.character",
		  "« \uFFFD » n'est pas un chiffre" },
		{ "185013[54412360", "nir.character",
		  "« [ » n'est pas un chiffre" },
		{ "185013é54412360", "nir.character",
		  "« é » n'est pas un chiffre" },
		{ "185013/54412360", "nir.character",
		  "« / » n'est pas un chiffre" },
		{ "1850138A4412360", "nir.character",
		  "« A » n'est pas un chiffre" },
		{ "185013A54412360", "nir.department",
		  "le département « 3A » n'existe pas" },
		{ "185133854412358", "nir.month", "le mois 13 n'existe pas" },
		{ "185453854412385", "nir.month", "le mois 45 n'existe pas" },
		{ "185013854400086", "nir.order",
		  "le numéro d'ordre 000 n'existe pas" },
		{ "985013854412348", "nir.first",
		  "un NIR commence par 1, 2, 3, 4, 7 ou 8" },
		{ "185010054412319", "nir.department",
		  "le département 00 n'existe pas" },
		{ "185013800012384", "nir.commune",
		  "la commune 000 n'existe pas" },
		{ "1850138991123", "nir.commune",
		  "la commune 991 n'existe pas" },
		{ "1850197011123", "nir.department",
		  "le département 970 n'existe pas" },
		{ "1850197400123", "nir.commune", "la commune 00 n'existe pas" },
		{ "1850197491123", "nir.commune", "la commune 91 n'existe pas" },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct err err = { 0 };
		struct nir nir;

		if (nir_parse(rows[i].text, &nir, &err))
			fail_msg("%s was read", rows[i].text);
		assert_int_equal(err.code, ERR_INVALID);
		assert_string_equal(err.text, rows[i].why);
		assert_string_equal(err.word, rows[i].word);
		assert_string_equal(nir.number, "");
	}
}

static void blanks_dots_and_small_letters_are_understood(void **state)
{
	static const char *const texts[] = {
		"1 85 01 2A 004 123 89", " 185012a00412389 ",
		"1.85.01.2a.004.123.89", "1-85-01-2A-004-123-89",
		"1\u00A085\u00A001\u202F2A\t004 123 89",
		"1\u201085\u201101\u20132A-004-123-89",
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(texts); i++) {
		struct nir nir;

		assert_true(nir_parse(texts[i], &nir, NULL));
		assert_string_equal(nir.number, "185012A004123");
		assert_string_equal(nir.key, "89");
	}
}

static void the_months_are_those_of_the_schema(void **state)
{
	(void)state;
	for (int month = 0; month <= 99; month++) {
		bool allowed = month <= 12 || (month >= 20 && month <= 42) ||
			month >= 50;
		char text[16];
		struct nir nir;

		snprintf(text, sizeof(text), "185%02d38544123", month);
		assert_int_equal(nir_parse(text, &nir, NULL), allowed);
	}
}

static void the_departments_are_01_to_99_and_2a_2b(void **state)
{
	(void)state;
	for (int department = 0; department <= 99; department++) {
		char text[16];
		struct nir nir;

		snprintf(text, sizeof(text), "18501%02d411123", department);
		assert_int_equal(nir_parse(text, &nir, NULL), department != 0);
	}
	for (int letter = 'A'; letter <= 'Z'; letter++) {
		char text[16];
		struct nir nir;

		snprintf(text, sizeof(text), "185012%c411123", letter);
		assert_int_equal(nir_parse(text, &nir, NULL),
				 letter == 'A' || letter == 'B');
	}
}

static void the_first_digit_is_1_2_3_4_7_or_8(void **state)
{
	(void)state;
	for (int first = '0'; first <= '9'; first++) {
		char text[16] = "1850138544123";
		struct nir nir;

		text[0] = (char)first;
		assert_int_equal(nir_parse(text, &nir, NULL),
				 strchr("123478", first) != NULL);
		assert_int_equal(nir_is_temporary(text),
				 strchr("3478", first) != NULL);
	}
	assert_false(nir_is_temporary(""));
}

/* Of 97 orders in a row each key comes once: all the keys, and no other. */
static void each_of_the_97_keys_is_accepted_alone(void **state)
{
	static const char *const places[] = { "38544", "2A004", "2B033" };
	int seen[N_ROWS(places)][100] = { { 0 } };

	(void)state;
	for (size_t p = 0; p < N_ROWS(places); p++) {
		for (int order = 1; order <= 97; order++) {
			int accepted = 0;

			for (int key = 0; key <= 99; key++) {
				char text[32];
				struct nir nir;

				snprintf(text, sizeof(text), "18501%s%03d%02d",
					 places[p], order, key);
				if (!nir_parse(text, &nir, NULL))
					continue;
				accepted++;
				seen[p][key]++;
				assert_int_equal(nir_key(nir.number), key);
			}
			assert_int_equal(accepted, 1);
		}
		for (int key = 0; key <= 99; key++)
			assert_int_equal(seen[p][key], key >= 1 && key <= 97);
	}
}

/* The other way to write the rule: the letter is a 0, and a million is taken
 * away for A, two for B. */
static int other_key(const char *number)
{
	int64_t n = 0;

	for (int i = 0; i < 13; i++)
		n = n * 10 + (number[i] >= 'A' ? 0 : number[i] - '0');
	if (number[6] == 'A')
		n -= 1000000;
	else if (number[6] == 'B')
		n -= 2000000;
	return 97 - (int)(n % 97);
}

static void the_key_agrees_with_its_other_definition(void **state)
{
	uint64_t seed = 97;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		char number[16];

		seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
		snprintf(number, sizeof(number), "%013llu",
			 (unsigned long long)(seed >> 16) % 10000000000000);
		if (i % 3 == 1)
			memcpy(number + 5, "2A", 2);
		else if (i % 3 == 2)
			memcpy(number + 5, "2B", 2);
		assert_int_equal(nir_key(number), other_key(number));
	}
}

static void every_wrong_digit_is_caught(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ROWS(right); i++) {
		for (int at = 0; at < 15; at++) {
			for (char digit = '0'; digit <= '9'; digit++) {
				char text[16];
				struct nir nir;

				memcpy(text, right[i], sizeof(text));
				if (text[at] == digit)
					continue;
				text[at] = digit;
				assert_false(nir_parse(text, &nir, NULL));
			}
		}
	}
}

static void every_swap_of_neighbours_is_caught(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ROWS(right); i++) {
		for (int at = 0; at < 14; at++) {
			char text[16];
			struct nir nir;

			memcpy(text, right[i], sizeof(text));
			if (text[at] == text[at + 1])
				continue;
			text[at] = right[i][at + 1];
			text[at + 1] = right[i][at];
			assert_false(nir_parse(text, &nir, NULL));
		}
	}
}

static void the_start_of_a_number_is_recognised(void **state)
{
	static const char *const starts[] = {
		"1", "28", "2 85", "1 85 01 2", "1 85 01 2A", "185012b0",
		"185012a0", "1.85.01.38.544.123",
		"185013854412360", "1 85 01 38 544 123 60", "7", " 1",
	};
	static const char *const others[] = {
		"", " ", "0612345678", "5", "6", "9", "1850138544123601",
		"12/03/1985", "1A", "1 85 01 2C", "1 85 01 3A", "martin",
		"1é", "1 85 01 2A B", "2B", "1.85.01",
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(starts); i++) {
		if (!nir_looks_like(starts[i]))
			fail_msg("« %s » is the start of a NIR", starts[i]);
	}
	for (size_t i = 0; i < N_ROWS(others); i++) {
		if (nir_looks_like(others[i]))
			fail_msg("« %s » is no start of a NIR", others[i]);
	}
}

static void a_number_is_grouped_while_it_is_typed(void **state)
{
	static const char whole[] = "2 85 03 45 234 123 35";
	char digits[16] = "", text[NIR_TEXT], expected[NIR_TEXT];
	size_t size = 0;

	(void)state;
	nir_to_text("", NULL, text);
	assert_string_equal(text, "");
	for (size_t i = 0; whole[i]; i++) {
		if (whole[i] == ' ')
			continue;
		digits[size++] = whole[i];
		snprintf(expected, sizeof(expected), "%.*s", (int)i + 1, whole);
		nir_to_text(digits, NULL, text);
		assert_string_equal(text, expected);
	}
	nir_to_text("2850345234123", "35", text);
	assert_string_equal(text, whole);
	nir_to_text("2850345234123", "", text);
	assert_string_equal(text, "2 85 03 45 234 123");
	nir_to_text("28503452341", "35", text);
	assert_string_equal(text, "2 85 03 45 234 1");
	nir_to_text("28503452341233599999", "35", text);
	assert_string_equal(text, whole);
}

static void a_masked_number_hides_its_commune_and_order(void **state)
{
	char text[NIR_TEXT];

	(void)state;
	nir_to_mask("2850345234123", text);
	assert_string_equal(text, "2 85 03 45 *** ***");
	nir_to_mask("185012A004123", text);
	assert_string_equal(text, "1 85 01 2A *** ***");
	nir_to_mask("285034523412335", text);
	assert_string_equal(text, "2 85 03 45 *** ***");
	nir_to_mask("28", text);
	assert_string_equal(text, "2 8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_right_number_is_read_with_and_without_its_key),
		cmocka_unit_test(a_refused_number_says_why),
		cmocka_unit_test(blanks_dots_and_small_letters_are_understood),
		cmocka_unit_test(the_months_are_those_of_the_schema),
		cmocka_unit_test(the_departments_are_01_to_99_and_2a_2b),
		cmocka_unit_test(the_first_digit_is_1_2_3_4_7_or_8),
		cmocka_unit_test(each_of_the_97_keys_is_accepted_alone),
		cmocka_unit_test(the_key_agrees_with_its_other_definition),
		cmocka_unit_test(every_wrong_digit_is_caught),
		cmocka_unit_test(every_swap_of_neighbours_is_caught),
		cmocka_unit_test(the_start_of_a_number_is_recognised),
		cmocka_unit_test(a_number_is_grouped_while_it_is_typed),
		cmocka_unit_test(a_masked_number_hides_its_commune_and_order),
	};

	return cmocka_run_group_tests_name("nir", tests, NULL, NULL);
}
