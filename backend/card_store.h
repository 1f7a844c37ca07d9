/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the table card, and the checks that European and Vitale cards share. */
#ifndef GUICHET_BACKEND_CARD_STORE_H
#define GUICHET_BACKEND_CARD_STORE_H

#include "holder.h"

struct card_row {
	int64_t id, file_id, person_id, request_id;
	int kind, state;
	char serial[24];
	struct date ordered_on, from, to; /* no date: year 0 */
};

/* Read one card.  Errors: ERR_NOT_FOUND with 404. */
bool card_load(struct req *req, int64_t id, struct card_row *card,
	       struct err *err);

/* Find the card of a kind that a person holds and may use today, the one that
 * lasts longest; card->id is 0 when there is none. */
bool card_in_force(struct req *req, int64_t person_id, int kind,
		   struct card_row *card, struct err *err);

/* Insert `card`, giving it an id. */
bool card_insert(struct req *req, struct card_row *card, struct err *err);

/* Change the state of a card. */
bool card_set_state(struct req *req, int64_t id, int state, struct err *err);

/* Return the state of a card that was lost (enum loss_kind). */
int card_state_of_loss(int loss);

/* Refuse with 422: address.unconfirmed, rights.closed; ERR_INVALID for a loss
 * that would be in the future. */
bool card_check_address(bool confirmed, struct err *err);
bool card_check_rights(struct req *req, const struct holder *holder,
		       struct err *err);
bool card_check_happened(const struct req *req, struct date happened,
			 struct err *err);

#endif
