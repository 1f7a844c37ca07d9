/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Booking, reading and changing appointments. */
#include "../appointment_store.h"
#include "../holder.h"
#include "handlers.h"
#include <guichet/base/text.h>
#include <stdio.h>
#include <string.h>

#define BIT(state) (1u << (state))

/* To which states each one may go; MOVED is reached by a move alone. */
static const unsigned next_states[] = {
	[APPOINTMENT_BOOKED] = BIT(APPOINTMENT_ARRIVED) |
		BIT(APPOINTMENT_IN_PROGRESS) | BIT(APPOINTMENT_DONE) |
		BIT(APPOINTMENT_SETTLED_BEFORE) | BIT(APPOINTMENT_NO_SHOW) |
		BIT(APPOINTMENT_CANCELLED) | BIT(APPOINTMENT_MOVED),
	[APPOINTMENT_ARRIVED] = BIT(APPOINTMENT_BOOKED) |
		BIT(APPOINTMENT_IN_PROGRESS) | BIT(APPOINTMENT_DONE) |
		BIT(APPOINTMENT_NO_SHOW) | BIT(APPOINTMENT_CANCELLED) |
		BIT(APPOINTMENT_MOVED),
	[APPOINTMENT_IN_PROGRESS] = BIT(APPOINTMENT_DONE),
	[APPOINTMENT_DONE] = 0,
	[APPOINTMENT_SETTLED_BEFORE] = 0,
	[APPOINTMENT_NO_SHOW] = BIT(APPOINTMENT_ARRIVED) |
		BIT(APPOINTMENT_MOVED),
	[APPOINTMENT_CANCELLED] = 0,
	[APPOINTMENT_MOVED] = 0,
};
_Static_assert(sizeof(next_states) / sizeof(*next_states) ==
	       APPOINTMENT_STATE_N, "every state says where it leads");

/* States whose desk is free again. */
#define STATES_FREEING (BIT(APPOINTMENT_SETTLED_BEFORE) | \
	BIT(APPOINTMENT_CANCELLED) | BIT(APPOINTMENT_MOVED))

static void answer(struct req *req, const struct appointment_row *row,
		   struct rows *out)
{
	rows_copy_in(out, &row->told);
	req->version = row->version;
	req->file_id = row->file_id;
	text_copy(req->object, sizeof(req->object), row->told.number);
	snprintf(req->location, sizeof(req->location), "/v1/appointments/%s",
		 row->told.id);
}

/* Tell once what the agent should know before booking. */
static bool check_warnings(struct req *req, const struct appointment_row *row,
			   int64_t except, bool accepted, struct err *err)
{
	struct appointment_warning warning;

	if (accepted)
		return true;
	if (!appointment_warnings(req, row->file_id, row->told.reason,
				  row->span.starts_at, except, warning.warning,
				  err))
		return false;
	if (!*warning.warning)
		return true;
	req_extra(req, &appointment_warning_codec, &warning);
	return req_refuse(err, 409, "appointment.warning", "%.*s",
			  (int)sizeof(err->text) - 1, warning.warning);
}

/* Give the appointment its cells: those of the hold, or free ones. */
static bool take(struct req *req, const struct appointment_row *row,
		 int64_t hold_id, struct err *err)
{
	bool taken;

	if (!hold_id) {
		if (!cells_take(req, &row->span, 0, row->id, 0, &taken, err))
			return false;
		return taken || cells_refuse(req, &row->span, err);
	}
	if (!cells_turn(req, &row->span, hold_id, row->id, &taken, err))
		return false;
	if (!taken)
		return cells_refuse(req, &row->span, err);
	return db_run(req->db, err, NULL,
		      "DELETE FROM hold WHERE caisse = $1 AND id = $2", "ii",
		      req->caisse, hold_id);
}

/* Check, number, take the cells and insert: the same for a booking and for the
 * new half of a move. */
static bool book(struct req *req, struct appointment_row *row, int64_t hold_id,
		 int64_t except, bool accepted, struct err *err)
{
	row->id = id_new();
	row->told.state = APPOINTMENT_BOOKED;
	return cells_open(req, &row->span, err) &&
	       check_warnings(req, row, except, accepted, err) &&
	       take(req, row, hold_id, err) &&
	       number_next(req, "RDV", row->told.number, err) &&
	       appointment_insert(req, row, err);
}

/* Where and when: as the hold says, else as the body says. */
static bool choose_span(struct req *req, const struct appointment_new *asked,
			const struct reason_row *reason,
			struct appointment_row *row, struct err *err)
{
	struct hold_row hold;

	if (*asked->hold_id) {
		if (!hold_get(req, id_parse(asked->hold_id), &hold, err))
			return false;
		if (hold.file_id != row->file_id)
			return err_field(err, ERR_INVALID, "hold_id",
					 "ce créneau est retenu pour un autre dossier");
		if (strcmp(hold.reason, asked->reason) != 0)
			return err_field(err, ERR_INVALID, "reason",
					 "ce créneau est retenu pour un autre motif");
		row->span = hold.span;
		return true;
	}
	if (!*asked->office_id || asked->desk == CODEC_NONE || !asked->starts_at)
		return err_field(err, ERR_INVALID, "starts_at",
				 "il faut un créneau : lieu, guichet et heure");
	row->span = (struct cell_span){
		.office_id = id_parse(asked->office_id),
		.desk = (int)asked->desk,
		.starts_at = asked->starts_at,
		.ends_at = asked->starts_at + reason->minutes * 60000LL,
	};
	return true;
}

