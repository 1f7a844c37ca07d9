/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Civil dates and moments.  A date is a year, a month and a day; a moment is
 * milliseconds since 1970-01-01 UTC.  A birth date may be incomplete: month and
 * day 0, or day 0, for records of civil status without them. */
#ifndef GUICHET_BASE_DATE_H
#define GUICHET_BASE_DATE_H

#include <guichet/base/err.h>
#include <stddef.h>
#include <stdint.h>

struct date {
	int year;                       /* 1850..2199; 0 when there is no date */
	int month;                      /* 1..12, 0 unknown */
	int day;                        /* 1..31, 0 unknown */
};

#define DATE_TEXT 32                    /* bytes for any text made here */

/* Tell whether `date` is a complete date of the calendar. */
bool date_valid(struct date date);

/* Tell whether `date` is complete, or incomplete as a birth date may be. */
bool date_valid_birth(struct date date);

/* Tell whether there is a date at all. */
bool date_is_set(struct date date);

/* Days since 1970-01-01 of a complete date, and back. */
int64_t date_to_days(struct date date);
struct date date_from_days(int64_t days);

/* Return -1, 0 or 1 as `a` is before, equal to or after `b`. */
int date_compare(struct date a, struct date b);

/* Return `date` moved by `days`, or by `months` (the day is lowered to the last
 * of the month when needed). */
struct date date_add_days(struct date date, int days);
struct date date_add_months(struct date date, int months);

/* Return 1 for Monday to 7 for Sunday. */
int date_weekday(struct date date);

/* Return the age in whole years of someone born on `birth` (unknown month or
 * day count as 1) on the day `on`. */
int date_age(struct date birth, struct date on);

/* Read and write ISO 8601: "2026-11-23"; incomplete "1952-00-00".  "" is no
 * date.  Errors: ERR_INVALID. */
bool date_from_iso(const char *text, struct date *date, struct err *err);
void date_to_iso(struct date date, char out[DATE_TEXT]);

/* Write for the agent: "23/11/2026", "23/11/26", "lun. 23/11/2026".  An unknown
 * day or month is written "00". */
void date_to_text(struct date date, char out[DATE_TEXT]);
void date_to_short(struct date date, char out[DATE_TEXT]);
void date_to_full(struct date date, char out[DATE_TEXT]);

/*
 * Read what an agent types: 15/3, 15/03/26, 15032026, 1503, 150326, 2026-03-15,
 * +7, -2, 7j, lun (next Monday, never today), lun+1 (a week later), fdm (end of
 * the month), auj.  A date without a year is the next one from `today` on.  Two
 * digits of a year are within 80 years before and 19 after `today`.  Errors:
 * ERR_INVALID with the reason in words: "le 31/02 n'existe pas".
 */
bool date_from_input(const char *text, struct date today, struct date *date,
		     struct err *err);

/* Read a birth date: like date_from_input() without shortcuts, always with a year,
 * never after `today`; 00/00/1952, 03/1985 and 1985 are accepted as incomplete.
 * Two digits of a year are those of the last hundred years. */
bool date_from_birth_input(const char *text, struct date today,
			   struct date *date, struct err *err);

/* Time zones of the offices.  Rules in force in 2026. */
enum zone {
	ZONE_PARIS, ZONE_GUADELOUPE, ZONE_MARTINIQUE, ZONE_GUYANE, ZONE_REUNION,
	ZONE_MAYOTTE, ZONE_N
};

extern const char *const zone_names[ZONE_N + 1];   /* "Europe/Paris"... NULL */

/* Return the seconds to add to UTC in `zone` at moment `at_ms`. */
int zone_offset_s(enum zone zone, int64_t at_ms);

/* Return the moment of `minute` minutes after local midnight of `date`.  An hour
 * that does not exist is moved forward; of an hour that comes twice, the first. */
int64_t zone_moment(enum zone zone, struct date date, int minute);

/* Return the local date of a moment and, when `minute` is not NULL, the minutes
 * after local midnight (0..1439). */
struct date zone_date(enum zone zone, int64_t at_ms, int *minute);

/* Read and write RFC 3339 with offset: "2026-11-23T10:45:00+01:00"; milliseconds
 * are read and written when they are not 0.  Errors: ERR_INVALID. */
bool moment_from_rfc3339(const char *text, int64_t *at_ms, struct err *err);
void moment_to_rfc3339(enum zone zone, int64_t at_ms, char out[DATE_TEXT]);

/* Write for the agent: "10:45", "14 h 05", "23/11/2026 10:45". */
void moment_to_clock(enum zone zone, int64_t at_ms, char out[DATE_TEXT]);
void moment_to_hour(enum zone zone, int64_t at_ms, char out[DATE_TEXT]);
void moment_to_text(enum zone zone, int64_t at_ms, char out[DATE_TEXT]);

#endif
