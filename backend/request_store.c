/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request_store.h"
#include "access.h"
#include "holder.h"
#include <guichet/base/text.h>
#include <stdio.h>

#define COLUMNS \
	"SELECT r.id, r.number, r.kind, r.state, r.file_id, r.person_id," \
	" r.agent_id, r.lodged_at, r.updated_at, r.expected_day, r.missing," \
	" r.card_id, r.version, i.name, i.used_name, i.first_names," \
	" b.first_names FROM request r" \
	" JOIN person i ON i.caisse = r.caisse AND i.id = r.file_id" \
	" LEFT JOIN person b ON b.caisse = r.caisse AND b.id = r.person_id"

static void say_missing(unsigned missing, char out[LABEL_SIZE])
{
	snprintf(out, LABEL_SIZE, "%s%s%s", missing & PIECE_PHOTO ? "photo" : "",
		 missing == (PIECE_PHOTO | PIECE_IDENTITY) ? ", " : "",
		 missing & PIECE_IDENTITY ? "pièce d'identité" : "");
}

static bool copy_row(struct req *req, struct db_stmt *stmt,
		     struct request_row *row, struct err *err)
{
	struct request *told = &row->told;
	const char *first_names = db_text(stmt, 16);

	*row = (struct request_row){
		.id = db_int(stmt, 0),
		.file_id = db_int(stmt, 4),
		.person_id = db_int(stmt, 5),
		.agent_id = db_int(stmt, 6),
		.lodged_at = db_int(stmt, 7),
		.missing = (unsigned)db_int(stmt, 10),
		.card_id = db_int(stmt, 11),
		.version = db_int(stmt, 12),
	};
	id_format(row->id, told->id);
	id_format(row->file_id, told->insured_id);
	if (row->person_id)
		id_format(row->person_id, told->beneficiary_id);
	told->kind = (int)db_int(stmt, 2);
	told->state = (int)db_int(stmt, 3);
	told->lodged_on = zone_date(req->zone, row->lodged_at, NULL);
	told->updated_on = zone_date(req->zone, db_int(stmt, 8), NULL);
	told->expected_on = day_date(db_int(stmt, 9));
	say_missing(row->missing, told->missing);
	holder_full_name(db_text(stmt, 13), db_text(stmt, 14),
			 db_text(stmt, 15), told->insured_name);
	if (first_names)
		holder_first_name(first_names, told->beneficiary_name);
	return db_copy(stmt, 1, told->number, sizeof(told->number), err);
}

bool request_load(struct req *req, int64_t id, struct request_row *row,
		  struct err *err)
{
	bool ok = false;
	struct db_stmt *stmt = db_query(req->db, err,
		COLUMNS " WHERE r.caisse = $1 AND r.id = $2", "ii",
		req->caisse, id);

	if (!stmt)
		return false;
	if (db_next(stmt, err))
		ok = copy_row(req, stmt, row, err);
	else if (err->code == ERR_NONE)
		refuse_missing(err);
	db_done(stmt);
	return ok && access_file(req, row->file_id, err);
}

static bool read_all(struct req *req, struct db_stmt *stmt, struct rows *out,
		     struct err *err)
{
	bool ok = true;

	if (!stmt)
		return false;
	while (ok && db_next(stmt, err))
		ok = copy_row(req, stmt, rows_add(out), err);
	db_done(stmt);
	return ok && err->code == ERR_NONE;
}

bool request_of_file(struct req *req, int64_t file_id, int64_t id, int64_t limit,
		     struct rows *out, struct err *err)
{
	return read_all(req, db_query(req->db, err,
		COLUMNS " WHERE r.caisse = $1 AND r.file_id = $2 AND r.id < $3"
		" ORDER BY r.id DESC LIMIT $4", "iiii", req->caisse, file_id,
		id, limit), out, err);
}

