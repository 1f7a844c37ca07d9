/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slot held for a few minutes while the agent and the person talk. */
#include "../access.h"
#include "../cells.h"
#include "../holder.h"
#include "../rules.h"
#include "handlers.h"
#include <guichet/base/text.h>
#include <stdio.h>

struct old_hold { int64_t id; struct cell_span span; };

/* An agent has one slot in hand for a file: choosing another gives the first
 * back. */
static bool release_others(struct req *req, int64_t file_id, struct err *err)
{
	struct rows held;
	bool ok = true;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT id, office_id, desk, starts_at, ends_at FROM hold"
		" WHERE caisse = $1 AND agent_id = $2 AND file_id = $3", "iii",
		req->caisse, req->agent_id, file_id);

	if (!stmt)
		return false;
	rows_init(&held, sizeof(struct old_hold));
	while (db_next(stmt, err)) {
		struct old_hold *old = rows_add(&held);

		old->id = db_int(stmt, 0);
		old->span.office_id = db_int(stmt, 1);
		old->span.desk = (int)db_int(stmt, 2);
		old->span.starts_at = db_int(stmt, 3);
		old->span.ends_at = db_int(stmt, 4);
	}
	db_done(stmt);
	ok = err->code == ERR_NONE;
	for (size_t i = 0; ok && i < held.count; i++) {
		const struct old_hold *old = rows_at(&held, i);

		ok = hold_drop(req, old->id, &old->span, err);
	}
	rows_fini(&held);
	return ok;
}

static bool remove_expired(struct req *req, struct err *err)
{
	return db_run(req->db, err, NULL,
		      "DELETE FROM hold WHERE caisse = $1 AND expires_at <= $2",
		      "ii", req->caisse, req->now_ms);
}

static bool insert(struct req *req, const struct hold_row *hold, struct err *err)
{
	return db_run(req->db, err, NULL,
		      "INSERT INTO hold (caisse, id, agent_id, file_id,"
		      " office_id, desk, reason, starts_at, ends_at, expires_at)"
		      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
		      "iiiiiitiii", req->caisse, hold->id, req->agent_id,
		      hold->file_id, hold->span.office_id,
		      (int64_t)hold->span.desk, hold->reason,
		      hold->span.starts_at, hold->span.ends_at,
		      hold->expires_at);
}

static bool answer(struct req *req, const struct hold_row *hold,
		   struct rows *out, struct err *err)
{
	struct agenda_office office;
	struct hold *reply = rows_add(out);
	bool ok = agenda_init(req, hold->span.office_id, &office, err);

	id_format(hold->id, reply->id);
	id_format(hold->span.office_id, reply->office_id);
	reply->desk = hold->span.desk;
	reply->starts_at = hold->span.starts_at;
	reply->ends_at = hold->span.ends_at;
	reply->expires_at = hold->expires_at;
	text_copy(reply->reason, sizeof(reply->reason), hold->reason);
	text_copy(reply->office_name, sizeof(reply->office_name), office.name);
	text_copy(reply->held_by, sizeof(reply->held_by), req->agent_name);
	text_copy(req->object, sizeof(req->object), reply->id);
	snprintf(req->location, sizeof(req->location), "/v1/holds/%s", reply->id);
	agenda_fini(&office);
	return ok;
}

bool hold_create(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err)
{
	const struct hold_new *asked = body;
	struct hold_row hold = {
		.id = id_new(),
		.file_id = id_parse(asked->insured_id),
		.span = {
			.office_id = id_parse(asked->office_id),
			.desk = (int)asked->desk,
			.starts_at = asked->starts_at,
		},
	};
	struct reason_row reason;
	struct holder holder;
	int64_t minutes;
	bool taken;

	(void)key;
	text_copy(hold.reason, sizeof(hold.reason), asked->reason);
	if (!holder_in_file(req, asked->insured_id, hold.file_id, "insured_id",
			    &holder, err) ||
	    !access_file(req, hold.file_id, err) ||
	    !reason_get(req, hold.reason, &reason, err) ||
	    !rule_value(req->db, RULE_HOLD_MINUTES, req->today, &minutes, err))
		return false;
	req->file_id = hold.file_id;
	hold.span.ends_at = hold.span.starts_at + reason.minutes * 60000LL;
	hold.expires_at = req->now_ms + minutes * 60000;
	if (!cells_open(req, &hold.span, err) ||
	    !release_others(req, hold.file_id, err) ||
	    !remove_expired(req, err) ||
	    !cells_take(req, &hold.span, hold.id, 0, hold.expires_at, &taken, err))
		return false;
	if (!taken)
		return cells_refuse(req, &hold.span, err);
	return insert(req, &hold, err) && answer(req, &hold, out, err);
}

bool hold_delete(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err)
{
	const struct hold_key *asked = key;
	struct hold_row hold;

	(void)body;
	(void)out;
	text_copy(req->object, sizeof(req->object), asked->hold_id);
	if (!hold_get(req, id_parse(asked->hold_id), &hold, err)) {
		if (err->status != 409)
			return false;
		/* expired or already given back: what was wanted is so */
		err_clear(err);
		return true;
	}
	req->file_id = hold.file_id;
	return hold_drop(req, hold.id, &hold.span, err);
}
