/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Appointments from two weeks ago to three weeks ahead. */
#include "agenda.h"

#include <guichet/api/appointment.h>
#include <guichet/base/clock.h>
#include <guichet/base/mem.h>
#include <guichet/base/text.h>
#include <guichet/base/workdays.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAYS_BEFORE 14
#define DAYS_AFTER 21
#define SCRIPTED 5

struct booked {
	int64_t created, starts, ends, arrived;
	int64_t file_id;
	int caisse, office, desk, state, cancelled_by, agent;
	const struct table_reason *reason;
	int64_t id;
	int moves_to;                   /* serial of the new one, 0: none */
	int serial;
	char number[NUMBER_SIZE];
};

struct booking {
	const struct seed_world *world;
	struct booked *rows;
	size_t count, size;
	struct rng rng;
	int next[2];                    /* files used, by caisse */
	uint32_t permille;              /* of the time that is booked */
};

static struct booked *add(struct booking *all)
{
	if (all->count == all->size) {
		all->size = all->size * 2 + 512;
		all->rows = mem_grow(all->rows, all->size, sizeof(*all->rows));
	}
	all->rows[all->count] = (struct booked){ .cancelled_by = -1,
		.serial = (int)all->count + 1 };
	return &all->rows[all->count++];
}

/* Each file comes once: a walk through them by a large step. */
static int64_t next_file(struct booking *all, int caisse)
{
	int row = caisse == SEED_CAISSE_2;
	int second = all->world->options.insured / SEED_SHARE_2;
	int count = row ? second : all->world->options.insured - second;
	int64_t at;

	do {
		at = (all->next[row]++ * INT64_C(7919) + 31) % count;
	} while (!row && at < seed_persona_count());
	return seed_file_id((int)at + (row ? SEED_FIRST_2 : 0));
}

static void draw_state(struct booking *all, struct booked *row)
{
	int64_t now = all->world->now_ms;
	int drawn = rng_between(&all->rng, 0, 99);

	if (row->ends <= now)
		row->state = drawn < 80 ? APPOINTMENT_DONE : drawn < 89 ?
			APPOINTMENT_NO_SHOW : drawn < 95 ? APPOINTMENT_CANCELLED :
			APPOINTMENT_SETTLED_BEFORE;
	else if (row->starts <= now)
		row->state = APPOINTMENT_IN_PROGRESS;
	else if (row->starts - now < 20 * SEED_MINUTE_MS)
		row->state = drawn < 60 ? APPOINTMENT_ARRIVED :
			APPOINTMENT_BOOKED;
	else
		row->state = drawn < 93 ? APPOINTMENT_BOOKED : drawn < 98 ?
			APPOINTMENT_CANCELLED : APPOINTMENT_SETTLED_BEFORE;
	if (row->state == APPOINTMENT_CANCELLED)
		row->cancelled_by = drawn % 4 ? CANCELLED_BY_INSURED :
			CANCELLED_BY_CAISSE;
	if (row->state >= APPOINTMENT_ARRIVED && row->state <= APPOINTMENT_DONE)
		row->arrived = row->starts -
			rng_between(&all->rng, 1, 14) * SEED_MINUTE_MS;
	if (row->arrived > now)
		row->arrived = now - SEED_MINUTE_MS;
}

/* The same person, the same hour, a week before: moved. */
static void moved_from(struct booking *all, size_t index)
{
	struct booked *old = add(all);
	const struct booked *row = &all->rows[index];
	int serial = old->serial;

	*old = *row;
	old->serial = serial;
	old->state = APPOINTMENT_MOVED;
	old->moves_to = row->serial;
	old->arrived = 0;
	old->starts -= 7 * DAY_MS;
	old->ends -= 7 * DAY_MS;
	old->created -= 9 * DAY_MS;
}

static void draw_agent(struct booking *all, struct booked *row)
{
	row->agent = row->caisse == SEED_CAISSE ? rng_between(&all->rng, 0, 11) :
		rng_between(&all->rng, 12, 14);
	row->created = row->starts - rng_between(&all->rng, 2, 18) * DAY_MS -
		rng_between(&all->rng, 0, 180) * SEED_MINUTE_MS;
	if (row->created > all->world->now_ms)
		row->created = all->world->now_ms -
			rng_between(&all->rng, 1, 3000) * SEED_MINUTE_MS;
}