bool request_to_follow(struct req *req, int64_t id, int64_t limit,
		       struct rows *out, struct err *err)
{
	return read_all(req, db_query(req->db, err,
		COLUMNS " WHERE r.caisse = $1 AND r.agent_id = $2"
		" AND r.state IN ($3, $4, $5) AND r.id < $6"
		" ORDER BY r.id DESC LIMIT $7", "iiiiiii", req->caisse,
		req->agent_id, (int64_t)REQUEST_WAITING_PIECES,
		(int64_t)REQUEST_REFUSED_PIECE, (int64_t)REQUEST_REFUSED, id,
		limit), out, err);
}

static bool add_step(struct req *req, int64_t request_id, int state,
		     const char *note, struct err *err)
{
	return db_run(req->db, err, NULL,
		      "INSERT INTO request_step (caisse, request_id, step, at,"
		      " state, actor, note) SELECT $1, $2,"
		      " COALESCE(MAX(step), 0) + 1, $3, $4, $5, $6"
		      " FROM request_step WHERE caisse = $1 AND request_id = $2",
		      "iiiitt", req->caisse, request_id, req->now_ms,
		      (int64_t)state, req->agent_name, note);
}

bool request_lodge(struct req *req, struct request_row *row, const char *prefix,
		   const char *note, struct err *err)
{
	struct request *told = &row->told;

	if (!row->id)
		row->id = id_new();
	row->version = 1;
	id_format(row->id, told->id);
	return number_next(req, prefix, told->number, err) &&
	       db_run(req->db, err, NULL,
		      "INSERT INTO request (caisse, id, number, kind, state,"
		      " file_id, person_id, agent_id, lodged_at, updated_at,"
		      " expected_day, missing, card_id, version) VALUES ($1, $2,"
		      " $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)",
		      "iitiiiiiiiiii", req->caisse, row->id, told->number,
		      (int64_t)told->kind, (int64_t)told->state, row->file_id,
		      row->person_id, req->agent_id, req->now_ms, req->now_ms,
		      day_number(told->expected_on), (int64_t)row->missing,
		      row->card_id) &&
	       add_step(req, row->id, told->state, note, err);
}

bool request_save(struct req *req, struct request_row *row, const char *note,
		  bool new_state, struct err *err)
{
	struct request *told = &row->told;
	int64_t changed = 0;

	if (!db_run(req->db, err, &changed,
		    "UPDATE request SET state = $1, missing = $2,"
		    " expected_day = $3, updated_at = $4, version = version + 1"
		    " WHERE caisse = $5 AND id = $6 AND version = $7",
		    "iiiiiii", (int64_t)told->state, (int64_t)row->missing,
		    day_number(told->expected_on), req->now_ms,
		    req->caisse, row->id, row->version))
		return false;
	if (changed != 1)
		return req_refuse(err, 412, "version.stale",
				  "cette demande vient d'être modifiée : actualisez");
	row->version++;
	return !new_state || add_step(req, row->id, told->state, note, err);
}

bool order_claim(struct req *req, int64_t person_id, int card_kind,
		 int64_t request_id, int64_t *other, struct err *err)
{
	int64_t changed = 0;

	*other = 0;
	if (!db_run(req->db, err, &changed,
		    "INSERT INTO open_order (caisse, person_id, kind,"
		    " request_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
		    "iiii", req->caisse, person_id, (int64_t)card_kind,
		    request_id))
		return false;
	return changed == 1 || order_open(req, person_id, card_kind, other, err);
}

bool order_open(struct req *req, int64_t person_id, int card_kind,
		int64_t *request_id, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT request_id FROM open_order WHERE caisse = $1"
		" AND person_id = $2 AND kind = $3", "iii", req->caisse,
		person_id, (int64_t)card_kind);

	*request_id = 0;
	if (!stmt)
		return false;
	if (db_next(stmt, err))
		*request_id = db_int(stmt, 0);
	db_done(stmt);
	return err->code == ERR_NONE;
}

bool order_refuse(struct req *req, int64_t id, const char *word,
		  struct err *err)
{
	struct card_conflict conflict = { 0 };
	struct request_row row;

	if (!request_load(req, id, &row, err))
		return false;
	text_copy(conflict.number, sizeof(conflict.number), row.told.number);
	req_extra(req, &card_conflict_codec, &conflict);
	return req_refuse(err, 409, word,
			  "une carte est déjà commandée : demande %s",
			  row.told.number);
}
