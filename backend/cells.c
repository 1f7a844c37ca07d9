/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cells.h"
#include "holder.h"
#include <guichet/base/mem.h>
#include <stdlib.h>

static bool drop_expired(struct req *req, const struct cell_span *span,
			 struct err *err)
{
	return db_run(req->db, err, NULL,
		      "DELETE FROM cell WHERE caisse = $1 AND office_id = $2"
		      " AND desk = $3 AND cell >= $4 AND cell < $5"
		      " AND expires_at <> 0 AND expires_at <= $6", "iiiiii",
		      req->caisse, span->office_id, (int64_t)span->desk,
		      span->starts_at / CELL_MS, span->ends_at / CELL_MS,
		      req->now_ms);
}

bool cells_take(struct req *req, const struct cell_span *span, int64_t hold_id,
		int64_t appointment_id, int64_t expires_at, bool *taken,
		struct err *err)
{
	struct cell_span mine = *span;

	*taken = false;
	if (!drop_expired(req, span, err))
		return false;
	for (int64_t at = span->starts_at; at < span->ends_at; at += CELL_MS) {
		int64_t changed = 0;

		if (!db_run(req->db, err, &changed,
			    "INSERT INTO cell (caisse, office_id, desk, cell,"
			    " hold_id, appointment_id, expires_at)"
			    " VALUES ($1, $2, $3, $4, $5, $6, $7)"
			    " ON CONFLICT DO NOTHING", "iiiiiii", req->caisse,
			    span->office_id, (int64_t)span->desk, at / CELL_MS,
			    hold_id, appointment_id, expires_at))
			return false;
		if (changed == 0) {
			mine.ends_at = at;
			return cells_free(req, &mine, hold_id, appointment_id,
					  err);
		}
	}
	*taken = true;
	return true;
}

bool cells_turn(struct req *req, const struct cell_span *span, int64_t hold_id,
		int64_t appointment_id, bool *taken, struct err *err)
{
	int64_t changed = 0;

	*taken = false;
	if (!db_run(req->db, err, &changed,
		    "UPDATE cell SET hold_id = 0, appointment_id = $1,"
		    " expires_at = 0 WHERE caisse = $2 AND office_id = $3"
		    " AND desk = $4 AND cell >= $5 AND cell < $6"
		    " AND hold_id = $7", "iiiiiii", appointment_id, req->caisse,
		    span->office_id, (int64_t)span->desk,
		    span->starts_at / CELL_MS, span->ends_at / CELL_MS, hold_id))
		return false;
	*taken = changed == (span->ends_at - span->starts_at) / CELL_MS;
	return true;
}

bool cells_free(struct req *req, const struct cell_span *span, int64_t hold_id,
		int64_t appointment_id, struct err *err)
{
	return db_run(req->db, err, NULL,
		      "DELETE FROM cell WHERE caisse = $1 AND office_id = $2"
		      " AND desk = $3 AND cell >= $4 AND cell < $5"
		      " AND hold_id = $6 AND appointment_id = $7", "iiiiiii",
		      req->caisse, span->office_id, (int64_t)span->desk,
		      span->starts_at / CELL_MS, span->ends_at / CELL_MS,
		      hold_id, appointment_id);
}

bool cells_open(struct req *req, const struct cell_span *span, struct err *err)
{
	struct agenda_day *day = mem_new(1, sizeof(*day));
	struct date date = zone_date(req->zone, span->starts_at, NULL);
	int count = (int)((span->ends_at - span->starts_at) / CELL_MS);
	struct agenda_office office;
	bool ok = agenda_init(req, span->office_id, &office, err) &&
		  agenda_day(req, &office, date, day, err);

	if (ok && (span->starts_at % CELL_MS != 0 ||
		   agenda_state(day, span->desk, span->starts_at, count, NULL) ==
		   CELL_CLOSED))
		ok = req_refuse(err, 422, "slot.closed",
				"le point d'accueil ne reçoit pas à ce moment");
	agenda_fini(&office);
	free(day);
	return ok;
}

bool cells_refuse(struct req *req, const struct cell_span *span, struct err *err)
{
	int minutes = (int)((span->ends_at - span->starts_at) / 60000);
	struct slot_taken taken;

	if (!agenda_nearest(req, span->office_id, minutes, span->starts_at,
			    &taken, err))
		return false;
	req_extra(req, &slot_taken_codec, &taken);
	return req_refuse(err, 409, "slot.taken",
			  "ce créneau vient d'être pris : voici les plus proches");
}

bool hold_drop(struct req *req, int64_t hold_id, const struct cell_span *span,
	       struct err *err)
{
	return cells_free(req, span, hold_id, 0, err) &&
	       db_run(req->db, err, NULL,
		      "DELETE FROM hold WHERE caisse = $1 AND id = $2", "ii",
		      req->caisse, hold_id);
}

static bool expired(struct err *err)
{
	return req_refuse(err, 409, "hold.expired",
			  "le créneau n'est plus retenu : choisissez-le de nouveau");
}

bool hold_get(struct req *req, int64_t id, struct hold_row *hold,
	      struct err *err)
{
	bool ok = false;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT file_id, office_id, desk, starts_at, ends_at, reason,"
		" expires_at FROM hold WHERE caisse = $1 AND id = $2"
		" AND agent_id = $3", "iii", req->caisse, id, req->agent_id);

	if (!stmt)
		return false;
	if (db_next(stmt, err)) {
		*hold = (struct hold_row){
			.id = id,
			.file_id = db_int(stmt, 0),
			.span = {
				.office_id = db_int(stmt, 1),
				.desk = (int)db_int(stmt, 2),
				.starts_at = db_int(stmt, 3),
				.ends_at = db_int(stmt, 4),
			},
			.expires_at = db_int(stmt, 6),
		};
		ok = db_copy(stmt, 5, hold->reason, sizeof(hold->reason), err) &&
		     (hold->expires_at > req->now_ms || expired(err));
	} else if (err->code == ERR_NONE) {
		expired(err);
	}
	db_done(stmt);
	return ok;
}

bool reason_get(struct req *req, const char *code, struct reason_row *reason,
		struct err *err)
{
	bool ok = false;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT minutes, channels, roles FROM reason"
		" WHERE caisse = $1 AND code = $2", "it", req->caisse, code);

	if (!stmt)
		return false;
	if (db_next(stmt, err)) {
		*reason = (struct reason_row){
			.minutes = (int)db_int(stmt, 0),
			.channels = (unsigned)db_int(stmt, 1),
			.roles = (unsigned)db_int(stmt, 2),
		};
		ok = (reason->roles >> req->role & 1) ||
		     req_refuse(err, 403, "role.denied",
				"ce motif est réservé à d'autres conseillers");
	} else if (err->code == ERR_NONE) {
		refuse_field(err, "reason.channel", "reason",
			     "ce motif n'est pas proposé par cette caisse");
	}
	db_done(stmt);
	return ok;
}
