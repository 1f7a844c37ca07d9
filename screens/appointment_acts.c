/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "appointment_acts.h"
#include "app_private.h"

#include <stdio.h>
#include <string.h>

/* The keys of an agent who marks several in a row wait for each answer. */
static void on_changed(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	const struct appointment *now = rows_at(&reply->rows, 0);
	const struct rows *found = (const struct rows *)(const void *)
		((const char *)state + ui_screen_of(ctx)->rows);

	for (size_t i = 0; i < found->count; i++) {
		struct appointment *row = rows_at(found, i);

		if (strcmp(row->id, now->id) == 0)
			*row = *now;
	}
	ui_message(ctx, "%s", _("C'est noté"));
	ui_expect_over(ctx);
}

static void on_unchanged(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	(void)state;
	ui_expect_over(ctx);
	ui_error(ctx, &reply->err);
}

/* The act was meant for what the screen showed. */
static void tell_changed(struct ui_ctx *ctx, const struct appointment *now)
{
	struct err err = { 0 };

	ui_expect_over(ctx);
	err_set(&err, ERR_CONFLICT,
		_("un autre agent l'a changé entre-temps : %s. Voici l'état du moment"),
		_(label_appointment_state[now->state]));
	ui_error(ctx, &err);
	ui_run(ctx, "refresh");
}

/* A change needs the ETag of what is changed: it is read first, so that the act
 * is refused when somebody else was there in between. */
static void on_read(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	const struct appointment *appointment = rows_at(&reply->rows, 0);
	struct change *change = &app_of(ctx)->change;
	struct appointment_key key = { 0 };

	(void)state;
	if (strcmp(change->key.appointment_id, appointment->id) != 0) {
		ui_expect_over(ctx);    /* another change was asked for since */
		return;
	}
	if ((int)appointment->state != change->state ||
	    appointment->starts_at != change->starts_at) {
		tell_changed(ctx, appointment);
		return;
	}
	text_copy(key.appointment_id, sizeof(key.appointment_id), appointment->id);
	app_act(ctx, &(struct app_act){ .op = &api_appointment_update,
		.query = &key, .body = &change->body, .etag = reply->etag,
		.done = on_changed, .refused = on_unchanged });
}

static void read_then_change(struct ui_ctx *ctx)
{
	const struct change *change = &app_of(ctx)->change;

	ui_expect(ctx, NULL);
	if (!app_act(ctx, &(struct app_act){ .op = &api_appointment_get,
			.query = &change->key, .done = on_read,
			.refused = on_unchanged }))
		ui_expect_over(ctx);
}

/* What the agent does to the selected appointment. */
static struct change *change_start(struct ui_ctx *ctx)
{
	struct change *change = &app_of(ctx)->change;
	const struct appointment *row = ui_row(ctx);

	text_copy(change->key.appointment_id, sizeof(change->key.appointment_id),
		  row->id);
	change->state = (int)row->state;
	change->starts_at = row->starts_at;
	codec_clear(&appointment_change_codec, &change->body);
	return change;
}

void appointment_set(struct ui_ctx *ctx, int state)
{
	change_start(ctx)->body.state = state;
	read_then_change(ctx);
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
	change->body.state = APPOINTMENT_CANCELLED;
	change->body.cancelled_by = value;
	text_copy(change->body.cancel_reason, sizeof(change->body.cancel_reason),
		  value == CANCELLED_BY_INSURED ? _("à la demande de l'assuré")
						: _("à l'initiative de la caisse"));
	read_then_change(ctx);
}

void appointment_cancel(struct ui_ctx *ctx)
{
	const struct appointment *row = ui_row(ctx);
	char text[300], at[DATE_TEXT];

	moment_to_text(app_zone(ctx), row->starts_at, at);
	snprintf(text, sizeof(text), _("Annuler le rendez-vous de %s, %s ?"),
		 row->insured_name, at);
	change_start(ctx);
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
