/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When an office receives: its weeks, and the days when it does not. */
#include "caisse.h"
#include "agenda.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/text.h>
#include <guichet/base/workdays.h>

#include <stdio.h>
#include <string.h>

#define PERIODS_MAX 8                   /* of a day */
#define DAY_MINUTES 1440

struct period { int open, close; };     /* minutes after midnight */

/* Check that the office is there and has this desk; give its department. */
static bool find_office(struct db *db, int64_t caisse, int64_t id, int desk,
			char department[8], struct err *err)
{
	struct db_stmt *stmt = db_query(db, err,
		"SELECT o.desks, c.department FROM office o CROSS JOIN caisse c"
		" WHERE o.caisse = $1 AND o.id = $2 AND c.code = o.caisse", "ii",
		caisse, id);
	int64_t desks;
	bool ok;

	if (!db_next(stmt, err))
		return err_set(err, ERR_NOT_FOUND, _("cette caisse n'a pas cet "
			"accueil : voyez « guichetd office list »"));
	desks = db_int(stmt, 0);
	ok = db_copy(stmt, 1, department, 8, err);
	db_done(stmt);
	if (ok && (desk < 0 || desk > desks))
		return err_set(err, ERR_INVALID,
			       _("--desk : cet accueil a %d guichets"), (int)desks);
	return ok;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Read "09:00" and move past it. */
static bool read_minute(const char **at, int *minute)
{
	const char *text = *at;

	for (int i = 0; i < 5; i++)
		if (i == 2 ? text[i] != ':' : !is_digit(text[i]))
			return false;
	*minute = ((text[0] - '0') * 10 + text[1] - '0') * 60 +
		(text[3] - '0') * 10 + text[4] - '0';
	*at += 5;
	return text[3] < '6' && *minute <= DAY_MINUTES;
}

static bool read_period(const char **at, struct period *period)
{
	if (!read_minute(at, &period->open) || *(*at)++ != '-' ||
	    !read_minute(at, &period->close))
		return false;
	return period->open % CELL_MINUTES == 0 &&
		period->close % CELL_MINUTES == 0 && period->open < period->close;
}

/* Give how many periods there are, -1 for hours that cannot be. */
static int read_hours(const char *text, struct period periods[PERIODS_MAX])
{
	int count = 0;

	if (strcmp(text, "-") == 0)
		return 0;
	for (;;) {
		if (count == PERIODS_MAX || !read_period(&text, &periods[count]))
			return -1;
		if (count && periods[count].open < periods[count - 1].close)
			return -1;
		count++;
		if (*text == '\0')
			return count;
		if (*text++ != ',')
			return -1;
	}
}

static bool add_period(struct db *db, const struct office_week *week, int weekday,
		       const struct period *period, struct err *err)
{
	return db_run(db, err, NULL,
		      "INSERT INTO opening (caisse, office_id, id, desk, rule,"
		      " weekday, n, day, open_minute, close_minute) VALUES ($1, $2,"
		      " (SELECT coalesce(max(id), 0) + 1 FROM opening"
		      " WHERE caisse = $1 AND office_id = $2),"
		      " $3, 0, $4, 0, 0, $5, $6)", "iiiiii", week->caisse,
		      week->office_id, (int64_t)week->desk, (int64_t)weekday,
		      (int64_t)period->open, (int64_t)period->close);
}

bool office_set_week(struct db *db, const struct office_week *week,
		     struct err *err)
{
	struct period periods[PERIODS_MAX];
	int count = read_hours(week->hours, periods);
	char department[8];

	if (week->days[0] == '\0' || week->days[strspn(week->days, "1234567")])
		return err_set(err, ERR_INVALID, _("--days : les jours de 1 (lundi) "
			"à 7 (dimanche) sont attendus, par exemple 12345"));
	if (count < 0)
		return err_set(err, ERR_INVALID, _("--hours : « 09:00-12:00,"
			"13:00-16:30 » est attendu, de 5 en 5 minutes, ou « - »"));
	if (!find_office(db, week->caisse, week->office_id, week->desk, department,
			 err))
		return false;
	for (const char *day = week->days; *day; day++) {
		if (!db_run(db, err, NULL, "DELETE FROM opening WHERE caisse = $1"
			    " AND office_id = $2 AND desk = $3 AND rule = 0"
			    " AND weekday = $4", "iiii", week->caisse,
			    week->office_id, (int64_t)week->desk,
			    (int64_t)(*day - '0')))
			return false;
		for (int i = 0; i < count; i++)
			if (!add_period(db, week, *day - '0', &periods[i], err))
				return false;
	}
	return true;
}

/* "2026-12-24", with "T13:00" or without; a day that ends something counts
 * whole. */
static bool read_moment(const char *text, enum zone zone, bool end,
			int64_t *at_ms, struct err *err)
{
	const char *clock = strchr(text, 'T');
	size_t size = clock ? (size_t)(clock - text) : strlen(text);
	int minute = end ? DAY_MINUTES : 0;
	char day[16];
	struct date date = { 0 };

	snprintf(day, sizeof(day), "%.*s", (int)(size < 15 ? size : 15), text);
	if (clock) {
		clock++;
		if (!read_minute(&clock, &minute) || *clock)
			return err_set(err, ERR_INVALID, _("« %s » : "
				"AAAA-MM-JJ ou AAAA-MM-JJTHH:MM est attendu"), text);
	}
	if (!date_from_iso(day, &date, err) || !date_valid(date))
		return err_set(err, ERR_INVALID, _("« %s » : AAAA-MM-JJ ou "
			"AAAA-MM-JJTHH:MM est attendu"), text);
	if (minute == DAY_MINUTES) {
		date = date_add_days(date, 1);
		minute = 0;
	}
	*at_ms = zone_moment(zone, date, minute);
	return true;
}

static bool count_booked(struct db *db, const struct office_closing *closing,
			 int64_t from, int64_t until, int64_t *booked,
			 struct err *err)
{
	struct db_stmt *stmt = db_query(db, err,
		"SELECT count(*) FROM appointment WHERE caisse = $1"
		" AND office_id = $2 AND ($3 = 0 OR desk = $3) AND state = $4"
		" AND starts_at < $5 AND ends_at > $6", "iiiiii", closing->caisse,
		closing->office_id, (int64_t)closing->desk,
		(int64_t)APPOINTMENT_BOOKED, until, from);

	if (!db_next(stmt, err))
		return false;
	*booked = db_int(stmt, 0);
	db_done(stmt);
	return true;
}

bool office_close(struct db *db, const struct office_closing *closing,
		  int64_t *booked, struct err *err)
{
	int64_t from, until;
	char department[8];
	enum zone zone;

	if (!find_office(db, closing->caisse, closing->office_id, closing->desk,
			 department, err))
		return false;
	zone = workdays_zone(department);
	if (!read_moment(closing->from, zone, false, &from, err) ||
	    !read_moment(closing->until, zone, true, &until, err))
		return false;
	if (from >= until)
		return err_set(err, ERR_INVALID, _("la fin est avant le début"));
	if (strlen(closing->label) >= LABEL_SIZE ||
	    !text_is_clean(closing->label, TEXT_ONE_LINE))
		return err_set(err, ERR_INVALID,
			_("%s : texte trop long, ou caractère refusé"), "--label");
	return db_run(db, err, NULL,
		      "INSERT INTO absence (caisse, office_id, id, desk, starts_at,"
		      " ends_at, label) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		      "iiiiiit", closing->caisse, closing->office_id, id_new(),
		      (int64_t)closing->desk, from, until, closing->label) &&
		count_booked(db, closing, from, until, booked, err);
}
