/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include "query.h"
#include "route.h"
#include "screen.h"

#include <stdlib.h>
#include <string.h>

#define PERSON "0D3X8PA1V0042"

static void every_operation_of_the_contract_has_a_handler(void **state)
{
	(void)state;
	for (size_t i = 0; api_ops[i]; i++) {
		const struct route *row = routes;

		while (row->op && row->op != api_ops[i])
			row++;
		if (!row->run)
			fail_msg("%s", api_ops[i]->name);
	}
}

static const struct {
	const char *method, *path, *name, *allow;
} found_rows[] = {
	{ "GET", "/v1/sessions/current", "session.get", NULL },
	{ "HEAD", "/v1/sessions/current", "session.get", NULL },
	{ "DELETE", "/v1/sessions/current", "session.delete", NULL },
	{ "POST", "/v1/insured/search", "insured.search", NULL },
	{ "GET", "/v1/insured/" PERSON, "insured.get", NULL },
	{ "PUT", "/v1/sessions/current", NULL, "GET, HEAD, DELETE" },
	{ "OPTIONS", "/v1/sessions", NULL, "POST" },
	{ "get", "/v1/insured/" PERSON, NULL, "GET, HEAD" },
	{ "GET", "/v1/sessions/current/", NULL, "" },
	{ "GET", "/v1/insured/", NULL, "" },
	{ "GET", "/v1/insured/x", NULL, "" },
	{ "GET", "/v1/insured/" PERSON "/", NULL, "" },
	{ "GET", "/v1/insured/" PERSON "/payments/x", NULL, "" },
	{ "GET", "/v1/", NULL, "" },
};

static void a_path_and_a_method_name_one_operation(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ROWS(found_rows); i++) {
		struct route_found found;
		char allow[64];

		route_find(routes, found_rows[i].path, found_rows[i].method, &found);
		if (found_rows[i].name) {
			assert_non_null(found.route);
			assert_string_equal(found.route->op->name,
					    found_rows[i].name);
		} else {
			assert_null(found.route);
			route_allow(found.allowed, allow, sizeof(allow));
			assert_string_equal(allow, found_rows[i].allow);
		}
		free(found.key);
	}
}

static void methods_that_do_not_fit_are_cut(void **state)
{
	char allow[8];

	(void)state;
	memset(allow, 'x', sizeof(allow));
	route_allow(1u << API_GET | 1u << API_POST, allow, 5);
	assert_string_equal(allow, "GET,");
	assert_int_equal(allow[5], 'x');
}

static void the_members_of_the_path_are_set(void **state)
{
	struct route_found found;

	(void)state;
	route_find(routes, "/v1/insured/" PERSON, "GET", &found);
	assert_string_equal(((struct insured_key *)found.key)->insured_id, PERSON);
	free(found.key);
}

static const struct {
	const char *query;
	const char *field;              /* NULL: accepted */
} queries[] = {
	{ "", NULL },
	{ "limit=20", NULL },
	{ "limit=20&cursor=abc_-", NULL },
	{ "cursor=%61bc", NULL },
	{ "limit=0", "limit" },
	{ "limit=201", "limit" },
	{ "limit=2x", "limit" },
	{ "limit=20&limit=20", "limit" },
	{ "insured_id=" PERSON, "" },
	{ "other=1", "" },
	{ "limit", "" },
	{ "cursor=%", "" },
	{ "cursor=%6", "" },
	{ "cursor=%6g", "" },
	{ "cursor=%00", "" },
};

static void a_query_is_read_whole_or_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ROWS(queries); i++) {
		struct request_query key;
		struct err err = { 0 };
		bool ok;

		codec_clear(&request_query_codec, &key);
		ok = query_read(&api_request_list, queries[i].query, &key, &err);
		if (ok != !queries[i].field)
			fail_msg("%s", queries[i].query);
		if (!ok)
			assert_string_equal(err.field, queries[i].field);
	}
}

static void what_is_escaped_in_a_query_is_decoded(void **state)
{
	struct request_query key;
	struct err err = { 0 };

	(void)state;
	codec_clear(&request_query_codec, &key);
	assert_true(query_read(&api_request_list, "cursor=%61%62c&limit=7", &key,
			       &err));
	assert_string_equal(key.cursor, "abc");
	assert_int_equal(key.limit, 7);
}

static const struct {
	const char *path, *query;
	bool good;
} uris[] = {
	{ "/v1/insured/search", "", true },
	{ "/v1/a-b_c.d~e/0", "a=%20&b=c+d", true },
	{ "/v1", "", false },
	{ "/v2/insured", "", false },
	{ "/v1/a%00b", "", false },
	{ "/v1/%2e%2e/x", "", false },
	{ "/v1/a b", "", false },
	{ "/v1/a\\b", "", false },
	{ "/v1/\xc3\xa9", "", false },
	{ "http://x/v1/a", "", false },
	{ "/v1/a", "a=\x01", false },
	{ "/v1/a", "a=\"", false },
	{ "/v1/a", "a=\xc3\xa9", false },
};

static void a_uri_that_hides_something_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ROWS(uris); i++)
		if (screen_uri(uris[i].path, uris[i].query) != uris[i].good)
			fail_msg("%s?%s", uris[i].path, uris[i].query);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_operation_of_the_contract_has_a_handler),
		cmocka_unit_test(a_path_and_a_method_name_one_operation),
		cmocka_unit_test(methods_that_do_not_fit_are_cut),
		cmocka_unit_test(the_members_of_the_path_are_set),
		cmocka_unit_test(a_query_is_read_whole_or_refused),
		cmocka_unit_test(what_is_escaped_in_a_query_is_decoded),
		cmocka_unit_test(a_uri_that_hides_something_is_refused),
	};

	return cmocka_run_group_tests_name("route", tests, NULL, NULL);
}
