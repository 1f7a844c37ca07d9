/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who asks and what is open to them, when the store cannot tell, or says what does
 * not fit: nobody is let in. */
#include "access_fixture.h"

#include "access.h"
#include "auth.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define DAY INT64_C(86400000)
#define LONG "printf('%.999c', 'x')"

int __real_crypto_pwhash_str_alg(char *out, const char *password,
				 unsigned long long size, unsigned long long passes,
				 size_t memory, int algorithm);
int __wrap_crypto_pwhash_str_alg(char *out, const char *password,
				 unsigned long long size, unsigned long long passes,
				 size_t memory, int algorithm);

/* "crowded": no memory is left for this one. */
int __wrap_crypto_pwhash_str_alg(char *out, const char *password,
				 unsigned long long size, unsigned long long passes,
				 size_t memory, int algorithm)
{
	if (strcmp(password, "crowded") == 0)
		return -1;
	return __real_crypto_pwhash_str_alg(out, password, size, passes, memory,
					    algorithm);
}

static void run(struct fixture *t, const char *sql)
{
	err_clear(&t->err);
	fixture_run(t, (const char *const[]){ sql, NULL });
}

static void hide(struct fixture *t, const char *table)
{
	char sql[100];

	snprintf(sql, sizeof(sql), "ALTER TABLE %s RENAME TO elsewhere", table);
	run(t, sql);
}

static void give_back(struct fixture *t, const char *table)
{
	char sql[100];

	snprintf(sql, sizeof(sql), "ALTER TABLE elsewhere RENAME TO %s", table);
	run(t, sql);
}

/* The store failed: no refusal, and no success. */
static void failed(struct fixture *t, bool answer)
{
	assert_false(answer);
	assert_int_equal(t->err.code, ERR_SYSTEM);
	err_clear(&t->err);
}

static void no_memory_is_no_hash(void **state)
{
	struct fixture *t = *state;
	char hash[PASSWORD_SIZE];

	failed(t, password_hash("crowded", hash, &t->err));
}

static void a_token_has_16_to_63_characters(void **state)
{
	unsigned char hash[TOKEN_HASH_SIZE];
	char token[TOKEN_TEXT + 1];

	(void)state;
	memset(token, 'a', TOKEN_TEXT);
	token[TOKEN_TEXT] = '\0';
	assert_false(token_hash(token, hash));
	token[TOKEN_TEXT - 1] = '\0';
	assert_true(token_hash(token, hash));
	token[16] = '\0';
	assert_true(token_hash(token, hash));
	token[15] = '\0';
	assert_false(token_hash(token, hash));
}

static void without_its_secret_a_draft_has_no_key(void **state)
{
	struct fixture *t = *state;
	char key[TOKEN_TEXT];

	assert_true(draft_key_of(t->db, T_CAISSE, T_AGENT, key, &t->err));
	hide(t, "setting");
	failed(t, draft_key_of(t->db, T_CAISSE, T_AGENT, key, &t->err));
}

static void open_one(struct fixture *t)
{
	char token[TOKEN_TEXT];

	t->req.expires_at = t->req.now_ms + DAY;
	assert_true(session_open(&t->req, token, &t->err));
}

static bool load(struct fixture *t)
{
	struct req req = t->req;
	int64_t seen_at;

	err_clear(&t->err);
	return session_load(&req, 900, &seen_at, &t->err);
}

static void a_session_that_does_not_fit_lets_nobody_in(void **state)
{
	static const struct { const char *spoil, *mend; } rows[] = {
		{ "UPDATE session SET desk = " LONG, "UPDATE session SET desk = '3'" },
		{ "UPDATE agent SET display_name = " LONG,
		  "UPDATE agent SET display_name = 'A'" },
		{ "UPDATE caisse SET name = " LONG, "UPDATE caisse SET name = 'C'" },
		{ "UPDATE caisse SET department = " LONG,
		  "UPDATE caisse SET department = '38'" },
		{ "UPDATE session SET station = x'00'",
		  "UPDATE session SET station = zeroblob(32)" },
	};
	struct fixture *t = *state;

	open_one(t);
	assert_true(load(t));
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		run(t, rows[i].spoil);
		assert_false(load(t));
		run(t, rows[i].mend);
		assert_true(load(t));
	}
	hide(t, "session");
	failed(t, load(t));
}

