/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review.h"
#include "../holder.h"

#include <stdio.h>

/* Columns of both statements. */
#define COLUMNS "SELECT r.id, r.kind, r.state, r.agent_id, r.opened_by," \
	" r.file_caisse, r.file_id, r.reason, r.files, r.minutes, r.opened_at," \
	" r.until, r.finding, r.decided_at, r.reference, a.login," \
	" a.display_name, coalesce(o.login, ''), coalesce(d.login, '')," \
	" (SELECT count(*) FROM audit t WHERE t.caisse = r.caisse" \
	"  AND t.file_id = r.file_id AND r.file_id <> 0" \
	"  AND t.agent_id = r.agent_id AND t.at >= r.opened_at" \
	"  AND t.at < r.until AND t.status < 300" \
	"  AND t.contact_id <> 0)," \
	" coalesce(p.name, ''), coalesce(p.used_name, '')," \
	" coalesce(p.first_names, '')" \
	" FROM review r JOIN agent a ON a.caisse = r.caisse" \
	" AND a.id = r.agent_id" \
	" LEFT JOIN agent o ON o.caisse = r.caisse AND o.id = r.opened_by" \
	" LEFT JOIN agent d ON d.caisse = r.caisse AND d.id = r.decided_by" \
	" LEFT JOIN person p ON p.caisse = r.file_caisse AND p.id = r.file_id"

static void copy_file(struct db_stmt *stmt, struct review_row *row)
{
	struct review *review = &row->review;

	review->files = review->minutes = review->reads = CODEC_NONE;
	row->file_id = db_int(stmt, 6);
	if (row->file_id == 0) {
		review->files = db_int(stmt, 8);
		if (db_int(stmt, 9) != 0)
			review->minutes = db_int(stmt, 9);
		return;
	}
	id_format(row->file_id, review->insured_id);
	if (db_text(stmt, 20)[0])
		holder_full_name(db_text(stmt, 20), db_text(stmt, 21),
				 db_text(stmt, 22), review->person);
	snprintf(review->caisse, sizeof(review->caisse), "%05d",
		 (int)(db_int(stmt, 5) % 100000));
	review->reads = db_int(stmt, 19);
}

static bool copy_row(struct req *req, struct db_stmt *stmt,
		     struct review_row *row, struct err *err)
{
	struct review *review = &row->review;

	row->id = db_int(stmt, 0);
	id_format(row->id, review->id);
	review->kind = (int)db_int(stmt, 1);
	review->state = (int)db_int(stmt, 2);
	row->agent_id = db_int(stmt, 3);
	row->opened_by = db_int(stmt, 4);
	copy_file(stmt, row);
	review->reason = (int)db_int(stmt, 7);
	review->opened_at = db_int(stmt, 10);
	review->until = db_int(stmt, 11);
	review->finding = (int)db_int(stmt, 12);
	review->decided_at = db_int(stmt, 13);
	review->mine = row->agent_id == req->agent_id ||
		row->opened_by == req->agent_id;
	return db_copy(stmt, 14, review->reference, sizeof(review->reference), err) &&
	       db_copy(stmt, 15, review->agent, sizeof(review->agent), err) &&
	       db_copy(stmt, 16, review->agent_name, sizeof(review->agent_name),
		       err) &&
	       db_copy(stmt, 17, review->opened_by, sizeof(review->opened_by), err) &&
	       db_copy(stmt, 18, review->decided_by, sizeof(review->decided_by), err);
}

bool review_select(struct req *req, const struct review_query *query,
		   int64_t after, int64_t id, int64_t limit, struct rows *rows,
		   struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		COLUMNS " WHERE r.caisse = $1 AND ($2 < 0 OR r.state = $2)"
		" AND ($3 < 0 OR r.kind = $3) AND ($4 = '' OR a.login = $4)"
		" AND (r.opened_at < $5 OR (r.opened_at = $5 AND r.id < $6))"
		" ORDER BY r.opened_at DESC, r.id DESC LIMIT $7", "iiitiii",
		req->home, (int64_t)query->state, (int64_t)query->kind,
		query->agent, after, id, limit);
	bool ok = true;

	while (ok && db_next(stmt, err))
		ok = copy_row(req, stmt, rows_add(rows), err);
	db_done(stmt);
	return ok && err->code == ERR_NONE;
}

bool review_read(struct req *req, int64_t id, struct review_row *row,
		 struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		COLUMNS " WHERE r.caisse = $1 AND r.id = $2", "ii", req->home, id);
	bool ok = false;

	*row = (struct review_row){ .id = id };
	if (db_next(stmt, err))
		ok = copy_row(req, stmt, row, err);
	else if (err->code == ERR_NONE)
		refuse_missing(err);
	db_done(stmt);
	return ok;
}

bool review_pending(struct req *req, int64_t *pending, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT count(*) FROM review WHERE caisse = $1 AND state = 0",
		"i", req->home);

	if (!db_next(stmt, err))
		return false;
	*pending = db_int(stmt, 0);
	db_done(stmt);
	return true;
}
