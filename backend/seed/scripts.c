/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last payments of MARTIN Éléonore: few, known, one of each common kind. */
#include "persona.h"
#include "../tables/acts.h"

#define QUIET_DAYS 75                   /* before today: nothing but the script */

struct scripted {
	int ago;                        /* days before today */
	int member;                     /* of the family */
	int kind, payee;
	int trade;                      /* enum seed_trade, -1: none */
	int care_ago, days;             /* care: days before today, and how many */
	int act, spent, base, rate, withheld, withheld_cts;
};

static const struct scripted scripts[] = {
	{ 3, 0, PAYMENT_CARE, PAYEE_INSURED, TRADE_GP, 9, 1,
	  ACT_G, 3000, 3000, 70, WITHHELD_FLAT, 200 },
	{ 5, 1, PAYMENT_THIRD_PARTY, PAYEE_PROFESSIONAL, TRADE_PHARMACY, 9, 1,
	  ACT_PH7, 2737, 2737, 65, WITHHELD_NONE, 0 },
	{ 11, 0, PAYMENT_DAILY_ALLOWANCE, PAYEE_INSURED, -1, 28, 14,
	  ACT_SICK, 0, 41230, 100, WITHHELD_NONE, 0 },
	{ 19, 0, PAYMENT_CARE, PAYEE_INSURED, TRADE_RADIOLOGIST, 26, 1,
	  ACT_CHEST_XRAY, 2128, 2128, 70, WITHHELD_FLAT, 200 },
};

int seed_persona_until(const struct seed_world *world,
		       const struct seed_family *family)
{
	return family->persona && family->persona->scripted ?
		world->today - QUIET_DAYS : world->today;
}

static void pay(const struct seed_world *world, struct seed_family *family,
		struct seed_batch *batch, const struct scripted *row)
{
	const struct seed_person *person = &family->people[row->member];
	int from = world->today - row->care_ago;
	struct payline line = {
		.from_day = (uint32_t)seed_number(world, from),
		.to_day = (uint32_t)seed_number(world, from + row->days - 1),
		.act_id = (uint16_t)row->act,
		.quantity_x100 = (uint16_t)(row->days * 100),
		.spent_cts = (uint32_t)row->spent,
		.base_cts = (uint32_t)row->base,
		.due_cts = (uint32_t)((row->base * row->rate + 50) / 100),
		.rate_pct = (uint8_t)row->rate,
		.withheld = (uint8_t)row->withheld,
		.withheld_cts = (uint32_t)row->withheld_cts,
		.pathway = row->trade >= 0 && row->trade <= TRADE_RADIOLOGIST,
	};
	struct seed_payment payment = {
		.person_id = person->id, .kind = row->kind, .payee = row->payee,
		.noemie = row->trade >= 0,
		.professional_id = row->trade == TRADE_GP ? person->doctor_id :
			row->trade == TRADE_PHARMACY ? person->pharmacy_id :
			row->trade >= 0 ? row->trade * 1000 + 1 : 0,
	};

	line.paid_cts = line.due_cts - line.withheld_cts;
	/* Paid on the day told, or on the day of payment before it. */
	for (int day = world->today - row->ago; ; day--) {
		if (seed_open(world, day) != day)
			continue;
		seed_payment_add(world, family, batch, &payment, day, &line, 1);
		return;
	}
}

void seed_persona_payments(const struct seed_world *world,
			   struct seed_family *family, struct seed_batch *batch)
{
	if (!family->persona || !family->persona->scripted || family->index)
		return;
	for (size_t row = sizeof(scripts) / sizeof(*scripts); row--;)
		pay(world, family, batch, &scripts[row]);
}
