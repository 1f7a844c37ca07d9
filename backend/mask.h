/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an answer hides until the person is identified: one table says, member
 * by member, the proof tier that shows it. */
#ifndef GUICHET_BACKEND_MASK_H
#define GUICHET_BACKEND_MASK_H

#include <guichet/api/ops.h>

struct mask_rule {
	size_t offset, size;            /* the member; size 0 ends the table */
	int tier;                       /* enum tier that shows it */
	void (*hide)(void *member, size_t size);
};

struct mask_table {
	const struct codec *codec;      /* NULL ends the table */
	size_t says;                    /* offset of mask_tier, 0: there is none */
	const struct mask_rule *rules;
};

extern const struct mask_table mask_tables[];

/* Hide in a value of `codec` what is above `tier`, and say in its mask_tier
 * which tier would show the rest.  Doing it twice changes nothing. */
void mask_value(const struct codec *codec, void *value, int tier);

/* Hide it in every row of an answer. */
void mask_rows(const struct codec *codec, struct rows *rows, int tier);

/* Write "06 ** ** ** 42", "e***@example.org": enough for the person to recognise
 * what is known.  "" stays "". */
void mask_phone(const char *phone, char *out, size_t out_size);
void mask_email(const char *email, char *out, size_t out_size);

#endif
