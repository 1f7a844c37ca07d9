/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hand in the trace: bytes changed, rows taken away, rows that change places,
 * ends cut off, and ends made again with hashes that hold.  All are found, the
 * last two by the witness.  GUICHET_ROUNDS hands in GUICHET_ROWS rows. */
#include "../unit/backend_fixture.h"

#include "audit.h"
#include "witness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROUNDS 1000
#define ROWS 1500
#define ROWS_A_DAY 400
#define START (INT64_C(20454) * AUDIT_DAY_MS)   /* 2026-01-01 */
#define CUT_MOST 200

enum hand { CHANGE, REMOVE, SWAP, CUT, REMAKE, HANDS };

static const char *const hands[HANDS] = {
	[CHANGE] = "bytes changed", [REMOVE] = "rows taken away",
	[SWAP] = "rows that change places", [CUT] = "ends cut off",
	[REMAKE] = "ends made again",
};

static const char *const numbers[] = { "at", "agent_id", "office_id",
	"contact_id", "file_id", "status", "seq" };
static const char *const texts[] = { "operation", "object", "trace", "hash" };

static int64_t rows;
static unsigned seed = 20261121;

/* A small generator, so that a failure can be had again. */
static int64_t below(int64_t limit)
{
	seed = seed * 1103515245u + 12345u;
	return (int64_t)(seed >> 4) % limit;
}

static int64_t wanted(const char *name, int64_t usual)
{
	const char *text = getenv(name);
	int64_t number = text ? strtoll(text, NULL, 10) : 0;

	return number > 0 && number <= 10000000 ? number : usual;
}

static struct audit_row row_of(int64_t seq)
{
	return (struct audit_row){
		.caisse = T_CAISSE, .agent_id = T_AGENT + seq % 7,
		.at = START + seq * (AUDIT_DAY_MS / ROWS_A_DAY),
		.office_id = T_OFFICE, .contact_id = seq % 50, .file_id = seq % 900,
		.operation = seq % 3 ? "payment.list" : "insured.get",
		.object = seq % 2 ? "CEAM-26-000001" : "X", .status = 200,
		.trace = "4bf92f3577b34da6a3ce929d0e0e4736",
	};
}

static void run(struct fixture *t, const char *sql, int64_t a, int64_t b)
{
	assert_true(db_run(t->db, &t->err, NULL, sql, "ii", a, b));
}

static void fill(struct fixture *t)
{
	struct audit_head head = { 0 };

	assert_true(db_begin(t->db, &t->err));
	for (int64_t seq = 1; seq <= rows; seq++) {
		struct audit_row row = row_of(seq);

		assert_true(audit_append(t->db, &head, &row, &t->err));
	}
	assert_true(db_commit(t->db, &t->err));
}

static void change_text(struct fixture *t, const char *column, int64_t seq)
{
	char sql[96], bytes[64];
	struct db_stmt *stmt;
	struct db_blob blob;

	snprintf(sql, sizeof(sql), "SELECT %s FROM audit WHERE seq = $1", column);
	stmt = db_query(t->db, &t->err, sql, "i", seq);
	assert_true(db_next(stmt, &t->err));
	blob = db_bytes(stmt, 0);
	assert_in_range(blob.size, 1, sizeof(bytes));
	memcpy(bytes, blob.data, blob.size);
	db_done(stmt);
	bytes[below((int64_t)blob.size)] ^= (char)(1 + below(255));
	blob.data = bytes;
	snprintf(sql, sizeof(sql), "UPDATE audit SET %s = $1 WHERE seq = $2", column);
	assert_true(db_run(t->db, &t->err, NULL, sql, "bi", &blob, seq));
}

static void change(struct fixture *t)
{
	size_t column = (size_t)below(N_ROWS(numbers) + N_ROWS(texts));
	int64_t seq = 1 + below(rows);
	char sql[96];

	if (column >= N_ROWS(numbers)) {
		change_text(t, texts[column - N_ROWS(numbers)], seq);
		return;
	}
	/* Above every other number, so that the key lets it in. */
	snprintf(sql, sizeof(sql), "UPDATE audit SET %1$s = %1$s + $1 WHERE seq = $2",
		 numbers[column]);
	run(t, sql, rows + (INT64_C(1) << below(40)), seq);
}

