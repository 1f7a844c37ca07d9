/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_audit.c changes ten thousand bytes and asks the function; here a sample
 * goes through the command, as who keeps the machine would. */
#include "faults.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define SAMPLE 60

/* A small generator, so that a failure can be had again. */
static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 8;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	return stmt;
}

/* One value of the trace, as it was and as it is made. */
struct turn {
	char column[32];
	sqlite3_value *was;
	int64_t row, number;
	unsigned char bytes[256];
	int size;
	bool is_number;
};

/* Choose a row, a column and a byte of it; false when there is no byte. */
static bool choose(sqlite3 *db, unsigned *seed, struct turn *turn)
{
	sqlite3_stmt *stmt = prepare(db, "SELECT * FROM audit ORDER BY caisse, "
		"seq LIMIT 1 OFFSET abs(?) % (SELECT count(*) FROM audit)");
	int column;

	sqlite3_bind_int64(stmt, 1, next_random(seed));
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	column = (int)(next_random(seed) % (unsigned)sqlite3_column_count(stmt));
	snprintf(turn->column, sizeof(turn->column), "%s",
		 sqlite3_column_name(stmt, column));
	turn->was = sqlite3_value_dup(sqlite3_column_value(stmt, column));
	turn->row = sqlite3_column_int64(stmt, 1);
	turn->is_number = sqlite3_column_type(stmt, column) == SQLITE_INTEGER;
	turn->number = sqlite3_column_int64(stmt, column) ^
		(int64_t)(1ull << next_random(seed) % 62);
	turn->size = sqlite3_column_bytes(stmt, column);
	assert_in_range(turn->size, 0, sizeof(turn->bytes));
	if (turn->size > 0) {
		memcpy(turn->bytes, sqlite3_column_blob(stmt, column),
		       (size_t)turn->size);
		turn->bytes[next_random(seed) % (unsigned)turn->size] ^=
			(unsigned char)(1 + next_random(seed) % 255);
	}
	sqlite3_finalize(stmt);
	return turn->size > 0;
}

/* False when the key of the table refuses the change: two rows of one number. */
static bool write_value(sqlite3 *db, const struct turn *turn, int64_t row,
			bool back)
{
	char sql[96];
	sqlite3_stmt *stmt;
	int result;

	snprintf(sql, sizeof(sql), "UPDATE audit SET %s = ? WHERE seq = ?",
		 turn->column);
	stmt = prepare(db, sql);
	if (back)
		sqlite3_bind_value(stmt, 1, turn->was);
	else if (turn->is_number)
		sqlite3_bind_int64(stmt, 1, turn->number);
	else if (sqlite3_value_type(turn->was) == SQLITE_TEXT)
		sqlite3_bind_text(stmt, 1, (const char *)turn->bytes, turn->size,
				  SQLITE_STATIC);
	else
		sqlite3_bind_blob(stmt, 1, turn->bytes, turn->size,
				  SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 2, row);
	result = sqlite3_step(stmt);
	sqlite3_finalize(stmt);
	if (result == SQLITE_CONSTRAINT)
		return false;
	assert_int_equal(result, SQLITE_DONE);
	assert_int_equal(sqlite3_changes(db), 1);
	return true;
}

void the_command_sees_one_changed_byte_of_the_trace(void **state)
{
	struct desk *desk = *state;
	int done = 0, count = rounds(SAMPLE);
	unsigned seed = 20261121;
	char path[96];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/db", desk->daemon.folder);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(store_number(desk,
		"SELECT count(DISTINCT caisse) FROM audit"), 1);
	assert_true(store_is_sound(desk));
	while (done < count) {
		struct turn turn;

		if (choose(db, &seed, &turn) &&
		    write_value(db, &turn, turn.row, false)) {
			if (store_is_sound(desk))
				fail_msg("change %d, of %s in row %lld, is not seen",
					 done, turn.column, (long long)turn.row);
			assert_true(write_value(db, &turn,
				strcmp(turn.column, "seq") == 0 ? turn.number
								: turn.row, true));
			done++;
		}
		sqlite3_value_free(turn.was);
	}
	sqlite3_close(db);
	print_message("%d changed bytes, all seen\n", done);
	assert_true(store_is_sound(desk));
}
