/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the tables request, request_step and open_order. */
#ifndef GUICHET_BACKEND_REQUEST_STORE_H
#define GUICHET_BACKEND_REQUEST_STORE_H

#include "req.h"

/* Bits of the column missing. */
enum request_piece { PIECE_PHOTO = 1, PIECE_IDENTITY = 2 };

struct request_row {
	int64_t id, file_id, person_id, card_id, agent_id, version;
	int64_t lodged_at;
	unsigned missing;               /* enum request_piece */
	struct request told;            /* as the contract gives it */
};

/* Read one request with the names it needs.  Errors: ERR_NOT_FOUND with 404. */
bool request_load(struct req *req, int64_t id, struct request_row *row,
		  struct err *err);

/* Read the requests of a file; those this agent has to follow (pieces awaited
 * or refused, orders refused).  Newest first, before `id`; at most `limit` rows
 * of struct request_row. */
bool request_of_file(struct req *req, int64_t file_id, int64_t id, int64_t limit,
		     struct rows *out, struct err *err);
bool request_to_follow(struct req *req, int64_t id, int64_t limit,
		       struct rows *out, struct err *err);

/* Lodge what kind, state, file_id, person_id, card_id, missing and expected_on
 * say: gives it an id (unless it has one), a number of `prefix`, version 1 and
 * the first step of its history, with `note`. */
bool request_lodge(struct req *req, struct request_row *row, const char *prefix,
		   const char *note, struct err *err);

/* Write state, missing and expected_on over the version of `row`, raise it, and
 * add a step to the history when the state is new. */
bool request_save(struct req *req, struct request_row *row, const char *note,
		  bool new_state, struct err *err);

/* Make `request_id` the one open order of a kind of card for a person.  *other is
 * 0, or the request that already is, and then nothing is changed. */
bool order_claim(struct req *req, int64_t person_id, int card_kind,
		 int64_t request_id, int64_t *other, struct err *err);

/* Return the request that is the open order in *request_id, 0: none. */
bool order_open(struct req *req, int64_t person_id, int card_kind,
		int64_t *request_id, struct err *err);

/* Refuse with 409 `word` because the request `id` is already open; gives its
 * number. */
bool order_refuse(struct req *req, int64_t id, const char *word,
		  struct err *err);

#endif
