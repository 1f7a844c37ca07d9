/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The constant tables from which the demonstration population is drawn. */
#ifndef GUICHET_BACKEND_SEED_TABLES_H
#define GUICHET_BACKEND_SEED_TABLES_H

#include <stddef.h>
#include <stdint.h>

#define SEED_SURNAMES 400
#define SEED_HARD_NAMES 71
#define SEED_DECADES 10

/* Frequent surnames by rank, and names that break a naive search. */
extern const char *const seed_surnames[SEED_SURNAMES + 1];
extern const char *const seed_hard_names[SEED_HARD_NAMES + 1];

struct seed_given {
	const char *name;
	uint16_t births[SEED_DECADES];  /* in hundreds, 1930s to 2020s */
};

/* First names, ended by a row without a name. */
extern const struct seed_given seed_men[], seed_women[];

/* People of one country have names of their own. */
struct seed_country {
	const char *code;               /* INSEE, "99352" */
	const char *name;
	uint16_t weight;
	const char *surnames;           /* words apart by '|' */
	const char *men, *women;
};
extern const struct seed_country seed_countries[];

/* Where people live, and where they were born. */
struct seed_town {
	const char *insee;              /* 5 characters */
	const char *postcode;
	const char *name;
	uint32_t people;
	int32_t east_m, north_m;        /* from Grenoble; 0, 0 elsewhere */
};
extern const struct seed_town seed_isere[], seed_savoie[], seed_elsewhere[];

/* Streets, and the complementary insurers (none exists). */
extern const char *const seed_streets[];
extern const char *const seed_insurers[];

struct seed_office {
	int caisse;
	const char *name, *address, *postcode, *city;
	int desks;
	int32_t east_m, north_m;
};
extern const struct seed_office seed_offices[];

/* Rules of opening, as the table opening holds them. */
struct seed_opening {
	int office;                     /* row of seed_offices */
	int desk, rule;
	const char *weekdays;           /* "12345" */
	int n;
	int anchor;                     /* days after the Monday of this week */
	int open_minute, close_minute;
};
extern const struct seed_opening seed_openings[];

struct seed_agent {
	int caisse;
	const char *login, *display_name;
	int role;                       /* enum role */
	int office;                     /* row of seed_offices */
	const char *nir;                /* of their own file, or NULL */
};
extern const struct seed_agent seed_agents[];

#endif
