/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rights of a file: GET /v1/insured/{insured_id}/rights. */
#include "handlers.h"
#include "../holder.h"
#include "people.h"

#include <guichet/base/text.h>

#include <string.h>

static const char *const kind_labels[] = {
	[RIGHT_BASE] = "Droits de base (PUMa)",
	[RIGHT_EXEMPTION] = "Exonération du ticket modérateur",
	[RIGHT_DOCTOR] = "Médecin traitant",
	[RIGHT_COMPLEMENTARY] = "Organisme complémentaire",
	[RIGHT_C2S] = "Complémentaire santé solidaire",
	NULL,
};
_Static_assert(sizeof(kind_labels) / sizeof(*kind_labels) == RIGHT_KIND_N + 1,
	       "every kind of right has a label");

/* The natures of an exemption that may be told at a desk, to who has proved to
 * be the person: they are health data too.  Professional secrecy (Code pénal,
 * article 226-13): the disease behind is for the doctors of the caisse, so any
 * other label is not shown. */
static const char *const exemption_labels[] = {
	"Exonération du ticket modérateur (ALD)",
	"Exonération du ticket modérateur (maternité)",
	"Exonération du ticket modérateur (invalidité)",
	"Exonération du ticket modérateur (accident du travail)",
	NULL,
};

static const char *label_of(int kind, const char *stored, int tier)
{
	if (kind == RIGHT_EXEMPTION && tier < TIER_STRONG)
		return kind_labels[kind];
	if (kind == RIGHT_EXEMPTION) {
		for (size_t i = 0; exemption_labels[i]; i++) {
			if (strcmp(stored, exemption_labels[i]) == 0)
				return stored;
		}
		return kind_labels[kind];
	}
	return *stored ? stored : kind_labels[kind];
}

static bool copy_row(const struct req *req, struct db_stmt *stmt,
		     struct right *right, struct err *err)
{
	int kind = (int)db_int(stmt, 1);
	int64_t rate = db_int(stmt, 9), today = day_number(req->today);

	if (kind < 0 || kind >= RIGHT_KIND_N)
		return err_set(err, ERR_SYSTEM, "droit d'une nature inconnue");
	id_format(db_int(stmt, 0), right->id);
	right->kind = kind;
	id_format(db_int(stmt, 2), right->beneficiary_id);
	right->from = day_date(db_int(stmt, 4));
	right->to = day_date(db_int(stmt, 5));
	right->active = people_runs(db_int(stmt, 4), db_int(stmt, 5), today);
	right->noemie = db_int(stmt, 8) != 0;
	right->rate_pct = rate == 0 ? CODEC_NONE : rate;
	holder_first_name(db_text(stmt, 10), right->beneficiary_name);
	if (!text_copy(right->label, sizeof(right->label),
		       label_of(kind, db_text(stmt, 3), req->contact.tier)))
		return err_set(err, ERR_SYSTEM, "libellé de droit trop long");
	/* An exemption is told by its nature and its dates, nothing else. */
	if (kind == RIGHT_EXEMPTION)
		return true;
	return db_copy(stmt, 6, right->organism, sizeof(right->organism), err) &&
	       db_copy(stmt, 7, right->number, sizeof(right->number), err);
}

bool right_list(struct req *req, const void *key, const void *body,
		struct rows *out, struct err *err)
{
	const struct insured_key *path = key;
	int64_t file_id;
	struct db_stmt *stmt;
	bool ok = true;

	(void)body;
	if (!people_file(req, path->insured_id, &file_id, err))
		return false;
	stmt = db_query(req->db, err,
		"SELECT e.id, e.kind, e.person_id, e.label, e.from_day, e.to_day,"
		" e.organism, e.number, e.noemie, e.rate_pct, p.first_names"
		" FROM entitlement e CROSS JOIN person p"
		" WHERE e.caisse = $1 AND e.file_id = $2"
		" AND p.caisse = e.caisse AND p.id = e.person_id"
		" ORDER BY e.kind, p.kinship, p.birth, e.person_id,"
		" e.from_day DESC, e.id", "ii", req->caisse, file_id);
	while (ok && db_next(stmt, err))
		ok = copy_row(req, stmt, rows_add(out), err);
	db_done(stmt);
	return ok && err->code == ERR_NONE;
}