static void swap(struct fixture *t)
{
	static const char move[] = "UPDATE audit SET seq = $1 WHERE seq = $2";
	int64_t a = 1 + below(rows - 1), b = a + 1 + below(rows - a);

	run(t, move, -1, a);
	run(t, move, a, b);
	run(t, move, b, -1);
}

/* Take the end away, as it was before: the days that began in it too. */
static void cut(struct fixture *t, int64_t last)
{
	struct db_stmt *stmt;
	int64_t day;

	run(t, "DELETE FROM audit WHERE caisse = $1 AND seq > $2", T_CAISSE, last);
	stmt = db_query(t->db, &t->err, "SELECT max(at) / 86400000 FROM audit "
			"WHERE caisse = $1", "i", (int64_t)T_CAISSE);
	assert_true(db_next(stmt, &t->err));
	day = db_int(stmt, 0);
	db_done(stmt);
	run(t, "DELETE FROM audit_day WHERE caisse = $1 AND day > $2", T_CAISSE,
	    day);
	run(t, "UPDATE audit_day SET last_seq = 0, head = x'' WHERE caisse = $1 "
	    "AND day = $2", T_CAISSE, day);
}

/* The same end with another agent in one of its rows. */
static void remake(struct fixture *t)
{
	int64_t from = rows - below(CUT_MOST);
	struct audit_head head = { 0 };

	cut(t, from - 1);
	for (int64_t seq = from; seq <= rows; seq++) {
		struct audit_row row = row_of(seq);

		row.agent_id += seq == from;
		assert_true(audit_append(t->db, &head, &row, &t->err));
	}
}

static void play(struct fixture *t, enum hand hand)
{
	switch (hand) {
	case CHANGE:
		change(t);
		break;
	case REMOVE:
		run(t, "DELETE FROM audit WHERE caisse = $1 AND seq = $2", T_CAISSE,
		    1 + below(rows - 1));
		break;
	case SWAP:
		swap(t);
		break;
	case CUT:
		cut(t, rows - 1 - below(CUT_MOST));
		break;
	default:
		remake(t);
	}
}

static bool holds(struct fixture *t)
{
	struct audit_report report;

	err_clear(&t->err);
	return audit_verify(t->db, AUDIT_WHOLE, &report, &t->err);
}

static bool is_told(struct fixture *t, const char *witness)
{
	struct witness_report report;

	return witness_compare(witness, t->db, false, &report, &t->err);
}

static void each_hand_in_the_trace_is_found(void **state)
{
	struct fixture *t = *state;
	int64_t count = wanted("GUICHET_ROUNDS", ROUNDS), played[HANDS] = { 0 };
	int64_t by_witness = 0;
	struct witness *witness;
	char path[96];

	rows = wanted("GUICHET_ROWS", ROWS);
	fill(t);
	snprintf(path, sizeof(path), "%s-witness", t->path);
	witness = witness_open(path, t->path, &t->err);
	assert_non_null(witness);
	assert_true(witness_tell(witness, START, &t->err));
	witness_close(witness);
	assert_true(holds(t) && is_told(t, path));
	for (int64_t i = 0; i < count; i++) {
		enum hand hand = (enum hand)(i % HANDS);
		bool seen;

		assert_true(db_begin(t->db, &t->err));
		play(t, hand);
		seen = !holds(t);
		/* Those that only a witness can see are made to hold alone. */
		if (hand >= CUT && seen)
			fail_msg("hand %lld is not well made: %s", (long long)i,
				 t->err.text);
		by_witness += !seen;
		if (!seen && is_told(t, path))
			fail_msg("hand %lld, of %s, is not found", (long long)i,
				 hands[hand]);
		assert_string_equal(t->err.word, AUDIT_BROKEN);
		db_rollback(t->db);
		played[hand]++;
	}
	assert_true(holds(t) && is_told(t, path));
	unlink(path);
	for (int i = 0; i < HANDS; i++)
		print_message("%s: %lld, all found\n", hands[i],
			      (long long)played[i]);
	print_message("%lld hands in %lld rows, %lld found by the witness alone\n",
		      (long long)count, (long long)rows, (long long)by_witness);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_hand_in_the_trace_is_found,
						fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}
