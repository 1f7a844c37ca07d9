/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/date.h>

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS INT64_C(3600000)
#define DAY_MS INT64_C(86400000)

const char *const zone_names[ZONE_N + 1] = {
	[ZONE_PARIS] = "Europe/Paris",
	[ZONE_GUADELOUPE] = "America/Guadeloupe",
	[ZONE_MARTINIQUE] = "America/Martinique",
	[ZONE_GUYANE] = "America/Cayenne",
	[ZONE_REUNION] = "Indian/Reunion",
	[ZONE_MAYOTTE] = "Indian/Mayotte",
};

static const int standard_hours[] = {
	[ZONE_PARIS] = 1,
	[ZONE_GUADELOUPE] = -4,
	[ZONE_MARTINIQUE] = -4,
	[ZONE_GUYANE] = -3,
	[ZONE_REUNION] = 4,
	[ZONE_MAYOTTE] = 3,
};
_Static_assert(sizeof(standard_hours) / sizeof(*standard_hours) == ZONE_N,
	       "every zone needs an offset");

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Directive 2000/84/EC: the last Sunday, at 01:00 UTC. */
static int64_t last_sunday_ms(int year, int month)
{
	struct date last = { year, month, 31 };

	return (date_to_days(last) - date_weekday(last) % 7) * DAY_MS + HOUR_MS;
}

int zone_offset_s(enum zone zone, int64_t at_ms)
{
	int standard_s = standard_hours[zone] * 3600;
	int year;

	if (zone != ZONE_PARIS)
		return standard_s;
	year = date_from_days(floor_div(at_ms, DAY_MS)).year;
	if (at_ms >= last_sunday_ms(year, 3) && at_ms < last_sunday_ms(year, 10))
		return standard_s + 3600;
	return standard_s;
}

int64_t zone_moment(enum zone zone, struct date date, int minute)
{
	int64_t local_ms = date_to_days(date) * DAY_MS + minute * MINUTE_MS;
	int64_t standard_ms = local_ms - standard_hours[zone] * HOUR_MS;
	int64_t summer_ms = standard_ms - HOUR_MS;

	/* Summer comes first in an hour that comes twice; in the hour that does
	 * not exist, standard time reads one hour later on the clock. */
	if (zone_offset_s(zone, summer_ms) > standard_hours[zone] * 3600)
		return summer_ms;
	return standard_ms;
}

struct date zone_date(enum zone zone, int64_t at_ms, int *minute)
{
	int64_t local_ms = at_ms + (int64_t)zone_offset_s(zone, at_ms) * 1000;
	int64_t days = floor_div(local_ms, DAY_MS);

	if (minute)
		*minute = (int)((local_ms - days * DAY_MS) / MINUTE_MS);
	return date_from_days(days);
}
