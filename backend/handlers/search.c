/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search line: POST /v1/insured/search. */
#include "handlers.h"
#include "search.h"

#include <guichet/base/nir.h>

#include <stdio.h>

#define ONE_MORE (SEARCH_MAX + 1)

bool hits_add(struct hits *hits, int64_t person_id, int by)
{
	for (size_t i = 0; i < hits->count; i++) {
		if (hits->person_id[i] == person_id)
			return true;
	}
	if (hits->count == SEARCH_MAX) {
		hits->more = true;
		return false;
	}
	hits->person_id[hits->count] = person_id;
	hits->by[hits->count++] = by;
	return true;
}

static bool by_nir(struct req *req, const struct asked *asked, struct hits *hits,
		   struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err, search_sql[SEARCH_NIR],
		"iti", req->caisse, asked->value, (int64_t)ONE_MORE);

	while (db_next(stmt, err) &&
	       hits_add(hits, db_int(stmt, 0),
			db_int(stmt, 1) ? FOUND_OLD_NIR : FOUND_EXACT))
		;
	db_done(stmt);
	return err->code == ERR_NONE;
}

static bool all_exact(struct db_stmt *stmt, struct hits *hits, struct err *err)
{
	while (db_next(stmt, err) && hits_add(hits, db_int(stmt, 0), FOUND_EXACT))
		;
	db_done(stmt);
	return err->code == ERR_NONE;
}

/* A request or an appointment: its own identifier, then the person. */
static bool by_number(struct req *req, int sql, const struct asked *asked,
		      struct hits *hits, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err, search_sql[sql], "it",
					req->caisse, asked->value);

	if (db_next(stmt, err)) {
		hits->target_id = db_int(stmt, 0);
		hits_add(hits, db_int(stmt, 1), FOUND_EXACT);
	}
	db_done(stmt);
	return err->code == ERR_NONE;
}

bool search_keys(struct req *req, const struct asked *asked, struct hits *hits,
		 struct err *err)
{
	switch (asked->understood) {
	case UNDERSTOOD_NIR:
		return by_nir(req, asked, hits, err);
	case UNDERSTOOD_BIRTH:
		return all_exact(db_query(req->db, err, search_sql[SEARCH_BIRTH],
			"iiii", req->caisse, asked->birth_from, asked->birth_to,
			(int64_t)ONE_MORE), hits, err);
	case UNDERSTOOD_PHONE:
	case UNDERSTOOD_EMAIL:
		return all_exact(db_query(req->db, err, search_sql[SEARCH_REACH],
			"iti", req->caisse, asked->value, (int64_t)ONE_MORE),
			hits, err);
	case UNDERSTOOD_REQUEST:
		return by_number(req, SEARCH_REQUEST, asked, hits, err);
	case UNDERSTOOD_APPOINTMENT:
		return by_number(req, SEARCH_APPOINTMENT, asked, hits, err);
	default:
		return search_names(req, asked, hits, err);
	}
}

/* Tell one person; a key left behind by a person who is gone tells nothing. */
static bool tell(struct req *req, int64_t person_id, int by, int64_t target_id,
		 struct search_answer *answer, struct err *err)
{
	struct found *found = &answer->found[answer->count];
	struct db_stmt *stmt = db_query(req->db, err, search_sql[SEARCH_PERSON],
					"ii", req->caisse, person_id);
	bool ok = true;

	if (db_next(stmt, err)) {
		id_format(db_int(stmt, 0), found->insured_id);
		id_format(person_id, found->beneficiary_id);
		found->is_insured = db_int(stmt, 1) == KIN_INSURED;
		found->birth_year = db_int(stmt, 5) / 10000;
		found->by = by;
		nir_to_mask(db_text(stmt, 6), found->nir_masked);
		if (target_id)
			id_format(target_id, found->target_id);
		ok = db_copy(stmt, 2, found->name, sizeof(found->name), err) &&
		     db_copy(stmt, 3, found->used_name,
			     sizeof(found->used_name), err) &&
		     db_copy(stmt, 4, found->first_names,
			     sizeof(found->first_names), err) &&
		     db_copy(stmt, 7, found->commune, sizeof(found->commune), err);
		answer->count += ok;
	}
	db_done(stmt);
	return ok && err->code == ERR_NONE;
}

bool insured_search(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err)
{
	const struct search_query *query = body;
	struct search_answer *answer;
	struct asked asked;
	struct hits hits = { 0 };

	(void)key;
	if (!search_understand(query->text, req->today, &asked, err) ||
	    !search_keys(req, &asked, &hits, err))
		return false;
	/* The trace keeps what kind of text it was and how many it found. */
	snprintf(req->object, sizeof(req->object), "%s %zu",
		 understood_names[asked.understood], hits.count);
	answer = rows_add(out);
	answer->understood = asked.understood;
	answer->more = hits.more;
	for (size_t i = 0; i < hits.count; i++) {
		if (!tell(req, hits.person_id[i], hits.by[i], hits.target_id,
			  answer, err))
			return false;
	}
	return true;
}
