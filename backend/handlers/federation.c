/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in through the identity provider, which was asked on a thread of its
 * own: see oidc/oidc.c; req->oidc says how that ended. */
#include "handlers.h"
#include "auth.h"
#include "oidc/oidc.h"
#include "session.h"

#include <guichet/base/intl.h>
#include <guichet/base/text.h>

static bool answered(const struct req *req, struct err *err)
{
	if (req->oidc->refused.code == ERR_NONE)
		return true;
	*err = req->oidc->refused;
	return false;
}

bool federation_start(struct req *req, const void *key, const void *body,
		      struct rows *out, struct err *err)
{
	(void)key;
	(void)body;
	if (!answered(req, err))
		return false;
	*(struct federation *)rows_add(out) = req->oidc->federation;
	return true;
}

bool federation_poll(struct req *req, const void *key, const void *body,
		     struct rows *out, struct err *err)
{
	char hash[PASSWORD_SIZE];
	struct login login;
	bool found;

	(void)key;
	(void)body;
	if (!answered(req, err) ||
	    !agent_load(req, req->oidc->login, hash, &found, err))
		return false;
	if (!found)
		return req_refuse(err, 403, "account.unknown",
			_("ce compte n'est pas connu ici : prévenez le support"));
	login = (struct login){ .channel = req->oidc->where.channel };
	text_copy(login.office_id, sizeof(login.office_id),
		  req->oidc->where.office_id);
	text_copy(login.desk, sizeof(login.desk), req->oidc->where.desk);
	return session_answer(req, &login, out, err);
}
