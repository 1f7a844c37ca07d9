/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange_private.h"
#include "mask.h"

#include <guichet/base/intl.h>
#include <guichet/base/mem.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct codec_field *cursor_field(const struct codec *codec)
{
	const struct codec_field *field = codec ? codec->fields : NULL;

	while (field && field->name && strcmp(field->name, "cursor") != 0)
		field++;
	return field && field->name ? field : NULL;
}

/* RFC 8288: the same request, from where this page ends. */
static void link_next(struct exchange *ex)
{
	const struct api_op *op = ex->route->op;
	const struct codec_field *field = cursor_field(op->query);
	char path[640];
	void *next;

	if (!field || ex->req.cursor[0] == '\0')
		return;
	next = mem_new(1, op->query->size);
	memcpy(next, ex->key, op->query->size);
	snprintf((char *)next + field->offset, field->size, "%s", ex->req.cursor);
	if (api_path_write(op, next, path, sizeof(path)))
		snprintf(ex->answer.link, sizeof(ex->answer.link),
			 "<%s>; rel=\"next\"", path);
	free(next);
}

/* RFC 9110 section 13.1.2: any of the listed tags, weak or not. */
static bool tag_listed(const char *list, const char *tag)
{
	const char *at = list;
	size_t size = strlen(tag);

	if (strcmp(list, "*") == 0)
		return true;
	while ((at = strstr(at, tag))) {
		at += size;
		if (*at == '\0' || *at == ',' || *at == ' ')
			return true;
	}
	return false;
}

static bool write_body(struct exchange *ex, struct err *err)
{
	const struct api_op *op = ex->route->op;
	struct buf *out = &ex->answer.body;
	bool ok;

	if (op->flags & API_RAW_REPLY) {
		ex->answer.type = "application/pdf";
		return !out->full || err_set(err, ERR_SYSTEM, _("réponse trop lourde"));
	}
	if (op->flags & API_EMPTY)
		return true;
	ex->answer.type = "application/json";
	mask_rows(op->reply, &ex->rows, ex->req.contact.tier);
	if (op->flags & API_LIST)
		ok = codec_encode_list(op->reply, &ex->rows, ex->req.cursor,
				       op->envelope, ex->req.envelope, out);
	else
		ok = ex->rows.count == 1 &&
			codec_encode(op->reply, rows_at(&ex->rows, 0), out);
	return ok || err_set(err, ERR_SYSTEM, _("la réponse ne peut pas être écrite"));
}

/* The version says what may be changed; the tier and the digest, what was shown
 * of it: part of an answer comes from other tables, or from the day. */
static void write_tag(struct exchange *ex)
{
	struct buf *body = &ex->answer.body;
	unsigned char digest[crypto_generichash_BYTES_MIN];
	char hex[2 * sizeof(digest) + 1];

	crypto_generichash(digest, sizeof(digest),
			   (const unsigned char *)buf_cstr(body), body->size,
			   NULL, 0);
	sodium_bin2hex(hex, sizeof(hex), digest, sizeof(digest));
	snprintf(ex->answer.etag, sizeof(ex->answer.etag), "\"%lld.%d.%.16s\"",
		 (long long)ex->req.version, ex->req.contact.tier, hex);
}

bool answer_write(struct exchange *ex, struct err *err)
{
	const struct api_op *op = ex->route->op;
	struct answer *answer = &ex->answer;

	if (!write_body(ex, err))
		return false;
	answer->status = op->flags & API_CREATED ? 201 :
		op->flags & API_EMPTY ? 204 : 200;
	if (op->flags & API_CREATED)
		memcpy(answer->location, ex->req.location, sizeof(answer->location));
	if ((op->flags & API_ETAG) && ex->req.version > 0)
		write_tag(ex);
	if (op->flags & API_LIST)
		link_next(ex);
	if (op->method == API_GET && answer->etag[0] && ex->asked.if_none_match &&
	    tag_listed(ex->asked.if_none_match, answer->etag)) {
		answer->status = 304;
		answer->type = NULL;
		buf_empty(&answer->body);
	}
	return true;
}
