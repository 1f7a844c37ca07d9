/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold between tables: keys of one that another refers to.  The schema
 * leaves it to the program, since the distributed engines check it poorly. */
#include "sqlite.h"

#include <guichet/base/intl.h>

#include <string.h>

struct rule {
	const char *name;
	const char *sql;                /* counts the rows that break it */
};

static const struct rule rules_of_store[] = {
	{ "person.file_id",
	  "SELECT count(*) FROM person p LEFT JOIN file f "
	  "ON f.caisse = p.caisse AND f.id = p.file_id WHERE f.id IS NULL" },
	{ "name_key.person_id",
	  "SELECT count(*) FROM name_key k LEFT JOIN person p "
	  "ON p.caisse = k.caisse AND p.id = k.person_id WHERE p.id IS NULL" },
	{ "nir_key.person_id",
	  "SELECT count(*) FROM nir_key k LEFT JOIN person p "
	  "ON p.caisse = k.caisse AND p.id = k.person_id WHERE p.id IS NULL" },
	{ "entitlement.person_id",
	  "SELECT count(*) FROM entitlement e LEFT JOIN person p "
	  "ON p.caisse = e.caisse AND p.id = e.person_id WHERE p.id IS NULL" },
	{ "payment.file_id",
	  "SELECT count(*) FROM payment y LEFT JOIN file f "
	  "ON f.caisse = y.caisse AND f.id = y.file_id WHERE f.id IS NULL" },
	{ "cell.appointment_id",
	  "SELECT count(*) FROM cell c LEFT JOIN appointment a "
	  "ON a.caisse = c.caisse AND a.id = c.appointment_id "
	  "WHERE c.appointment_id <> 0 AND a.id IS NULL" },
	{ "request_step.request_id",
	  "SELECT count(*) FROM request_step s LEFT JOIN request r "
	  "ON r.caisse = s.caisse AND r.id = s.request_id WHERE r.id IS NULL" },
	{ "open_order.request_id",
	  "SELECT count(*) FROM open_order o LEFT JOIN request r "
	  "ON r.caisse = o.caisse AND r.id = o.request_id WHERE r.id IS NULL" },
	{ "card.person_id",
	  "SELECT count(*) FROM card c LEFT JOIN person p "
	  "ON p.caisse = c.caisse AND p.id = c.person_id WHERE p.id IS NULL" },
	{ "contact.agent_id",
	  "SELECT count(*) FROM contact c LEFT JOIN agent a "
	  "ON a.caisse = c.caisse AND a.id = c.agent_id WHERE a.id IS NULL" },
	/* SQLite keeps whatever is put in a column; a text of digits would read
	 * as the number that was hashed. */
	{ "audit.type",
	  "SELECT count(*) FROM audit WHERE typeof(caisse) <> 'integer' "
	  "OR typeof(seq) <> 'integer' OR typeof(at) <> 'integer' "
	  "OR typeof(agent_id) <> 'integer' OR typeof(office_id) <> 'integer' "
	  "OR typeof(contact_id) <> 'integer' OR typeof(file_id) <> 'integer' "
	  "OR typeof(status) <> 'integer' OR typeof(operation) <> 'text' "
	  "OR typeof(object) <> 'text' OR typeof(trace) <> 'text' "
	  "OR typeof(hash) <> 'blob'" },
	{ "audit_day.type",
	  "SELECT count(*) FROM audit_day WHERE typeof(caisse) <> 'integer' "
	  "OR typeof(day) <> 'integer' OR typeof(last_seq) <> 'integer' "
	  "OR typeof(head) <> 'blob' OR typeof(purged) <> 'integer'" },
	{ NULL, NULL },
};

static bool engine_agrees(struct db *db, struct err *err)
{
	struct db_stmt *stmt = db_query(db, err, "PRAGMA integrity_check", "");
	bool ok = db_next(stmt, err) && strcmp(db_text(stmt, 0), "ok") == 0;

	db_done(stmt);
	return ok || err_set(err, ERR_INVALID, _("la base est abîmée"));
}

bool db_check(struct db *db, struct err *err)
{
	if (!engine_agrees(db, err))
		return false;
	for (const struct rule *rule = rules_of_store; rule->name; rule++) {
		struct db_stmt *stmt = db_query(db, err, rule->sql, "");
		int64_t bad = 0;

		if (!db_next(stmt, err))
			return false;
		bad = db_int(stmt, 0);
		db_done(stmt);
		if (bad > 0)
			return err_set(err, ERR_INVALID,
				_("%s : %lld lignes ne sont pas ce qu'elles doivent être"),
				rule->name, (long long)bad);
	}
	return true;
}
