/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every caisse starts with: acts, withholdings and reasons, with their
 * dates and sources.  A caisse changes them by adding dated rows. */
#ifndef GUICHET_BACKEND_TABLES_H
#define GUICHET_BACKEND_TABLES_H

#include "../store/db.h"

/* What is paid for, as the table act holds it. */
struct table_act {
	int id;
	const char *code, *label;
	int family;                     /* enum payment_kind */
	int base_cts, rate_pct;
	int withheld;                   /* enum withheld_kind */
	int from, to;                   /* yyyymmdd; to 0: still */
	const char *source;
};
extern const struct table_act table_acts[];

struct table_withholding {
	const char *kind;
	int from;
	int amount_cts, day_cap_cts, year_cap_cts;
	const char *source;
};
extern const struct table_withholding table_withholdings[];

/* Why one comes, in the order of the screen, as the table reason holds it. */
struct table_reason {
	const char *code, *label;
	int minutes;
	unsigned channels, roles;
	const char *pieces;
};
extern const struct table_reason table_reasons[];

/* Add to `db` the acts, withholdings and rules that it lacks. */
bool tables_insert(struct db *db, struct err *err);

/* Add to a caisse the reasons that it lacks. */
bool tables_insert_reasons(struct db *db, int64_t caisse, struct err *err);

#endif
