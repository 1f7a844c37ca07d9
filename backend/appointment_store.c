/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "appointment_store.h"
#include "access.h"
#include "holder.h"
#include <guichet/base/text.h>
#include <stdio.h>

#define COLUMNS \
	"SELECT a.id, a.number, a.file_id, a.office_id, a.desk, a.reason," \
	" a.channel, a.starts_at, a.ends_at, a.state, a.cancelled_by," \
	" a.cancel_reason, a.arrived_at, a.phone, a.note, a.moved_to," \
	" a.version, p.name, p.used_name, p.first_names, o.name," \
	" o.address || ', ' || o.postcode || ' ' || o.city, r.label, r.pieces" \
	" FROM appointment a" \
	" JOIN office o ON o.caisse = a.caisse AND o.id = a.office_id" \
	" JOIN person p ON p.caisse = a.caisse AND p.id = a.file_id" \
	" LEFT JOIN reason r ON r.caisse = a.caisse AND r.code = a.reason"

static bool copy_words(struct db_stmt *stmt, struct appointment *told,
		       struct err *err)
{
	const char *label = db_text(stmt, 22), *pieces = db_text(stmt, 23);

	holder_full_name(db_text(stmt, 17), db_text(stmt, 18),
			 db_text(stmt, 19), told->insured_name);
	text_ellipsis(told->office_address, sizeof(told->office_address),
		      db_text(stmt, 21), LABEL_SIZE / 2);
	/* a reason that the caisse no longer offers keeps its code */
	text_copy(told->reason_label, sizeof(told->reason_label),
		  label && *label ? label : db_text(stmt, 5));
	text_copy(told->pieces, sizeof(told->pieces), pieces ? pieces : "");
	return db_copy(stmt, 1, told->number, sizeof(told->number), err) &&
	       db_copy(stmt, 5, told->reason, sizeof(told->reason), err) &&
	       db_copy(stmt, 11, told->cancel_reason,
		       sizeof(told->cancel_reason), err) &&
	       db_copy(stmt, 13, told->phone, sizeof(told->phone), err) &&
	       db_copy(stmt, 14, told->note, sizeof(told->note), err) &&
	       db_copy(stmt, 15, told->moved_to, sizeof(told->moved_to), err) &&
	       db_copy(stmt, 20, told->office_name, sizeof(told->office_name), err);
}

static bool copy_row(struct db_stmt *stmt, struct appointment_row *row,
		     struct err *err)
{
	struct appointment *told = &row->told;

	*row = (struct appointment_row){
		.id = db_int(stmt, 0),
		.file_id = db_int(stmt, 2),
		.version = db_int(stmt, 16),
		.span = {
			.office_id = db_int(stmt, 3),
			.desk = (int)db_int(stmt, 4),
			.starts_at = db_int(stmt, 7),
			.ends_at = db_int(stmt, 8),
		},
	};
	id_format(row->id, told->id);
	id_format(row->file_id, told->insured_id);
	id_format(row->span.office_id, told->office_id);
	told->desk = row->span.desk;
	told->channel = (int)db_int(stmt, 6);
	told->starts_at = row->span.starts_at;
	told->ends_at = row->span.ends_at;
	told->state = (int)db_int(stmt, 9);
	told->cancelled_by = (int)db_int(stmt, 10);
	told->arrived_at = db_int(stmt, 12);
	return copy_words(stmt, told, err);
}

bool appointment_load(struct req *req, int64_t id, struct appointment_row *row,
		      struct err *err)
{
	bool ok = false;
	struct db_stmt *stmt = db_query(req->db, err,
		COLUMNS " WHERE a.caisse = $1 AND a.id = $2", "ii",
		req->caisse, id);

	if (!stmt)
		return false;
	if (db_next(stmt, err))
		ok = copy_row(stmt, row, err);
	else if (err->code == ERR_NONE)
		refuse_missing(err);
	db_done(stmt);
	return ok && access_file(req, row->file_id, err);
}

static bool read_all(struct db_stmt *stmt, struct rows *out, struct err *err)
{
	bool ok = true;

	if (!stmt)
		return false;
	while (ok && db_next(stmt, err))
		ok = copy_row(stmt, rows_add(out), err);
	db_done(stmt);
	return ok && err->code == ERR_NONE;
}

