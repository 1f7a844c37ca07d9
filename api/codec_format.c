/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codec_private.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

const struct codec_format_row codec_formats[FORMAT_N] = {
	[FORMAT_FREE] = { NULL, NULL, "texte refusé" },
	[FORMAT_ID] = { "^[0-7][0-9A-HJKMNP-TV-Z]{12}$", "0D9G4TBX0C5ZN",
		"identifiant mal formé" },
	[FORMAT_PAYMENT_ID] = {
		"^[0-7][0-9A-HJKMNP-TV-Z]{12}-[0-7][0-9A-HJKMNP-TV-Z]{12}$",
		"0D9G4TBX0C5ZN-0D9H7WQ2M0KRE",
		"identifiant de paiement mal formé" },
	[FORMAT_UUID] = {
		"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
		"0f4c2b7e-5a91-4d3c-8e6f-1b2a3c4d5e6f",
		"identifiant UUID mal formé" },
	[FORMAT_NIR] = { "^[1-478][0-9]{5}[0-9AB][0-9]{6}$", "2850399234123",
		"13 caractères attendus, sans la clé" },
	[FORMAT_NIR_KEY] = { "^[0-9]{2}$", "35", "2 chiffres attendus" },
	[FORMAT_CAISSE] = { "^[0-9]{5}$", "01381", "5 chiffres attendus" },
	[FORMAT_POSTCODE] = { "^[0-9]{5}$", "38000", "5 chiffres attendus" },
	[FORMAT_PHONE] = { "^[+]?[0-9]{6,15}$", "0639980012",
		"numéro de téléphone attendu" },
	[FORMAT_EMAIL] = {
		"^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+[.][A-Za-z0-9.-]+$",
		"lea.martin@example.org", "adresse électronique attendue" },
	[FORMAT_NUMBER] = { "^[0-9A-Z][0-9A-Z-]*$", "CEAM-26-000481",
		"chiffres, majuscules et tirets attendus" },
	[FORMAT_CODE] = { "^[A-Za-z0-9][A-Za-z0-9._-]*$", "carte-perdue",
		"code mal formé" },
	[FORMAT_DIGITS] = { "^[0-9]+$", "0012345", "chiffres attendus" },
	[FORMAT_TOKEN] = { "^[A-Za-z0-9_-]{16,128}$",
		"q3oJ0mZ4Yw2u9l7sT1xV5bN8cD6eF0gHkLpRrUtWvXy",
		"jeton mal formé" },
	[FORMAT_CURSOR] = { "^[A-Za-z0-9_-]+$", "eyJrIjoiMjAyNi0xMS0xOCJ9",
		"repère de page mal formé" },
	[FORMAT_FILE_NAME] = { "^[A-Za-z0-9][A-Za-z0-9._-]*$",
		"piece-identite.jpg",
		"lettres sans accent, chiffres, points et tirets attendus" },
	[FORMAT_SHA256] = { "^[0-9a-f]{64}$",
		"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		"empreinte SHA-256 mal formée" },
	/* A digit somewhere, no space: a number of something, not a sentence. */
	[FORMAT_REFERENCE] = { "^[A-Za-z/._-]*[0-9][0-9A-Za-z/._-]*$",
		"VISITE-26-000123",
		"numéro de ticket, d'appel ou de courrier attendu" },
};

/* Return the end of the element at `at`: a character or a [class]. */
static const char *element_end(const char *at)
{
	return *at == '[' ? strchr(at + 1, ']') + 1 : at + 1;
}

/* Read the quantifier at `*at`, if any, and move past it. */
static void read_quantifier(const char **at, size_t *min, size_t *max)
{
	char *end;

	*min = *max = 1;
	if (**at == '?')
		*min = 0;
	else if (**at == '*' || **at == '+') {
		*min = **at == '+';
		*max = SIZE_MAX;
	} else if (**at == '{') {
		*min = *max = strtoul(*at + 1, &end, 10);
		if (*end == ',')
			*max = strtoul(end + 1, &end, 10);
		*at = end;
	} else {
		return;
	}
	(*at)++;
}

/* Tell whether `c` is the element that goes from `from` to `to`. */
static bool element_has(const char *from, const char *to, char c)
{
	if (*from != '[')
		return *from == c;
	for (from++, to--; from < to; from++) {
		if (from + 2 < to && from[1] == '-') {
			if (c >= from[0] && c <= from[2])
				return true;
			from += 2;
		} else if (*from == c) {
			return true;
		}
	}
	return false;
}

static bool match_here(const char *pattern, const char *text)
{
	const char *end, *next;
	size_t min, max, n = 0;

	if (strcmp(pattern, "$") == 0)
		return *text == '\0';
	end = next = element_end(pattern);
	read_quantifier(&next, &min, &max);
	while (n < max && text[n] && element_has(pattern, end, text[n]))
		n++;
	for (;; n--) {
		if (n < min)
			return false;
		if (match_here(next, text + n))
			return true;
		if (n == 0)
			return false;
	}
}

bool codec_pattern_match(const char *pattern, const char *text)
{
	return match_here(pattern + 1, text);
}

bool codec_format_match(enum codec_format format, const char *text)
{
	const char *pattern = codec_formats[format].pattern;

	return !pattern || codec_pattern_match(pattern, text);
}
