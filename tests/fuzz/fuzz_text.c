/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text of a stranger before a terminal: what text_clean() lets through is judged
 * by a list of its own, taken from the Unicode blocks and not from our tables. */
#include "fuzz.h"

#include <guichet/base/text.h>

#include <stdlib.h>
#include <string.h>

#define TEXT_MOST 512
#define CLEAN_SIZE (3 * TEXT_MOST + 1)  /* each byte may become three */

static const struct { uint32_t first, last; } refused[] = {
	{ 0x00, 0x09 }, { 0x0B, 0x1F }, { 0x7F, 0x9F },         /* C0, DEL, C1 */
	{ 0xAD, 0xAD },                                         /* soft hyphen */
	{ 0x61C, 0x61C }, { 0x180E, 0x180E },
	{ 0x200B, 0x200F }, { 0x2028, 0x202E }, { 0x2060, 0x206F },
	{ 0xD800, 0xF8FF },                     /* surrogates, private use */
	{ 0xFDD0, 0xFDEF }, { 0xFE00, 0xFE0F }, { 0xFEFF, 0xFEFF },
	{ 0xFFF0, 0xFFFB }, { 0xFFFE, 0xFFFF },
	{ 0xE0000, 0x10FFFF },                          /* tags, private use */
};

static void hold(bool holds)
{
	if (!holds)
		abort();
}

static bool is_refused(uint32_t c)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++)
		if (c >= refused[i].first && c <= refused[i].last)
			return true;
	return false;
}

static void hold_clean(const char *text, enum text_lines lines)
{
	const char *at = text, *end = text + strlen(text);
	int marks = 0, columns = 0;

	hold(text_is_clean(text, lines));
	while (at < end) {
		uint32_t c = text_next(&at, end);
		int width = c == '\n' ? 0 : text_char_width(c);

		hold(!is_refused(c));
		hold(c != '\n' || lines == TEXT_MANY_LINES);
		hold(width >= 0 && width <= 2);
		marks = width == 0 && c != '\n' ? marks + 1 : 0;
		hold(marks <= 2);
		columns += width;
	}
	hold(lines == TEXT_MANY_LINES || text_width(text) == columns);
}

static void try_lines(const char *text, size_t size, enum text_lines lines)
{
	char once[CLEAN_SIZE], twice[CLEAN_SIZE], cut[24];

	hold(text_clean(once, sizeof(once), text, size, lines));
	hold_clean(once, lines);
	hold(text_clean(twice, sizeof(twice), once, strlen(once), lines));
	hold(strcmp(once, twice) == 0);
	/* What does not fit is cut between two characters. */
	for (size_t room = 1; room <= sizeof(cut); room++) {
		bool whole = text_clean(cut, room, text, size, lines);

		hold(strlen(cut) < room);
		hold(whole == (strcmp(cut, once) == 0));
		hold_clean(cut, lines);
	}
}

static void try_columns(const char *text, size_t size)
{
	char clean[CLEAN_SIZE], out[CLEAN_SIZE];

	hold(text_clean(clean, sizeof(clean), text, size, TEXT_ONE_LINE));
	for (int columns = 0; columns < 12; columns++) {
		size_t bytes = text_fit(clean, columns);
		int used = text_ellipsis(out, sizeof(out), clean, columns);

		hold(bytes <= strlen(clean) && used <= columns);
		hold(used == text_width(out));
		hold(text_is_clean(out, TEXT_ONE_LINE));
		memcpy(out, clean, bytes);
		out[bytes] = '\0';
		hold(text_width(out) <= columns);
	}
	hold(text_copy(out, sizeof(out), clean) && strcmp(out, clean) == 0);
	text_trim(out);
	hold(strlen(out) <= strlen(clean));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > TEXT_MOST)
		return 0;
	try_lines((const char *)data, size, TEXT_ONE_LINE);
	try_lines((const char *)data, size, TEXT_MANY_LINES);
	try_columns((const char *)data, size);
	return 0;
}
