/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The supervisors' queue as the store has it. */
#ifndef GUICHET_BACKEND_REVIEW_H
#define GUICHET_BACKEND_REVIEW_H

#include "../req.h"

struct review_row {
	struct review review;
	int64_t id, agent_id, opened_by, file_id;
};

/* Read rows of the caisse, newest first, after (after, id); `rows` holds struct
 * review_row. */
bool review_select(struct req *req, const struct review_query *query,
		   int64_t after, int64_t id, int64_t limit, struct rows *rows,
		   struct err *err);

/* Read one.  Errors: ERR_NOT_FOUND with 404. */
bool review_read(struct req *req, int64_t id, struct review_row *row,
		 struct err *err);

/* Count what waits in the caisse. */
bool review_pending(struct req *req, int64_t *pending, struct err *err);

#endif
