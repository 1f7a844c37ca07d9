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
	if (abroad && strncmp(digits, "33", 2) == 0)
		national = digits + 2;
	else if (strncmp(digits, "0033", 4) == 0)
		national = digits + 4;
	if (national)           /* +33 (0)6 is written too */
		snprintf(out, 20, "0%s", national + (*national == '0'));
	else
		snprintf(out, 20, "%.19s", digits);
}