bool appointment_create(struct req *req, const void *key, const void *body,
			struct rows *out, struct err *err)
{
	const struct appointment_new *asked = body;
	struct appointment_row row = { .told.channel = asked->channel };
	struct reason_row reason;

	(void)key;
	if (!holder_open_file(req, asked->insured_id, &row.file_id, err) ||
	    !reason_get(req, asked->reason, &reason, err))
		return false;
	if (!(reason.channels >> asked->channel & 1))
		return refuse_field(err, "reason.channel", "channel",
				    "ce motif ne se traite pas par ce canal");
	text_copy(row.told.reason, sizeof(row.told.reason), asked->reason);
	text_copy(row.told.phone, sizeof(row.told.phone), asked->phone);
	text_copy(row.told.note, sizeof(row.told.note), asked->note);
	if (!choose_span(req, asked, &reason, &row, err) ||
	    !book(req, &row, id_parse(asked->hold_id), 0,
		  asked->accept_warnings, err) ||
	    !appointment_load(req, row.id, &row, err))
		return false;
	answer(req, &row, out);
	return true;
}

bool appointment_get(struct req *req, const void *key, const void *body,
		     struct rows *out, struct err *err)
{
	const struct appointment_key *asked = key;
	struct appointment_row row;

	(void)body;
	if (!appointment_load(req, id_parse(asked->appointment_id), &row, err))
		return false;
	answer(req, &row, out);
	return true;
}

static bool refuse_state(struct err *err)
{
	return req_refuse(err, 409, "appointment.state",
			  "l'état du rendez-vous ne permet pas cela");
}

static bool free_cells(struct req *req, const struct appointment_row *row,
		       struct err *err)
{
	return cells_free(req, &row->span, 0, row->id, err);
}

/* Move to a held slot: a new appointment, the old one says which. */
static bool move(struct req *req, struct appointment_row *row,
		 const struct appointment_change *asked, struct err *err)
{
	struct appointment_row fresh = *row;
	struct hold_row hold;

	if (!(next_states[row->told.state] & BIT(APPOINTMENT_MOVED)))
		return refuse_state(err);
	if (!hold_get(req, id_parse(asked->hold_id), &hold, err))
		return false;
	if (hold.file_id != row->file_id)
		return err_field(err, ERR_INVALID, "hold_id",
				 "ce créneau est retenu pour un autre dossier");
	fresh.span = hold.span;
	text_copy(fresh.told.reason, sizeof(fresh.told.reason), hold.reason);
	if (*asked->note)
		text_copy(fresh.told.note, sizeof(fresh.told.note), asked->note);
	if (!book(req, &fresh, hold.id, row->id, asked->accept_warnings, err))
		return false;
	row->told.state = APPOINTMENT_MOVED;
	text_copy(row->told.moved_to, sizeof(row->told.moved_to),
		  fresh.told.number);
	return free_cells(req, row, err) && appointment_save(req, row, err);
}

static bool change_state(struct req *req, struct appointment_row *row,
			 const struct appointment_change *asked,
			 struct err *err)
{
	if (asked->state == APPOINTMENT_MOVED ||
	    !(next_states[row->told.state] & BIT(asked->state)))
		return refuse_state(err);
	if (asked->state == APPOINTMENT_CANCELLED && asked->cancelled_by < 0)
		return err_field(err, ERR_INVALID, "cancelled_by",
				 "dites qui annule : l'assuré ou la caisse");
	row->told.state = asked->state;
	if (asked->state == APPOINTMENT_CANCELLED) {
		row->told.cancelled_by = asked->cancelled_by;
		text_copy(row->told.cancel_reason,
			  sizeof(row->told.cancel_reason),
			  asked->cancel_reason);
	}
	if (asked->state == APPOINTMENT_ARRIVED)
		row->told.arrived_at = req->now_ms;
	else if (asked->state == APPOINTMENT_BOOKED)
		row->told.arrived_at = 0;
	return !(BIT(asked->state) & STATES_FREEING) ||
	       free_cells(req, row, err);
}

bool appointment_update(struct req *req, const void *key, const void *body,
			struct rows *out, struct err *err)
{
	const struct appointment_key *at = key;
	const struct appointment_change *asked = body;
	struct appointment_row row;

	if (!appointment_load(req, id_parse(at->appointment_id), &row, err))
		return false;
	req->file_id = row.file_id;
	text_copy(req->object, sizeof(req->object), row.told.number);
	if (!req_match(req, row.version, err))
		return false;
	if (*asked->hold_id) {
		if (!move(req, &row, asked, err))
			return false;
	} else {
		if (*asked->note)
			text_copy(row.told.note, sizeof(row.told.note),
				  asked->note);
		if (asked->state >= 0 && !change_state(req, &row, asked, err))
			return false;
		if (!appointment_save(req, &row, err))
			return false;
	}
	answer(req, &row, out);
	return true;
}
