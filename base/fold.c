/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/fold.h>
#include <guichet/base/text.h>
#include "text_table.h"

#include <stdint.h>
#include <string.h>

/* Letters that no mark explains. */
static const struct {
	uint32_t letter;
	char ascii[3];
} letters[] = {
	{ 0xAA, "A" }, { 0xBA, "O" }, { 0xC6, "AE" }, { 0xD0, "D" },
	{ 0xD8, "O" }, { 0xDE, "TH" }, { 0xDF, "SS" }, { 0xE6, "AE" },
	{ 0xF0, "D" }, { 0xF8, "O" }, { 0xFE, "TH" }, { 0x110, "D" },
	{ 0x111, "D" }, { 0x126, "H" }, { 0x127, "H" }, { 0x131, "I" },
	{ 0x132, "IJ" }, { 0x133, "IJ" }, { 0x138, "K" }, { 0x13F, "L" },
	{ 0x140, "L" }, { 0x141, "L" }, { 0x142, "L" }, { 0x149, "N" },
	{ 0x14A, "N" }, { 0x14B, "N" }, { 0x152, "OE" }, { 0x153, "OE" },
	{ 0x166, "T" }, { 0x167, "T" }, { 0x17F, "S" }, { 0x18F, "E" },
	{ 0x192, "F" }, { 0x259, "E" }, { 0x1E9E, "SS" }, { 0xFB00, "FF" },
	{ 0xFB01, "FI" }, { 0xFB02, "FL" }, { 0, "" }
};

/* Reads a text as ASCII in upper case, words apart by one space. */
struct reader {
	const char *at, *end;
	char waiting[3];                /* to give before reading on */
	bool started, apart;            /* a word was given; one ended */
};

static struct reader reader_of(const char *text)
{
	return (struct reader){ .at = text, .end = text + strlen(text) };
}

/* Put the ASCII form of `c` in `out`, "" when it has none. */
static void to_ascii(uint32_t c, char out[3])
{
	uint32_t mark;

	while (c >= 0x80 && text_table_split(c, &c, &mark))
		continue;
	out[0] = out[1] = out[2] = '\0';
	if (c >= 'a' && c <= 'z')
		c = c - 'a' + 'A';
	if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
		out[0] = (char)c;
		return;
	}
	for (size_t i = 0; letters[i].letter; i++) {
		if (letters[i].letter == c)
			memcpy(out, letters[i].ascii, 3);
	}
}

/* Tell whether `c` ends a word: blanks, hyphens, apostrophes, punctuation. */
static bool ends_word(uint32_t c)
{
	return c < 0x80 || c == 0xA0 || c == 0xB4 || c == 0x2BC ||
		(c >= 0x2010 && c <= 0x201B) || c == 0x202F;
}

/* Return the next character, 0 at the end. */
static char reader_next(struct reader *reader)
{
	char c = reader->waiting[0];

	while (!c && reader->at < reader->end) {
		uint32_t read = text_next(&reader->at, reader->end);

		to_ascii(read, reader->waiting);
		c = reader->waiting[0];
		if (!c && reader->started && ends_word(read))
			reader->apart = true;
	}
	if (!c)
		return '\0';
	if (reader->apart) {
		reader->apart = false;
		return ' ';
	}
	reader->started = true;
	reader->waiting[0] = reader->waiting[1];
	reader->waiting[1] = '\0';
	return c;
}

/* Where a form is written, cut when it is full. */
struct writer {
	char *out;
	size_t size, room;
};

static void put(struct writer *writer, char c)
{
	if (writer->size + 1 < writer->room)
		writer->out[writer->size++] = c;
}

/* A word being written: its first letters, and where it starts. */
struct word {
	char letters[4];
	size_t size, start;
};

/* ST and STE are written for SAINT and SAINTE. */
static void end_word(struct writer *writer, const struct word *word)
{
	const char *rest;

	if (word->size == 2 && memcmp(word->letters, "ST", 2) == 0)
		rest = "AINT";
	else if (word->size == 3 && memcmp(word->letters, "STE", 3) == 0)
		rest = "AINTE";
	else
		return;
	if (writer->size > word->start)
		writer->size = word->start + 1;
	while (*rest)
		put(writer, *rest++);
}

static void write_words(char *out, size_t out_size, const char *text,
			bool apart)
{
	struct writer writer = { out, 0, out_size };
	struct reader reader = reader_of(text);
	struct word word = { .size = 0 };
	char c;

	if (out_size == 0)
		return;
	do {
		c = reader_next(&reader);
		if (c && c != ' ') {
			if (word.size < sizeof(word.letters))
				word.letters[word.size++] = c;
			put(&writer, c);
			continue;
		}
		end_word(&writer, &word);
		if (c && apart)
			put(&writer, ' ');
		word = (struct word){ .start = writer.size };
	} while (c);
	out[writer.size] = '\0';
}

void fold_words(char *out, size_t out_size, const char *text)
{
	write_words(out, out_size, text, true);
}

void fold_glued(char *out, size_t out_size, const char *text)
{
	write_words(out, out_size, text, false);
}

static bool starts_with(struct reader text, struct reader needle)
{
	char c;

	while ((c = reader_next(&needle))) {
		if (reader_next(&text) != c)
			return false;
	}
	return true;
}

bool fold_contains(const char *text, const char *needle)
{
	struct reader at = reader_of(text), wanted = reader_of(needle);

	do {
		if (starts_with(at, wanted))
			return true;
	} while (reader_next(&at));
	return false;
}

int fold_compare(const char *a, const char *b)
{
	struct reader left = reader_of(a), right = reader_of(b);
	char x, y;

	do {
		x = reader_next(&left);
		y = reader_next(&right);
	} while (x && x == y);
	if (x != y)
		return (unsigned char)x < (unsigned char)y ? -1 : 1;
	return strcmp(a, b);
}
