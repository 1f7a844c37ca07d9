/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query.h"

#include <guichet/base/intl.h>

#include <stdio.h>
#include <string.h>

#define VALUE_SIZE 512

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) % 16 : -1;
}

/* RFC 3986 section 2.1; a zero byte is no text. */
static bool decode(const char *from, size_t size, char *out, size_t out_size)
{
	size_t n = 0;

	for (size_t i = 0; i < size; i++) {
		char c = from[i];

		if (c == '%') {
			int high = i + 2 < size ? hex_digit(from[i + 1]) : -1;
			int low = high >= 0 ? hex_digit(from[i + 2]) : -1;

			if (low < 0 || high * 16 + low == 0)
				return false;
			c = (char)(high * 16 + low);
			i += 2;
		}
		if (n + 1 >= out_size)
			return false;
		out[n++] = c;
	}
	out[n] = '\0';
	return true;
}

static bool refuse(struct err *err, const char *name, const char *text)
{
	return err_field(err, ERR_INVALID, name, "%s", text);
}

/* Return the row of the member, or -1. */
static int row_of(const struct api_op *op, const char *name)
{
	const struct codec_field *field = codec_find(op->query, name, strlen(name));

	return field && !api_path_names(op, name) ? (int)(field - op->query->fields)
						  : -1;
}

static bool read_pair(const struct api_op *op, const char *text, size_t size,
		      void *key, uint64_t *seen, struct err *err)
{
	const char *equal = memchr(text, '=', size);
	size_t name_size = equal ? (size_t)(equal - text) : size;
	char name[64], value[VALUE_SIZE];
	int row;

	if (!equal || !decode(text, name_size, name, sizeof(name)) ||
	    !decode(equal + 1, size - name_size - 1, value, sizeof(value)))
		return err_set(err, ERR_INVALID, _("paramètre mal formé"));
	row = row_of(op, name);
	if (row < 0)
		return refuse(err, "", _("paramètre inconnu"));
	if (*seen & UINT64_C(1) << row)
		return refuse(err, name, _("paramètre donné deux fois"));
	*seen |= UINT64_C(1) << row;
	return codec_field_from_text(&op->query->fields[row], key, value, err);
}

static bool all_there(const struct api_op *op, uint64_t seen, struct err *err)
{
	const struct codec_field *fields = op->query ? op->query->fields : NULL;

	for (int i = 0; fields && fields[i].name; i++)
		if ((fields[i].flags & CODEC_REQUIRED) && !(seen & UINT64_C(1) << i) &&
		    !api_path_names(op, fields[i].name))
			return refuse(err, fields[i].name, _("paramètre manquant"));
	return true;
}

bool query_read(const struct api_op *op, const char *text, void *key,
		struct err *err)
{
	uint64_t seen = 0;

	while (*text) {
		size_t size = strcspn(text, "&");

		if (!read_pair(op, text, size, key, &seen, err))
			return false;
		text += size;
		text += *text == '&';
	}
	return all_there(op, seen, err);
}
