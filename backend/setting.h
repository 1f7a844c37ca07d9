/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the operator may change in the database, and the keys made with it. */
#ifndef GUICHET_BACKEND_SETTING_H
#define GUICHET_BACKEND_SETTING_H

#include "store/db.h"

#define SETTING_KEY_SIZE 32

/* Read the whole number `name`, or `otherwise` when it is not set.  Errors: those
 * of the store; what was set may then be anything. */
bool setting_number(struct db *db, const char *name, int64_t otherwise,
		    int64_t *number, struct err *err);

/* The key `name`.  Errors: ERR_SYSTEM when there is none. */
bool setting_key(struct db *db, const char *name,
		 unsigned char key[SETTING_KEY_SIZE], struct err *err);

/* Make the keys that a database lacks. */
bool setting_prepare(struct db *db, struct err *err);

#endif