/* The hours of the personas are theirs: they were added first. */
static bool kept(const struct booking *all, int office, int desk, int64_t starts,
		 int64_t ends)
{
	for (size_t at = 0; at < SCRIPTED && at < all->count; at++) {
		const struct booked *row = &all->rows[at];

		if (row->office == office && row->desk == desk &&
		    starts < row->ends && row->starts < ends)
			return true;
	}
	return false;
}

static void fill_desk(struct booking *all, int office, int desk, struct date date,
		      const struct opening *opening)
{
	int minute = opening->open_minute, reasons = 0;

	while (table_reasons[reasons].code)
		reasons++;
	while (minute + 45 <= opening->close_minute) {
		const struct table_reason *reason = &table_reasons[
			rng_chance(&all->rng, 400) ? 0 :
			(int)rng_below(&all->rng, (uint32_t)reasons)];
		int64_t starts = zone_moment(ZONE_PARIS, date, minute);
		int64_t ends = starts + reason->minutes * SEED_MINUTE_MS;
		struct booked *row;

		if (!rng_chance(&all->rng, all->permille) ||
		    kept(all, office, desk, starts, ends) ||
		    seed_absent(all->world, office, desk, starts, ends)) {
			minute += 30;
			continue;
		}
		row = add(all);
		row->caisse = seed_offices[office].caisse;
		row->office = office;
		row->desk = desk;
		row->reason = reason;
		row->starts = starts;
		row->ends = ends;
		row->file_id = next_file(all, row->caisse);
		draw_agent(all, row);
		draw_state(all, row);
		if (row->state == APPOINTMENT_BOOKED && rng_chance(&all->rng, 30))
			moved_from(all, all->count - 1);
		minute += (reason->minutes + 14) / 15 * 15;
	}
}

static void fill_day(struct booking *all, int day)
{
	struct date date = date_from_days(day);
	struct opening opening;

	if (workdays_holiday(date, "38"))
		return;
	for (int row = 0; seed_openings[row].weekdays; row++) {
		const struct seed_opening *rule = &seed_openings[row];
		int desks = seed_offices[rule->office].desks;

		if (!seed_holds(all->world, rule, date, &opening))
			continue;
		for (int desk = 1; desk <= desks; desk++) {
			if (!rule->desk || rule->desk == desk)
				fill_desk(all, rule->office, desk, date, &opening);
		}
	}
}

/* Appointments of personas, on the first open day after `after` days. */
static const struct scripted {
	int persona, office, desk, after, minute, arrives;
	const char *reason;
} scripted[SCRIPTED] = {
	{ 0, 0, 3, 0, 645, 631, "C2S" },
	{ 4, 0, 2, 0, 660, 0, "IJ" },
	{ 18, 0, 3, 3, 600, 0, "C2S" },
	{ 20, 9, 2, 2, 585, 0, "IJ" },
	{ 26, 0, 2, 3, 600, 0, "NUM" },
};

static void add_scripted(struct booking *all, const struct scripted *script)
{
	const struct seed_world *world = all->world;
	int day = world->today + script->after;
	struct booked *row = add(all);

	while (!seed_office_open(world, script->office, script->desk, day,
			    script->minute))
		day++;
	row->caisse = SEED_CAISSE;
	row->office = script->office;
	row->desk = script->desk;
	row->file_id = seed_file_id(script->persona);
	row->starts = zone_moment(ZONE_PARIS, date_from_days(day), script->minute);
	row->reason = table_reasons;
	while (row->reason->code && strcmp(row->reason->code, script->reason))
		row->reason++;
	row->ends = row->starts + row->reason->minutes * SEED_MINUTE_MS;
	row->created = world->today * DAY_MS - 4 * DAY_MS + 9 * 60 * SEED_MINUTE_MS;
	if (script->arrives)
		row->arrived = row->starts -
			(script->minute - script->arrives) * SEED_MINUTE_MS;
	if (world->now_ms >= row->ends)
		row->state = APPOINTMENT_DONE;
	else if (row->arrived && world->now_ms >= row->arrived)
		row->state = APPOINTMENT_ARRIVED;
	if (row->state == APPOINTMENT_BOOKED)
		row->arrived = 0;
	else if (!row->arrived)
		row->arrived = row->starts;
}

static int by_creation(const void *left, const void *right)
{
	const struct booked *a = left, *b = right;

	if (a->caisse != b->caisse)
		return a->caisse < b->caisse ? -1 : 1;
	if (a->created != b->created)
		return a->created < b->created ? -1 : 1;
	return a->serial - b->serial;
}

