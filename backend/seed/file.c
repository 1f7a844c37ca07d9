/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file holds beside names.  No real account, phone or address: bank 99998
 * does not exist, 01 99 00 and 06 39 98 are kept for fiction, example.org is
 * RFC 2606. */
#include "seed.h"

#include <guichet/base/fold.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

#define BANK 99998
#define BRANCH 1

static void put_town(struct seed_family *family, const struct seed_town *town)
{
	text_copy(family->postcode, sizeof(family->postcode), town->postcode);
	text_copy(family->city, sizeof(family->city), town->name);
}

void seed_address(const struct seed_world *world, struct seed_family *family)
{
	struct rng *rng = &family->rng;
	static const char *const seconds[] = {
		"Bâtiment B", "Résidence du Parc", "Appartement 12", "Escalier 2",
		"Chez M. Vial",
	};

	if (rng_chance(rng, 30))
		put_town(family, &seed_elsewhere[rng_below(rng, 8)]);
	else if (family->caisse == SEED_CAISSE_2)
		put_town(family, &seed_savoie[
			rng_pick(rng, world->savoie, world->savoie_count)]);
	else
		put_town(family, &seed_isere[
			rng_pick(rng, world->isere, world->isere_count)]);
	snprintf(family->address1, sizeof(family->address1), "%d%s %s",
		 rng_between(rng, 1, 148), rng_chance(rng, 80) ? " bis" : "",
		 seed_streets[rng_below(rng, (uint32_t)world->street_count)]);
	if (rng_chance(rng, 250))
		text_copy(family->address2, sizeof(family->address2),
			  seconds[rng_below(rng, 5)]);
}

static void make_iban(struct seed_family *family)
{
	uint64_t account = ((uint64_t)rng_below(&family->rng, 100000) * 1000000 +
		rng_below(&family->rng, 1000000)) % 100000000000u;
	unsigned rib = 97 - (unsigned)((89u * BANK + 15u * BRANCH + 3 * account) % 97);
	uint64_t rest;

	/* The number followed by FR00 (152700), modulo 97, piece by piece. */
	rest = (uint64_t)BANK % 97;
	rest = (rest * 100000 + BRANCH) % 97;
	rest = (rest * 100000000000u + account) % 97;
	rest = (rest * 100 + rib) % 97;
	rest = (rest * 1000000 + 152700) % 97;
	snprintf(family->iban, sizeof(family->iban), "FR%02u%05d%05d%011llu%02u",
		 (unsigned)(98 - rest), BANK, BRANCH, (unsigned long long)account,
		 rib);
}

void seed_contact_means(struct seed_family *family)
{
	const struct seed_person *person = &family->people[0];
	struct rng *rng = &family->rng;
	char name[40], given[40];

	make_iban(family);
	if (rng_chance(rng, 880))
		snprintf(family->phone, sizeof(family->phone), "%s%04u",
			 rng_chance(rng, 780) ? "063998" : "019900",
			 rng_below(rng, 10000));
	family->account = rng_chance(rng, person->age > 75 ? 420 : 780);
	if (!family->account && !rng_chance(rng, 200))
		return;
	fold_glued(name, sizeof(name), person->name);
	fold_glued(given, sizeof(given), person->first_names);
	for (char *at = name; *at; at++)
		*at = (char)(*at >= 'A' && *at <= 'Z' ? *at + 32 : *at);
	for (char *at = given; *at; at++)
		*at = (char)(*at >= 'A' && *at <= 'Z' ? *at + 32 : *at);
	snprintf(family->email, sizeof(family->email), "%s.%s%d@example.org", given,
		 name, family->index % 1000);
}

/* Lines paid in a year: by age, more with a long disease; 6 % have none. */
static int habits(struct rng *rng, const struct seed_person *person)
{
	int mean = person->age < 6 ? 30 : person->age < 18 ? 15 :
		person->age < 40 ? 26 : person->age < 60 ? 38 :
		person->age < 75 ? 56 : 84;

	if (person->ald)
		mean = mean * 3 / 2;
	else if (rng_chance(rng, 65))
		return 0;
	return mean / 2 + (int)rng_below(rng, (uint32_t)mean);
}

