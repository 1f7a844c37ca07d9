/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an operator says of a caisse: its name, its offices, when they receive
 * and when they do not. */
#ifndef GUICHET_BACKEND_CAISSE_H
#define GUICHET_BACKEND_CAISSE_H

#include "store/db.h"

struct office_new {
	int64_t caisse;
	const char *name, *address, *postcode, *city, *phone; /* or "" */
	int desks;                      /* 1..DESKS_MAX */
	bool good_friday;               /* closed on it */
};

/* Weekly hours, as "12345" and "09:00-12:00,13:00-16:30"; "-" is none. */
struct office_week {
	int64_t caisse, office_id;
	int desk;                       /* 0: every desk */
	const char *days, *hours;
};

struct office_closing {
	int64_t caisse, office_id;
	int desk;                       /* 0: the whole office */
	const char *from, *until;       /* "2026-12-24", "2026-12-24T13:00" */
	const char *label;
};

#define OFFICE_DAYS "12345"
#define OFFICE_HOURS "09:00-12:00,13:00-16:30"

/* Add a caisse with the reasons for coming that it lacks; one that is there
 * keeps its name.  `name` and `department` may be "" for one that is there.
 * Errors: ERR_INVALID. */
bool caisse_add(struct db *db, int64_t code, const char *name,
		const char *department, struct err *err);

/* Find the caisse `code`, or the only one when it is 0.  Errors: ERR_NOT_FOUND,
 * ERR_INVALID when there are several. */
bool caisse_find(struct db *db, int64_t *code, struct err *err);

/* Give the first office of a caisse, 0 when it has none. */
bool office_first(struct db *db, int64_t caisse, int64_t *id, struct err *err);

/* Add an office without hours.  Errors: ERR_INVALID. */
bool office_add(struct db *db, const struct office_new *office, int64_t *id,
		struct err *err);

/* Replace the weekly hours of the days named.  Errors: ERR_INVALID for hours
 * that overlap, end before they start or are no multiple of five minutes;
 * ERR_NOT_FOUND. */
bool office_set_week(struct db *db, const struct office_week *week,
		     struct err *err);

/* Record that an office, or a desk of it, does not receive; *booked is how many
 * appointments stand there.  Errors: ERR_INVALID, ERR_NOT_FOUND. */
bool office_close(struct db *db, const struct office_closing *closing,
		  int64_t *booked, struct err *err);

#endif