static void a_session_changes_its_token_once(void **state)
{
	struct fixture *t = *state;
	struct req late;
	char token[TOKEN_TEXT];

	open_one(t);
	late = t->req;
	assert_true(session_rotate(&t->req, token, &t->err));
	assert_true(load(t));
	assert_true(session_touch(&t->req, &t->err));
	assert_false(session_rotate(&late, token, &t->err));
	fixture_refused(t, 401, "token.invalid");
	hide(t, "session");
	failed(t, session_rotate(&t->req, token, &t->err));
	failed(t, session_touch(&t->req, &t->err));
	failed(t, session_open(&t->req, token, &t->err));
}

static bool find_agent(struct fixture *t, const char *login, bool *found)
{
	struct req req = t->req;
	char hash[PASSWORD_SIZE];

	err_clear(&t->err);
	return agent_load(&req, login, hash, found, &t->err);
}

static void a_login_finds_an_account_that_is_not_locked(void **state)
{
	struct fixture *t = *state;
	bool found;

	assert_true(find_agent(t, "alefevre", &found) && found);
	assert_true(find_agent(t, "nobody", &found) && !found);
	run(t, "UPDATE agent SET locked = 1");
	assert_true(find_agent(t, "alefevre", &found) && !found);
}

static void an_account_that_does_not_fit_is_told(void **state)
{
	static const struct { const char *spoil, *mend; } rows[] = {
		{ "UPDATE agent SET password = " LONG, "UPDATE agent SET password = ''" },
		{ "UPDATE agent SET display_name = " LONG,
		  "UPDATE agent SET display_name = 'A'" },
		{ "UPDATE caisse SET name = " LONG, "UPDATE caisse SET name = 'C'" },
	};
	struct fixture *t = *state;
	char hash[PASSWORD_SIZE];
	bool found;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		run(t, rows[i].spoil);
		assert_false(find_agent(t, "alefevre", &found));
		run(t, rows[i].mend);
		assert_true(find_agent(t, "alefevre", &found));
	}
	hide(t, "agent");
	failed(t, find_agent(t, "alefevre", &found));
	assert_false(agent_load(&t->req, "alefevre", hash, &found, NULL));
}

static void a_contact_that_cannot_be_read_opens_nothing(void **state)
{
	struct fixture *t = *state;

	hide(t, "contact");
	failed(t, contact_load(&t->req, "0000000000009", &t->err));
	assert_int_equal(t->req.contact.id, 0);
}

static void an_operation_is_refused_to_who_may_not(void **state)
{
	static const struct api_op mine = { .name = "x", .roles = 1u << ROLE_COUNTER };
	struct fixture *t = *state;

	assert_true(access_check(&t->req, &mine, PERIMETER_OWN, &t->err));
	assert_false(access_check(&t->req, &mine, PERIMETER_BREAK_GLASS, &t->err));
	fixture_refused(t, 403, "perimeter.denied");
	t->req.role = ROLE_SUPERVISOR;
	assert_false(access_check(&t->req, &mine, PERIMETER_OWN, &t->err));
	fixture_refused(t, 403, "role.denied");
}

static void another_caisse_is_entered_whole_or_not(void **state)
{
	struct fixture *t = *state;

	t->req.home = T_CAISSE;
	t->req.contact.file_caisse = T_CAISSE;
	assert_true(access_enter(&t->req, &t->err));
	t->req.contact.file_caisse = T_OTHER_CAISSE;
	assert_true(access_enter(&t->req, &t->err));
	assert_int_equal(t->req.caisse, T_OTHER_CAISSE);
	run(t, "UPDATE caisse SET department = " LONG);
	assert_false(access_enter(&t->req, &t->err));
	run(t, "UPDATE caisse SET name = " LONG);
	assert_false(access_enter(&t->req, &t->err));
	t->req.contact.file_caisse = 9999;
	err_clear(&t->err);
	assert_false(access_enter(&t->req, &t->err));
	fixture_refused(t, 404, "not.found");
	hide(t, "caisse");
	err_clear(&t->err);
	failed(t, access_enter(&t->req, &t->err));
}

