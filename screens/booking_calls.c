/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app_private.h"
#include "booking.h"

#include <stdio.h>
#include <string.h>

enum { PART_SLOTS = 1 };

enum channel booking_channel(const struct booking *booking)
{
	return booking->phone[0] ? CHANNEL_PHONE : CHANNEL_COUNTER;
}

static void on_slots(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	const struct booking *booking = state;

	(void)reply;
	if (!booking->slots.count) {
		ui_message(ctx, "%s", _("Aucun créneau libre dans les quatre semaines"));
		return;
	}
	for (size_t i = 0; i < booking->slots.count; i++) {
		const struct slot *slot = rows_at(&booking->slots, i);

		if (!slot->held) {
			ui_select_row(ctx, PART_SLOTS, i);
			break;
		}
	}
	ui_focus_part(ctx, PART_SLOTS);
}

void booking_load_slots(struct ui_ctx *ctx, struct booking *booking)
{
	struct slot_query query;

	codec_clear(&slot_query_codec, &query);
	text_copy(query.reason, sizeof(query.reason), booking->reason);
	text_copy(query.postcode, sizeof(query.postcode), booking->postcode);
	query.from = booking->from;
	if (date_is_set(booking->from))
		query.to = date_add_days(booking->from, 28);
	query.limit = 100;
	app_list_expected(ctx, &api_slot_list, &query, &booking->slots, on_slots);
}

/* Show the nearest free slots when the wanted one went to somebody else. */
static void on_taken(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct booking *booking = state;
	struct slot_taken taken;
	struct err ignored = { 0 };

	if (strcmp(reply->err.word, "slot.taken") == 0 &&
	    api_problem_decode(reply, &slot_taken_codec, &taken, &ignored) &&
	    taken.count) {
		rows_empty(&booking->slots);
		for (size_t i = 0; i < taken.count; i++)
			rows_copy_in(&booking->slots, &taken.nearest[i]);
		ui_select_row(ctx, PART_SLOTS, 0);
		ui_message(ctx, "%s", _("Créneau pris à l'instant : voici les plus proches"));
		return;
	}
	ui_error(ctx, &reply->err);
	if (strcmp(reply->err.word, "hold.expired") == 0) {
		booking->hold.id[0] = '\0';
		booking_load_slots(ctx, booking);
	}
}

static void on_held(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct booking *booking = state;

	booking->hold = *(const struct hold *)rows_at(&reply->rows, 0);
	ui_message(ctx, "%s", _("Créneau retenu : F10 confirme"));
}

void booking_release(struct booking *booking)
{
	if (!booking->hold.id[0] || booking->booked || booking->confirming)
		return;
	hold_give_back(booking->app, booking->hold.id);
	booking->hold.id[0] = '\0';
}

void booking_hold(struct ui_ctx *ctx, struct booking *booking,
		  const struct slot *slot)
{
	struct hold_new hold = { .desk = slot->desk, .starts_at = slot->starts_at };

	text_copy(hold.insured_id, sizeof(hold.insured_id), booking->insured_id);
	text_copy(hold.office_id, sizeof(hold.office_id), slot->office_id);
	text_copy(hold.reason, sizeof(hold.reason), booking->reason);
	booking_release(booking);
	app_act(ctx, &(struct app_act){ .op = &api_hold_create, .body = &hold,
		.expected = true, .done = on_held, .refused = on_taken });
}

static void on_booked(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct booking *booking = state;

	booking->made = *(const struct appointment *)rows_at(&reply->rows, 0);
	booking->booked = true;
	ui_set_unchanged(ctx);
	ui_message(ctx, _("Rendez-vous %s pris"), booking->made.number);
}

static void on_accepted(struct ui_ctx *ctx, void *state)
{
	ui_new_key(ctx);
	booking_confirm(ctx, state, true);
}

static void on_refused(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct appointment_warning warning;
	struct err ignored = { 0 };
	char question[400];

	((struct booking *)state)->confirming = false;
	if (strcmp(reply->err.word, "appointment.warning") == 0) {
		bool told = api_problem_decode(reply, &appointment_warning_codec,
					       &warning, &ignored);

		snprintf(question, sizeof(question),
			 _("%s Prendre ce rendez-vous quand même ?"),
			 told ? warning.warning : reply->err.text);
		ui_confirm(ctx, question, on_accepted);
		return;
	}
	on_taken(ctx, state, reply);
}

static void on_old(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct booking *booking = state;
	struct appointment_key key = { 0 };
	struct appointment_change change;

	codec_clear(&appointment_change_codec, &change);
	text_copy(change.hold_id, sizeof(change.hold_id), booking->hold.id);
	text_copy(change.note, sizeof(change.note), booking->note);
	change.accept_warnings = booking->accepted;
	text_copy(key.appointment_id, sizeof(key.appointment_id), booking->moving);
	if (app_act(ctx, &(struct app_act){ .op = &api_appointment_update,
			.query = &key, .body = &change, .etag = reply->etag,
			.form = true, .saying = _("Déplacement"),
			.done = on_booked, .refused = on_refused }))
		booking->confirming = true;
}

void booking_confirm(struct ui_ctx *ctx, struct booking *booking, bool accept)
{
	struct appointment_new new = { .channel = booking_channel(booking),
		.desk = CODEC_NONE, .accept_warnings = accept };
	struct appointment_key key = { 0 };

	booking->accepted = accept;
	if (booking->moving[0]) {
		text_copy(key.appointment_id, sizeof(key.appointment_id),
			  booking->moving);
		app_get(ctx, 2, &api_appointment_get, &key, on_old);
		return;
	}
	text_copy(new.insured_id, sizeof(new.insured_id), booking->insured_id);
	text_copy(new.hold_id, sizeof(new.hold_id), booking->hold.id);
	text_copy(new.reason, sizeof(new.reason), booking->reason);
	text_copy(new.phone, sizeof(new.phone), booking->phone);
	text_copy(new.note, sizeof(new.note), booking->note);
	if (app_act(ctx, &(struct app_act){ .op = &api_appointment_create,
			.body = &new, .form = true, .saying = _("Réservation"),
			.done = on_booked, .refused = on_refused }))
		booking->confirming = true;
}
