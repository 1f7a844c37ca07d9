/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit.h"

#include <guichet/base/intl.h>

#include <sodium.h>
#include <string.h>

static void hash_number(crypto_hash_sha256_state *state, int64_t number)
{
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)((uint64_t)number >> (56 - 8 * i));
	crypto_hash_sha256_update(state, bytes, sizeof(bytes));
}

/* The length first: two texts side by side have one reading only. */
static void hash_text(crypto_hash_sha256_state *state, const char *text)
{
	size_t size = strlen(text);

	hash_number(state, (int64_t)size);
	crypto_hash_sha256_update(state, (const unsigned char *)text, size);
}

void audit_link(const unsigned char before[AUDIT_HASH_SIZE],
		const struct audit_row *row, int64_t seq,
		unsigned char hash[AUDIT_HASH_SIZE])
{
	const int64_t numbers[] = { row->caisse, seq, row->at, row->agent_id,
		row->office_id, row->contact_id, row->file_id, row->status };
	crypto_hash_sha256_state state;

	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, before, AUDIT_HASH_SIZE);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		hash_number(&state, numbers[i]);
	hash_text(&state, row->operation);
	hash_text(&state, row->object);
	hash_text(&state, row->trace);
	crypto_hash_sha256_final(&state, hash);
}

bool audit_next_caisse(struct db *db, int64_t *caisse, bool *more,
		       struct err *err)
{
	struct db_stmt *stmt = db_query(db, err,
		"SELECT min(code), count(code) FROM (SELECT min(caisse) AS code FROM audit "
		"WHERE caisse > $1 UNION ALL SELECT min(caisse) FROM audit_day "
		"WHERE caisse > $1) AS both_tables", "i", *caisse);

	if (!db_next(stmt, err))
		return false;
	*caisse = db_int(stmt, 0);
	*more = db_int(stmt, 1) > 0;
	db_done(stmt);
	return true;
}

static bool load_day(struct db *db, struct audit_head *head, struct err *err)
{
	struct err failed = { 0 };
	struct db_stmt *stmt = db_query(db, &failed, "SELECT day FROM audit_day "
		"WHERE caisse = $1 ORDER BY day DESC LIMIT 1", "i", head->caisse);

	head->day = 0;
	if (db_next(stmt, &failed)) {
		head->day = db_int(stmt, 0);
		db_done(stmt);
	}
	if (failed.code != ERR_NONE && err)
		*err = failed;
	return failed.code == ERR_NONE;
}

bool audit_head_load(struct db *db, struct audit_head *head, struct err *err)
{
	struct err failed = { 0 };
	struct db_stmt *stmt = db_query(db, &failed, "SELECT seq, hash FROM audit "
		"WHERE caisse = $1 ORDER BY seq DESC LIMIT 1", "i", head->caisse);

	head->seq = 0;
	memset(head->hash, 0, AUDIT_HASH_SIZE);
	if (db_next(stmt, &failed)) {
		struct db_blob last = db_bytes(stmt, 1);

		head->seq = db_int(stmt, 0);
		if (last.size == AUDIT_HASH_SIZE)
			memcpy(head->hash, last.data, last.size);
		db_done(stmt);
	}
	if (failed.code != ERR_NONE && err)
		*err = failed;
	return failed.code == ERR_NONE && load_day(db, head, err);
}

/* The first row of a day ends the one before it. */
static bool turn_day(struct db *db, struct audit_head *head, int64_t day,
		     struct err *err)
{
	struct db_blob hash = { head->hash, AUDIT_HASH_SIZE }, none = { "", 0 };

	if (head->day != 0 &&
	    !db_run(db, err, NULL, "UPDATE audit_day SET last_seq = $1, head = $2 "
		    "WHERE caisse = $3 AND day = $4", "ibii", head->seq, &hash,
		    head->caisse, head->day))
		return false;
	head->day = day;
	return db_run(db, err, NULL, "INSERT INTO audit_day (caisse, day, last_seq, "
		      "head, purged) VALUES ($1, $2, 0, $3, 0)", "iib",
		      head->caisse, day, &none);
}

static bool append(struct db *db, struct audit_head *head,
		   const struct audit_row *row, struct err *err)
{
	struct db_blob hash = { head->hash, AUDIT_HASH_SIZE };
	int64_t day = row->at / AUDIT_DAY_MS;

	if (!head->known || head->caisse != row->caisse) {
		head->caisse = row->caisse;
		if (!audit_head_load(db, head, err))
			return false;
		head->known = true;
	}
	if (day > head->day && !turn_day(db, head, day, err))
		return false;
	head->seq++;
	audit_link(head->hash, row, head->seq, head->hash);
	return db_run(db, err, NULL,
		   "INSERT INTO audit (caisse, seq, at, agent_id, office_id, "
		   "contact_id, operation, file_id, object, status, trace, hash) "
		   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
		   "iiiiiitititb", row->caisse, head->seq, row->at, row->agent_id,
		   row->office_id, row->contact_id, row->operation, row->file_id,
		   row->object, (int64_t)row->status, row->trace, &hash);
}

bool audit_append(struct db *db, struct audit_head *head,
		  const struct audit_row *row, struct err *err)
{
	if (append(db, head, row, err))
		return true;
	head->known = false;
	return false;
}
