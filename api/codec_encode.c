/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Written straight into the buffer: no tree is built for what is only sent. */
#include "codec_private.h"

#include <inttypes.h>

static void write_text(const char *text, struct buf *out)
{
	const char *run = text;

	buf_add(out, "\"", 1);
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_add(out, run, (size_t)(text - run));
		if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", c);
		else
			buf_printf(out, "\\u%04x", c);
		run = text + 1;
	}
	buf_add(out, run, (size_t)(text - run));
	buf_add(out, "\"", 1);
}

static void write_flags(const struct codec_field *field, unsigned flags,
			struct buf *out)
{
	bool first = true;

	buf_add(out, "[", 1);
	for (int i = 0; field->names[i]; i++) {
		if (!(flags & 1u << i))
			continue;
		if (!first)
			buf_add(out, ",", 1);
		first = false;
		write_text(field->names[i], out);
	}
	buf_add(out, "]", 1);
}

static void write_member(const struct codec_field *field, const void *value,
			 struct buf *out)
{
	const char *member = codec_member(field, value);
	size_t count;
	char text[DATE_TEXT];

	switch (field->type) {
	case CODEC_TYPE_INT:
		buf_printf(out, "%" PRId64, *(const int64_t *)(const void *)member);
		break;
	case CODEC_TYPE_BOOL:
		buf_text(out, *(const bool *)member ? "true" : "false");
		break;
	case CODEC_TYPE_FLAGS:
		write_flags(field, *(const unsigned *)(const void *)member, out);
		break;
	case CODEC_TYPE_OBJECT:
		codec_encode(field->inner, member, out);
		break;
	case CODEC_TYPE_ARRAY:
		count = *codec_count(field, value);
		buf_add(out, "[", 1);
		for (size_t i = 0; i < count && i < field->max_items; i++) {
			if (i > 0)
				buf_add(out, ",", 1);
			codec_encode(field->inner, member + i * field->inner->size, out);
		}
		buf_add(out, "]", 1);
		break;
	case CODEC_TYPE_TEXT:
		write_text(member, out);
		break;
	case CODEC_TYPE_ENUM:
		write_text(field->names[*(const int *)(const void *)member], out);
		break;
	case CODEC_TYPE_DATE:
		date_to_iso(*(const struct date *)(const void *)member, text);
		write_text(text, out);
		break;
	case CODEC_TYPE_MOMENT:
		moment_to_rfc3339(ZONE_PARIS,
				  *(const int64_t *)(const void *)member, text);
		write_text(text, out);
		break;
	}
}

/* An absent member is left out; "false" and an empty array are values. */
static bool is_left_out(const struct codec_field *field, const void *value)
{
	return field->type != CODEC_TYPE_BOOL &&
		field->type != CODEC_TYPE_FLAGS &&
		field->type != CODEC_TYPE_ARRAY &&
		!(field->type == CODEC_TYPE_OBJECT &&
		  field->flags & CODEC_REQUIRED) &&
		codec_is_absent(field, value);
}

static void write_members(const struct codec *codec, const void *value,
			  bool first, struct buf *out)
{
	for (const struct codec_field *f = codec->fields; f->name; f++) {
		if (is_left_out(f, value))
			continue;
		buf_printf(out, "%s\"%s\":", first ? "" : ",", f->name);
		first = false;
		write_member(f, value, out);
	}
}

bool codec_encode(const struct codec *codec, const void *value, struct buf *out)
{
	buf_add(out, "{", 1);
	write_members(codec, value, true, out);
	buf_add(out, "}", 1);
	return !out->full;
}

bool codec_encode_list(const struct codec *codec, const struct rows *rows,
		       const char *cursor, const struct codec *envelope_codec,
		       const void *envelope, struct buf *out)
{
	buf_text(out, "{\"items\":[");
	for (size_t i = 0; i < rows->count; i++) {
		if (i > 0)
			buf_add(out, ",", 1);
		codec_encode(codec, rows_at(rows, i), out);
	}
	buf_text(out, "],\"next_cursor\":");
	if (cursor && *cursor)
		write_text(cursor, out);
	else
		buf_text(out, "null");
	if (envelope_codec)
		write_members(envelope_codec, envelope, false, out);
	buf_add(out, "}", 1);
	return !out->full;
}
