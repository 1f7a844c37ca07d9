/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people.h"
#include "../holder.h"

#include <guichet/base/iban.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

bool people_file(struct req *req, const char *insured_id, int64_t *file_id,
		 struct err *err)
{
	*file_id = id_parse(insured_id);
	req->file_id = *file_id;
	return (*file_id != 0 || refuse_missing(err)) &&
	       req_needs_file(req, *file_id, err);
}

bool people_runs(int64_t from_day, int64_t to_day, int64_t on)
{
	return from_day <= on && (to_day == 0 || to_day >= on);
}

void people_mask_account(const char *text, char out[MASK_SIZE])
{
	struct iban iban;
	char masked[IBAN_TEXT];

	out[0] = '\0';
	if (!*text || !iban_parse(text, &iban, NULL))
		return;
	iban_to_mask(&iban, masked);
	text_copy(out, MASK_SIZE, masked);
}

/* Codes of France: mainland, Reunion and Mayotte, Guadeloupe, Guyane,
 * Martinique.  All have numbers of ten digits at home. */
static const char *const country_codes[] = {
	"33", "262", "590", "594", "596", NULL,
};

/* Return what follows the code of France, or NULL for no such number. */
static const char *after_code(const char *digits)
{
	for (size_t i = 0; country_codes[i]; i++) {
		size_t size = strlen(country_codes[i]);

		if (strncmp(digits, country_codes[i], size) == 0)
			return digits + size;
	}
	return NULL;
}

void people_phone(const char *text, char out[20])
{
	bool abroad = strchr(text, '+') != NULL;
	char digits[24] = "";
	const char *national = NULL;
	size_t size = 0;

	for (; *text && size + 1 < sizeof(digits); text++) {
		if (*text >= '0' && *text <= '9')
			digits[size++] = *text;
	}
	digits[size] = '\0';
	if (abroad)
		national = after_code(digits);
	else if (strncmp(digits, "00", 2) == 0)
		national = after_code(digits + 2);
	if (national)           /* +33 (0)6 is written too */
		snprintf(out, 20, "0%s", national + (*national == '0'));
	else
		snprintf(out, 20, "%.19s", digits);
}
