/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The day of an office.  Argument: the office, or "" for that of this desk. */
#include "appointment_acts.h"

#include <stdio.h>

struct agenda {
	struct rows found;              /* of struct appointment */
	struct date day;
};

static void load(struct ui_ctx *ctx, void *state);

static void day_changed(struct ui_ctx *ctx, void *state)
{
	if (date_is_set(((const struct agenda *)state)->day))
		load(ctx, state);
}

static const struct ui_field fields[] = {
	{ .name = "day", .label = N_("Jour"), .type = UI_FIELD_DATE,
	  UI_MEMBER(struct agenda, day), .width = 12, .flags = UI_REQUIRED,
	  .changed = day_changed, .hint = N_("+ et - changent de jour") },
	{ 0 },
};

static enum ui_style cell_desk(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	(void)ctx;
	snprintf(out, out_size, "%lld",
		 (long long)((const struct appointment *)row)->desk);
	return UI_DIM;
}

static enum ui_style cell_pieces(const struct ui_ctx *ctx, const void *row,
				 char *out, size_t out_size)
{
	(void)ctx;
	one_line(out, out_size, ((const struct appointment *)row)->pieces);
	return UI_DIM;
}

static const struct ui_column columns[] = {
	UI_COL_CELL(cell_appointment_hour, N_("Heure"), 5),
	{ .label = N_("Nom"), .type = UI_COLUMN_TEXT, .width = 24, .grow = 2,
	  .offset = offsetof(struct appointment, insured_name) },
	{ .label = N_("Motif"), .type = UI_COLUMN_TEXT, .width = 22, .grow = 2,
	  .rank = 1, .offset = offsetof(struct appointment, reason_label) },
	UI_COL_CELL(cell_appointment_state, N_("État"), 14),
	{ .label = N_("Poste"), .type = UI_COLUMN_CELL, .cell = cell_desk,
	  .width = 5, .rank = 2 },
	{ .label = N_("Canal"), .type = UI_COLUMN_ENUM, .width = 10, .rank = 3,
	  .offset = offsetof(struct appointment, channel), .names = label_channel },
	{ .label = N_("Numéro"), .type = UI_COLUMN_TEXT, .width = 14, .rank = 4,
	  .offset = offsetof(struct appointment, number) },
	{ .label = N_("À apporter"), .type = UI_COLUMN_CELL, .cell = cell_pieces,
	  .width = 40, .rank = 5, .grow = 1 },
	{ 0 },
};

static void summary(const void *state, char *out, size_t out_size)
{
	const struct agenda *agenda = state;
	size_t arrived = 0, ahead = 0;

	for (size_t i = 0; i < agenda->found.count; i++) {
		const struct appointment *row = rows_at(&agenda->found, i);

		arrived += row->state == APPOINTMENT_ARRIVED;
		ahead += row->state == APPOINTMENT_BOOKED;
	}
	snprintf(out, out_size, _("%zu rendez-vous · %zu en salle d'attente · %zu à venir"),
		 agenda->found.count, arrived, ahead);
}

static void load(struct ui_ctx *ctx, void *state)
{
	struct agenda *agenda = state;
	struct appointment_query query;

	codec_clear(&appointment_query_codec, &query);
	text_copy(query.office_id, sizeof(query.office_id), ui_arg(ctx));
	query.day = agenda->day;
	query.limit = 200;
	app_list(ctx, &api_appointment_list, &query, &agenda->found, NULL);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct agenda *agenda = state;

	(void)arg;
	rows_init(&agenda->found, sizeof(struct appointment));
	agenda->day = app_today(ctx);
	ui_fields_changed(ctx);
	ui_set_unchanged(ctx);
	ui_focus_part(ctx, 1);
	load(ctx, state);
}

static void arrived(struct ui_ctx *ctx, void *state)
{
	(void)state;
	appointment_set(ctx, APPOINTMENT_ARRIVED);
}

static void started(struct ui_ctx *ctx, void *state)
{
	(void)state;
	appointment_set(ctx, APPOINTMENT_IN_PROGRESS);
}

static void done(struct ui_ctx *ctx, void *state)
{
	(void)state;
	appointment_set(ctx, APPOINTMENT_DONE);
}

static void no_show(struct ui_ctx *ctx, void *state)
{
	(void)state;
	appointment_set(ctx, APPOINTMENT_NO_SHOW);
}

static void cancel(struct ui_ctx *ctx, void *state)
{
	(void)state;
	appointment_cancel(ctx);
}

static void print(struct ui_ctx *ctx, void *state)
{
	(void)state;
	appointment_print(ctx);
}

static void open_file(struct ui_ctx *ctx, void *state)
{
	const struct appointment *row = ui_row(ctx);

	(void)state;
	app_open_file(ctx, row->insured_id, &screen_appointments,
		      FILE_ASK_NOTHING, NULL);
}

static void shift(struct ui_ctx *ctx, struct agenda *agenda, int days)
{
	agenda->day = date_add_days(agenda->day, days);
	ui_fields_changed(ctx);
	ui_set_unchanged(ctx);
	load(ctx, agenda);
}

static void next_day(struct ui_ctx *ctx, void *state)
{
	shift(ctx, state, 1);
}

static void previous_day(struct ui_ctx *ctx, void *state)
{
	shift(ctx, state, -1);
}

static void offices(struct ui_ctx *ctx, void *state)
{
	(void)state;
	ui_replace(ctx, &screen_offices, NULL);
}

static bool leaving(struct ui_ctx *ctx, void *state)
{
	(void)state;
	ui_set_unchanged(ctx);
	return false;
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields },
	{ .kind = UI_PART_LIST, .name = "list", .columns = columns,
	  .rows = offsetof(struct agenda, found), .enter = "open",
	  .summary = summary, .empty = N_("Aucun rendez-vous ce jour") },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "open", N_("Ouvrir le dossier"), open_file, UI_NEEDS_ROW | UI_FOOTER },
	{ "arrived", N_("Arrivé"), arrived, UI_NEEDS_ROW | UI_FOOTER },
	{ "started", N_("En cours"), started, UI_NEEDS_ROW },
	{ "done", N_("Terminé"), done, UI_NEEDS_ROW | UI_FOOTER },
	{ "no-show", N_("Absent"), no_show, UI_NEEDS_ROW | UI_FOOTER },
	{ "cancel", N_("Annuler"), cancel, UI_NEEDS_ROW },
	{ "print", N_("Imprimer"), print, UI_NEEDS_ROW },
	{ "offices", N_("Autre point d'accueil"), offices, 0 },
	{ "next-day", N_("Jour suivant"), next_day, 0 },
	{ "previous-day", N_("Jour précédent"), previous_day, 0 },
	{ 0 },
};

const struct ui_screen screen_agenda = {
	.name = "agenda",
	.title = N_("Agenda du jour"),
	.kind = UI_FORM,
	.state_size = sizeof(struct agenda),
	.parts = parts,
	.actions = actions,
	UI_ROWS(struct agenda, found),
	.open = open,
	.refresh = load,
	.resumed = load,
	.leaving = leaving,
	.help = N_("A : arrivé ; E : en cours ; T : terminé ; B : absent ; D : annuler.  "
		   "N et P changent de jour, O de point d'accueil.  Entrée ouvre le dossier."),
};
