/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faults.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static sqlite3 *open_db(const struct desk *desk)
{
	char path[96];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/db", desk->daemon.folder);
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL),
			 SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	return db;
}

int64_t store_number(const struct desk *desk, const char *sql)
{
	sqlite3 *db = open_db(desk);
	sqlite3_stmt *stmt;
	int64_t number;

	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	number = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return number;
}

/* FNV-1a over every value of every row. */
static uint64_t print_table(sqlite3 *db, const char *table, uint64_t print)
{
	sqlite3_stmt *stmt;
	char sql[96];

	snprintf(sql, sizeof(sql), "SELECT * FROM %s", table);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(stmt); i++) {
			const unsigned char *at = sqlite3_column_blob(stmt, i);
			int size = sqlite3_column_bytes(stmt, i);

			print = (print ^ 0x100) * 1099511628211u;
			for (int k = 0; k < size; k++)
				print = (print ^ at[k]) * 1099511628211u;
		}
	}
	sqlite3_finalize(stmt);
	return print;
}

uint64_t store_print(const struct desk *desk)
{
	static const char *const tables[] = {
		"contact", "hold", "cell", "appointment", "numbering", "request",
		"request_step", "attachment", "open_order", "card",
	};
	uint64_t print = 14695981039346656037u;
	sqlite3 *db = open_db(desk);

	for (size_t i = 0; i < N_ROWS(tables); i++)
		print = print_table(db, tables[i], print);
	sqlite3_close(db);
	return print;
}

bool store_is_sound(const struct desk *desk)
{
	const char *top = getenv("top_builddir");
	char program[1024], db[96];
	char *check[] = { program, "check", "--db", db, NULL };

	snprintf(program, sizeof(program), "%s/guichetd", top ? top : ".");
	snprintf(db, sizeof(db), "%s/db", desk->daemon.folder);
	return daemon_run(check);
}
