/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access.h"
#include "auth.h"
#include "holder.h"

#include <guichet/base/intl.h>
#include <guichet/base/log.h>
#include <guichet/base/workdays.h>

bool access_allows(const struct api_op *op, int role, enum perimeter perimeter)
{
	switch (perimeter) {
	case PERIMETER_OWN:
		return op->roles & 1u << role;
	case PERIMETER_BREAK_GLASS:
		return op->glass_roles & 1u << role;
	default:
		return false;
	}
}

bool access_check(const struct req *req, const struct api_op *op,
		  enum perimeter perimeter, struct err *err)
{
	if (access_allows(op, req->role, perimeter))
		return true;
	if (perimeter == PERIMETER_OWN)
		return req_refuse(err, 403, "role.denied",
			_("votre rôle ne permet pas cette opération"));
	return req_refuse(err, 403, "perimeter.denied",
		_("hors de votre caisse, ce dossier se consulte seulement"));
}

bool access_enter(struct req *req, struct err *err)
{
	int64_t caisse = req->contact.file_caisse;
	struct db_stmt *stmt;
	bool ok;

	if (caisse == req->home)
		return true;
	stmt = db_query(req->db, err, "SELECT name, department FROM caisse "
			"WHERE code = $1", "i", caisse);
	if (!db_next(stmt, err)) {
		if (err->code == ERR_NONE)
			refuse_missing(err);
		return false;
	}
	ok = db_copy(stmt, 0, req->caisse_name, sizeof(req->caisse_name), err) &&
		db_copy(stmt, 1, req->department, sizeof(req->department), err);
	db_done(stmt);
	req->caisse = req->file_caisse = caisse;
	req->zone = workdays_zone(req->department);
	req->today = zone_date(req->zone, req->now_ms, NULL);
	return ok;
}

bool access_confirm(struct req *req, struct err *err)
{
	struct db_blob token = { req->token, TOKEN_HASH_SIZE };
	int64_t seconds, changed = 0;

	if (!rule_value(req->db, RULE_CONFIRM_S, req->today, &seconds, err) ||
	    !db_run(req->db, err, &changed,
		    "UPDATE session SET confirmed_at = 0 WHERE token = $1 "
		    "AND confirmed_at > $2", "bi", &token,
		    req->now_ms - seconds * 1000))
		return false;
	if (changed == 1)
		return true;
	return req_refuse(err, 403, "reauth.needed",
		_("redonnez d'abord votre mot de passe"));
}

bool access_is_own(struct req *req, int64_t agent_id, int64_t caisse,
		   int64_t file_id, bool *own, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT p.id FROM agent a CROSS JOIN person p"
		" WHERE a.caisse = $1 AND a.id = $2 AND a.nir <> ''"
		" AND p.caisse = $3 AND p.file_id = $4 AND p.nir = a.nir",
		"iiii", req->home, agent_id, caisse, file_id);

	*own = db_next(stmt, err);
	db_done(stmt);
	return err->code == ERR_NONE;
}

/* A row that runs now and lets the agent into the file; *found is false when
 * there is none. */
static bool find_review(struct req *req, int kind, int64_t file_id,
			struct access_way *way, bool *found, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT id, file_caisse, until FROM review WHERE caisse = $1"
		" AND agent_id = $2 AND kind = $3 AND file_id = $4 AND until > $5"
		" ORDER BY until DESC LIMIT 1", "iiiii", req->home,
		req->agent_id, (int64_t)kind, file_id, req->now_ms);

	*found = db_next(stmt, err);
	if (*found)
		*way = (struct access_way){
			.review_id = db_int(stmt, 0),
			.file_caisse = db_int(stmt, 1),
			.until = db_int(stmt, 2),
		};
	db_done(stmt);
	return err->code == ERR_NONE;
}

static bool refuse_own(struct err *err)
{
	return req_refuse(err, 403, "file.own",
		_("c'est votre dossier : un collègue doit s'en charger"));
}

static bool open_sensitive(struct req *req, int64_t file_id,
			   struct access_way *way, struct err *err)
{
	bool found;

	if (!find_review(req, REVIEW_SENSITIVE, file_id, way, &found, err))
		return false;
	if (found)
		return true;
	return req_refuse(err, 403, "file.sensitive",
		_("dossier sensible : demandez l'accès à un superviseur"));
}

/* Whether the file is of the agent's caisse, and how it is protected. */
static bool look_at_home(struct req *req, int64_t file_id, bool *there,
			 bool *sensitive, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT sensitive FROM file WHERE caisse = $1 AND id = $2", "ii",
		req->home, file_id);

	*there = db_next(stmt, err);
	*sensitive = *there && db_int(stmt, 0) != 0;
	db_done(stmt);
	return err->code == ERR_NONE;
}

bool access_find_way(struct req *req, int64_t file_id, struct access_way *way,
		     struct err *err)
{
	bool there, sensitive, own;

	*way = (struct access_way){ .file_caisse = req->home };
	if (!look_at_home(req, file_id, &there, &sensitive, err))
		return false;
	if (!there && !find_review(req, REVIEW_BREAK_GLASS, file_id, way, &there,
				   err))
		return false;
	if (!there)
		return refuse_missing(err);
	if ((way->file_caisse != req->home &&
	     !access_check(req, req->op, PERIMETER_BREAK_GLASS, err)) ||
	    !access_is_own(req, req->agent_id, way->file_caisse, file_id, &own,
			   err))
		return false;
	if (own)
		return refuse_own(err);
	return !sensitive || open_sensitive(req, file_id, way, err);
}

bool access_file(struct req *req, int64_t file_id, struct err *err)
{
	struct access_way way;
	bool there, sensitive, own;

	req->file_id = file_id;
	if (req->contact.file_id == file_id)
		return true;
	if (!look_at_home(req, file_id, &there, &sensitive, err) ||
	    !access_is_own(req, req->agent_id, req->home, file_id, &own, err))
		return false;
	if (own)
		return refuse_own(err);
	return !sensitive || open_sensitive(req, file_id, &way, err);
}

bool access_add_review(struct req *req, const struct access_review *review,
		       int64_t *id, struct err *err)
{
	char text[ID_TEXT];

	*id = id_new();
	if (!db_run(req->db, err, NULL,
		"INSERT INTO review (caisse, id, kind, state, agent_id, opened_by,"
		" file_caisse, file_id, reason, reference, files, minutes,"
		" opened_at, until) VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9,"
		" $10, $11, $12, $13)", "iiiiiiiitiiii", req->home, *id,
		(int64_t)review->kind, review->agent_id, review->opened_by,
		review->file_caisse, review->file_id, (int64_t)review->reason,
		review->reference, review->files, review->minutes, req->now_ms,
		review->until))
		return false;
	id_format(*id, text);
	log_event(LOG_WARN, "access.review", "kind",
		  review_kind_names[review->kind], "review", text, NULL);
	return true;
}
