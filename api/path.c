/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/api/op.h>

#include <stdio.h>
#include <string.h>

const char *const api_method_names[API_METHOD_N + 1] = {
	[API_GET] = "GET",
	[API_POST] = "POST",
	[API_PUT] = "PUT",
	[API_PATCH] = "PATCH",
	[API_DELETE] = "DELETE",
	NULL,
};

const struct api_op *api_op_find(const char *name)
{
	for (int i = 0; api_ops[i]; i++)
		if (strcmp(api_ops[i]->name, name) == 0)
			return api_ops[i];
	return NULL;
}

const struct codec *api_problem_codec(const char *code)
{
	const struct api_problem_members *row = api_problem_members;

	while (row->code && strcmp(row->code, code) != 0)
		row++;
	return row->codec;
}

/* The longest value a path or a query holds: a cursor. */
#define VALUE_SIZE 512

bool api_path_names(const struct api_op *op, const char *name)
{
	const char *at = op->path;
	size_t size = strlen(name);

	while ((at = strchr(at, '{'))) {
		at++;
		if (strncmp(at, name, size) == 0 && at[size] == '}')
			return true;
	}
	return false;
}

static bool is_unreserved(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		(c >= '0' && c <= '9') || (c && strchr("-._~", c));
}

/* RFC 3986 section 2.1 */
static bool write_encoded(char **at, const char *end, const char *text)
{
	for (; *text; text++) {
		int n = snprintf(*at, (size_t)(end - *at),
				 is_unreserved(*text) ? "%c" : "%%%02X",
				 (unsigned char)*text);

		if (n >= end - *at)
			return false;
		*at += n;
	}
	return true;
}

/* Write the path of `op`, its {names} filled from `query`. */
static bool write_path(const struct api_op *op, const void *query, char **at,
		       const char *end)
{
	char value[VALUE_SIZE];

	for (const char *from = op->path; *from;) {
		size_t size = strcspn(from, "{");
		const struct codec_field *field;

		if (size >= (size_t)(end - *at))
			return false;
		memcpy(*at, from, size);
		*at += size;
		**at = '\0';
		from += size;
		if (*from == '\0')
			break;
		size = strcspn(++from, "}");
		field = codec_find(op->query, from, size);
		if (!field || !query ||
		    !codec_field_to_text(field, query, value, sizeof(value)) ||
		    !write_encoded(at, end, value))
			return false;
		from += size + 1;
	}
	return true;
}

bool api_path_write(const struct api_op *op, const void *query, char *out,
		    size_t out_size)
{
	char *at = out;
	const char *end = out + out_size;
	char value[VALUE_SIZE], mark = '?';

	if (!write_path(op, query, &at, end))
		return false;
	if (!op->query || !query)
		return true;
	for (const struct codec_field *f = op->query->fields; f->name; f++) {
		int n;

		if (api_path_names(op, f->name) ||
		    !codec_field_to_text(f, query, value, sizeof(value)))
			continue;
		n = snprintf(at, (size_t)(end - at), "%c%s=", mark, f->name);
		if (n >= end - at)
			return false;
		at += n;
		if (!write_encoded(&at, end, value))
			return false;
		mark = '&';
	}
	return true;
}

bool api_path_match(const struct api_op *op, const char *path, void *query)
{
	char value[VALUE_SIZE];
	const char *from = op->path;

	while (*from) {
		const struct codec_field *field;
		size_t size;

		if (*from != '{') {
			if (*from++ != *path++)
				return false;
			continue;
		}
		size = strcspn(++from, "}");
		field = codec_find(op->query, from, size);
		from += size + 1;
		size = strcspn(path, "/");
		if (!field || size == 0 || size >= sizeof(value))
			return false;
		memcpy(value, path, size);
		value[size] = '\0';
		if (!codec_field_from_text(field, query, value, NULL))
			return false;
		path += size;
	}
	return *path == '\0';
}
