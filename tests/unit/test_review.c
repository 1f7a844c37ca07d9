/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access_fixture.h"

#include "auth.h"
#include "handlers/handlers.h"
#include "volume.h"

#include <stdio.h>
#include <string.h>

static const struct contact *contact(struct fixture *t)
{
	return rows_at(&t->out, 0);
}

/* Contacts on `count` other files, as many minutes ago. */
static void opened_before(struct fixture *t, int count, int minutes)
{
	int64_t first = access_number(t, "SELECT count(*) FROM contact") + 100000;

	for (int i = 0; i < count; i++)
		assert_true(db_run(t->db, &t->err, NULL,
			"INSERT INTO contact (caisse, id, file_id, agent_id,"
			" office_id, channel, reason, reference, tier, proof,"
			" document, tries, outcome, advised, note, opened_at,"
			" closed_at) VALUES (1381, $1, $1, 11, 21, 0, -1, 'V-1',"
			" 0, -1, -1, 0, -1, -1, '', $2, 0)", "ii", first + i,
			t->req.now_ms - minutes * MINUTE_MS));
}

static int64_t reviews(struct fixture *t, int kind)
{
	struct db_stmt *stmt = db_query(t->db, &t->err,
		"SELECT count(*) FROM review WHERE kind = $1 AND agent_id = 11",
		"i", (int64_t)kind);
	int64_t count;

	assert_true(db_next(stmt, &t->err));
	count = db_int(stmt, 0);
	db_done(stmt);
	return count;
}

static void many_files_in_a_day_are_told_once(void **state)
{
	struct fixture *t = *state;

	opened_before(t, 118, 60);
	assert_true(access_open(t, T_FILE));
	assert_int_equal(contact(t)->files_today, 119);
	assert_int_equal(contact(t)->volume, VOLUME_USUAL);
	assert_int_equal(reviews(t, REVIEW_VOLUME), 0);
	/* the same file again is no more */
	assert_true(access_open(t, T_FILE));
	assert_int_equal(contact(t)->files_today, 119);
	opened_before(t, 1, 60);
	assert_true(access_open(t, T_FILE));
	assert_int_equal(contact(t)->files_today, 120);
	assert_int_equal(contact(t)->volume, VOLUME_ALERT);
	assert_int_equal(reviews(t, REVIEW_VOLUME), 1);
	opened_before(t, 5, 60);
	assert_true(access_open(t, T_FILE));
	assert_int_equal(reviews(t, REVIEW_VOLUME), 1);
}

static void many_files_in_ten_minutes_are_told(void **state)
{
	struct fixture *t = *state;

	opened_before(t, 28, 9);
	opened_before(t, 20, 11);
	assert_true(access_open(t, T_FILE));
	assert_int_equal(contact(t)->volume, VOLUME_USUAL);
	opened_before(t, 1, 9);
	assert_true(access_open(t, T_FILE));
	assert_int_equal(contact(t)->volume, VOLUME_ALERT);
	assert_int_equal(reviews(t, REVIEW_VOLUME), 1);
	assert_int_equal(access_number(t, "SELECT minutes FROM review"), 10);
	assert_int_equal(access_number(t, "SELECT files FROM review"), 30);
}

static void yesterday_is_not_today(void **state)
{
	struct fixture *t = *state;

	/* 11:00 in Paris */
	opened_before(t, 300, 11 * 60 + 1);
	assert_true(access_open(t, T_FILE));
	assert_int_equal(contact(t)->files_today, 1);
	opened_before(t, 1, 11 * 60);
	assert_true(access_open(t, T_FILE));
	assert_int_equal(contact(t)->files_today, 2);
}

static bool decide(struct fixture *t, int64_t id, int decision)
{
	struct review_key key;
	const struct review_decision body = { .state = decision,
		.finding = FINDING_LOAD };

	id_format(id, key.review_id);
	return fixture_call(t, &api_review_decide, review_decide, &key, &body);
}

