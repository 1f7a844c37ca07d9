/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the offices receive: what the rules of opening and the absences make of a
 * day. */
#include "agenda.h"

#include <guichet/base/workdays.h>

#define FAR_BACK_DAYS 56                /* a whole number of every period */

const struct seed_absence seed_absences[] = {
	{ 0, 4, 0, 12, 0, 1440, "Congés" },
	{ 0, 2, 8, 1, 780, 1440, "Réunion d'équipe" },
	{ 4, 0, 10, 1, 0, 1440, "Formation" },
	{ 7, 0, 4, 1, 720, 1440, "Fermeture exceptionnelle" },
	{ 6, 1, 7, 5, 0, 1440, "Congés" },
	{ 0 },
};

static int monday(const struct seed_world *world)
{
	return world->today - date_weekday(date_from_days(world->today)) + 1;
}

void seed_opening_on(const struct seed_world *world,
		     const struct seed_opening *rule, int weekday,
		     struct opening *opening)
{
	*opening = (struct opening){ .desk = rule->desk, .rule = rule->rule,
		.weekday = weekday, .n = rule->n,
		.open_minute = rule->open_minute,
		.close_minute = rule->close_minute };
	if (rule->rule == 1)
		opening->day = monday(world) + rule->anchor - FAR_BACK_DAYS;
	if (rule->rule == 3)
		opening->day = monday(world) + rule->anchor;
}

void seed_absence_span(const struct seed_world *world,
		       const struct seed_absence *absence, int64_t *from,
		       int64_t *to)
{
	struct date first = date_from_days(monday(world) + absence->after);

	*from = zone_moment(ZONE_PARIS, first, absence->from_minute);
	*to = zone_moment(ZONE_PARIS, date_add_days(first, absence->days - 1),
			  absence->to_minute);
}

bool seed_absent(const struct seed_world *world, int office, int desk,
		 int64_t starts, int64_t ends)
{
	for (const struct seed_absence *row = seed_absences; row->label; row++) {
		int64_t from, to;

		if (row->office != office || (row->desk && row->desk != desk))
			continue;
		seed_absence_span(world, row, &from, &to);
		if (starts < to && from < ends)
			return true;
	}
	return false;
}

bool seed_holds(const struct seed_world *world, const struct seed_opening *rule,
		 struct date date, struct opening *opening)
{
	for (const char *day = rule->weekdays; *day; day++) {
		seed_opening_on(world, rule, *day - '0', opening);
		if (opening_holds(opening, date))
			return true;
	}
	return false;
}

bool seed_office_open(const struct seed_world *world, int office, int desk,
			  int day, int minute)
{
	struct date date = date_from_days(day);
	int64_t at = zone_moment(ZONE_PARIS, date, minute);
	struct opening opening;

	if (workdays_holiday(date, "38") ||
	    seed_absent(world, office, desk, at, at + 45 * SEED_MINUTE_MS))
		return false;
	for (int row = 0; seed_openings[row].weekdays; row++) {
		const struct seed_opening *rule = &seed_openings[row];

		if (rule->office == office && (!rule->desk || rule->desk == desk) &&
		    seed_holds(world, rule, date, &opening) &&
		    minute >= opening.open_minute &&
		    minute + 45 <= opening.close_minute)
			return true;
	}
	return false;
}
