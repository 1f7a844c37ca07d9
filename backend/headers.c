/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is checked before a body is read, in the order of the contract. */
#include "exchange_private.h"
#include "access.h"
#include "auth.h"
#include "query.h"
#include "route.h"
#include "server.h"

#include <guichet/base/intl.h>
#include <guichet/base/mem.h>

#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define JSON_TYPE "application/json"
#define PATCH_TYPE "application/merge-patch+json"
#define PAPER_TYPE "application/pdf"

/* An unknown path is told only to who is signed in. */
static bool find_and_sign_in(struct exchange *ex, struct err *err)
{
	static const char bearer[] = "Bearer ";
	const char *header = ex->asked.authorization;
	struct route_found found;

	route_find(ex->server->routes, ex->asked.path, ex->asked.method, &found);
	ex->route = found.route;
	ex->key = found.key;
	if (ex->route)
		ex->req.op = ex->route->op;
	if (ex->route && (ex->route->op->flags & API_PUBLIC))
		return true;
	if (!header)
		return req_refuse(err, 401, "token.missing", _("connectez-vous d'abord"));
	if (strncasecmp(header, bearer, sizeof(bearer) - 1) != 0 ||
	    !token_hash(header + sizeof(bearer) - 1, ex->req.token))
		return req_refuse(err, 401, "token.invalid",
			_("la session est terminée : reconnectez-vous"));
	if (!session_load(&ex->req, ex->server->idle_s, &ex->seen_at, err))
		return false;
	if (!quota_take(&ex->server->quota, ex->req.token, ex->started_ms)) {
		ex->req.retry_s = 1;
		return req_refuse(err, 429, "quota.exceeded",
			_("trop de demandes à la fois : patientez un instant"));
	}
	if (ex->route)
		return true;
	if (found.allowed == 0)
		return req_refuse(err, 404, "not.found", _("introuvable"));
	route_allow(found.allowed, ex->answer.allow, sizeof(ex->answer.allow));
	return req_refuse(err, 405, "method.refused", _("cette adresse refuse cela"));
}

/* Before the rights: what is denied is read to its end. */
static bool check_length(struct exchange *ex, struct err *err)
{
	const struct api_op *op = ex->route->op;
	bool body = op->body || (op->flags & API_RAW_BODY);

	ex->input_most = op->flags & API_RAW_BODY ? FILE_MOST : BODY_MOST;
	ex->input.limit = ex->input_most;
	if (ex->asked.length > (int64_t)ex->input_most)
		return req_refuse(err, 413, "body.large", _("l'envoi est trop lourd"));
	if (!body && ex->asked.length > 0)
		return req_refuse(err, 400, "request.invalid",
				  _("cette demande n'a pas de corps"));
	return true;
}

static bool allow_role(struct exchange *ex, struct err *err)
{
	return (ex->route->op->flags & API_PUBLIC) ||
		access_check(&ex->req, ex->route->op, PERIMETER_OWN, err);
}

static bool read_query(struct exchange *ex, struct err *err)
{
	if (query_read(ex->route->op, ex->asked.query, ex->key, err))
		return true;
	err->status = 400;
	snprintf(err->word, sizeof(err->word), "request.invalid");
	return false;
}

/* RFC 9110 section 12.5.1, without weights: what is named is accepted. */
static bool accepts(const char *accept, const char *type)
{
	const char *slash = strchr(type, '/');
	size_t family = (size_t)(slash - type) + 1;

	while (*accept) {
		size_t size;

		accept += strspn(accept, " ,\t");
		size = strcspn(accept, " ;,\t");
		if ((size == 3 && strncmp(accept, "*/*", 3) == 0) ||
		    (size == strlen(type) && strncasecmp(accept, type, size) == 0) ||
		    (size == family + 1 && strncasecmp(accept, type, family) == 0 &&
		     accept[family] == '*'))
			return true;
		accept += strcspn(accept, ",");
	}
	return false;
}

