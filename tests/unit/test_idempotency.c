/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend_fixture.h"

#include "idempotency.h"

#include <string.h>

static const struct {
	const char *header;
	bool good;
} headers[] = {
	{ "\"0123456789abcdef\"", true },
	{ "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", true },
	{ "8e03978e-40d5-43dd-bc93-6894a57f9324", false },
	{ "\"0123456789abcde\"", false },
	{ "\"0123456789abcdef00", false },
	{ "\"0123456789abcdef\x7f\"", false },
	{ "\"0123456789 abcdef\"", false },
	{ "\"0123456789\"abcdef\"", false },
	{ "\"0123456789\\abcdef\"", false },
	{ "\"0123456789abcd\xc3\xa9\"", false },
	{ "\"0123456789abcdef", false },
	{ "\"\"", false },
	{ "\"", false },
	{ "", false },
};

static void a_key_is_a_quoted_visible_text(void **state)
{
	char key[IDEMPOTENCY_KEY_SIZE], longest[260];

	(void)state;
	for (size_t i = 0; i < N_ROWS(headers); i++)
		if (idempotency_parse(headers[i].header, key) != headers[i].good)
			fail_msg("%s", headers[i].header);
	memset(longest, 'a', sizeof(longest));
	longest[0] = longest[256] = '"';
	longest[257] = '\0';
	assert_true(idempotency_parse(longest, key));
	assert_int_equal(strlen(key), 255);
	longest[256] = 'a';
	longest[257] = '"';
	longest[258] = '\0';
	assert_false(idempotency_parse(longest, key));
}

static struct idempotency about(const char *body)
{
	struct idempotency about = {
		.caisse = T_CAISSE, .agent_id = T_AGENT, .method = "POST",
		.path = "/v1/contacts", .key = "0123456789abcdef",
	};

	idempotency_print(&about, body, strlen(body));
	return about;
}

static void record(struct fixture *t, const struct idempotency *what)
{
	struct idempotency_answer answer = {
		.status = 201, .etag = "\"1.0\"", .location = "/v1/contacts/1",
	};
	struct buf body;

	buf_init(&body, 100);
	buf_text(&body, "{\"id\":1}");
	answer.body = &body;
	assert_true(idempotency_record(t->db, what, &answer, t->req.now_ms,
				       &t->err));
	buf_fini(&body);
}

static void the_same_body_gets_the_recorded_answer(void **state)
{
	struct fixture *t = *state;
	struct idempotency first = about("{}");
	struct idempotency_answer answer = { 0 };
	struct buf body;

	buf_init(&body, 100);
	answer.body = &body;
	assert_int_equal(idempotency_find(t->db, &first, &answer, &t->err),
			 IDEMPOTENCY_NEW);
	record(t, &first);
	assert_int_equal(idempotency_find(t->db, &first, &answer, &t->err),
			 IDEMPOTENCY_SAME);
	assert_int_equal(answer.status, 201);
	assert_string_equal(answer.etag, "\"1.0\"");
	assert_string_equal(answer.location, "/v1/contacts/1");
	assert_string_equal(buf_cstr(&body), "{\"id\":1}");
	buf_fini(&body);
}

static void another_body_is_told_apart(void **state)
{
	struct fixture *t = *state;
	struct idempotency first = about("{}"), second = about("{ }");
	struct idempotency_answer answer = { 0 };

	record(t, &first);
	assert_int_equal(idempotency_find(t->db, &second, &answer, &t->err),
			 IDEMPOTENCY_OTHER);
}

static void agents_methods_and_paths_do_not_share_keys(void **state)
{
	struct fixture *t = *state;
	struct idempotency first = about("{}"), other;
	struct idempotency_answer answer = { 0 };

	record(t, &first);
	other = first;
	other.agent_id++;
	assert_int_equal(idempotency_find(t->db, &other, &answer, &t->err),
			 IDEMPOTENCY_NEW);
	other = first;
	other.method = "PATCH";
	assert_int_equal(idempotency_find(t->db, &other, &answer, &t->err),
			 IDEMPOTENCY_NEW);
	other = first;
	other.path = "/v1/holds";
	assert_int_equal(idempotency_find(t->db, &other, &answer, &t->err),
			 IDEMPOTENCY_NEW);
}

