/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each operation answers, and with which headers. */
#include "openapi_private.h"

#include <stdio.h>
#include <string.h>

/* One refusal of the contract: when it can come, and what it carries. */
struct refusal {
	int status;
	const char *name;               /* of components/responses */
	const char *about;
	const char *header;             /* that it always carries, or NULL */
	bool (*applies)(const struct api_op *op);
};

static bool always(const struct api_op *op)
{
	(void)op;
	return true;
}

static bool has_bearer(const struct api_op *op)
{
	return !(op->flags & API_PUBLIC);
}

static bool has_body(const struct api_op *op)
{
	return op->body || op->flags & API_RAW_BODY;
}

static bool may_conflict(const struct api_op *op)
{
	return op->flags & (API_KEYED | API_CONTACT);
}

static bool writes(const struct api_op *op)
{
	return op->method != API_GET && !(op->flags & API_READ);
}

static bool has_key(const struct api_op *op)
{
	return op->flags & API_KEYED;
}

static bool has_if_match(const struct api_op *op)
{
	return op->flags & API_IF_MATCH;
}

/* A file that is not in the caisse is not found, by whatever name it comes. */
static bool names_something(const struct api_op *op)
{
	return strchr(op->path, '{') || op->flags & (API_CONTACT | API_KEYED) ||
		op->query;
}

static const struct refusal refusals[] = {
	{ 400, "BadRequest", "Malformed request; errors tells where.",
	  NULL, always },
	{ 401, "Unauthorized", "No token, or one that is no longer good.",
	  "WWW-Authenticate", always },
	{ 403, "Forbidden", "Not for this role, or more proof is needed.",
	  NULL, has_bearer },
	{ 404, "NotFound", "Absent, or outside the perimeter of the agent.",
	  NULL, names_something },
	{ 406, "NotAcceptable", "The answer exists in no accepted form.",
	  NULL, always },
	{ 409, "Conflict", "Somebody was first, the contact is closed, or the "
	  "key is being served.", NULL, may_conflict },
	{ 412, "PreconditionFailed", "Changed since it was read.",
	  NULL, has_if_match },
	{ 413, "ContentTooLarge", "The body is too large.", NULL, has_body },
	{ 414, "UriTooLong", "The address is too long.", NULL, always },
	{ 415, "UnsupportedMediaType", "The body is not of an accepted type.",
	  NULL, has_body },
	{ 422, "UnprocessableContent", "Understood and refused, or a key used "
	  "for another body.", NULL, has_key },
	{ 428, "PreconditionRequired", "If-Match is missing.",
	  NULL, has_if_match },
	{ 429, "TooManyRequests", "Too many requests.", "Retry-After", always },
	{ 431, "HeadersTooLarge", "The headers are too large.", NULL, always },
	{ 500, "ServerError", "Something broke on the server.", NULL, always },
	{ 503, "Unavailable", "Starting, draining or overloaded.",
	  "Retry-After", always },
	{ 507, "StorageFull", "No room left to record it.", NULL, writes },
	{ 0, NULL, NULL, NULL, NULL },
};

/* Every answer carries these. */
static const char *const common_headers[] = {
	"X-Request-Id", "Cache-Control", "X-Content-Type-Options", NULL,
};

static const struct { const char *name, *about, *example; } headers[] = {
	{ "X-Request-Id", "Trace of the request, for the log.",
	  "4bf92f3577b34da6a3ce929d0e0e4736" },
	{ "Cache-Control", "Nothing here may be kept.", "no-store" },
	{ "X-Content-Type-Options", "Types are not guessed.", "nosniff" },
	{ "Content-Language", "Sentences are in French.", "fr" },
	{ "ETag", "Version, for If-Match.", "\"9f3c21ab5e6d7c80\"" },
	{ "Location", "Where what was created is.",
	  "/v1/holds/0D9G4TBX0C5ZN" },
	{ "Link", "The next page (RFC 8288).",
	  "</v1/offices?cursor=abc>; rel=\"next\"" },
	{ "WWW-Authenticate", "How to sign in (RFC 6750).",
	  "Bearer realm=\"guichet\"" },
	{ "Retry-After", "Seconds to wait.", "5" },
	{ NULL, NULL, NULL },
};

void openapi_headers(struct buf *out)
{
	yaml(out, 1, "headers:");
	for (int i = 0; headers[i].name; i++) {
		yaml(out, 2, "%s:", headers[i].name);
		yaml_text(out, 3, "description", headers[i].about);
		if (strcmp(headers[i].name, "Link") != 0)
			yaml(out, 3, "required: true");
		yaml(out, 3, "schema:");
		yaml(out, 4, "type: string");
		yaml_text(out, 4, "example", headers[i].example);
	}
	yaml(out, 2, "Idempotency-Replayed:");
	yaml_text(out, 3, "description", "The act was already done: this is "
		  "its answer again.");
	yaml(out, 3, "schema:");
	yaml(out, 4, "type: string");
	yaml(out, 4, "enum: ['true']");
}

static void header(struct buf *out, int depth, const char *name)
{
	yaml(out, depth, "%s:", name);
	yaml(out, depth + 1, "$ref: '#/components/headers/%s'", name);
}

static void write_headers(struct buf *out, int depth)
{
	yaml(out, depth, "headers:");
	for (int i = 0; common_headers[i]; i++)
		header(out, depth + 1, common_headers[i]);
}

