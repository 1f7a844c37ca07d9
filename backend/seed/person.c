/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who somebody is.  The NIR agrees with sex, birth and place, as facts of civil
 * status of that time had them. */
#include "seed.h"

#include <guichet/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALGERIA_INDEPENDENT 19620703
#define CORSICA_SPLIT 1976

static const char *const starts[] = {
	"BE", "CHA", "MO", "GRA", "VA", "PE", "BOU", "DE", "FA", "GA", "JOU", "LA",
	"MA", "NOI", "RA", "SA", "TE", "VE", "BRU", "CA", "DU", "FOU", "GI", "HE",
	"JA", "PUI", "RO", "SE", "TOU", "VI", "BA", "COU", "DO", "FE", "GUI", "LO",
	"ME", "PA", "RE", "SOU", "TI", "CRE", "BLA", "PRA", "MI", "CO", "LE", "BRE",
	"CLA", "FRO",
};
static const char *const middles[] = {
	"RR", "LL", "N", "NT", "RD", "SS", "T", "V", "CH", "GN", "B", "D", "LM",
	"RN", "RT", "MB", "ND", "ST", "L", "R", "M", "NN", "RV", "BL", "SSAN",
	"LLIN", "NTAN", "RDIN", "BER", "VAN", "GER", "CHER",
};
static const char *const ends[] = {
	"ARD", "EAU", "IER", "EL", "ET", "IN", "ON", "OUX", "OT", "AUD", "AULT",
	"ÈRE", "AND", "ENT", "AS", "ERT", "OD", "AZ", "Y", "ELLE", "ETTE", "IEUX",
	"OIS", "ÉE",
};

#define ROWS(table) (uint32_t)(sizeof(table) / sizeof(*(table)))

void seed_surname(const struct seed_world *world, struct rng *rng,
		  char out[NAME_SIZE])
{
	if (rng_chance(rng, 550)) {
		text_copy(out, NAME_SIZE, seed_surnames[
			rng_pick(rng, world->surnames, SEED_SURNAMES)]);
		return;
	}
	snprintf(out, NAME_SIZE, "%s%s%s", starts[rng_below(rng, ROWS(starts))],
		 middles[rng_below(rng, ROWS(middles))],
		 ends[rng_below(rng, ROWS(ends))]);
}

static int birth_year(const struct seed_person *person)
{
	return person->birth / 10000;
}

const char *seed_given_name(const struct seed_world *world, struct rng *rng,
			    int sex, int birth_day)
{
	int decade = (birth_day / 365 + 1970 - 1930) / 10;
	const struct seed_given *names = sex == SEX_M ? seed_men : seed_women;

	if (decade < 0)
		decade = 0;
	if (decade >= SEED_DECADES)
		decade = SEED_DECADES - 1;
	return names[rng_pick(rng, sex == SEX_M ? world->men[decade] :
			      world->women[decade], world->given_count)].name;
}

/* Copy one word, drawn, of "a|b|c". */
static void draw_word(struct rng *rng, const char *words, char *out, size_t size)
{
	uint32_t count = 1, wanted;
	size_t length;

	for (const char *at = words; *at; at++)
		count += *at == '|';
	for (wanted = rng_below(rng, count); wanted; wanted--)
		words = strchr(words, '|') + 1;
	length = strcspn(words, "|");
	snprintf(out, size, "%.*s", (int)length, words);
}

void seed_nir(struct seed_world *world, struct rng *rng,
	      struct seed_person *person, const char *place, int month)
{
	char first = person->sex == SEX_M ? '1' : '2';

	do {
		snprintf(person->nir, sizeof(person->nir), "%c%02d%02d%.5s%03d",
			 first, birth_year(person) % 100, month, place,
			 rng_between(rng, 1, 999));
	} while (!seed_take_nir(world, person->nir));
}

/* The 5 characters of a commune as they were on the day of birth. */
static void place_then(const struct seed_town *town, int year, char place[6])
{
	snprintf(place, 6, "%s", town->insee);
	if (place[0] == '2' && place[1] > '9' && year < CORSICA_SPLIT)
		place[1] = '0';
}

static void born_in_france(struct seed_world *world, struct rng *rng,
			   struct seed_person *person)
{
	const struct seed_town *town;
	char place[6];

	if (rng_chance(rng, person->age < 20 ? 880 : 640))
		town = &seed_isere[rng_pick(rng, world->isere, world->isere_count)];
	else
		town = &seed_elsewhere[rng_pick(rng, world->elsewhere,
						world->elsewhere_count)];
	place_then(town, birth_year(person), place);
	text_copy(person->birth_place, sizeof(person->birth_place), town->name);
	seed_nir(world, rng, person, place, person->birth / 100 % 100);
}

/* A record of civil status without day and month gives a month of 20 or 31-42. */
static int born_abroad_month(struct rng *rng, struct seed_person *person)
{
	int month = person->birth / 100 % 100;

	if (!rng_chance(rng, 150))
		return month;
	if (rng_chance(rng, 500)) {
		person->birth -= person->birth % 10000;
		return 20;
	}
	person->birth -= person->birth % 100;
	return 30 + month;
}

static void born_abroad(struct seed_world *world, struct rng *rng,
			struct seed_person *person, bool named)
{
	const struct seed_country *country = &seed_countries[
		rng_pick(rng, world->countries, world->country_count)];
	const char *place = country->code;
	char then[6];
	int month = born_abroad_month(rng, person);

	if (!named)
		draw_word(rng, country->surnames, person->name,
			  sizeof(person->name));
	draw_word(rng, person->sex == SEX_M ? country->men : country->women,
		  person->first_names, sizeof(person->first_names));
	text_copy(person->birth_place, sizeof(person->birth_place), country->name);
	if (person->birth < ALGERIA_INDEPENDENT && !strcmp(place, "99352")) {
		snprintf(then, sizeof(then), "9%d%03d", rng_between(rng, 1, 4),
			 rng_between(rng, 1, 400));
		place = then;
	}
	seed_nir(world, rng, person, place, month);
	/* A waiting number, and for some the final one that came later. */
	if (rng_chance(rng, 35)) {
		memcpy(person->old_nir, person->nir, sizeof(person->old_nir));
		person->old_nir[0] = person->sex == SEX_M ? '7' : '8';
		if (rng_chance(rng, 500)) {
			memcpy(person->nir, person->old_nir, sizeof(person->nir));
			person->old_nir[0] = '\0';
		}
	}
}

void seed_person_draw(struct seed_world *world, struct rng *rng,
		      struct seed_person *person, int birth_day,
		      const char *surname)
{
	struct date date = date_from_days(birth_day);
	const char *given;

	person->birth_day = birth_day;
	person->birth = date.year * 10000 + date.month * 100 + date.day;
	person->age = (int)((world->today - birth_day) / 365.25);
	person->rank = 1;
	given = seed_given_name(world, rng, person->sex, birth_day);
	text_copy(person->first_names, sizeof(person->first_names), given);
	if (rng_chance(rng, 250)) {
		const char *second = seed_given_name(world, rng, person->sex,
						     birth_day);

		if (strcmp(second, given) != 0)
			snprintf(person->first_names, sizeof(person->first_names),
				 "%s %s", given, second);
	}
	if (surname)
		text_copy(person->name, sizeof(person->name), surname);
	else
		seed_surname(world, rng, person->name);
	if (rng_chance(rng, person->age < 18 ? 30 : 140))
		born_abroad(world, rng, person, surname != NULL);
	else
		born_in_france(world, rng, person);
}
