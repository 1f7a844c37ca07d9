/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Care of one person: what care.c draws and care_lines.c turns into lines. */
#ifndef GUICHET_BACKEND_SEED_CARE_H
#define GUICHET_BACKEND_SEED_CARE_H

#include "seed.h"

#define CARE_LINES_MAX 8
#define CARE_YEARS 6
#define CARE_YEAR_CAP_CTS 5000          /* of an amount withheld, see below */

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
	int by_care[CARE_YEARS][WITHHELD_N], by_payment[CARE_YEARS][WITHHELD_N];
	int owed[WITHHELD_N];
	struct payline lines[CARE_LINES_MAX];
	int count;
};

/* What a trade does in one event: adds lines. */
void care_drugs(struct care *care);
void care_sessions(struct care *care);
void care_laboratory(struct care *care);
void care_general_doctor(struct care *care);
void care_other_doctor(struct care *care);
void care_dentist(struct care *care);
void care_transport(struct care *care);
void care_hospital(struct care *care);

/* Refuse the lines: nothing is due, nothing is withheld. */
void care_void(struct care *care);

#endif
