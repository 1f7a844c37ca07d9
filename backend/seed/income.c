/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payments that replace income, and the others: daily allowances (whole days,
 * the first three unpaid: R323-1 of the Code de la sécurité sociale, every
 * fourteen days), pensions, annuities, death grants, help.  Amounts are net. */
#include "seed.h"
#include "../tables/acts.h"

#define WAITING_DAYS 3
#define PERIOD_DAYS 14
#define RUNNING_DAYS 66                 /* of the stoppage of a persona */
#define MATERNITY_DAYS 112
#define PATERNITY_DAYS 25

struct income {
	const struct seed_world *world;
	struct seed_family *family;
	struct seed_batch *batch;
	const struct seed_person *person;
	struct rng *rng;
	int kind, payee;
};

static void pay(struct income *income, int act_id, int from, int to, int base,
		int paid_day)
{
	const struct seed_world *world = income->world;
	struct payline line = {
		.from_day = (uint32_t)seed_number(world, from),
		.to_day = (uint32_t)seed_number(world, to),
		.act_id = (uint16_t)act_id,
		.quantity_x100 = 100,
		.base_cts = (uint32_t)base, .due_cts = (uint32_t)base,
		.paid_cts = (uint32_t)base, .rate_pct = 100,
	};
	struct seed_payment payment = {
		.person_id = income->person->id, .kind = income->kind,
		.payee = income->payee,
	};

	if (income->kind == PAYMENT_DAILY_ALLOWANCE)
		line.quantity_x100 = (uint16_t)((to - from + 1) * 100);
	paid_day = seed_open(world, paid_day);
	if (paid_day > world->today)
		payment.state = PAYMENT_WAITING;
	seed_payment_add(world, income->family, income->batch, &payment, paid_day,
			 &line, 1);
}

/* Pay the days from..to, as far as they are over. */
static void allowances(struct income *income, int act_id, int from, int to,
		       int daily_cts)
{
	int until = seed_persona_until(income->world, income->family);

	income->kind = PAYMENT_DAILY_ALLOWANCE;
	income->payee = rng_chance(income->rng, 300) ? PAYEE_EMPLOYER :
		PAYEE_INSURED;
	for (; from <= to; from += PERIOD_DAYS) {
		int end = from + PERIOD_DAYS - 1 < to ? from + PERIOD_DAYS - 1 : to;

		if (end > until)
			return;
		pay(income, act_id, from, end, daily_cts * (end - from + 1),
		    end + rng_between(income->rng, 2, 5));
	}
}

static int sick_days(struct rng *rng)
{
	if (rng_chance(rng, 600))
		return rng_between(rng, 4, 14);
	if (rng_chance(rng, 650))
		return rng_between(rng, 15, 45);
	return rng_between(rng, 46, 180);
}

static void sick(struct income *income)
{
	const struct seed_world *world = income->world;
	struct rng *rng = income->rng;
	int day = world->first + rng_between(rng, 0, 500);
	int daily = rng_between(rng, 1900, 3900);

	if (income->family->persona) {
		day = world->today - RUNNING_DAYS;
		allowances(income, ACT_SICK, day + WAITING_DAYS,
			   world->today + PERIOD_DAYS, daily);
		return;
	}
	for (int spell = rng_between(rng, 1, 2); spell; spell--) {
		int last = day + sick_days(rng) - 1;

		allowances(income, ACT_SICK, day + WAITING_DAYS, last, daily);
		day = last + rng_between(rng, 40, 260);
	}
}

static void long_leave(struct income *income, int act_id, int days)
{
	struct rng *rng = income->rng;
	int span = income->world->today - income->world->first;
	int day = income->world->first + rng_between(rng, 0, span - 20);

	allowances(income, act_id, day, day + days - 1,
		   rng_between(rng, 3000, 9000));
}

static void accident(struct income *income)
{
	struct rng *rng = income->rng;
	int span = income->world->today - income->world->first;
	int day = income->world->first + rng_between(rng, 0, span - 20);

	allowances(income, ACT_ACCIDENT, day, day + rng_between(rng, 3, 60),
		   rng_between(rng, 3500, 6500));
}

/* An amount for each month that is over, paid in the first days of the next. */
static void monthly(struct income *income, int kind, int act_id, int amount_cts)
{
	const struct seed_world *world = income->world;
	struct date month = date_from_days(world->first);

	income->kind = kind;
	income->payee = PAYEE_INSURED;
	month.day = 1;
	for (;;) {
		struct date next = date_add_months(month, 1);
		int from = (int)date_to_days(month), to = (int)date_to_days(next);

		if (to + 6 > world->today)
			return;
		if (from >= world->first)
			pay(income, act_id, from, to - 1, amount_cts, to + 5);
		month = next;
	}
}

static void once(struct income *income, int kind, int act_id, int amount_cts)
{
	const struct seed_world *world = income->world;
	int span = world->today - world->first;
	int day = world->first + rng_between(income->rng, 10, span - 15);

	income->kind = kind;
	income->payee = PAYEE_INSURED;
	pay(income, act_id, day, day, amount_cts, day + 8);
}

static void one_person(struct income *income)
{
	struct rng *rng = income->rng;
	unsigned flags = income->person->income;

	if (flags & INCOME_SICK)
		sick(income);
	else if (flags & INCOME_ACCIDENT)
		accident(income);
	else if (flags & INCOME_MATERNITY)
		long_leave(income, ACT_MATERNITY, MATERNITY_DAYS);
	else if (flags & INCOME_PATERNITY)
		long_leave(income, ACT_PATERNITY, PATERNITY_DAYS);
	if (flags & INCOME_INVALIDITY && rng_chance(rng, 600))
		monthly(income, PAYMENT_INVALIDITY, ACT_INVALIDITY_2,
			rng_between(rng, 70000, 186000));
	else if (flags & INCOME_INVALIDITY)
		monthly(income, PAYMENT_INVALIDITY, ACT_INVALIDITY_1,
			rng_between(rng, 42000, 112000));
	if (flags & INCOME_ANNUITY)
		monthly(income, PAYMENT_ANNUITY, ACT_ANNUITY,
			rng_between(rng, 12000, 90000));
	if (flags & INCOME_DEATH)
		once(income, PAYMENT_DEATH, ACT_DEATH,
		     table_acts[ACT_DEATH - 1].base_cts);
	if (flags & INCOME_HELP)
		once(income, PAYMENT_OTHER, ACT_HELP,
		     rng_between(rng, 80, 600) * 100);
}

void seed_income(const struct seed_world *world, struct seed_family *family,
		 struct seed_batch *batch)
{
	struct income income = { .world = world, .family = family,
		.batch = batch, .rng = &family->rng };

	for (int at = 0; at < family->people_count; at++) {
		income.person = &family->people[at];
		if (income.person->income)
			one_person(&income);
	}
}
