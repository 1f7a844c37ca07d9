/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons of a caisse from a table as text (guichetd(8), IMPORT).
 *
 *     csv.c            a line to fields
 *     import_person.c  fields to a person, with the reason when it cannot be
 *     import.c         persons to rows, and the command
 */
#ifndef GUICHET_BACKEND_IMPORT_H
#define GUICHET_BACKEND_IMPORT_H

#include "store/db.h"

#include <guichet/api/insured.h>
#include <stdio.h>

#define IMPORT_COLUMNS 21

struct import_person {
	char file[40];                  /* groups the lines of one file */
	int kinship, sex;
	int birth, rank;                /* yyyymmdd, as person.birth */
	bool both_parents;
	char nir[14];
	char name[NAME_SIZE], used_name[NAME_SIZE], first_names[NAME_SIZE];
	char birth_place[NAME_SIZE], centre[6];
	char address1[NAME_SIZE], address2[NAME_SIZE];
	char postcode[6], city[NAME_SIZE];
	char phone[20], email[NAME_SIZE], iban[35];
	int rights_from, rights_until;  /* yyyymmdd; 0: not said */
};

/* Which column each field of a line is. */
struct import_header {
	char separator;                 /* ',' or ';', whichever it has */
	int column[IMPORT_COLUMNS];
	int count;
};

/* Read the first line, without its end.  Errors: ERR_INVALID for a column that
 * is unknown, there twice, or missing. */
bool import_read_header(struct import_header *header, char *line,
			struct err *err);

/* Read a line, without its end; `today` is the last day of birth.  Errors:
 * ERR_INVALID "column : reason". */
bool import_read_person(const struct import_header *header, char *line,
			struct date today, struct import_person *person,
			struct err *err);

struct import_report { int64_t loaded, already, refused; };

/*
 * Load the persons of `in` in the caisse, 10,000 lines a transaction.  A line
 * that cannot be is told to `told` with its number and why, and left; so is
 * whoever is there already, without a word.  Errors: ERR_INVALID for the first
 * line, ERR_SYSTEM; what was committed stays.
 */
bool import_run(struct db *db, int64_t caisse, FILE *in, FILE *told,
		struct import_report *report, struct err *err);

#endif
