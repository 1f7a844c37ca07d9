/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend_fixture.h"

#include "audit.h"

#include <stdio.h>
#include <string.h>

#define ROWS 12                         /* of each caisse */
#define MUTATIONS 10000

static const int64_t caisses[] = { T_CAISSE, T_OTHER_CAISSE };

static const char all[] = "SELECT caisse, seq, at, agent_id, office_id, "
	"contact_id, file_id, status, operation, object, trace, hash FROM audit "
	"WHERE caisse = $1 AND seq = $2";

static void append(struct fixture *t, struct audit_head *head, int64_t caisse,
		   int i)
{
	const struct audit_row row = {
		.caisse = caisse, .at = (4 * 20775 + i) * (AUDIT_DAY_MS / 4),
		.agent_id = T_AGENT,
		.office_id = T_OFFICE, .contact_id = i % 3, .file_id = i % 2 * 77,
		.operation = i % 2 ? "payment.list" : "insured.search",
		.object = i % 2 ? "CEAM-26-000001" : "", .status = 200,
		.trace = "4bf92f3577b34da6a3ce929d0e0e4736",
	};

	assert_true(audit_append(t->db, head, &row, &t->err));
}

static int setup(void **state)
{
	struct audit_head head = { 0 };
	struct fixture *t;

	assert_int_equal(fixture_setup(state), 0);
	t = *state;
	assert_true(db_begin(t->db, &t->err));
	for (int i = 0; i < ROWS; i++)
		for (size_t c = 0; c < N_ROWS(caisses); c++)
			append(t, &head, caisses[c], i);
	assert_true(db_commit(t->db, &t->err));
	return 0;
}

static bool verify(struct fixture *t, struct audit_report *report)
{
	err_clear(&t->err);
	return audit_verify(t->db, AUDIT_WHOLE, report, &t->err);
}

static void a_chain_left_alone_holds(void **state)
{
	struct fixture *t = *state;
	struct audit_report report;

	assert_true(verify(t, &report));
	assert_int_equal(report.rows, ROWS * N_ROWS(caisses));
	assert_int_equal(report.caisses, N_ROWS(caisses));
	assert_int_equal(report.bad_seq, 0);
}

static void a_chain_goes_on_where_another_transaction_left_it(void **state)
{
	struct fixture *t = *state;
	struct audit_head fresh = { 0 };
	struct audit_report report;

	append(t, &fresh, T_CAISSE, 5);
	assert_int_equal(fresh.seq, ROWS + 1);
	assert_true(verify(t, &report));
	assert_int_equal(report.rows, ROWS * N_ROWS(caisses) + 1);
}

/* A small generator, so that a failure can be had again. */
static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 8;
}

static const char *const numbers[] = { "caisse", "seq", "at", "agent_id",
	"office_id", "contact_id", "file_id", "status" };
static const char *const texts[] = { "operation", "object", "trace", "hash" };

/* Change one byte of one column of one row; false when it has no byte. */
static bool mutate(struct fixture *t, unsigned *seed, struct db_stmt *stmt)
{
	int column = (int)(next_random(seed) % (N_ROWS(numbers) + N_ROWS(texts)));
	int64_t caisse = db_int(stmt, 0), seq = db_int(stmt, 1);
	unsigned char flip = (unsigned char)(1 + next_random(seed) % 255);
	char sql[128], bytes[64];
	struct db_blob blob;

	if (column < (int)N_ROWS(numbers)) {
		int64_t value = db_int(stmt, column) ^
			(int64_t)((uint64_t)flip << 8 * (next_random(seed) % 8));

		snprintf(sql, sizeof(sql), "UPDATE OR IGNORE audit SET %s = $1 "
			 "WHERE caisse = $2 AND seq = $3", numbers[column]);
		return db_run(t->db, &t->err, NULL, sql, "iii", value, caisse, seq);
	}
	blob = db_bytes(stmt, column);
	if (blob.size == 0)
		return false;
	memcpy(bytes, blob.data, blob.size);
	bytes[next_random(seed) % blob.size] ^= (char)flip;
	blob.data = bytes;
	snprintf(sql, sizeof(sql), "UPDATE audit SET %s = $1 WHERE caisse = $2 "
		 "AND seq = $3", texts[column - (int)N_ROWS(numbers)]);
	return db_run(t->db, &t->err, NULL, sql, "bii", &blob, caisse, seq);
}

static int64_t rows_changed(struct fixture *t)
{
	struct db_stmt *stmt = db_query(t->db, &t->err, "SELECT changes()", "");
	int64_t changed;

	assert_true(db_next(stmt, &t->err));
	changed = db_int(stmt, 0);
	db_done(stmt);
	return changed;
}

static void each_of_ten_thousand_changed_bytes_is_seen(void **state)
{
	struct fixture *t = *state;
	struct audit_report report;
	unsigned seed = 20261121;

	for (int done = 0; done < MUTATIONS;) {
		int64_t caisse = caisses[next_random(&seed) % N_ROWS(caisses)];
		int64_t seq = 1 + next_random(&seed) % ROWS;
		struct db_stmt *stmt;
		bool changed;

		assert_true(db_begin(t->db, &t->err));
		stmt = db_query(t->db, &t->err, all, "ii", caisse, seq);
		assert_true(db_next(stmt, &t->err));
		changed = mutate(t, &seed, stmt);
		db_done(stmt);
		/* A key that another row has already was not written. */
		if (changed && rows_changed(t) == 1) {
			if (verify(t, &report))
				fail_msg("mutation %d is not seen", done);
			assert_int_equal(t->err.code, ERR_INVALID);
			done++;
		}
		db_rollback(t->db);
	}
}

