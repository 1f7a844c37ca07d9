/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "holder.h"
#include <guichet/base/text.h>
#include <stdio.h>
#include <string.h>

#define SERIAL_SHOWN 4

bool refuse_missing(struct err *err)
{
	return req_refuse(err, 404, "not.found",
			  "cela n'existe pas ou n'est pas de ce dossier");
}

bool refuse_field(struct err *err, const char *word, const char *field,
		  const char *text)
{
	req_refuse(err, 422, word, "%s", text);
	text_copy(err->field, sizeof(err->field), field);
	return false;
}

bool holder_get(struct req *req, int64_t id, struct holder *holder,
		struct err *err)
{
	bool ok = false;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT file_id, kinship, birth, nir, name, used_name,"
		" first_names, vitale_serial FROM person"
		" WHERE caisse = $1 AND id = $2", "ii", req->caisse, id);

	if (!stmt)
		return false;
	if (!db_next(stmt, err)) {
		if (err->code == ERR_NONE)
			refuse_missing(err);
		goto out;
	}
	*holder = (struct holder){
		.id = id,
		.file_id = db_int(stmt, 0),
		.kinship = (int)db_int(stmt, 1),
		.birth = day_date(db_int(stmt, 2)),
	};
	ok = db_copy(stmt, 3, holder->nir, sizeof(holder->nir), err) &&
	     db_copy(stmt, 4, holder->name, sizeof(holder->name), err) &&
	     db_copy(stmt, 5, holder->used_name, sizeof(holder->used_name), err) &&
	     db_copy(stmt, 6, holder->first_names,
		     sizeof(holder->first_names), err) &&
	     db_copy(stmt, 7, holder->vitale_serial,
		     sizeof(holder->vitale_serial), err);
out:
	db_done(stmt);
	return ok;
}

bool holder_in_file(struct req *req, const char *id, int64_t file_id,
		    const char *field, struct holder *holder, struct err *err)
{
	if (holder_get(req, id_parse(id), holder, err)) {
		if (holder->file_id == file_id)
			return true;
	} else if (err->status != 404) {
		return false;
	}
	err_clear(err);
	return err_field(err, ERR_INVALID, field,
			 "cette personne n'est pas de ce dossier");
}

bool holder_open_file(struct req *req, const char *insured_id, int64_t *file_id,
		      struct err *err)
{
	*file_id = id_parse(insured_id);
	req->file_id = *file_id;
	return (*file_id != 0 || refuse_missing(err)) &&
	       req_needs_file(req, *file_id, err) &&
	       req_needs_tier(req, TIER_SIMPLE, err);
}

bool holder_address(struct req *req, int64_t file_id, struct holder_file *file,
		    struct err *err)
{
	bool ok = false;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT address1, address2, postcode, city FROM file"
		" WHERE caisse = $1 AND id = $2", "ii", req->caisse, file_id);

	if (!stmt)
		return false;
	if (db_next(stmt, err))
		ok = db_copy(stmt, 0, file->address1, sizeof(file->address1), err) &&
		     db_copy(stmt, 1, file->address2, sizeof(file->address2), err) &&
		     db_copy(stmt, 2, file->postcode, sizeof(file->postcode), err) &&
		     db_copy(stmt, 3, file->city, sizeof(file->city), err);
	else if (err->code == ERR_NONE)
		refuse_missing(err);
	db_done(stmt);
	return ok;
}

/* A base right of one's own, when there is any, wins over the dates of the
 * file: a child that came of age has lost its rights on a file still open. */
bool holder_rights(struct req *req, const struct holder *holder, bool *open,
		   struct err *err)
{
	int64_t today = day_number(req->today);
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT 0, from_day, to_day FROM entitlement"
		" WHERE caisse = $1 AND file_id = $2 AND person_id = $3"
		" AND kind = $4 UNION ALL"
		" SELECT 1, rights_from, rights_until FROM file"
		" WHERE caisse = $1 AND id = $2 ORDER BY 1", "iiii",
		req->caisse, holder->file_id, holder->id, (int64_t)RIGHT_BASE);
	bool own = false;

	*open = false;
	if (!stmt)
		return false;
	while (!*open && db_next(stmt, err)) {
		bool of_file = db_int(stmt, 0) == 1;

		if (of_file && own)
			break;
		own = true;
		*open = db_int(stmt, 1) <= today &&
			(db_int(stmt, 2) == 0 || db_int(stmt, 2) >= today);
	}
	db_done(stmt);
	return err->code == ERR_NONE;
}

void holder_first_name(const char *first_names, char out[NAME_SIZE])
{
	snprintf(out, NAME_SIZE, "%.*s", (int)strcspn(first_names, " ,"),
		 first_names);
}

void holder_full_name(const char *name, const char *used_name,
		      const char *first_names, char out[NAME_SIZE])
{
	char first[NAME_SIZE], whole[2 * NAME_SIZE];

	holder_first_name(first_names, first);
	snprintf(whole, sizeof(whole), "%s %s", *used_name ? used_name : name,
		 first);
	text_ellipsis(out, NAME_SIZE, whole, NAME_SIZE / 2);
}

void holder_mask_serial(const char *serial, char out[MASK_SIZE])
{
	size_t length = strlen(serial);
	size_t hidden = length > SERIAL_SHOWN ? length - SERIAL_SHOWN : 0;

	snprintf(out, MASK_SIZE, "%s", serial);
	for (size_t i = 0; i < hidden && out[i]; i++)
		out[i] = '*';
}
