/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Booking: reasons on the left, free slots on the right, the chosen slot held
 * while they talk.  Argument: the insured person, or INSURED/APPOINTMENT to move
 * that appointment. */
#include "booking.h"

#include <stdio.h>
#include <string.h>

enum { PART_REASONS, PART_SLOTS };

static bool not_booked(const void *state)
{
	return !((const struct booking *)state)->booked;
}

static bool booked(const void *state)
{
	return ((const struct booking *)state)->booked;
}

static void where_changed(struct ui_ctx *ctx, void *state)
{
	const struct booking *booking = state;

	if (booking->reason[0] &&
	    (!booking->postcode[0] || strlen(booking->postcode) == 5))
		booking_load_slots(ctx, state);
}

/* Some reasons need a role, or cannot be dealt with by phone. */
static void keep_reasons(struct ui_ctx *ctx, struct booking *booking)
{
	const unsigned role = 1u << app_session(ctx)->role;
	const unsigned channel = 1u << booking_channel(booking);

	rows_empty(&booking->reasons);
	for (size_t i = 0; i < booking->read.count; i++) {
		const struct reason *reason = rows_at(&booking->read, i);

		if ((reason->roles & role) && (reason->channels & channel))
			rows_copy_in(&booking->reasons, reason);
	}
	ui_dirty(ctx);
}

static void phone_changed(struct ui_ctx *ctx, void *state)
{
	keep_reasons(ctx, state);
}

static const struct ui_field fields[] = {
	{ .name = "postcode", .label = N_("Près de (code postal)"),
	  .type = UI_FIELD_TEXT, UI_MEMBER(struct booking, postcode), .width = 6,
	  .changed = where_changed, .hint = N_("vide : ce point d'accueil") },
	{ .name = "from", .label = N_("À partir du"), .type = UI_FIELD_DATE,
	  UI_MEMBER(struct booking, from), .width = 12, .changed = where_changed },
	{ .name = "phone", .label = N_("Téléphone"), .type = UI_FIELD_TEXT,
	  UI_MEMBER(struct booking, phone), .width = 16,
	  .changed = phone_changed,
	  .hint = N_("rempli : le rendez-vous se tient par téléphone") },
	{ .name = "note", .label = N_("Note"), .type = UI_FIELD_TEXT,
	  UI_MEMBER(struct booking, note), .width = 50,
	  .hint = N_("langue, accès ; rien sur la santé") },
	{ 0 },
};

static enum ui_style cell_minutes(const struct ui_ctx *ctx, const void *row,
				  char *out, size_t out_size)
{
	(void)ctx;
	snprintf(out, out_size, "%lld min",
		 (long long)((const struct reason *)row)->minutes);
	return UI_DIM;
}

/* The title of each list says what its columns hold. */
static const struct ui_column reason_columns[] = {
	{ .label = "", .type = UI_COLUMN_TEXT, .width = 24, .min = 12,
	  .grow = 1, .offset = offsetof(struct reason, label) },
	{ .label = "", .type = UI_COLUMN_CELL, .cell = cell_minutes, .width = 6,
	  .rank = 1 },
	{ 0 },
};

static enum ui_style cell_when(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	const struct slot *slot = row;
	char day[DATE_TEXT], clock[DATE_TEXT];

	date_to_full(zone_date(app_zone(ctx), slot->starts_at, NULL), day);
	day[strlen(day) - strlen("/2026")] = '\0';
	moment_to_clock(app_zone(ctx), slot->starts_at, clock);
	snprintf(out, out_size, "%s  %s", day, clock);
	return slot->held ? UI_DIM : UI_PLAIN;
}

static enum ui_style cell_where(const struct ui_ctx *ctx, const void *row,
				char *out, size_t out_size)
{
	const struct slot *slot = row;

	(void)ctx;
	if (slot->held)
		snprintf(out, out_size, _("tenu par %s"), slot->held_by);
	else
		snprintf(out, out_size, "%s", slot->office_name);
	return slot->held ? UI_WARN : UI_PLAIN;
}

static const struct ui_column slot_columns[] = {
	UI_COL_CELL(cell_when, "", 17),
	{ .label = "", .type = UI_COLUMN_CELL, .cell = cell_where,
	  .width = 14, .min = 6, .rank = 1, .grow = 1 },
	{ 0 },
};

/* The held slot and what to bring, or the confirmation. */
static void text(const void *state, struct ui_lines *lines)
{
	const struct booking *booking = state;
	char until[DATE_TEXT], day[DATE_TEXT], hour[DATE_TEXT];

	if (booking->hold.id[0]) {
		date_to_full(zone_date(booking->zone, booking->hold.starts_at,
				       NULL), day);
		moment_to_hour(booking->zone, booking->hold.starts_at, hour);
		moment_to_hour(booking->zone, booking->hold.expires_at, until);
		ui_line(lines, UI_GOOD,
			_("Tenu pour vous jusqu'à %s : %s à %s, %s"), until, day,
			hour, booking->hold.office_name);
	}
	if (booking->label[0])
		ui_line(lines, UI_PLAIN, _("%s. À apporter : %s"), booking->label,
			booking->pieces[0] ? booking->pieces : _("rien de particulier"));
}