bool appointment_of_day(struct req *req, int64_t office_id, int64_t from,
			int64_t to, int64_t after, int64_t id, int64_t limit,
			struct rows *out, struct err *err)
{
	return read_all(db_query(req->db, err,
		COLUMNS " WHERE a.caisse = $1 AND a.office_id = $2"
		" AND a.starts_at >= $3 AND a.starts_at < $4"
		" AND (a.starts_at > $5 OR (a.starts_at = $5 AND a.id > $6))"
		" ORDER BY a.starts_at, a.id LIMIT $7", "iiiiiii", req->caisse,
		office_id, from, to, after, id, limit), out, err);
}

bool appointment_of_file(struct req *req, int64_t file_id, int64_t before,
			 int64_t id, int64_t limit, struct rows *out,
			 struct err *err)
{
	return read_all(db_query(req->db, err,
		COLUMNS " WHERE a.caisse = $1 AND a.file_id = $2"
		" AND (a.starts_at < $3 OR (a.starts_at = $3 AND a.id < $4))"
		" ORDER BY a.starts_at DESC, a.id DESC LIMIT $5", "iiiii",
		req->caisse, file_id, before, id, limit), out, err);
}

bool appointment_insert(struct req *req, const struct appointment_row *row,
			struct err *err)
{
	const struct appointment *told = &row->told;

	return db_run(req->db, err, NULL,
		      "INSERT INTO appointment (caisse, id, number, file_id,"
		      " office_id, desk, reason, channel, starts_at, ends_at,"
		      " state, cancelled_by, cancel_reason, arrived_at, phone,"
		      " note, moved_to, agent_id, version) VALUES ($1, $2, $3,"
		      " $4, $5, $6, $7, $8, $9, $10, $11, -1, '', 0, $12, $13,"
		      " '', $14, 1)", "iitiiitiiiitti", req->caisse, row->id,
		      told->number, row->file_id, row->span.office_id,
		      (int64_t)row->span.desk, told->reason,
		      (int64_t)told->channel, row->span.starts_at,
		      row->span.ends_at, (int64_t)told->state, told->phone,
		      told->note, req->agent_id);
}

bool appointment_save(struct req *req, struct appointment_row *row,
		      struct err *err)
{
	const struct appointment *told = &row->told;
	int64_t changed = 0;

	if (!db_run(req->db, err, &changed,
		    "UPDATE appointment SET state = $1, cancelled_by = $2,"
		    " cancel_reason = $3, arrived_at = $4, note = $5,"
		    " moved_to = $6, version = version + 1"
		    " WHERE caisse = $7 AND id = $8 AND version = $9",
		    "iitittiii", (int64_t)told->state,
		    (int64_t)told->cancelled_by, told->cancel_reason,
		    told->arrived_at, told->note, told->moved_to, req->caisse,
		    row->id, row->version))
		return false;
	if (changed != 1)
		return req_refuse(err, 412, "version.stale",
				  "ce rendez-vous vient d'être modifié : actualisez");
	row->version++;
	return true;
}

static void warn(char text[NOTE_SIZE], const char *sentence)
{
	char whole[2 * NOTE_SIZE];

	snprintf(whole, sizeof(whole), "%s%s%s", text, *text ? " " : "",
		 sentence);
	text_copy(text, NOTE_SIZE, whole);
}

bool appointment_warnings(struct req *req, int64_t file_id, const char *reason,
			  int64_t starts_at, int64_t except,
			  char text[NOTE_SIZE], struct err *err)
{
	struct date day = zone_date(req->zone, starts_at, NULL);
	bool same_day = false, open = false;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT starts_at FROM appointment WHERE caisse = $1"
		" AND file_id = $2 AND reason = $3 AND id <> $4"
		" AND state IN ($5, $6, $7)", "iitiiii", req->caisse, file_id,
		reason, except, (int64_t)APPOINTMENT_BOOKED,
		(int64_t)APPOINTMENT_ARRIVED, (int64_t)APPOINTMENT_IN_PROGRESS);

	*text = '\0';
	if (!stmt)
		return false;
	while (db_next(stmt, err)) {
		int64_t at = db_int(stmt, 0);

		if (date_compare(zone_date(req->zone, at, NULL), day) == 0)
			same_day = true;
		else if (at >= req->now_ms)
			open = true;
	}
	db_done(stmt);
	if (same_day)
		warn(text, "La personne a déjà un rendez-vous ce jour-là pour le même motif.");
	if (open)
		warn(text, "La personne a déjà un autre rendez-vous à venir pour ce motif.");
	if (starts_at < req->now_ms)
		warn(text, "L'heure de ce créneau est déjà passée.");
	return err->code == ERR_NONE;
}
