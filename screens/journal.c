/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trace of the caisse, newest first, for supervisors: who read or wrote what,
 * on which file, and why.  Argument: the login of an agent, or "". */
#include "trace.h"
#include "app_private.h"
#include "screens.h"

#include <stdio.h>
#include <string.h>

enum { PAGE = 100 };

struct journal_view {
	struct rows found;              /* of struct journal_line */
	struct journal_query query;
	char cursor[256];
	char filtered[300];             /* the filter in words */
	unsigned turn;                  /* of the filter that was read */
	bool loaded;
	struct journal_export export;
};

static enum ui_style cell_when(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	const struct journal_line *line = row;
	char day[DATE_TEXT], hour[DATE_TEXT];

	date_to_short(zone_date(app_zone(ctx), line->at, NULL), day);
	moment_to_clock(app_zone(ctx), line->at, hour);
	snprintf(out, out_size, "%s %s", day, hour);
	return UI_PLAIN;
}

static enum ui_style cell_agent(const struct ui_ctx *ctx, const void *row,
				char *out, size_t out_size)
{
	const struct journal_line *line = row;

	(void)ctx;
	snprintf(out, out_size, "%s", line->agent_name[0] ? line->agent_name
		 : line->agent[0] ? line->agent : _("inconnu"));
	return UI_PLAIN;
}

static enum ui_style cell_operation(const struct ui_ctx *ctx, const void *row,
				    char *out, size_t out_size)
{
	(void)ctx;
	snprintf(out, out_size, "%s", journal_operation_words(
		((const struct journal_line *)row)->operation));
	return UI_PLAIN;
}

static enum ui_style cell_status(const struct ui_ctx *ctx, const void *row,
				 char *out, size_t out_size)
{
	const struct journal_line *line = row;

	(void)ctx;
	journal_status_words(line->status, out, out_size);
	return line->status < 300 ? UI_DIM : UI_WARN;
}

static enum ui_style cell_motive(const struct ui_ctx *ctx, const void *row,
				 char *out, size_t out_size)
{
	const struct journal_line *line = row;

	(void)ctx;
	snprintf(out, out_size, "%s",
		 line->motive >= 0 ? _(label_motive[line->motive]) : "");
	return UI_PLAIN;
}

static enum ui_style cell_file(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	const struct journal_line *line = row;

	(void)ctx;
	snprintf(out, out_size, "%s", line->person[0] ? line->person : line->insured_id);
	return UI_PLAIN;
}

static const struct ui_column columns[] = {
	UI_COL_CELL(cell_when, N_("Quand"), 14),
	{ .label = N_("Agent"), .type = UI_COLUMN_CELL, .cell = cell_agent,
	  .width = 10, .grow = 1 },
	{ .label = N_("Opération"), .type = UI_COLUMN_CELL,
	  .cell = cell_operation, .width = 24, .min = 16, .grow = 1 },
	{ .label = N_("Dossier"), .type = UI_COLUMN_CELL, .cell = cell_file,
	  .width = 16, .min = 13, .rank = 1, .grow = 1 },
	UI_COL_CELL(cell_status, N_("Issue"), 10),
	{ .label = N_("Ouvert pour"), .type = UI_COLUMN_CELL,
	  .cell = cell_motive, .width = 11, .rank = 3 },
	{ .label = N_("Référence"), .type = UI_COLUMN_TEXT, .width = 18,
	  .rank = 2, .offset = offsetof(struct journal_line, reference) },
	{ .label = N_("Point d'accueil"), .type = UI_COLUMN_TEXT, .width = 18,
	  .rank = 4, .grow = 1, .offset = offsetof(struct journal_line, office) },
	{ .label = N_("Trace"), .type = UI_COLUMN_TEXT, .width = 8, .rank = 5,
	  .offset = offsetof(struct journal_line, trace) },
	{ 0 },
};

static void summary(const void *state, char *out, size_t out_size)
{
	const struct journal_view *view = state;

	out[0] = '\0';
	if (!view->loaded)
		return;
	snprintf(out, out_size, P_("%zu ligne%s%s%s", "%zu lignes%s%s%s",
				   view->found.count), view->found.count,
		 view->cursor[0] ? _(", la suite en descendant") : "",
		 view->filtered[0] ? " · " : "", view->filtered);
}

static void on_page(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct journal_view *view = state;

	(void)ctx;
	view->loaded = true;
	text_copy(view->cursor, sizeof(view->cursor), reply->cursor);
}

