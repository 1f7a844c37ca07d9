/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/nir.h>
#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define NUMBER_SIZE 13
#define WHOLE_SIZE 15                   /* with the key */

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

/* What stands between the groups: blanks, dots, hyphens. */
static bool is_between(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xA0 || c == 0x202F || c == '.' ||
		c == '-' || c == 0x2010 || c == 0x2011 || c == 0x2013;
}

/* Tell whether `c` may stand at `index`, after `before`. */
static bool may_stand(uint32_t c, int index, char before)
{
	return is_digit(c) ||
		(index == 6 && before == '2' && (c == 'A' || c == 'B'));
}

static bool refuse_character(uint32_t c, int index, char before,
			     struct err *err)
{
	char shown[5] = "";

	if (index == 6 && c >= 'A' && c <= 'Z')
		return err_word(err, ERR_INVALID, "nir.department",
				_("le département « %c%c » n'existe pas"),
				before, (int)c);
	text_put(shown, c);
	return err_word(err, ERR_INVALID, "nir.character",
			_("« %s » n'est pas un chiffre"), shown);
}

/* Keep the digits and letters of `text` in `out`; `*size` may end up past
 * WHOLE_SIZE, but no more than that is kept. */
static bool gather(const char *text, char out[WHOLE_SIZE + 1], int *size,
		   struct err *err)
{
	const char *at = text, *end = text + strlen(text);

	*size = 0;
	while (at < end) {
		uint32_t c = text_next(&at, end);
		char before = *size > 0 && *size < WHOLE_SIZE ?
			out[*size - 1] : '0';

		if (is_between(c))
			continue;
		if (c >= 'a' && c <= 'z')
			c = c - 'a' + 'A';
		if (!may_stand(c, *size, before))
			return refuse_character(c, *size, before, err);
		if (*size < WHOLE_SIZE)
			out[*size] = (char)c;
		(*size)++;
	}
	out[*size < WHOLE_SIZE ? *size : WHOLE_SIZE] = '\0';
	return true;
}

static int value(const char *digits, int size)
{
	int n = 0;

	for (int i = 0; i < size; i++)
		n = n * 10 + (digits[i] - '0');
	return n;
}

/* Overseas (97, 98) the department takes a third digit from the commune.
 * 990, or 90 overseas, is an unknown commune. */
static bool check_place(const char *number, struct err *err)
{
	bool overseas = number[5] == '9' &&
		(number[6] == '7' || number[6] == '8');
	int commune = overseas ? value(number + 8, 2) : value(number + 7, 3);

	if (strncmp(number + 5, "00", 2) == 0)
		return err_word(err, ERR_INVALID, "nir.department",
				_("le département 00 n'existe pas"));
	if (overseas && number[7] == '0')
		return err_word(err, ERR_INVALID, "nir.department",
				_("le département %.3s n'existe pas"),
				number + 5);
	if (commune < 1 || commune > (overseas ? 90 : 990))
		return err_word(err, ERR_INVALID, "nir.commune",
				_("la commune %.*s n'existe pas"),
				overseas ? 2 : 3, number + (overseas ? 8 : 7));
	return true;
}

static bool check_parts(const char *number, struct err *err)
{
	int month = value(number + 3, 2);

	if (!strchr("123478", number[0]))
		return err_word(err, ERR_INVALID, "nir.first",
				_("un NIR commence par 1, 2, 3, 4, 7 ou 8"));
	if ((month > 12 && month < 20) || (month > 42 && month < 50))
		return err_word(err, ERR_INVALID, "nir.month",
				_("le mois %02d n'existe pas"), month);
	if (!check_place(number, err))
		return false;
	if (value(number + 10, 3) == 0)
		return err_word(err, ERR_INVALID, "nir.order",
				_("le numéro d'ordre 000 n'existe pas"));
	return true;
}

bool nir_parse(const char *text, struct nir *nir, struct err *err)
{
	char whole[WHOLE_SIZE + 1], key[3];
	int size;

	memset(nir, 0, sizeof(*nir));
	if (!gather(text, whole, &size, err))
		return false;
	if (size != NUMBER_SIZE && size != WHOLE_SIZE)
		return err_word(err, ERR_INVALID, "nir.length",
				_("un NIR a 13 caractères, ou 15 avec la clé, "
				  "et non %d"), size);
	if (!check_parts(whole, err))
		return false;
	snprintf(key, sizeof(key), "%02u", (unsigned)nir_key(whole) % 100);
	if (size == WHOLE_SIZE && strcmp(whole + NUMBER_SIZE, key) != 0)
		return err_word(err, ERR_INVALID, "nir.key",
				_("la clé devrait être %s"), key);
	memcpy(nir->number, whole, NUMBER_SIZE);
	memcpy(nir->key, key, sizeof(key));
	nir->key_given = size == WHOLE_SIZE;
	return true;
}

bool nir_looks_like(const char *text)
{
	const char *end = text + strlen(text);
	bool only_blanks = true;
	char before = '0';
	int size = 0;

	while (text < end) {
		uint32_t next = text_next(&text, end);
		char c = next < 0x80 ? (char)next : '\0';

		if (is_between(next)) {
			only_blanks = only_blanks && next == ' ';
			continue;
		}
		if (c == 'a' || c == 'b')
			c = (char)(c - 'a' + 'A');
		if (!c || (size == 0 && !strchr("123478", c)))
			return false;
		if (size == WHOLE_SIZE ||
		    !may_stand((unsigned char)c, size, before))
			return false;
		before = c;
		size++;
	}
	/* 14.03.1985 is a date. */
	return size > 0 && (only_blanks || size >= NUMBER_SIZE);
}

int nir_key(const char number[13])
{
	int64_t n = 0;

	for (int i = 0; i < NUMBER_SIZE; i++) {
		int digit = number[i] - '0';

		/* 2A counts as 19, 2B as 18: the 2 becomes a 1. */
		if (i == 5 && (number[6] == 'A' || number[6] == 'B'))
			digit = 1;
		else if (number[i] == 'A' || number[i] == 'B')
			digit = number[i] == 'A' ? 9 : 8;
		n = n * 10 + digit;
	}
	return 97 - (int)(n % 97);
}

void nir_to_text(const char *number, const char *key, char out[NIR_TEXT])
{
	static const char starts[] = { 1, 3, 5, 7, 10, 13 };
	size_t at = 0, size = 0, next = 0;

	for (; size < WHOLE_SIZE && number[size]; size++) {
		if (next < sizeof(starts) && size == (size_t)starts[next]) {
			out[at++] = ' ';
			next++;
		}
		out[at++] = number[size];
	}
	out[at] = '\0';
	if (key && key[0] && size == NUMBER_SIZE)
		snprintf(out + at, NIR_TEXT - at, " %.2s", key);
}

void nir_to_mask(const char *number, char out[NIR_TEXT])
{
	char masked[NUMBER_SIZE + 1] = "";
	size_t size = strnlen(number, NUMBER_SIZE);

	memcpy(masked, number, size);
	for (size_t i = 7; i < size; i++)
		masked[i] = '*';
	nir_to_text(masked, NULL, out);
}

bool nir_is_temporary(const char *number)
{
	return number[0] && strchr("3478", number[0]);
}
