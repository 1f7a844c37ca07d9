/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rights that follow from a file.  The disease behind an exemption is nobody's
 * business at the counter and is nowhere in the data. */
#include "seed.h"

#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

#define PUMA_DAY 20160101

static struct seed_right *add(struct seed_family *family, int64_t person_id,
			      int kind, const char *label)
{
	struct seed_right *right = &family->rights[family->right_count++];

	*right = (struct seed_right){ .person_id = person_id, .kind = kind,
		.label = label };
	return right;
}

static void base_right(struct seed_family *family,
		       const struct seed_person *person)
{
	struct seed_right *right = add(family, person->id, RIGHT_BASE,
				       "Droits de base (PUMa)");

	right->from = family->rights_from;
	if (person->birth > right->from)
		right->from = person->birth;
	right->to = family->rights_until;
}

static void doctor(const struct seed_world *world, struct seed_family *family,
		   const struct seed_person *person)
{
	struct rng *rng = &family->rng;
	struct seed_professional who;
	struct seed_right *right = add(family, person->id, RIGHT_DOCTOR,
				       "Médecin traitant");

	seed_professional(family->caisse, person->doctor_id, &who);
	right->from = seed_number(world, world->today - rng_between(rng, 60, 5000));
	text_copy(right->organism, sizeof(right->organism), who.name);
	snprintf(right->number, sizeof(right->number), "9999%07lld",
		 (long long)person->doctor_id);
}

static void exemption(const struct seed_world *world, struct seed_family *family,
		      const struct seed_person *person)
{
	int start = world->today - rng_between(&family->rng, 30, 3000);
	struct seed_right *right = add(family, person->id, RIGHT_EXEMPTION,
				       "Exonération du ticket modérateur");

	right->from = seed_number(world, start);
	right->to = seed_number(world, start + 3650);
	right->rate_pct = 100;
}

static void complementary(const struct seed_world *world,
			  struct seed_family *family,
			  const struct seed_person *person)
{
	struct rng *rng = &family->rng;
	int year = seed_number(world, world->today) / 10000;
	struct seed_right *right;

	if (family->c2s) {
		int from = world->today - rng_between(rng, 20, 340);

		right = add(family, person->id, RIGHT_C2S,
			    family->c2s == C2S_FREE ?
			    "Complémentaire santé solidaire" :
			    "Complémentaire santé solidaire avec participation");
		right->from = seed_number(world, from);
		right->to = seed_number(world, from + 364);
		text_copy(right->organism, sizeof(right->organism),
			  "Caisse d'assurance maladie");
		return;
	}
	if (!family->insurer)
		return;
	right = add(family, person->id, RIGHT_COMPLEMENTARY,
		    "Complémentaire santé");
	right->from = year * 10000 + 101;
	right->to = year * 10000 + 1231;
	right->noemie = family->noemie;
	text_copy(right->organism, sizeof(right->organism), family->insurer);
	text_copy(right->number, sizeof(right->number), family->insurer_number);
}

void seed_rights(const struct seed_world *world, struct seed_family *family)
{
	snprintf(family->insurer_number, sizeof(family->insurer_number), "9998%04u",
		 rng_below(&family->rng, 10000));
	for (int at = 0; at < family->people_count; at++) {
		const struct seed_person *person = &family->people[at];

		base_right(family, person);
		if (person->doctor)
			doctor(world, family, person);
		if (person->ald)
			exemption(world, family, person);
		complementary(world, family, person);
	}
}
