/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who lives together.  Each adult is insured in person since 2016 (PUMa), so a
 * couple is two files; minors are attached to one parent or to both.  Shares of
 * households: INSEE orders of magnitude. */
#include "seed.h"

#include <guichet/base/clock.h>
#include <guichet/base/text.h>

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define YEAR_DAYS 365.25
#define EPOCH_ID_MS INT64_C(1577923200000)      /* 2 January 2020 */
#define FILE_STEP_MS 100

int64_t seed_file_id(int index)
{
	return seed_person_id(0, 0) + ((int64_t)index * FILE_STEP_MS << 21);
}

int64_t seed_person_id(int64_t file_id, int rank)
{
	if (!file_id)
		return id_at(EPOCH_ID_MS, 0);
	return file_id + rank;
}

static int draw_birth(const struct seed_world *world, struct rng *rng, int low,
		      int high)
{
	int days = (int)(rng_between(rng, low, high) * YEAR_DAYS);

	return world->today - days - rng_between(rng, 1, 365);
}

static struct seed_person *add_person(struct seed_family *family, int kinship,
				      int sex)
{
	struct seed_person *person = &family->people[family->people_count];

	*person = (struct seed_person){ .kinship = kinship, .sex = sex };
	person->id = seed_person_id(family->id, family->people_count++);
	return person;
}

static void start_family(struct seed_world *world, struct seed_family *family,
			 int caisse, int index)
{
	uint64_t seed = (uint64_t)(uint32_t)world->options.seed;

	memset(family, 0, offsetof(struct seed_family, first_payment));
	family->persona = NULL;
	family->payment_count = 0;
	family->caisse = caisse;
	family->index = index;
	family->id = seed_file_id(index);
	family->rng.state = rng_mix(seed * 1000003 +
				    (uint64_t)caisse * 100000000 + (uint64_t)index);
}

enum home { HOME_ALONE, HOME_COUPLE, HOME_GROWN, HOME_CHILDREN };

/* Age of an adult who lives alone, or of the first of a couple. */
static int adult_birth(const struct seed_world *world, struct rng *rng,
		       enum home home)
{
	int drawn = rng_between(rng, 0, 99);

	if (home == HOME_CHILDREN)
		return draw_birth(world, rng, 26, 50);
	if (home == HOME_GROWN)
		return draw_birth(world, rng, 44, 64);
	if (drawn < 26)
		return draw_birth(world, rng, 18, 34);
	if (drawn < 54)
		return draw_birth(world, rng, 35, 64);
	if (drawn < 88)
		return draw_birth(world, rng, 65, 82);
	return draw_birth(world, rng, 83, home == HOME_ALONE ? 103 : 92);
}

static void marry(struct rng *rng, struct seed_person *wife,
		  const struct seed_person *husband)
{
	if (!rng_chance(rng, wife->age > 40 ? 450 : 200))
		return;
	if (rng_chance(rng, 850) ||
	    strlen(wife->name) + strlen(husband->name) > 80)
		text_copy(wife->used_name, sizeof(wife->used_name), husband->name);
	else
		snprintf(wife->used_name, sizeof(wife->used_name), "%.60s-%.58s",
			 wife->name, husband->name);
}

static void copy_child(struct seed_family *to, const struct seed_person *child)
{
	struct seed_person *copy = add_person(to, KIN_CHILD, child->sex);
	int64_t id = copy->id;

	*copy = *child;
	copy->id = id;
}

struct parents {
	struct seed_family *own, *other;        /* other: NULL for one parent */
	const char *surname;
	bool both;
};

static void twin(struct seed_world *world, struct seed_family *family)
{
	struct rng *rng = &family->rng;
	const struct seed_person *first =
		&family->people[family->people_count - 1];
	struct seed_person *second = add_person(family, KIN_CHILD, first->sex);
	int64_t id = second->id;
	const char *name;

	*second = *first;
	second->id = id;
	second->rank = 2;
	do {
		name = seed_given_name(world, rng, second->sex, second->birth_day);
	} while (!strncmp(name, first->first_names, strlen(name)));
	text_copy(second->first_names, sizeof(second->first_names), name);
	/* Next in the register, when nobody has it. */
	do {
		int order = 0;

		for (int at = 10; at < 13; at++)
			order = order * 10 + second->nir[at] - '0';
		snprintf(second->nir + 10, 4, "%03d", order % 999 + 1);
	} while (!seed_take_nir(world, second->nir));
}

static void add_children(struct seed_world *world, struct parents parents,
			 int count)
{
	struct seed_family *family = parents.own;
	struct rng *rng = &family->rng;
	const struct seed_person *parent = &family->people[0];
	int oldest = parent->age - 20;

	if (oldest > 17)
		oldest = 17;
	if (oldest < 0)
		return;
	for (int made = 0; made < count; made++) {
		int first = family->people_count;
		struct seed_person *child = add_person(family, KIN_CHILD,
			rng_chance(rng, 512) ? SEX_M : SEX_F);

		seed_person_draw(world, rng, child,
				 draw_birth(world, rng, 0, oldest),
				 parents.surname);
		child->both_parents = parents.both;
		if (rng_chance(rng, 17) && made + 1 < count) {
			twin(world, family);
			made++;
		}
		/* A number given twice, as old files have a few. */
		if (parent->sex == SEX_F && child->sex == SEX_F &&
		    rng_chance(rng, 2))
			memcpy(child->nir, parent->nir, sizeof(child->nir));
		for (; parents.both && first < family->people_count; first++)
			copy_child(parents.other, &family->people[first]);
	}
}

