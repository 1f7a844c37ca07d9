/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One hidden value at a time: POST /v1/insured/{insured_id}/reveals.  The trace
 * says which, never what it is. */
#include "handlers.h"
#include "people.h"
#include "../holder.h"

#include <guichet/base/iban.h>
#include <guichet/base/intl.h>
#include <guichet/base/nir.h>
#include <guichet/base/text.h>

#include <stdio.h>

#define RULE_SECONDS "reveal.seconds"

static bool tell_nir(struct db_stmt *stmt, char *out, size_t size)
{
	const char *nir = db_text(stmt, 0);

	snprintf(out, size, "%s %02d", nir, nir_key(nir) % 100);
	return true;
}

static bool tell_iban(struct db_stmt *stmt, char *out, size_t size)
{
	return text_copy(out, size, db_text(stmt, 1));
}

static bool tell_phone(struct db_stmt *stmt, char *out, size_t size)
{
	return text_copy(out, size, db_text(stmt, 2));
}

static bool tell_email(struct db_stmt *stmt, char *out, size_t size)
{
	return text_copy(out, size, db_text(stmt, 3));
}

static bool tell_serial(struct db_stmt *stmt, char *out, size_t size)
{
	return text_copy(out, size, db_text(stmt, 4));
}

/* Who may see what, once the person is identified that well. */
struct rule {
	unsigned roles;                 /* 1 << enum role */
	int tier;                       /* enum tier */
	bool of_file;                   /* not of each person */
	bool (*tell)(struct db_stmt *stmt, char *out, size_t size);
};

#define AT_THE_DESK (1u << ROLE_COUNTER | 1u << ROLE_SUPERVISOR)

static const struct rule rules[REVEAL_N] = {
	[REVEAL_NIR] = { ROLES_ALL, TIER_SIMPLE, false, tell_nir },
	/* never to the telephone, where nobody sees who listens */
	[REVEAL_IBAN] = { AT_THE_DESK, TIER_STRONG, true, tell_iban },
	[REVEAL_PHONE] = { ROLES_ALL, TIER_SIMPLE, true, tell_phone },
	[REVEAL_EMAIL] = { ROLES_ALL, TIER_SIMPLE, true, tell_email },
	[REVEAL_VITALE_SERIAL] = { AT_THE_DESK, TIER_STRONG, false, tell_serial },
};

static bool read_value(struct req *req, int64_t file_id, int64_t person_id,
		       const struct rule *rule, struct reveal *reveal,
		       struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT p.nir, f.iban, f.phone, f.email, p.vitale_serial"
		" FROM person p CROSS JOIN file f WHERE p.caisse = $1"
		" AND p.id = $2 AND p.file_id = $3 AND f.caisse = p.caisse"
		" AND f.id = p.file_id", "iii", req->caisse, person_id, file_id);
	bool ok = db_next(stmt, err);

	if (!ok && err->code == ERR_NONE)
		refuse_missing(err);
	ok = ok && (rule->tell(stmt, reveal->value, sizeof(reveal->value)) ||
		    err_set(err, ERR_SYSTEM, _("cette valeur est trop longue")));
	db_done(stmt);
	return ok;
}

bool insured_reveal(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err)
{
	const struct insured_key *path = key;
	const struct reveal_new *asked = body;
	const struct rule *rule = &rules[asked->field];
	struct reveal *reveal;
	int64_t file_id, person_id;

	if (!people_file(req, path->insured_id, &file_id, err))
		return false;
	snprintf(req->object, sizeof(req->object), "%s %s",
		 reveal_field_names[asked->field], asked->beneficiary_id);
	if (!(rule->roles & 1u << req->role))
		return req_refuse(err, 403, "field.denied",
			_("votre rôle ne donne pas cette information"));
	if (!req_needs_tier(req, rule->tier, err))
		return false;
	person_id = *asked->beneficiary_id && !rule->of_file ?
		id_parse(asked->beneficiary_id) : file_id;
	reveal = rows_add(out);
	reveal->field = asked->field;
	return read_value(req, file_id, person_id, rule, reveal, err) &&
		rule_value(req->db, RULE_SECONDS, req->today, &reveal->seconds,
			   err);
}
