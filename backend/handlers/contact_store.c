/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contact.h"
#include "../access.h"
#include "../holder.h"
#include "../volume.h"

#include <guichet/base/intl.h>

#include <string.h>

static bool copy_row(struct db_stmt *stmt, struct contact_row *row,
		     struct err *err)
{
	struct contact *contact = &row->contact;

	row->file_id = db_int(stmt, 0);
	row->tries = db_int(stmt, 5);
	row->version = db_int(stmt, 10);
	id_format(row->id, contact->id);
	id_format(row->file_id, contact->insured_id);
	contact->channel = (int)db_int(stmt, 1);
	contact->reason = (int)db_int(stmt, 2);
	contact->tier = (int)db_int(stmt, 3);
	contact->proof = (int)db_int(stmt, 4);
	contact->outcome = (int)db_int(stmt, 6);
	contact->advised = (int)db_int(stmt, 7);
	contact->opened_at = db_int(stmt, 8);
	contact->closed_at = db_int(stmt, 9);
	contact->motive = (int)db_int(stmt, 14);
	row->file_caisse = db_int(stmt, 15);
	contact->until = db_int(stmt, 16);
	contact->volume = -1;
	contact->files_today = CODEC_NONE;
	return db_copy(stmt, 11, contact->reference,
		       sizeof(contact->reference), err) &&
	       db_copy(stmt, 12, contact->note, sizeof(contact->note), err) &&
	       db_copy(stmt, 13, contact->agent, sizeof(contact->agent), err);
}

bool contact_read(struct req *req, int64_t id, struct contact_row *row,
		  struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT c.file_id, c.channel, c.reason, c.tier, c.proof, c.tries,"
		" c.outcome, c.advised, c.opened_at, c.closed_at, c.version,"
		" c.reference, c.note, a.login, c.motive, c.file_caisse, c.until"
		" FROM contact c LEFT JOIN agent a"
		" ON a.caisse = c.caisse AND a.id = c.agent_id"
		" WHERE c.caisse = $1 AND c.id = $2"
		" AND (c.agent_id = $3 OR $4 = 1)", "iiii", req->caisse, id,
		req->agent_id, (int64_t)(req->role == ROLE_SUPERVISOR));
	bool ok = false;

	*row = (struct contact_row){ .id = id };
	if (db_next(stmt, err))
		ok = copy_row(stmt, row, err);
	else if (err->code == ERR_NONE)
		refuse_missing(err);
	db_done(stmt);
	if (!ok)
		return false;
	if (row->file_caisse == 0)
		row->file_caisse = req->home;
	row->contact.perimeter = row->file_caisse == req->home ?
		PERIMETER_OWN : PERIMETER_BREAK_GLASS;
	req->file_id = row->file_id;
	req->file_caisse = row->file_caisse;
	req->version = row->version;
	id_format(id, req->object);
	return access_check(req, req->op, row->contact.perimeter, err);
}

bool contact_is_open(const struct contact_row *row, struct err *err)
{
	return row->contact.closed_at == 0 ||
	       req_refuse(err, 409, "contact.closed",
			  _("ce contact est déjà clos"));
}

/* What an operation says of the reason somebody came. */
enum weight {
	SHOWN,                          /* comes with opening the file */
	READ,                           /* asked for */
	DONE,                           /* something was lodged or booked */
};

struct deed {
	const char *operation;
	enum contact_reason reason;
	enum weight weight;
	enum contact_outcome outcome;
};

static const struct deed deeds[] = {
	{ "payment.list", CONTACT_PAYMENTS, SHOWN, OUTCOME_ANSWERED },
	{ "payment.get", CONTACT_PAYMENTS, READ, OUTCOME_ANSWERED },
	{ "beneficiary.list", CONTACT_FAMILY, SHOWN, OUTCOME_ANSWERED },
	{ "right.list", CONTACT_RIGHTS, READ, OUTCOME_ANSWERED },
	{ "card.list", CONTACT_VITALE, READ, OUTCOME_ANSWERED },
	{ "certificate.paper", CONTACT_CERTIFICATE, READ, OUTCOME_ANSWERED },
	{ "request.list", CONTACT_REQUEST, READ, OUTCOME_ANSWERED },
	{ "request.get", CONTACT_REQUEST, READ, OUTCOME_ANSWERED },
	{ "appointment.list", CONTACT_APPOINTMENT, READ, OUTCOME_ANSWERED },
	{ "appointment.update", CONTACT_APPOINTMENT, DONE, OUTCOME_ANSWERED },
	{ "appointment.create", CONTACT_APPOINTMENT, DONE, OUTCOME_BOOKED },
	{ "ehic.create", CONTACT_EHIC, DONE, OUTCOME_LODGED },
	{ "ehic.report_loss", CONTACT_EHIC, DONE, OUTCOME_LODGED },
	{ "vitale.create", CONTACT_VITALE, DONE, OUTCOME_LODGED },
	{ "vitale.report_loss", CONTACT_VITALE, DONE, OUTCOME_LODGED },
	{ "attachment.put", CONTACT_REQUEST, DONE, OUTCOME_LODGED },
	{ 0 },
};

static const struct deed *deed_of(const char *operation)
{
	for (const struct deed *deed = deeds; deed->operation; deed++) {
		if (strcmp(deed->operation, operation) == 0)
			return deed;
	}
	return NULL;
}

/* The weightiest deed, and among equals the latest: the rows come newest first,
 * and those before the contact was opened are not read. */
static bool weigh(struct req *req, const struct contact_row *row,
		  const struct deed **best, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT at, contact_id, status, operation FROM audit"
		" WHERE caisse = $1 AND file_id = $2 ORDER BY seq DESC",
		"ii", req->caisse, row->file_id);

	*best = NULL;
	while (db_next(stmt, err) && db_int(stmt, 0) >= row->contact.opened_at) {
		const struct deed *deed = deed_of(db_text(stmt, 3));

		if (deed && db_int(stmt, 1) == row->id && db_int(stmt, 2) < 300 &&
		    (!*best || deed->weight > (*best)->weight))
			*best = deed;
	}
	db_done(stmt);
	return err->code == ERR_NONE;
}

bool contact_suggest(struct req *req, struct contact_row *row, struct err *err)
{
	struct contact *contact = &row->contact;
	const struct deed *best = NULL;

	if (!contact->closed_at && !weigh(req, row, &best, err))
		return false;
	contact->suggested_reason = contact->reason;
	contact->suggested_outcome = contact->outcome;
	if (contact->suggested_reason < 0 && best)
		contact->suggested_reason = (int)best->reason;
	if (contact->suggested_outcome < 0)
		contact->suggested_outcome = best ? (int)best->outcome :
			contact->tier == TIER_NONE && row->tries ?
			OUTCOME_REFUSED_PROOF : OUTCOME_ANSWERED;
	return true;
}

/* While it is open: how many files the agent who asks has opened today. */
static bool tell_volume(struct req *req, struct contact *contact,
			struct err *err)
{
	struct volume_count count;

	if (contact->closed_at != 0)
		return true;
	if (!volume_count(req, &count, err))
		return false;
	contact->files_today = count.day;
	contact->volume = (int)volume_word(&count);
	return true;
}

bool contact_give(struct req *req, int64_t id, struct rows *out, struct err *err)
{
	struct contact_row row;

	if (!contact_read(req, id, &row, err) ||
	    !contact_suggest(req, &row, err) ||
	    !tell_volume(req, &row.contact, err))
		return false;
	rows_copy_in(out, &row.contact);
	return true;
}
