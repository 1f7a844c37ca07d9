/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who cares for people.  Nothing is kept: an identifier makes its name. */
#include "seed.h"

#include <stdio.h>

static const struct trade {
	const char *specialty;          /* as the agent reads it */
	const char *prefix;             /* of the name; "%s" names the place */
	int per_million;                /* insured; at least 2 */
	bool person;
} trades[] = {
	[TRADE_GP] = { "Médecin généraliste", "Dr", 900, true },
	[TRADE_SPECIALIST] = { "Dermatologue", "Dr", 200, true },
	[TRADE_CARDIOLOGIST] = { "Cardiologue", "Dr", 150, true },
	[TRADE_PSYCHIATRIST] = { "Psychiatre", "Dr", 120, true },
	[TRADE_GYNAECOLOGIST] = { "Gynécologue", "Dr", 120, true },
	[TRADE_PAEDIATRICIAN] = { "Pédiatre", "Dr", 100, true },
	[TRADE_GERIATRICIAN] = { "Gériatre", "Dr", 80, true },
	[TRADE_RADIOLOGIST] = { "Radiologue", "Dr", 150, true },
	[TRADE_DENTIST] = { "Chirurgien-dentiste", "Dr", 500, true },
	[TRADE_NURSE] = { "Infirmier", "", 900, true },
	[TRADE_PHYSIO] = { "Masseur-kinésithérapeute", "", 800, true },
	[TRADE_SPEECH] = { "Orthophoniste", "", 300, true },
	[TRADE_PODIATRIST] = { "Pédicure-podologue", "", 200, true },
	[TRADE_MIDWIFE] = { "Sage-femme", "", 200, true },
	[TRADE_LAB] = { "Laboratoire de biologie", "Laboratoire", 150, false },
	[TRADE_PHARMACY] = { "Pharmacie", "Pharmacie", 450, false },
	[TRADE_OPTICIAN] = { "Opticien", "Optique", 200, false },
	[TRADE_DEVICES] = { "Matériel médical", "Matériel médical", 80, false },
	[TRADE_TRANSPORT] = { "Transport sanitaire", "Ambulances", 120, false },
	[TRADE_HOSPITAL] = { "Établissement de santé", "Clinique", 20, false },
};
_Static_assert(sizeof(trades) / sizeof(*trades) == TRADE_N,
	       "every trade needs a row");

static const char *const signs[] = {
	"de la Gare", "des Cimes", "du Marché", "de l'Étoile", "Belledonne",
	"du Vercors", "des Tilleuls", "du Pont", "de la Place", "Chartreuse",
	"des Noyers", "du Drac", "de la Tour", "du Lac", "des Alpes", "Saint-Roch",
	"du Parc", "des Écoles", "de la Fontaine", "du Centre",
};

int seed_professional_count(const struct seed_world *world, int caisse,
			    enum seed_trade trade)
{
	int insured = world->options.insured;
	int64_t count;

	if (caisse == SEED_CAISSE_2)
		insured /= SEED_SHARE_2;
	count = (int64_t)insured * trades[trade].per_million / 1000000;
	if (count < 2)
		return trade == TRADE_GP ? 6 : 2;
	return count > 999 ? 999 : (int)count;
}

int64_t seed_professional_pick(const struct seed_world *world, int caisse,
			       enum seed_trade trade, struct rng *rng)
{
	int count = seed_professional_count(world, caisse, trade);

	return trade * 1000 + 1 + (int64_t)rng_below(rng, (uint32_t)count);
}

void seed_professional(int caisse, int64_t id, struct seed_professional *out)
{
	const struct trade *trade = &trades[id / 1000 % TRADE_N];
	const struct seed_town *towns =
		caisse == SEED_CAISSE ? seed_isere : seed_savoie;
	struct rng rng = { rng_mix((uint64_t)(caisse * 100000 + id)) };
	const struct seed_given *given =
		rng_chance(&rng, 500) ? seed_men : seed_women;

	out->id = id;
	out->specialty = trade->specialty;
	out->city = towns[rng_below(&rng, 6)].name;
	if (trade->person)
		snprintf(out->name, sizeof(out->name), "%s%s%s %s", trade->prefix,
			 *trade->prefix ? " " : "",
			 seed_surnames[rng_below(&rng, SEED_SURNAMES)],
			 given[rng_below(&rng, 40)].name);
	else
		snprintf(out->name, sizeof(out->name), "%s %s", trade->prefix,
			 signs[rng_below(&rng, sizeof(signs) / sizeof(*signs))]);
}
