/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accesses that a supervisor has to look at: GET /v1/reviews, POST
 * /v1/reviews/{review_id}/decision. */
#include "handlers.h"
#include "review.h"

#include <guichet/base/intl.h>

#include <stdio.h>

static bool tell_pending(struct req *req, struct err *err)
{
	struct review_totals totals;

	if (!review_pending(req, &totals.pending, err))
		return false;
	buf_empty(&req->scratch);
	if (!buf_add(&req->scratch, &totals, sizeof(totals)))
		return err_set(err, ERR_SYSTEM, _("mémoire insuffisante"));
	req->envelope = req->scratch.data;
	return true;
}

bool review_list(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err)
{
	const struct review_query *query = key;
	int64_t limit = req_limit(query->limit), after, id;
	struct rows found;
	char filter[128];
	bool ok;

	(void)body;
	snprintf(filter, sizeof(filter), "reviews %d %d %s", query->state,
		 query->kind, query->agent);
	if (!req_cursor_read(req, query->cursor, filter, &after, &id, err) ||
	    !tell_pending(req, err))
		return false;
	rows_init(&found, sizeof(struct review_row));
	ok = review_select(req, query, after, id, limit + 1, &found, err);
	for (size_t i = 0; ok && i < found.count && (int64_t)i < limit; i++) {
		const struct review_row *row = rows_at(&found, i);

		rows_copy_in(out, &row->review);
		if ((int64_t)i + 1 == limit && found.count > i + 1)
			ok = req_cursor_write(req, filter, row->review.opened_at,
					      row->id, err);
	}
	rows_fini(&found);
	return ok;
}

/* What was not justified lets nobody in any more. */
static bool end_access(struct req *req, const struct review_row *row,
		       struct err *err)
{
	return db_run(req->db, err, NULL, "UPDATE review SET until = $1"
		      " WHERE caisse = $2 AND id = $3 AND until > $1", "iii",
		      req->now_ms, req->home, row->id) &&
		db_run(req->db, err, NULL, "UPDATE contact SET until = $1"
		       " WHERE caisse = $2 AND agent_id = $3 AND review_id = $4"
		       " AND until > $1", "iiii", req->now_ms, req->home,
		       row->agent_id, row->id);
}

static bool decide(struct req *req, const struct review_row *row,
		   const struct review_decision *decision, struct err *err)
{
	if (!db_run(req->db, err, NULL,
		    "UPDATE review SET state = $1, finding = $2, decided_by = $3,"
		    " decided_at = $4 WHERE caisse = $5 AND id = $6 AND state = 0",
		    "iiiiii", (int64_t)decision->state, (int64_t)decision->finding,
		    req->agent_id, req->now_ms, req->home, row->id))
		return false;
	return decision->state == REVIEW_JUSTIFIED || row->file_id == 0 ||
		end_access(req, row, err);
}

bool review_decide(struct req *req, const void *key, const void *body,
		   struct rows *out, struct err *err)
{
	const struct review_key *path = key;
	const struct review_decision *decision = body;
	struct review_row row;

	if (!review_read(req, id_parse(path->review_id), &row, err))
		return false;
	req->file_id = row.file_id;
	id_format(row.id, req->object);
	if (row.review.mine)
		return req_refuse(err, 403, "review.own",
			_("une autre personne doit se prononcer"));
	if (row.review.state != REVIEW_PENDING)
		return req_refuse(err, 409, "review.decided",
			_("ce contrôle est déjà fait"));
	if (decision->state == REVIEW_PENDING)
		return req_refuse(err, 422, "review.state",
			_("dites si l'accès était justifié"));
	if (!decide(req, &row, decision, err) ||
	    !review_read(req, row.id, &row, err))
		return false;
	rows_copy_in(out, &row.review);
	return true;
}
