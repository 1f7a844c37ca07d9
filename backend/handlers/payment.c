/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The payments of a file: GET /v1/insured/{insured_id}/payments. */
#include "handlers.h"
#include "payment.h"
#include "people.h"
#include "../mask.h"

#include <stdio.h>

#define DAY_MIN INT64_C(0)
#define DAY_MAX INT64_C(99991231)

static struct payment_filter filter_of(const struct payment_query *query,
				       int64_t file_id)
{
	return (struct payment_filter){
		.file_id = file_id,
		.before = INT64_MAX,
		.from_day = date_is_set(query->from) ?
			day_number(query->from) : DAY_MIN,
		.to_day = date_is_set(query->to) ? day_number(query->to) : DAY_MAX,
		.person_id = id_parse(query->beneficiary_id),
		.kind = query->kind,
		.limit = req_limit(query->limit),
	};
}

static bool read_totals(struct req *req, const struct payment_filter *filter,
			struct payment_totals *totals, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT COUNT(*),"
		" COALESCE(SUM(CASE WHEN state = 0 THEN amount_cts ELSE 0 END), 0),"
		" COALESCE(SUM(CASE WHEN state = 0 THEN withheld_cts ELSE 0 END), 0)"
		" FROM payment WHERE caisse = $1 AND file_id = $2"
		" AND paid_day >= $3 AND paid_day <= $4"
		" AND ($5 = 0 OR person_id = $5) AND ($6 < 0 OR kind = $6)",
		"iiiiii", req->caisse, filter->file_id, filter->from_day,
		filter->to_day, filter->person_id, filter->kind);
	_Static_assert(PAYMENT_PAID == 0, "named in the statement");

	if (db_next(stmt, err)) {
		totals->count = db_int(stmt, 0);
		totals->amount_cts = db_int(stmt, 1);
		totals->withheld_cts = db_int(stmt, 2);
	}
	db_done(stmt);
	return err->code == ERR_NONE;
}

/* The envelope lives in the scratch, which holds nothing else here: its bytes
 * do not move afterwards. */
static bool give_totals(struct req *req, const struct payment_filter *filter,
			bool count, struct err *err)
{
	struct payment_totals totals = { CODEC_NONE, CODEC_NONE, CODEC_NONE };

	if (count && !read_totals(req, filter, &totals, err))
		return false;
	mask_value(&payment_totals_codec, &totals, req->contact.tier);
	buf_empty(&req->scratch);
	if (!buf_add(&req->scratch, &totals, sizeof(totals)))
		return err_set(err, ERR_SYSTEM, "réponse trop longue");
	req->envelope = req->scratch.data;
	return true;
}

static bool read_page(struct req *req, struct payment_filter filter,
		      const char *digest, struct rows *out, struct err *err)
{
	int64_t page = filter.limit, last = 0;
	struct payment_row row;
	struct db_stmt *stmt;

	filter.limit++;
	stmt = payment_query(req, &filter, err);
	while (payment_next(stmt, filter.file_id, &row, err)) {
		if ((int64_t)out->count == page) {
			if (req_cursor_write(req, digest, last, last, err))
				break;
			db_done(stmt);
			return false;
		}
		rows_copy_in(out, &row.payment);
		last = row.id;
	}
	db_done(stmt);
	return err->code == ERR_NONE;
}

bool payment_list(struct req *req, const void *key, const void *body,
		  struct rows *out, struct err *err)
{
	const struct payment_query *query = key;
	struct payment_filter filter;
	char digest[160];
	int64_t file_id, after;

	(void)body;
	if (!people_file(req, query->insured_id, &file_id, err))
		return false;
	filter = filter_of(query, file_id);
	snprintf(digest, sizeof(digest), "payments %s %lld %lld %s %d",
		 query->insured_id, (long long)filter.from_day,
		 (long long)filter.to_day, query->beneficiary_id, query->kind);
	if (!req_cursor_read(req, query->cursor, digest, &after, &filter.before,
			     err) ||
	    !give_totals(req, &filter, query->count, err))
		return false;
	return read_page(req, filter, digest, out, err);
}
