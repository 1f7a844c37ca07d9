/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed.h"

#include <guichet/base/clock.h>
#include <guichet/base/mem.h>
#include <guichet/base/workdays.h>

#include <stdlib.h>
#include <string.h>

#define DEPARTMENT "38"
#define FIRST_ID_MS INT64_C(1577923200000)      /* 2 January 2020 */
#define LOW_BITS 21                     /* of an identifier, beside its moment */
#define AFTER_DAYS 90                   /* of calendar, beyond today */

static int cumulate_towns(const struct seed_town *towns, uint32_t *sums)
{
	uint32_t sum = 0;
	int count = 0;

	for (; towns[count].insee; count++)
		sums[count] = sum += towns[count].people;
	return count;
}

static void cumulate_given(const struct seed_given *names,
			   uint32_t sums[SEED_DECADES][160])
{
	for (int decade = 0; decade < SEED_DECADES; decade++) {
		uint32_t sum = 0;

		for (int at = 0; names[at].name; at++)
			sums[decade][at] = sum += names[at].births[decade];
	}
}

/* Share of a surname: the model of rank, Martin 0.36 %. */
static void cumulate_surnames(uint32_t *sums)
{
	uint32_t sum = 0;

	for (int rank = 1; rank <= SEED_SURNAMES; rank++)
		sums[rank - 1] = sum += rank == 1 ? 3600 :
			(uint32_t)(80000 / (rank + 40) + 20);
}

static int count_texts(const char *const *texts)
{
	int count = 0;

	while (texts[count])
		count++;
	return count;
}

static bool pays(struct date date)
{
	return date_weekday(date) <= 5 && !workdays_holiday(date, DEPARTMENT);
}

static void make_calendar(struct seed_world *world)
{
	int next;

	world->calendar_first = world->first - 60;
	world->calendar_count = world->today + AFTER_DAYS - world->calendar_first;
	world->calendar = mem_new((size_t)world->calendar_count,
				  sizeof(*world->calendar));
	next = world->calendar_first + world->calendar_count - 1;
	for (int at = world->calendar_count - 1; at >= 0; at--) {
		struct date date = date_from_days(world->calendar_first + at);

		if (pays(date))
			next = world->calendar_first + at;
		world->calendar[at].number = date.year * 10000 +
			date.month * 100 + date.day;
		world->calendar[at].open = next;
	}
}

void seed_world_init(struct seed_world *world, const struct seed_options *options,
		     int64_t now_ms)
{
	struct date today = zone_date(ZONE_PARIS, now_ms, NULL);

	*world = (struct seed_world){ .options = *options, .now_ms = now_ms };
	world->today = (int)date_to_days(today);
	world->first = (int)date_to_days(date_add_months(today, -options->months));
	make_calendar(world);
	for (world->nir_slots = 1024;
	     world->nir_slots < (size_t)options->insured * 4;)
		world->nir_slots *= 2;
	world->nirs = mem_new(world->nir_slots, sizeof(*world->nirs));
	cumulate_given(seed_men, world->men);
	cumulate_given(seed_women, world->women);
	while (seed_men[world->given_count].name)
		world->given_count++;
	world->isere_count = cumulate_towns(seed_isere, world->isere);
	world->savoie_count = cumulate_towns(seed_savoie, world->savoie);
	world->elsewhere_count = cumulate_towns(seed_elsewhere, world->elsewhere);
	cumulate_surnames(world->surnames);
	for (uint32_t sum = 0; seed_countries[world->country_count].code;
	     world->country_count++)
		world->countries[world->country_count] = sum +=
			seed_countries[world->country_count].weight;
	world->street_count = count_texts(seed_streets);
	world->insurer_count = count_texts(seed_insurers);
}

void seed_world_fini(struct seed_world *world)
{
	free(world->calendar);
	free(world->nirs);
}

static const struct seed_day *calendar_day(const struct seed_world *world, int day)
{
	int at = day - world->calendar_first;

	if (at < 0)
		at = 0;
	if (at >= world->calendar_count)
		at = world->calendar_count - 1;
	return &world->calendar[at];
}

int seed_number(const struct seed_world *world, int day)
{
	struct date date;
	int at = day - world->calendar_first;

	if (at >= 0 && at < world->calendar_count)
		return world->calendar[at].number;
	date = date_from_days(day);
	return date.year * 10000 + date.month * 100 + date.day;
}

int seed_open(const struct seed_world *world, int day)
{
	return calendar_day(world, day)->open;
}

int64_t seed_id(struct seed_world *world, int64_t at_ms)
{
	unsigned serial = world->serial++;

	if (at_ms < FIRST_ID_MS)
		at_ms = FIRST_ID_MS;
	return id_at(at_ms + (serial >> LOW_BITS), serial);
}

bool seed_take_nir(struct seed_world *world, const char nir[14])
{
	uint64_t value = 0, hash;

	for (int at = 0; at < 13; at++)
		value = value * 37 + (uint64_t)(nir[at] - '0' + 1);
	hash = rng_mix(value);
	for (size_t at = hash & (world->nir_slots - 1); ;
	     at = (at + 1) & (world->nir_slots - 1)) {
		if (world->nirs[at] == value)
			return false;
		if (world->nirs[at])
			continue;
		world->nirs[at] = value;
		return true;
	}
}
