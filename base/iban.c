/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/iban.h>
#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <stdint.h>
#include <string.h>

#define NUMBER_MAX 34

/* Lengths of the IBAN registry (SWIFT, ISO 13616), in alphabetical order. */
static const struct country {
	char code[3];
	int size;
} countries[] = {
	{ "AD", 24 }, { "AE", 23 }, { "AL", 28 }, { "AT", 20 }, { "AZ", 28 },
	{ "BA", 20 }, { "BE", 16 }, { "BG", 22 }, { "BH", 22 }, { "BI", 27 },
	{ "BR", 29 }, { "BY", 28 }, { "CH", 21 }, { "CR", 22 }, { "CY", 28 },
	{ "CZ", 24 }, { "DE", 22 }, { "DJ", 27 }, { "DK", 18 }, { "DO", 28 },
	{ "EE", 20 }, { "EG", 29 }, { "ES", 24 }, { "FI", 18 }, { "FK", 18 },
	{ "FO", 18 }, { "FR", 27 }, { "GB", 22 }, { "GE", 22 }, { "GI", 23 },
	{ "GL", 18 }, { "GR", 27 }, { "GT", 28 }, { "HR", 21 }, { "HU", 28 },
	{ "IE", 22 }, { "IL", 23 }, { "IQ", 23 }, { "IS", 26 }, { "IT", 27 },
	{ "JO", 30 }, { "KW", 30 }, { "KZ", 20 }, { "LB", 28 }, { "LC", 32 },
	{ "LI", 21 }, { "LT", 20 }, { "LU", 20 }, { "LV", 21 }, { "LY", 25 },
	{ "MC", 27 }, { "MD", 24 }, { "ME", 22 }, { "MK", 19 }, { "MN", 20 },
	{ "MR", 27 }, { "MT", 31 }, { "MU", 30 }, { "NI", 28 }, { "NL", 18 },
	{ "NO", 15 }, { "OM", 23 }, { "PK", 24 }, { "PL", 28 }, { "PS", 29 },
	{ "PT", 25 }, { "QA", 29 }, { "RO", 24 }, { "RS", 22 }, { "RU", 33 },
	{ "SA", 24 }, { "SC", 31 }, { "SD", 18 }, { "SE", 24 }, { "SI", 19 },
	{ "SK", 24 }, { "SM", 27 }, { "SO", 23 }, { "ST", 25 }, { "SV", 28 },
	{ "TL", 23 }, { "TN", 24 }, { "TR", 26 }, { "UA", 29 }, { "VA", 22 },
	{ "VG", 24 }, { "XK", 20 }, { { 0 }, 0 }
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xA0 || c == 0x202F;
}

/* Keep digits and letters, upper case; `*size` counts them all, but no more than
 * fit are kept. */
static bool gather(const char *text, char out[NUMBER_MAX + 1], size_t *size,
		   struct err *err)
{
	const char *at = text, *end = text + strlen(text);

	*size = 0;
	while (at < end) {
		char shown[5] = "";
		uint32_t c = text_next(&at, end);

		if (is_blank(c))
			continue;
		if (c >= 'a' && c <= 'z')
			c = c - 'a' + 'A';
		if (c > 'Z' || (!is_digit((char)c) && !is_letter((char)c))) {
			text_put(shown, c);
			return err_word(err, ERR_INVALID, "iban.character",
					_("« %s » n'a pas sa place dans un IBAN"),
					shown);
		}
		if (*size < NUMBER_MAX)
			out[*size] = (char)c;
		(*size)++;
	}
	out[*size < NUMBER_MAX ? *size : NUMBER_MAX] = '\0';
	return true;
}

