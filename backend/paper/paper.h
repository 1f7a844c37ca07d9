/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The papers that people leave with.  Each is written to `out` as PDF; `head`
 * gives the caisse and the moment, its title and number are set here.
 * Errors: ERR_SYSTEM. */
#ifndef GUICHET_BACKEND_PAPER_H
#define GUICHET_BACKEND_PAPER_H

#include "sheet.h"
#include <guichet/api/appointment.h>
#include <guichet/api/card.h>
#include <guichet/api/request.h>

/* Confirmation of an appointment. */
bool paper_appointment(struct sheet_head head,
		       const struct appointment *appointment, struct buf *out,
		       struct err *err);

struct paper_receipt {
	const struct request *request;
	const char *person;             /* "MARTIN Éléonore" */
	const char *address;            /* one line, or "" */
	struct date valid_from, valid_to; /* of an EHIC to come, or none */
	const char *card;               /* masked, of the card it is about, or "" */
};

/* Receipt of a request: EHIC, Vitale, loss, or any other kind. */
bool paper_receipt(struct sheet_head head, const struct paper_receipt *receipt,
		   struct buf *out, struct err *err);

struct paper_certificate {
	const char *number;             /* of the order */
	const char *name, *first_names; /* as on the card */
	struct date birth;
	const char *nir;                /* 13 characters and the key */
	const char *institution;        /* "01381 CPAM de l'Isère" */
	const char *serial;             /* logical number of the card */
	struct date card_to;
	struct date from, to, delivered;
};

/* Provisional replacement certificate of the EHIC: the fields of Decision S2 of
 * 12 June 2009 in their order.  What needs a key of the State says SPÉCIMEN. */
bool paper_certificate(struct sheet_head head,
		       const struct paper_certificate *certificate,
		       struct buf *out, struct err *err);

#endif
