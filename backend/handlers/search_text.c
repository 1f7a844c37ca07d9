/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person gave, understood.  Pure: no store, no clock. */
#include "people.h"
#include "search.h"

#include <guichet/base/fold.h>
#include <guichet/base/nir.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

#define LETTERS_MIN 2
#define SERIAL_DIGITS 6                 /* of CEAM-26-000481 */
#define DATE_DIGITS 8                   /* of 14/03/1985 */
#define PHONE_DIGITS 10                 /* of 06 39 98 00 42 */

/* The text taken apart: words without a digit, and the rest. */
struct parts {
	char name[SEARCH_WORD_SIZE];
	char figures[SEARCH_WORD_SIZE]; /* words with a digit, '/' between */
	char digits[SEARCH_WORD_SIZE];  /* of the figures, with A, B and '+' */
	bool slash;
};

static bool unclear(struct err *err, const char *why)
{
	return req_refuse(err, 422, "search.unclear", "%s", why);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Make one kind of blank of all, so that words can be found by byte. */
static void plain_blanks(char out[SEARCH_WORD_SIZE], const char *text)
{
	const char *at = text, *end = text + strlen(text);
	size_t used = 0;

	while (at < end) {
		const char *from = at;
		uint32_t c = text_next(&at, end);
		size_t size = (size_t)(at - from);

		if (used + size >= SEARCH_WORD_SIZE)
			break;
		if (c == '\t' || c == 0xA0 || c == 0x202F) {
			out[used++] = ' ';
			continue;
		}
		memcpy(out + used, from, size);
		used += size;
	}
	out[used] = '\0';
	text_trim(out);
}

static void append(char *out, size_t out_size, const char *word, size_t size,
		   char between)
{
	size_t used = strlen(out);

	if (used && between && used + 1 < out_size)
		out[used++] = between;
	if (size > out_size - 1 - used)
		size = out_size - 1 - used;
	memcpy(out + used, word, size);
	out[used + size] = '\0';
}

static void take_apart(struct parts *parts, const char *text)
{
	*parts = (struct parts){ .slash = strchr(text, '/') != NULL };
	while (*text) {
		size_t size = strcspn(text, " ");

		if (size && strcspn(text, "0123456789") < size)
			append(parts->figures, sizeof(parts->figures), text, size, '/');
		else if (size)
			append(parts->name, sizeof(parts->name), text, size, ' ');
		text += size;
		text += strspn(text, " ");
	}
	for (const char *at = parts->figures; *at; at++) {
		char c = upper(*at);

		if (!strchr("/.-()", c))
			append(parts->digits, sizeof(parts->digits), &c, 1, 0);
	}
}

static bool understand_email(const char *text, struct asked *asked,
			     struct err *err)
{
	const char *at = strchr(text, '@');

	if (at == text || !at[1] || strchr(text, ' ') || strchr(at + 1, '@'))
		return unclear(err, "adresse électronique incomplète : "
			       "nom@domaine est attendu");
	asked->understood = UNDERSTOOD_EMAIL;
	text_copy(asked->value, sizeof(asked->value), text);
	for (char *c = asked->value; *c; c++) {
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	}
	return true;
}

/* "CEAM-26-000481", "vit-26-1172", "RDV-26-000123". */
static bool understand_number(const char *text, struct asked *asked)
{
	char kind[8];
	size_t letters = 0, digits = 0;
	const char *at = text, *serial;

	for (; upper(*at) >= 'A' && upper(*at) <= 'Z'; at++) {
		if (letters + 1 == sizeof(kind))
			return false;
		kind[letters++] = upper(*at);
	}
	kind[letters] = '\0';
	if (letters < 2 || at[0] != '-' || !is_digit(at[1]) ||
	    !is_digit(at[2]) || at[3] != '-')
		return false;
	serial = at + 4;
	while (is_digit(serial[digits]))
		digits++;
	if (digits == 0 || digits > SERIAL_DIGITS || serial[digits])
		return false;
	snprintf(asked->value, sizeof(asked->value), "%s-%.2s-%.*s%s", kind,
		 at + 1, (int)(SERIAL_DIGITS - digits), "000000", serial);
	asked->understood = strcmp(kind, "RDV") == 0 ?
		UNDERSTOOD_APPOINTMENT : UNDERSTOOD_REQUEST;
	return true;
}

/* 06 12 34 56 42, +33 6 12 34 56 42, 0033 6 12 34 56 42, or another country. */
static bool understand_phone(const char *digits, struct asked *asked)
{
	size_t size = strlen(digits);
	bool abroad = digits[0] == '+' ||
		(strncmp(digits, "00", 2) == 0 && size > DATE_DIGITS);

	if (!abroad && (digits[0] != '0' || size != PHONE_DIGITS))
		return false;
	people_phone(digits, asked->value);
	asked->understood = UNDERSTOOD_PHONE;
	return true;
}

/* More figures than a date has: a NIR, right or wrong. */
static bool is_nir_shape(const char *digits)
{
	size_t count = 0;

	for (; *digits; digits++)
		count += is_digit(*digits);
	return count > DATE_DIGITS;
}

static bool understand_nir(const char *digits, struct asked *asked,
			   struct err *err)
{
	struct nir nir;
	struct err why = { 0 };

	if (!nir_parse(digits, &nir, &why))
		return unclear(err, why.text);
	asked->understood = UNDERSTOOD_NIR;
	return text_copy(asked->value, sizeof(asked->value), nir.number);
}

static bool understand_birth(const struct parts *parts, struct date today,
			     struct asked *asked, struct err *err)
{
	struct date date;
	int64_t low;

	if (!date_from_birth_input(parts->figures, today, &date, NULL))
		return unclear(err, "la date de naissance ne se lit pas : "
			       "essayez 14/03/1985, 03/1985 ou 1985");
	low = (int64_t)date.year * 10000 + date.month * 100 + date.day;
	asked->birth_from = low;
	asked->birth_to = date.month == 0 ? low + 9999 :
		date.day == 0 ? low + 99 : low;
	asked->understood = UNDERSTOOD_BIRTH;
	return true;
}

/* "née le", said before a birth date, is no part of the name. */
static void forget_born(struct asked *asked)
{
	size_t count = asked->word_count;

	if (asked->birth_from && count > 2 &&
	    strcmp(asked->words[count - 1], "LE") == 0 &&
	    (strcmp(asked->words[count - 2], "NE") == 0 ||
	     strcmp(asked->words[count - 2], "NEE") == 0))
		asked->word_count -= 2;
}

/* Fold the words of the name; those after the last place are glued to it. */
static bool understand_name(const char *name, struct asked *asked,
			    struct err *err)
{
	char folded[2 * SEARCH_WORD_SIZE];
	size_t letters = 0;

	fold_words(folded, sizeof(folded), name);
	for (char *at = folded; *at;) {
		size_t size = strcspn(at, " ");
		size_t word = asked->word_count;

		if (word == SEARCH_WORDS)
			word--;
		else
			asked->word_count++;
		append(asked->words[word], sizeof(asked->words[word]), at, size, 0);
		letters += size;
		at += size;
		at += strspn(at, " ");
	}
	forget_born(asked);
	if (letters < LETTERS_MIN)
		return unclear(err, "donnez au moins 2 lettres du nom");
	asked->understood = asked->birth_from ? UNDERSTOOD_NAME_BIRTH :
		UNDERSTOOD_NAME;
	return true;
}

bool search_understand(const char *text, struct date today, struct asked *asked,
		       struct err *err)
{
	char plain[SEARCH_WORD_SIZE];
	struct parts parts;

	*asked = (struct asked){ 0 };
	plain_blanks(plain, text);
	if (!*plain)
		return unclear(err, "donnez un nom, un NIR, une date de naissance, "
			       "un téléphone ou un numéro de demande");
	if (strchr(plain, '@'))
		return understand_email(plain, asked, err);
	if (understand_number(plain, asked))
		return true;
	take_apart(&parts, plain);
	if (!parts.slash && understand_phone(parts.digits, asked))
		return true;
	if (is_nir_shape(parts.digits))
		return understand_nir(parts.digits, asked, err);
	if (*parts.figures && !understand_birth(&parts, today, asked, err))
		return false;
	return !*parts.name || understand_name(parts.name, asked, err);
}

static void glue(const struct asked *asked, size_t from, size_t to,
		 char out[SEARCH_WORD_SIZE])
{
	out[0] = '\0';
	for (size_t i = from; i < to; i++)
		append(out, SEARCH_WORD_SIZE, asked->words[i],
		       strlen(asked->words[i]), 0);
}

size_t search_splits(const struct asked *asked,
		     struct name_split splits[SEARCH_SPLITS])
{
	size_t words = asked->word_count, n = 0;

	if (words == 0)
		return 0;
	glue(asked, 0, words, splits[n].surname);
	splits[n++].given[0] = '\0';
	for (size_t cut = 1; cut < words; cut++) {
		glue(asked, 0, cut, splits[n].surname);
		glue(asked, cut, words, splits[n++].given);
		glue(asked, cut, words, splits[n].surname);
		glue(asked, 0, cut, splits[n++].given);
	}
	return n;
}
