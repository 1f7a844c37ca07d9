/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each operation refuses, and how it says so. */
#include "contract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOBODY "0D9G4TBX0C5ZN"

/* Send every operation that `applies` with the change; all must be refused. */
static void all_refuse(struct desk *desk, bool (*applies)(const struct api_op *),
		       const struct change *change, int status, const char *code)
{
	for (int i = 0; api_ops[i]; i++) {
		struct raw_answer answer;
		struct sample sample;

		if (!applies(api_ops[i]))
			continue;
		assert_true(sample_make(desk, api_ops[i], &sample));
		sample_send(desk, &sample, change, &answer);
		expect_problem(api_ops[i], &answer, status, code);
	}
}

static bool has_bearer(const struct api_op *op)
{
	return !(op->flags & API_PUBLIC);
}

static bool has_contact(const struct api_op *op)
{
	return op->flags & API_CONTACT;
}

static bool has_key(const struct api_op *op)
{
	return op->flags & API_KEYED;
}

static bool has_if_match(const struct api_op *op)
{
	return op->flags & API_IF_MATCH;
}

/* Bytes that are there already are welcome whatever version they name. */
static bool is_changed(const struct api_op *op)
{
	return has_if_match(op) && !(op->flags & API_RAW_BODY);
}

static bool has_json(const struct api_op *op)
{
	return op->body;
}

static bool is_patch(const struct api_op *op)
{
	return op->method == API_PATCH;
}

static bool has_file(const struct api_op *op)
{
	return op->flags & API_RAW_BODY;
}

static bool has_body(const struct api_op *op)
{
	return !(op->flags & API_EMPTY);
}

void without_token_nothing_is_told(void **state)
{
	const struct change change = { .no_token = true };
	struct desk *desk = *state;
	struct raw_answer answer;
	struct sample sample;
	char value[128];

	all_refuse(desk, has_bearer, &change, 401, "token.missing");
	sample_make(desk, &api_session_get, &sample);
	sample_send(desk, &sample, &change, &answer);
	assert_true(raw_header(&answer, "WWW-Authenticate", value, sizeof(value)));
	assert_string_equal(value, "Bearer realm=\"guichet\"");
	buf_fini(&answer.body);
}

void a_wrong_token_is_told_apart(void **state)
{
	const struct change change = {
		.token = "q3oJ0mZ4Yw2u9l7sT1xV5bN8cD6eF0gHkLpRrUtWvXy",
	};
	struct desk *desk = *state;
	struct raw_answer answer;
	struct sample sample;
	char value[128];

	all_refuse(desk, has_bearer, &change, 401, "token.invalid");
	sample_make(desk, &api_session_get, &sample);
	sample_send(desk, &sample, &change, &answer);
	assert_true(raw_header(&answer, "WWW-Authenticate", value, sizeof(value)));
	assert_non_null(strstr(value, "error=\"invalid_token\""));
	buf_fini(&answer.body);
}

void a_contact_is_asked_for(void **state)
{
	const struct change change = { .no_contact = true };

	all_refuse(*state, has_contact, &change, 403, "contact.needed");
}

void an_unknown_member_is_refused_where_it_is(void **state)
{
	struct desk *desk = *state;

	for (int i = 0; api_ops[i]; i++) {
		struct raw_answer answer;
		struct change change = { 0 };
		struct sample sample;
		struct buf body;

		if (!api_ops[i]->body)
			continue;
		assert_true(sample_make(desk, api_ops[i], &sample));
		buf_init(&body, 65536);
		codec_encode(api_ops[i]->body, sample.body.any, &body);
		body.data[--body.size] = '\0';
		buf_text(&body, ",\"surplus\":1}");
		change.body = buf_cstr(&body);
		sample_send(desk, &sample, &change, &answer);
		if (!strstr(buf_cstr(&answer.body), "\"#/surplus\""))
			fail_msg("%s does not say where", api_ops[i]->name);
		expect_problem(api_ops[i], &answer, 400, "request.invalid");
		buf_fini(&body);
	}
}

void a_body_that_is_no_json_is_refused(void **state)
{
	static const char *const bodies[] = {
		"{", "[]", "{\"a\":1,\"a\":2}", "{} {}", "<html>", "null",
		"{\"z\":[[[[[[[[1]]]]]]]]}",
	};

	for (size_t i = 0; i < N_ROWS(bodies); i++) {
		const struct change change = {
			.body = bodies[i], .direct = true,
		};

		all_refuse(*state, has_json, &change, 400, NULL);
	}
}

void an_unknown_parameter_is_refused(void **state)
{
	const struct change change = { .query = "surplus=1" };

	all_refuse(*state, has_bearer, &change, 400, NULL);
}

void a_key_is_asked_for_in_quotes(void **state)
{
	const struct change none = { .no_key = true };
	const struct change bare = { .key = "0f4c2b7e-5a91-4d3c-8e6f-1b2a3c4d5e6f" };
	const struct change brief = { .key = "\"short\"" };

	all_refuse(*state, has_key, &none, 400, "key.missing");
	all_refuse(*state, has_key, &bare, 400, "key.invalid");
	all_refuse(*state, has_key, &brief, 400, "key.invalid");
}

void a_version_is_asked_for_and_compared(void **state)
{
	const struct change none = { .no_if_match = true };
	const struct change stale = { .if_match = "\"999999.0\"" };

	all_refuse(*state, has_if_match, &none, 428, "version.needed");
	all_refuse(*state, is_changed, &stale, 412, "version.stale");
}

