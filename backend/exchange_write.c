/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the writer's thread does: the effect, its idempotency record and its audit
 * row in one transaction; no trace, no effect and no answer. */
#include "exchange_private.h"
#include "auth.h"
#include "lockout.h"
#include "problem.h"
#include "server.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>

#include <stdio.h>
#include <string.h>

/* A session in use is noted at most this often. */
#define TOUCH_MS 30000

static bool trace(struct exchange *ex, struct db *db, struct audit_head *head,
		  struct err *err)
{
	const struct req *req = &ex->req;
	int64_t idle_ms = ex->server->idle_s * 1000;
	struct audit_row row = {
		.caisse = req->home, .at = req->now_ms, .agent_id = req->agent_id,
		.office_id = req->office_id, .contact_id = req->contact.id,
		.file_id = req->file_id ? req->file_id : req->contact.file_id,
		.operation = ex->route->op->name, .object = req->object,
		.trace = ex->trace, .status = ex->answer.status,
	};

	/* Nobody known asked: an unknown login. */
	if (req->home == 0)
		return true;
	if (!audit_append(db, head, &row, err))
		return false;
	/* The caisse whose file it is has to know who read it. */
	row.caisse = req->file_caisse;
	if (row.caisse != 0 && row.caisse != req->home &&
	    !audit_append(db, head, &row, err))
		return false;
	if (ex->seen_at == 0 || (req->steady_ms - ex->seen_at < TOUCH_MS &&
				 req->steady_ms - ex->seen_at < idle_ms / 4))
		return true;
	return session_touch(req, err);
}

void exchange_read_traced(struct writer_job *job, struct db *db,
			  struct audit_head *head)
{
	struct exchange *ex = (struct exchange *)job;
	struct err err = { 0 };

	ex->req.db = db;
	if (!trace(ex, db, head, &err))
		exchange_refuse(ex, &err, NULL, 0);
}

/* Answer again what was answered.  True when there is nothing left to do. */
static bool replay(struct exchange *ex, struct db *db)
{
	struct idempotency_answer answer = { .body = &ex->answer.body };
	struct err err = { 0 };

	if (ex->once.key[0] == '\0')
		return false;
	switch (idempotency_find(db, &ex->once, &answer, &err)) {
	case IDEMPOTENCY_NEW:
		return false;
	case IDEMPOTENCY_SAME:
		ex->answer.status = answer.status;
		ex->answer.type = ex->answer.body.size == 0 ? NULL :
			answer.status >= 400 ? PROBLEM_TYPE : "application/json";
		memcpy(ex->answer.etag, answer.etag, sizeof(answer.etag));
		memcpy(ex->answer.location, answer.location, sizeof(answer.location));
		ex->answer.replayed = true;
		return true;
	case IDEMPOTENCY_OTHER:
		req_refuse(&err, 422, "key.reused",
			   _("cette clé a déjà servi pour un autre envoi"));
		break;
	case IDEMPOTENCY_FAILED:
		break;
	}
	exchange_refuse(ex, &err, NULL, 0);
	return true;
}

/* What is refused by rule is an answer as good as another; what is refused for
 * want of a right or of a version may succeed later under the same key. */
static bool is_recorded(int status)
{
	return status < 300 || status == 409 || status == 422;
}

static bool record(struct exchange *ex, struct db *db, struct err *err)
{
	struct idempotency_answer answer = {
		.status = ex->answer.status, .body = &ex->answer.body,
	};

	if (ex->once.key[0] == '\0' || !is_recorded(ex->answer.status))
		return true;
	memcpy(answer.etag, ex->answer.etag, sizeof(answer.etag));
	memcpy(answer.location, ex->answer.location, sizeof(answer.location));
	return idempotency_record(db, &ex->once, &answer, ex->req.now_ms, err);
}

/* The contact may have been closed since the headers were read. */
static bool still_open(struct exchange *ex, struct err *err)
{
	char id[ID_TEXT];

	if (!(ex->route->op->flags & API_CONTACT))
		return true;
	id_format(ex->req.contact.id, id);
	return contact_load(&ex->req, id, err);
}

/* Other tries may have been counted since this password was checked: of any number
 * that come at once no more than ten are answered. */
static bool still_unlocked(struct exchange *ex, struct err *err)
{
	return !exchange_needs_password(ex) || exchange_find_lock(ex, err);
}

/* A password that was refused is counted although the rest is undone. */
static bool count_password(struct exchange *ex, struct db *db, struct err *err)
{
	unsigned char key[LOCKOUT_KEY_SIZE];

	lockout_login(ex->login, key);
	switch (ex->req.password) {
	case PASSWORD_WRONG:
		return lockout_count(db, key, ex->req.now_ms, err) &&
			lockout_count(db, ex->req.origin, ex->req.now_ms, err);
	case PASSWORD_RIGHT:
		/* Not the workstation: one good account would buy it the tries
		 * at all the others. */
		return lockout_forgive(db, key, err);
	default:
		return true;
	}
}

/* Keep a refusal: its record, its count, its trace, and nothing else. */
static void keep_refusal(struct exchange *ex, struct db *db,
			 struct audit_head *head, const struct err *why)
{
	struct err err = { 0 };

	exchange_refuse(ex, why, NULL, 0);
	if (ex->answer.status >= 500)
		return;
	if (!db_mark(db, &err))
		goto failed;
	if (record(ex, db, &err) && count_password(ex, db, &err) &&
	    trace(ex, db, head, &err) && db_mark_keep(db, &err))
		return;
	db_mark_undo(db);
failed:
	memset(head, 0, sizeof(*head));
	exchange_refuse(ex, &err, NULL, 0);
}

void exchange_write(struct writer_job *job, struct db *db,
		    struct audit_head *head)
{
	struct exchange *ex = (struct exchange *)job;
	struct err err = { 0 }, lost = { 0 };
	bool handled = false;

	ex->req.db = db;
	if (replay(ex, db)) {
		if (!trace(ex, db, head, &err))
			exchange_refuse(ex, &err, NULL, 0);
		return;
	}
	if (!db_mark(db, &err)) {
		exchange_refuse(ex, &err, NULL, 0);
		return;
	}
	handled = still_open(ex, &err) && still_unlocked(ex, &err) &&
		ex->route->run(&ex->req, ex->key, ex->body, &ex->rows, &err) &&
		answer_write(ex, &err);
	db_settle(db);
	if (handled && record(ex, db, &lost) && count_password(ex, db, &lost) &&
	    trace(ex, db, head, &lost) && db_mark_keep(db, &lost))
		return;
	db_mark_undo(db);
	if (handled)
		memset(head, 0, sizeof(*head));
	keep_refusal(ex, db, head, handled ? &lost : &err);
}

void exchange_done(struct writer_job *job, const struct err *failed)
{
	struct exchange *ex = (struct exchange *)job;

	if (failed)
		exchange_refuse(ex, failed, NULL, 0);
	ex->stage = EXCHANGE_ANSWERED;
	ex->server->resume(ex);
}
