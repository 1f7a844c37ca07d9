/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trace as a file for a spreadsheet: the same pages, asked for as an export so
 * that the server notes it, then one file of the supervisor's own (RFC 4180). */
#include "trace.h"
#include "app_private.h"
#include "save.h"
#include "screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 200, LINES_MAX = 100000, BYTES_MAX = 64 << 20 };

void journal_export_forget(struct journal_export *export)
{
	if (export->csv.data)
		explicit_bzero(export->csv.data, export->csv.size);
	buf_fini(&export->csv);
	export->running = false;
	export->lines = 0;
}

/* A spreadsheet runs what starts like this; U+FF1D and its like count as well. */
static bool is_formula(const char *text)
{
	static const char *const starts[] = { "=", "+", "-", "@", "\xef\xbc\x9d",
		"\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0", NULL };

	while (*text == ' ')
		text++;
	for (int i = 0; starts[i]; i++)
		if (strncmp(text, starts[i], strlen(starts[i])) == 0)
			return true;
	return false;
}

void journal_cell(struct buf *csv, const char *text, bool last)
{
	char clean[800];

	text_clean(clean, sizeof(clean), text, strlen(text), TEXT_ONE_LINE);
	buf_text(csv, is_formula(clean) ? "\"'" : "\"");
	for (const char *at = clean; *at; at++)
		buf_add(csv, *at == '"' ? "\"\"" : at, *at == '"' ? 2 : 1);
	buf_text(csv, last ? "\"\r\n" : "\";");
}

static void add_head(struct buf *csv)
{
	static const char *const names[] = { N_("Ligne"), N_("Quand"), N_("Agent"),
		N_("Nom de l'agent"), N_("Point d'accueil"), N_("Opération"),
		N_("Code de l'opération"), N_("Issue"), N_("Dossier"),
		N_("Contact"), N_("Canal"), N_("Ouvert pour"), N_("Motif"),
		N_("Référence"), N_("Objet"), N_("Trace"), NULL };

	buf_text(csv, "\xef\xbb\xbf");  /* spreadsheets take it for UTF-8 then */
	for (int i = 0; names[i]; i++)
		journal_cell(csv, _(names[i]), !names[i + 1]);
}

static void add_number(struct buf *csv, int64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)number);
	journal_cell(csv, text, false);
}

static void add_name(struct buf *csv, const char *const *names, int value)
{
	journal_cell(csv, value >= 0 ? _(names[value]) : "", false);
}

static void add_line(struct buf *csv, enum zone zone,
		     const struct journal_line *line)
{
	char at[DATE_TEXT];

	moment_to_rfc3339(zone, line->at, at);
	add_number(csv, line->number);
	journal_cell(csv, at, false);
	journal_cell(csv, line->agent, false);
	journal_cell(csv, line->agent_name, false);
	journal_cell(csv, line->office, false);
	journal_cell(csv, journal_operation_words(line->operation), false);
	journal_cell(csv, line->operation, false);
	add_number(csv, line->status);
	journal_cell(csv, line->insured_id, false);
	journal_cell(csv, line->contact_id, false);
	add_name(csv, label_channel, line->channel);
	add_name(csv, label_motive, line->motive);
	add_name(csv, label_contact_reason, line->reason);
	journal_cell(csv, line->reference, false);
	journal_cell(csv, line->object, false);
	journal_cell(csv, line->trace, true);
}

static void finish(struct ui_ctx *ctx, struct journal_export *export)
{
	struct err err = { 0 };

	if (save_bytes(&export->csv, export->path, &err))
		ui_message(ctx, P_("%zu ligne enregistrée : %s",
				   "%zu lignes enregistrées : %s", export->lines),
			   export->lines, export->path);
	else
		ui_error(ctx, &err);
	journal_export_forget(export);
}

static void next_page(struct ui_ctx *ctx, struct journal_export *export);

static void on_page(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct journal_export *export = journal_export_of(state);

	for (size_t i = 0; i < reply->rows.count; i++)
		add_line(&export->csv, app_zone(ctx), rows_at(&reply->rows, i));
	export->lines += reply->rows.count;
	if (export->csv.full || (export->lines >= LINES_MAX && reply->cursor[0])) {
		journal_export_forget(export);
		ui_message(ctx, _("Plus de %d lignes : choisissez une période plus courte (F4)"),
			   LINES_MAX);
		return;
	}
	if (!reply->cursor[0]) {
		finish(ctx, export);
		return;
	}
	text_copy(export->query.cursor, sizeof(export->query.cursor), reply->cursor);
	ui_message(ctx, P_("Export : %zu ligne…", "Export : %zu lignes…",
			   export->lines), export->lines);
	next_page(ctx, export);
}

static void on_failed(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	journal_export_forget(journal_export_of(state));
	ui_error(ctx, &reply->err);
}

static void next_page(struct ui_ctx *ctx, struct journal_export *export)
{
	if (!app_act(ctx, &(struct app_act){ .op = &api_journal_list,
			.query = &export->query, .done = on_page,
			.refused = on_failed }))
		journal_export_forget(export);
}

static void default_path(const struct ui_ctx *ctx, char *out, size_t out_size)
{
	const char *home = getenv("HOME");
	char day[DATE_TEXT];

	date_to_iso(app_today(ctx), day);
	snprintf(out, out_size, "%s/journal-%s.csv",
		 home && home[0] == '/' ? home : "/tmp", day);
}

static void on_path(struct ui_ctx *ctx, void *state, const char *typed)
{
	struct journal_export *export = journal_export_of(state);
	struct err err = { 0 };

	if (!typed)
		return;
	if (!typed[0])
		default_path(ctx, export->path, sizeof(export->path));
	else
		real_path(typed, export->path, sizeof(export->path));
	if (!save_is_free(export->path, &err)) {
		ui_error(ctx, &err);
		return;
	}
	export->query = app_of(ctx)->journal.filter;
	export->query.export = true;
	export->query.limit = PAGE;
	export->running = true;
	buf_init(&export->csv, BYTES_MAX);
	add_head(&export->csv);
	next_page(ctx, export);
}

void journal_export_ask(struct ui_ctx *ctx, struct journal_export *export)
{
	char path[400], label[460];

	if (export->running) {
		ui_message(ctx, "%s", _("Déjà en cours : attendez la réponse"));
		return;
	}
	default_path(ctx, path, sizeof(path));
	snprintf(label, sizeof(label), _("Chemin (Entrée : %s)"), path);
	ui_ask_text(ctx, _("Exporter le journal"), label, false, on_path);
}
