/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys under which people are looked for: names as folded and as they sound,
 * NIR, birth, phone and e-mail. */
#ifndef GUICHET_BACKEND_KEYS_H
#define GUICHET_BACKEND_KEYS_H

#include "store/db.h"

#include <stdbool.h>

struct keys;

/* What the keys of a person are made of; "" for what there is not. */
struct keyed {
	int64_t caisse, id;
	int birth;                      /* yyyymmdd, as person.birth */
	const char *nir, *old_nir;      /* old: the number it replaced */
	const char *name, *used_name, *first_names;
	const char *phone, *email;      /* digits; lower case */
};

struct keys *keys_new(void);
void keys_free(struct keys *keys);

/* Remember the keys of a person; what `person` points to is copied. */
void keys_add(struct keys *keys, const struct keyed *person);

/* Tell whether there are enough of them to be written with profit. */
bool keys_full(const struct keys *keys);

/* Write in order, and forget, what was remembered. */
bool keys_write(struct keys *keys, struct db *db, struct err *err);

#endif
