/* SPDX-License-Identifier: GPL-3.0-or-later */
/* K4: the power fails at a random call on the disk.  What was not synced is lost,
 * torn or there in another order; what was acknowledged is there, whole. */
#include "torture.h"

#include "audit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CASES 25
#define CALLS_MOST 90                   /* of two or three writes */

static atomic_long acked, acked_at_cut;

static void note(void)
{
	atomic_store(&acked_at_cut, atomic_load(&acked));
}

/* Open a contact; each has its number in its key. */
static void write_one(struct desk *desk, const struct sample *sample)
{
	struct raw_answer answer;
	struct change change = { 0 };
	char key[48];

	snprintf(key, sizeof(key), "\"power-cut-%08ld\"", atomic_load(&acked));
	change.key = key;
	sample_send(desk, sample, &change, &answer);
	if (answer.status != 201)
		fail_msg("%d %s", answer.status, buf_cstr(&answer.body));
	buf_fini(&answer.body);
	atomic_fetch_add(&acked, 1);
}

static int64_t number(struct db *db, const char *sql)
{
	struct db_stmt *stmt = db_query(db, NULL, sql, "");
	int64_t n = -1;

	if (db_next(stmt, NULL))
		n = db_int(stmt, 0);
	db_done(stmt);
	return n;
}

static void examine(const char *folder, unsigned seed)
{
	static const char count[] = "SELECT count(*) FROM idempotency "
		"WHERE key LIKE 'power-cut-%'";
	char path[96];
	struct err err = { 0 };
	struct audit_report report;
	struct db *db;
	int64_t there;

	snprintf(path, sizeof(path), "%s/db", folder);
	db = db_open(path, DB_WRITE, &err);
	if (!db || !db_check(db, &err) ||
	    !audit_verify(db, AUDIT_WHOLE, &report, &err))
		fail_msg("SEED=%u: %s", seed, err.text);
	there = number(db, count);
	if (there < atomic_load(&acked_at_cut) || there > atomic_load(&acked) + 1)
		fail_msg("SEED=%u: %lld of %ld acknowledged", seed,
			 (long long)there, atomic_load(&acked_at_cut));
	/* One key, one effect, one trace. */
	assert_int_equal(number(db, "SELECT count(*) FROM contact WHERE reference "
		"= 'A-4711'"), there);
	db_close(db, NULL);
}

/* More files than a person opens in a day. */
static void let_agents_open_much(const struct desk *desk)
{
	struct err err = { 0 };
	char path[96];
	struct db *db;

	snprintf(path, sizeof(path), "%s/db", desk->daemon.folder);
	db = db_open(path, DB_WRITE, &err);
	assert_non_null(db);
	assert_true(db_run(db, &err, NULL, "UPDATE rule SET value = 1000000 "
			   "WHERE name IN ('volume.day', 'volume.burst', "
			   "'volume.stop')", ""));
	assert_true(db_close(db, &err));
}

static void cut_once(struct desk *desk, const struct sample *sample,
		     const char *folder, unsigned seed)
{
	static const char *const parts[] = { "db", "db-wal", "db-shm", "db-journal" };

	disk_cut_power(1 + (long)(seed * 2654435761u >> 8) % CALLS_MOST, seed, note);
	while (!disk_has_lost_power())
		write_one(desk, sample);
	disk_take_image(folder);
	examine(folder, seed);
	for (size_t i = 0; i < N_ROWS(parts); i++) {
		char path[128];

		snprintf(path, sizeof(path), "%s/%s", folder, parts[i]);
		unlink(path);
	}
}

void what_was_acknowledged_outlives_a_loss_of_power(void **state)
{
	struct desk *desk = *state;
	int cases = rounds(CASES);
	struct sample sample;
	char folder[] = "/tmp/guichet-power-XXXXXX";
	struct contact_new *body;

	assert_non_null(mkdtemp(folder));
	/* From an image of the base at rest. */
	house_close(&desk->daemon);
	let_agents_open_much(desk);
	disk_remember();
	house_open(&desk->daemon);
	assert_true(sample_make(desk, &api_contact_create, &sample));
	body = (void *)sample.body.any;
	snprintf(body->reference, sizeof(body->reference), "A-4711");
	atomic_store(&acked, 0);
	for (int i = 0; i < cases; i++)
		cut_once(desk, &sample, folder, 20261121u + (unsigned)i);
	disk_forget();
	rmdir(folder);
	print_message("K4: %d losses of power, %ld writes acknowledged, 0 lost\n",
		      cases, atomic_load(&acked));
	assert_true(store_is_sound(desk));
}
