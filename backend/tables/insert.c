/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables.h"
#include "../rules.h"

static bool put_acts(struct db *db, struct err *err)
{
	for (const struct table_act *act = table_acts; act->id; act++) {
		if (!db_run(db, err, NULL,
			    "INSERT INTO act (id, code, label, family, base_cts,"
			    " rate_pct, withheld, from_day, to_day, source) VALUES"
			    " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
			    " ON CONFLICT DO NOTHING",
			    "ittiiiiiit", (int64_t)act->id, act->code, act->label,
			    (int64_t)act->family, (int64_t)act->base_cts,
			    (int64_t)act->rate_pct, (int64_t)act->withheld,
			    (int64_t)act->from, (int64_t)act->to, act->source))
			return false;
	}
	return true;
}

static bool put_withholdings(struct db *db, struct err *err)
{
	for (const struct table_withholding *row = table_withholdings; row->kind;
	     row++) {
		if (!db_run(db, err, NULL,
			    "INSERT INTO withholding (kind, from_day, amount_cts,"
			    " day_cap_cts, year_cap_cts, source) VALUES ($1, $2, $3,"
			    " $4, $5, $6) ON CONFLICT DO NOTHING", "tiiiit",
			    row->kind,
			    (int64_t)row->from, (int64_t)row->amount_cts,
			    (int64_t)row->day_cap_cts, (int64_t)row->year_cap_cts,
			    row->source))
			return false;
	}
	return true;
}

bool tables_insert(struct db *db, struct err *err)
{
	return put_acts(db, err) && put_withholdings(db, err) &&
		rules_insert(db, err);
}

bool tables_insert_reasons(struct db *db, int64_t caisse, struct err *err)
{
	for (int row = 0; table_reasons[row].code; row++) {
		const struct table_reason *reason = &table_reasons[row];

		if (!db_run(db, err, NULL,
			    "INSERT INTO reason (caisse, code, position, label,"
			    " minutes, channels, roles, pieces) VALUES ($1, $2, $3,"
			    " $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
			    "ititiiit", caisse,
			    reason->code, (int64_t)row + 1, reason->label,
			    (int64_t)reason->minutes, (int64_t)reason->channels,
			    (int64_t)reason->roles, reason->pieces))
			return false;
	}
	return true;
}
