/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "appointment_acts.h"
#include "app_private.h"

#include <stdio.h>

/* A change needs the ETag of what is changed: it is read first, so that the act
 * is refused when somebody else was there in between. */
static void on_read(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	const struct appointment *appointment = rows_at(&reply->rows, 0);
	struct change *change = &app_of(ctx)->change;
	struct appointment_key key = { 0 };

	(void)state;
	text_copy(key.appointment_id, sizeof(key.appointment_id), appointment->id);
	app_act(ctx, &(struct app_act){ .op = &api_appointment_update,
		.query = &key, .body = &change->body, .etag = reply->etag,
		.done = change->done });
}

static void read_then_change(struct ui_ctx *ctx, app_done done)
{
	const struct appointment *row = ui_row(ctx);
	struct appointment_key key = { 0 };

	if (!row)
		return;
	app_of(ctx)->change.done = done;
	text_copy(key.appointment_id, sizeof(key.appointment_id), row->id);
	app_get(ctx, 2, &api_appointment_get, &key, on_read);
}

void appointment_set(struct ui_ctx *ctx, int state, app_done done)
{
	struct appointment_change *body = &app_of(ctx)->change.body;

	codec_clear(&appointment_change_codec, body);
	body->state = state;
	read_then_change(ctx, done);
}

static const struct ui_choice cancellers[] = {
	{ 'a', N_("annulé par l'assuré"), CANCELLED_BY_INSURED },
	{ 'c', N_("annulé par la caisse"), CANCELLED_BY_CAISSE },
	{ 'n', N_("ne pas annuler"), UI_CANCELLED },
	{ 0 },
};

static void on_canceller(struct ui_ctx *ctx, void *state, int value)
{
	struct change *change = &app_of(ctx)->change;

	(void)state;
	if (value == UI_CANCELLED)
		return;
	codec_clear(&appointment_change_codec, &change->body);
	change->body.state = APPOINTMENT_CANCELLED;
	change->body.cancelled_by = value;
	text_copy(change->body.cancel_reason, sizeof(change->body.cancel_reason),
		  value == CANCELLED_BY_INSURED ? _("à la demande de l'assuré")
						: _("à l'initiative de la caisse"));
	read_then_change(ctx, change->done);
}

void appointment_cancel(struct ui_ctx *ctx, app_done done)
{
	const struct appointment *row = ui_row(ctx);
	char text[300], at[DATE_TEXT];

	moment_to_text(app_zone(ctx), row->starts_at, at);
	snprintf(text, sizeof(text), _("Annuler le rendez-vous de %s, %s ?"),
		 row->insured_name, at);
	app_of(ctx)->change.done = done;
	ui_ask(ctx, _("Annuler"), text, cancellers, UI_CANCELLED, on_canceller);
}

void appointment_move(struct ui_ctx *ctx)
{
	const struct appointment *row = ui_row(ctx);
	char arg[UI_ARG_SIZE];

	snprintf(arg, sizeof(arg), "%s/%s", row->insured_id, row->id);
	ui_push(ctx, &screen_booking, arg);
}

void appointment_print(struct ui_ctx *ctx)
{
	const struct appointment *row = ui_row(ctx);
	struct appointment_key key = { 0 };

	text_copy(key.appointment_id, sizeof(key.appointment_id), row->id);
	app_paper(ctx, &api_appointment_paper, &key, row->number);
}

enum ui_style cell_appointment_day(const struct ui_ctx *ctx, const void *row,
				   char *out, size_t out_size)
{
	const struct appointment *appointment = row;
	char day[DATE_TEXT];

	date_to_full(zone_date(app_zone(ctx), appointment->starts_at, NULL), day);
	snprintf(out, out_size, "%s", day);
	return UI_PLAIN;
}

enum ui_style cell_appointment_hour(const struct ui_ctx *ctx, const void *row,
				    char *out, size_t out_size)
{
	const struct appointment *appointment = row;
	char clock[DATE_TEXT];

	moment_to_clock(app_zone(ctx), appointment->starts_at, clock);
	snprintf(out, out_size, "%s", clock);
	return UI_PLAIN;
}

enum ui_style cell_appointment_state(const struct ui_ctx *ctx, const void *row,
				     char *out, size_t out_size)
{
	const struct appointment *appointment = row;
	char clock[DATE_TEXT];

	if (appointment->state == APPOINTMENT_ARRIVED && appointment->arrived_at) {
		moment_to_clock(app_zone(ctx), appointment->arrived_at, clock);
		snprintf(out, out_size, _("arrivée %s"), clock);
		return UI_GOOD;
	}
	snprintf(out, out_size, "%s", _(label_appointment_state[appointment->state]));
	return appointment->state == APPOINTMENT_BOOKED ? UI_PLAIN : UI_DIM;
}
