/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The family: GET /v1/insured/{insured_id}/beneficiaries. */
#include "handlers.h"
#include "../holder.h"
#include "people.h"

#include <guichet/base/nir.h>

#include <string.h>

static bool copy_row(struct db_stmt *stmt, struct beneficiary *one,
		     struct err *err)
{
	id_format(db_int(stmt, 0), one->id);
	one->kinship = (int)db_int(stmt, 1);
	one->sex = (int)db_int(stmt, 2);
	one->birth = day_date(db_int(stmt, 3));
	one->birth_year = one->birth.year;
	one->rank = db_int(stmt, 4);
	one->both_parents = db_int(stmt, 5) != 0;
	nir_to_mask(db_text(stmt, 6), one->nir_masked);
	return db_copy(stmt, 7, one->name, sizeof(one->name), err) &&
	       db_copy(stmt, 8, one->used_name, sizeof(one->used_name), err) &&
	       db_copy(stmt, 9, one->first_names, sizeof(one->first_names), err);
}

static bool read_family(struct req *req, int64_t file_id, struct rows *out,
			struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT id, kinship, sex, birth, birth_rank, both_parents, nir,"
		" name, used_name, first_names FROM person"
		" WHERE caisse = $1 AND file_id = $2"
		" ORDER BY kinship, birth, birth_rank, id",
		"ii", req->caisse, file_id);
	bool ok = true;

	while (ok && db_next(stmt, err))
		ok = copy_row(stmt, rows_add(out), err);
	db_done(stmt);
	return ok && err->code == ERR_NONE;
}

static bool read_rights(struct req *req, int64_t file_id,
			const struct rows *family, struct err *err)
{
	for (size_t i = 0; i < family->count; i++) {
		struct beneficiary *one = rows_at(family, i);
		struct holder holder = {
			.id = id_parse(one->id), .file_id = file_id,
		};

		if (!holder_rights(req, &holder, &one->rights_open, err))
			return false;
	}
	return true;
}

/* The European card in force, the one that lasts longest. */
static bool read_cards(struct req *req, int64_t file_id,
		       const struct rows *family, struct err *err)
{
	int64_t today = day_number(req->today);
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT person_id, from_day, to_day FROM card"
		" WHERE caisse = $1 AND file_id = $2 AND kind = $3"
		" AND state IN (2, 3) ORDER BY to_day",
		"iii", req->caisse, file_id, (int64_t)CARD_EHIC);
	_Static_assert(CARD_SENT == 2 && CARD_ACTIVE == 3,
		       "the cards in force are named in the statement");

	while (db_next(stmt, err)) {
		char id[ID_TEXT];

		id_format(db_int(stmt, 0), id);
		if (!people_runs(db_int(stmt, 1), db_int(stmt, 2), today))
			continue;
		for (size_t i = 0; i < family->count; i++) {
			struct beneficiary *one = rows_at(family, i);

			if (strcmp(one->id, id) != 0)
				continue;
			one->ehic_valid = true;
			one->ehic_until = day_date(db_int(stmt, 2));
		}
	}
	db_done(stmt);
	return err->code == ERR_NONE;
}

bool beneficiary_list(struct req *req, const void *key, const void *body,
		      struct rows *out, struct err *err)
{
	const struct insured_key *path = key;
	int64_t file_id;

	(void)body;
	return people_file(req, path->insured_id, &file_id, err) &&
	       read_family(req, file_id, out, err) &&
	       (out->count > 0 || refuse_missing(err)) &&
	       read_rights(req, file_id, out, err) &&
	       read_cards(req, file_id, out, err);
}