static void too_many_files_stop_until_a_supervisor_has_looked(void **state)
{
	struct fixture *t = *state;
	int64_t stop;

	opened_before(t, 299, 60);
	assert_true(access_open(t, T_FILE));
	assert_int_equal(contact(t)->volume, VOLUME_STOP);
	assert_int_equal(reviews(t, REVIEW_STOP), 1);
	assert_true(access_open(t, T_FILE));
	fixture_person(t, T_CAISSE, &(struct fixture_person){ 131, 131,
		KIN_INSURED, 19500112, "1500138185004", "Martin", NULL, "Jean" });
	assert_false(access_open(t, 131));
	fixture_refused(t, 403, "volume.stopped");
	assert_int_equal(reviews(t, REVIEW_STOP), 1);

	stop = access_number(t, "SELECT id FROM review WHERE kind = 3");
	access_become(t, T_SUPERVISOR, ROLE_SUPERVISOR);
	assert_true(decide(t, stop, REVIEW_JUSTIFIED));
	access_become(t, T_AGENT, ROLE_COUNTER);
	assert_true(access_open(t, 131));
	assert_int_equal(contact(t)->files_today, 301);
	assert_int_equal(contact(t)->volume, VOLUME_ALERT);
}

static void a_stop_that_is_not_justified_lasts_all_day(void **state)
{
	struct fixture *t = *state;

	opened_before(t, 299, 60);
	assert_true(access_open(t, T_FILE));
	access_become(t, T_SUPERVISOR, ROLE_SUPERVISOR);
	assert_true(decide(t, access_number(t,
		"SELECT id FROM review WHERE kind = 3"), REVIEW_UNJUSTIFIED));
	access_become(t, T_AGENT, ROLE_COUNTER);
	assert_false(access_open(t, T_OWN));
	fixture_refused(t, 403, "file.own");
	fixture_person(t, T_CAISSE, &(struct fixture_person){ 131, 131,
		KIN_INSURED, 19500112, "1500138185004", "Martin", NULL, "Jean" });
	assert_false(access_open(t, 131));
	fixture_refused(t, 403, "volume.stopped");
}

static void the_limits_are_dated_rules(void **state)
{
	struct fixture *t = *state;

	fixture_run(t, (const char *const[]){
		"INSERT INTO rule (name, from_day, value, source) VALUES"
		" ('volume.stop', 20261121, 2, ''),"
		" ('volume.day', 20261122, 1, '')", NULL });
	opened_before(t, 1, 60);
	assert_true(access_open(t, T_FILE));
	assert_int_equal(contact(t)->volume, VOLUME_STOP);
	assert_int_equal(reviews(t, REVIEW_VOLUME), 0);
}

/* The row that lets T_AGENT into the sensitive file. */
static int64_t granted(struct fixture *t)
{
	access_become(t, T_SUPERVISOR, ROLE_SUPERVISOR);
	access_confirmed(t);
	assert_true(access_grant(t, T_SENSITIVE, "alefevre"));
	return access_number(t, "SELECT max(id) FROM review");
}

static void neither_who_reads_nor_who_let_in_decides(void **state)
{
	struct fixture *t = *state;
	int64_t id = granted(t);

	assert_false(decide(t, id, REVIEW_JUSTIFIED));
	fixture_refused(t, 403, "review.own");
	access_become(t, T_AGENT, ROLE_SUPERVISOR);
	assert_false(decide(t, id, REVIEW_JUSTIFIED));
	fixture_refused(t, 403, "review.own");
	access_become(t, T_SUPERVISOR_2, ROLE_SUPERVISOR);
	assert_false(decide(t, id, REVIEW_PENDING));
	fixture_refused(t, 422, "review.state");
	assert_true(decide(t, id, REVIEW_JUSTIFIED));
	assert_string_equal(((const struct review *)rows_at(&t->out, 0))->decided_by,
			    "bcolin");
	assert_false(decide(t, id, REVIEW_UNJUSTIFIED));
	fixture_refused(t, 409, "review.decided");
	assert_false(decide(t, 999, REVIEW_JUSTIFIED));
	fixture_refused(t, 404, "not.found");
	/* nor does a hand in the database */
	assert_false(db_run(t->db, &t->err, NULL, "UPDATE review SET decided_by ="
			    " agent_id", ""));
	assert_false(db_run(t->db, &t->err, NULL, "UPDATE review SET decided_by ="
			    " opened_by", ""));
}

