/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders of European health insurance cards: who may have one, for how long. */
#ifndef GUICHET_BACKEND_EHIC_RULE_H
#define GUICHET_BACKEND_EHIC_RULE_H

#include "card_store.h"

struct ehic_terms {
	struct date departure;          /* or none */
	bool certificate;               /* the provisional certificate too */
	struct date card_from, card_to;
	struct date expected_on;
	struct date certificate_from, certificate_to;
	struct date renewable_before;   /* a card that ends later is enough */
};

/* Work out the dates of an order made today.  Errors: 422 departure.past. */
bool ehic_terms_read(struct req *req, struct date departure, bool certificate,
		     struct ehic_terms *terms, struct err *err);

/* Refuse with 409 ehic.valid a person whose card lasts long enough. */
bool ehic_check_valid(struct req *req, const struct holder *holder,
		      const struct ehic_terms *terms, struct err *err);

/* Order a card for one person: request of `kind`, card, certificate if asked,
 * and the lines of the receipt.  Errors: 422 rights.closed, 409 ehic.open. */
bool ehic_order_one(struct req *req, const struct holder *holder, int kind,
		    const struct ehic_terms *terms, struct ehic_item *item,
		    struct err *err);

#endif
