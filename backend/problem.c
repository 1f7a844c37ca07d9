/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "problem.h"

#include <guichet/base/intl.h>

#include <stdio.h>
#include <string.h>

/* Refusals that any operation may give. */
static const struct api_problem common[] = {
	{ "request.invalid", 400, N_("Demande mal formée") },
	{ "cursor.invalid", 400, N_("Suite de liste périmée") },
	{ "key.missing", 400, N_("Clé d'envoi absente") },
	{ "key.invalid", 400, N_("Clé d'envoi mal formée") },
	{ "token.missing", 401, N_("Connexion nécessaire") },
	{ "token.invalid", 401, N_("Session terminée") },
	{ "role.denied", 403, N_("Droit insuffisant") },
	{ "contact.needed", 403, N_("Contact nécessaire") },
	{ "proof.needed", 403, N_("Identité à vérifier") },
	{ "perimeter.denied", 403, N_("Dossier d'une autre caisse") },
	{ "access.ended", 403, N_("Temps d'accès écoulé") },
	{ "file.own", 403, N_("Votre propre dossier") },
	{ "file.sensitive", 403, N_("Dossier sensible") },
	{ "certificate.needed", 403, N_("Poste inconnu") },
	{ "not.found", 404, N_("Introuvable") },
	{ "method.refused", 405, N_("Méthode refusée") },
	{ "accept.refused", 406, N_("Forme de réponse inconnue") },
	{ "contact.closed", 409, N_("Contact terminé") },
	{ "conflict", 409, N_("Déjà fait par quelqu'un d'autre") },
	{ "length.needed", 411, N_("Longueur de l'envoi nécessaire") },
	{ "version.stale", 412, N_("Fiche modifiée entre-temps") },
	{ "body.large", 413, N_("Envoi trop lourd") },
	{ "uri.long", 414, N_("Adresse trop longue") },
	{ "type.refused", 415, N_("Type de contenu refusé") },
	{ "key.reused", 422, N_("Clé d'envoi déjà utilisée") },
	{ "version.needed", 428, N_("Version de la fiche nécessaire") },
	{ "quota.exceeded", 429, N_("Trop de demandes") },
	{ "headers.large", 431, N_("En-têtes trop longs") },
	{ "internal", 500, N_("Erreur du serveur") },
	{ "server.busy", 503, N_("Serveur occupé") },
	{ "provider.lost", 503, N_("Fournisseur d'identité injoignable") },
	{ "server.draining", 503, N_("Serveur en cours d'arrêt") },
	{ "memory.short", 503, N_("Serveur à court de mémoire") },
	{ "paper.failed", 503, N_("Document non édité") },
	{ "storage.busy", 503, N_("Base occupée") },
	{ "storage.lost", 503, N_("Base indisponible") },
	{ "storage.full", 507, N_("Plus de place pour enregistrer") },
	{ 0 },
};

static const int status_of_code[] = {
	[ERR_NONE] = 500, [ERR_INVALID] = 400, [ERR_NOT_FOUND] = 404,
	[ERR_DENIED] = 403, [ERR_CONFLICT] = 409, [ERR_NETWORK] = 503,
	[ERR_TIMEOUT] = 503, [ERR_PROTOCOL] = 500, [ERR_SYSTEM] = 500,
};

int problem_status(const struct err *err)
{
	return err->status ? err->status : status_of_code[err->code];
}

static const struct api_problem *by_word(const struct api_problem *table,
					 const char *word)
{
	for (; table && table->code; table++)
		if (strcmp(table->code, word) == 0)
			return table;
	return NULL;
}

static const struct api_problem *by_status(int status)
{
	const struct api_problem *row = common;

	while (row->code && row->status != status)
		row++;
	return row->code ? row : by_status(500);
}

static void add_fault(struct problem *problem, const char *field,
		      const char *detail)
{
	struct codec_fault *fault = &problem->errors[problem->error_count++];

	snprintf(fault->pointer, sizeof(fault->pointer), "#/%s", field);
	snprintf(fault->code, sizeof(fault->code), "refused");
	snprintf(fault->detail, sizeof(fault->detail), "%.150s", detail);
}

void problem_fill(struct problem *problem, const struct api_op *op,
		  const struct err *err)
{
	const struct api_problem *row = by_word(op ? op->problems : NULL, err->word);

	memset(problem, 0, sizeof(*problem));
	if (!row)
		row = by_word(common, err->word);
	if (!row)
		row = by_status(problem_status(err));
	problem->status = problem_status(err);
	snprintf(problem->code, sizeof(problem->code), "%s",
		 err->word[0] ? err->word : row->code);
	snprintf(problem->type, sizeof(problem->type), "urn:guichet:problem:%s",
		 problem->code);
	snprintf(problem->title, sizeof(problem->title), "%s", row->title);
	snprintf(problem->detail, sizeof(problem->detail), "%.399s", err->text);
	if (err->field[0])
		add_fault(problem, err->field, err->text);
}

bool problem_write(const struct problem *problem, const struct codec *extra_codec,
		   const void *extra, struct buf *out)
{
	struct buf more;
	bool ok;

	buf_empty(out);
	if (!codec_encode(&problem_codec, problem, out))
		return false;
	if (!extra_codec)
		return true;
	buf_init(&more, out->limit);
	ok = codec_encode(extra_codec, extra, &more);
	/* {"a":1} and {"b":2} make {"a":1,"b":2} */
	if (ok && more.size > 2) {
		out->data[--out->size] = '\0';
		ok = buf_text(out, ",") && buf_add(out, more.data + 1, more.size - 1);
	}
	buf_fini(&more);
	return ok;
}