static void a_confirmation_that_cannot_be_read_is_none(void **state)
{
	struct fixture *t = *state;

	assert_false(access_confirm(&t->req, &t->err));
	fixture_refused(t, 403, "reauth.needed");
	access_confirmed(t);
	err_clear(&t->err);
	assert_true(access_confirm(&t->req, &t->err));
	hide(t, "session");
	failed(t, access_confirm(&t->req, &t->err));
	give_back(t, "session");
	hide(t, "rule");
	failed(t, access_confirm(&t->req, &t->err));
}

static void no_file_is_open_while_a_table_is_gone(void **state)
{
	static const struct { const char *table; int64_t file_id; } rows[] = {
		{ "file", T_FILE }, { "person", T_FILE }, { "review", T_SENSITIVE },
		{ "review", T_FOREIGN },
	};
	struct fixture *t = *state;
	struct access_review review = { .kind = REVIEW_SENSITIVE, .reference = "",
		.agent_id = T_AGENT };
	struct access_way way;
	int64_t id;

	t->req.home = T_CAISSE;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		hide(t, rows[i].table);
		failed(t, access_find_way(&t->req, rows[i].file_id, &way, &t->err));
		if (rows[i].file_id != T_FOREIGN)
			failed(t, access_file(&t->req, rows[i].file_id, &t->err));
		if (strcmp(rows[i].table, "review") == 0)
			failed(t, access_add_review(&t->req, &review, &id, &t->err));
		give_back(t, rows[i].table);
	}
	assert_true(access_file(&t->req, T_FILE, &t->err));
}

static void let_in(struct fixture *t, int kind, int64_t caisse, int64_t file_id)
{
	const struct access_review review = {
		.kind = kind, .reference = "", .agent_id = T_AGENT,
		.opened_by = T_AGENT, .file_caisse = caisse, .file_id = file_id,
		.until = t->req.now_ms + 30 * MINUTE_MS,
	};
	int64_t id;

	assert_true(access_add_review(&t->req, &review, &id, &t->err));
}

static void who_was_let_in_reads_what_the_table_allows(void **state)
{
	static const struct api_op nothing = { .name = "x" };
	struct fixture *t = *state;
	struct access_way way;

	t->req.home = T_CAISSE;
	let_in(t, REVIEW_SENSITIVE, T_CAISSE, T_SENSITIVE);
	assert_true(access_file(&t->req, T_SENSITIVE, &t->err));
	let_in(t, REVIEW_BREAK_GLASS, T_OTHER_CAISSE, T_FOREIGN);
	t->req.op = &nothing;
	assert_false(access_find_way(&t->req, T_FOREIGN, &way, &t->err));
	fixture_refused(t, 403, "perimeter.denied");
}

#define T(name) cmocka_unit_test_setup_teardown(name, access_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(no_memory_is_no_hash),
		cmocka_unit_test(a_token_has_16_to_63_characters),
		T(without_its_secret_a_draft_has_no_key),
		T(a_session_that_does_not_fit_lets_nobody_in),
		T(a_session_changes_its_token_once),
		T(a_login_finds_an_account_that_is_not_locked),
		T(an_account_that_does_not_fit_is_told),
		T(a_contact_that_cannot_be_read_opens_nothing),
		T(an_operation_is_refused_to_who_may_not),
		T(another_caisse_is_entered_whole_or_not),
		T(a_confirmation_that_cannot_be_read_is_none),
		T(no_file_is_open_while_a_table_is_gone),
		T(who_was_let_in_reads_what_the_table_allows),
	};

	return cmocka_run_group_tests_name("access, failing", tests, NULL, NULL);
}