/* The surname that brothers and sisters share. */
static void children_surname(struct rng *rng, const struct seed_person *mother,
			     const struct seed_person *father, char out[NAME_SIZE])
{
	if (!father || rng_chance(rng, 80))
		text_copy(out, NAME_SIZE, mother->name);
	else if (rng_chance(rng, 110) &&
		 strlen(mother->name) + strlen(father->name) < 60)
		snprintf(out, NAME_SIZE, "%.58s %.58s", father->name, mother->name);
	else
		text_copy(out, NAME_SIZE, father->name);
}

static const char *hard_name(int caisse, int index)
{
	int row = index - seed_persona_count();

	return caisse == SEED_CAISSE && row >= 0 && row < SEED_HARD_NAMES ?
		seed_hard_names[row] : NULL;
}

/* Three rows of the hard names are first names. */
static bool given_is_hard(struct seed_person *person, const char *name)
{
	if (strcmp(name, "Lætitia") != 0 && strcmp(name, "Noël") != 0 &&
	    strcmp(name, "Łukasz") != 0)
		return false;
	text_copy(person->first_names, sizeof(person->first_names), name);
	return true;
}

static void draw_adult(struct seed_world *world, struct seed_family *family,
		       int sex, int birth_day)
{
	const char *hard = hard_name(family->caisse, family->index);
	struct seed_person *person = add_person(family, KIN_INSURED, sex);

	seed_person_draw(world, &family->rng, person, birth_day, NULL);
	if (hard && !given_is_hard(person, hard))
		text_copy(person->name, sizeof(person->name), hard);
}

static int couple(struct seed_world *world, struct seed_family *out[2],
		  enum home home, int children)
{
	struct seed_family *first = out[0], *second = out[1];
	struct rng *rng = &first->rng;
	bool women_first = rng_chance(rng, 500);
	struct seed_person *wife, *husband;
	char surname[NAME_SIZE];
	int birth = adult_birth(world, rng, home);
	int other = birth + rng_between(rng, -2500, 2500);

	if (other > world->today - (int)(19 * YEAR_DAYS))
		other = world->today - (int)(19 * YEAR_DAYS);
	draw_adult(world, first, women_first ? SEX_F : SEX_M, birth);
	draw_adult(world, second, women_first ? SEX_M : SEX_F, other);
	wife = &out[!women_first]->people[0];
	husband = &out[women_first]->people[0];
	marry(rng, wife, husband);
	children_surname(rng, wife, husband, surname);
	add_children(world, (struct parents){ first, second, surname,
		     rng_chance(rng, 450) }, children);
	return 2;
}

static int alone(struct seed_world *world, struct seed_family *family,
		 int children)
{
	struct rng *rng = &family->rng;
	int birth = adult_birth(world, rng,
				children ? HOME_CHILDREN : HOME_ALONE);
	char surname[NAME_SIZE];
	int sex = children ? (rng_chance(rng, 850) ? SEX_F : SEX_M) :
		(rng_chance(rng, 535) ? SEX_F : SEX_M);

	draw_adult(world, family, sex, birth);
	if (children) {
		children_surname(rng, &family->people[0], NULL, surname);
		add_children(world, (struct parents){ family, NULL, surname,
			     false }, children);
	} else if (family->people[0].age > 60 && sex == SEX_F &&
		   rng_chance(rng, 500)) {
		seed_surname(world, rng, family->people[0].used_name);
	} else if (family->people[0].age > 76 && sex == SEX_M &&
		   rng_chance(rng, 40)) {
		/* Never insured in person: kept from before 2016. */
		seed_person_draw(world, rng, add_person(family, KIN_SPOUSE, SEX_F),
				 birth + rng_between(rng, 0, 1500), NULL);
	}
	return 1;
}

int seed_household(struct seed_world *world, int caisse, int index, int room,
		   struct seed_family *out[2])
{
	struct rng *rng = &out[0]->rng;
	int drawn;

	start_family(world, out[0], caisse, index);
	if (index < seed_persona_count() || index == SEED_FIRST_2) {
		seed_persona(world, index, out[0]);
		return 1;
	}
	drawn = rng_between(rng, 0, 999);
	if (room < 2 || drawn < 380)
		return alone(world, out[0], 0);
	if (drawn >= 640 && drawn < 700)
		return alone(world, out[0], rng_between(rng, 1, 3));
	start_family(world, out[1], caisse, index + 1);
	if (drawn < 640)
		return couple(world, out, HOME_COUPLE, 0);
	if (drawn < 820)
		return couple(world, out, HOME_GROWN, 0);
	return couple(world, out, HOME_CHILDREN, drawn < 901 ? 1 :
		      drawn < 969 ? 2 : drawn < 992 ? 3 : rng_between(rng, 4, 6));
}
