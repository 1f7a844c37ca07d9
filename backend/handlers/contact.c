/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts: opened with a file, changed, closed. */
#include "handlers.h"
#include "contact.h"
#include "../access.h"
#include "../holder.h"
#include "../volume.h"

#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <stdio.h>

/* Why the file is opened, when the agent leaves it to the channel. */
static const int usual_motives[CHANNEL_N] = {
	[CHANNEL_COUNTER] = MOTIVE_VISIT, [CHANNEL_PHONE] = MOTIVE_CALL,
	[CHANNEL_MAIL] = MOTIVE_MAIL, [CHANNEL_VIDEO] = MOTIVE_VISIT,
	[CHANNEL_ONLINE] = MOTIVE_MAIL,
};

/* A visit and a call that nobody has numbered get a number here; a letter and a
 * task have theirs already. */
static const char *const numbered[MOTIVE_N] = {
	[MOTIVE_VISIT] = "VISITE", [MOTIVE_CALL] = "APPEL",
};

struct opening {
	int64_t file_id;
	int channel, motive;
	char reference[41];
	struct access_way way;
};

static bool say_why(struct req *req, const struct contact_new *from,
		    struct opening *opening, struct err *err)
{
	opening->channel = from->channel < 0 ? req->channel : from->channel;
	opening->motive = from->motive < 0 ? usual_motives[opening->channel] :
		from->motive;
	if (*from->reference)
		return text_copy(opening->reference, sizeof(opening->reference),
				 from->reference);
	if (!numbered[opening->motive])
		return refuse_field(err, "reference.needed", "reference",
			_("donnez le numéro du courrier ou de la tâche"));
	return number_next(req, numbered[opening->motive], opening->reference, err);
}

static bool insert(struct req *req, const struct opening *opening, int reason,
		   int64_t id, struct err *err)
{
	const struct access_way *way = &opening->way;

	return db_run(req->db, err, NULL,
		"INSERT INTO contact (caisse, id, file_id, agent_id, office_id,"
		" channel, reason, reference, tier, proof, document, tries,"
		" outcome, advised, note, opened_at, closed_at, version, motive,"
		" file_caisse, review_id, until)"
		" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, -1, -1, 0, -1, -1,"
		" '', $9, 0, 1, $10, $11, $12, $13)", "iiiiiiitiiiii", req->home,
		id, opening->file_id, req->agent_id, req->office_id,
		(int64_t)opening->channel, (int64_t)reason, opening->reference,
		req->now_ms, (int64_t)opening->motive, way->file_caisse,
		way->review_id, way->until);
}

bool contact_create(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err)
{
	const struct contact_new *from = body;
	struct opening opening = { .file_id = id_parse(from->insured_id) };
	int64_t id = id_new();
	char text[ID_TEXT];

	(void)key;
	if (!access_find_way(req, opening.file_id, &opening.way, err) ||
	    !say_why(req, from, &opening, err) ||
	    !volume_check(req, opening.file_id, err) ||
	    !insert(req, &opening, from->reason, id, err) ||
	    !volume_tell(req, err))
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
