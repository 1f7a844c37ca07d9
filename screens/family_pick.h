/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The family as a tick list: what the order forms of cards start with. */
#ifndef GUICHET_SCREENS_FAMILY_PICK_H
#define GUICHET_SCREENS_FAMILY_PICK_H

#include "screens.h"

struct pick {
	bool chosen;
	struct beneficiary person;
};

/* Columns of a list of struct pick: a tick, the name, the birth, the card. */
extern const struct ui_column pick_columns[];

/* Split the argument "INSURED" or "INSURED/BENEFICIARY". */
void pick_argument(const char *arg, char insured_id[ID_TEXT],
		   char beneficiary_id[ID_TEXT]);

/* Read the family of `insured_id` into `picks` (rows of struct pick, initialised);
 * tick `preset`, or the insured person when it is "".  `read` holds the answer. */
void pick_load(struct ui_ctx *ctx, const char *insured_id, struct rows *read,
	       app_done done);
void pick_fill(struct rows *picks, const struct rows *read, const char *preset);

/* How many are ticked; the first ticked, or NULL. */
size_t pick_count(const struct rows *picks);
const struct beneficiary *pick_first(const struct rows *picks);

/* How the first ticked person is named, "" when nobody is ticked. */
void pick_name(const struct rows *picks, char *out, size_t out_size);

/* Tick the row under the cursor alone, for acts on one person. */
void pick_only(struct ui_ctx *ctx, struct rows *picks);

/* The address of the file, in one line, to be confirmed aloud; "" while it is not
 * read.  The screen shows it above its fields. */
void pick_address(const struct file *file, char *out, size_t out_size);
void pick_address_line(const char *address, struct ui_lines *lines);

#endif
