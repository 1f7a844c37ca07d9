/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/text.h>
#include "text_table.h"

#include <string.h>

/* Return the value of a sequence of `size` bytes, or TEXT_REPLACEMENT when it is
 * cut, overlong, a surrogate or past U+10FFFF (RFC 3629 section 3). */
static uint32_t decode(const unsigned char *s, size_t size, size_t left)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t c;

	if (size > left)
		return TEXT_REPLACEMENT;
	c = s[0] & (0x7Fu >> size);
	for (size_t i = 1; i < size; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return TEXT_REPLACEMENT;
		c = c << 6 | (s[i] & 0x3F);
	}
	if (c < least[size] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return TEXT_REPLACEMENT;
	return c;
}

uint32_t text_next(const char **at, const char *end)
{
	const unsigned char *s = (const unsigned char *)*at;
	size_t size = s[0] >= 0xF0 && s[0] < 0xF8 ? 4 : s[0] >= 0xE0 ? 3 : 2;
	uint32_t c;

	if (s[0] < 0x80) {
		(*at)++;
		return s[0];
	}
	c = s[0] < 0xC2 || s[0] > 0xF4 ? TEXT_REPLACEMENT :
		decode(s, size, (size_t)(end - *at));
	/* The replacement character itself, when written, has three bytes. */
	if (c == TEXT_REPLACEMENT &&
	    (end - *at < 3 || memcmp(s, "\xEF\xBF\xBD", 3) != 0))
		size = 1;
	*at += size;
	return c;
}

size_t text_put(char out[4], uint32_t c)
{
	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = TEXT_REPLACEMENT;
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

int text_char_width(uint32_t c)
{
	if (c < 0x300)
		return 1;
	if (text_table_class(c) == TEXT_MARK)
		return 0;
	return text_table_is_wide(c) ? 2 : 1;
}

int text_width(const char *text)
{
	const char *at = text, *end = text + strlen(text);
	int width = 0;

	for (; at < end && (unsigned char)*at < 0x80; width++)
		at++;
	while (at < end)
		width += text_char_width(text_next(&at, end));
	return width;
}

size_t text_fit(const char *text, int columns)
{
	const char *at = text, *end = text + strlen(text);
	size_t size = 0;

	while (at < end) {
		columns -= text_char_width(text_next(&at, end));
		if (columns < 0)
			break;
		size = (size_t)(at - text);
	}
	return size;
}

/* Return the bytes of the longest start of `text`, which is longer, that fits
 * `size` bytes. */
static size_t fit_bytes(const char *text, size_t size)
{
	const char *at = text, *end = text + strlen(text);
	size_t fit;

	do {
		fit = (size_t)(at - text);
		text_next(&at, end);
	} while ((size_t)(at - text) <= size);
	return fit;
}

int text_ellipsis(char *out, size_t out_size, const char *text, int columns)
{
	static const char ellipsis[] = "…";
	size_t size = strlen(text), fit = text_fit(text, columns);

	if (out_size == 0)
		return 0;
	if (fit < size || size >= out_size) {
		size_t room = out_size < sizeof(ellipsis) ? 0 :
			out_size - sizeof(ellipsis);

		fit = columns > 0 ? text_fit(text, columns - 1) : 0;
		if (fit > room)
			fit = fit_bytes(text, room);
		memcpy(out, text, fit);
		out[fit] = '\0';
		if (columns > 0 && out_size >= sizeof(ellipsis))
			memcpy(out + fit, ellipsis, sizeof(ellipsis));
	} else {
		memcpy(out, text, size + 1);
	}
	return text_width(out);
}

/* Return the bytes of the blank that starts at `s`, 0 when there is none. */
static size_t blank_size(const char *s)
{
	if (*s == ' ' || *s == '\t')
		return 1;
	if (strncmp(s, "\u00A0", 2) == 0)
		return 2;
	return strncmp(s, "\u202F", 3) == 0 ? 3 : 0;
}

void text_trim(char *text)
{
	const char *start = text;
	size_t size, step, kept = 0;

	while ((step = blank_size(start)) > 0)
		start += step;
	size = strlen(start);
	memmove(text, start, size + 1);
	for (size_t at = 0; at < size; at += step ? step : 1) {
		step = blank_size(text + at);
		if (step == 0)
			kept = at + 1;
	}
	text[kept] = '\0';
}

bool text_copy(char *out, size_t out_size, const char *text)
{
	size_t size = strlen(text);

	if (size >= out_size) {
		if (out_size > 0)
			out[0] = '\0';
		return false;
	}
	memcpy(out, text, size + 1);
	return true;
}
