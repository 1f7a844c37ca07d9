/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table that cannot be read opens no file and makes no answer up: what fails
 * says so, and is no refusal by rule either. */
#include "access_fixture.h"

#include "access.h"
#include "handlers/handlers.h"
#include "volume.h"

#include <stdio.h>
#include <string.h>

#define SENSITIVE_REVIEW 501

/* An agent whom a supervisor and break-glass have let in already. */
static const char *const rows[] = {
	"INSERT INTO review (caisse, id, kind, state, agent_id, opened_by,"
	" file_caisse, file_id, reason, reference, files, minutes, opened_at,"
	" until) VALUES"
	" (1381, 501, 1, 0, 11, 31, 1381, 103, 0, 'R-1', 0, 0, 1, 9000000000000),"
	" (1381, 502, 0, 0, 11, 0, 1751, 201, 0, 'T-1', 0, 0, 1, 9000000000000)",
	"INSERT INTO rule (name, from_day, value, source) VALUES"
	" ('volume.day', 20260101, 1, ''), ('volume.burst', 20260101, 1, ''),"
	" ('volume.stop', 20260101, 1, '')",
	NULL,
};

static bool open_ordinary(struct fixture *t)
{
	return access_open(t, T_FILE);
}

static bool open_sensitive(struct fixture *t)
{
	return access_open(t, T_SENSITIVE);
}

static bool open_foreign(struct fixture *t)
{
	return access_open(t, T_FOREIGN);
}

static bool be_let_in(struct fixture *t)
{
	return access_glass(t, NIR_FOREIGN);
}

static bool let_in(struct fixture *t)
{
	access_become(t, T_SUPERVISOR, ROLE_SUPERVISOR);
	return access_grant(t, T_SENSITIVE, "bnoel");
}

static bool reach(struct fixture *t)
{
	return access_file(&t->req, T_SENSITIVE, &t->err);
}

static bool enter(struct fixture *t)
{
	t->req.contact.file_caisse = T_OTHER_CAISSE;
	return access_enter(&t->req, &t->err);
}

static bool decide(struct fixture *t)
{
	const struct review_decision body = { .state = REVIEW_UNJUSTIFIED,
		.finding = FINDING_NONE };
	struct review_key key;

	access_become(t, T_SUPERVISOR_2, ROLE_SUPERVISOR);
	id_format(SENSITIVE_REVIEW, key.review_id);
	return fixture_call(t, &api_review_decide, review_decide, &key, &body);
}

static bool list(struct fixture *t)
{
	const struct review_query query = { .state = -1, .kind = -1, .limit = 1 };

	return fixture_call(t, &api_review_list, review_list, &query, NULL);
}

static bool read_trace(struct fixture *t)
{
	const struct journal_query query = { .agent = "alefevre", .limit = 5 };

	return fixture_call(t, &api_journal_list, journal_list, &query, NULL);
}

static bool reveal(struct fixture *t)
{
	const struct reveal_new body = { .field = REVEAL_IBAN };
	struct insured_key key;

	id_format(T_FILE, key.insured_id);
	fixture_contact(t, T_FILE, TIER_STRONG);
	return fixture_call(t, &api_insured_reveal, insured_reveal, &key, &body);
}

static const struct act {
	const char *name;
	bool (*run)(struct fixture *t);
	int uses;                       /* of the tables below, at least */
} acts[] = {
	{ "open_ordinary", open_ordinary, 6 },
	{ "open_sensitive", open_sensitive, 6 },
	{ "open_foreign", open_foreign, 6 },
	{ "be_let_in", be_let_in, 8 },
	{ "let_in", let_in, 7 },
	{ "reach", reach, 4 },
	{ "enter", enter, 1 },
	{ "decide", decide, 4 },
	{ "list", list, 3 },
	{ "read_trace", read_trace, 4 },
	{ "reveal", reveal, 3 },
};

static int setup(void **state)
{
	access_setup(state);
	fixture_run(*state, rows);
	access_confirmed(*state);
	return 0;
}

/* Do the act after `sql`, then take all of it back; false when it failed. */
static bool holds_after(struct fixture *t, const struct act *act, const char *sql)
{
	const struct req before = t->req;
	bool done;

	assert_true(db_begin(t->db, &t->err));
	if (sql)
		assert_true(db_run(t->db, &t->err, NULL, sql, ""));
	done = act->run(t);
	if (!done && (!sql || t->err.code != ERR_SYSTEM || t->err.status))
		fail_msg("%s after %s: %d %s %s", act->name, sql ? sql : "nothing",
			 t->err.status, t->err.word, t->err.text);
	err_clear(&t->err);
	db_settle(t->db);
	db_rollback(t->db);
	buf_fini(&t->req.scratch);
	t->req = before;
	buf_init(&t->req.scratch, 1 << 16);
	return done;
}

static void a_lost_table_opens_nothing_and_refuses_nothing(void **state)
{
	static const char *const lost[] = {
		"ALTER TABLE agent RENAME TO lost",
		"ALTER TABLE audit RENAME TO lost",
		"ALTER TABLE caisse RENAME TO lost",
		"ALTER TABLE contact RENAME TO lost",
		"ALTER TABLE file RENAME TO lost",
		"ALTER TABLE nir_key RENAME TO lost",
		"ALTER TABLE numbering RENAME TO lost",
		"ALTER TABLE office RENAME TO lost",
		"ALTER TABLE person RENAME TO lost",
		"ALTER TABLE review RENAME TO lost",
		"ALTER TABLE rule RENAME TO lost",
		"ALTER TABLE session RENAME TO lost",
	};

	for (size_t i = 0; i < N_ROWS(acts); i++) {
		int failed = 0;

		assert_true(holds_after(*state, &acts[i], NULL));
		for (size_t j = 0; j < N_ROWS(lost); j++)
			failed += !holds_after(*state, &acts[i], lost[j]);
		if (failed < acts[i].uses)
			fail_msg("%s fails without %d tables only", acts[i].name,
				 failed);
	}
}

/* One number a rule, and none that is made up for want of it. */
static void a_missing_rule_is_a_fault(void **state)
{
	static const struct { const char *sql; const struct act *act; } missing[] = {
		{ "DELETE FROM rule WHERE name = 'access.confirm_s'", &acts[3] },
		{ "DELETE FROM rule WHERE name = 'access.minutes'", &acts[3] },
		{ "DELETE FROM rule WHERE name = 'access.tries'", &acts[3] },
		{ "DELETE FROM rule WHERE name = 'volume.day'", &acts[0] },
		{ "DELETE FROM rule WHERE name = 'volume.burst'", &acts[0] },
		{ "DELETE FROM rule WHERE name = 'volume.burst_min'", &acts[0] },
		{ "DELETE FROM rule WHERE name = 'volume.stop'", &acts[0] },
		{ "DELETE FROM rule WHERE name = 'reveal.seconds'", &acts[10] },
	};

	for (size_t i = 0; i < N_ROWS(missing); i++)
		assert_false(holds_after(*state, missing[i].act, missing[i].sql));
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_lost_table_opens_nothing_and_refuses_nothing),
		T(a_missing_rule_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
