/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of the trace, whole.  Argument: its number; the line itself was read
 * by the journal. */
#include "trace.h"
#include "app_private.h"
#include "screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct line_view {
	struct journal_line line;       /* .number 0: none */
	enum zone zone;
};

static void show_who(const struct line_view *view, struct ui_lines *lines)
{
	const struct journal_line *line = &view->line;
	char text[400];

	snprintf(text, sizeof(text), line->agent_name[0] ? "%s (%s)" : "%s%s",
		 line->agent_name, line->agent);
	ui_pair_styled(lines, _("Agent"), UI_STRONG, text);
	ui_pair(lines, _("Point d'accueil"), line->office);
	moment_to_text(view->zone, line->at, text);
	ui_pair(lines, _("Quand"), text);
}

static void show_what(const struct line_view *view, struct ui_lines *lines)
{
	const struct journal_line *line = &view->line;
	char text[400];

	ui_line(lines, UI_PLAIN, "%s", "");
	ui_pair(lines, _("Opération"), journal_operation_words(line->operation));
	journal_status_words(line->status, text, sizeof(text));
	ui_pair_styled(lines, _("Issue"), line->status < 300 ? UI_PLAIN : UI_WARN,
		       text);
	snprintf(text, sizeof(text), line->person[0] ? "%s · %s" : "%s%s",
		 line->person, line->insured_id);
	ui_pair(lines, _("Dossier"), text);
	ui_pair(lines, _("Objet"), line->object);
}

static void show_why(const struct line_view *view, struct ui_lines *lines)
{
	const struct journal_line *line = &view->line;

	ui_line(lines, UI_PLAIN, "%s", "");
	if (line->motive >= 0)
		ui_pair(lines, _("Ouvert pour"), _(label_motive[line->motive]));
	ui_pair(lines, _("Référence"), line->reference);
	if (line->channel >= 0)
		ui_pair(lines, _("Canal"), _(label_channel[line->channel]));
	if (line->reason >= 0)
		ui_pair(lines, _("Motif"), _(label_contact_reason[line->reason]));
	ui_pair(lines, _("Contact"), line->contact_id);
	ui_pair(lines, _("Trace"), line->trace);
}

static void text(const void *state, struct ui_lines *lines)
{
	const struct line_view *view = state;

	if (!view->line.number) {
		ui_line(lines, UI_PLAIN, "%s",
			_("Cette ligne s'ouvre depuis le journal."));
		return;
	}
	ui_line(lines, UI_TITLE, _("Ligne %lld"), (long long)view->line.number);
	show_who(view, lines);
	show_what(view, lines);
	show_why(view, lines);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct line_view *view = state;
	const struct journal *journal = &app_of(ctx)->journal;

	view->zone = app_zone(ctx);
	if (!arg || !journal->line.number ||
	    strtoll(arg, NULL, 10) != journal->line.number)
		return;
	view->line = journal->line;
}

static void same_agent(struct ui_ctx *ctx, void *state)
{
	const struct line_view *view = state;

	if (!view->line.agent[0])
		return;
	journal_only_agent(ctx, view->line.agent);
	ui_pop(ctx);
}

static void same_file(struct ui_ctx *ctx, void *state)
{
	const struct line_view *view = state;

	if (!view->line.insured_id[0]) {
		ui_message(ctx, "%s", _("Cette ligne ne porte sur aucun dossier"));
		return;
	}
	journal_only_file(ctx, view->line.insured_id, view->line.person);
	ui_pop(ctx);
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "text", .text = text },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "same-agent", N_("Cet agent"), same_agent, UI_FOOTER },
	{ "same-file", N_("Ce dossier"), same_file, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_journal_line = {
	.name = "journal-line",
	.title = N_("Ligne du journal"),
	.kind = UI_RECORD,
	.state_size = sizeof(struct line_view),
	.parts = parts,
	.actions = actions,
	.open = open,
	.help = N_("Une ligne du journal, entière : qui, quand, quoi, pourquoi.  A garde "
		   "au journal ce seul agent, D ce seul dossier."),
};
