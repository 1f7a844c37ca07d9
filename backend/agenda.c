/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda.h"
#include "holder.h"
#include <guichet/base/text.h>
#include <guichet/base/workdays.h>
#include <string.h>

enum { OPENING_WEEKLY, OPENING_EVERY_N_WEEKS, OPENING_NTH_WEEKDAY, OPENING_DATE };

static bool read_openings(struct req *req, struct agenda_office *office,
			  struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT desk, rule, weekday, n, day, open_minute, close_minute"
		" FROM opening WHERE caisse = $1 AND office_id = $2"
		" ORDER BY weekday, open_minute, id", "ii",
		req->caisse, office->id);

	if (!stmt)
		return false;
	while (db_next(stmt, err)) {
		struct opening *opening = rows_add(&office->openings);

		*opening = (struct opening){
			.desk = (int)db_int(stmt, 0),
			.rule = (int)db_int(stmt, 1),
			.weekday = (int)db_int(stmt, 2),
			.n = (int)db_int(stmt, 3),
			.day = db_int(stmt, 4),
			.open_minute = (int)db_int(stmt, 5),
			.close_minute = (int)db_int(stmt, 6),
		};
	}
	db_done(stmt);
	return err->code == ERR_NONE;
}

bool agenda_init(struct req *req, int64_t office_id,
		 struct agenda_office *office, struct err *err)
{
	bool ok = false;
	struct db_stmt *stmt;

	*office = (struct agenda_office){ .id = office_id };
	rows_init(&office->openings, sizeof(struct opening));
	stmt = db_query(req->db, err,
			"SELECT name, address || ', ' || postcode || ' ' || city,"
			" desks, good_friday FROM office"
			" WHERE caisse = $1 AND id = $2", "ii",
			req->caisse, office_id);
	if (!stmt)
		return false;
	if (db_next(stmt, err)) {
		ok = db_copy(stmt, 0, office->name, sizeof(office->name), err);
		/* an address too long for the line is cut, the office opens */
		text_ellipsis(office->address, sizeof(office->address),
			      db_text(stmt, 1), LABEL_SIZE / 2);
		office->desks = (int)db_int(stmt, 2);
		office->good_friday = db_int(stmt, 3) != 0;
		if (office->desks > DESKS_MAX)
			office->desks = DESKS_MAX;
	} else if (err->code == ERR_NONE) {
		refuse_missing(err);
	}
	db_done(stmt);
	return ok && read_openings(req, office, err);
}

void agenda_fini(struct agenda_office *office)
{
	rows_fini(&office->openings);
}

bool opening_holds(const struct opening *opening, struct date date)
{
	int64_t days = date_to_days(date);

	if (opening->rule == OPENING_DATE)
		return days == opening->day;
	if (date_weekday(date) != opening->weekday)
		return false;
	switch (opening->rule) {
	case OPENING_WEEKLY:
		return true;
	case OPENING_EVERY_N_WEEKS:
		return opening->n > 0 && days >= opening->day &&
		       (days - opening->day) / 7 % opening->n == 0;
	case OPENING_NTH_WEEKDAY:
		return (date.day - 1) / 7 + 1 == opening->n;
	default:
		return false;
	}
}

static bool holiday(const struct req *req, const struct agenda_office *office,
		    struct date date)
{
	struct date friday = date_add_days(workdays_easter(date.year), -2);

	/* good_friday is a setting of the office: in 67, 68 and 57 the law
	 * closes only the communes with a Protestant or a mixed church
	 * (Code du travail L3134-13). */
	if (date_compare(date, friday) == 0)
		return office->good_friday;
	return workdays_holiday(date, req->department) != NULL;
}

