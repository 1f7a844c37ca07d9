/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the desks of an office are free.  Time is cut in cells of five minutes;
 * the table cell holds those taken, the opening hours tell which exist. */
#ifndef GUICHET_BACKEND_AGENDA_H
#define GUICHET_BACKEND_AGENDA_H

#include "req.h"

#define CELL_MS 300000
#define CELL_MINUTES 5
#define SLOT_STEP_MINUTES 15            /* between the starts offered */
#define DESKS_MAX 24
#define DAY_CELLS 300                   /* a day of 25 hours */
#define AGENDA_DAYS_MAX 62              /* of one search */

enum cell_state { CELL_CLOSED, CELL_FREE, CELL_HELD, CELL_TAKEN };

struct agenda_office {
	int64_t id;
	char name[LABEL_SIZE];
	char address[LABEL_SIZE];       /* street, postcode and city */
	int desks;
	bool good_friday;               /* closed on it */
	struct rows openings;           /* of struct opening */
};

struct opening {
	int desk, rule, weekday, n;     /* columns of the table opening */
	int64_t day;
	int open_minute, close_minute;
};

struct agenda_day {
	struct date date;
	int64_t first;                  /* cell of midnight */
	bool closed;                    /* the whole day */
	unsigned char state[DESKS_MAX][DAY_CELLS];
	int64_t hold[DESKS_MAX][DAY_CELLS];
};

/* Read an office and its opening hours.  Errors: ERR_NOT_FOUND with 404.  The
 * caller ends it with agenda_fini(), also after a failure. */
bool agenda_init(struct req *req, int64_t office_id,
		 struct agenda_office *office, struct err *err);
void agenda_fini(struct agenda_office *office);

/* Tell whether an opening rule holds on `date`. */
bool opening_holds(const struct opening *opening, struct date date);

/* Fill the cells of one day: opening hours, public holidays, absences, and the
 * cells taken; holds that have expired count as free. */
bool agenda_day(struct req *req, const struct agenda_office *office,
		struct date date, struct agenda_day *day, struct err *err);

/* Return the worst state of `count` cells of `desk` (1...) from the moment
 * `at_ms`; *hold (may be NULL) gets a hold met there, 0 when none. */
enum cell_state agenda_state(const struct agenda_day *day, int desk,
			     int64_t at_ms, int count, int64_t *hold);

/* Add to `out` (of struct slot) the slots of one day that start in [from, to):
 * one line a time, on the lowest desk that is free, else held.  Stops at
 * `limit` rows.  Held ones are left out unless `with_held`. */
bool agenda_slots(struct req *req, const struct agenda_office *office,
		  const struct agenda_day *day, int minutes, int64_t from,
		  int64_t to, bool with_held, size_t limit, struct rows *out,
		  struct err *err);

/* Give the members of slot.taken: the free slots of `minutes` nearest in time to
 * `at_ms` in the office, then those of the nearest other offices. */
bool agenda_nearest(struct req *req, int64_t office_id, int minutes,
		    int64_t at_ms, struct slot_taken *taken, struct err *err);

/* Write to `ids` (of int64_t) the offices, nearest first from a position on the
 * plane; at most `limit`. */
bool agenda_offices_near(struct req *req, int64_t east_m, int64_t north_m,
			 size_t limit, struct rows *ids, struct err *err);

#endif