/* Somebody else's file and no file at all look the same.  Giving back a hold that
 * has already gone is no fault. */
void what_does_not_exist_is_not_found(void **state)
{
	struct desk *desk = *state;

	for (int i = 0; api_ops[i]; i++) {
		const char *mark = strchr(api_ops[i]->path, '{');
		struct change change = { 0 };
		struct raw_answer answer;
		struct sample sample;
		char path[256];

		if (!mark || api_ops[i] == &api_hold_delete)
			continue;
		assert_true(sample_make(desk, api_ops[i], &sample));
		snprintf(path, sizeof(path), "%.*s%s%s",
			 (int)(mark - api_ops[i]->path), api_ops[i]->path,
			 api_ops[i] == &api_payment_get ? NOBODY "-" NOBODY : NOBODY,
			 api_ops[i] == &api_attachment_put ?
			 "/attachments/photo" : strchr(mark, '}') + 1);
		change.path = path;
		sample_send(desk, &sample, &change, &answer);
		expect_problem(api_ops[i], &answer, 404, "not.found");
		*strstr(path, NOBODY) = 'x';
		sample_send(desk, &sample, &change, &answer);
		expect_problem(api_ops[i], &answer, 404, "not.found");
	}
}

static bool is_allowed(const char *path, enum api_method method)
{
	for (int i = 0; api_ops[i]; i++)
		if (api_ops[i]->method == method &&
		    strcmp(api_ops[i]->path, path) == 0)
			return true;
	return false;
}

void another_method_is_told_which_are_allowed(void **state)
{
	struct desk *desk = *state;

	for (int i = 0; api_ops[i]; i++) {
		int method = API_DELETE;
		struct change change = { 0 };
		struct raw_answer answer;
		struct sample sample;
		char allow[128];

		if (api_ops[i]->flags & API_PUBLIC)
			continue;
		while (is_allowed(api_ops[i]->path, method))
			method--;
		change.method = api_method_names[method];
		assert_true(sample_make(desk, api_ops[i], &sample));
		sample_send(desk, &sample, &change, &answer);
		if (!raw_header(&answer, "Allow", allow, sizeof(allow)) ||
		    !strstr(allow, api_method_names[api_ops[i]->method]))
			fail_msg("%s: no Allow", api_ops[i]->name);
		expect_problem(api_ops[i], &answer, 405, "method.refused");
	}
}

void another_type_is_refused(void **state)
{
	const struct change text = { .type = "text/plain" };
	const struct change json = { .type = "application/json" };
	const struct change drawing = { .body = "<svg xmlns='x'/>" };
	struct desk *desk = *state;
	struct raw_answer answer;
	struct sample sample;
	char value[128];

	all_refuse(desk, has_json, &text, 415, "type.refused");
	all_refuse(desk, is_patch, &json, 415, "type.refused");
	all_refuse(desk, has_file, &drawing, 415, "attachment.type");
	assert_true(sample_make(desk, &api_contact_update, &sample));
	sample_send(desk, &sample, &json, &answer);
	assert_true(raw_header(&answer, "Accept-Patch", value, sizeof(value)));
	assert_string_equal(value, "application/merge-patch+json");
	buf_fini(&answer.body);
}

void an_answer_in_another_form_is_refused(void **state)
{
	const struct change change = { .accept = "image/png" };

	all_refuse(*state, has_body, &change, 406, "accept.refused");
}

void a_body_too_large_is_refused(void **state)
{
	const size_t size = 5 * 1024 * 1024 + 1;
	char *blanks = malloc(size);
	const struct change json = {
		.body = blanks, .body_size = 128 * 1024, .direct = true,
	};
	const struct change file = {
		.body = blanks, .body_size = size, .direct = true,
	};

	memset(blanks, ' ', size);
	all_refuse(*state, has_json, &json, 413, "body.large");
	all_refuse(*state, has_file, &file, 413, "body.large");
	free(blanks);
}

void a_bad_cursor_or_limit_is_refused(void **state)
{
	static const struct { const char *query, *code; } rows[] = {
		{ "cursor=abcdefgh", "cursor.invalid" },
		{ "cursor=%22", NULL }, { "limit=0", NULL },
		{ "limit=201", NULL }, { "limit=x", NULL },
		{ "count=maybe", NULL }, { "kind=gift", NULL },
		{ "from=2026-02-30", NULL }, { "from=2026-01-01&from=2026-01-01",
		  NULL },
	};
	struct desk *desk = *state;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		const struct change change = { .query = rows[i].query };
		struct raw_answer answer;
		struct sample sample;

		assert_true(sample_make(desk, &api_payment_list, &sample));
		((struct payment_query *)(void *)sample.query.any)->limit = CODEC_NONE;
		((struct payment_query *)(void *)sample.query.any)->count = false;
		sample_send(desk, &sample, &change, &answer);
		expect_problem(sample.op, &answer, 400, rows[i].code);
	}
}

void a_role_that_may_not_is_refused(void **state)
{
	struct desk *desk = *state;
	struct sample phone, sample;
	struct raw_answer answer;
	struct change change = { 0 };

	assert_true(sample_make(desk, &api_session_delete, &phone));
	assert_true(sample_make(desk, &api_attachment_put, &sample));
	change.token = phone.token;
	sample_send(desk, &sample, &change, &answer);
	expect_problem(sample.op, &answer, 403, "role.denied");
}
