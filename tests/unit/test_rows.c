/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/rows.h>

struct item {
	int number;
	char text[20];
};

static void fill(struct rows *rows, int count)
{
	for (int i = 0; i < count; i++)
		((struct item *)rows_add(rows))->number = i;
}

static void a_new_item_is_zeroed_even_in_used_memory(void **state)
{
	struct rows rows;
	struct item *item;

	(void)state;
	rows_init(&rows, sizeof(struct item));
	fill(&rows, 20);
	rows_empty(&rows);
	assert_int_equal(rows.count, 0);
	item = rows_add(&rows);
	assert_int_equal(item->number, 0);
	for (int i = 1; i < 20; i++) {
		item = rows_add(&rows);
		assert_int_equal(item->number, 0);
	}
	rows_fini(&rows);
}

static void items_keep_their_order_and_value_while_growing(void **state)
{
	struct rows rows;

	(void)state;
	rows_init(&rows, sizeof(struct item));
	fill(&rows, 1000);
	assert_int_equal(rows.count, 1000);
	for (int i = 0; i < 1000; i++) {
		struct item *item = rows_at(&rows, (size_t)i);

		assert_int_equal(item->number, i);
	}
	rows_fini(&rows);
}

static void there_is_no_item_past_the_end(void **state)
{
	struct rows rows;

	(void)state;
	rows_init(&rows, sizeof(struct item));
	assert_null(rows_at(&rows, 0));
	fill(&rows, 3);
	assert_non_null(rows_at(&rows, 2));
	assert_null(rows_at(&rows, 3));
	assert_null(rows_at(&rows, SIZE_MAX));
	rows_fini(&rows);
	assert_null(rows_at(&rows, 0));
}

static void a_copy_does_not_follow_its_source(void **state)
{
	struct item source = { 7, "sept" };
	struct rows rows;
	struct item *item;

	(void)state;
	rows_init(&rows, sizeof(struct item));
	rows_copy_in(&rows, &source);
	source.number = 8;
	item = rows_at(&rows, 0);
	assert_int_equal(item->number, 7);
	assert_string_equal(item->text, "sept");
	rows_fini(&rows);
}

static void moving_empties_the_source_for_use_again(void **state)
{
	struct rows from, to;

	(void)state;
	rows_init(&from, sizeof(struct item));
	rows_init(&to, sizeof(struct item));
	fill(&to, 2);
	fill(&from, 5);
	rows_move(&to, &from);
	assert_int_equal(to.count, 5);
	assert_int_equal(from.count, 0);
	fill(&from, 1);
	assert_int_equal(from.count, 1);
	rows_move(&to, &to);
	assert_int_equal(to.count, 5);
	rows_fini(&from);
	rows_fini(&to);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_item_is_zeroed_even_in_used_memory),
		cmocka_unit_test(items_keep_their_order_and_value_while_growing),
		cmocka_unit_test(there_is_no_item_past_the_end),
		cmocka_unit_test(a_copy_does_not_follow_its_source),
		cmocka_unit_test(moving_empties_the_source_for_use_again),
	};

	return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
