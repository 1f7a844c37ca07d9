/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the codec share. */
#ifndef GUICHET_CODEC_PRIVATE_H
#define GUICHET_CODEC_PRIVATE_H

#include <guichet/api/codec.h>

/* One row per enum codec_format. */
struct codec_format_row {
	const char *pattern;            /* see codec_pattern_match(); NULL: any */
	const char *example;
	const char *refusal;            /* French, for the agent */
};

extern const struct codec_format_row codec_formats[FORMAT_N];

/*
 * Tell whether the whole of `text` matches `pattern`: `^`, then characters or
 * [classes], each perhaps followed by ? * + {n} or {m,n}, then `$`.  The subset
 * of ECMA 262 that OpenAPI can be given as it stands; no groups, no `|`.
 */
bool codec_pattern_match(const char *pattern, const char *text);

/* Tell whether `text` has the form `format` asks for. */
bool codec_format_match(enum codec_format format, const char *text);

/* Return where the member of `field` is in `value`. */
void *codec_member(const struct codec_field *field, const void *value);

/* Return the number of items of an ARRAY member. */
size_t *codec_count(const struct codec_field *field, const void *value);

/* Tell whether the member has the value of an absent one. */
bool codec_is_absent(const struct codec_field *field, const void *value);

/* Return the index of `name` in a table ended by NULL, or -1. */
int codec_name_index(const char *const *names, const char *name);

/*
 * Read one TEXT, ENUM, DATE or MOMENT from `text`.  `clean`: what text_clean()
 * would change is replaced, else refused.  When refused, `fault` gets code and
 * detail.
 */
bool codec_read_text(const struct codec_field *field, void *value,
		     const char *text, bool clean, struct codec_fault *fault);

/* Check an integer against the range of `field`. */
bool codec_read_int(const struct codec_field *field, void *value,
		    int64_t number, struct codec_fault *fault);

/* Write a fault's code and detail; returns false. */
bool codec_refuse(struct codec_fault *fault, const char *code,
		  const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#endif
