/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One contact as the store has it, for its handlers. */
#ifndef GUICHET_BACKEND_CONTACT_H
#define GUICHET_BACKEND_CONTACT_H

#include "../req.h"

struct contact_row {
	struct contact contact;
	int64_t id, file_id, version;
	int64_t file_caisse;            /* where the file is */
	int64_t tries;                  /* failed proofs, 4 bits a kind */
};

/* Read the contact of a path and note it for the audit and the ETag; its own
 * agent and supervisors may.  Errors: ERR_NOT_FOUND with 404. */
bool contact_read(struct req *req, int64_t id, struct contact_row *row,
		  struct err *err);

/* Refuse with 409 "contact.closed" a contact that has ended. */
bool contact_is_open(const struct contact_row *row, struct err *err);

/* Propose how to close it, from the trace of what was read and written in it;
 * what the agent has said already stays. */
bool contact_suggest(struct req *req, struct contact_row *row, struct err *err);

/* Read it again, with its suggestions, as the answer. */
bool contact_give(struct req *req, int64_t id, struct rows *out, struct err *err);

#endif
