/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables that tell how a plain struct is written in JSON, read back, and
 * described in OpenAPI.  The client, the server and the tests use the same
 * table.  Values own nothing; text that does not fit its member is an error. */
#ifndef GUICHET_API_CODEC_H
#define GUICHET_API_CODEC_H

#include <guichet/base/buf.h>
#include <guichet/base/date.h>
#include <guichet/base/err.h>
#include <guichet/base/rows.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An integer that is absent.  On the wire null and no member at all are the
 * same thing. */
#define CODEC_NONE INT64_MIN

enum codec_type {
	CODEC_TYPE_TEXT,                /* char[]; "" is absent */
	CODEC_TYPE_INT,                 /* int64_t; CODEC_NONE is absent */
	CODEC_TYPE_BOOL,                /* bool; absent is false */
	CODEC_TYPE_ENUM,                /* int; names by value; -1 is absent */
	CODEC_TYPE_FLAGS,               /* unsigned; array of names by bit */
	CODEC_TYPE_DATE,                /* struct date; year 0 is absent */
	CODEC_TYPE_MOMENT,              /* int64_t ms UTC; 0 is absent */
	CODEC_TYPE_OBJECT,              /* a struct inside, with its codec; absent
					 * when all its members are */
	CODEC_TYPE_ARRAY,               /* structs inside, a size_t tells how many */
};

enum codec_flags {
	CODEC_REQUIRED = 1,             /* present and not null */
	CODEC_MANY_LINES = 2,           /* newlines are text */
	CODEC_BIRTH = 4,                /* a date that may lack its day or month */
};

/* What a text looks like; each has a pattern, an example and a sentence for the
 * agent in one table of codec_format.c, and is checked when decoding. */
enum codec_format {
	FORMAT_FREE, FORMAT_ID, FORMAT_PAYMENT_ID, FORMAT_UUID, FORMAT_NIR,
	FORMAT_NIR_KEY, FORMAT_CAISSE, FORMAT_POSTCODE, FORMAT_PHONE,
	FORMAT_EMAIL, FORMAT_NUMBER, FORMAT_CODE, FORMAT_DIGITS, FORMAT_TOKEN,
	FORMAT_CURSOR, FORMAT_FILE_NAME, FORMAT_SHA256, FORMAT_REFERENCE, FORMAT_N
};

struct codec;

struct codec_field {
	const char *name;               /* wire name; NULL ends the table */
	enum codec_type type;
	size_t offset, size;            /* of the member */
	unsigned flags;
	enum codec_format format;       /* CODEC_TYPE_TEXT */
	int64_t min, max;               /* CODEC_TYPE_INT; both 0: any */
	const char *const *names;       /* ENUM, FLAGS: wire words, ended by NULL */
	const struct codec *inner;      /* OBJECT, ARRAY */
	size_t count_offset;            /* ARRAY: offset of the size_t */
	size_t max_items;               /* ARRAY */
	const char *about;              /* English, for OpenAPI; may be NULL */
};

struct codec {
	const char *name;               /* schema name in OpenAPI, CamelCase */
	size_t size;                    /* bytes of the struct */
	const struct codec_field *fields;
	const char *about;              /* English, for OpenAPI; may be NULL */
};

#define CODEC_MEMBER(type_, member) .offset = offsetof(type_, member), \
	.size = sizeof(((type_ *)0)->member)
#define CODEC_TEXT(type_, member, wire, flags_) { .name = (wire), \
	.type = CODEC_TYPE_TEXT, CODEC_MEMBER(type_, member), .flags = (flags_) }
#define CODEC_FORMATTED(type_, member, wire, flags_, format_) { .name = (wire), \
	.type = CODEC_TYPE_TEXT, CODEC_MEMBER(type_, member), .flags = (flags_), \
	.format = (format_) }
#define CODEC_INT(type_, member, wire, flags_) { .name = (wire), \
	.type = CODEC_TYPE_INT, CODEC_MEMBER(type_, member), .flags = (flags_) }
#define CODEC_RANGE(type_, member, wire, flags_, low, high) { .name = (wire), \
	.type = CODEC_TYPE_INT, CODEC_MEMBER(type_, member), .flags = (flags_), \
	.min = (low), .max = (high) }
#define CODEC_BOOL(type_, member, wire, flags_) { .name = (wire), \
	.type = CODEC_TYPE_BOOL, CODEC_MEMBER(type_, member), .flags = (flags_) }
#define CODEC_ENUM(type_, member, wire, flags_, table) { .name = (wire), \
	.type = CODEC_TYPE_ENUM, CODEC_MEMBER(type_, member), .flags = (flags_), \
	.names = (table) }
