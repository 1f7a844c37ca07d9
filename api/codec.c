/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codec_private.h"

#include <guichet/base/text.h>

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *codec_member(const struct codec_field *field, const void *value)
{
	return (char *)value + field->offset;
}

const struct codec_field *codec_find(const struct codec *codec, const char *name,
				     size_t size)
{
	for (const struct codec_field *f = codec ? codec->fields : NULL;
	     f && f->name; f++)
		if (strlen(f->name) == size && memcmp(f->name, name, size) == 0)
			return f;
	return NULL;
}

size_t *codec_count(const struct codec_field *field, const void *value)
{
	return (size_t *)((char *)value + field->count_offset);
}

int codec_name_index(const char *const *names, const char *name)
{
	for (int i = 0; names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

bool codec_refuse(struct codec_fault *fault, const char *code,
		  const char *fmt, ...)
{
	va_list args;

	snprintf(fault->code, sizeof(fault->code), "%s", code);
	va_start(args, fmt);
	vsnprintf(fault->detail, sizeof(fault->detail), fmt, args);
	va_end(args);
	return false;
}

void codec_clear(const struct codec *codec, void *value)
{
	memset(value, 0, codec->size);
	for (const struct codec_field *f = codec->fields; f->name; f++) {
		void *member = codec_member(f, value);

		if (f->type == CODEC_TYPE_INT)
			*(int64_t *)member = CODEC_NONE;
		else if (f->type == CODEC_TYPE_ENUM)
			*(int *)member = -1;
		else if (f->type == CODEC_TYPE_OBJECT)
			codec_clear(f->inner, member);
	}
}

bool codec_is_absent(const struct codec_field *field, const void *value)
{
	const void *member = codec_member(field, value);

	switch (field->type) {
	case CODEC_TYPE_TEXT:
		return *(const char *)member == '\0';
	case CODEC_TYPE_INT:
		return *(const int64_t *)member == CODEC_NONE;
	case CODEC_TYPE_BOOL:
		return !*(const bool *)member;
	case CODEC_TYPE_ENUM:
		return *(const int *)member < 0;
	case CODEC_TYPE_FLAGS:
		return *(const unsigned *)member == 0;
	case CODEC_TYPE_DATE:
		return !date_is_set(*(const struct date *)member);
	case CODEC_TYPE_MOMENT:
		return *(const int64_t *)member == 0;
	case CODEC_TYPE_OBJECT:
		for (const struct codec_field *f = field->inner->fields; f->name; f++)
			if (!codec_is_absent(f, member))
				return false;
		return true;
	case CODEC_TYPE_ARRAY:
		return *codec_count(field, value) == 0;
	}
	return true;
}

static bool read_plain_text(const struct codec_field *field, char *member,
			    const char *text, bool clean,
			    struct codec_fault *fault)
{
	enum text_lines lines = field->flags & CODEC_MANY_LINES ?
		TEXT_MANY_LINES : TEXT_ONE_LINE;
	bool fits;

	if (clean)
		fits = text_clean(member, field->size, text, strlen(text), lines);
	else if (!text_is_clean(text, lines))
		return codec_refuse(fault, "characters", "caractère refusé");
	else
		fits = text_copy(member, field->size, text);
	if (!fits)
		return codec_refuse(fault, "too-long",
				    "trop long : %zu octets au plus",
				    field->size - 1);
	if (!codec_format_match(field->format, member))
		return codec_refuse(fault, "format", "%s",
				    codec_formats[field->format].refusal);
	return true;
}

bool codec_read_text(const struct codec_field *field, void *value,
		     const char *text, bool clean, struct codec_fault *fault)
{
	void *member = codec_member(field, value);
	struct date date;
	int index;

	switch (field->type) {
	case CODEC_TYPE_TEXT:
		return read_plain_text(field, member, text, clean, fault);
	case CODEC_TYPE_ENUM:
		index = codec_name_index(field->names, text);
		if (index < 0)
			return codec_refuse(fault, "choice", "valeur inconnue");
		*(int *)member = index;
		return true;
	case CODEC_TYPE_DATE:
		if (!date_from_iso(text, &date, NULL) || !date_is_set(date) ||
		    !(field->flags & CODEC_BIRTH || date_valid(date)))
			return codec_refuse(fault, "format",
					    "date attendue : AAAA-MM-JJ");
		*(struct date *)member = date;
		return true;
	case CODEC_TYPE_MOMENT:
		if (!moment_from_rfc3339(text, member, NULL))
			return codec_refuse(fault, "format",
					    "date et heure RFC 3339 attendues");
		return true;
	default:
		return codec_refuse(fault, "type", "texte inattendu");
	}
}

bool codec_read_int(const struct codec_field *field, void *value,
		    int64_t number, struct codec_fault *fault)
{
	bool ranged = field->min != 0 || field->max != 0;

	if (number == CODEC_NONE ||
	    (ranged && (number < field->min || number > field->max)))
		return codec_refuse(fault, "range", "nombre hors limites : de %"
				    PRId64 " à %" PRId64,
				    ranged ? field->min : CODEC_NONE + 1,
				    ranged ? field->max : INT64_MAX);
	*(int64_t *)codec_member(field, value) = number;
	return true;
}

static bool int_from_text(const struct codec_field *field, void *value,
			  const char *text, struct codec_fault *fault)
{
	bool digits = text[0] == '-' ? text[1] >= '0' && text[1] <= '9'
				     : text[0] >= '0' && text[0] <= '9';
	char *end;
	long long number;

	errno = 0;
	number = strtoll(text, &end, 10);
	if (!digits || *end || errno)
		return codec_refuse(fault, "type", "nombre entier attendu");
	return codec_read_int(field, value, number, fault);
}

/* "a,b" sets the bits of a and b. */
static bool flags_from_text(const struct codec_field *field, unsigned *member,
			    const char *text, struct codec_fault *fault)
{
	while (*text) {
		size_t size = strcspn(text, ",");
		int i = 0;

		while (field->names[i] &&
		       (strlen(field->names[i]) != size ||
			memcmp(field->names[i], text, size) != 0))
			i++;
		if (!field->names[i])
			return codec_refuse(fault, "choice", "valeur inconnue");
		*member |= 1u << i;
		text += size;
		text += *text == ',';
	}
	return true;
}

bool codec_field_from_text(const struct codec_field *field, void *value,
			   const char *text, struct err *err)
{
	struct codec_fault fault = { 0 };
	void *member = codec_member(field, value);
	bool ok;

	if (field->type == CODEC_TYPE_INT) {
		ok = int_from_text(field, value, text, &fault);
	} else if (field->type == CODEC_TYPE_BOOL) {
		*(bool *)member = strcmp(text, "true") == 0;
		ok = *(bool *)member || strcmp(text, "false") == 0 ||
			codec_refuse(&fault, "type", "« true » ou « false » attendu");
	} else if (field->type == CODEC_TYPE_FLAGS) {
		ok = flags_from_text(field, member, text, &fault);
	} else {
		ok = codec_read_text(field, value, text, false, &fault);
	}
	if (!ok) {
		err_field(err, ERR_INVALID, field->name, "%s", fault.detail);
		if (err)
			snprintf(err->word, sizeof(err->word), "%s", fault.code);
	}
	return ok;
}

static bool flags_to_text(const struct codec_field *field, unsigned flags,
			  char *out, size_t out_size)
{
	size_t at = 0;

	for (int i = 0; field->names[i]; i++) {
		int n;

		if (!(flags & 1u << i))
			continue;
		n = snprintf(out + at, out_size - at, "%s%s", at ? "," : "",
			     field->names[i]);
		if (n < 0 || (size_t)n >= out_size - at)
			return false;
		at += (size_t)n;
	}
	return true;
}

bool codec_field_to_text(const struct codec_field *field, const void *value,
			 char *out, size_t out_size)
{
	const void *member = codec_member(field, value);
	char text[DATE_TEXT] = "";

	if (codec_is_absent(field, value))
		return false;
	switch (field->type) {
	case CODEC_TYPE_TEXT:
		return text_copy(out, out_size, member);
	case CODEC_TYPE_INT:
		snprintf(text, sizeof(text), "%" PRId64, *(const int64_t *)member);
		return text_copy(out, out_size, text);
	case CODEC_TYPE_BOOL:
		return text_copy(out, out_size, "true");
	case CODEC_TYPE_ENUM:
		return text_copy(out, out_size,
				 field->names[*(const int *)member]);
	case CODEC_TYPE_FLAGS:
		return flags_to_text(field, *(const unsigned *)member, out, out_size);
	case CODEC_TYPE_DATE:
		date_to_iso(*(const struct date *)member, text);
		return text_copy(out, out_size, text);
	case CODEC_TYPE_MOMENT:
		moment_to_rfc3339(ZONE_PARIS, *(const int64_t *)member, text);
		return text_copy(out, out_size, text);
	default:
		return false;
	}
}