static void a_row_taken_away_is_seen(void **state)
{
	struct fixture *t = *state;
	struct audit_report report;

	for (int64_t seq = 1; seq < ROWS; seq++) {
		assert_true(db_begin(t->db, &t->err));
		assert_true(db_run(t->db, &t->err, NULL, "DELETE FROM audit "
			"WHERE caisse = $1 AND seq = $2", "ii",
			(int64_t)T_CAISSE, seq));
		assert_false(verify(t, &report));
		assert_int_equal(report.bad_seq, seq + 1);
		db_rollback(t->db);
	}
}

static void two_rows_that_change_places_are_seen(void **state)
{
	struct fixture *t = *state;
	struct audit_report report;
	static const char move[] = "UPDATE audit SET seq = $1 WHERE caisse = $2 "
		"AND seq = $3";

	assert_true(db_run(t->db, &t->err, NULL, move, "iii", (int64_t)99,
			   (int64_t)T_CAISSE, (int64_t)4));
	assert_true(db_run(t->db, &t->err, NULL, move, "iii", (int64_t)4,
			   (int64_t)T_CAISSE, (int64_t)5));
	assert_true(db_run(t->db, &t->err, NULL, move, "iii", (int64_t)5,
			   (int64_t)T_CAISSE, (int64_t)99));
	assert_false(verify(t, &report));
	assert_int_equal(report.bad_caisse, T_CAISSE);
	assert_int_equal(report.bad_seq, 4);
}

static void an_end_cut_off_shows_in_the_last_hash(void **state)
{
	struct fixture *t = *state;
	struct audit_report before, after;

	assert_true(verify(t, &before));
	assert_true(db_run(t->db, &t->err, NULL, "DELETE FROM audit "
		"WHERE caisse = $1 AND seq = $2", "ii", (int64_t)T_OTHER_CAISSE,
		(int64_t)ROWS));
	assert_true(verify(t, &after));
	assert_memory_not_equal(before.head, after.head, AUDIT_HASH_SIZE);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

static const struct audit_row tomorrow = {
	.caisse = T_CAISSE, .at = 20800 * AUDIT_DAY_MS, .agent_id = T_AGENT,
	.operation = "payment.list", .object = "", .status = 200, .trace = "",
};

/* No row where the chain cannot be read, or its day not ended. */
static void without_its_tables_no_row_is_added(void **state)
{
	static const char *const gone[] = {
		"ALTER TABLE audit_day RENAME TO day_elsewhere",
		"ALTER TABLE audit RENAME TO elsewhere",
	};
	struct fixture *t = *state;
	struct audit_head head = { .caisse = T_CAISSE }, known = head;
	int64_t caisse = 0;
	bool more;

	assert_true(audit_head_load(t->db, &known, &t->err));
	known.known = true;
	for (size_t i = 0; i < N_ROWS(gone); i++) {
		struct audit_head fresh = { 0 }, ended = known, begun = known;

		fixture_run(t, (const char *const[]){ gone[i], NULL });
		begun.day = 0;
		assert_false(audit_append(t->db, &fresh, &tomorrow, &t->err));
		assert_false(audit_append(t->db, &ended, &tomorrow, &t->err));
		assert_false(audit_append(t->db, &begun, &tomorrow, &t->err));
		assert_false(fresh.known || ended.known || begun.known);
		assert_int_equal(t->err.code, ERR_SYSTEM);
		assert_false(audit_head_load(t->db, &head, NULL));
		assert_false(audit_next_caisse(t->db, &caisse, &more, &t->err));
	}
	fixture_run(t, (const char *const[]){
		"ALTER TABLE day_elsewhere RENAME TO audit_day", NULL });
	assert_false(audit_append(t->db, &known, &tomorrow, &t->err));
}

/* It breaks the chain: verification tells where. */
static void a_hash_of_another_size_is_not_gone_on_from(void **state)
{
	static const unsigned char none[AUDIT_HASH_SIZE];
	struct fixture *t = *state;
	struct audit_head head = { .caisse = T_CAISSE };
	struct audit_report report;

	fixture_run(t, (const char *const[]){ "UPDATE audit SET hash = x'00'"
		" WHERE caisse = 1381 AND seq = 12", NULL });
	assert_true(audit_head_load(t->db, &head, &t->err));
	assert_int_equal(head.seq, ROWS);
	assert_memory_equal(head.hash, none, AUDIT_HASH_SIZE);
	assert_false(verify(t, &report));
	assert_int_equal(report.bad_seq, ROWS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_chain_left_alone_holds),
		T(a_chain_goes_on_where_another_transaction_left_it),
		T(each_of_ten_thousand_changed_bytes_is_seen),
		T(a_row_taken_away_is_seen),
		T(two_rows_that_change_places_are_seen),
		T(an_end_cut_off_shows_in_the_last_hash),
		T(without_its_tables_no_row_is_added),
		T(a_hash_of_another_size_is_not_gone_on_from),
	};

	return cmocka_run_group_tests_name("audit", tests, NULL, NULL);
}
