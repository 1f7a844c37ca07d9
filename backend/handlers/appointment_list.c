/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The day of an office, and the appointments of a person. */
#include "../appointment_store.h"
#include "../holder.h"
#include "handlers.h"
#include <guichet/base/text.h>
#include <stdio.h>

/* Give at most `limit` of the rows found; one more than that was asked for, to
 * know whether there is a next page. */
static bool answer(struct req *req, const struct rows *found, int64_t limit,
		   const char *filter, struct rows *out, struct err *err)
{
	for (size_t i = 0; i < found->count && (int64_t)i < limit; i++) {
		const struct appointment_row *row = rows_at(found, i);

		rows_copy_in(out, &row->told);
		if ((int64_t)i + 1 == limit && found->count > i + 1)
			return req_cursor_write(req, filter, row->span.starts_at,
						row->id, err);
	}
	return true;
}

static bool list_day(struct req *req, const struct appointment_query *query,
		     int64_t limit, struct rows *found, char filter[64],
		     struct err *err)
{
	int64_t office = *query->office_id ? id_parse(query->office_id) :
					     req->office_id;
	struct date day = date_is_set(query->day) ? query->day : req->today;
	int64_t after, id;

	snprintf(filter, 64, "office %lld %lld", (long long)office,
		 (long long)day_number(day));
	if (!req_cursor_read(req, query->cursor, filter, &after, &id, err))
		return false;
	if (after == INT64_MAX)
		after = -1;
	return appointment_of_day(req, office, zone_moment(req->zone, day, 0),
				  zone_moment(req->zone, date_add_days(day, 1), 0),
				  after, id, limit + 1, found, err);
}

/* The appointments of a person are read in a contact with that person, like the
 * rest of the file; the day of an office is the work of its desks. */
static bool list_file(struct req *req, const struct appointment_query *query,
		      int64_t limit, struct rows *found, char filter[64],
		      struct err *err)
{
	int64_t before, id;

	req->file_id = id_parse(query->insured_id);
	snprintf(filter, 64, "file %s", query->insured_id);
	if (req->contact.file_id != req->file_id)
		return req_refuse(err, 403, "contact.needed",
				  "ouvrez d'abord un contact pour ce dossier");
	return req_cursor_read(req, query->cursor, filter, &before, &id, err) &&
	       appointment_of_file(req, req->file_id, before, id, limit + 1,
				   found, err);
}

bool appointment_list(struct req *req, const void *key, const void *body,
		      struct rows *out, struct err *err)
{
	const struct appointment_query *query = key;
	int64_t limit = req_limit(query->limit);
	char filter[64];
	struct rows found;
	bool ok;

	(void)body;
	rows_init(&found, sizeof(struct appointment_row));
	if (*query->insured_id)
		ok = list_file(req, query, limit, &found, filter, err);
	else
		ok = list_day(req, query, limit, &found, filter, err);
	ok = ok && answer(req, &found, limit, filter, out, err);
	rows_fini(&found);
	return ok;
}
