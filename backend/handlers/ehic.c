/* SPDX-License-Identifier: GPL-3.0-or-later */
/* European health insurance cards: ordering, and reporting a loss. */
#include "../ehic_rule.h"
#include "../request_store.h"
#include "handlers.h"
#include <guichet/base/text.h>
#include <stdio.h>

/* One person of an order; a refusal names its place in the list. */
static bool order_person(struct req *req, const struct person_ref *person,
			 size_t index, int64_t file_id,
			 const struct ehic_terms *terms, struct ehic_item *item,
			 struct err *err)
{
	struct holder holder;
	char field[32];

	snprintf(field, sizeof(field), "persons/%zu/id", index);
	if (holder_in_file(req, person->id, file_id, field, &holder, err) &&
	    ehic_check_valid(req, &holder, terms, err) &&
	    ehic_order_one(req, &holder, REQUEST_EHIC, terms, item, err))
		return true;
	text_copy(err->field, sizeof(err->field), field);
	return false;
}

/* All persons or none: the transaction of the request is what undoes those
 * already ordered. */
bool ehic_create(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err)
{
	const struct insured_key *at = key;
	const struct ehic_order *asked = body;
	struct ehic_receipt *receipt = rows_add(out);
	struct ehic_terms terms;
	int64_t file_id;

	if (!holder_open_file(req, at->insured_id, &file_id, err) ||
	    !card_check_address(asked->address_confirmed, err) ||
	    !ehic_terms_read(req, asked->departure, asked->certificate, &terms,
			     err))
		return false;
	if (asked->person_count == 0)
		return err_field(err, ERR_INVALID, "persons",
				 "choisissez au moins une personne");
	for (size_t i = 0; i < asked->person_count; i++) {
		if (!order_person(req, &asked->persons[i], i, file_id, &terms,
				  &receipt->items[i], err))
			return false;
		receipt->item_count++;
	}
	text_copy(req->object, sizeof(req->object), receipt->items[0].number);
	snprintf(req->location, sizeof(req->location), "/v1/requests/%s",
		 receipt->items[0].request_id);
	return true;
}

/* A loss without a new order is a declaration, done as soon as it is made. */
static bool declare_only(struct req *req, const struct holder *holder,
			 const struct card_row *lost, struct ehic_item *item,
			 struct err *err)
{
	struct request_row request = {
		.file_id = holder->file_id,
		.person_id = holder->id,
		.card_id = lost->id,
		.told = { .kind = REQUEST_EHIC_LOSS, .state = REQUEST_DONE },
	};

	if (!request_lodge(req, &request, "CEAM", "", err))
		return false;
	text_copy(item->request_id, sizeof(item->request_id), request.told.id);
	text_copy(item->number, sizeof(item->number), request.told.number);
	id_format(holder->id, item->beneficiary_id);
	holder_first_name(holder->first_names, item->beneficiary_name);
	return true;
}

static bool check_loss(struct req *req, const struct ehic_loss *asked,
		       struct err *err)
{
	if (asked->kind == LOSS_FAULTY)
		return err_field(err, ERR_INVALID, "kind",
				 "dites si la carte est perdue ou volée");
	if (asked->certificate && !asked->order)
		return err_field(err, ERR_INVALID, "certificate",
				 "le certificat accompagne une nouvelle carte");
	return card_check_happened(req, asked->happened_on, err) &&
	       (!asked->order ||
		card_check_address(asked->address_confirmed, err));
}

bool ehic_report_loss(struct req *req, const void *key, const void *body,
		      struct rows *out, struct err *err)
{
	const struct insured_key *at = key;
	const struct ehic_loss *asked = body;
	struct ehic_receipt *receipt = rows_add(out);
	struct ehic_terms terms;
	struct holder holder;
	struct card_row lost;
	int64_t file_id;

	if (!holder_open_file(req, at->insured_id, &file_id, err) ||
	    !check_loss(req, asked, err) ||
	    !holder_in_file(req, asked->beneficiary_id, file_id,
			    "beneficiary_id", &holder, err) ||
	    !card_in_force(req, holder.id, CARD_EHIC, &lost, err))
		return false;
	if (!lost.id)
		return req_refuse(err, 409, "card.none",
				  "cette personne n'a pas de carte européenne valable");
	if (!card_set_state(req, lost.id, card_state_of_loss(asked->kind), err))
		return false;
	holder_mask_serial(lost.serial, receipt->lost_card);
	receipt->item_count = 1;
	text_copy(req->object, sizeof(req->object), asked->beneficiary_id);
	if (!asked->order)
		return declare_only(req, &holder, &lost, receipt->items, err);
	return ehic_terms_read(req, asked->departure, asked->certificate,
			       &terms, err) &&
	       ehic_order_one(req, &holder, REQUEST_EHIC_LOSS, &terms,
			      receipt->items, err);
}