static void a_key_is_kept_for_seven_days_and_no_longer(void **state)
{
	struct fixture *t = *state;
	struct idempotency first = about("{}");
	struct idempotency_answer answer = { 0 };
	struct buf body;

	buf_init(&body, 100);
	answer.body = &body;
	record(t, &first);
	assert_true(idempotency_purge(t->db, t->req.now_ms + IDEMPOTENCY_KEPT_MS,
				      &t->err));
	assert_int_equal(idempotency_find(t->db, &first, &answer, &t->err),
			 IDEMPOTENCY_SAME);
	assert_true(idempotency_purge(t->db,
		t->req.now_ms + IDEMPOTENCY_KEPT_MS + 1, &t->err));
	assert_int_equal(idempotency_find(t->db, &first, &answer, &t->err),
			 IDEMPOTENCY_NEW);
	buf_fini(&body);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, \
						fixture_teardown)

static enum idempotency_found find_first(struct fixture *t, size_t room)
{
	struct idempotency first = about("{}");
	struct idempotency_answer answer = { 0 };
	enum idempotency_found found;
	struct buf body;

	buf_init(&body, room);
	answer.body = &body;
	err_clear(&t->err);
	found = idempotency_find(t->db, &first, &answer, &t->err);
	buf_fini(&body);
	return found;
}

static void an_answer_that_cannot_be_given_again_is_a_failure(void **state)
{
	static const char *const altered[] = {
		"UPDATE idempotency SET etag = printf('%.64c', 'e')",
		"UPDATE idempotency SET etag = '', location = printf('%.128c', 'l')",
		NULL,
	};
	struct fixture *t = *state;
	struct idempotency first = about("{}");

	record(t, &first);
	assert_int_equal(find_first(t, 4), IDEMPOTENCY_FAILED);
	assert_int_equal(find_first(t, 100), IDEMPOTENCY_SAME);
	for (size_t i = 0; altered[i]; i++) {
		fixture_run(t, (const char *const[]){ altered[i], NULL });
		assert_int_equal(find_first(t, 1000), IDEMPOTENCY_FAILED);
	}
}

static void a_record_of_another_size_is_another_body(void **state)
{
	static const char *const cut[] = {
		"UPDATE idempotency SET fingerprint = x'00'", NULL,
	};
	struct fixture *t = *state;
	struct idempotency first = about("{}");

	record(t, &first);
	fixture_run(t, cut);
	assert_int_equal(find_first(t, 100), IDEMPOTENCY_OTHER);
}

static void a_store_that_cannot_tell_is_not_taken_for_empty(void **state)
{
	static const char *const gone[] = {
		"ALTER TABLE idempotency RENAME TO elsewhere", NULL,
	};
	struct fixture *t = *state;
	struct idempotency first = about("{}");
	struct idempotency_answer answer = { .status = 201 };
	struct buf body;

	fixture_run(t, gone);
	assert_int_equal(find_first(t, 100), IDEMPOTENCY_FAILED);
	assert_int_equal(t->err.code, ERR_SYSTEM);
	buf_init(&body, 100);
	answer.body = &body;
	assert_false(idempotency_record(t->db, &first, &answer, 1, &t->err));
	assert_false(idempotency_purge(t->db, 1, &t->err));
	buf_fini(&body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_is_a_quoted_visible_text),
		T(the_same_body_gets_the_recorded_answer),
		T(another_body_is_told_apart),
		T(agents_methods_and_paths_do_not_share_keys),
		T(an_answer_that_cannot_be_given_again_is_a_failure),
		T(a_record_of_another_size_is_another_body),
		T(a_store_that_cannot_tell_is_not_taken_for_empty),
		T(a_key_is_kept_for_seven_days_and_no_longer),
	};

	return cmocka_run_group_tests_name("idempotency", tests, NULL, NULL);
}
