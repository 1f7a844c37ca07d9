/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By what right a file is read: the table of the operations, the perimeter of a
 * contact, and what only a supervisor's act opens. */
#ifndef GUICHET_BACKEND_ACCESS_H
#define GUICHET_BACKEND_ACCESS_H

#include "req.h"

#define RULE_CONFIRM_S "access.confirm_s"
#define RULE_ACCESS_MINUTES "access.minutes"
#define RULE_ACCESS_TRIES "access.tries"

/* Tell what the table of the operations says: nobody, unless it says so. */
bool access_allows(const struct api_op *op, int role, enum perimeter perimeter);

/* Refuse what the table does not allow: 403 "role.denied" in the agent's own
 * caisse, 403 "perimeter.denied" in a file that break-glass has opened. */
bool access_check(const struct req *req, const struct api_op *op,
		  enum perimeter perimeter, struct err *err);

/* Go on in the caisse of the file of the contact: its rows, its day. */
bool access_enter(struct req *req, struct err *err);

/* Refuse with 403 "reauth.needed" unless the password was just given again; it
 * serves once. */
bool access_confirm(struct req *req, struct err *err);

/* How a file may be opened. */
struct access_way {
	int64_t file_caisse;
	int64_t review_id;              /* that lets in, or 0 */
	int64_t until;                  /* moment, 0: no end */
};

/*
 * Find by what right the agent may open the file.  404 when it is not in the
 * perimeter, as when it is not at all; 403 "file.own" for a file the agent is
 * in, "file.sensitive" for one that a supervisor has not opened to them.
 */
bool access_find_way(struct req *req, int64_t file_id, struct access_way *way,
		     struct err *err);

/* Tell in *own whether the agent is one of the persons of the file. */
bool access_is_own(struct req *req, int64_t agent_id, int64_t caisse,
		   int64_t file_id, bool *own, struct err *err);

/* Note the file for the trace, and refuse as access_find_way() does one of the
 * agent's caisse that an operation reaches without a contact. */
bool access_file(struct req *req, int64_t file_id, struct err *err);

/* A row of the supervisors' queue, as it is added. */
struct access_review {
	int kind;                       /* enum review_kind */
	int64_t agent_id, opened_by;    /* opened_by 0: the agent */
	int64_t file_caisse, file_id;
	int reason;                     /* enum access_reason or -1 */
	const char *reference;
	int64_t files, minutes, until;
};

/* Add it and tell the log; *id is its own. */
bool access_add_review(struct req *req, const struct access_review *review,
		       int64_t *id, struct err *err);

#endif
