/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of an answer. */
#include "wire.h"

#include <stdio.h>
#include <string.h>

static void on_signed_out(void *self)
{
	((struct t *)self)->signed_out++;
}

static void a_list_comes_as_rows_with_its_cursor(void **state)
{
	struct t *t = *state;

	assert_true(read_offices(t, 0));
	assert_string_equal(wire.path, "GET /v1/offices");
	assert_non_null(strstr(wire.headers, "traceparent: 00-"));
	assert_null(strstr(wire.headers, "Authorization"));
	assert_int_equal(t->told, 0);
	answers(t, 200, JSON, one_office);
	assert_true(t->ok);
	assert_int_equal(t->rows, 1);
	assert_string_equal(t->cursor, "abc");
	assert_int_equal(t->peer.due_ms(t->peer.self), 0);
}

static void a_problem_gives_word_status_field_and_its_own_members(void **state)
{
	struct t *t = *state;

	hold(t, KEY);
	answers(t, 409, PROBLEM, "{\"type\":\"urn:x\",\"title\":\"Pris\","
		"\"status\":409,\"code\":\"slot.taken\",\"detail\":"
		"\"ce créneau vient d'être pris\",\"errors\":[{\"pointer\":"
		"\"#/starts_at\",\"code\":\"taken\"}],\"nearest\":[{"
		"\"office_id\":\"" ID "\",\"office_name\":\"Grenoble\","
		"\"desk\":2,\"starts_at\":\"2026-11-23T10:45:00+01:00\","
		"\"ends_at\":\"2026-11-23T11:00:00+01:00\",\"held\":false}]}");
	assert_false(t->ok);
	assert_int_equal(t->err.code, ERR_CONFLICT);
	assert_int_equal(t->err.status, 409);
	assert_string_equal(t->err.word, "slot.taken");
	assert_string_equal(t->err.field, "starts_at");
	assert_string_equal(t->err.text, "ce créneau vient d'être pris");
	assert_int_equal(t->taken.count, 1);
	assert_int_equal(t->taken.nearest[0].desk, 2);
}

static void each_status_has_a_sentence_of_its_own(void **state)
{
	static const struct { int status; enum err_code code; } rows[] = {
		{ 400, ERR_INVALID }, { 403, ERR_DENIED }, { 404, ERR_NOT_FOUND },
		{ 409, ERR_CONFLICT }, { 412, ERR_CONFLICT },
		{ 413, ERR_INVALID }, { 422, ERR_INVALID },
		{ 428, ERR_INVALID }, { 429, ERR_DENIED },
		{ 500, ERR_PROTOCOL },
	};
	struct t *t = *state;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		char body[128];

		snprintf(body, sizeof(body), "{\"type\":\"about:blank\","
			 "\"title\":\"x\",\"status\":%d,\"code\":\"x.y\"}",
			 rows[i].status);
		read_offices(t, 0);
		answers(t, rows[i].status, PROBLEM, body);
		assert_int_equal(t->err.code, rows[i].code);
		assert_int_equal(t->err.status, rows[i].status);
		assert_true(t->err.text[0] != '\0');
	}
}

static void an_answer_that_is_not_ours_is_unreadable(void **state)
{
	static const struct { int status; const char *type, *body; } rows[] = {
		{ 200, "text/html", "<html>Connectez-vous au Wi-Fi</html>" },
		{ 200, JSON, "{\"items\":[" },
		{ 200, JSON, "<html>" },
		{ 200, JSON, "{\"items\":[{\"id\":5}]}" },
		{ 200, JSON, "" },
		{ 302, "text/html", "" },
		{ 401, "text/html", "<html>" },
		{ 404, "text/html", "<html>" },
		{ 404, PROBLEM, "{}" },
		{ 500, JSON, "{}" },
	};
	struct t *t = *state;

	api_on_signed_out(t->api, on_signed_out, t);
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		read_offices(t, 0);
		answers(t, rows[i].status, rows[i].type, rows[i].body);
		assert_int_equal(t->told, i + 1);
		assert_false(t->ok);
		assert_int_equal(t->rows, 0);
		assert_int_equal(t->err.code, ERR_PROTOCOL);
		assert_int_equal(strlen(t->err.ref), 8);
		assert_string_equal(t->err.text, "réponse illisible du serveur");
	}
	assert_int_equal(t->signed_out, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIRE_TEST(a_list_comes_as_rows_with_its_cursor),
		WIRE_TEST(a_problem_gives_word_status_field_and_its_own_members),
		WIRE_TEST(each_status_has_a_sentence_of_its_own),
		WIRE_TEST(an_answer_that_is_not_ours_is_unreadable),
	};

	return cmocka_run_group_tests_name("reply", tests, NULL, NULL);
}
