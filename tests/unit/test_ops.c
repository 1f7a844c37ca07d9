/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules every row of the operation table obeys. */
#include "unit.h"

#include <guichet/api/ops.h>

#include "../../api/codec_private.h"

#include <string.h>

static void every_name_is_found_once(void **state)
{
	(void)state;
	for (int i = 0; api_ops[i]; i++)
		assert_ptr_equal(api_op_find(api_ops[i]->name), api_ops[i]);
	assert_null(api_op_find("insured.forget"));
}

static void every_place_is_declared_once(void **state)
{
	(void)state;
	for (int i = 0; api_ops[i]; i++)
		for (int j = 0; j < i; j++)
			assert_false(api_ops[i]->method == api_ops[j]->method &&
				     strcmp(api_ops[i]->path,
					    api_ops[j]->path) == 0);
}

static void each_name_of_a_path_is_a_required_member(void **state)
{
	(void)state;
	for (int i = 0; api_ops[i]; i++) {
		const struct api_op *op = api_ops[i];
		int names = 0, members = 0;

		for (const char *at = op->path; *at; at++)
			names += *at == '{';
		for (const struct codec_field *f = op->query ?
		     op->query->fields : NULL; f && f->name; f++) {
			if (!api_path_names(op, f->name))
				continue;
			assert_true(f->flags & CODEC_REQUIRED);
			members++;
		}
		assert_int_equal(names, members);
	}
}

static void flags_agree_with_methods_and_bodies(void **state)
{
	(void)state;
	for (int i = 0; api_ops[i]; i++) {
		const struct api_op *op = api_ops[i];
		bool answers = op->reply || op->flags & API_RAW_REPLY;
		bool sends = op->method == API_POST || op->method == API_PATCH;

		assert_non_null(op->summary);
		assert_true(op->roles != 0);
		assert_true(strncmp(op->path, "/v1/", 4) == 0);
		assert_int_equal(sends, op->body != NULL);
		assert_int_equal(answers, !(op->flags & API_EMPTY));
		assert_true(!op->envelope || op->flags & API_LIST);
		assert_true(!(op->flags & API_SUM) || op->envelope);
		/* What writes by POST or PATCH has a key, except signing in,
		 * whose answer must not be kept. */
		assert_int_equal(sends && !(op->flags & (API_READ | API_TOKEN)),
				 (op->flags & API_KEYED) != 0);
		assert_int_equal(op->method == API_PATCH || op->method == API_PUT,
				 (op->flags & API_IF_MATCH) != 0);
		assert_true(!(op->flags & API_IF_MATCH) || op->flags & API_ETAG);
	}
}

/* A refusal has a code, one of the statuses the contract knows, and a title. */
static void problems_are_told_apart_by_code(void **state)
{
	static const int statuses[] = { 401, 403, 409, 413, 415, 422, 429 };

	(void)state;
	for (int i = 0; api_ops[i]; i++) {
		const struct api_problem *first = api_ops[i]->problems;

		for (const struct api_problem *p = first; p && p->code; p++) {
			bool known = false;

			for (size_t s = 0; s < N_ROWS(statuses); s++)
				known |= p->status == statuses[s];
			assert_true(known);
			assert_true(codec_pattern_match("^[a-z0-9]+[.][a-z]+$",
							p->code));
			assert_non_null(p->title);
			for (const struct api_problem *q = first; q < p; q++)
				assert_string_not_equal(p->code, q->code);
		}
	}
}

/* Names of a codec are told once, fit a pointer, and hold a personal word
 * nowhere in a URL. */
static void check_codec(const struct codec *codec)
{
	for (const struct codec_field *f = codec->fields; f->name; f++) {
		assert_true(codec_pattern_match("^[a-z][a-z0-9_]{1,39}$", f->name));
		assert_true(f->offset + f->size <= codec->size);
		for (const struct codec_field *g = codec->fields; g < f; g++)
			assert_string_not_equal(f->name, g->name);
		if (f->type == CODEC_TYPE_ENUM || f->type == CODEC_TYPE_FLAGS)
			assert_non_null(f->names);
		if (f->type == CODEC_TYPE_ARRAY)
			assert_int_equal(f->size, f->max_items * f->inner->size);
		if (f->type == CODEC_TYPE_OBJECT)
			assert_int_equal(f->size, f->inner->size);
		if (f->inner)
			check_codec(f->inner);
	}
}

static void every_codec_is_well_made(void **state)
{
	(void)state;
	for (int i = 0; api_ops[i]; i++) {
		if (api_ops[i]->query)
			check_codec(api_ops[i]->query);
		if (api_ops[i]->body)
			check_codec(api_ops[i]->body);
		if (api_ops[i]->reply)
			check_codec(api_ops[i]->reply);
		if (api_ops[i]->envelope)
			check_codec(api_ops[i]->envelope);
	}
	for (int i = 0; api_problem_members[i].code; i++)
		check_codec(api_problem_members[i].codec);
}

static void members_are_those_of_a_problem_that_can_come(void **state)
{
	(void)state;
	for (int i = 0; api_problem_members[i].code; i++) {
		bool found = false;

		for (int j = 0; api_ops[j]; j++)
			for (const struct api_problem *p = api_ops[j]->problems;
			     p && p->code; p++)
				found |= strcmp(p->code,
						api_problem_members[i].code) == 0;
		assert_true(found);
	}
	assert_ptr_equal(api_problem_codec("slot.taken"), &slot_taken_codec);
	assert_null(api_problem_codec("slot.closed"));
}

static void no_personal_text_is_in_a_url(void **state)
{
	(void)state;
	for (int i = 0; api_ops[i]; i++)
		for (const struct codec_field *f = api_ops[i]->query ?
		     api_ops[i]->query->fields : NULL; f && f->name; f++)
			assert_false(f->type == CODEC_TYPE_TEXT &&
				     (f->format == FORMAT_FREE ||
				      f->format == FORMAT_NIR ||
				      f->format == FORMAT_PHONE ||
				      f->format == FORMAT_EMAIL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_name_is_found_once),
		cmocka_unit_test(every_place_is_declared_once),
		cmocka_unit_test(each_name_of_a_path_is_a_required_member),
		cmocka_unit_test(flags_agree_with_methods_and_bodies),
		cmocka_unit_test(problems_are_told_apart_by_code),
		cmocka_unit_test(every_codec_is_well_made),
		cmocka_unit_test(members_are_those_of_a_problem_that_can_come),
		cmocka_unit_test(no_personal_text_is_in_a_url),
	};

	return cmocka_run_group_tests_name("ops", tests, NULL, NULL);
}
