/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payments of care.  A person goes from one event to the next through the
 * history; each makes one payment.  What third-party payment leaves due is
 * withheld on later refunds, within the ceilings of the year (Code de la
 * sécurité sociale L160-13, D160-9). */
#include "seed.h"
#include "acts.h"

#include <guichet/base/mem.h>

#include <string.h>

#define LINES_MAX 8
#define YEAR_CAP_CTS 5000
#define SCRIPTED_CTS 400                /* what scripts.c withholds */
#define FLAT_CTS 200
#define BOX_CTS 100
#define ACT_CTS 100
#define TRANSPORT_CTS 400
#define YEARS 6
#define LINES_PER_PAYMENT 3

struct care {
	const struct seed_world *world;
	struct seed_family *family;
	struct seed_batch *batch;
	struct seed_person *person;
	struct rng *rng;
	int first_year;
	int day, number;                /* of the care; yyyymmdd */
	int age;
	bool third_party, exempt;
	enum seed_trade trade;
	int64_t professional;
	int last;                       /* day of the last line */
	int paid_year, year_cap;
	/* By year and by kind of amount withheld: care of it, paid in it. */
	int by_care[YEARS][WITHHELD_N], by_payment[YEARS][WITHHELD_N];
	int owed[WITHHELD_N];
	struct payline lines[LINES_MAX];
	int count;
};

