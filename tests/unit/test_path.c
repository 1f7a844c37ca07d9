/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/api/ops.h>

#include <stdio.h>
#include <string.h>

#define ID "0D9G4TBX0C5ZN"

static void a_path_is_filled_from_the_query(void **state)
{
	struct insured_key key = { ID };
	char out[64];

	(void)state;
	assert_true(api_path_write(&api_insured_get, &key, out, sizeof(out)));
	assert_string_equal(out, "/v1/insured/" ID);
}

static void what_the_path_does_not_name_goes_to_the_query_string(void **state)
{
	struct payment_query query;
	char out[256];

	(void)state;
	codec_clear(&payment_query_codec, &query);
	memcpy(query.insured_id, ID, sizeof(ID));
	assert_true(api_path_write(&api_payment_list, &query, out, sizeof(out)));
	assert_string_equal(out, "/v1/insured/" ID "/payments");
	query.from = (struct date){ 2026, 9, 21 };
	query.kind = PAYMENT_DAILY_ALLOWANCE;
	query.limit = 20;
	query.count = true;
	assert_true(api_path_write(&api_payment_list, &query, out, sizeof(out)));
	assert_string_equal(out, "/v1/insured/" ID "/payments?from=2026-09-21"
			    "&kind=daily-allowance&limit=20&count=true");
}

static void values_are_percent_encoded(void **state)
{
	struct slot_query query;
	char out[64];

	(void)state;
	codec_clear(&slot_query_codec, &query);
	snprintf(query.reason, sizeof(query.reason), "a b&c=é/");
	assert_true(api_path_write(&api_slot_list, &query, out, sizeof(out)));
	assert_string_equal(out, "/v1/slots?reason=a%20b%26c%3D%C3%A9%2F");
}

static void every_size_too_small_is_told(void **state)
{
	struct payment_query query;
	char whole[256], out[256];

	(void)state;
	codec_clear(&payment_query_codec, &query);
	memcpy(query.insured_id, ID, sizeof(ID));
	query.limit = 20;
	assert_true(api_path_write(&api_payment_list, &query, whole,
				   sizeof(whole)));
	for (size_t size = 1; size <= strlen(whole); size++)
		assert_false(api_path_write(&api_payment_list, &query, out, size));
	assert_true(api_path_write(&api_payment_list, &query, out,
				   strlen(whole) + 1));
	assert_string_equal(out, whole);
}

static void a_path_without_its_value_is_not_written(void **state)
{
	struct insured_key key = { "" };
	char out[64];

	(void)state;
	assert_false(api_path_write(&api_insured_get, &key, out, sizeof(out)));
	assert_false(api_path_write(&api_insured_get, NULL, out, sizeof(out)));
}

static void a_path_is_matched_and_its_values_taken(void **state)
{
	struct attachment_key key;

	(void)state;
	codec_clear(&attachment_key_codec, &key);
	assert_true(api_path_match(&api_attachment_put,
				   "/v1/requests/" ID "/attachments/photo", &key));
	assert_string_equal(key.request_id, ID);
	assert_string_equal(key.name, "photo");
	assert_true(api_path_match(&api_office_list, "/v1/offices", NULL));
}

static void another_path_is_not_matched(void **state)
{
	static const char *const paths[] = {
		"", "/", "/v1/insured", "/v1/insured/", "/v1/insured/" ID "/",
		"/v1/insured/" ID "/rights", "/v1/insured/" ID "X",
		"/v1/insured/search", "/V1/insured/" ID, "//v1/insured/" ID,
		"/v1/insured/0d9g4tbx0c5zn", "/v1/insured/%30D9G4TBX0C5ZN",
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(paths); i++) {
		struct insured_key key;

		codec_clear(&insured_key_codec, &key);
		assert_false(api_path_match(&api_insured_get, paths[i], &key));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_is_filled_from_the_query),
		cmocka_unit_test(what_the_path_does_not_name_goes_to_the_query_string),
		cmocka_unit_test(values_are_percent_encoded),
		cmocka_unit_test(every_size_too_small_is_told),
		cmocka_unit_test(a_path_without_its_value_is_not_written),
		cmocka_unit_test(a_path_is_matched_and_its_values_taken),
		cmocka_unit_test(another_path_is_not_matched),
	};

	return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
