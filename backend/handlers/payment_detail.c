/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One payment, line by line: GET /v1/payments/{payment_id}. */
#include "handlers.h"
#include "payment.h"
#include "people.h"
#include "../holder.h"

#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

#define REFERENCE_DIGITS INT64_C(1000000000000)

static bool read_act(struct req *req, int64_t act_id, struct payment_line *line,
		     struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT code, label FROM act WHERE id = $1", "i", act_id);
	bool ok = true;

	if (db_next(stmt, err))
		ok = db_copy(stmt, 0, line->act, sizeof(line->act), err) &&
		     db_copy(stmt, 1, line->label, sizeof(line->label), err);
	db_done(stmt);
	return ok && err->code == ERR_NONE;
}

static bool give_line(struct req *req, const struct payment_row *row,
		      const struct payline *from, struct payment_line *line,
		      struct err *err)
{
	*line = (struct payment_line){
		.from = day_date(from->from_day),
		.to = day_date(from->to_day),
		.quantity_x100 = from->quantity_x100,
		.spent_cts = from->spent_cts,
		.base_cts = from->base_cts,
		.rate_pct = from->rate_pct ? from->rate_pct : CODEC_NONE,
		.due_cts = from->due_cts,
		.withheld_cts = from->withheld_cts,
		.withheld = from->withheld < WITHHELD_N ? from->withheld : -1,
		.paid_cts = from->paid_cts,
	};
	text_copy(line->label, sizeof(line->label), row->payment.label);
	text_copy(line->pathway, sizeof(line->pathway),
		  payment_pathway(from->pathway));
	text_copy(line->exemption, sizeof(line->exemption),
		  payment_exemption(from->exemption));
	text_copy(line->professional, sizeof(line->professional),
		  row->professional);
	payment_explain(row->payment.kind, from, line->explanation,
			sizeof(line->explanation));
	return read_act(req, from->act_id, line, err);
}

static bool read_account(struct req *req, int64_t file_id,
			 struct payment_detail *detail, struct err *err)
{
	struct db_stmt *stmt;

	if (detail->payment.payee != PAYEE_INSURED)
		return true;
	stmt = db_query(req->db, err,
		"SELECT iban FROM file WHERE caisse = $1 AND id = $2", "ii",
		req->caisse, file_id);
	if (db_next(stmt, err))
		people_mask_account(db_text(stmt, 0), detail->account_masked);
	db_done(stmt);
	return err->code == ERR_NONE;
}

/* The insurer that was told is the one of the day of the payment. */
static bool read_insurer(struct req *req, int64_t file_id,
			 const struct payment_row *row,
			 struct payment_detail *detail, struct err *err)
{
	struct db_stmt *stmt;
	bool ok = true;

	if (!row->noemie)
		return true;
	stmt = db_query(req->db, err,
		"SELECT from_day, to_day, organism FROM entitlement"
		" WHERE caisse = $1 AND file_id = $2 AND person_id = $3"
		" AND kind = $4 ORDER BY from_day DESC", "iiii", req->caisse,
		file_id, row->person_id, (int64_t)RIGHT_COMPLEMENTARY);
	while (ok && !*detail->insurer && db_next(stmt, err)) {
		if (people_runs(db_int(stmt, 0), db_int(stmt, 1), row->paid_day))
			ok = db_copy(stmt, 2, detail->insurer,
				     sizeof(detail->insurer), err);
	}
	db_done(stmt);
	return ok && err->code == ERR_NONE;
}

/* The ceilings are those of one person in a calendar year (Code de la sécurité
 * sociale, D160-6 and D160-10), one for each kind. */
static bool read_year(struct req *req, int64_t file_id,
		      const struct payment_row *row,
		      struct payment_detail *detail, struct err *err)
{
	int64_t year = row->paid_day / 10000 * 10000;
	struct payline line;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT lines FROM payment WHERE caisse = $1 AND file_id = $2"
		" AND person_id = $3 AND state = $4"
		" AND paid_day > $5 AND paid_day <= $6", "iiiiii", req->caisse,
		file_id, row->person_id, (int64_t)PAYMENT_PAID, year,
		year + 1231);

	while (db_next(stmt, err)) {
		struct db_blob packed = db_bytes(stmt, 0);

		for (size_t i = 0;
		     payline_unpack(packed.data, packed.size, i, &line); i++) {
			if (line.withheld == WITHHELD_FLAT)
				detail->year_flat_cts += line.withheld_cts;
			else if (line.withheld == WITHHELD_FRANCHISE)
				detail->year_franchise_cts += line.withheld_cts;
		}
	}
	db_done(stmt);
	return err->code == ERR_NONE;
}

static bool read_ceiling(struct req *req, int64_t on_day,
			 struct payment_detail *detail, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT year_cap_cts FROM withholding WHERE kind = 'PF'"
		" AND from_day <= $1 ORDER BY from_day DESC LIMIT 1",
		"i", on_day);

	detail->year_cap_cts = CODEC_NONE;
	if (db_next(stmt, err))
		detail->year_cap_cts = db_int(stmt, 0);
	db_done(stmt);
	return err->code == ERR_NONE;
}

/* The identifier has both ends: "FILE-PAYMENT". */
static bool read_payment(struct req *req, const char *text,
			 struct payment_row *row, int64_t *file_id,
			 struct err *err)
{
	struct payment_filter filter = { .to_day = INT64_MAX, .kind = -1, .limit = 1 };
	char part[ID_TEXT];
	struct db_stmt *stmt;
	int64_t id;
	bool found;

	snprintf(part, sizeof(part), "%.13s", text);
	id = strlen(text) == PAYMENT_ID_TEXT - 1 ? id_parse(text + ID_TEXT) : 0;
	if (!people_file(req, part, file_id, err))
		return false;
	if (id == 0 || id == INT64_MAX)
		return refuse_missing(err);
	filter.file_id = *file_id;
	filter.before = id + 1;
	stmt = payment_query(req, &filter, err);
	found = payment_next(stmt, *file_id, row, err) && row->id == id;
	db_done(stmt);
	return found || (err->code == ERR_NONE && refuse_missing(err));
}

static bool give_lines(struct req *req, const struct payment_row *row,
		       struct payment_detail *detail, struct err *err)
{
	struct payline line;

	while (payline_unpack(row->packed, row->packed_size, detail->line_count,
			      &line)) {
		if (!give_line(req, row, &line,
			       &detail->lines[detail->line_count], err))
			return false;
		detail->line_count++;
	}
	return true;
}

bool payment_get(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err)
{
	const struct payment_key *path = key;
	struct payment_detail *detail;
	struct payment_row row;
	int64_t file_id;

	(void)body;
	if (!read_payment(req, path->payment_id, &row, &file_id, err))
		return false;
	id_format(row.id, req->object);
	if (!req_needs_tier(req, TIER_STRONG, err))
		return false;
	detail = rows_add(out);
	detail->payment = row.payment;
	detail->noemie = row.noemie;
	snprintf(detail->reference, sizeof(detail->reference), "%04d %012lld",
		 (int)(req->caisse % 10000),
		 (long long)(row.id % REFERENCE_DIGITS));
	if (row.payment.state == PAYMENT_REJECTED)
		text_copy(detail->reason, sizeof(detail->reason),
			  payment_rejection(row.reason));
	return give_lines(req, &row, detail, err) &&
	       read_account(req, file_id, detail, err) &&
	       read_insurer(req, file_id, &row, detail, err) &&
	       read_year(req, file_id, &row, detail, err) &&
	       read_ceiling(req, row.paid_day, detail, err);
}
