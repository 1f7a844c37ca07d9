/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/workdays.h>
#include <guichet/base/intl.h>

#include <stddef.h>
#include <string.h>

#define HOUR_MS INT64_C(3600000)
#define DAY_MS INT64_C(86400000)

/* A public holiday: of every year, or counted in days from Easter. */
struct holiday {
	int month, day;                 /* 0, and days after Easter Sunday */
	const char *departments;        /* apart by one space; NULL: all */
	const char *name;
};

static const struct holiday holidays[] = {
	/* Code du travail, article L3133-1 */
	{ 1, 1, NULL, N_("jour de l'An") },
	{ 0, 1, NULL, N_("lundi de Pâques") },
	{ 5, 1, NULL, N_("fête du Travail") },
	{ 5, 8, NULL, N_("victoire de 1945") },
	{ 0, 39, NULL, N_("Ascension") },
	{ 0, 50, NULL, N_("lundi de Pentecôte") },
	{ 7, 14, NULL, N_("fête nationale") },
	{ 8, 15, NULL, N_("Assomption") },
	{ 11, 1, NULL, N_("Toussaint") },
	{ 11, 11, NULL, N_("armistice de 1918") },
	{ 12, 25, NULL, N_("Noël") },
	/* article L3134-13 */
	{ 0, -2, "57 67 68", N_("Vendredi saint") },
	{ 12, 26, "57 67 68", N_("Saint-Étienne") },
	/* decree 83-1003 and its successors */
	{ 4, 27, "976", N_("abolition de l'esclavage") },
	{ 5, 22, "972", N_("abolition de l'esclavage") },
	{ 5, 27, "971", N_("abolition de l'esclavage") },
	{ 5, 28, "978", N_("abolition de l'esclavage") },
	{ 6, 10, "973", N_("abolition de l'esclavage") },
	{ 10, 9, "977", N_("abolition de l'esclavage") },
	{ 12, 20, "974", N_("abolition de l'esclavage") },
	{ 0 }
};

/* Saint-Barthélemy and Saint-Martin keep the time of Guadeloupe. */
static const struct {
	const char *department;
	enum zone zone;
} zones[] = {
	{ "971", ZONE_GUADELOUPE },
	{ "972", ZONE_MARTINIQUE },
	{ "973", ZONE_GUYANE },
	{ "974", ZONE_REUNION },
	{ "976", ZONE_MAYOTTE },
	{ "977", ZONE_GUADELOUPE },
	{ "978", ZONE_GUADELOUPE },
	{ 0 }
};

/* The Gregorian computus of Meeus, Jones and Butcher, with its letters. */
struct date workdays_easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return (struct date){ year, n / 31, n % 31 + 1 };
}

/* Tell whether `department` is a word of `list`: "71" is none of "971". */
static bool is_listed(const char *list, const char *department)
{
	size_t size = strlen(department);

	while (*list) {
		size_t word = strcspn(list, " ");

		if (word == size && strncmp(list, department, size) == 0)
			return true;
		list += word + (list[word] == ' ');
	}
	return false;
}

const char *workdays_holiday(struct date date, const char *department)
{
	int64_t from_easter = date_to_days(date) -
		date_to_days(workdays_easter(date.year));

	for (const struct holiday *row = holidays; row->name; row++) {
		bool fixed = row->month == date.month && row->day == date.day;

		if (!fixed && (row->month != 0 || row->day != from_easter))
			continue;
		if (!row->departments || is_listed(row->departments, department))
			return row->name;
	}
	return NULL;
}

bool workdays_is_open(struct date date, const char *department)
{
	return date_weekday(date) <= 5 && !workdays_holiday(date, department);
}

enum zone workdays_zone(const char *department)
{
	for (size_t i = 0; zones[i].department; i++) {
		if (strcmp(zones[i].department, department) == 0)
			return zones[i].zone;
	}
	return ZONE_PARIS;
}

int64_t workdays_due(int64_t at_ms, int hours, const char *department)
{
	enum zone zone = workdays_zone(department);
	struct date date = zone_date(zone, at_ms, NULL);
	int64_t passed_ms = at_ms - zone_moment(zone, date, 0);
	int64_t left_ms = hours * HOUR_MS;

	/* Clocks change on Sundays: a working day always has 24 hours. */
	for (;;) {
		if (!workdays_is_open(date, department)) {
			passed_ms = 0;
		} else if (passed_ms + left_ms <= DAY_MS) {
			return zone_moment(zone, date, 0) + passed_ms + left_ms;
		} else {
			left_ms -= DAY_MS - passed_ms;
			passed_ms = 0;
		}
		date = date_add_days(date, 1);
	}
}
