/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payments of care: a person goes from one event to the next through the history;
 * each makes one payment. */
#include "care.h"

#include <string.h>

#define SCRIPTED_CTS 400                /* what scripts.c withholds */
#define LINES_PER_PAYMENT 3
#define RECENT_DAYS 90                  /* of the refusal that a persona has */

/* By trade: of a hundred payments; third-party payment, in a hundred. */
static const struct event {
	enum seed_trade trade;
	int share, third_party, from_age, to_age;
	void (*lines)(struct care *care);
} events[] = {
	{ TRADE_PHARMACY, 310, 99, 0, 200, care_drugs },
	{ TRADE_GP, 225, 30, 0, 200, care_general_doctor },
	{ TRADE_LAB, 115, 95, 0, 200, care_laboratory },
	{ TRADE_NURSE, 55, 90, 0, 200, care_sessions },
	{ TRADE_PHYSIO, 60, 45, 12, 200, care_sessions },
	{ TRADE_SPEECH, 12, 40, 4, 15, care_sessions },
	{ TRADE_PODIATRIST, 8, 10, 40, 200, care_sessions },
	{ TRADE_SPECIALIST, 25, 20, 0, 200, care_other_doctor },
	{ TRADE_CARDIOLOGIST, 14, 20, 45, 200, care_other_doctor },
	{ TRADE_PSYCHIATRIST, 9, 25, 16, 200, care_other_doctor },
	{ TRADE_GYNAECOLOGIST, 12, 20, 16, 80, care_other_doctor },
	{ TRADE_PAEDIATRICIAN, 30, 30, 0, 5, care_other_doctor },
	{ TRADE_GERIATRICIAN, 5, 20, 80, 200, care_other_doctor },
	{ TRADE_RADIOLOGIST, 24, 50, 0, 200, care_other_doctor },
	{ TRADE_DENTIST, 40, 20, 4, 200, care_dentist },
	{ TRADE_TRANSPORT, 16, 95, 40, 200, care_transport },
	{ TRADE_HOSPITAL, 20, 99, 0, 200, care_hospital },
};

static const struct event *draw_event(const struct care *care)
{
	const struct event *event;
	int drawn;

	do {
		drawn = rng_between(care->rng, 0, 979);
		for (event = events; drawn >= event->share; event++)
			drawn -= event->share;
	} while (care->age < event->from_age || care->age > event->to_age ||
		 (event->trade == TRADE_GYNAECOLOGIST &&
		  care->person->sex == SEX_M) ||
		 (event->trade == TRADE_PAEDIATRICIAN && care->number < 20241222) ||
		 (event->trade == TRADE_GERIATRICIAN && care->number < 20241222) ||
		 (event->trade == TRADE_PSYCHIATRIST && care->number < 20241222) ||
		 (event->trade == TRADE_GYNAECOLOGIST && care->number < 20241222));
	return event;
}

static void pay(struct care *care, const struct event *event, int paid_day)
{
	struct seed_payment payment = {
		.person_id = care->person->id, .professional_id = care->professional,
		.kind = care->third_party ? PAYMENT_THIRD_PARTY : PAYMENT_CARE,
		.payee = !care->third_party ? PAYEE_INSURED :
			event->trade == TRADE_HOSPITAL ? PAYEE_ESTABLISHMENT :
			PAYEE_PROFESSIONAL,
	};
	int drawn = rng_between(care->rng, 0, 999);

	if (paid_day > care->world->today) {
		payment.state = PAYMENT_WAITING;
	} else if (drawn < 7 || (care->person->rejected &&
				 paid_day > care->world->today - RECENT_DAYS)) {
		payment.state = PAYMENT_REJECTED;
		payment.reason = 1 + drawn % 5;
		care->person->rejected = false;
		care_void(care);
	} else if (drawn < 9) {
		payment.state = PAYMENT_CANCELLED;
	}
	payment.noemie = care->family->noemie && payment.state == PAYMENT_PAID;
	seed_payment_add(care->world, care->family, care->batch, &payment, paid_day,
			 care->lines, care->count);
}

static void event_happens(struct care *care)
{
	const struct event *event = draw_event(care);
	bool slow = rng_chance(care->rng, 60);
	int delay = slow ? rng_between(care->rng, 18, 32) :
		rng_between(care->rng, 4, 9);
	int paid_day;

	care->trade = event->trade;
	care->third_party = care->family->c2s ? event->third_party > 0 :
		rng_between(care->rng, 0, 99) < event->third_party;
	care->exempt = care->family->c2s ||
		(care->person->ald && rng_chance(care->rng, 600));
	care->professional = event->trade == TRADE_GP ? care->person->doctor_id :
		event->trade == TRADE_PHARMACY ? care->person->pharmacy_id :
		seed_professional_pick(care->world, care->family->caisse,
				       event->trade, care->rng);
	/* The delay runs from the first day, long enough for the last line. */
	if (delay < 19 && (event->lines == care_sessions || event->trade == TRADE_HOSPITAL ||
			   event->trade == TRADE_DENTIST))
		delay += 16;
	paid_day = seed_open(care->world, care->day + delay);
	care->paid_year = seed_number(care->world, paid_day) / 10000;
	care->count = 0;
	care->last = care->day;
	event->lines(care);
	if (care->last > care->world->today)
		return;
	pay(care, event, paid_day);
}

static bool august(const struct care *care)
{
	return care->number / 100 % 100 == 8;
}

static void one_person(struct care *care, int until)
{
	int gap = care->person->lines_a_year ?
		365 * LINES_PER_PAYMENT * 2 / care->person->lines_a_year : 0;

	if (!gap)
		return;
	memset(care->by_care, 0, sizeof(care->by_care));
	memset(care->by_payment, 0, sizeof(care->by_payment));
	memset(care->owed, 0, sizeof(care->owed));
	care->day = care->world->first - 8;
	if (care->day < care->person->birth_day)
		care->day = care->person->birth_day;
	for (;;) {
		care->day += 1 + (int)rng_below(care->rng, (uint32_t)gap);
		if (care->day > until)
			return;
		care->number = seed_number(care->world, care->day);
		care->age = (care->day - care->person->birth_day) * 100 / 36525;
		if (august(care) && rng_chance(care->rng, 350))
			continue;
		event_happens(care);
	}
}

void seed_care(const struct seed_world *world, struct seed_family *family,
	       struct seed_batch *batch)
{
	struct care care = { .world = world, .family = family, .batch = batch,
		.rng = &family->rng };
	int until = seed_persona_until(world, family);

	care.year_cap = until < world->today ? CARE_YEAR_CAP_CTS - SCRIPTED_CTS :
		CARE_YEAR_CAP_CTS;
	care.first_year = seed_number(world, world->first) / 10000 - 1;
	for (int at = 0; at < family->people_count; at++) {
		care.person = &family->people[at];
		one_person(&care, until);
	}
}