static bool write_cells(struct db *db, const struct booked *row, struct err *err)
{
	if (row->state == APPOINTMENT_CANCELLED || row->state == APPOINTMENT_MOVED ||
	    row->state == APPOINTMENT_SETTLED_BEFORE)
		return true;
	for (int64_t cell = row->starts / CELL_MS; cell < row->ends / CELL_MS;
	     cell++) {
		if (!db_run(db, err, NULL,
			    "INSERT INTO cell (caisse, office_id, desk, cell,"
			    " hold_id, appointment_id, expires_at) VALUES ($1, $2,"
			    " $3, $4, 0, $5, 0)", "iiiii", (int64_t)row->caisse,
			    seed_office_id(row->office), (int64_t)row->desk, cell,
			    row->id))
			return false;
	}
	return true;
}

static bool write_row(struct db *db, const struct booked *row,
		      const char *moved_to, struct err *err)
{
	const char *why = row->cancelled_by < 0 ? "" :
		row->cancelled_by == CANCELLED_BY_INSURED ?
		"Empêchement de l'assuré" : "Conseiller absent";

	return db_run(db, err, NULL,
		      "INSERT INTO appointment (caisse, id, number, file_id,"
		      " office_id, desk, reason, channel, starts_at, ends_at,"
		      " state, cancelled_by, cancel_reason, arrived_at, phone,"
		      " note, moved_to, agent_id) VALUES ($1, $2, $3, $4, $5, $6,"
		      " $7, $8, $9, $10, $11, $12, $13, $14, '', '', $15, $16)",
		      "iitiiitiiiiititi", (int64_t)row->caisse, row->id,
		      row->number, row->file_id, seed_office_id(row->office),
		      (int64_t)row->desk, row->reason->code,
		      (int64_t)CHANNEL_COUNTER, row->starts, row->ends,
		      (int64_t)row->state, (int64_t)row->cancelled_by, why,
		      row->arrived, moved_to, seed_agent_id(row->agent)) &&
		write_cells(db, row, err);
}

static bool write_numbering(struct db *db, int caisse, int year, int64_t last,
			    struct err *err)
{
	return !last || db_run(db, err, NULL,
		"INSERT INTO numbering (caisse, kind, year, last)"
		" VALUES ($1, 'RDV', $2, $3)", "iii", (int64_t)caisse,
		(int64_t)year, last);
}

/* Give identifiers and numbers, in the order of the bookings. */
static bool number_all(struct db *db, struct booking *all, struct err *err)
{
	int caisse = 0, year = 0;
	int64_t last = 0;

	qsort(all->rows, all->count, sizeof(*all->rows), by_creation);
	for (size_t at = 0; at < all->count; at++) {
		struct booked *row = &all->rows[at];
		int its = (int)(zone_date(ZONE_PARIS, row->created, NULL).year %
				100);

		if (row->caisse != caisse || its != year) {
			if (!write_numbering(db, caisse, year, last, err))
				return false;
			caisse = row->caisse;
			year = its;
			last = 0;
		}
		row->id = id_at(row->created, (unsigned)row->serial);
		snprintf(row->number, sizeof(row->number), "RDV-%02d-%06d", year,
			 (int)++last);
	}
	return write_numbering(db, caisse, year, last, err);
}

static const char *number_of(const struct booking *all, int serial)
{
	for (size_t at = 0; serial && at < all->count; at++) {
		if (all->rows[at].serial == serial)
			return all->rows[at].number;
	}
	return "";
}

bool seed_agenda(struct db *db, const struct seed_world *world, struct err *err)
{
	struct booking all = { .world = world };
	bool ok;

	all.rng.state = rng_mix((uint64_t)world->options.seed + 77);
	all.permille = (uint32_t)(20 + world->options.insured / 20);
	if (all.permille > 550)
		all.permille = 550;
	for (size_t at = 0; at < SCRIPTED; at++)
		add_scripted(&all, &scripted[at]);
	for (int day = world->today - DAYS_BEFORE;
	     day <= world->today + DAYS_AFTER; day++)
		fill_day(&all, day);
	ok = number_all(db, &all, err);
	for (size_t at = 0; ok && at < all.count; at++)
		ok = write_row(db, &all.rows[at],
			       number_of(&all, all.rows[at].moves_to), err);
	free(all.rows);
	return ok;
}
