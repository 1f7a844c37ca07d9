/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of five minutes taken by a hold or by an appointment.  The key of the
 * table decides between two who want the same one. */
#ifndef GUICHET_BACKEND_CELLS_H
#define GUICHET_BACKEND_CELLS_H

#include "agenda.h"

struct cell_span {
	int64_t office_id;
	int desk;
	int64_t starts_at, ends_at;     /* moments, multiples of CELL_MS */
};

/* Take the cells of `span` for a hold until `expires_at`, or for an appointment
 * (hold_id 0, expires_at 0).  Cells of holds that have expired are removed
 * first.  *taken is false, and nothing is changed, when one is not free. */
bool cells_take(struct req *req, const struct cell_span *span, int64_t hold_id,
		int64_t appointment_id, int64_t expires_at, bool *taken,
		struct err *err);

/* Give the cells of a hold to an appointment.  *taken is false when they are not
 * all there any more. */
bool cells_turn(struct req *req, const struct cell_span *span, int64_t hold_id,
		int64_t appointment_id, bool *taken, struct err *err);

/* Free the cells of `span` that the hold or the appointment has. */
bool cells_free(struct req *req, const struct cell_span *span, int64_t hold_id,
		int64_t appointment_id, struct err *err);

/* Refuse with 422 slot.closed a span outside the opening hours of the office. */
bool cells_open(struct req *req, const struct cell_span *span, struct err *err);

/* Refuse with 409 slot.taken, giving the three nearest free slots. */
bool cells_refuse(struct req *req, const struct cell_span *span, struct err *err);

/* Remove a hold and its cells. */
bool hold_drop(struct req *req, int64_t hold_id, const struct cell_span *span,
	       struct err *err);

struct hold_row {
	int64_t id, file_id;
	struct cell_span span;
	char reason[16];
	int64_t expires_at;
};

/* Read a hold of this agent that has not expired.  Errors: 409 hold.expired. */
bool hold_get(struct req *req, int64_t id, struct hold_row *hold,
	      struct err *err);

struct reason_row {
	int minutes;
	unsigned channels, roles;
};

/* Read a reason that this agent may book.  Errors: 422 reason.channel when
 * the caisse has no such reason, 403. */
bool reason_get(struct req *req, const char *code, struct reason_row *reason,
		struct err *err);

#endif
