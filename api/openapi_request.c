/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each operation takes. */
#include "openapi_private.h"

/* A parameter that is a header; `pattern` may be NULL. */
static void write_header(struct buf *out, const char *name, bool required,
			 const char *about, const char *pattern,
			 const char *example)
{
	yaml(out, 4, "- name: %s", name);
	yaml(out, 5, "in: header");
	yaml(out, 5, "required: %s", required ? "true" : "false");
	yaml_text(out, 5, "description", about);
	yaml(out, 5, "schema:");
	yaml(out, 6, "type: string");
	if (pattern)
		yaml_text(out, 6, "pattern", pattern);
	yaml_text(out, 6, "example", example);
}

static void write_member(struct buf *out, const struct api_op *op,
			 const struct codec_field *field)
{
	bool in_path = api_path_names(op, field->name);

	yaml(out, 4, "- name: %s", field->name);
	yaml(out, 5, "in: %s", in_path ? "path" : "query");
	yaml(out, 5, "required: %s",
	     field->flags & CODEC_REQUIRED ? "true" : "false");
	yaml(out, 5, "schema:");
	openapi_member(out, 6, field, false);
}

static void write_parameters(struct buf *out, const struct api_op *op)
{
	yaml(out, 3, "parameters:");
	for (const struct codec_field *f = op->query ? op->query->fields : NULL;
	     f && f->name; f++)
		write_member(out, op, f);
	if (!(op->flags & API_PUBLIC))
		write_header(out, "Guichet-Contact", op->flags & API_CONTACT,
			     "The open contact in whose name this is asked.",
			     "^[0-7][0-9A-HJKMNP-TV-Z]{12}$", "0D9G4TBX0C5ZN");
	write_header(out, "Guichet-Desk", false,
		     "The desk, when the workstation has no certificate: a session"
		     " is of the desk that opened it.", NULL, "3");
	if (op->flags & API_KEYED)
		write_header(out, "Idempotency-Key", true,
			     "A string in quotes, the same for every try of one"
			     " act.", "^\"[!#-\\[\\]-~]{16,255}\"$",
			     "\"0f4c2b7e-5a91-4d3c-8e6f-1b2a3c4d5e6f\"");
	if (op->flags & API_IF_MATCH)
		write_header(out, "If-Match", true,
			     "The version that is changed.", NULL,
			     "\"9f3c21ab5e6d7c80\"");
	if (op->method == API_GET && op->flags & API_ETAG)
		write_header(out, "If-None-Match", false,
			     "The version already known.", NULL,
			     "\"9f3c21ab5e6d7c80\"");
	write_header(out, "traceparent", false,
		     "One trace for an act of the agent (W3C Trace Context).",
		     "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$",
		     "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
}

void openapi_request(struct buf *out, const struct api_op *op)
{
	write_parameters(out, op);
	if (!op->body && !(op->flags & API_RAW_BODY))
		return;
	yaml(out, 3, "requestBody:");
	yaml(out, 4, "required: true");
	yaml(out, 4, "content:");
	if (op->flags & API_RAW_BODY) {
		yaml(out, 5, "image/jpeg: {}");
		yaml(out, 5, "image/png: {}");
		yaml(out, 5, "application/pdf: {}");
		return;
	}
	yaml(out, 5, "%s:", op->method == API_PATCH ?
	     "application/merge-patch+json" : "application/json");
	yaml(out, 6, "schema:");
	yaml(out, 7, "$ref: '#/components/schemas/%s'", op->body->name);
}
