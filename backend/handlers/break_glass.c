/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that open for half an hour: POST /v1/break-glass for one of another
 * caisse, POST /v1/grants for a sensitive one.  Each waits for a supervisor. */
#include "handlers.h"
#include "../access.h"
#include "../holder.h"

#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <stdio.h>

#define MINUTE_MS INT64_C(60000)
#define TRIES_MS (10 * MINUTE_MS)

/* What is opened, to whom. */
struct target {
	int64_t caisse, file_id;
	bool sensitive;
};

/* The trace counts the tries, those that failed too: a NIR is not to be guessed
 * by asking. */
static bool limit_tries(struct req *req, struct err *err)
{
	int64_t most, tries = 0;
	struct db_stmt *stmt;

	if (!rule_value(req->db, RULE_ACCESS_TRIES, req->today, &most, err))
		return false;
	stmt = db_query(req->db, err,
		"SELECT count(*) FROM audit WHERE caisse = $1 AND agent_id = $2"
		" AND at > $3 AND operation = $4", "iiit", req->home,
		req->agent_id, req->now_ms - TRIES_MS, req->op->name);
	if (!db_next(stmt, err))
		return false;
	tries = db_int(stmt, 0);
	db_done(stmt);
	if (tries < most)
		return true;
	req->retry_s = TRIES_MS / 1000;
	return req_refuse(err, 429, "access.limit",
		_("trop de demandes : réessayez dans dix minutes"));
}

/* The one statement that looks in every caisse; it gives a file's place, nothing
 * of what it holds. */
static bool find_nir(struct req *req, const char *nir, struct target *found,
		     struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT c.code, f.id, f.sensitive FROM caisse c"
		" CROSS JOIN nir_key k CROSS JOIN person p CROSS JOIN file f"
		" WHERE k.caisse = c.code AND k.nir = $1"
		" AND p.caisse = k.caisse AND p.id = k.person_id"
		" AND f.caisse = p.caisse AND f.id = p.file_id"
		" ORDER BY c.code <> $2, k.old, p.kinship, f.id LIMIT 1", "ti",
		nir, req->home);
	bool there = db_next(stmt, err);

	if (there)
		*found = (struct target){ .caisse = db_int(stmt, 0),
			.file_id = db_int(stmt, 1),
			.sensitive = db_int(stmt, 2) != 0 };
	db_done(stmt);
	return there || (err->code == ERR_NONE && refuse_missing(err));
}

static bool refuse_own(struct req *req, int64_t agent_id,
		       const struct target *found, const char *text,
		       struct err *err)
{
	bool own;

	if (!access_is_own(req, agent_id, found->caisse, found->file_id, &own, err))
		return false;
	return !own || req_refuse(err, 403, "file.own", "%s", text);
}

/* Note what was opened for the traces of both caisses. */
static void note(struct req *req, const struct target *found, int64_t review_id)
{
	req->file_id = found->file_id;
	req->file_caisse = found->caisse;
	id_format(review_id, req->object);
}

static bool read_login(struct req *req, int64_t agent_id, char *out, size_t size,
		       struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT login FROM agent WHERE caisse = $1 AND id = $2", "ii",
		req->home, agent_id);
	bool ok = db_next(stmt, err) && db_copy(stmt, 0, out, size, err);

	db_done(stmt);
	return ok;
}

static bool read_caisse(struct req *req, int64_t code, struct access *access,
			struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT name FROM caisse WHERE code = $1", "i", code);
	bool ok = db_next(stmt, err) &&
		db_copy(stmt, 0, access->caisse_name, sizeof(access->caisse_name),
			err);

	db_done(stmt);
	snprintf(access->caisse, sizeof(access->caisse), "%05d",
		 (int)(code % 100000));
	return ok;
}

/* Add the row that lets in, and answer with it. */
static bool let_in(struct req *req, struct access_review *review,
		   const struct target *found, struct rows *out, struct err *err)
{
	struct access *access = rows_add(out);
	int64_t minutes, id;

	if (!rule_value(req->db, RULE_ACCESS_MINUTES, req->today, &minutes, err))
		return false;
	review->file_caisse = found->caisse;
	review->file_id = found->file_id;
	review->until = req->now_ms + minutes * MINUTE_MS;
	if (!access_add_review(req, review, &id, err))
		return false;
	note(req, found, id);
	id_format(id, access->review_id);
	id_format(found->file_id, access->insured_id);
	access->until = review->until;
	snprintf(req->location, sizeof(req->location), "/v1/reviews/%s",
		 access->review_id);
	return read_login(req, review->agent_id, access->agent,
			  sizeof(access->agent), err) &&
		read_caisse(req, found->caisse, access, err);
}

bool break_glass_create(struct req *req, const void *key, const void *body,
			struct rows *out, struct err *err)
{
	const struct break_glass_new *from = body;
	struct access_review review = { .kind = REVIEW_BREAK_GLASS,
		.agent_id = req->agent_id, .reason = from->reason,
		.reference = from->reference };
	struct target found = { 0 };

	(void)key;
	if (!limit_tries(req, err) || !access_confirm(req, err) ||
	    !find_nir(req, from->nir, &found, err))
		return false;
	if (found.caisse == req->home)
		return req_refuse(err, 409, "file.yours",
			_("ce dossier est de votre caisse : cherchez-le"));
	/* Nothing tells a protected file elsewhere from none. */
	if (found.sensitive)
		return refuse_missing(err);
	return refuse_own(req, req->agent_id, &found,
		_("c'est votre dossier : un collègue doit s'en charger"), err) &&
		let_in(req, &review, &found, out, err);
}

static bool find_file(struct req *req, int64_t file_id, struct target *found,
		      struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT sensitive FROM file WHERE caisse = $1 AND id = $2", "ii",
		req->home, file_id);
	bool there = db_next(stmt, err);

	*found = (struct target){ .caisse = req->home, .file_id = file_id,
		.sensitive = there && db_int(stmt, 0) != 0 };
	db_done(stmt);
	return there || (err->code == ERR_NONE && refuse_missing(err));
}

static bool find_agent(struct req *req, const char *login, int64_t *id,
		       struct err *err)
{
	struct db_stmt *stmt;
	bool there;

	*id = req->agent_id;
	if (!*login)
		return true;
	stmt = db_query(req->db, err, "SELECT id FROM agent WHERE caisse = $1"
			" AND login = $2 AND locked = 0", "it", req->home, login);
	there = db_next(stmt, err);
	if (there)
		*id = db_int(stmt, 0);
	db_done(stmt);
	return there || (err->code == ERR_NONE &&
			 refuse_field(err, "agent.unknown", "agent",
				      _("aucun agent n'a cet identifiant")));
}

bool grant_create(struct req *req, const void *key, const void *body,
		  struct rows *out, struct err *err)
{
	const struct grant_new *from = body;
	struct access_review review = { .kind = REVIEW_SENSITIVE,
		.opened_by = req->agent_id, .reason = from->reason,
		.reference = from->reference };
	struct target found = { 0 };

	(void)key;
	if (!find_file(req, id_parse(from->insured_id), &found, err) ||
	    !find_agent(req, from->agent, &review.agent_id, err))
		return false;
	if (!found.sensitive)
		return req_refuse(err, 409, "file.ordinary",
			_("ce dossier s'ouvre comme les autres"));
	return refuse_own(req, review.agent_id, &found,
		_("c'est le dossier de cet agent : choisissez un collègue"), err) &&
		access_confirm(req, err) &&
		let_in(req, &review, &found, out, err);
}
