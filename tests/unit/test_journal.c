/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access_fixture.h"

#include "audit.h"
#include "handlers/handlers.h"

#include <stdio.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)

static const struct {
	int64_t agent_id, office_id, file_id;
	int day, status;                /* days ago */
	const char *operation;
} acts[] = {
	{ T_AGENT, T_OFFICE, T_FILE, 2, 200, "insured.get" },
	{ T_AGENT, T_OFFICE, T_FILE, 2, 200, "payment.list" },
	{ T_COLLEAGUE, 22, T_FILE, 1, 200, "insured.get" },
	{ T_COLLEAGUE, 22, T_SENSITIVE, 1, 403, "contact.create" },
	{ T_AGENT, T_OFFICE, T_SENSITIVE, 0, 200, "insured.get" },
	{ T_AGENT, T_OFFICE, 0, 0, 200, "insured.search" },
};

static int setup(void **state)
{
	struct audit_head head = { 0 };
	struct fixture *t;

	access_setup(state);
	t = *state;
	fixture_run(t, (const char *const[]){
		"INSERT INTO contact (caisse, id, file_id, agent_id, office_id,"
		" channel, reason, reference, tier, proof, document, tries,"
		" outcome, advised, note, opened_at, closed_at, motive) VALUES"
		" (1381, 900, 101, 11, 21, 1, 0, 'APPEL-26-000007', 0, -1, -1, 0,"
		" -1, -1, '', 0, 0, 1)", NULL });
	for (size_t i = 0; i < N_ROWS(acts); i++) {
		const struct audit_row row = { .caisse = T_CAISSE,
			.at = t->req.now_ms - acts[i].day * DAY_MS,
			.agent_id = acts[i].agent_id,
			.office_id = acts[i].office_id,
			.contact_id = i == 0 ? 900 : 0,
			.file_id = acts[i].file_id,
			.operation = acts[i].operation, .object = "D-1",
			.trace = "0af7651916cd43dd8448eb211c80319c",
			.status = acts[i].status };

		assert_true(audit_append(t->db, &head, &row, &t->err));
	}
	access_become(t, T_SUPERVISOR, ROLE_SUPERVISOR);
	return 0;
}

static bool list(struct fixture *t, const struct journal_query *query)
{
	struct journal_query whole = *query;

	if (whole.limit == 0)
		whole.limit = CODEC_NONE;
	return fixture_call(t, &api_journal_list, journal_list, &whole, NULL);
}

static void check(struct fixture *t, const struct journal_query *query,
		  const char *numbers)
{
	char found[64] = "";

	assert_true(list(t, query));
	for (size_t i = 0; i < t->out.count; i++) {
		const struct journal_line *line = rows_at(&t->out, i);
		size_t at = strlen(found);

		snprintf(found + at, sizeof(found) - at, "%lld",
			 (long long)line->number);
	}
	assert_string_equal(found, numbers);
}

static void the_trace_is_read_by_agent_file_operation_day_and_office(void **state)
{
	struct fixture *t = *state;
	char file[ID_TEXT], office[ID_TEXT];
	struct journal_query query = { 0 };

	id_format(T_FILE, file);
	id_format(22, office);
	check(t, &query, "654321");
	check(t, &(struct journal_query){ .agent = "alefevre" }, "6521");
	check(t, &(struct journal_query){ .agent = "nobody" }, "");
	check(t, &(struct journal_query){ .agent = "fblanc" }, "");
	check(t, &(struct journal_query){ .operation = "insured.get" }, "531");
	check(t, &(struct journal_query){ .refused = true }, "4");
	check(t, &(struct journal_query){ .from = { 2026, 11, 20 } }, "6543");
	check(t, &(struct journal_query){ .to = { 2026, 11, 19 } }, "21");
	check(t, &(struct journal_query){ .from = { 2026, 11, 20 },
		.to = { 2026, 11, 20 } }, "43");
	memcpy(query.insured_id, file, sizeof(file));
	check(t, &query, "321");
	snprintf(query.agent, sizeof(query.agent), "alefevre");
	check(t, &query, "21");
	snprintf(query.operation, sizeof(query.operation), "payment.list");
	check(t, &query, "2");
	query = (struct journal_query){ 0 };
	memcpy(query.office_id, office, sizeof(office));
	check(t, &query, "43");
}

static void a_line_says_who_when_why_and_no_value(void **state)
{
	struct fixture *t = *state;
	const struct journal_line *line;

	assert_true(list(t, &(struct journal_query){ 0 }));
	line = rows_at(&t->out, 5);
	assert_string_equal(line->agent, "alefevre");
	assert_string_equal(line->agent_name, "A. Lefèvre");
	assert_string_equal(line->office, "Grenoble");
	assert_string_equal(line->reference, "APPEL-26-000007");
	assert_int_equal(line->motive, MOTIVE_CALL);
	assert_int_equal(line->channel, CHANNEL_PHONE);
	assert_string_equal(line->trace, "1c80319c");
	line = rows_at(&t->out, 4);
	assert_string_equal(line->person, "Dupont Éléonore");
	assert_int_equal(line->motive, -1);
	assert_int_equal(line->channel, -1);
	assert_string_equal(line->contact_id, "");
	line = rows_at(&t->out, 0);
	assert_string_equal(line->person, "");
}

static void the_trace_is_read_page_after_page(void **state)
{
	struct fixture *t = *state;
	struct journal_query query = { .limit = 2, .to = { 2026, 11, 20 } };
	size_t pages = 0, lines = 0;

	do {
		assert_true(list(t, &query));
		lines += t->out.count;
		pages++;
		memcpy(query.cursor, t->req.cursor, sizeof(query.cursor));
	} while (*query.cursor);
	assert_int_equal(lines, 4);
	assert_int_equal(pages, 2);
	/* a page of one question is no page of another */
	query = (struct journal_query){ .limit = 2 };
	assert_true(list(t, &query));
	memcpy(query.cursor, t->req.cursor, sizeof(query.cursor));
	query.refused = true;
	assert_false(list(t, &query));
	fixture_refused(t, 400, "cursor.invalid");
}

static void each_caisse_reads_its_own_trace(void **state)
{
	struct fixture *t = *state;
	struct journal_query query = { 0 };

	t->req.home = t->req.caisse = T_OTHER_CAISSE;
	check(t, &query, "");
	id_format(T_FILE, query.insured_id);
	check(t, &query, "");
}

static void an_export_is_told_from_a_look(void **state)
{
	struct fixture *t = *state;
	struct journal_query query = { .agent = "alefevre" };

	id_format(T_FILE, query.insured_id);
	assert_true(list(t, &query));
	assert_string_equal(t->req.object, "read alefevre");
	assert_int_equal(t->req.file_id, T_FILE);
	query.export = true;
	assert_true(list(t, &query));
	assert_string_equal(t->req.object, "export alefevre");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_trace_is_read_by_agent_file_operation_day_and_office),
		T(a_line_says_who_when_why_and_no_value),
		T(the_trace_is_read_page_after_page),
		T(each_caisse_reads_its_own_trace),
		T(an_export_is_told_from_a_look),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
