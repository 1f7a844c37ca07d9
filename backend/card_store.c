/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "card_store.h"
#include <guichet/base/text.h>

#define COLUMNS \
	"SELECT id, file_id, person_id, request_id, kind, state, serial," \
	" ordered_day, from_day, to_day FROM card"

static bool copy_row(struct db_stmt *stmt, struct card_row *card,
		     struct err *err)
{
	*card = (struct card_row){
		.id = db_int(stmt, 0),
		.file_id = db_int(stmt, 1),
		.person_id = db_int(stmt, 2),
		.request_id = db_int(stmt, 3),
		.kind = (int)db_int(stmt, 4),
		.state = (int)db_int(stmt, 5),
		.ordered_on = day_date(db_int(stmt, 7)),
		.from = day_date(db_int(stmt, 8)),
		.to = day_date(db_int(stmt, 9)),
	};
	return db_copy(stmt, 6, card->serial, sizeof(card->serial), err);
}

bool card_load(struct req *req, int64_t id, struct card_row *card,
	       struct err *err)
{
	bool ok = false;
	struct db_stmt *stmt = db_query(req->db, err,
		COLUMNS " WHERE caisse = $1 AND id = $2", "ii", req->caisse, id);

	if (!stmt)
		return false;
	if (db_next(stmt, err))
		ok = copy_row(stmt, card, err);
	else if (err->code == ERR_NONE)
		refuse_missing(err);
	db_done(stmt);
	return ok;
}

/* By file, as the index is: a family has few cards. */
bool card_in_force(struct req *req, int64_t person_id, int kind,
		   struct card_row *card, struct err *err)
{
	bool ok = true;
	struct db_stmt *stmt = db_query(req->db, err,
		COLUMNS " WHERE caisse = $1 AND file_id = (SELECT p.file_id"
		" FROM person p WHERE p.caisse = $1 AND p.id = $2)"
		" AND person_id = $2 AND kind = $3 AND state IN ($4, $5)"
		" AND (to_day = 0 OR to_day >= $6)"
		" ORDER BY to_day DESC, id DESC LIMIT 1", "iiiiii", req->caisse,
		person_id, (int64_t)kind, (int64_t)CARD_ACTIVE,
		(int64_t)CARD_SENT, day_number(req->today));

	*card = (struct card_row){ 0 };
	if (!stmt)
		return false;
	if (db_next(stmt, err))
		ok = copy_row(stmt, card, err);
	db_done(stmt);
	return ok && err->code == ERR_NONE;
}

bool card_insert(struct req *req, struct card_row *card, struct err *err)
{
	card->id = id_new();
	return db_run(req->db, err, NULL,
		      "INSERT INTO card (caisse, id, kind, state, file_id,"
		      " person_id, serial, ordered_day, from_day, to_day,"
		      " request_id, version) VALUES ($1, $2, $3, $4, $5, $6, $7,"
		      " $8, $9, $10, $11, 1)", "iiiiiitiiii", req->caisse,
		      card->id, (int64_t)card->kind, (int64_t)card->state,
		      card->file_id, card->person_id, card->serial,
		      day_number(card->ordered_on), day_number(card->from),
		      day_number(card->to), card->request_id);
}

bool card_set_state(struct req *req, int64_t id, int state, struct err *err)
{
	return db_run(req->db, err, NULL,
		      "UPDATE card SET state = $1, version = version + 1"
		      " WHERE caisse = $2 AND id = $3", "iii", (int64_t)state,
		      req->caisse, id);
}

int card_state_of_loss(int loss)
{
	static const int states[] = {
		[LOSS_LOST] = CARD_LOST,
		[LOSS_STOLEN] = CARD_STOLEN,
		[LOSS_FAULTY] = CARD_FAULTY,
	};

	_Static_assert(sizeof(states) / sizeof(*states) == LOSS_N,
		       "every loss leaves the card in a state");
	return states[loss];
}

bool card_check_address(bool confirmed, struct err *err)
{
	return confirmed ||
	       refuse_field(err, "address.unconfirmed", "address_confirmed",
			    "faites d'abord confirmer l'adresse d'envoi");
}

bool card_check_rights(struct req *req, const struct holder *holder,
		       struct err *err)
{
	bool open;

	if (!holder_rights(req, holder, &open, err))
		return false;
	return open || req_refuse(err, 422, "rights.closed",
				  "les droits de cette personne sont fermés");
}

bool card_check_happened(const struct req *req, struct date happened,
			 struct err *err)
{
	if (!date_is_set(happened) || date_compare(happened, req->today) <= 0)
		return true;
	return err_field(err, ERR_INVALID, "happened_on",
			 "la date de la perte est dans l'avenir");
}
