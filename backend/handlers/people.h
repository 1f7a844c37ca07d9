/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the handlers about people share. */
#ifndef GUICHET_BACKEND_PEOPLE_H
#define GUICHET_BACKEND_PEOPLE_H

#include "../req.h"

/* Take the file of a path and note it for the audit.  Refuses with 404 an
 * ill-formed identifier and a file that is not that of the contact. */
bool people_file(struct req *req, const char *insured_id, int64_t *file_id,
		 struct err *err);

/* Tell whether what goes from a day to another (0: no end), both included, runs
 * on the day `on`. */
bool people_runs(int64_t from_day, int64_t to_day, int64_t on);

/* Write an account so that only its country, its key and its end are told:
 * "FR76 **** **** **** **** ***0 189".  "" for what is no IBAN. */
void people_mask_account(const char *text, char out[MASK_SIZE]);

/* Write a French number as files keep it, ten digits: "+33 6 12 34 56 42" gives
 * "0612345642".  Any other number keeps its digits, cut at 19. */
void people_phone(const char *text, char out[20]);

#endif
