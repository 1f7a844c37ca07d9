/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Free slots of one office, or of those nearest to a postcode. */
#include "../agenda.h"
#include "../cells.h"
#include "../holder.h"
#include "../rules.h"
#include "handlers.h"
#include <guichet/base/mem.h>
#include <guichet/base/text.h>
#include <stdlib.h>

#define OFFICES_NEAR 4                  /* looked at around a postcode */

struct search {
	int minutes;
	struct date from, to;
	size_t limit;
};

/* Where a postcode is; one that is not known (a CEDEX) is where the next known
 * one of its department is. */
static bool postcode_position(struct req *req, const char *postcode,
			      int64_t *east_m, int64_t *north_m, struct err *err)
{
	bool found;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT east_m, north_m FROM postcode"
		" WHERE substr(postcode, 1, 2) = substr($1, 1, 2)"
		" ORDER BY CASE WHEN postcode >= $1 THEN 0 ELSE 1 END, postcode"
		" LIMIT 1", "t", postcode);

	if (!stmt)
		return false;
	found = db_next(stmt, err);
	if (found) {
		*east_m = db_int(stmt, 0);
		*north_m = db_int(stmt, 1);
	}
	db_done(stmt);
	if (!found && err->code == ERR_NONE)
		err_field(err, ERR_INVALID, "postcode",
			  "ce code postal n'est pas connu");
	return found;
}

static bool choose_offices(struct req *req, const struct slot_query *query,
			   struct rows *ids, struct err *err)
{
	int64_t east_m, north_m, one = req->office_id;

	if (*query->postcode && !*query->office_id)
		return postcode_position(req, query->postcode, &east_m,
					 &north_m, err) &&
		       agenda_offices_near(req, east_m, north_m, OFFICES_NEAR,
					   ids, err);
	if (*query->office_id)
		one = id_parse(query->office_id);
	rows_copy_in(ids, &one);
	return true;
}

static bool search_office(struct req *req, int64_t office_id,
			  const struct search *search, struct agenda_day *day,
			  struct rows *out, struct err *err)
{
	struct agenda_office office;
	bool ok = agenda_init(req, office_id, &office, err);

	for (struct date date = search->from; ok && out->count < search->limit &&
	     date_compare(date, search->to) <= 0; date = date_add_days(date, 1))
		ok = agenda_day(req, &office, date, day, err) &&
		     agenda_slots(req, &office, day, search->minutes,
				  req->now_ms, INT64_MAX, true, search->limit,
				  out, err);
	agenda_fini(&office);
	return ok;
}

/* No day before today, at most AGENDA_DAYS_MAX of them. */
static bool read_dates(struct req *req, const struct slot_query *query,
		       struct search *search, struct err *err)
{
	int64_t days;

	search->from = query->from;
	search->to = query->to;
	if (!date_is_set(search->from) ||
	    date_compare(search->from, req->today) < 0)
		search->from = req->today;
	if (!date_is_set(search->to)) {
		if (!rule_value(req->db, RULE_SLOT_DAYS, req->today, &days, err))
			return false;
		search->to = date_add_days(search->from, (int)days);
	}
	if (date_to_days(search->to) - date_to_days(search->from) >=
	    AGENDA_DAYS_MAX)
		return err_field(err, ERR_INVALID, "to",
				 "la recherche porte sur %d jours au plus",
				 AGENDA_DAYS_MAX);
	return true;
}

bool slot_list(struct req *req, const void *key, const void *body,
	       struct rows *out, struct err *err)
{
	const struct slot_query *query = key;
	size_t limit = (size_t)req_limit(query->limit);
	struct reason_row reason;
	struct search search;
	struct agenda_day *day;
	struct rows ids;
	bool ok;

	(void)body;
	if (!read_dates(req, query, &search, err) ||
	    !reason_get(req, query->reason, &reason, err))
		return false;
	search.minutes = reason.minutes;
	day = mem_new(1, sizeof(*day));
	rows_init(&ids, sizeof(int64_t));
	ok = choose_offices(req, query, &ids, err);
	/* each office has its share, so that one does not fill the answer */
	for (size_t i = 0; ok && i < ids.count; i++) {
		search.limit = out->count +
			(limit - out->count) / (ids.count - i);
		ok = search_office(req, *(int64_t *)rows_at(&ids, i), &search,
				   day, out, err);
	}
	rows_fini(&ids);
	free(day);
	return ok;
}
