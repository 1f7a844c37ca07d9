/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From codec tables to JSON Schema (draft 2020-12). */
#include "codec_private.h"
#include "openapi_private.h"

#include <guichet/api/problem.h>

#include <inttypes.h>

#define SCHEMAS_MAX 96

/* The name of a type, or of the type and null. */
static void write_type(struct buf *out, int depth, const char *type, bool null)
{
	if (null)
		yaml(out, depth, "type: [%s, 'null']", type);
	else
		yaml(out, depth, "type: %s", type);
}

static void write_names(struct buf *out, int depth, const char *const *names,
			bool null)
{
	yaml(out, depth, "enum:");
	for (; *names; names++)
		yaml(out, depth + 1, "- '%s'", *names);
	if (null)
		yaml(out, depth + 1, "- null");
}

/* Lengths are told in characters; ours are bytes, so that text with accents may
 * be refused a little before. */
static void write_string(struct buf *out, int depth,
			 const struct codec_field *field)
{
	const struct codec_format_row *row = &codec_formats[field->format];

	if (field->flags & CODEC_REQUIRED)
		yaml(out, depth, "minLength: 1");
	yaml(out, depth, "maxLength: %zu", field->size - 1);
	if (!row->pattern)
		return;
	yaml_text(out, depth, "pattern", row->pattern);
	yaml_text(out, depth, "example", row->example);
}

static void write_array(struct buf *out, int depth,
			const struct codec_field *field, bool null)
{
	write_type(out, depth, "array", null);
	yaml(out, depth, "maxItems: %zu", field->max_items);
	yaml(out, depth, "items:");
	yaml(out, depth + 1, "$ref: '#/components/schemas/%s'",
	     field->inner->name);
}

static void write_object(struct buf *out, int depth,
			 const struct codec_field *field, bool null)
{
	if (!null) {
		yaml(out, depth, "$ref: '#/components/schemas/%s'",
		     field->inner->name);
		return;
	}
	yaml(out, depth, "anyOf:");
	yaml(out, depth + 1, "- $ref: '#/components/schemas/%s'",
	     field->inner->name);
	yaml(out, depth + 1, "- type: 'null'");
}

static void write_date(struct buf *out, int depth,
		       const struct codec_field *field, bool null)
{
	write_type(out, depth, "string", null);
	if (field->flags & CODEC_BIRTH) {
		yaml(out, depth, "pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'");
		yaml(out, depth, "description: Month or day 00 when unknown.");
		yaml(out, depth, "example: '1985-03-00'");
		return;
	}
	yaml(out, depth, "format: date");
	yaml(out, depth, "example: '2026-11-23'");
}

static void write_integer(struct buf *out, int depth,
			  const struct codec_field *field, bool null)
{
	write_type(out, depth, "integer", null);
	yaml(out, depth, "format: int64");
	if (field->min == 0 && field->max == 0)
		return;
	yaml(out, depth, "minimum: %" PRId64, field->min);
	yaml(out, depth, "maximum: %" PRId64, field->max);
}

void openapi_member(struct buf *out, int depth, const struct codec_field *field,
		    bool nullable)
{
	bool null = nullable && !(field->flags & CODEC_REQUIRED);

	switch (field->type) {
	case CODEC_TYPE_TEXT:
		write_type(out, depth, "string", null);
		write_string(out, depth, field);
		break;
	case CODEC_TYPE_INT:
		write_integer(out, depth, field, null);
		break;
	case CODEC_TYPE_BOOL:
		write_type(out, depth, "boolean", null);
		break;
	case CODEC_TYPE_ENUM:
		write_type(out, depth, "string", null);
		write_names(out, depth, field->names, null);
		break;
	case CODEC_TYPE_FLAGS:
		write_type(out, depth, "array", null);
		yaml(out, depth, "uniqueItems: true");
		yaml(out, depth, "items:");
		yaml(out, depth + 1, "type: string");
		write_names(out, depth + 1, field->names, false);
		break;
	case CODEC_TYPE_DATE:
		write_date(out, depth, field, null);
		break;
	case CODEC_TYPE_MOMENT:
		write_type(out, depth, "string", null);
		yaml(out, depth, "format: date-time");
		yaml(out, depth, "example: '2026-11-23T10:45:00+01:00'");
		break;
	case CODEC_TYPE_OBJECT:
		write_object(out, depth, field, null);
		break;
	case CODEC_TYPE_ARRAY:
		write_array(out, depth, field, null);
		break;
	}
	if (field->about)
		yaml_text(out, depth, "description", field->about);
}

void openapi_properties(struct buf *out, int depth, const struct codec *codec)
{
	for (const struct codec_field *f = codec->fields; f->name; f++) {
		yaml(out, depth, "%s:", f->name);
		openapi_member(out, depth + 1, f, true);
	}
}

void openapi_required(struct buf *out, int depth, const struct codec *codec)
{
	bool first = true;

	for (const struct codec_field *f = codec->fields; f->name; f++) {
		if (!(f->flags & CODEC_REQUIRED))
			continue;
		if (first)
			yaml(out, depth, "required:");
		first = false;
		yaml(out, depth + 1, "- %s", f->name);
	}
}

/* Problems stay open: RFC 9457 lets each add members. */
static void write_schema(struct buf *out, const struct codec *codec)
{
	yaml(out, 2, "%s:", codec->name);
	yaml(out, 3, "type: object");
	if (codec->about)
		yaml_text(out, 3, "description", codec->about);
	openapi_required(out, 3, codec);
	yaml(out, 3, "properties:");
	openapi_properties(out, 4, codec);
	if (codec != &problem_codec)
		yaml(out, 3, "additionalProperties: false");
}

static void write_problem_schema(struct buf *out, const struct codec *members)
{
	yaml(out, 2, "%sProblem:", members->name);
	if (members->about)
		yaml_text(out, 3, "description", members->about);
	yaml(out, 3, "allOf:");
	yaml(out, 4, "- $ref: '#/components/schemas/Problem'");
	yaml(out, 4, "- type: object");
	openapi_required(out, 5, members);
	yaml(out, 5, "properties:");
	openapi_properties(out, 6, members);
}

/* Codecs in the order in which they are met, each once. */
struct list {
	const struct codec *codecs[SCHEMAS_MAX];
	int count;
};

static bool add_once(struct list *list, const struct codec *codec)
{
	for (int i = 0; i < list->count; i++)
		if (list->codecs[i] == codec)
			return false;
	if (list->count == SCHEMAS_MAX)
		return false;
	list->codecs[list->count++] = codec;
	return true;
}

static void add_inner(struct list *list, const struct codec *codec);

static void add(struct list *list, const struct codec *codec)
{
	if (codec && add_once(list, codec))
		add_inner(list, codec);
}

static void add_inner(struct list *list, const struct codec *codec)
{
	for (const struct codec_field *f = codec->fields; f->name; f++)
		add(list, f->inner);
}

void openapi_schemas(struct buf *out)
{
	struct list schemas = { 0 }, problems = { 0 };

	add(&schemas, &problem_codec);
	for (int i = 0; api_ops[i]; i++) {
		add(&schemas, api_ops[i]->body);
		add(&schemas, api_ops[i]->reply);
	}
	for (int i = 0; api_problem_members[i].code; i++) {
		add_once(&problems, api_problem_members[i].codec);
		add_inner(&schemas, api_problem_members[i].codec);
	}
	yaml(out, 1, "schemas:");
	for (int i = 0; i < schemas.count; i++)
		write_schema(out, schemas.codecs[i]);
	for (int i = 0; i < problems.count; i++)
		write_problem_schema(out, problems.codecs[i]);
}