static void what_is_not_justified_ends_at_once(void **state)
{
	struct fixture *t = *state;
	int64_t id = granted(t);
	char contact_id[ID_TEXT];

	access_become(t, T_AGENT, ROLE_COUNTER);
	assert_true(access_open(t, T_SENSITIVE));
	memcpy(contact_id, contact(t)->id, sizeof(contact_id));
	assert_true(contact_load(&t->req, contact_id, &t->err));
	access_become(t, T_SUPERVISOR_2, ROLE_SUPERVISOR);
	assert_true(decide(t, id, REVIEW_UNJUSTIFIED));
	access_become(t, T_AGENT, ROLE_COUNTER);
	assert_false(contact_load(&t->req, contact_id, &t->err));
	fixture_refused(t, 403, "access.ended");
	t->req.contact = (struct req_contact){ 0 };
	assert_false(access_open(t, T_SENSITIVE));
	fixture_refused(t, 403, "file.sensitive");
}

static bool list(struct fixture *t, int wanted, int kind, const char *agent)
{
	struct review_query query = { .state = wanted, .kind = kind,
		.limit = CODEC_NONE };

	snprintf(query.agent, sizeof(query.agent), "%s", agent);
	return fixture_call(t, &api_review_list, review_list, &query, NULL);
}

static const struct review_totals *totals(struct fixture *t)
{
	return t->req.envelope;
}

static void the_queue_holds_what_waits_in_the_caisse(void **state)
{
	static const struct { int state, kind; const char *agent; size_t count; }
	rows[] = {
		{ -1, -1, "", 2 }, { REVIEW_PENDING, -1, "", 1 },
		{ REVIEW_JUSTIFIED, -1, "", 1 }, { REVIEW_UNJUSTIFIED, -1, "", 0 },
		{ -1, REVIEW_BREAK_GLASS, "", 1 }, { -1, REVIEW_STOP, "", 0 },
		{ -1, -1, "alefevre", 2 }, { -1, -1, "bnoel", 0 },
	};
	struct fixture *t = *state;
	int64_t id = granted(t);
	const struct review *told;

	access_become(t, T_AGENT, ROLE_COUNTER);
	access_confirmed(t);
	t->req.now_ms++;
	assert_true(access_glass(t, NIR_FOREIGN));
	access_become(t, T_SUPERVISOR_2, ROLE_SUPERVISOR);
	assert_true(decide(t, id, REVIEW_JUSTIFIED));
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		assert_true(list(t, rows[i].state, rows[i].kind, rows[i].agent));
		assert_int_equal(t->out.count, rows[i].count);
		assert_int_equal(totals(t)->pending, 1);
	}
	assert_true(list(t, -1, -1, ""));
	told = rows_at(&t->out, 0);
	assert_int_equal(told->kind, REVIEW_BREAK_GLASS);
	assert_string_equal(told->agent_name, "A. Lefèvre");
	assert_string_equal(told->caisse, "01751");
	assert_string_equal(told->reference, "T-12");
	assert_false(told->mine);
	t->req.home = t->req.caisse = T_OTHER_CAISSE;
	assert_true(list(t, -1, -1, ""));
	assert_int_equal(t->out.count, 0);
	assert_int_equal(totals(t)->pending, 0);
}

static void the_queue_is_read_page_after_page(void **state)
{
	struct review_query query = { .state = -1, .kind = -1, .limit = 2 };
	struct fixture *t = *state;
	size_t seen = 0;

	for (int i = 0; i < 5; i++) {
		granted(t);
		t->req.now_ms += i % 2;
	}
	do {
		assert_true(fixture_call(t, &api_review_list, review_list, &query,
					 NULL));
		seen += t->out.count;
		memcpy(query.cursor, t->req.cursor, sizeof(query.cursor));
	} while (*query.cursor);
	assert_int_equal(seen, 5);
}

#define T(name) cmocka_unit_test_setup_teardown(name, access_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(many_files_in_a_day_are_told_once),
		T(many_files_in_ten_minutes_are_told),
		T(yesterday_is_not_today),
		T(too_many_files_stop_until_a_supervisor_has_looked),
		T(a_stop_that_is_not_justified_lasts_all_day),
		T(the_limits_are_dated_rules),
		T(neither_who_reads_nor_who_let_in_decides),
		T(what_is_not_justified_ends_at_once),
		T(the_queue_holds_what_waits_in_the_caisse),
		T(the_queue_is_read_page_after_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
