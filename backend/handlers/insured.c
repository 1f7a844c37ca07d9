/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a file: GET /v1/insured/{insured_id}. */
#include "handlers.h"
#include "../holder.h"
#include "people.h"

#include <guichet/base/nir.h>
#include <guichet/base/text.h>

#include <stdio.h>

static bool copy_person(struct db_stmt *stmt, struct insured *insured,
			struct err *err)
{
	insured->sex = (int)db_int(stmt, 0);
	insured->birth = day_date(db_int(stmt, 1));
	return db_copy(stmt, 2, insured->nir, sizeof(insured->nir), err) &&
	       db_copy(stmt, 3, insured->name, sizeof(insured->name), err) &&
	       db_copy(stmt, 4, insured->used_name,
		       sizeof(insured->used_name), err) &&
	       db_copy(stmt, 5, insured->first_names,
		       sizeof(insured->first_names), err) &&
	       db_copy(stmt, 6, insured->birth_place,
		       sizeof(insured->birth_place), err);
}

static bool copy_file(struct db_stmt *stmt, struct insured *insured,
		      struct err *err)
{
	insured->account = db_int(stmt, 16) != 0;
	insured->c2s = (int)db_int(stmt, 17);
	insured->rights_until = day_date(db_int(stmt, 18));
	people_mask_account(db_text(stmt, 15), insured->iban_masked);
	return db_copy(stmt, 8, insured->centre, sizeof(insured->centre), err) &&
	       db_copy(stmt, 9, insured->address1,
		       sizeof(insured->address1), err) &&
	       db_copy(stmt, 10, insured->address2,
		       sizeof(insured->address2), err) &&
	       db_copy(stmt, 11, insured->postcode,
		       sizeof(insured->postcode), err) &&
	       db_copy(stmt, 12, insured->city, sizeof(insured->city), err) &&
	       db_copy(stmt, 13, insured->phone, sizeof(insured->phone), err) &&
	       db_copy(stmt, 14, insured->email, sizeof(insured->email), err) &&
	       db_copy(stmt, 19, insured->message, sizeof(insured->message), err);
}

static bool read_head(struct req *req, int64_t file_id, struct insured *insured,
		      struct err *err)
{
	bool ok = false;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT p.sex, p.birth, p.nir, p.name, p.used_name, p.first_names,"
		" p.birth_place, p.version, f.centre, f.address1, f.address2,"
		" f.postcode, f.city, f.phone, f.email, f.iban, f.account, f.c2s,"
		" f.rights_until, f.message, f.version"
		" FROM person p CROSS JOIN file f WHERE p.caisse = $1 AND p.id = $2"
		" AND f.caisse = p.caisse AND f.id = p.file_id AND f.id = p.id",
		"ii", req->caisse, file_id);

	if (db_next(stmt, err)) {
		/* Both only grow: their sum changes when either does. */
		req->version = db_int(stmt, 7) + db_int(stmt, 20);
		ok = copy_person(stmt, insured, err) &&
		     copy_file(stmt, insured, err);
	} else if (err->code == ERR_NONE) {
		refuse_missing(err);
	}
	db_done(stmt);
	return ok;
}

/* What runs today for the insured person, in one reading of the rights. */
static bool read_rights(struct req *req, int64_t file_id,
			struct insured *insured, struct err *err)
{
	struct holder holder = { .id = file_id, .file_id = file_id };
	int64_t today = day_number(req->today);
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT kind, from_day, to_day FROM entitlement"
		" WHERE caisse = $1 AND file_id = $2 AND person_id = $3",
		"iii", req->caisse, file_id, file_id);

	while (db_next(stmt, err)) {
		if (!people_runs(db_int(stmt, 1), db_int(stmt, 2), today))
			continue;
		if (db_int(stmt, 0) == RIGHT_DOCTOR)
			insured->treating_doctor = true;
		else if (db_int(stmt, 0) == RIGHT_EXEMPTION)
			insured->exempt = true;
	}
	db_done(stmt);
	return err->code == ERR_NONE &&
	       holder_rights(req, &holder, &insured->rights_open, err);
}

static bool count_family(struct req *req, int64_t file_id,
			 struct insured *insured, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT COUNT(*) FROM person WHERE caisse = $1 AND file_id = $2",
		"ii", req->caisse, file_id);

	if (db_next(stmt, err))
		insured->family_count = db_int(stmt, 0);
	db_done(stmt);
	return err->code == ERR_NONE;
}

bool insured_get(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err)
{
	const struct insured_key *path = key;
	struct insured *insured;
	int64_t file_id;

	(void)body;
	if (!people_file(req, path->insured_id, &file_id, err))
		return false;
	insured = rows_add(out);
	id_format(file_id, insured->id);
	if (!read_head(req, file_id, insured, err) ||
	    !read_rights(req, file_id, insured, err) ||
	    !count_family(req, file_id, insured, err))
		return false;
	snprintf(insured->nir_key, sizeof(insured->nir_key), "%02d",
		 nir_key(insured->nir) % 100);
	nir_to_mask(insured->nir, insured->nir_masked);
	insured->nir_temporary = nir_is_temporary(insured->nir);
	snprintf(insured->caisse, sizeof(insured->caisse), "%05d",
		 (int)(req->caisse % 100000));
	return text_copy(insured->caisse_name, sizeof(insured->caisse_name),
			 req->caisse_name);
}
