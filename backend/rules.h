/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ages, durations and delays of law or of practice that the handlers read with
 * rule_value().  The table gives the values a new database starts with; a caisse
 * changes them by adding dated rows, never by touching the code. */
#ifndef GUICHET_BACKEND_RULES_H
#define GUICHET_BACKEND_RULES_H

#include "store/db.h"

#define RULE_EHIC_MONTHS "ehic.months"                  /* a card is valid for */
#define RULE_EHIC_RENEWAL "ehic.renewal_months"         /* left: a new one may be ordered */
#define RULE_EHIC_DEPARTURE "ehic.departure_days"       /* within: certificate offered */
#define RULE_EHIC_DELIVERY "ehic.delivery_workdays"     /* order to letter box */
#define RULE_CERTIFICATE_MONTHS "certificate.months"
#define RULE_VITALE_AGE "vitale.age"                    /* years, on one's own */
#define RULE_VITALE_PARENTS_AGE "vitale.parents_age"    /* years, parents asking */
#define RULE_VITALE_DAYS "vitale.days"                  /* pieces to letter box */
#define RULE_HOLD_MINUTES "hold.minutes"                /* a slot is held for */
#define RULE_SLOT_DAYS "slot.days"                      /* searched when no end is asked */

struct rule_row {
	const char *name;               /* NULL ends the table */
	int64_t from;                   /* yyyymmdd */
	int64_t value;
	const char *source;
};

extern const struct rule_row rules[];

/* Add to `db` the rows of the table that it lacks.  Errors: ERR_SYSTEM. */
bool rules_insert(struct db *db, struct err *err);

#endif
