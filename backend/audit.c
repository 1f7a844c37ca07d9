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
static void hash_bytes(crypto_hash_sha256_state *state, struct db_blob bytes)
{
	hash_number(state, (int64_t)bytes.size);
	crypto_hash_sha256_update(state, bytes.data, bytes.size);
}

static struct db_blob text_blob(const char *text)
{
	return (struct db_blob){ text, strlen(text) };
}

bool audit_append(struct db *db, struct audit_head *head,
		  const struct audit_row *row, struct err *err)
{
	struct db_blob hash = { head->hash, AUDIT_HASH_SIZE };
	const int64_t numbers[] = { row->caisse, 0, row->at, row->agent_id,
		row->office_id, row->contact_id, row->file_id, row->status };
	crypto_hash_sha256_state state;
	struct db_stmt *stmt;
	struct err failed = { 0 };

	if (!head->known || head->caisse != row->caisse) {
		memset(head, 0, sizeof(*head));
		head->caisse = row->caisse;
		stmt = db_query(db, &failed, "SELECT seq, hash FROM audit "
			"WHERE caisse = $1 ORDER BY seq DESC LIMIT 1",
			"i", row->caisse);
		if (db_next(stmt, &failed)) {
			struct db_blob last = db_bytes(stmt, 1);

			head->seq = db_int(stmt, 0);
			if (last.size == AUDIT_HASH_SIZE)
				memcpy(head->hash, last.data, last.size);
			db_done(stmt);
		}
		if (failed.code != ERR_NONE)
			goto refused;
		head->known = true;
	}
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, head->hash, AUDIT_HASH_SIZE);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		hash_number(&state, i == 1 ? head->seq + 1 : numbers[i]);
	hash_bytes(&state, text_blob(row->operation));
	hash_bytes(&state, text_blob(row->object));
	hash_bytes(&state, text_blob(row->trace));
	crypto_hash_sha256_final(&state, head->hash);
	head->seq++;
	if (db_run(db, &failed, NULL,
		   "INSERT INTO audit (caisse, seq, at, agent_id, office_id, "
		   "contact_id, operation, file_id, object, status, trace, hash) "
		   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
		   "iiiiiitititb", row->caisse, head->seq, row->at, row->agent_id,
		   row->office_id, row->contact_id, row->operation, row->file_id,
		   row->object, (int64_t)row->status, row->trace, &hash))
		return true;
refused:
	head->known = false;
	if (err)
		*err = failed;
	return false;
}

/* Columns of the query of audit_verify(). */
enum { CAISSE, SEQ, AT, AGENT, OFFICE, CONTACT, FILE_ID, STATUS, NUMBERS_N,
	OPERATION = NUMBERS_N, OBJECT, TRACE, HASH };

static bool link_holds(struct db_stmt *stmt, const struct audit_head *head,
		       unsigned char hash[AUDIT_HASH_SIZE])
{
	crypto_hash_sha256_state state;
	struct db_blob stored = db_bytes(stmt, HASH);

	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, head->hash, AUDIT_HASH_SIZE);
	for (int i = 0; i < NUMBERS_N; i++)
		hash_number(&state, db_int(stmt, i));
	for (int i = OPERATION; i < HASH; i++)
		hash_bytes(&state, db_bytes(stmt, i));
	crypto_hash_sha256_final(&state, hash);
	return db_int(stmt, SEQ) == head->seq + 1 &&
		stored.size == AUDIT_HASH_SIZE &&
		memcmp(stored.data, hash, AUDIT_HASH_SIZE) == 0;
}

bool audit_verify(struct db *db, struct audit_report *report, struct err *err)
{
	struct audit_head head = { 0 };
	struct err failed = { 0 };
	struct db_stmt *stmt = db_query(db, &failed,
		"SELECT caisse, seq, at, agent_id, office_id, contact_id, file_id, "
		"status, operation, object, trace, hash FROM audit "
		"ORDER BY caisse, seq", "");

	memset(report, 0, sizeof(*report));
	while (db_next(stmt, &failed)) {
		unsigned char hash[AUDIT_HASH_SIZE];

		if (!head.known || head.caisse != db_int(stmt, CAISSE)) {
			memset(&head, 0, sizeof(head));
			head.known = true;
			head.caisse = db_int(stmt, CAISSE);
			report->caisses++;
		}
		if (!link_holds(stmt, &head, hash)) {
			report->bad_caisse = head.caisse;
			report->bad_seq = db_int(stmt, SEQ);
			db_done(stmt);
			return err_set(err, ERR_INVALID,
				_("la trace de la caisse %05d est rompue à la ligne %lld"),
				(int)head.caisse, (long long)report->bad_seq);
		}
		head.seq++;
		memcpy(head.hash, hash, sizeof(hash));
		memcpy(report->head, hash, sizeof(hash));
		report->rows++;
	}
	if (failed.code != ERR_NONE && err)
		*err = failed;
	return failed.code == ERR_NONE;
}
