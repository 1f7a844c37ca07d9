/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUICHET_BACKEND_SEED_PERSONA_H
#define GUICHET_BACKEND_SEED_PERSONA_H

#include "seed.h"

/* Somebody covered through a persona; NULL first names end a list. */
struct seed_member {
	const char *first_names;
	int kinship, sex, birth;        /* yyyymmdd */
	const char *nir;
	int rank;
	bool both;                      /* attached to both parents */
	int ehic, vitale;
};

struct seed_persona {
	const char *name, *used_name, *first_names;
	int sex, birth;
	const char *nir, *place;        /* of birth */
	const char *address1, *postcode, *city;
	const char *old_nir, *phone, *serial, *message; /* NULL: none */
	const struct seed_member *members;
	bool doctor, ald, closed, insurer, rejected;
	bool sensitive;                 /* for whom a supervisor lets in */
	bool scripted;                  /* recent payments are those of scripts.c */
	int c2s, ehic, vitale;
	unsigned income;
};

#endif
