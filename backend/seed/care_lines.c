/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a payment of care.  What third-party payment leaves due is withheld
 * on later refunds, within the ceilings of the year (Code de la sécurité sociale
 * L160-13, D160-9). */
#include "care.h"
#include "../tables/acts.h"

#define FLAT_CTS 200
#define BOX_CTS 100
#define ACT_CTS 100
#define TRANSPORT_CTS 400

/* Return the act in force of two that follow each other. */
static int on(const struct care *care, int before, int from)
{
	return care->number >= table_acts[from - 1].from ? from : before;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int withheld_of_act(const struct care *care, const struct table_act *act,
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

static void withhold(struct care *care, const struct table_act *act,
		     struct payline *line, int quantity)
{
	int kind = act->withheld ? act->withheld : WITHHELD_FRANCHISE;
	int own = withheld_of_act(care, act, quantity);
	int year = (int)line->from_day / 10000 - care->first_year;
	int paid = care->paid_year - care->first_year;
	int amount;

	if (care->third_party) {
		care->owed[kind] = least(care->owed[kind] + own, CARE_YEAR_CAP_CTS);
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
	const struct table_act *act = &table_acts[act_id - 1];
	struct payline *line = &care->lines[care->count];
	bool doctor = care->trade <= TRADE_RADIOLOGIST;
	int base = act->base_cts ? act->base_cts * quantity : spent_cts;
	int rate = act->rate_pct;

	if (care->count == CARE_LINES_MAX)
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

void care_drugs(struct care *care)
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

void care_sessions(struct care *care)
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

void care_laboratory(struct care *care)
{
	int count = rng_between(care->rng, 1, 3);

	add(care, ACT_LAB_90, 0, 1, 0);
	for (int at = 0; at < count; at++)
		add(care, ACT_LAB_20, 0, 1, 0);
}

void care_general_doctor(struct care *care)
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

void care_other_doctor(struct care *care)
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

void care_dentist(struct care *care)
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

void care_transport(struct care *care)
{
	static const int acts[] = { ACT_VSL, ACT_TAXI, ACT_AMBULANCE };
	int act = acts[rng_below(care->rng, 3)];
	int price = rng_between(care->rng, 2200, 9000);

	add(care, act, 0, 1, price);
	add(care, act, 0, 1, price);
}

void care_hospital(struct care *care)
{
	int days = rng_between(care->rng, 1, 6);

	if (rng_chance(care->rng, 400)) {
		add(care, ACT_HOSPITAL_DAY, 0, 1, 38000);
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

void care_void(struct care *care)
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
