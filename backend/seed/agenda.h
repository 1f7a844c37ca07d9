/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the offices of the demonstration receive. */
#ifndef GUICHET_BACKEND_SEED_AGENDA_H
#define GUICHET_BACKEND_SEED_AGENDA_H

#include "seed.h"
#include "../agenda.h"

#define SEED_MINUTE_MS INT64_C(60000)

struct seed_absence {
	int office, desk;               /* desk 0: everybody */
	int after, days;                /* from the Monday of this week */
	int from_minute, to_minute;     /* of the first and of the last day */
	const char *label;
};
extern const struct seed_absence seed_absences[];

/* Give the row of table opening that `rule` makes for a weekday (1..7). */
void seed_opening_on(const struct seed_world *world,
		     const struct seed_opening *rule, int weekday,
		     struct opening *opening);

/* Give the moments of an absence. */
void seed_absence_span(const struct seed_world *world,
		       const struct seed_absence *absence, int64_t *from,
		       int64_t *to);

/* Tell whether a desk is absent at some time between two moments. */
bool seed_absent(const struct seed_world *world, int office, int desk,
		 int64_t starts, int64_t ends);

/* Tell whether a rule holds on `date`, and give its row of the table opening. */
bool seed_holds(const struct seed_world *world, const struct seed_opening *rule,
		struct date date, struct opening *opening);

/* Tell whether a desk receives for 45 minutes from `minute` of a day. */
bool seed_office_open(const struct seed_world *world, int office, int desk,
		      int day, int minute);

#endif
