/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sample as a request by hand. */
#include "contract.h"

#include <guichet/api/problem.h>

#include <stdio.h>
#include <string.h>

struct api_request sample_request(const struct sample *sample)
{
	return (struct api_request){
		.op = sample->op,
		.query = sample->op->query ? sample->query.any : NULL,
		.body = sample->op->body ? sample->body.any : NULL,
		.key = sample->key, .etag = sample->etag,
		.contact = sample->file.contact_id[0] ?
			sample->file.contact_id : NULL,
		.file = sample->path,
	};
}

static void write_headers(const struct desk *desk, const struct sample *s,
			  const struct change *c, struct buf *out)
{
	unsigned flags = s->op->flags;
	const char *token = c->token ? c->token : s->token[0] ? s->token :
		desk->token;
	const char *type = c->type ? c->type : flags & API_RAW_BODY ?
		"image/jpeg" : s->op->method == API_PATCH ?
		"application/merge-patch+json" : "application/json";

	if (!c->no_token && !(flags & API_PUBLIC))
		buf_printf(out, "Authorization: Bearer %s\r\n", token);
	if (s->file.contact_id[0] && !c->no_contact)
		buf_printf(out, "Guichet-Contact: %s\r\n", s->file.contact_id);
	if (flags & API_KEYED && !c->no_key)
		buf_printf(out, c->key ? "Idempotency-Key: %s\r\n" :
			   "Idempotency-Key: \"%s\"\r\n",
			   c->key ? c->key : s->key);
	if (flags & API_IF_MATCH && !c->no_if_match)
		buf_printf(out, "If-Match: %s\r\n",
			   c->if_match ? c->if_match : s->etag);
	if (c->if_none_match)
		buf_printf(out, "If-None-Match: %s\r\n", c->if_none_match);
	if (s->op->body || flags & API_RAW_BODY)
		buf_printf(out, "Content-Type: %s\r\n", type);
	buf_printf(out, "Accept: %s\r\n", c->accept ? c->accept :
		   flags & API_RAW_REPLY ?
		   "application/pdf, application/problem+json" :
		   "application/json, application/problem+json");
}

static void write_body(const struct sample *s, struct buf *out)
{
	char block[4096];
	size_t n;
	FILE *file;

	if (s->op->body)
		assert_true(codec_encode(s->op->body, s->body.any, out));
	if (!(s->op->flags & API_RAW_BODY))
		return;
	file = fopen(s->path, "r");
	assert_non_null(file);
	while ((n = fread(block, 1, sizeof(block), file)) > 0)
		buf_add(out, block, n);
	fclose(file);
}

/* What a request by hand is made of. */
struct parts {
	struct raw_request request;
	struct buf headers, body;
	char path[1024];
};

static void parts_make(struct parts *parts, const struct desk *desk,
		       const struct sample *sample, const struct change *c)
{
	bool has_body = sample->op->body || sample->op->flags & API_RAW_BODY;

	assert_true(api_path_write(sample->op, sample->query.any, parts->path,
				   sizeof(parts->path) - 256));
	if (c->query)
		snprintf(parts->path + strlen(parts->path), 256, "%s%s",
			 strchr(parts->path, '?') ? "&" : "?", c->query);
	buf_init(&parts->headers, 8192);
	buf_init(&parts->body, 8 << 20);
	write_headers(desk, sample, c, &parts->headers);
	write_body(sample, &parts->body);
	parts->request = (struct raw_request){
		.method = c->method ? c->method :
			api_method_names[sample->op->method],
		.path = c->path ? c->path : parts->path,
		.headers = buf_cstr(&parts->headers),
		.body = c->body ? c->body :
			has_body ? buf_cstr(&parts->body) : NULL,
		.body_size = c->body_size ? c->body_size :
			c->body ? strlen(c->body) : parts->body.size,
	};
}

static void parts_free(struct parts *parts)
{
	buf_fini(&parts->headers);
	buf_fini(&parts->body);
}

static const struct change unchanged;

void sample_send(struct desk *desk, const struct sample *sample,
		 const struct change *change, struct raw_answer *answer)
{
	const struct change *c = change ? change : &unchanged;
	struct parts parts;

	parts_make(&parts, desk, sample, c);
	raw_call(c->direct || sample->op->flags & API_RAW_BODY ?
		 desk->daemon.server : desk->by_hand, &parts.request, answer);
	parts_free(&parts);
}

void sample_write(const struct desk *desk, const struct sample *sample,
		  const struct change *change, struct buf *out)
{
	struct parts parts;

	parts_make(&parts, desk, sample, change ? change : &unchanged);
	raw_write(&parts.request, out);
	parts_free(&parts);
}

void expect_clean(const struct api_op *op, const struct raw_answer *answer)
{
	char value[8192];

	if (raw_header(answer, "sl-violations", value, sizeof(value)) &&
	    strstr(value, "\"response\""))
		fail_msg("%s, %d: %s", op->name, answer->status, value);
	if (!raw_header(answer, "X-Request-Id", value, sizeof(value)))
		fail_msg("%s, %d: no X-Request-Id", op->name, answer->status);
	if (!raw_header(answer, "Cache-Control", value, sizeof(value)) ||
	    strcmp(value, "no-store") != 0)
		fail_msg("%s, %d: may be kept", op->name, answer->status);
	if (!raw_header(answer, "X-Content-Type-Options", value, sizeof(value)))
		fail_msg("%s, %d: type may be guessed", op->name, answer->status);
}

void expect_problem(const struct api_op *op, struct raw_answer *answer,
		    int status, const char *code)
{
	struct problem problem;
	struct err err;
	char type[128];

	if (answer->status != status)
		fail_msg("%s: %d instead of %d: %s", op->name, answer->status,
			 status, buf_cstr(&answer->body));
	if (!raw_header(answer, "Content-Type", type, sizeof(type)) ||
	    strncmp(type, PROBLEM_TYPE, strlen(PROBLEM_TYPE)) != 0)
		fail_msg("%s, %d: not a problem", op->name, status);
	if (!codec_decode(&problem_codec, CODEC_REPLY, buf_cstr(&answer->body),
			  answer->body.size, &problem, NULL, 0, NULL, &err))
		fail_msg("%s, %d: %s: %s", op->name, status, err.field, err.word);
	if (problem.status != status)
		fail_msg("%s: status %d in the body of a %d", op->name,
			 (int)problem.status, status);
	if (code && strcmp(problem.code, code) != 0)
		fail_msg("%s, %d: %s instead of %s", op->name, status,
			 problem.code, code);
	expect_clean(op, answer);
	buf_fini(&answer->body);
}
