/* SPDX-License-Identifier: GPL-3.0-or-later */
/* French working days.  Public holidays: Code du travail L3133-1, L3134-13 (67,
 * 68, 57) and the overseas abolition days (decree 83-1003 and its successors), as
 * in force in 2026.  Good Friday is counted in the whole of 67, 68 and 57,
 * though the law keeps it to the towns that have a Protestant church. */
#ifndef GUICHET_BASE_WORKDAYS_H
#define GUICHET_BASE_WORKDAYS_H

#include <guichet/base/date.h>

/* Easter Sunday of `year`, 1583..2199. */
struct date workdays_easter(int year);

/* Return the French name of the public holiday that `date` is in `department`
 * ("38", "2A", "971", "978" Saint-Martin, "977" Saint-Barthélemy), or NULL. */
const char *workdays_holiday(struct date date, const char *department);

/* Tell whether `date` is Monday to Friday and no public holiday. */
bool workdays_is_open(struct date date, const char *department);

/* Return the zone in which `department` lives. */
enum zone workdays_zone(const char *department);

/* Return when `hours` working hours from `at_ms` have run: hours counted day and
 * night on working days of `department`, stopped on the others. */
int64_t workdays_due(int64_t at_ms, int hours, const char *department);

#endif