static void problem_content(struct buf *out, int depth)
{
	yaml(out, depth, "content:");
	yaml(out, depth + 1, "application/problem+json:");
	yaml(out, depth + 2, "schema:");
}

void openapi_refusals(struct buf *out)
{
	yaml(out, 1, "responses:");
	for (const struct refusal *r = refusals; r->status; r++) {
		yaml(out, 2, "%s:", r->name);
		yaml_text(out, 3, "description", r->about);
		write_headers(out, 3);
		header(out, 4, "Content-Language");
		if (r->header)
			header(out, 4, r->header);
		problem_content(out, 3);
		yaml(out, 6, "$ref: '#/components/schemas/Problem'");
	}
}

/* Write the schemas of the refusals by rule of that status: those with members
 * of their own, each once, then the plain one. */
static void write_rule_schemas(struct buf *out, const struct api_op *op,
			       int status)
{
	const struct codec *told[8];
	size_t count = 0;

	for (const struct api_problem *p = op->problems; p->code; p++) {
		const struct codec *members = api_problem_codec(p->code);
		bool again = p->status != status || !members;

		for (size_t i = 0; i < count; i++)
			again |= told[i] == members;
		if (again || count == sizeof(told) / sizeof(*told))
			continue;
		if (count == 0)
			yaml(out, 8, "anyOf:");
		told[count++] = members;
		yaml(out, 9, "- $ref: '#/components/schemas/%sProblem'",
		     members->name);
	}
	yaml(out, count ? 9 : 8, "%s$ref: '#/components/schemas/Problem'",
	     count ? "- " : "");
}

/* Refusals by rule: the codes are told. */
static void write_rules(struct buf *out, const struct api_op *op,
			const struct refusal *refusal)
{
	char codes[512];
	size_t size;

	size = (size_t)snprintf(codes, sizeof(codes), "%s Codes:",
				refusal->about);
	for (const struct api_problem *p = op->problems; p->code; p++)
		if (p->status == refusal->status)
			size += (size_t)snprintf(codes + size,
						 sizeof(codes) - size, " %s",
						 p->code);
	yaml(out, 4, "'%d':", refusal->status);
	yaml_text(out, 5, "description", codes);
	write_headers(out, 5);
	header(out, 6, "Content-Language");
	if (refusal->header)
		header(out, 6, refusal->header);
	problem_content(out, 5);
	write_rule_schemas(out, op, refusal->status);
}

static bool has_rule(const struct api_op *op, int status)
{
	for (const struct api_problem *p = op->problems; p && p->code; p++)
		if (p->status == status)
			return true;
	return false;
}

static void write_list(struct buf *out, const struct api_op *op)
{
	yaml(out, 8, "type: object");
	yaml(out, 8, "required:");
	yaml(out, 9, "- items");
	yaml(out, 9, "- next_cursor");
	yaml(out, 8, "properties:");
	yaml(out, 9, "items:");
	yaml(out, 10, "type: array");
	yaml(out, 10, "items:");
	yaml(out, 11, "$ref: '#/components/schemas/%s'", op->reply->name);
	yaml(out, 9, "next_cursor:");
	yaml(out, 10, "type: [string, 'null']");
	yaml(out, 10, "description: Opaque; null on the last page.");
	if (op->envelope)
		openapi_properties(out, 9, op->envelope);
	yaml(out, 8, "additionalProperties: false");
}

static void write_success(struct buf *out, const struct api_op *op)
{
	int status = op->flags & API_EMPTY ? 204 :
		op->flags & API_CREATED ? 201 : 200;

	yaml(out, 4, "'%d':", status);
	yaml(out, 5, "description: %s", status == 204 ? "Done." :
	     status == 201 ? "Created." : "Here it is.");
	write_headers(out, 5);
	if (op->flags & API_ETAG)
		header(out, 6, "ETag");
	if (op->flags & API_CREATED)
		header(out, 6, "Location");
	if (op->flags & API_KEYED)
		header(out, 6, "Idempotency-Replayed");
	if (op->flags & API_LIST)
		header(out, 6, "Link");
	if (op->flags & API_EMPTY)
		return;
	yaml(out, 5, "content:");
	if (op->flags & API_RAW_REPLY) {
		yaml(out, 6, "application/pdf: {}");
		return;
	}
	yaml(out, 6, "application/json:");
	yaml(out, 7, "schema:");
	if (op->flags & API_LIST)
		write_list(out, op);
	else
		yaml(out, 8, "$ref: '#/components/schemas/%s'", op->reply->name);
}

void openapi_responses(struct buf *out, const struct api_op *op)
{
	yaml(out, 3, "responses:");
	write_success(out, op);
	if (op->method == API_GET && op->flags & API_ETAG) {
		yaml(out, 4, "'304':");
		yaml(out, 5, "description: Not changed since that version.");
		write_headers(out, 5);
		header(out, 6, "ETag");
	}
	for (const struct refusal *r = refusals; r->status; r++) {
		if (has_rule(op, r->status)) {
			write_rules(out, op, r);
		} else if (r->applies(op)) {
			yaml(out, 4, "'%d':", r->status);
			yaml(out, 5, "$ref: '#/components/responses/%s'", r->name);
		}
	}
}
