/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proofs of identity: POST /v1/contacts/{contact_id}/proofs.  The answer is a
 * match or none, never what was expected. */
#include "handlers.h"
#include "contact.h"
#include "people.h"
#include "../holder.h"

#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <string.h>

#define TRIES_MAX 3
#define TRIES_BITS 4

/* What the file knows of the insured person. */
struct known {
	int64_t birth;                  /* yyyymmdd */
	char serial[24];
	char postcode[6];
	char phone[20];
};

static int tries_of(const struct contact_row *row, int kind)
{
	return (int)(row->tries >> (TRIES_BITS * kind) & ((1 << TRIES_BITS) - 1));
}

static bool read_known(struct req *req, const struct contact_row *row,
		       struct known *known, struct err *err)
{
	bool ok = false;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT p.birth, p.vitale_serial, f.postcode, f.phone"
		" FROM person p CROSS JOIN file f"
		" WHERE p.caisse = $1 AND p.id = $2"
		" AND f.caisse = p.caisse AND f.id = p.id",
		"ii", row->file_caisse, row->file_id);

	if (db_next(stmt, err)) {
		known->birth = db_int(stmt, 0);
		ok = db_copy(stmt, 1, known->serial, sizeof(known->serial), err) &&
		     db_copy(stmt, 2, known->postcode,
			     sizeof(known->postcode), err);
		people_phone(db_text(stmt, 3), known->phone);
	} else if (err->code == ERR_NONE) {
		refuse_missing(err);
	}
	db_done(stmt);
	return ok;
}

/* All that is said has to agree, and the birth date alone is not enough. */
static bool match_simple(const struct proof_new *said, const struct known *known)
{
	char phone[20];

	people_phone(said->phone, phone);
	return day_number(said->birth) == known->birth &&
	       (!*said->postcode || strcmp(said->postcode, known->postcode) == 0) &&
	       (!*phone || strcmp(phone, known->phone) == 0);
}

static bool matches(const struct proof_new *said, const struct known *known)
{
	switch (said->kind) {
	case PROOF_SIMPLE:
		return match_simple(said, known);
	case PROOF_VITALE:
		return *known->serial && strcmp(said->serial, known->serial) == 0;
	default:
		return true;            /* seen by the agent's own eyes */
	}
}

static bool incomplete(struct err *err, const char *field, const char *text)
{
	return refuse_field(err, "proof.incomplete", field, text);
}

/* Refuse what is not a proof at all; it counts for no try. */
static bool acceptable(const struct contact_row *row,
		       const struct proof_new *said, struct err *err)
{
	switch (said->kind) {
	case PROOF_SIMPLE:
		if (!date_is_set(said->birth))
			return incomplete(err, "birth",
				_("donnez la date de naissance"));
		return *said->postcode || *said->phone ||
		       incomplete(err, "postcode",
				  _("donnez le code postal ou le téléphone"));
	case PROOF_DOCUMENT:
		if (row->contact.channel != CHANNEL_COUNTER)
			return req_refuse(err, 422, "proof.channel",
				_("une pièce d'identité se présente au guichet"));
		return said->document >= 0 ||
		       incomplete(err, "document", _("dites quelle pièce"));
	default:
		return *said->serial ||
		       incomplete(err, "serial",
				  _("donnez le numéro de série de la carte"));
	}
}

static bool record(struct req *req, struct contact_row *row,
		   const struct proof_new *said, bool match, struct err *err)
{
	int reached = said->kind == PROOF_SIMPLE ? TIER_SIMPLE : TIER_STRONG;
	bool raised = match && reached > row->contact.tier;

	if (raised) {
		row->contact.tier = reached;
		row->contact.proof = said->kind;
	}
	if (!match)
		row->tries += INT64_C(1) << (TRIES_BITS * said->kind);
	return db_run(req->db, err, NULL,
		"UPDATE contact SET tier = $1, proof = $2, tries = $3,"
		" document = CASE WHEN $4 >= 0 THEN $4 ELSE document END,"
		" version = version + 1 WHERE caisse = $5 AND id = $6", "iiiiii",
		(int64_t)row->contact.tier, (int64_t)row->contact.proof,
		row->tries, (int64_t)(said->kind == PROOF_DOCUMENT ?
				      said->document : -1),
		req->caisse, row->id);
}

bool contact_prove(struct req *req, const void *key, const void *body,
		   struct rows *out, struct err *err)
{
	const struct contact_key *path = key;
	const struct proof_new *said = body;
	struct contact_row row;
	struct known known;
	struct proof *proof;
	bool match;

	if (!contact_read(req, id_parse(path->contact_id), &row, err) ||
	    !contact_is_open(&row, err) || !acceptable(&row, said, err))
		return false;
	if (tries_of(&row, said->kind) >= TRIES_MAX)
		return req_refuse(err, 409, "proof.locked",
			_("trois essais sans accord : demandez une autre preuve"));
	if (!read_known(req, &row, &known, err))
		return false;
	match = matches(said, &known);
	if (!record(req, &row, said, match, err))
		return false;
	proof = rows_add(out);
	proof->match = match;
	proof->tier = row.contact.tier;
	proof->tries_left = TRIES_MAX - tries_of(&row, said->kind);
	return true;
}