/* Mark the cells [from, to) of one desk, 0 for all of them. */
static void mark(const struct agenda_office *office, struct agenda_day *day,
		 int desk, int64_t from, int64_t to, enum cell_state state)
{
	int first = desk ? desk : 1, last = desk ? desk : office->desks;

	if (from < day->first)
		from = day->first;
	if (to > day->first + DAY_CELLS)
		to = day->first + DAY_CELLS;
	if (first < 1 || last > office->desks)
		return;
	for (int d = first; d <= last; d++) {
		for (int64_t cell = from; cell < to; cell++)
			day->state[d - 1][cell - day->first] = state;
	}
}

static bool mark_absences(struct req *req, const struct agenda_office *office,
			  struct agenda_day *day, struct err *err)
{
	int64_t start = day->first * CELL_MS;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT desk, starts_at, ends_at FROM absence"
		" WHERE caisse = $1 AND office_id = $2 AND starts_at < $3"
		" AND ends_at > $4", "iiii", req->caisse, office->id,
		start + (int64_t)DAY_CELLS * CELL_MS, start);

	if (!stmt)
		return false;
	while (db_next(stmt, err))
		mark(office, day, (int)db_int(stmt, 0), db_int(stmt, 1) / CELL_MS,
		     (db_int(stmt, 2) + CELL_MS - 1) / CELL_MS, CELL_CLOSED);
	db_done(stmt);
	return err->code == ERR_NONE;
}

static bool mark_taken(struct req *req, struct agenda_day *day,
		       int64_t office_id, int desk, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT cell, hold_id FROM cell WHERE caisse = $1"
		" AND office_id = $2 AND desk = $3 AND cell >= $4 AND cell < $5"
		" AND (expires_at = 0 OR expires_at > $6)", "iiiiii",
		req->caisse, office_id, (int64_t)desk, day->first,
		day->first + DAY_CELLS, req->now_ms);

	if (!stmt)
		return false;
	while (db_next(stmt, err)) {
		int64_t at = db_int(stmt, 0) - day->first;

		/* a desk closed since stays closed */
		if (day->state[desk - 1][at] == CELL_CLOSED)
			continue;
		day->hold[desk - 1][at] = db_int(stmt, 1);
		day->state[desk - 1][at] = db_int(stmt, 1) ? CELL_HELD : CELL_TAKEN;
	}
	db_done(stmt);
	return err->code == ERR_NONE;
}

bool agenda_day(struct req *req, const struct agenda_office *office,
		struct date date, struct agenda_day *day, struct err *err)
{
	memset(day, 0, sizeof(*day));
	day->date = date;
	day->first = zone_moment(req->zone, date, 0) / CELL_MS;
	day->closed = true;
	if (holiday(req, office, date))
		return true;
	for (size_t i = 0; i < office->openings.count; i++) {
		const struct opening *opening = rows_at(&office->openings, i);

		if (!opening_holds(opening, date))
			continue;
		day->closed = false;
		mark(office, day, opening->desk,
		     zone_moment(req->zone, date, opening->open_minute) / CELL_MS,
		     zone_moment(req->zone, date, opening->close_minute) / CELL_MS,
		     CELL_FREE);
	}
	if (day->closed)
		return true;
	if (!mark_absences(req, office, day, err))
		return false;
	for (int desk = 1; desk <= office->desks; desk++) {
		if (!mark_taken(req, day, office->id, desk, err))
			return false;
	}
	return true;
}

enum cell_state agenda_state(const struct agenda_day *day, int desk,
			     int64_t at_ms, int count, int64_t *hold)
{
	int64_t at = at_ms / CELL_MS - day->first;
	enum cell_state worst = CELL_FREE;

	if (hold)
		*hold = 0;
	if (desk < 1 || desk > DESKS_MAX || at < 0 || at + count > DAY_CELLS)
		return CELL_CLOSED;
	for (int64_t i = at; i < at + count; i++) {
		enum cell_state state = day->state[desk - 1][i];

		if (state == CELL_CLOSED)
			return CELL_CLOSED;
		if (state > worst)
			worst = state;
		if (hold && day->hold[desk - 1][i])
			*hold = day->hold[desk - 1][i];
	}
	return worst;
}
