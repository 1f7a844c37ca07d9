/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/buf.h>

#include <string.h>

static void an_empty_buffer_reads_as_no_text(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 10);
	assert_string_equal(buf_cstr(&buf), "");
	assert_true(buf_add(&buf, NULL, 0));
	assert_string_equal(buf_cstr(&buf), "");
	buf_fini(&buf);
}

static void pieces_follow_each_other(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 100);
	assert_true(buf_text(&buf, "un"));
	assert_true(buf_printf(&buf, ", %d, %s", 2, "trois"));
	assert_true(buf_add(&buf, ".x", 1));
	assert_string_equal(buf_cstr(&buf), "un, 2, trois.");
	assert_int_equal(buf.size, 13);
	buf_fini(&buf);
}

static void a_zero_byte_is_kept(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 100);
	assert_true(buf_add(&buf, "a\0b", 3));
	assert_int_equal(buf.size, 3);
	assert_memory_equal(buf.data, "a\0b", 4);
	buf_fini(&buf);
}

static void the_limit_itself_fits_and_one_more_does_not(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 5);
	assert_true(buf_text(&buf, "12345"));
	assert_false(buf.full);
	assert_false(buf_text(&buf, "6"));
	assert_true(buf.full);
	assert_string_equal(buf_cstr(&buf), "12345");
	buf_empty(&buf);
	assert_false(buf.full);
	assert_true(buf_text(&buf, "123"));
	assert_false(buf_printf(&buf, "%d", 456));
	assert_string_equal(buf_cstr(&buf), "123");
	assert_false(buf_add(&buf, "", SIZE_MAX));
	assert_string_equal(buf_cstr(&buf), "123");
	buf_fini(&buf);
}

static void a_million_bytes_arrive_whole(void **state)
{
	struct buf buf;
	size_t limit = 1000000;

	(void)state;
	buf_init(&buf, limit);
	while (buf_text(&buf, "0123456789"))
		continue;
	assert_int_equal(buf.size, limit);
	for (size_t i = 0; i < limit; i++)
		assert_int_equal(buf.data[i], '0' + i % 10);
	buf_fini(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_buffer_reads_as_no_text),
		cmocka_unit_test(pieces_follow_each_other),
		cmocka_unit_test(a_zero_byte_is_kept),
		cmocka_unit_test(the_limit_itself_fits_and_one_more_does_not),
		cmocka_unit_test(a_million_bytes_arrive_whole),
	};

	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
