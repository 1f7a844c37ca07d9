/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts: opened with a file, changed, closed. */
#include "handlers.h"
#include "contact.h"
#include "../holder.h"

#include <guichet/base/intl.h>

#include <stdio.h>

static bool file_exists(struct req *req, int64_t file_id, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT id FROM file WHERE caisse = $1 AND id = $2", "ii",
		req->caisse, file_id);
	bool found = db_next(stmt, err);

	db_done(stmt);
	return found || (err->code == ERR_NONE && refuse_missing(err));
}

bool contact_create(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err)
{
	const struct contact_new *from = body;
	int64_t file_id = id_parse(from->insured_id), id = id_new();
	int channel = from->channel < 0 ? req->channel : from->channel;
	char text[ID_TEXT];

	(void)key;
	if (!file_exists(req, file_id, err) ||
	    !db_run(req->db, err, NULL,
		"INSERT INTO contact (caisse, id, file_id, agent_id, office_id,"
		" channel, reason, reference, tier, proof, document, tries,"
		" outcome, advised, note, opened_at, closed_at, version)"
		" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, -1, -1, 0, -1, -1,"
		" '', $9, 0, 1)", "iiiiiiiti", req->caisse, id, file_id,
		req->agent_id, req->office_id, (int64_t)channel,
		(int64_t)from->reason, from->reference, req->now_ms))
		return false;
	id_format(id, text);
	snprintf(req->location, sizeof(req->location), "/v1/contacts/%s", text);
	return contact_give(req, id, out, err);
}

bool contact_get(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err)
{
	const struct contact_key *path = key;

	(void)body;
	return contact_give(req, id_parse(path->contact_id), out, err);
}

bool contact_update(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err)
{
	const struct contact_key *path = key;
	const struct contact_change *change = body;
	struct contact_row row;

	if (!contact_read(req, id_parse(path->contact_id), &row, err) ||
	    !req_match(req, row.version, err) || !contact_is_open(&row, err))
		return false;
	if (!db_run(req->db, err, NULL,
		"UPDATE contact SET reason = $1, reference = $2,"
		" version = version + 1 WHERE caisse = $3 AND id = $4", "itii",
		(int64_t)(change->reason < 0 ? row.contact.reason :
			  change->reason),
		*change->reference ? change->reference : row.contact.reference,
		req->caisse, row.id))
		return false;
	return contact_give(req, row.id, out, err);
}

bool contact_close(struct req *req, const void *key, const void *body,
		   struct rows *out, struct err *err)
{
	const struct contact_key *path = key;
	const struct contact_end *end = body;
	struct contact_row row;

	if (!contact_read(req, id_parse(path->contact_id), &row, err) ||
	    !contact_is_open(&row, err))
		return false;
	if (!db_run(req->db, err, NULL,
		"UPDATE contact SET reason = $1, outcome = $2, advised = $3,"
		" note = $4, closed_at = $5, version = version + 1"
		" WHERE caisse = $6 AND id = $7", "iiitiii",
		(int64_t)end->reason, (int64_t)end->outcome,
		(int64_t)end->advised, end->note, req->now_ms, req->caisse,
		row.id))
		return false;
	return contact_give(req, row.id, out, err);
}
