/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/secret.h>

#include <stdio.h>
#include <string.h>

static const char text_key[] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

static void put(struct buf *buf, const char *text)
{
	buf_init(buf, 1000);
	buf_text(buf, text);
}

static void a_key_is_taken_from_its_text_and_from_nothing_else(void **state)
{
	static const char *const wrong[] = {
		"", "AAEC", "é", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
		"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+",
		"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8A",
	};
	struct secret key = { 0 };

	(void)state;
	assert_true(secret_key_from_text(&key, text_key));
	assert_int_equal(key.size, 32);
	assert_int_equal(key.bytes[31], 31);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		assert_false(secret_key_from_text(&key, wrong[i]));
		assert_null(key.bytes);
	}
}

static void what_is_sealed_opens_under_its_key_and_label_alone(void **state)
{
	struct secret key = { 0 }, other = { 0 };
	struct buf plain, sealed, opened;

	(void)state;
	secret_key_new(&key);
	secret_key_new(&other);
	put(&plain, "2850345234123 DUPONT Éléonore");
	put(&sealed, "");
	put(&opened, "");
	assert_true(secret_seal(&key, "a", &plain, &sealed));
	assert_null(memmem(sealed.data, sealed.size, "DUPONT", 6));
	assert_true(secret_open(&key, "a", &sealed, &opened));
	assert_string_equal(buf_cstr(&opened), buf_cstr(&plain));
	assert_false(secret_open(&key, "b", &sealed, &opened));
	assert_false(secret_open(&other, "a", &sealed, &opened));
	buf_fini(&plain);
	buf_fini(&sealed);
	buf_fini(&opened);
	secret_set(&key, NULL, 0);
	secret_set(&other, NULL, 0);
}

static void any_byte_changed_or_missing_is_seen(void **state)
{
	struct secret key = { 0 };
	struct buf plain, sealed, opened;

	(void)state;
	secret_key_new(&key);
	put(&plain, "14 rue des Alpes");
	put(&sealed, "");
	put(&opened, "");
	assert_true(secret_seal(&key, "a", &plain, &sealed));
	for (size_t i = 0; i < sealed.size; i++) {
		sealed.data[i] ^= 1;
		assert_false(secret_open(&key, "a", &sealed, &opened));
		sealed.data[i] ^= 1;
	}
	for (size_t size = sealed.size; size-- > 0;) {
		sealed.size = size;
		assert_false(secret_open(&key, "a", &sealed, &opened));
	}
	assert_int_equal(opened.size, 0);
	buf_fini(&plain);
	buf_fini(&sealed);
	buf_fini(&opened);
	secret_set(&key, NULL, 0);
}

static void two_seals_of_one_text_differ(void **state)
{
	struct secret key = { 0 };
	struct buf plain, one, two;

	(void)state;
	secret_key_new(&key);
	put(&plain, "the same");
	put(&one, "");
	put(&two, "");
	assert_true(secret_seal(&key, "a", &plain, &one));
	assert_true(secret_seal(&key, "a", &plain, &two));
	assert_int_equal(one.size, two.size);
	assert_memory_not_equal(one.data, two.data, one.size);
	buf_fini(&plain);
	buf_fini(&one);
	buf_fini(&two);
	secret_set(&key, NULL, 0);
}

static void a_veil_put_twice_is_none(void **state)
{
	char block[] = "2850345234123";
	struct secret key = { 0 };

	(void)state;
	secret_key_new(&key);
	secret_veil(&key, 1, block, sizeof(block));
	assert_memory_not_equal(block, "2850345234123", sizeof(block));
	secret_veil(&key, 1, block, sizeof(block));
	assert_string_equal(block, "2850345234123");
	secret_set(&key, NULL, 0);
}

static void a_key_has_a_name_of_its_own(void **state)
{
	struct secret one = { 0 }, two = { 0 };
	char first[SECRET_TAG_SIZE], again[SECRET_TAG_SIZE], second[SECRET_TAG_SIZE];

	(void)state;
	secret_key_new(&one);
	secret_key_new(&two);
	secret_tag(&one, first);
	secret_tag(&one, again);
	secret_tag(&two, second);
	assert_string_equal(first, again);
	assert_string_not_equal(first, second);
	assert_int_equal(strspn(first, "0123456789abcdef"), 16);
	secret_set(&one, NULL, 0);
	secret_set(&two, NULL, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_is_taken_from_its_text_and_from_nothing_else),
		cmocka_unit_test(what_is_sealed_opens_under_its_key_and_label_alone),
		cmocka_unit_test(any_byte_changed_or_missing_is_seen),
		cmocka_unit_test(two_seals_of_one_text_differ),
		cmocka_unit_test(a_veil_put_twice_is_none),
		cmocka_unit_test(a_key_has_a_name_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
