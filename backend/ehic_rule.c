/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehic_rule.h"
#include "request_store.h"
#include "rules.h"
#include <guichet/base/text.h>
#include <guichet/base/workdays.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rule_values {
	int64_t months, renewal, departure, delivery, certificate;
};

static bool read_rules(struct req *req, struct rule_values *values,
		       struct err *err)
{
	const struct { const char *name; int64_t *value; } wanted[] = {
		{ RULE_EHIC_MONTHS, &values->months },
		{ RULE_EHIC_RENEWAL, &values->renewal },
		{ RULE_EHIC_DEPARTURE, &values->departure },
		{ RULE_EHIC_DELIVERY, &values->delivery },
		{ RULE_CERTIFICATE_MONTHS, &values->certificate },
	};

	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		if (!rule_value(req->db, wanted[i].name, req->today,
				wanted[i].value, err))
			return false;
	}
	return true;
}

static struct date add_workdays(struct date date, int64_t count,
				const char *department)
{
	while (count > 0) {
		date = date_add_days(date, 1);
		if (workdays_is_open(date, department))
			count--;
	}
	return date;
}

/* Months from `from` on, the last day being the one before the same day. */
static struct date last_day(struct date from, int64_t months)
{
	return date_add_days(date_add_months(from, (int)months), -1);
}

bool ehic_terms_read(struct req *req, struct date departure, bool certificate,
		     struct ehic_terms *terms, struct err *err)
{
	struct rule_values values;
	struct date soon;

	if (date_is_set(departure) && date_compare(departure, req->today) < 0)
		return refuse_field(err, "departure.past", "departure",
				    "la date de départ est déjà passée");
	if (!read_rules(req, &values, err))
		return false;
	*terms = (struct ehic_terms){
		.departure = departure,
		.certificate = certificate,
		.card_from = req->today,
		.card_to = last_day(req->today, values.months),
		.expected_on = add_workdays(req->today, values.delivery,
					    req->department),
		.certificate_from = req->today,
		.renewable_before = date_add_months(req->today,
						    (int)values.renewal),
	};
	/* Its months start when the stay does, if the stay is near: the
	 * card is there for a later one. */
	soon = date_add_days(req->today, (int)values.departure);
	if (date_is_set(departure) && date_compare(departure, soon) <= 0)
		terms->certificate_from = departure;
	terms->certificate_to = last_day(terms->certificate_from,
					 values.certificate);
	return true;
}

bool ehic_check_valid(struct req *req, const struct holder *holder,
		      const struct ehic_terms *terms, struct err *err)
{
	struct card_conflict conflict = { 0 };
	struct card_row card;
	char until[DATE_TEXT];

	if (!card_in_force(req, holder->id, CARD_EHIC, &card, err))
		return false;
	if (!card.id || date_compare(card.to, terms->renewable_before) <= 0)
		return true;
	conflict.valid_to = card.to;
	req_extra(req, &card_conflict_codec, &conflict);
	date_to_text(card.to, until);
	return req_refuse(err, 409, "ehic.valid",
			  "une carte est encore valable jusqu'au %s : si elle est"
			  " perdue ou volée, déclarez-le, et la nouvelle sera"
			  " commandée en même temps", until);
}

/* Logical number of the card, 20 digits (Decision S2, field 8): 80, country
 * 250, issuer, then our own serial: year and number of the order. */
static void make_serial(const struct req *req, const char *number,
			char out[24])
{
	const char *dash = strrchr(number, '-');
	long order = dash ? strtol(dash + 1, NULL, 10) : 0;

	snprintf(out, 24, "8025000001%02d%08ld", req->today.year % 100,
		 order % 100000000L);
}

static bool add_certificate(struct req *req, const struct card_row *card,
			    const struct ehic_terms *terms,
			    struct ehic_item *item, struct err *err)
{
	struct card_row certificate = *card;

	if (!terms->certificate)
		return true;
	certificate.kind = CARD_CERTIFICATE;
	certificate.state = CARD_ACTIVE;
	certificate.from = terms->certificate_from;
	certificate.to = terms->certificate_to;
	if (!card_insert(req, &certificate, err))
		return false;
	id_format(certificate.id, item->certificate_id);
	item->certificate_from = certificate.from;
	item->certificate_to = certificate.to;
	return true;
}

bool ehic_order_one(struct req *req, const struct holder *holder, int kind,
		    const struct ehic_terms *terms, struct ehic_item *item,
		    struct err *err)
{
	struct request_row request = {
		.id = id_new(),
		.file_id = holder->file_id,
		.person_id = holder->id,
		.told = { .kind = kind, .state = REQUEST_RECEIVED,
			  .expected_on = terms->expected_on },
	};
	struct card_row card = {
		.file_id = holder->file_id, .person_id = holder->id,
		.request_id = request.id,
		.kind = CARD_EHIC, .state = CARD_ORDERED,
		.ordered_on = req->today,
		.from = terms->card_from, .to = terms->card_to,
	};
	int64_t other;

	if (!card_check_rights(req, holder, err) ||
	    !order_claim(req, holder->id, CARD_EHIC, request.id, &other, err))
		return false;
	if (other)
		return order_refuse(req, other, "ehic.open", err);
	if (!request_lodge(req, &request, "CEAM", "", err))
		return false;
	make_serial(req, request.told.number, card.serial);
	if (!card_insert(req, &card, err) ||
	    !db_run(req->db, err, NULL, "UPDATE request SET card_id = $1"
		    " WHERE caisse = $2 AND id = $3", "iii", card.id,
		    req->caisse, request.id))
		return false;
	text_copy(item->request_id, sizeof(item->request_id), request.told.id);
	text_copy(item->number, sizeof(item->number), request.told.number);
	id_format(holder->id, item->beneficiary_id);
	holder_first_name(holder->first_names, item->beneficiary_name);
	item->valid_from = card.from;
	item->valid_to = card.to;
	item->expected_on = terms->expected_on;
	return add_certificate(req, &card, terms, item, err);
}
