/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile.h"

#include "api/codec_private.h"
#include <guichet/api/problem.h>
#include <guichet/base/clock.h>

#include <stdio.h>
#include <string.h>

#define ITEMS_MOST 60

/* What has moved a terminal, hidden a line or broken a width before. */
static const char *const attacks[] = {
	"\033[2J", "\033[1;1H", "\033]0;title\a", "\033]52;c;QUJD\a", "\033]8;;x\033\\",
	"\033P1$r0m\033\\", "\033[?1049l", "\033c", "\033[6n", "\033(0", "\016", "\017",
	"\xC2\x9B" "2J", "\xC2\x9D" "0;x\xC2\x9C", "\xC2\x85",
	"\b\b\b", "\r", "\n", "\t", "\a", "\177",
	"\u202E", "\u202D", "\u2066", "\u2067", "\u2069", "\u200B", "\u200D", "\u200F",
	"\u2028", "\u2029", "\uFEFF", "\u00AD", "\uFFFD", "\U000E0041", "\U0001F468",
	"\u0301", "\u0301\u0302\u0303\u0304", "\u0E33", "\u1160", "\u3000", "日本語",
	"العربية", "עברית", "\uE000", "\uFDD0", "\u2063", "\u180E", "%s%n", "\\033[2J",
	"é", "À", "œ", "M", "MARTIN", " ", "\u00A0", "\u202F", "'", "\"",
};

void hostile_text(struct rng *rng, char out[200], size_t most)
{
	size_t used = 0;

	out[0] = '\0';
	for (uint32_t n = rng_below(rng, 12); n > 0; n--) {
		const char *piece = attacks[rng_below(rng,
			sizeof(attacks) / sizeof(*attacks))];

		if (used + strlen(piece) > most)
			continue;
		memcpy(out + used, piece, strlen(piece) + 1);
		used += strlen(piece);
	}
}

static void put_string(struct buf *out, const char *text)
{
	buf_text(out, "\"");
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20 || c == '"' || c == '\\')
			buf_printf(out, "\\u%04x", c);
		else
			buf_printf(out, "%c", c);
	}
	buf_text(out, "\"");
}

static void put_text(struct rng *rng, const struct codec_field *field,
		     struct buf *out)
{
	char text[200];
	/* What is cleaned may take three bytes where it took one. */
	size_t most = (field->size - 1) / 3;

	if (field->format != FORMAT_FREE) {
		put_string(out, codec_formats[field->format].example);
		return;
	}
	hostile_text(rng, text, most < sizeof(text) ? most : sizeof(text) - 1);
	if (!*text && field->flags & CODEC_REQUIRED)
		snprintf(text, sizeof(text), "X");
	put_string(out, text);
}

static void put_date(struct rng *rng, struct buf *out)
{
	buf_printf(out, "\"%04d-%02d-%02d\"", rng_between(rng, 1850, 2199),
		   rng_between(rng, 1, 12), rng_between(rng, 1, 28));
}

static void put_moment(struct rng *rng, struct buf *out)
{
	char text[DATE_TEXT];

	moment_to_rfc3339(ZONE_PARIS, INT64_C(1795255200000) +
			  (int64_t)rng_below(rng, 1u << 31) * 100, text);
	put_string(out, text);
}

static int64_t number(struct rng *rng, const struct codec_field *field)
{
	static const int64_t far[] = { 0, 1, -1, INT64_MAX, INT64_MIN + 1, 99999999999 };

	if (field->min == 0 && field->max == 0)
		return far[rng_below(rng, 6)];
	return rng_chance(rng, 500) ? field->min : field->max;
}

static size_t names_in(const char *const *names)
{
	size_t count = 0;

	while (names[count])
		count++;
	return count;
}

static void put_object(struct rng *rng, const struct codec *codec, struct buf *out);

static void put_items(struct rng *rng, const struct codec *codec, size_t count,
		      struct buf *out)
{
	buf_text(out, "[");
	for (size_t i = 0; i < count; i++) {
		buf_text(out, i ? "," : "");
		put_object(rng, codec, out);
	}
	buf_text(out, "]");
}

static void put_value(struct rng *rng, const struct codec_field *field,
		      struct buf *out)
{
	switch (field->type) {
	case CODEC_TYPE_TEXT:
		put_text(rng, field, out);
		return;
	case CODEC_TYPE_INT:
		buf_printf(out, "%lld", (long long)number(rng, field));
		return;
	case CODEC_TYPE_BOOL:
		buf_text(out, rng_chance(rng, 500) ? "true" : "false");
		return;
	case CODEC_TYPE_ENUM:
		put_string(out, field->names[rng_below(rng,
			(uint32_t)names_in(field->names))]);
		return;
	case CODEC_TYPE_FLAGS:
		buf_text(out, "[");
		put_string(out, field->names[rng_below(rng,
			(uint32_t)names_in(field->names))]);
		buf_text(out, "]");
		return;
	case CODEC_TYPE_DATE:
		put_date(rng, out);
		return;
	case CODEC_TYPE_MOMENT:
		put_moment(rng, out);
		return;
	case CODEC_TYPE_OBJECT:
		put_object(rng, field->inner, out);
		return;
	case CODEC_TYPE_ARRAY:
		put_items(rng, field->inner,
			  rng_below(rng, (uint32_t)field->max_items + 1), out);
		return;
	}
}

static void put_object(struct rng *rng, const struct codec *codec, struct buf *out)
{
	buf_text(out, "{\"unknown\":\"\\u001b[2J\"");
	for (const struct codec_field *field = codec->fields; field->name; field++) {
		if (!(field->flags & CODEC_REQUIRED) && rng_chance(rng, 250))
			continue;
		buf_printf(out, ",\"%s\":", field->name);
		put_value(rng, field, out);
	}
	buf_text(out, "}");
}

void hostile_answer(struct rng *rng, const struct api_op *op, struct buf *out)
{
	if (!op->reply) {
		buf_text(out, "%PDF-1.7");
		return;
	}
	if (!(op->flags & API_LIST)) {
		put_object(rng, op->reply, out);
		return;
	}
	buf_text(out, "{\"items\":");
	put_items(rng, op->reply, rng_below(rng, ITEMS_MOST), out);
	buf_printf(out, ",\"next_cursor\":%s", rng_chance(rng, 300) ? "\"abc\"" :
		   "null");
	for (const struct codec_field *field = op->envelope ? op->envelope->fields :
	     NULL; field && field->name; field++) {
		buf_printf(out, ",\"%s\":", field->name);
		put_value(rng, field, out);
	}
	buf_text(out, "}");
}

void hostile_problem(struct rng *rng, struct buf *out)
{
	put_object(rng, &problem_codec, out);
}
