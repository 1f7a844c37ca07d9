/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The committed contract is the one that the table prints.  To refresh it after
 * a change that is meant: UPDATE=1 ./test_openapi, and read the difference. */
#include "unit.h"

#include <guichet/api/op.h>
#include <guichet/api/ops.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONTRACT_MAX (1024 * 1024)

static void committed_path(char *out, size_t out_size)
{
	const char *top = getenv("top_srcdir");

	snprintf(out, out_size, "%s/api/openapi.yaml", top ? top : "..");
}

static void read_committed(struct buf *into)
{
	char path[1024], block[4096];
	size_t n;
	FILE *file;

	committed_path(path, sizeof(path));
	file = fopen(path, "r");
	if (!file)
		return;
	while ((n = fread(block, 1, sizeof(block), file)) > 0)
		buf_add(into, block, n);
	fclose(file);
}

static void write_committed(const struct buf *from)
{
	char path[1024];
	FILE *file;

	committed_path(path, sizeof(path));
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(from->data, 1, from->size, file), from->size);
	assert_int_equal(fclose(file), 0);
}

static int first_line_that_differs(const char *a, const char *b)
{
	int line = 1;

	for (; *a && *a == *b; a++, b++)
		line += *a == '\n';
	return line;
}

static void the_committed_contract_is_the_printed_one(void **state)
{
	struct buf printed, committed;

	(void)state;
	buf_init(&printed, CONTRACT_MAX);
	buf_init(&committed, CONTRACT_MAX);
	assert_true(api_openapi_write(&printed));
	if (getenv("UPDATE"))
		write_committed(&printed);
	read_committed(&committed);
	if (strcmp(buf_cstr(&printed), buf_cstr(&committed)) != 0)
		fail_msg("api/openapi.yaml differs at line %d; if the change is "
			 "meant: top_srcdir=... UPDATE=1 ./test_openapi",
			 first_line_that_differs(buf_cstr(&printed),
						 buf_cstr(&committed)));
	buf_fini(&printed);
	buf_fini(&committed);
}

static void every_group_of_operations_is_described(void **state)
{
	struct buf out;
	char group[80];

	(void)state;
	buf_init(&out, CONTRACT_MAX);
	assert_true(api_openapi_write(&out));
	for (int i = 0; api_ops[i]; i++) {
		const char *name = api_ops[i]->name;

		snprintf(group, sizeof(group), "- name: %.*s\n",
			 (int)strcspn(name, "."), name);
		if (!strstr(buf_cstr(&out), group))
			fail_msg("no words for the group of %s", name);
	}
	buf_fini(&out);
}

static void a_buffer_too_small_is_told(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 1000);
	assert_false(api_openapi_write(&out));
	buf_fini(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_committed_contract_is_the_printed_one),
		cmocka_unit_test(every_group_of_operations_is_described),
		cmocka_unit_test(a_buffer_too_small_is_told),
	};

	return cmocka_run_group_tests_name("openapi", tests, NULL, NULL);
}
