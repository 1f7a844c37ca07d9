/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/money.h>
#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

#define THIN "\u202F"
#define NBSP "\u00A0"
#define CTS_MAX INT64_C(99999999999999) /* about a thousand billion euros */

void money_to_text(int64_t cts, char out[MONEY_TEXT])
{
	/* Unsigned: INT64_MIN has no opposite. */
	uint64_t left = cts < 0 ? 0 - (uint64_t)cts : (uint64_t)cts;
	uint64_t euros = left / 100;
	uint64_t scale = 1;
	size_t at = 0;

	while (euros / scale >= 1000)
		scale *= 1000;
	at += (size_t)snprintf(out, MONEY_TEXT, "%s%d", cts < 0 ? "-" : "",
			       (int)(euros / scale));
	for (scale /= 1000; scale > 0; scale /= 1000)
		at += (size_t)snprintf(out + at, MONEY_TEXT - at, THIN "%03d",
				       (int)(euros / scale % 1000));
	snprintf(out + at, MONEY_TEXT - at, ",%02d" NBSP "€",
		 (int)(left % 100));
}

/* Return the bytes of the blank at `s`, 0 when there is none. */
static size_t blank_size(const char *s)
{
	if (*s == ' ')
		return 1;
	if (strncmp(s, NBSP, 2) == 0)
		return 2;
	return strncmp(s, THIN, 3) == 0 ? 3 : 0;
}

/* Read the whole euros: digits, blanks allowed only before three digits. */
static bool read_euros(const char **at, int64_t *euros)
{
	int digits = 0;
	bool grouped = false;

	*euros = 0;
	for (;;) {
		size_t blank = blank_size(*at);

		if (blank > 0 && (*at)[blank] >= '0' && (*at)[blank] <= '9') {
			if (digits == 0 || digits > 3 || (grouped && digits != 3))
				return false;
			grouped = true;
			digits = 0;
			*at += blank;
			continue;
		}
		if (**at < '0' || **at > '9')
			break;
		*euros = *euros * 10 + (**at - '0');
		digits++;
		(*at)++;
		if (*euros > CTS_MAX / 100)
			return false;
	}
	return digits > 0 && (!grouped || digits == 3);
}

static bool read_cents(const char **at, int64_t *cents)
{
	*cents = 0;
	if (**at != ',' && **at != '.')
		return true;
	(*at)++;
	for (int scale = 10; scale > 0; scale /= 10) {
		if (**at < '0' || **at > '9')
			return scale == 1;
		*cents += (int64_t)scale * (**at - '0');
		(*at)++;
	}
	return true;
}

bool money_from_input(const char *text, int64_t *cts, struct err *err)
{
	int64_t euros, cents;
	char copy[MONEY_TEXT];
	const char *at = copy;
	bool negative;

	*cts = 0;
	if (!text_copy(copy, sizeof(copy), text))
		return err_set(err, ERR_INVALID, _("montant trop long"));
	text_trim(copy);
	negative = *at == '-';
	if (negative)
		at++;
	if (!read_euros(&at, &euros) || !read_cents(&at, &cents))
		return err_set(err, ERR_INVALID,
			       _("« %s » n'est pas un montant"), copy);
	at += blank_size(at);
	if (strncmp(at, "€", strlen("€")) == 0)
		at += strlen("€");
	if (*at != '\0')
		return err_set(err, ERR_INVALID,
			       _("« %s » n'est pas un montant"), copy);
	*cts = (euros * 100 + cents) * (negative ? -1 : 1);
	return true;
}

int64_t money_percent(int64_t base_cts, int percent)
{
	int64_t product = base_cts * percent;

	return (product + (product < 0 ? -50 : 50)) / 100;
}
