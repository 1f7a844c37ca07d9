/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vitale cards: ordering, and reporting one lost, stolen or faulty. */
#include "../card_store.h"
#include "../request_store.h"
#include "../rules.h"
#include "handlers.h"
#include <guichet/base/text.h>
#include <stdio.h>

/* On one's own from 16, from 12 when the parents ask (CSS L161-31). */
static bool check_age(struct req *req, const struct holder *holder,
		      bool parents_request, struct err *err)
{
	int64_t own, parents;
	int age = date_age(holder->birth, req->today);
	char text[120];

	if (!rule_value(req->db, RULE_VITALE_AGE, req->today, &own, err) ||
	    !rule_value(req->db, RULE_VITALE_PARENTS_AGE, req->today, &parents,
			err))
		return false;
	if (age >= own || (age >= parents && parents_request))
		return true;
	if (age >= parents)
		snprintf(text, sizeof(text), "avant %d ans, ce sont les parents"
			 " qui demandent la carte", (int)own);
	else
		snprintf(text, sizeof(text), "la carte Vitale ne se demande pas"
			 " avant %d ans", (int)parents);
	return refuse_field(err, "vitale.age", age >= parents ?
			    "parents_request" : "beneficiary_id", text);
}

static bool fill(struct req *req, const struct request_row *request,
		 const struct holder *holder, struct vitale_receipt *receipt,
		 struct err *err)
{
	int64_t days;

	if (!rule_value(req->db, RULE_VITALE_DAYS, req->today, &days, err))
		return false;
	text_copy(receipt->request_id, sizeof(receipt->request_id),
		  request->told.id);
	text_copy(receipt->number, sizeof(receipt->number),
		  request->told.number);
	id_format(holder->id, receipt->beneficiary_id);
	holder_first_name(holder->first_names, receipt->beneficiary_name);
	receipt->expected_on = date_is_set(request->told.expected_on) ?
		request->told.expected_on :
		date_add_days(req->today, (int)days);
	receipt->photo_missing = request->missing & PIECE_PHOTO;
	receipt->identity_missing = request->missing & PIECE_IDENTITY;
	text_copy(req->object, sizeof(req->object), request->told.number);
	snprintf(req->location, sizeof(req->location), "/v1/requests/%s",
		 request->told.id);
	return true;
}

/* Open the order; *other is the one that is open already, if any. */
static bool open_order(struct req *req, const struct holder *holder, int kind,
		       const char *note, struct request_row *request,
		       int64_t *other, struct err *err)
{
	struct card_row card = {
		.file_id = holder->file_id, .person_id = holder->id,
		.kind = CARD_VITALE, .state = CARD_ORDERED,
		.ordered_on = req->today,
	};

	*request = (struct request_row){
		.id = id_new(),
		.file_id = holder->file_id,
		.person_id = holder->id,
		.missing = PIECE_PHOTO | PIECE_IDENTITY,
		.told = { .kind = kind, .state = REQUEST_WAITING_PIECES },
	};
	if (!order_claim(req, holder->id, CARD_VITALE, request->id, other, err))
		return false;
	if (*other)
		return true;
	card.request_id = request->id;
	if (!card_insert(req, &card, err))
		return false;
	request->card_id = card.id;
	return request_lodge(req, request, "VIT", note, err);
}

bool vitale_create(struct req *req, const void *key, const void *body,
		   struct rows *out, struct err *err)
{
	const struct insured_key *at = key;
	const struct vitale_order *asked = body;
	struct request_row request;
	struct holder holder;
	int64_t file_id, other;

	if (!holder_open_file(req, at->insured_id, &file_id, err) ||
	    !card_check_address(asked->address_confirmed, err) ||
	    !holder_in_file(req, asked->beneficiary_id, file_id,
			    "beneficiary_id", &holder, err) ||
	    !check_age(req, &holder, asked->parents_request, err) ||
	    !card_check_rights(req, &holder, err) ||
	    !open_order(req, &holder, REQUEST_VITALE, "", &request, &other, err))
		return false;
	if (other)
		return order_refuse(req, other, "vitale.open", err);
	return fill(req, &request, &holder, rows_add(out), err);
}

/* Block the card in force, whether its row is known or its serial alone. */
static bool block(struct req *req, const struct holder *holder, int kind,
		  char masked[MASK_SIZE], struct err *err)
{
	struct card_row card;

	*masked = '\0';
	if (!card_in_force(req, holder->id, CARD_VITALE, &card, err))
		return false;
	if (!card.id && !*holder->vitale_serial)
		return true;
	holder_mask_serial(card.id && *card.serial ? card.serial :
			   holder->vitale_serial, masked);
	if (card.id && !card_set_state(req, card.id, card_state_of_loss(kind), err))
		return false;
	/* a blocked card proves nobody's identity any more */
	return db_run(req->db, err, NULL,
		      "UPDATE person SET vitale_serial = '',"
		      " version = version + 1 WHERE caisse = $1 AND id = $2",
		      "ii", req->caisse, holder->id);
}

static bool check_loss(struct req *req, const struct vitale_loss *asked,
		       struct err *err)
{
	if (!asked->declared_on_honour)
		return refuse_field(err, "honour.missing", "declared_on_honour",
				    "la personne doit déclarer la perte sur"
				    " l'honneur");
	return card_check_address(asked->address_confirmed, err) &&
	       card_check_happened(req, asked->happened_on, err);
}

/* Nothing to block: the loss was told before, or there never was a card. */
static bool refuse_nothing(struct req *req, const struct holder *holder,
			   struct err *err)
{
	int64_t open;

	if (!order_open(req, holder->id, CARD_VITALE, &open, err))
		return false;
	if (open)
		return order_refuse(req, open, "vitale.open", err);
	return req_refuse(err, 409, "card.none",
			  "cette personne n'a pas de carte Vitale à bloquer");
}

bool vitale_report_loss(struct req *req, const void *key, const void *body,
			struct rows *out, struct err *err)
{
	const struct insured_key *at = key;
	const struct vitale_loss *asked = body;
	struct vitale_receipt *receipt = rows_add(out);
	struct request_row request;
	struct holder holder;
	int64_t file_id, other;

	if (!holder_open_file(req, at->insured_id, &file_id, err) ||
	    !check_loss(req, asked, err) ||
	    !holder_in_file(req, asked->beneficiary_id, file_id,
			    "beneficiary_id", &holder, err) ||
	    !card_check_rights(req, &holder, err) ||
	    !block(req, &holder, asked->kind, receipt->blocked_card, err))
		return false;
	if (!*receipt->blocked_card)
		return refuse_nothing(req, &holder, err);
	receipt->blocked_on = req->today;
	if (!open_order(req, &holder, REQUEST_VITALE_LOSS,
			"Ancienne carte en opposition", &request, &other, err))
		return false;
	/* The card is blocked all the same when a new one is on its way. */
	if (other && !request_load(req, other, &request, err))
		return false;
	return fill(req, &request, &holder, receipt, err);
}
