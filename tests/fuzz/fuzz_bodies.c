/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A body or a path as anybody may send it, given to every codec of the contract:
 * what is accepted, written and read again is the same value; what is refused
 * leaves nothing behind. */
#include "fuzz.h"

#include <guichet/api/ops.h>
#include <guichet/api/problem.h>

#include <stdlib.h>
#include <string.h>

#define ENCODED_MAX (4u << 20)

static void hold(bool holds)
{
	if (!holds)
		abort();
}

/* Values are compared as they are written: their padding says nothing. */
static void write(const struct codec *codec, const void *value, struct buf *out)
{
	buf_init(out, ENCODED_MAX);
	hold(codec_encode(codec, value, out));
}

static void try_codec(const struct codec *codec, enum codec_side side,
		      const char *json, size_t size)
{
	void *value = malloc(codec->size), *again = malloc(codec->size);
	struct codec_fault faults[4];
	struct buf first, second;
	struct err err = { 0 };
	size_t count = 0;

	if (codec_decode(codec, side, json, size, value, faults, 4, &count, &err)) {
		write(codec, value, &first);
		hold(codec_decode(codec, CODEC_REQUEST, first.data, first.size,
				  again, NULL, 0, NULL, &err));
		write(codec, again, &second);
		hold(strcmp(first.data, second.data) == 0);
		buf_fini(&first);
		buf_fini(&second);
	} else {
		codec_clear(codec, again);
		hold(memcmp(value, again, codec->size) == 0);
		hold(count > 0 && faults[0].code[0] && err.code != ERR_NONE);
	}
	free(value);
	free(again);
}

static void try_list(const struct api_op *op, const char *json, size_t size)
{
	void *envelope = op->envelope ? malloc(op->envelope->size) : NULL;
	char cursor[256];
	struct rows rows;

	rows_init(&rows, op->reply->size);
	if (!codec_decode_list(op->reply, op->envelope, json, size, &rows, cursor,
			       sizeof(cursor), envelope, NULL))
		hold(rows.count == 0 && cursor[0] == '\0');
	rows_fini(&rows);
	free(envelope);
}

static void try_path(const struct api_op *op, const char *path)
{
	void *query = op->query ? malloc(op->query->size) : NULL;
	char written[4096];

	if (query)
		codec_clear(op->query, query);
	if (api_path_match(op, path, query))
		hold(api_path_write(op, query, written, sizeof(written)) &&
		     strcmp(path, written) == 0);
	free(query);
}

/* One member, as a path or a query string holds it. */
static void try_member(const struct codec *codec, const struct codec_field *field,
		       const char *text)
{
	void *value = malloc(codec->size), *again = malloc(codec->size);
	char written[4096], twice[4096];
	struct err err = { 0 };

	codec_clear(codec, value);
	codec_clear(codec, again);
	if (!codec_field_from_text(field, value, text, &err))
		hold(err.code == ERR_INVALID && err.field[0]);
	else if (codec_field_to_text(field, value, written, sizeof(written)))
		hold(codec_field_from_text(field, again, written, NULL) &&
		     codec_field_to_text(field, again, twice, sizeof(twice)) &&
		     strcmp(written, twice) == 0);
	free(value);
	free(again);
}

static void try_members(const struct codec *codec, const char *text)
{
	for (const struct codec_field *field = codec ? codec->fields : NULL;
	     field && field->name; field++)
		if (field->type != CODEC_TYPE_OBJECT &&
		    field->type != CODEC_TYPE_ARRAY)
			try_member(codec, field, text);
}

static void try_op(const struct api_op *op, const char *text, size_t size)
{
	if (op->body)
		try_codec(op->body, CODEC_REQUEST, text, size);
	if (op->reply)
		try_codec(op->reply, CODEC_REPLY, text, size);
	if (op->flags & API_LIST)
		try_list(op, text, size);
	try_path(op, text);
	try_members(op->query, text);
	try_members(op->body, text);
	try_members(op->reply, text);
}

/* A first line may name one operation; without it, all are tried. */
static const struct api_op *named(char *text)
{
	size_t size = strcspn(text, "\n");
	const struct api_op *op;

	if (text[size] != '\n')
		return NULL;
	text[size] = '\0';
	op = api_op_find(text);
	text[size] = '\n';
	return op;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	const struct api_op *op;

	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	op = named(text);
	if (op) {
		const char *rest = strchr(text, '\n') + 1;

		try_op(op, rest, size - (size_t)(rest - text));
	} else {
		try_codec(&problem_codec, CODEC_REPLY, text, size);
		for (int i = 0; api_ops[i]; i++)
			try_op(api_ops[i], text, size);
	}
	free(text);
	return 0;
}
