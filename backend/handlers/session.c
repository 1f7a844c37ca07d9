/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in and out.  The password was checked on a thread of its own: see
 * sign_in.c; req->password says how that ended. */
#include "handlers.h"
#include "auth.h"
#include "session.h"
#include "setting.h"
#include "totp.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

/* The name of an office of the caisse of `req`; "" when there is none. */
static bool office_name(struct req *req, char out[LABEL_SIZE], struct err *err)
{
	struct err failed = { 0 };
	struct db_stmt *stmt = db_query(req->db, &failed,
		"SELECT name FROM office WHERE caisse = $1 AND id = $2",
		"ii", req->caisse, req->office_id);

	out[0] = '\0';
	if (db_next(stmt, &failed)) {
		db_copy(stmt, 0, out, LABEL_SIZE, &failed);
		db_done(stmt);
	}
	if (failed.code != ERR_NONE)
		*err = failed;
	return failed.code == ERR_NONE;
}

static bool login_of(struct req *req, char *out, size_t size, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT login FROM agent WHERE caisse = $1 AND id = $2",
		"ii", req->caisse, req->agent_id);
	bool ok = db_next(stmt, err) && db_copy(stmt, 0, out, size, err);

	db_done(stmt);
	return ok;
}

static bool describe(struct req *req, struct session *session, struct err *err)
{
	if (!login_of(req, session->user, sizeof(session->user), err) ||
	    !office_name(req, session->office_name, err))
		return false;
	text_copy(session->display_name, sizeof(session->display_name),
		  req->agent_name);
	session->role = req->role;
	snprintf(session->caisse, sizeof(session->caisse), "%05d",
		 (int)(req->caisse % 100000));
	text_copy(session->caisse_name, sizeof(session->caisse_name),
		  req->caisse_name);
	text_copy(session->department, sizeof(session->department),
		  req->department);
	if (req->office_id != 0)
		id_format(req->office_id, session->office_id);
	session->channel = req->channel;
	text_copy(session->desk, sizeof(session->desk), req->desk);
	session->expires_at = req->expires_at;
	return setting_number(req->db, "session.idle_s", SESSION_IDLE_S,
			      &session->idle_s, err);
}

static bool check(const struct req *req, int status, const char *word,
		  const char *text, struct err *err)
{
	if (req->password == PASSWORD_RIGHT)
		return true;
	if (req->password == PASSWORD_LOCKED)
		return req_refuse(err, 429, "login.locked",
			_("trop d'essais : réessayez dans %d min"),
			(int)((req->retry_s + 59) / 60));
	return req_refuse(err, status, word, "%s", text);
}

/* A wrong code counts like a wrong password; to be asked for one counts for
 * nothing, and forgives nothing either: who knows the password alone would else
 * try codes for ever. */
static bool check_code(struct req *req, const char *code, struct err *err)
{
	enum totp_result result;

	if (!totp_check(req->db, req->caisse, req->agent_id, code, req->now_ms,
			&result, err))
		return false;
	if (result == TOTP_ASKED) {
		req->password = PASSWORD_HALF;
		return req_refuse(err, 401, "second.factor",
			_("tapez le code à 6 chiffres de votre application"));
	}
	if (result == TOTP_WRONG) {
		req->password = PASSWORD_WRONG;
		return req_refuse(err, 401, "code.refused",
			_("code refusé : tapez celui qui s'affiche maintenant"));
	}
	return true;
}

static bool choose_office(struct req *req, const struct login *login,
			  struct err *err)
{
	char name[LABEL_SIZE];

	if (login->office_id[0] == '\0')
		return true;
	req->office_id = id_parse(login->office_id);
	if (!office_name(req, name, err))
		return false;
	return name[0] || err_field(err, ERR_INVALID, "office_id",
		_("cet accueil n'est pas de votre caisse"));
}

bool session_answer(struct req *req, const struct login *login, struct rows *out,
		    struct err *err)
{
	struct session *session;
	int64_t most_s;

	if (!choose_office(req, login, err) ||
	    !setting_number(req->db, "session.most_s", SESSION_MOST_S, &most_s,
			    err))
		return false;
	req->channel = login->channel >= 0 ? login->channel : CHANNEL_COUNTER;
	text_copy(req->desk, sizeof(req->desk), login->desk);
	req->expires_at = req->steady_ms + 1000 * most_s;
	session = rows_add(out);
	codec_clear(&session_codec, session);
	if (!draft_key_of(req->db, req->caisse, req->agent_id,
			  session->draft_key, err))
		return false;
	snprintf(req->location, sizeof(req->location), "/v1/sessions/current");
	return describe(req, session, err) &&
		session_open(req, session->token, err);
}

bool session_create(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err)
{
	const struct login *login = body;

	(void)key;
	return check(req, 401, "login.refused",
		     _("identifiant ou mot de passe refusé"), err) &&
		check_code(req, login->code, err) &&
		session_answer(req, login, out, err);
}

bool session_get(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err)
{
	struct session *session = rows_add(out);

	(void)key;
	(void)body;
	codec_clear(&session_codec, session);
	return describe(req, session, err);
}

bool session_delete(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err)
{
	struct db_blob token = { req->token, TOKEN_HASH_SIZE };

	(void)key;
	(void)body;
	(void)out;
	return db_run(req->db, err, NULL, "DELETE FROM session WHERE token = $1",
		      "b", &token);
}

bool session_unlock(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err)
{
	struct session *session;

	(void)key;
	(void)body;
	if (!check(req, 422, "password.refused", _("mot de passe refusé"), err))
		return false;
	session = rows_add(out);
	codec_clear(&session_codec, session);
	return describe(req, session, err) &&
		session_rotate(req, session->token, err);
}
