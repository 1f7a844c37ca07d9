/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what came on the wire to what a screen can show. */
#include "client_private.h"

#include <guichet/api/problem.h>
#include <guichet/base/intl.h>
#include <guichet/base/mem.h>

#include <stdio.h>
#include <string.h>

/* What a status means when the server says nothing better. */
struct status_row {
	int status;
	enum err_code code;
	bool any_body;                  /* also when the body is not ours: a
					 * proxy, or the HTTP library itself */
	const char *text;
};

static const struct status_row statuses[] = {
	{ 400, ERR_INVALID, false, N_("demande refusée par le serveur") },
	{ 401, ERR_DENIED, false, N_("session fermée : connectez-vous à nouveau") },
	{ 403, ERR_DENIED, false, N_("action non autorisée pour ce poste") },
	{ 404, ERR_NOT_FOUND, false, N_("introuvable") },
	{ 405, ERR_PROTOCOL, false, N_("le serveur ne connaît pas cette action") },
	{ 406, ERR_PROTOCOL, false, N_("le serveur ne sait pas répondre ainsi") },
	{ 409, ERR_CONFLICT, false, N_("un autre poste est passé avant : actualisez") },
	{ 412, ERR_CONFLICT, false, N_("modifié entre-temps : actualisez avant de "
				"valider") },
	{ 413, ERR_INVALID, true, N_("trop volumineux pour le serveur") },
	{ 414, ERR_INVALID, true, N_("demande trop longue") },
	{ 415, ERR_INVALID, false, N_("type de fichier refusé") },
	{ 422, ERR_INVALID, false, N_("demande refusée par le serveur") },
	{ 428, ERR_INVALID, false, N_("version inconnue : actualisez l'écran") },
	{ 429, ERR_DENIED, true, N_("trop de demandes : patientez un instant") },
	{ 431, ERR_INVALID, true, N_("demande trop longue") },
	{ 502, ERR_NETWORK, true, N_("serveur injoignable : réessayez") },
	{ 503, ERR_NETWORK, true, N_("serveur indisponible : réessayez dans un instant") },
	{ 504, ERR_TIMEOUT, true, N_("pas de réponse du serveur à temps : réessayez") },
	{ 507, ERR_SYSTEM, false, N_("plus de place sur le serveur : prévenez le support") },
	{ 0, ERR_PROTOCOL, false, N_("incident sur le serveur : réessayez") },
};

/* What a failed exchange means. */
static const struct {
	enum err_code code;
	const char *text;
} failures[] = {
	[HTTP_ANSWERED] = { ERR_NONE, "" },
	[HTTP_UNREACHED] = { ERR_NETWORK, N_("serveur injoignable : réessayez") },
	[HTTP_TIMED_OUT] = { ERR_TIMEOUT,
		N_("pas de réponse du serveur à temps : réessayez") },
	[HTTP_CUT] = { ERR_NETWORK,
		N_("liaison coupée avec le serveur : réessayez") },
	[HTTP_UNTRUSTED] = { ERR_NETWORK,
		N_("serveur non reconnu : certificat refusé") },
	[HTTP_EXPIRED] = { ERR_NETWORK,
		N_("certificat du serveur périmé : prévenez le support") },
	[HTTP_TOO_EARLY] = { ERR_NETWORK, N_("certificat du serveur pas encore "
		"valable : vérifiez l'heure de ce poste") },
	[HTTP_REVOKED] = { ERR_NETWORK,
		N_("certificat du serveur révoqué : prévenez le support") },
	[HTTP_OTHER_KEY] = { ERR_NETWORK,
		N_("serveur non reconnu : sa clé n'est pas celle attendue") },
	[HTTP_NO_STATION] = { ERR_NETWORK, N_("certificat de ce poste absent, "
		"illisible ou refusé : prévenez le support") },
	[HTTP_NO_TLS] = { ERR_NETWORK, N_("connexion sécurisée impossible : prévenez le support") },
	[HTTP_NO_AUTHORITY] = { ERR_NETWORK,
		N_("autorités de certification illisibles") },
	[HTTP_TOO_LONG] = { ERR_PROTOCOL, N_("réponse trop longue du serveur") },
};
_Static_assert(sizeof(failures) / sizeof(*failures) == HTTP_TOO_LONG + 1,
	       "every result needs a sentence");

void client_put_ref(const struct call *call, struct err *err)
{
	snprintf(err->ref, sizeof(err->ref), "%s", call->trace + 24);
}

/* An answer that is not the server's, or not whole.  The screen adds the
 * reference, which is all that helps whoever looks for the cause. */
static bool unreadable(const struct call *call, struct err *err)
{
	int status = call->exchange.answer.status;

	err_set(err, ERR_PROTOCOL, "%s", _("réponse illisible du serveur"));
	err->status = status;
	return false;
}

static bool read_one(struct call *call, struct err *err)
{
	const struct buf *body = &call->exchange.answer.body;
	const struct codec *codec = call->op->reply;

	if (codec_decode(codec, CODEC_REPLY, buf_cstr(body), body->size,
			 rows_add(&call->reply.rows), NULL, 0, NULL, err))
		return true;
	rows_empty(&call->reply.rows);
	return false;
}

