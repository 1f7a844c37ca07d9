/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The printed contract: made of the operation table, never written by hand. */
#include "openapi_private.h"

#include <guichet/api/common.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void yaml(struct buf *out, int depth, const char *fmt, ...)
{
	char line[1024];
	va_list args;

	va_start(args, fmt);
	vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	buf_printf(out, "%*s%s\n", 2 * depth, "", line);
}

void yaml_text(struct buf *out, int depth, const char *name, const char *text)
{
	buf_printf(out, "%*s%s: \"", 2 * depth, "", name);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_add(out, "\\", 1);
		buf_add(out, text, 1);
	}
	buf_text(out, "\"\n");
}

static const char head[] =
	"# SPDX-License-Identifier: GPL-3.0-or-later\n"
	"# Printed by guichetd --print-openapi: do not edit.\n"
	"openapi: 3.1.1\n"
	"jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema\n"
	"info:\n"
	"  title: guichet\n"
	"  version: 1.0.0\n"
	"  summary: The desk of a French health-insurance office\n"
	"  description: |-\n"
	"    Conventions that hold for every operation:\n"
	"\n"
	"    - Refusals are problem details (RFC 9457). Switch on `code`.\n"
	"    - What writes by POST or PATCH carries an `Idempotency-Key`: the same\n"
	"      key with the same body is done once and answered the same way for\n"
	"      seven days.\n"
	"    - A change says which version it changes with `If-Match`; a piece\n"
	"      says that of its request. Giving a hold back and signing out need\n"
	"      none: both are the caller's own and never change.\n"
	"    - Lists come in pages; `next_cursor` is opaque and signed.\n"
	"    - An absent member and null are the same thing. Unknown members of a\n"
	"      request are refused; clients ignore those of an answer.\n"
	"    - Amounts are whole cents. Moments are RFC 3339 with an offset.\n"
	"    - No number of an insured person, name or phone is ever in a URL.\n"
	"  license:\n"
	"    name: GPL-3.0-or-later\n"
	"    identifier: GPL-3.0-or-later\n"
	"servers:\n"
	"  - url: https://127.0.0.1:8443\n"
	"    description: The reference server on the same machine\n"
	"security:\n"
	"  - bearer: []\n";

/* Groups of operations: what stands before the dot of their names. */
static const struct { const char *name, *about; } tags[] = {
	{ "session", "Signing in and out" },
	{ "federation", "Signing in through an identity provider" },
	{ "insured", "Finding people and reading their file" },
	{ "beneficiary", "The people of a file" },
	{ "right", "Rights of a file" },
	{ "payment", "Amounts paid" },
	{ "contact", "Who is served, and proofs of identity" },
	{ "office", "Places where the public is received" },
	{ "reason", "Reasons for an appointment" },
	{ "slot", "Free slots" },
	{ "hold", "Slots kept for a few minutes" },
	{ "appointment", "Appointments" },
	{ "card", "Cards of a file" },
	{ "ehic", "European health insurance cards" },
	{ "vitale", "Vitale cards" },
	{ "certificate", "Provisional certificates" },
	{ "request", "Requests and their history" },
	{ "attachment", "Pieces of a request" },
	{ "break_glass", "Files of another caisse, for half an hour" },
	{ "grant", "Sensitive files, opened by a supervisor" },
	{ "review", "Accesses that a supervisor looks at" },
	{ "journal", "The trace of what was read and written" },
	{ "operations", "Health of the server" },
	{ NULL, NULL },
};

static const char health[] =
	"      tags: [operations]\n"
	"      security: []\n"
	"      responses:\n"
	"        '200':\n"
	"          description: Yes.\n"
	"          content:\n"
	"            application/json:\n"
	"              schema:\n"
	"                $ref: '#/components/schemas/Health'\n"
	"        '400':\n"
	"          $ref: '#/components/responses/BadRequest'\n"
	"        '503':\n"
	"          description: No.\n"
	"          headers:\n"
	"            Retry-After:\n"
	"              $ref: '#/components/headers/Retry-After'\n"
	"          content:\n"
	"            application/json:\n"
	"              schema:\n"
	"                $ref: '#/components/schemas/Health'\n";

