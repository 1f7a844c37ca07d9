/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cards of a family. */
#include "../holder.h"
#include "handlers.h"
#include <guichet/base/text.h>

#define CARDS_MAX 200

/* An order is over when its request is; a card whose last day has passed has
 * expired, whatever its row still says. */
static void copy_row(struct req *req, struct db_stmt *stmt, struct card *card)
{
	int request_state = (int)db_int(stmt, 10);

	id_format(db_int(stmt, 0), card->id);
	card->kind = (int)db_int(stmt, 1);
	card->state = (int)db_int(stmt, 2);
	id_format(db_int(stmt, 3), card->beneficiary_id);
	holder_first_name(db_text(stmt, 4), card->beneficiary_name);
	holder_mask_serial(db_text(stmt, 5), card->serial_masked);
	card->ordered_on = day_date(db_int(stmt, 6));
	card->valid_from = day_date(db_int(stmt, 7));
	card->valid_to = day_date(db_int(stmt, 8));
	if (card->state == CARD_ACTIVE && date_is_set(card->valid_to) &&
	    date_compare(card->valid_to, req->today) < 0)
		card->state = CARD_EXPIRED;
	if (request_state >= 0 && request_state != REQUEST_DONE &&
	    request_state != REQUEST_REFUSED &&
	    request_state != REQUEST_CANCELLED) {
		id_format(db_int(stmt, 9), card->request_id);
		text_copy(card->request_number, sizeof(card->request_number),
			  db_text(stmt, 11));
	}
}

bool card_list(struct req *req, const void *key, const void *body,
	       struct rows *out, struct err *err)
{
	const struct insured_key *at = key;
	struct db_stmt *stmt;
	int64_t file_id;

	(void)body;
	if (!holder_open_file(req, at->insured_id, &file_id, err))
		return false;
	stmt = db_query(req->db, err,
		"SELECT c.id, c.kind, c.state, c.person_id, p.first_names,"
		" c.serial, c.ordered_day, c.from_day, c.to_day, c.request_id,"
		" COALESCE(r.state, -1), COALESCE(r.number, '') FROM card c"
		" JOIN person p ON p.caisse = c.caisse AND p.id = c.person_id"
		" LEFT JOIN request r ON r.caisse = c.caisse"
		" AND r.id = c.request_id"
		" WHERE c.caisse = $1 AND c.file_id = $2"
		" ORDER BY p.kinship, p.id, c.kind, c.id DESC LIMIT $3", "iii",
		req->caisse, file_id, (int64_t)CARDS_MAX);
	if (!stmt)
		return false;
	while (db_next(stmt, err))
		copy_row(req, stmt, rows_add(out));
	db_done(stmt);
	return err->code == ERR_NONE;
}