static bool read_list(struct call *call, struct err *err)
{
	const struct buf *body = &call->exchange.answer.body;
	const struct codec *codec = call->op->envelope;

	if (codec)
		call->reply.envelope = mem_new(1, codec->size);
	return codec_decode_list(call->op->reply, codec, buf_cstr(body),
				 body->size, &call->reply.rows,
				 call->reply.cursor, sizeof(call->reply.cursor),
				 call->reply.envelope, err);
}

static bool read_paper(struct call *call)
{
	struct http_answer *answer = &call->exchange.answer;

	if (strcmp(answer->type, "application/pdf") != 0 ||
	    strncmp(buf_cstr(&answer->body), "%PDF-", 5) != 0)
		return false;
	call->reply.raw = answer->body;
	answer->body = (struct buf){ 0 };
	return true;
}

static bool read_success(struct call *call, struct err *err)
{
	const struct api_op *op = call->op;
	const struct http_answer *answer = &call->exchange.answer;
	bool ok;

	if (op->flags & API_EMPTY)
		return true;
	if (op->flags & API_RAW_REPLY)
		return read_paper(call) || unreadable(call, err);
	if (strcmp(answer->type, "application/json") != 0)
		return unreadable(call, err);
	ok = op->flags & API_LIST ? read_list(call, err) : read_one(call, err);
	return ok || unreadable(call, err);
}

static const struct status_row *status_row(int status)
{
	const struct status_row *row = statuses;

	while (row->status && row->status != status)
		row++;
	return row;
}

/* The first fault's field is where the cursor goes. */
static void take_problem(const struct problem *problem,
			 const struct status_row *row, struct err *err)
{
	const struct codec_fault *fault = problem->error_count ?
		&problem->errors[0] : NULL;
	const char *name = fault ? strrchr(fault->pointer, '/') : NULL;
	const char *text = problem->detail[0] ? problem->detail :
		fault && fault->detail[0] ? fault->detail : _(row->text);

	err_set(err, row->code, "%s", text);
	snprintf(err->word, sizeof(err->word), "%s", problem->code);
	snprintf(err->field, sizeof(err->field), "%s", name ? name + 1 : "");
}

static bool read_refusal(struct call *call, struct err *err)
{
	struct http_answer *answer = &call->exchange.answer;
	const struct status_row *row = status_row(answer->status);
	struct problem problem;

	if (answer->status >= 400 && strcmp(answer->type, PROBLEM_TYPE) == 0 &&
	    codec_decode(&problem_codec, CODEC_REPLY, buf_cstr(&answer->body),
			 answer->body.size, &problem, NULL, 0, NULL, NULL)) {
		take_problem(&problem, row, err);
		call->reply.raw = answer->body;
		answer->body = (struct buf){ 0 };
	} else if (row->any_body) {
		err_set(err, row->code, "%s", _(row->text));
	} else {
		return unreadable(call, err);
	}
	err->status = answer->status;
	return false;
}

/* A refusal of the server itself settles it: nothing was done by an earlier try,
 * or this one would have been answered the same as that. */
static bool is_settled(const struct call *call)
{
	int status = call->reply.status;

	return call->reply.ok || (status >= 400 && status < 500 && status != 401 &&
				  status != 429 && call->reply.err.word[0]);
}

static void tell_unknown(struct call *call)
{
	struct api_reply *reply = &call->reply;
	bool answered = call->exchange.result == HTTP_ANSWERED;

	memcpy(reply->key, call->key, sizeof(reply->key));
	if (!(call->op->flags & API_KEYED) || is_settled(call) ||
	    !(call->unsure || (answered && reply->status < 400)))
		return;
	reply->unknown = true;
	err_set(&reply->err, reply->err.code, "%s",
		_("résultat inconnu : renvoyez, rien ne sera fait deux fois"));
	reply->err.status = reply->status;
}

void client_read_answer(struct call *call)
{
	const struct http_exchange *exchange = &call->exchange;
	const struct http_answer *answer = &exchange->answer;
	struct api_reply *reply = &call->reply;

	if (exchange->result != HTTP_ANSWERED) {
		err_set(&reply->err, failures[exchange->result].code, "%s",
			_(failures[exchange->result].text));
	} else {
		reply->status = answer->status;
		reply->replayed = answer->replayed;
		memcpy(reply->etag, answer->etag, sizeof(reply->etag));
		reply->ok = answer->status >= 200 && answer->status < 300 ?
			read_success(call, &reply->err) :
			read_refusal(call, &reply->err);
	}
	tell_unknown(call);
	if (!reply->ok)
		client_put_ref(call, &reply->err);
	buf_fini(&call->exchange.answer.body);
	call->state = CALL_ENDED;
}

bool api_problem_decode(const struct api_reply *reply, const struct codec *codec,
			void *value, struct err *err)
{
	return codec_decode(codec, CODEC_REPLY, buf_cstr(&reply->raw),
			    reply->raw.size, value, NULL, 0, NULL, err);
}
