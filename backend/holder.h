/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The person a card, a request or an appointment is for, and their file. */
#ifndef GUICHET_BACKEND_HOLDER_H
#define GUICHET_BACKEND_HOLDER_H

#include "req.h"

struct holder {
	int64_t id, file_id;
	int kinship;
	struct date birth;              /* may be incomplete */
	char nir[14];
	char name[NAME_SIZE];           /* birth name */
	char used_name[NAME_SIZE];
	char first_names[NAME_SIZE];
	char vitale_serial[24];         /* of the card in force, or "" */
};

struct holder_file {
	char address1[NAME_SIZE], address2[NAME_SIZE];
	char postcode[6], city[NAME_SIZE];
};

/* Read the person `id` of the caisse.  Errors: ERR_NOT_FOUND with 404. */
bool holder_get(struct req *req, int64_t id, struct holder *holder,
		struct err *err);

/* Read the person `id` (13 characters) of the member `field` of the body, who
 * must be of the file.  Errors: ERR_INVALID, err->field set. */
bool holder_in_file(struct req *req, const char *id, int64_t file_id,
		    const char *field, struct holder *holder, struct err *err);

/* Take the file of the path, refuse with 404 when it is none or not that of the
 * contact, with 403 below simple identification; note it for the audit. */
bool holder_open_file(struct req *req, const char *insured_id, int64_t *file_id,
		      struct err *err);

/* Read where letters to the file go. */
bool holder_address(struct req *req, int64_t file_id, struct holder_file *file,
		    struct err *err);

/* Tell in *open whether the person has rights today: a base right of their own
 * when they have any, else those of the file. */
bool holder_rights(struct req *req, const struct holder *holder, bool *open,
		   struct err *err);

/* Write the first of the first names; the name as called: "MARTIN Éléonore". */
void holder_first_name(const char *first_names, char out[NAME_SIZE]);
void holder_full_name(const char *name, const char *used_name,
		      const char *first_names, char out[NAME_SIZE]);

/* Write a serial with only its last four characters readable. */
void holder_mask_serial(const char *serial, char out[MASK_SIZE]);

/* Refuse with 404 what is not there; with 422 the member `field` of the body.
 * Always false. */
bool refuse_missing(struct err *err);
bool refuse_field(struct err *err, const char *word, const char *field,
		  const char *text);

#endif
