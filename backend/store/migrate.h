/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbered steps that make the schema, and where a database stands. */
#ifndef GUICHET_BACKEND_MIGRATE_H
#define GUICHET_BACKEND_MIGRATE_H

#include "db.h"

/* Made from sql/NNN-*.sql when building; ended by a NULL text. */
struct migration {
	int number;
	const char *sql;
};
extern const struct migration migrations[];

/* The number of the newest step this program knows. */
int migration_newest(void);

/* The number of the last step `db` went through, 0 for an empty one. */
bool migration_current(struct db *db, int64_t *number, struct err *err);

#endif
