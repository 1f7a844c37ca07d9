/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests: those of a file, those a desk has to follow, one with its history. */
#include "../card_store.h"
#include "../request_store.h"
#include "handlers.h"
#include <guichet/base/text.h>
#include <stdio.h>

/* Give at most `limit` of the rows found; one more was asked for, to know
 * whether there is a next page. */
static bool answer(struct req *req, const struct rows *found, int64_t limit,
		   const char *filter, struct rows *out, struct err *err)
{
	for (size_t i = 0; i < found->count && (int64_t)i < limit; i++) {
		const struct request_row *row = rows_at(found, i);

		rows_copy_in(out, &row->told);
		if ((int64_t)i + 1 == limit && found->count > i + 1)
			return req_cursor_write(req, filter, row->id, row->id, err);
	}
	return true;
}

bool request_list(struct req *req, const void *key, const void *body,
		  struct rows *out, struct err *err)
{
	const struct request_query *query = key;
	int64_t limit = req_limit(query->limit), file_id, after, id;
	struct rows found;
	char filter[40];
	bool ok;

	(void)body;
	snprintf(filter, sizeof(filter), "requests %s", query->insured_id);
	if (!holder_open_file(req, query->insured_id, &file_id, err) ||
	    !req_cursor_read(req, query->cursor, filter, &after, &id, err))
		return false;
	rows_init(&found, sizeof(struct request_row));
	ok = request_of_file(req, file_id, id, limit + 1, &found, err) &&
		answer(req, &found, limit, filter, out, err);
	rows_fini(&found);
	return ok;
}

bool request_follow(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err)
{
	const struct follow_query *query = key;
	int64_t limit = req_limit(query->limit), after, id;
	struct rows found;
	bool ok;

	(void)body;
	if (!req_cursor_read(req, query->cursor, "follow", &after, &id, err))
		return false;
	rows_init(&found, sizeof(struct request_row));
	ok = request_to_follow(req, id, limit + 1, &found, err) &&
		answer(req, &found, limit, "follow", out, err);
	rows_fini(&found);
	return ok;
}

/* The latest steps, oldest first. */
static bool read_steps(struct req *req, int64_t id,
		       struct request_detail *detail, struct err *err)
{
	bool ok = true;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT at, state, actor, note FROM request_step"
		" WHERE caisse = $1 AND request_id = $2 AND step >"
		" (SELECT MAX(s.step) FROM request_step s WHERE s.caisse = $1"
		" AND s.request_id = $2) - $3 ORDER BY step", "iii",
		req->caisse, id, (int64_t)STEPS_MAX);

	if (!stmt)
		return false;
	while (ok && detail->step_count < STEPS_MAX && db_next(stmt, err)) {
		struct request_step *step = &detail->steps[detail->step_count++];

		step->at = db_int(stmt, 0);
		step->state = (int)db_int(stmt, 1);
		ok = db_copy(stmt, 2, step->actor, sizeof(step->actor), err) &&
		     db_copy(stmt, 3, step->note, sizeof(step->note), err);
	}
	db_done(stmt);
	return ok && err->code == ERR_NONE;
}

static bool read_attachments(struct req *req, int64_t id,
			     struct request_detail *detail, struct err *err)
{
	bool ok = true;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT name, type, size, sha256, received_at FROM attachment"
		" WHERE caisse = $1 AND request_id = $2 ORDER BY name", "ii",
		req->caisse, id);

	if (!stmt)
		return false;
	while (ok && detail->attachment_count < ATTACHMENTS_MAX &&
	       db_next(stmt, err)) {
		struct attachment *piece =
			&detail->attachments[detail->attachment_count++];

		piece->size = db_int(stmt, 2);
		piece->received_at = db_int(stmt, 4);
		ok = db_copy(stmt, 0, piece->name, sizeof(piece->name), err) &&
		     db_copy(stmt, 1, piece->type, sizeof(piece->type), err) &&
		     db_copy(stmt, 3, piece->sha256, sizeof(piece->sha256), err);
	}
	db_done(stmt);
	return ok && err->code == ERR_NONE;
}

bool request_get(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err)
{
	const struct request_key *at = key;
	struct request_detail *detail = rows_add(out);
	struct request_row row;
	struct card_row card;

	(void)body;
	if (!request_load(req, id_parse(at->request_id), &row, err) ||
	    !read_steps(req, row.id, detail, err) ||
	    !read_attachments(req, row.id, detail, err))
		return false;
	if (row.card_id) {
		if (!card_load(req, row.card_id, &card, err))
			return false;
		holder_mask_serial(card.serial, detail->card_masked);
	}
	detail->request = row.told;
	req->version = row.version;
	req->file_id = row.file_id;
	text_copy(req->object, sizeof(req->object), row.told.number);
	return true;
}
