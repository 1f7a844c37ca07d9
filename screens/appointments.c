/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Appointments of a file, to come first.  Argument: the insured person. */
#include "appointment_acts.h"

#include <stdio.h>

struct appointments {
	struct rows found;              /* of struct appointment */
};

static const struct ui_column columns[] = {
	UI_COL_CELL(cell_appointment_day, N_("Jour"), 15),
	UI_COL_CELL(cell_appointment_hour, N_("Heure"), 5),
	{ .label = N_("Motif"), .type = UI_COLUMN_TEXT, .width = 24, .grow = 2,
	  .offset = offsetof(struct appointment, reason_label) },
	{ .label = N_("Lieu"), .type = UI_COLUMN_TEXT, .width = 16, .grow = 1,
	  .rank = 1, .offset = offsetof(struct appointment, office_name) },
	UI_COL_CELL(cell_appointment_state, N_("État"), 13),
	{ .label = N_("Numéro"), .type = UI_COLUMN_TEXT, .width = 14, .rank = 2,
	  .offset = offsetof(struct appointment, number) },
	{ .label = N_("Canal"), .type = UI_COLUMN_ENUM, .width = 10, .rank = 3,
	  .offset = offsetof(struct appointment, channel), .names = label_channel },
	{ 0 },
};

static void load(struct ui_ctx *ctx, void *state)
{
	struct appointments *appointments = state;
	struct appointment_query query;

	codec_clear(&appointment_query_codec, &query);
	text_copy(query.insured_id, sizeof(query.insured_id), ui_arg(ctx));
	app_list(ctx, &api_appointment_list, &query, &appointments->found, NULL);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct appointments *appointments = state;

	(void)arg;
	rows_init(&appointments->found, sizeof(struct appointment));
	load(ctx, state);
}

static void book(struct ui_ctx *ctx, void *state)
{
	(void)state;
	ui_push(ctx, &screen_booking, ui_arg(ctx));
}

static void move(struct ui_ctx *ctx, void *state)
{
	(void)state;
	appointment_move(ctx);
}

static void cancel(struct ui_ctx *ctx, void *state)
{
	(void)state;
	appointment_cancel(ctx);
}

static void settled(struct ui_ctx *ctx, void *state)
{
	(void)state;
	appointment_set(ctx, APPOINTMENT_SETTLED_BEFORE);
}

static void print(struct ui_ctx *ctx, void *state)
{
	(void)state;
	appointment_print(ctx);
}

static const struct ui_action actions[] = {
	{ "book", N_("Prendre rendez-vous"), book, UI_FOOTER },
	{ "move", N_("Déplacer"), move, UI_NEEDS_ROW | UI_FOOTER },
	{ "cancel", N_("Annuler"), cancel, UI_NEEDS_ROW | UI_FOOTER },
	{ "settled", N_("Réglé avant"), settled, UI_NEEDS_ROW },
	{ "print", N_("Imprimer"), print, UI_NEEDS_ROW | UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_appointments = {
	.name = "appointments",
	.title = N_("Rendez-vous"),
	.kind = UI_LIST,
	.state_size = sizeof(struct appointments),
	.columns = columns,
	.empty = N_("Aucun rendez-vous"),
	.actions = actions,
	.tabs = file_tabs,
	UI_ROWS(struct appointments, found),
	.open = open,
	.refresh = load,
	.resumed = load,
	.leaving = file_leaving,
	.help = N_("R prend un rendez-vous, D déplace, A annule, T note que la demande "
		   "est réglée avant la rencontre, F9 imprime la confirmation."),
};
