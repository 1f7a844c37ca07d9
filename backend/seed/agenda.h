/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the offices of the demonstration receive. */
#ifndef GUICHET_BACKEND_SEED_AGENDA_H
#define GUICHET_BACKEND_SEED_AGENDA_H

#include "seed.h"
#include "../agenda.h"

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

#endif
