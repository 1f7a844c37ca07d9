/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for slots: those of a day, the nearest to one that was taken, the
 * offices around a place. */
#include "agenda.h"
#include "holder.h"
#include <guichet/base/mem.h>
#include <guichet/base/text.h>
#include <stdlib.h>

#define NEAREST 3                       /* slots offered instead */
#define NEAREST_DAYS 14                 /* on each side, in one office */
#define NEAREST_OFFICES 4
#define ASIDE_MAX 200                   /* free slots compared in one day */

static bool say_holder(struct req *req, int64_t hold_id, struct slot *slot,
		       struct err *err)
{
	bool ok = true;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT a.display_name, h.expires_at FROM hold h"
		" JOIN agent a ON a.caisse = h.caisse AND a.id = h.agent_id"
		" WHERE h.caisse = $1 AND h.id = $2", "ii", req->caisse, hold_id);

	if (!stmt)
		return false;
	if (db_next(stmt, err)) {
		slot->held_until = db_int(stmt, 1);
		ok = db_copy(stmt, 0, slot->held_by, sizeof(slot->held_by), err);
	}
	db_done(stmt);
	return ok && err->code == ERR_NONE;
}

/* Return the desk of a slot that can be shown, 0 when there is none: the lowest
 * free one, else the lowest held one with its hold. */
static int pick_desk(const struct agenda_office *office,
		     const struct agenda_day *day, int64_t at_ms, int count,
		     int64_t *hold)
{
	int held = 0;

	*hold = 0;
	for (int desk = 1; desk <= office->desks; desk++) {
		int64_t found;
		enum cell_state state = agenda_state(day, desk, at_ms, count,
						     &found);

		if (state == CELL_FREE) {
			*hold = 0;
			return desk;
		}
		if (state == CELL_HELD && !held) {
			held = desk;
			*hold = found;
		}
	}
	return held;
}

bool agenda_slots(struct req *req, const struct agenda_office *office,
		  const struct agenda_day *day, int minutes, int64_t from,
		  int64_t to, bool with_held, size_t limit, struct rows *out,
		  struct err *err)
{
	int count = (minutes + CELL_MINUTES - 1) / CELL_MINUTES;
	int step = SLOT_STEP_MINUTES / CELL_MINUTES;

	for (int i = 0; !day->closed && i < DAY_CELLS; i += step) {
		int64_t at_ms = (day->first + i) * CELL_MS, hold;
		struct slot *slot;
		int desk;

		if (out->count >= limit)
			return true;
		if (at_ms < from || at_ms >= to)
			continue;
		desk = pick_desk(office, day, at_ms, count, &hold);
		if (!desk || (hold && !with_held))
			continue;
		slot = rows_add(out);
		slot->desk = desk;
		slot->starts_at = at_ms;
		slot->ends_at = at_ms + (int64_t)count * CELL_MS;
		slot->held = hold != 0;
		id_format(office->id, slot->office_id);
		text_copy(slot->office_name, sizeof(slot->office_name),
			  office->name);
		if (hold && !say_holder(req, hold, slot, err))
			return false;
	}
	return true;
}

static int64_t distance(int64_t a, int64_t b)
{
	return a < b ? b - a : a - b;
}

/* Keep in `taken` the slots nearest to `at_ms`, nearest first, from index
 * `first` on: what is before it is of a nearer office. */
static void keep_near(struct slot_taken *taken, size_t first,
		      const struct slot *slot, int64_t at_ms)
{
	size_t at = taken->count;

	while (at > first && distance(taken->nearest[at - 1].starts_at, at_ms) >
	       distance(slot->starts_at, at_ms))
		at--;
	if (at >= NEAREST)
		return;
	if (taken->count < NEAREST)
		taken->count++;
	for (size_t i = taken->count - 1; i > at; i--)
		taken->nearest[i] = taken->nearest[i - 1];
	taken->nearest[at] = *slot;
}

/* Go away from the day of `at_ms` on both sides until three slots are found. */
static bool search_office(struct req *req, struct agenda_day *day,
			  int64_t office_id, int minutes, int64_t at_ms,
			  struct slot_taken *taken, struct err *err)
{
	struct date middle = zone_date(req->zone, at_ms, NULL);
	struct agenda_office office;
	struct rows found;
	size_t first = taken->count;
	bool ok = agenda_init(req, office_id, &office, err);

	rows_init(&found, sizeof(struct slot));
	for (int aside = 0; ok && aside <= NEAREST_DAYS &&
	     taken->count < NEAREST; aside++) {
		for (int side = aside ? -1 : 1; ok && side <= 1; side += 2) {
			struct date date = date_add_days(middle, side * aside);

			if (date_compare(date, req->today) < 0)
				continue;
			rows_empty(&found);
			ok = agenda_day(req, &office, date, day, err) &&
			     agenda_slots(req, &office, day, minutes, req->now_ms,
					  INT64_MAX, false, ASIDE_MAX, &found,
					  err);
			for (size_t i = 0; ok && i < found.count; i++)
				keep_near(taken, first, rows_at(&found, i), at_ms);
		}
	}
	rows_fini(&found);
	agenda_fini(&office);
	return ok;
}

static bool position(struct req *req, int64_t office_id, int64_t *east_m,
		     int64_t *north_m, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT east_m, north_m FROM office"
		" WHERE caisse = $1 AND id = $2", "ii", req->caisse, office_id);
	bool found;

	if (!stmt)
		return false;
	found = db_next(stmt, err);
	if (found) {
		*east_m = db_int(stmt, 0);
		*north_m = db_int(stmt, 1);
	} else if (err->code == ERR_NONE) {
		refuse_missing(err);
	}
	db_done(stmt);
	return found;
}

bool agenda_nearest(struct req *req, int64_t office_id, int minutes,
		    int64_t at_ms, struct slot_taken *taken, struct err *err)
{
	struct agenda_day *day = mem_new(1, sizeof(*day));
	int64_t east_m = 0, north_m = 0;
	struct rows ids;
	bool ok;

	*taken = (struct slot_taken){ 0 };
	rows_init(&ids, sizeof(int64_t));
	ok = position(req, office_id, &east_m, &north_m, err) &&
	     search_office(req, day, office_id, minutes, at_ms, taken, err) &&
	     agenda_offices_near(req, east_m, north_m, NEAREST_OFFICES, &ids,
				 err);
	for (size_t i = 0; ok && i < ids.count && taken->count < NEAREST; i++) {
		int64_t other = *(int64_t *)rows_at(&ids, i);

		if (other != office_id)
			ok = search_office(req, day, other, minutes, at_ms,
					   taken, err);
	}
	rows_fini(&ids);
	free(day);
	return ok;
}

bool agenda_offices_near(struct req *req, int64_t east_m, int64_t north_m,
			 size_t limit, struct rows *ids, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT id FROM office WHERE caisse = $1"
		" ORDER BY (east_m - $2) * (east_m - $2)"
		" + (north_m - $3) * (north_m - $3), id LIMIT $4", "iiii",
		req->caisse, east_m, north_m, (int64_t)limit);

	if (!stmt)
		return false;
	while (db_next(stmt, err)) {
		int64_t id = db_int(stmt, 0);

		rows_copy_in(ids, &id);
	}
	db_done(stmt);
	return err->code == ERR_NONE;
}