static unsigned draw_income(struct rng *rng, const struct seed_person *person)
{
	unsigned income = 0;

	if (person->kinship != KIN_INSURED || person->age < 20)
		return 0;
	if (person->age < 63) {
		if (rng_chance(rng, 230))
			income |= INCOME_SICK;
		if (rng_chance(rng, 13))
			income |= INCOME_INVALIDITY;
		if (rng_chance(rng, 12))
			income |= INCOME_ACCIDENT;
	}
	if (person->age < 42 && rng_chance(rng, 28))
		income |= person->sex == SEX_F ? INCOME_MATERNITY :
			INCOME_PATERNITY;
	if (rng_chance(rng, 6))
		income |= INCOME_ANNUITY;
	if (person->age > 35 && rng_chance(rng, 4))
		income |= INCOME_DEATH;
	if (rng_chance(rng, 5))
		income |= INCOME_HELP;
	return income;
}

static int draw_ehic(struct rng *rng)
{
	static const uint32_t shares[] = {
		[EHIC_NONE] = 770, [EHIC_VALID] = 850, [EHIC_ENDING] = 858,
		[EHIC_EXPIRED] = 966, [EHIC_OPEN] = 969, [EHIC_MAKING] = 972,
		[EHIC_SENT] = 976, [EHIC_LOST] = 985, [EHIC_STOLEN] = 993,
		[EHIC_CANCELLED] = 1000,
	};

	return rng_pick(rng, shares, sizeof(shares) / sizeof(*shares));
}

static int draw_vitale(struct rng *rng, int age)
{
	static const uint32_t shares[] = {
		[VITALE_ACTIVE] = 945, [VITALE_NONE] = 955, [VITALE_OPEN] = 961,
		[VITALE_PHOTO] = 965, [VITALE_CHECKING] = 970,
		[VITALE_REFUSED] = 972, [VITALE_MAKING] = 977, [VITALE_SENT] = 982,
		[VITALE_LOST] = 990, [VITALE_STOLEN] = 994, [VITALE_FAULTY] = 1000,
	};

	if (age < 12 || (age < 16 && !rng_chance(rng, 200)))
		return VITALE_NONE;
	return rng_pick(rng, shares, sizeof(shares) / sizeof(*shares));
}

static void person_habits(const struct seed_world *world,
			  struct seed_family *family, struct seed_person *person)
{
	static const struct { int age, permille; } ald[] = {
		{ 20, 35 }, { 40, 55 }, { 60, 140 }, { 75, 330 }, { 200, 550 },
	};
	struct rng *rng = &family->rng;
	int row = 0;

	while (person->age >= ald[row].age)
		row++;
	person->ald = rng_chance(rng, (uint32_t)ald[row].permille);
	person->doctor = person->age >= 16 && rng_chance(rng, person->ald ? 945 : 880);
	person->doctor_id = seed_professional_pick(world, family->caisse, TRADE_GP,
						   rng);
	person->pharmacy_id = seed_professional_pick(world, family->caisse,
						     TRADE_PHARMACY, rng);
	person->income = draw_income(rng, person);
	person->ehic = draw_ehic(rng);
	person->vitale_mode = draw_vitale(rng, person->age);
	person->lines_a_year = habits(rng, person);
}

void seed_file(struct seed_world *world, struct seed_family *family)
{
	struct rng *rng = &family->rng;
	uint32_t drawn = rng_below(rng, 1000);
	int adult = family->people[0].birth_day + 16 * 365;

	for (int at = 0; at < family->people_count; at++)
		person_habits(world, family, &family->people[at]);
	snprintf(family->centre, sizeof(family->centre), "%04d",
		 1 + (int)rng_below(rng, 9));
	family->c2s = drawn < 85 ? C2S_FREE : drawn < 110 ? C2S_PAID : C2S_NO;
	if (!family->c2s && !rng_chance(rng, 43)) {
		family->insurer = seed_insurers[
			rng_below(rng, (uint32_t)world->insurer_count)];
		family->noemie = rng_chance(rng, 880);
	}
	family->contact = rng_chance(rng, 20);
	family->rights_from = seed_number(world, adult > 16801 ? adult : 16801);
	family->rights_closed = rng_chance(rng, 12);
	if (family->rights_closed)
		family->rights_until = seed_number(world,
			world->today - rng_between(rng, 20, 500));
	else if (rng_chance(rng, 70))
		family->rights_until = seed_number(world,
			world->today + rng_between(rng, 10, 700));
	else if (rng_chance(rng, 500))
		family->rights_until = seed_number(world, world->today) / 10000 *
			10000 + 1231;
}