/* A name with a date of birth behind two letters has not so many digits. */
bool iban_looks_like(const char *text)
{
	const char *at = text, *end = text + strlen(text);
	size_t size = 0, digits = 0;

	while (at < end) {
		uint32_t c = text_next(&at, end);
		bool digit = c >= '0' && c <= '9';

		if (is_blank(c))
			continue;
		if (!digit && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
			return false;
		if (size < 4 && digit != (size >= 2))
			return false;
		digits += size >= 4 && digit;
		size++;
	}
	return size >= 14 && digits >= 8;
}

static int country_size(const char *number)
{
	const struct country *row = countries;

	while (row->size && strncmp(row->code, number, 2) != 0)
		row++;
	return row->size;
}

/* ISO 7064 modulo 97-10: letters count as 10 to 35, the first four characters
 * come last. */
static int modulo_97(const char *number, size_t size)
{
	int rest = 0;

	for (size_t i = 0; i < size; i++) {
		char c = number[(i + 4) % size];

		if (is_digit(c))
			rest = (rest * 10 + c - '0') % 97;
		else
			rest = (rest * 100 + c - 'A' + 10) % 97;
	}
	return rest;
}

/* The key is 98 less a rest of 97: 00, 01 and 99 would pass the modulo, but
 * nobody gives them. */
static bool is_key(const char *digits)
{
	int key = (digits[0] - '0') * 10 + digits[1] - '0';

	return key >= 2 && key <= 98;
}

/* Letters of a French account count as A-I 1-9, J-R 1-9, S-Z 2-9. */
static int rib_digit(char c)
{
	if (is_digit(c))
		return c - '0';
	if (!is_letter(c))
		return -1;
	return c < 'S' ? (c - 'A') % 9 + 1 : c - 'S' + 2;
}

/* Return the rest modulo 97 of `size` characters, -1 when one is wrong. */
static int rib_rest(const char *text, size_t size, bool letters)
{
	int rest = 0;

	if (strnlen(text, size) < size)
		return -1;
	for (size_t i = 0; i < size; i++) {
		int digit = rib_digit(text[i]);

		if (digit < 0 || (!letters && !is_digit(text[i])))
			return -1;
		rest = (rest * 10 + digit) % 97;
	}
	return rest;
}

int rib_key(const char *bank, const char *branch, const char *account)
{
	int b = rib_rest(bank, 5, false);
	int g = rib_rest(branch, 5, false);
	int c = rib_rest(account, 11, true);

	if (b < 0 || g < 0 || c < 0)
		return 0;
	return 97 - (89 * b + 15 * g + 3 * c) % 97;
}

/* France and Monaco: bank 5, branch 5, account 11, key 2. */
static bool check_rib(const char *number, struct err *err)
{
	const char *rib = number + 4;
	int key = rib_key(rib, rib + 5, rib + 10);

	if (key == 0 || !is_digit(rib[21]) || !is_digit(rib[22]))
		return err_word(err, ERR_INVALID, "iban.character",
				_("une lettre est à la place d'un chiffre"));
	if ((rib[21] - '0') * 10 + rib[22] - '0' != key)
		return err_word(err, ERR_INVALID, "iban.rib",
				_("la clé RIB est fausse"));
	return true;
}

bool iban_parse(const char *text, struct iban *iban, struct err *err)
{
	char number[NUMBER_MAX + 1];
	size_t size;
	int expected;

	memset(iban, 0, sizeof(*iban));
	if (!gather(text, number, &size, err))
		return false;
	expected = country_size(number);
	if (size < 2 || expected == 0)
		return err_word(err, ERR_INVALID, "iban.country",
				_("un IBAN commence par un pays, par exemple FR"));
	if (size != (size_t)expected)
		return err_word(err, ERR_INVALID, "iban.length",
				_("un IBAN %.2s a %d caractères, et non %zu"),
				number, expected, size);
	if (!is_digit(number[2]) || !is_digit(number[3]))
		return err_word(err, ERR_INVALID, "iban.character",
				_("deux chiffres suivent le pays"));
	if (modulo_97(number, size) != 1 || !is_key(number + 2))
		return err_word(err, ERR_INVALID, "iban.key",
				_("la clé de l'IBAN est fausse"));
	if ((strncmp(number, "FR", 2) == 0 || strncmp(number, "MC", 2) == 0) &&
	    !check_rib(number, err))
		return false;
	memcpy(iban->number, number, size + 1);
	return true;
}

/* Write in groups of four; between the `first` and the `last` ones, hidden. */
static void group(const char *number, size_t first, size_t last,
		  char out[IBAN_TEXT])
{
	size_t size = strlen(number), at = 0;

	for (size_t i = 0; i < size; i++) {
		if (i > 0 && i % 4 == 0)
			out[at++] = ' ';
		out[at++] = i < first || i + last >= size ? number[i] : '*';
	}
	out[at] = '\0';
}

void iban_to_text(const struct iban *iban, char out[IBAN_TEXT])
{
	group(iban->number, sizeof(iban->number), 0, out);
}

void iban_to_mask(const struct iban *iban, char out[IBAN_TEXT])
{
	group(iban->number, 4, 4, out);
}