/* Return the act in force of two that follow each other. */
static int on(const struct care *care, int before, int from)
{
	return care->number >= seed_acts[from - 1].from ? from : before;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int withheld_of_act(const struct care *care, const struct seed_act *act,
			   int quantity)
{
	if (care->age < 18 || care->family->c2s || act->withheld == WITHHELD_NONE)
		return 0;
	if (act->withheld == WITHHELD_FLAT)
		return FLAT_CTS;
	if (act->id >= ACT_PH7 && act->id <= ACT_PH1)
		return BOX_CTS * quantity;
	return act->id >= ACT_VSL && act->id <= ACT_TAXI ? TRANSPORT_CTS : ACT_CTS;
}

static void withhold(struct care *care, const struct seed_act *act,
		     struct payline *line, int quantity)
{
	int kind = act->withheld ? act->withheld : WITHHELD_FRANCHISE;
	int own = withheld_of_act(care, act, quantity);
	int year = (int)line->from_day / 10000 - care->first_year;
	int paid = care->paid_year - care->first_year;
	int amount;

	if (care->third_party) {
		care->owed[kind] = least(care->owed[kind] + own, YEAR_CAP_CTS);
		return;
	}
	amount = least(own + care->owed[kind], (int)line->due_cts);
	amount = least(amount, care->year_cap - care->by_care[year][kind]);
	amount = least(amount, care->year_cap - care->by_payment[paid][kind]);
	if (amount <= 0)
		return;
	care->owed[kind] = own + care->owed[kind] - amount;
	care->by_care[year][kind] += amount;
	care->by_payment[paid][kind] += amount;
	line->withheld_cts = (uint32_t)amount;
	line->withheld = (uint8_t)kind;
}

/* Add a line of care given `after` days after the first; `spent_cts` 0 is the
 * tariff. */
static void add(struct care *care, int act_id, int after, int quantity,
		int spent_cts)
{
	const struct seed_act *act = &seed_acts[act_id - 1];
	struct payline *line = &care->lines[care->count];
	bool doctor = care->trade <= TRADE_RADIOLOGIST;
	int base = act->base_cts ? act->base_cts * quantity : spent_cts;
	int rate = act->rate_pct;

	if (care->count == LINES_MAX)
		return;
	*line = (struct payline){ .act_id = (uint16_t)act_id };
	line->from_day = line->to_day =
		(uint32_t)seed_number(care->world, care->day + after);
	line->quantity_x100 = (uint16_t)(quantity * 100);
	line->base_cts = (uint32_t)base;
	line->spent_cts = (uint32_t)(spent_cts ? spent_cts : base);
	if (doctor && care->age >= 16)
		line->pathway = care->person->doctor ? 1 : 2;
	if (doctor && care->person->doctor && care->trade == TRADE_GYNAECOLOGIST)
		line->pathway = 3;
	if (rate && care->exempt)
		line->exemption = care->family->c2s ? 3 : 1;
	if (line->exemption)
		rate = 100;
	else if (line->pathway == 2 && rate == 70)
		rate = 30;
	line->rate_pct = (uint8_t)rate;
	line->due_cts = (uint32_t)((base * rate + 50) / 100);
	withhold(care, act, line, quantity);
	line->paid_cts = line->due_cts - line->withheld_cts;
	care->count++;
	if (care->day + after > care->last)
		care->last = care->day + after;
}

static void drugs(struct care *care)
{
	int count = rng_between(care->rng, 3, 7);

	for (int at = 0; at < count; at++) {
		int drawn = rng_between(care->rng, 0, 99);
		int boxes = rng_chance(care->rng, 700) ? 1 : 2;
		int price = rng_between(care->rng, 150, 900);

		if (rng_chance(care->rng, 120))
			price = rng_between(care->rng, 900, 6000);
		add(care, drawn < 70 ? ACT_PH7 : drawn < 86 ? ACT_PH4 :
		    drawn < 94 ? ACT_PH2 : ACT_PH1, 0, boxes, price * boxes);
	}
}

static void sessions(struct care *care)
{
	static const int nursing[] = { ACT_INJECTION, ACT_NURSING, ACT_BSA, ACT_BSB,
		ACT_BSC };
	int count = rng_between(care->rng, 3, 6), act;

	switch (care->trade) {
	case TRADE_NURSE:
		act = nursing[care->age > 70 ? rng_below(care->rng, 5) :
			rng_below(care->rng, 2)];
		break;
	case TRADE_SPEECH:
		act = ACT_SPEECH;
		break;
	case TRADE_PODIATRIST:
		act = ACT_PODIATRY;
		count = 1;
		break;
	default:
		act = ACT_PHYSIO;
	}
	for (int at = 0; at < count; at++)
		add(care, act, at * (act == ACT_PHYSIO ? 3 : 1), 1, 0);
}

static void laboratory(struct care *care)
{
	int count = rng_between(care->rng, 1, 3);

	add(care, ACT_LAB_90, 0, 1, 0);
	for (int at = 0; at < count; at++)
		add(care, ACT_LAB_20, 0, 1, 0);
}

static void general_doctor(struct care *care)
{
	if (care->age < 6 && care->number >= 20241222)
		add(care, ACT_G_CHILD, 0, 1, 0);
	else if (care->age > 80 && rng_chance(care->rng, 200)) {
		add(care, on(care, ACT_G_2023, ACT_G), 0, 1, 4000);
		add(care, ACT_TRAVEL, 0, 1, 0);
	} else if (rng_chance(care->rng, 60))
		add(care, ACT_TELE, 0, 1, 0);
	else if (rng_chance(care->rng, 40))
		add(care, ACT_C_SECTOR_2, 0, 1, 4500);
	else
		add(care, on(care, ACT_G_2023, ACT_G), 0, 1, 0);
}

static void other_doctor(struct care *care)
{
	switch (care->trade) {
	case TRADE_CARDIOLOGIST:
		add(care, ACT_CARDIOLOGY, 0, 1, 0);
		add(care, ACT_ECG, 0, 1, 0);
		if (rng_chance(care->rng, 300))
			add(care, ACT_HEART_ECHO, 0, 1, 0);
		break;
	case TRADE_PSYCHIATRIST:
		add(care, on(care, ACT_PSYCHIATRY_2024, ACT_PSYCHIATRY), 0, 1, 0);
		break;
	case TRADE_GYNAECOLOGIST:
		add(care, on(care, ACT_GYNAECOLOGY_2024, ACT_GYNAECOLOGY), 0, 1, 0);
		if (rng_chance(care->rng, 300))
			add(care, ACT_SMEAR, 0, 1, 0);
		break;
	case TRADE_PAEDIATRICIAN:
		add(care, care->age < 2 ? on(care, ACT_PAEDIATRY_INFANT_2024,
			ACT_PAEDIATRY_INFANT) : ACT_PAEDIATRY, 0, 1, 0);
		break;
	case TRADE_GERIATRICIAN:
		add(care, on(care, ACT_GERIATRY_2024, ACT_GERIATRY), 0, 1, 0);
		break;
	case TRADE_RADIOLOGIST:
		add(care, rng_chance(care->rng, 500) ? ACT_CHEST_XRAY :
		    care->person->sex == SEX_F && care->age > 50 ?
		    ACT_MAMMOGRAPHY : ACT_ABDOMEN_ECHO, 0, 1, 0);
		break;
	default:
		if (rng_chance(care->rng, 350))
			add(care, ACT_CS_SECTOR_2, 0, 1, 6000);
		else
			add(care, ACT_CS, 0, 1, 0);
	}
}

static void dentist(struct care *care)
{
	static const int acts[] = { ACT_SCALING, ACT_FILLING, ACT_EXTRACTION,
		ACT_ROOT };

	if (rng_chance(care->rng, 80)) {
		add(care, ACT_INLAY, 0, 1, 17500);
		add(care, ACT_CROWN, 7, 1, 29000);
		return;
	}
	add(care, ACT_DENTIST, 0, 1, 0);
	if (rng_chance(care->rng, 700))
		add(care, acts[rng_below(care->rng, 4)], 0, 1, 0);
}

static void transport(struct care *care)
{
	static const int acts[] = { ACT_VSL, ACT_TAXI, ACT_AMBULANCE };
	int act = acts[rng_below(care->rng, 3)];
	int price = rng_between(care->rng, 2200, 9000);

	add(care, act, 0, 1, price);
	add(care, act, 0, 1, price);
}

static void hospital(struct care *care)
{
	int days = rng_between(care->rng, 1, 6);

	if (rng_chance(care->rng, 400)) {
		add(care, on(care, ACT_EMERGENCY_2022, ACT_EMERGENCY), 0, 1, 0);
		return;
	}
	add(care, ACT_HOSPITAL_DAY, 0, days, 78000 * days);
	add(care, on(care, ACT_HOSPITAL_FLAT_2018, ACT_HOSPITAL_FLAT), 0, days, 0);
	for (int at = 0; at < care->count; at++)
		care->lines[at].to_day =
			(uint32_t)seed_number(care->world, care->day + days);
	care->last += days;
}

/* By trade: of a hundred payments; third-party payment, in a hundred. */
static const struct event {
	enum seed_trade trade;
	int share, third_party, from_age, to_age;
	void (*lines)(struct care *care);
} events[] = {
	{ TRADE_PHARMACY, 310, 99, 0, 200, drugs },
	{ TRADE_GP, 225, 30, 0, 200, general_doctor },
	{ TRADE_LAB, 115, 95, 0, 200, laboratory },
	{ TRADE_NURSE, 55, 90, 0, 200, sessions },
	{ TRADE_PHYSIO, 60, 45, 12, 200, sessions },
	{ TRADE_SPEECH, 12, 40, 4, 15, sessions },
	{ TRADE_PODIATRIST, 8, 10, 40, 200, sessions },
	{ TRADE_SPECIALIST, 25, 20, 0, 200, other_doctor },
	{ TRADE_CARDIOLOGIST, 14, 20, 45, 200, other_doctor },
	{ TRADE_PSYCHIATRIST, 9, 25, 16, 200, other_doctor },
	{ TRADE_GYNAECOLOGIST, 12, 20, 16, 80, other_doctor },
	{ TRADE_PAEDIATRICIAN, 30, 30, 0, 5, other_doctor },
	{ TRADE_GERIATRICIAN, 5, 20, 80, 200, other_doctor },
	{ TRADE_RADIOLOGIST, 24, 50, 0, 200, other_doctor },
	{ TRADE_DENTIST, 40, 20, 4, 200, dentist },
	{ TRADE_TRANSPORT, 16, 95, 40, 200, transport },
	{ TRADE_HOSPITAL, 20, 99, 0, 200, hospital },
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

static void void_lines(struct care *care)
{
	for (struct payline *line = care->lines;
	     line < care->lines + care->count; line++) {
		int year = (int)line->from_day / 10000 - care->first_year;
		int paid = care->paid_year - care->first_year;

		care->by_care[year][line->withheld] -= (int)line->withheld_cts;
		care->by_payment[paid][line->withheld] -= (int)line->withheld_cts;
		line->due_cts = line->withheld_cts = line->paid_cts = 0;
		line->rate_pct = line->withheld = line->exemption = 0;
	}
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
	} else if (drawn < 7 || care->person->rejected) {
		payment.state = PAYMENT_REJECTED;
		payment.reason = 1 + drawn % 5;
		care->person->rejected = false;
		void_lines(care);
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
	if (delay < 19 && (event->lines == sessions || event->trade == TRADE_HOSPITAL ||
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

	care.year_cap = until < world->today ? YEAR_CAP_CTS - SCRIPTED_CTS :
		YEAR_CAP_CTS;
	care.first_year = seed_number(world, world->first) / 10000 - 1;
	for (int at = 0; at < family->people_count; at++) {
		care.person = &family->people[at];
		one_person(&care, until);
	}
}