static void receipt(const void *state, struct ui_lines *lines)
{
	const struct booking *booking = state;
	const struct appointment *made = &booking->made;
	char day[DATE_TEXT], clock[DATE_TEXT];

	date_to_full(zone_date(booking->zone, made->starts_at, NULL), day);
	moment_to_hour(booking->zone, made->starts_at, clock);
	ui_line(lines, UI_GOOD, "%s", _("Le rendez-vous est pris."));
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_STRONG, _("%s  %s à %s"), made->number, day, clock);
	ui_pair(lines, _("Motif"), made->reason_label);
	ui_pair(lines, _("Lieu"), made->office_name);
	ui_pair(lines, "", made->office_address);
	ui_pair(lines, _("Canal"), _(label_channel[made->channel]));
	ui_line(lines, UI_PLAIN, "%s", "");
	if (made->pieces[0]) {
		ui_line(lines, UI_LABEL, "%s", _("À apporter"));
		ui_line(lines, UI_PLAIN, "%s", made->pieces);
		ui_line(lines, UI_PLAIN, "%s", "");
	}
	ui_line(lines, UI_DIM, "%s", _("F9 imprime la confirmation, F3 revient au dossier."));
}

static void on_reasons(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	(void)reply;
	keep_reasons(ctx, state);
	ui_focus_part(ctx, PART_REASONS);
}

static void refresh(struct ui_ctx *ctx, void *state)
{
	struct booking *booking = state;

	if (booking->booked)
		return;
	if (booking->reason[0])
		booking_load_slots(ctx, booking);
	else
		app_list_expected(ctx, &api_reason_list, NULL, &booking->read, on_reasons);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct booking *booking = state;
	const char *slash = arg ? strchr(arg, '/') : NULL;

	rows_init(&booking->read, sizeof(struct reason));
	rows_init(&booking->reasons, sizeof(struct reason));
	rows_init(&booking->slots, sizeof(struct slot));
	booking->app = app_of(ctx);
	booking->zone = app_zone(ctx);
	snprintf(booking->insured_id, sizeof(booking->insured_id), "%.*s",
		 slash ? (int)(slash - arg) : (int)strlen(arg ? arg : ""),
		 arg ? arg : "");
	if (slash)
		text_copy(booking->moving, sizeof(booking->moving), slash + 1);
	refresh(ctx, booking);
}

static void close(void *state)
{
	struct booking *booking = state;

	booking_release(booking);
	rows_fini(&booking->read);
	rows_fini(&booking->reasons);
	rows_fini(&booking->slots);
}

static void choose_reason(struct ui_ctx *ctx, void *state)
{
	struct booking *booking = state;
	const struct reason *row = ui_row(ctx);

	if (strcmp(booking->reason, row->code) != 0)
		booking_release(booking); /* held for as long as that reason takes */
	text_copy(booking->reason, sizeof(booking->reason), row->code);
	one_line(booking->pieces, sizeof(booking->pieces), row->pieces);
	text_copy(booking->label, sizeof(booking->label), row->label);
	booking_load_slots(ctx, booking);
}

static void hold(struct ui_ctx *ctx, void *state)
{
	const struct slot *row = ui_row(ctx);

	if (row->held)
		ui_message(ctx, _("Ce créneau est tenu par %s"), row->held_by);
	else
		booking_hold(ctx, state, row);
}

static void validate(struct ui_ctx *ctx, void *state)
{
	struct booking *booking = state;

	if (booking->booked)
		return;
	if (!booking->hold.id[0]) {
		ui_message(ctx, "%s", booking->reason[0]
			   ? _("Choisissez un créneau, Entrée le retient")
			   : _("Choisissez d'abord le motif, puis Entrée"));
		return;
	}
	booking_confirm(ctx, booking, false);
}

static void print(struct ui_ctx *ctx, void *state)
{
	const struct booking *booking = state;
	struct appointment_key key = { 0 };

	if (!booking->booked) {
		ui_message(ctx, "%s", _("Rien à imprimer avant la confirmation (F10)"));
		return;
	}
	text_copy(key.appointment_id, sizeof(key.appointment_id), booking->made.id);
	app_paper(ctx, &api_appointment_paper, &key, booking->made.number);
}

static const struct ui_part parts[] = {
	[PART_REASONS] = { .kind = UI_PART_LIST, .name = "list",
	  .title = N_("Motif"), .place = UI_LEFT, .columns = reason_columns,
	  .rows = offsetof(struct booking, reasons), .enter = "choose-reason",
	  .shown = not_booked, .empty = N_("Aucun motif") },
	[PART_SLOTS] = { .kind = UI_PART_LIST, .name = "list",
	  .title = N_("Créneaux libres"), .place = UI_RIGHT,
	  .columns = slot_columns, .rows = offsetof(struct booking, slots),
	  .enter = "hold", .shown = not_booked,
	  .empty = N_("Choisissez un motif, puis Entrée") },
	{ .kind = UI_PART_TEXT, .name = "text", .text = text, .rows_wanted = 4,
	  .shown = not_booked },
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields,
	  .shown = not_booked },
	{ .kind = UI_PART_TEXT, .name = "text", .text = receipt, .shown = booked },
	{ 0 },
};

static bool offers(const void *state, const char *action)
{
	if (strcmp(action, "validate") == 0)
		return not_booked(state);
	return strcmp(action, "print") != 0 || booked(state);
}

static const struct ui_action actions[] = {
	{ "choose-reason", N_("Voir les créneaux"), choose_reason, UI_NEEDS_ROW },
	{ "hold", N_("Retenir"), hold, UI_NEEDS_ROW },
	{ "validate", N_("Confirmer"), validate, UI_FOOTER },
	{ "print", N_("Imprimer"), print, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_booking = {
	.name = "booking",
	.title = N_("Prendre rendez-vous"),
	.kind = UI_FORM,
	.state_size = sizeof(struct booking),
	.parts = parts,
	.actions = actions,
	.open = open,
	.refresh = refresh,
	.offers = offers,
	.close = close,
	.help = N_("Entrée sur un motif montre les créneaux libres, Entrée sur un "
		   "créneau le retient cinq minutes, F10 confirme.  Deux agents "
		   "n'obtiennent jamais le même créneau."),
};
