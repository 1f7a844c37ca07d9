/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules.h"

const struct rule_row rules[] = {
	{ RULE_EHIC_MONTHS, 20110101, 12, "ameli.fr, cards issued until 2013" },
	{ RULE_EHIC_MONTHS, 20140701, 24, "ameli.fr, CEAM" },
	{ RULE_EHIC_RENEWAL, 20140101, 2, "practice of the caisses" },
	{ RULE_EHIC_DEPARTURE, 20140101, 15, "ameli.fr, CEAM" },
	{ RULE_EHIC_DELIVERY, 20140101, 10, "ameli.fr, CEAM" },
	{ RULE_CERTIFICATE_MONTHS, 20140101, 3,
	  "Decision S2 of 12 June 2009; Cleiss" },
	{ RULE_VITALE_AGE, 19980101, 16, "Code de la sécurité sociale L161-31" },
	{ RULE_VITALE_PARENTS_AGE, 20110101, 12, "ameli.fr, carte Vitale" },
	{ RULE_VITALE_DAYS, 20140101, 14, "ameli.fr, carte Vitale" },
	{ RULE_HOLD_MINUTES, 20140101, 5, "practice of the caisses" },
	{ RULE_SLOT_DAYS, 20140101, 28, "practice of the caisses" },
	{ 0 },
};

bool rules_insert(struct db *db, struct err *err)
{
	for (const struct rule_row *row = rules; row->name; row++) {
		if (!db_run(db, err, NULL,
			    "INSERT INTO rule (name, from_day, value, source)"
			    " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
			    "tiit", row->name, row->from, row->value,
			    row->source))
			return false;
	}
	return true;
}