static void write_health(struct buf *out)
{
	buf_text(out, "  /healthz:\n    get:\n      operationId: healthz\n"
		 "      summary: Tell whether the server is alive\n"
		 "      description: Answers as long as the process runs.\n");
	buf_text(out, health);
	buf_text(out, "  /readyz:\n    get:\n      operationId: readyz\n"
		 "      summary: Tell whether the server takes requests\n"
		 "      description: Says no while it starts, migrates, drains or"
		 " has lost its database.\n");
	buf_text(out, health);
}

static void write_health_schema(struct buf *out)
{
	yaml(out, 2, "Health:");
	yaml(out, 3, "type: object");
	yaml(out, 3, "required: [status]");
	yaml(out, 3, "properties:");
	yaml(out, 4, "status:");
	yaml(out, 5, "type: string");
	yaml(out, 5, "enum: [ok, unavailable]");
	yaml(out, 3, "additionalProperties: false");
}

static void write_security(struct buf *out)
{
	yaml(out, 1, "securitySchemes:");
	yaml(out, 2, "bearer:");
	yaml(out, 3, "type: http");
	yaml(out, 3, "scheme: bearer");
	yaml(out, 3, "description: The token of session_create, in the header "
	     "only (RFC 6750).");
}

/* "payment.list" belongs to "payment" and is called payment_list. */
static void write_names(struct buf *out, const struct api_op *op)
{
	char id[64];
	char *dot;

	snprintf(id, sizeof(id), "%s", op->name);
	dot = strchr(id, '.');
	*dot = '_';
	yaml(out, 3, "operationId: %s", id);
	yaml_text(out, 3, "summary", op->summary);
	*dot = '\0';
	yaml(out, 3, "tags: [%s]", id);
}

static void write_description(struct buf *out, const struct api_op *op)
{
	char text[256];
	size_t size = (size_t)snprintf(text, sizeof(text), "Roles:");

	for (int i = 0; role_names[i]; i++)
		if (op->roles & 1u << i)
			size += (size_t)snprintf(text + size, sizeof(text) - size,
						 " %s", role_names[i]);
	snprintf(text + size, sizeof(text) - size, ".%s",
		 op->flags & API_CONTACT ? " Named by its contact." : "");
	yaml_text(out, 3, "description", op->flags & API_PUBLIC ?
		  "Without a token." : text);
}

static bool is_first_of_path(int index)
{
	for (int i = 0; i < index; i++)
		if (strcmp(api_ops[i]->path, api_ops[index]->path) == 0)
			return false;
	return true;
}

static void write_operation(struct buf *out, const struct api_op *op)
{
	static const char *const lower[API_METHOD_N] = {
		[API_GET] = "get", [API_POST] = "post", [API_PUT] = "put",
		[API_PATCH] = "patch", [API_DELETE] = "delete",
	};

	yaml(out, 2, "%s:", lower[op->method]);
	write_names(out, op);
	write_description(out, op);
	if (op->flags & API_PUBLIC)
		yaml(out, 3, "security: []");
	openapi_request(out, op);
	openapi_responses(out, op);
}

bool api_openapi_write(struct buf *out)
{
	buf_text(out, head);
	buf_text(out, "tags:\n");
	for (int i = 0; tags[i].name; i++) {
		yaml(out, 1, "- name: %s", tags[i].name);
		yaml(out, 2, "description: %s", tags[i].about);
	}
	buf_text(out, "paths:\n");
	write_health(out);
	for (int i = 0; api_ops[i]; i++) {
		if (!is_first_of_path(i))
			continue;
		yaml(out, 1, "%s:", api_ops[i]->path);
		for (int j = i; api_ops[j]; j++)
			if (strcmp(api_ops[j]->path, api_ops[i]->path) == 0)
				write_operation(out, api_ops[j]);
	}
	buf_text(out, "components:\n");
	write_security(out);
	openapi_headers(out);
	openapi_refusals(out);
	openapi_schemas(out);
	write_health_schema(out);
	return !out->full;
}