static void load(struct ui_ctx *ctx, void *state)
{
	struct journal_view *view = state;
	const struct journal *journal = &app_of(ctx)->journal;

	view->query = journal->filter;
	view->query.limit = PAGE;
	view->turn = journal->turn;
	view->cursor[0] = '\0';
	journal_filter_words(ctx, view->filtered, sizeof(view->filtered));
	app_list(ctx, &api_journal_list, &view->query, &view->found, on_page);
}

static void more(struct ui_ctx *ctx, void *state)
{
	struct journal_view *view = state;

	if (!view->cursor[0])
		return;
	text_copy(view->query.cursor, sizeof(view->query.cursor), view->cursor);
	app_list_more(ctx, &api_journal_list, &view->query, &view->found, on_page);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct journal_view *view = state;

	rows_init(&view->found, sizeof(struct journal_line));
	if (arg && arg[0]) {
		journal_clear(app_of(ctx));
		journal_only_agent(ctx, arg);
	}
	load(ctx, state);
}

/* Reading again loses the place, and leaves a trace of its own. */
static void resumed(struct ui_ctx *ctx, void *state)
{
	const struct journal_view *view = state;

	if (view->turn != app_of(ctx)->journal.turn)
		load(ctx, state);
}

static void close(void *state)
{
	journal_export_forget(&((struct journal_view *)state)->export);
}

struct journal_export *journal_export_of(void *state)
{
	return &((struct journal_view *)state)->export;
}

static void detail(struct ui_ctx *ctx, void *state)
{
	const struct journal_line *line = ui_row(ctx);
	char number[24];

	(void)state;
	app_of(ctx)->journal.line = *line;
	snprintf(number, sizeof(number), "%lld", (long long)line->number);
	ui_push(ctx, &screen_journal_line, number);
}

static void filter(struct ui_ctx *ctx, void *state)
{
	(void)state;
	ui_push(ctx, &screen_journal_filter, NULL);
}

static void export(struct ui_ctx *ctx, void *state)
{
	journal_export_ask(ctx, journal_export_of(state));
}

static void same_agent(struct ui_ctx *ctx, void *state)
{
	const struct journal_line *line = ui_row(ctx);

	if (!line->agent[0])
		return;
	journal_only_agent(ctx, line->agent);
	load(ctx, state);
}

static void same_file(struct ui_ctx *ctx, void *state)
{
	const struct journal_line *line = ui_row(ctx);

	if (!line->insured_id[0]) {
		ui_message(ctx, "%s", _("Cette ligne ne porte sur aucun dossier"));
		return;
	}
	journal_only_file(ctx, line->insured_id, line->person);
	load(ctx, state);
}

static void everything(struct ui_ctx *ctx, void *state)
{
	journal_clear(app_of(ctx));
	load(ctx, state);
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_LIST, .name = "list", .columns = columns,
	  .rows = offsetof(struct journal_view, found), .enter = "open",
	  .more = more, .summary = summary,
	  .empty = N_("Rien au journal pour ce choix") },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "open", N_("Détail"), detail, UI_NEEDS_ROW | UI_FOOTER },
	{ "filter-journal", N_("Filtrer"), filter, UI_FOOTER },
	{ "print", N_("Exporter"), export, UI_FOOTER },
	{ "same-agent", N_("Cet agent"), same_agent, UI_NEEDS_ROW | UI_FOOTER },
	{ "same-file", N_("Ce dossier"), same_file, UI_NEEDS_ROW | UI_FOOTER },
	{ "everything", N_("Tout le journal"), everything, UI_MENU },
	{ 0 },
};

const struct ui_screen screen_journal = {
	.name = "journal",
	.title = N_("Journal des accès"),
	.kind = UI_LIST,
	.state_size = sizeof(struct journal_view),
	.parts = parts,
	.actions = actions,
	UI_ROWS(struct journal_view, found),
	.open = open,
	.refresh = load,
	.resumed = resumed,
	.close = close,
	.help = N_("Qui a lu ou écrit quoi, sur quel dossier et pourquoi, du plus récent "
		   "au plus ancien.  La suite vient en descendant.\n"
		   "F4 choisit agent, personne, opération, période et point d'accueil ; "
		   "A garde cet agent, D ce dossier, T montre tout.  F9 écrit ce choix "
		   "dans un fichier pour un tableur.  Lire le journal se note au "
		   "journal."),
};