#define CODEC_FLAGS(type_, member, wire, flags_, table) { .name = (wire), \
	.type = CODEC_TYPE_FLAGS, CODEC_MEMBER(type_, member), .flags = (flags_), \
	.names = (table) }
#define CODEC_DATE(type_, member, wire, flags_) { .name = (wire), \
	.type = CODEC_TYPE_DATE, CODEC_MEMBER(type_, member), .flags = (flags_) }
#define CODEC_BIRTH_DATE(type_, member, wire, flags_) { .name = (wire), \
	.type = CODEC_TYPE_DATE, CODEC_MEMBER(type_, member), \
	.flags = (flags_) | CODEC_BIRTH }
#define CODEC_MOMENT(type_, member, wire, flags_) { .name = (wire), \
	.type = CODEC_TYPE_MOMENT, CODEC_MEMBER(type_, member), .flags = (flags_) }
#define CODEC_OBJECT(type_, member, wire, flags_, codec_) { .name = (wire), \
	.type = CODEC_TYPE_OBJECT, CODEC_MEMBER(type_, member), .flags = (flags_), \
	.inner = (codec_) }
#define CODEC_ARRAY(type_, member, count, wire, flags_, codec_) { .name = (wire), \
	.type = CODEC_TYPE_ARRAY, CODEC_MEMBER(type_, member), .flags = (flags_), \
	.inner = (codec_), .count_offset = offsetof(type_, count), \
	.max_items = sizeof(((type_ *)0)->member) / sizeof(((type_ *)0)->member[0]) }
#define CODEC_END { 0 }

/* Return the member of `codec` whose wire name is the `size` bytes of `name`; NULL
 * when there is none, or no codec. */
const struct codec_field *codec_find(const struct codec *codec, const char *name,
				     size_t size);

enum codec_side {
	CODEC_REQUEST,                  /* unknown members refused */
	CODEC_REPLY,                    /* unknown members ignored */
};

/* One fault of a body: RFC 9457 errors[]. */
struct codec_fault {
	char pointer[96];               /* "#/beneficiaries/0/id" */
	char code[32];                  /* "missing", "unknown", "type", "range"... */
	char detail[160];               /* French */
};

/* Have jansson take memory that is there or ends the program: it tells a want of
 * memory as a fault of what it reads.  Once, before any thread. */
void codec_start(void);

/* Give every member of `value` the value of an absent one. */
void codec_clear(const struct codec *codec, void *value);

/*
 * Read one JSON object of `size` bytes into `value`.  All or nothing: on failure
 * `value` is as codec_clear() leaves it.  Refuses duplicate keys, depth over 8,
 * zero bytes, what does not fit.  Replies are cleaned with text_clean();
 * requests that would be changed by it are refused.  `faults` (may be NULL) gets
 * up to `max_faults`; `*fault_count` how many.  Errors: ERR_PROTOCOL for a
 * reply, ERR_INVALID for a request, err->field set.
 */
bool codec_decode(const struct codec *codec, enum codec_side side,
		  const char *json, size_t size, void *value,
		  struct codec_fault *faults, size_t max_faults,
		  size_t *fault_count, struct err *err);

/* Read a list answer {"items": [...], "next_cursor": ...}: items into `rows`
 * (made for codec->size), the cursor into `cursor` ("" at the end), what else the
 * envelope holds into `envelope` of `envelope_codec` (both may be NULL). */
bool codec_decode_list(const struct codec *codec,
		       const struct codec *envelope_codec, const char *json,
		       size_t size, struct rows *rows, char *cursor,
		       size_t cursor_size, void *envelope, struct err *err);

/* Write one object, or a list answer.  An absent member is left out (a merge
 * patch then leaves it unchanged); booleans, flags and arrays always stand.
 * Returns false when `out` is full. */
bool codec_encode(const struct codec *codec, const void *value, struct buf *out);
bool codec_encode_list(const struct codec *codec, const struct rows *rows,
		       const char *cursor, const struct codec *envelope_codec,
		       const void *envelope, struct buf *out);

/* Read one member of the table `codec` from text, as paths and queries hold it.
 * Errors: ERR_INVALID, err->field set. */
bool codec_field_from_text(const struct codec_field *field, void *value,
			   const char *text, struct err *err);

/* Write one member as paths and queries hold it (not percent-encoded); false
 * when the member is absent or `out` is too small. */
bool codec_field_to_text(const struct codec_field *field, const void *value,
			 char *out, size_t out_size);

#endif
