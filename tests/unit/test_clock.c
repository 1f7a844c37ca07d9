/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/clock.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define THREADS 4
#define IDS_EACH 20000

static void the_clock_may_start_at_another_moment(void **state)
{
	/* 2026-11-23 23:30 UTC is already the 24th in Paris. */
	int64_t start = INT64_C(1795476600000), before = clock_mono_ms();
	int64_t now;

	(void)state;
	clock_start_at(start);
	now = clock_now_ms();
	assert_true(now >= start);
	assert_true(now - start <= clock_mono_ms() - before + 1);
	assert_int_equal(clock_today(ZONE_PARIS).day, 24);
	assert_int_equal(clock_today(ZONE_GUYANE).day, 23);
	clock_start_at((int64_t)time(NULL) * 1000);
}

static void an_identifier_holds_its_moment_and_its_low_bits(void **state)
{
	int64_t base = INT64_C(1577836800000);

	(void)state;
	assert_int_equal(id_at(base, 0), 0);
	assert_int_equal(id_at(base, 5), 5);
	assert_int_equal(id_at(base + 1, 0), 1 << 21);
	assert_int_equal(id_at(base, 0xFFFFFFFF), (1 << 21) - 1);
	assert_int_equal(id_at(base - 1, 9), 9);
	assert_true(id_new() > id_at(INT64_C(1700000000000), 0x1FFFFF));
}

static void *make_ids(void *out)
{
	int64_t *ids = out;

	for (int i = 0; i < IDS_EACH; i++)
		ids[i] = id_new();
	return NULL;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static void four_threads_never_make_the_same_identifier(void **state)
{
	static int64_t ids[THREADS * IDS_EACH];
	pthread_t threads[THREADS];

	(void)state;
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, make_ids,
						ids + i * IDS_EACH), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	for (int i = 1; i < THREADS * IDS_EACH; i++) {
		if (i % IDS_EACH != 0)
			assert_true(ids[i] > ids[i - 1]);
	}
	qsort(ids, N_ROWS(ids), sizeof(*ids), compare);
	for (size_t i = 1; i < N_ROWS(ids); i++)
		assert_true(ids[i] > ids[i - 1]);
}

static void identifiers_grow_when_the_clock_is_set_back(void **state)
{
	int64_t before = id_new();

	(void)state;
	clock_start_at(INT64_C(1600000000000));
	assert_true(id_new() > before);
	clock_start_at((int64_t)time(NULL) * 1000);
}

static void an_identifier_reads_back_from_its_text(void **state)
{
	static const struct {
		int64_t id;
		const char *text;
	} rows[] = {
		{ 1, "0000000000001" },
		{ 31, "000000000000Z" },
		{ 32, "0000000000010" },
		{ INT64_MAX, "7ZZZZZZZZZZZZ" },
	};
	char text[ID_TEXT];

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		id_format(rows[i].id, text);
		assert_string_equal(text, rows[i].text);
		assert_int_equal(id_parse(text), rows[i].id);
	}
	for (int i = 0; i < 1000; i++) {
		int64_t id = id_new();

		id_format(id, text);
		assert_int_equal(id_parse(text), id);
	}
}

static void another_text_is_no_identifier(void **state)
{
	static const char *const texts[] = {
		"", "1", "000000000000", "00000000000001", "8000000000000",
		"ZZZZZZZZZZZZZ", "000000000000I", "000000000000L",
		"000000000000O", "000000000000U", "000000000000a",
		"000000000000-", "00000000000 1", "-000000000001",
		"00000000000\xC3\xA9", "0000000000000",
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(texts); i++)
		assert_int_equal(id_parse(texts[i]), 0);
}

static void identifiers_sort_as_their_texts(void **state)
{
	char a[ID_TEXT], b[ID_TEXT];

	(void)state;
	id_format(id_new(), a);
	for (int i = 0; i < 1000; i++) {
		id_format(id_new(), b);
		assert_true(strcmp(a, b) < 0);
		memcpy(a, b, sizeof(a));
	}
}

static void a_uuid_has_the_shape_of_version_4(void **state)
{
	char text[UUID_TEXT], other[UUID_TEXT];

	(void)state;
	for (int i = 0; i < 200; i++) {
		uuid_new(text);
		uuid_new(other);
		assert_string_not_equal(text, other);
		assert_int_equal(strlen(text), 36);
		assert_int_equal(strspn(text, "0123456789abcdef-"), 36);
		assert_int_equal(text[8], '-');
		assert_int_equal(text[13], '-');
		assert_int_equal(text[14], '4');
		assert_int_equal(text[18], '-');
		assert_non_null(strchr("89ab", text[19]));
		assert_int_equal(text[23], '-');
	}
}

static void random_bytes_fill_the_whole_block(void **state)
{
	unsigned char block[600], seen[600] = { 0 };

	(void)state;
	for (int turn = 0; turn < 20; turn++) {
		random_bytes(block, sizeof(block));
		for (size_t i = 0; i < sizeof(block); i++)
			seen[i] |= block[i];
	}
	/* One bit stays 0 in 20 turns once in a million; a byte left out stays
	 * wholly 0. */
	for (size_t i = 0; i < sizeof(seen); i++)
		assert_int_not_equal(seen[i], 0);
}

static void a_clock_that_is_set_moves_no_steady_time(void **state)
{
	static const int64_t jumps[] = { 3600000, -7200000, 400 * INT64_C(86400000),
		-800 * INT64_C(86400000) };
	int64_t before = clock_steady_ms(), moved = 0;

	(void)state;
	assert_in_range(clock_now_ms() - before + 1000, 0, 2000);
	for (size_t i = 0; i < sizeof(jumps) / sizeof(*jumps); i++) {
		clock_jump(jumps[i]);
		moved += jumps[i];
		assert_in_range(clock_now_ms() - before - moved + 1000, 0, 61000);
		assert_in_range(clock_steady_ms() - before, 0, 60000);
	}
	clock_jump(-moved);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_clock_may_start_at_another_moment),
		cmocka_unit_test(an_identifier_holds_its_moment_and_its_low_bits),
		cmocka_unit_test(four_threads_never_make_the_same_identifier),
		cmocka_unit_test(identifiers_grow_when_the_clock_is_set_back),
		cmocka_unit_test(an_identifier_reads_back_from_its_text),
		cmocka_unit_test(another_text_is_no_identifier),
		cmocka_unit_test(identifiers_sort_as_their_texts),
		cmocka_unit_test(a_uuid_has_the_shape_of_version_4),
		cmocka_unit_test(a_clock_that_is_set_moves_no_steady_time),
		cmocka_unit_test(random_bytes_fill_the_whole_block),
	};

	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