static bool check_accept(struct exchange *ex, struct err *err)
{
	unsigned flags = ex->route->op->flags;

	if (!ex->asked.accept || !*ex->asked.accept || (flags & API_EMPTY) ||
	    accepts(ex->asked.accept, flags & API_RAW_REPLY ? PAPER_TYPE : JSON_TYPE))
		return true;
	return req_refuse(err, 406, "accept.refused",
			  _("cette forme de réponse n'existe pas"));
}

static bool is_type(const char *type, const char *wanted)
{
	size_t size = type ? strcspn(type, " ;\t") : 0;

	return size == strlen(wanted) && strncasecmp(type, wanted, size) == 0;
}

static bool check_type(struct exchange *ex, struct err *err)
{
	const struct api_op *op = ex->route->op;
	bool patch = op->method == API_PATCH;

	if (!op->body || is_type(ex->asked.type, patch ? PATCH_TYPE : JSON_TYPE))
		return true;
	ex->answer.patch_type = patch;
	return req_refuse(err, 415, "type.refused",
			  _("ce type de contenu n'est pas accepté ici"));
}

static bool check_key(struct exchange *ex, struct err *err)
{
	struct idempotency *once = &ex->once;

	if (!(ex->route->op->flags & API_KEYED))
		return true;
	if (!ex->asked.key)
		return req_refuse(err, 400, "key.missing",
				  _("la clé d'envoi manque"));
	if (!idempotency_parse(ex->asked.key, once->key))
		return req_refuse(err, 400, "key.invalid",
				  _("la clé d'envoi est mal formée"));
	once->caisse = ex->req.home;
	once->agent_id = ex->req.agent_id;
	once->method = ex->asked.method;
	once->path = ex->asked.path;
	return true;
}

/* ETag is "<version>.<tier>.<digest>": what may be changed is the version,
 * whatever part of it was shown.  A weak tag never matches (RFC 9110 section
 * 13.1.1). */
static bool check_if_match(struct exchange *ex, struct err *err)
{
	const char *text = ex->asked.if_match;
	char *end;

	(void)err;
	/* What is missing is said by req_match(), once the thing was found. */
	ex->req.if_match = -1;
	if (!text)
		return true;
	if (strcmp(text, "*") == 0) {
		ex->req.if_match = 0;
		return true;
	}
	ex->req.if_match = -2;
	if (*text == '"' && text[1] >= '1' && text[1] <= '9') {
		int64_t version = strtoll(text + 1, &end, 10);

		if (*end == '.' || *end == '"')
			ex->req.if_match = version;
	}
	return true;
}

/* An operation that needs no contact takes the one it is given, if it holds. */
static bool find_contact(struct exchange *ex, struct err *err)
{
	struct err ignored = { 0 };
	bool needed = ex->route->op->flags & API_CONTACT;

	if (ex->route->op->flags & API_PUBLIC)
		return true;
	if (contact_load(&ex->req, ex->asked.contact ? ex->asked.contact : "",
			 needed ? err : &ignored) &&
	    (needed || ex->req.contact.perimeter == PERIMETER_OWN))
		return true;
	/* The writer looks again, once the key is known to be new: a booking whose
	 * answer was lost is told even when its contact has ended since. */
	if (needed && ex->once.key[0] && err->status == 409) {
		err_clear(err);
		return true;
	}
	if (!needed)
		memset(&ex->req.contact, 0, sizeof(ex->req.contact));
	return !needed;
}

/* Without a contact there is no other file than those of the caisse. */
static bool enter_perimeter(struct exchange *ex, struct err *err)
{
	const struct api_op *op = ex->route->op;

	if (!(op->flags & API_CONTACT) || ex->req.contact.perimeter == PERIMETER_OWN)
		return true;
	return access_check(&ex->req, op, ex->req.contact.perimeter, err) &&
		access_enter(&ex->req, err);
}

bool headers_check(struct exchange *ex, struct err *err)
{
	static bool (*const checks[])(struct exchange *, struct err *) = {
		find_and_sign_in, check_length, allow_role, read_query, check_accept,
		check_type, check_key, check_if_match, find_contact, enter_perimeter,
		NULL,
	};

	for (size_t i = 0; checks[i]; i++)
		if (!checks[i](ex, err))
			return false;
	return true;
}
