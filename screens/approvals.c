/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accesses that a supervisor has to look at, newest first: another caisse,
 * sensitive files, many files.  Argument: the login of an agent, or "". */
#include "reviews.h"
#include "app_private.h"
#include "confirm.h"
#include "trace.h"
#include "screens.h"

#include <stdio.h>
#include <string.h>

struct approvals {
	struct rows found;              /* of struct review */
	struct review_query query;
	char cursor[256];
	int64_t pending;                /* of the caisse */
	unsigned decided;               /* how many decisions were read */
	bool loaded, all;
};

const char *const label_review_kind[REVIEW_KIND_N + 1] = {
	[REVIEW_BREAK_GLASS] = N_("autre caisse"),
	[REVIEW_SENSITIVE] = N_("sensible"),
	[REVIEW_VOLUME] = N_("volume élevé"),
	[REVIEW_STOP] = N_("volume arrêté"),
};

const char *const label_review_state[REVIEW_STATE_N + 1] = {
	[REVIEW_PENDING] = N_("à contrôler"),
	[REVIEW_JUSTIFIED] = N_("justifié"),
	[REVIEW_UNJUSTIFIED] = N_("non justifié"),
};

const char *const label_finding[FINDING_N + 1] = {
	[FINDING_VISIT] = N_("la visite ou l'appel existe"),
	[FINDING_TASK] = N_("la tâche ou le courrier existe"),
	[FINDING_TOLD] = N_("l'agent a expliqué"),
	[FINDING_LOAD] = N_("journée chargée"),
	[FINDING_MISTAKE] = N_("erreur de dossier, rien d'utilisé"),
	[FINDING_NONE] = N_("rien ne l'explique"),
	[FINDING_REPORTED] = N_("transmis à la sécurité"),
};

void review_words(const struct review *review, char *out, size_t out_size)
{
	if (review->files != CODEC_NONE && review->minutes != CODEC_NONE)
		snprintf(out, out_size, _("%lld dossiers en %lld minutes"),
			 (long long)review->files, (long long)review->minutes);
	else if (review->files != CODEC_NONE)
		snprintf(out, out_size, _("%lld dossiers dans la journée"),
			 (long long)review->files);
	else
		snprintf(out, out_size, "%s", review->reason >= 0
			 ? _(label_access_reason[review->reason]) : "");
}

static enum ui_style cell_when(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	const struct review *review = row;
	char day[DATE_TEXT], hour[DATE_TEXT];

	date_to_short(zone_date(app_zone(ctx), review->opened_at, NULL), day);
	moment_to_clock(app_zone(ctx), review->opened_at, hour);
	snprintf(out, out_size, "%s %s", day, hour);
	return UI_PLAIN;
}

static enum ui_style cell_agent(const struct ui_ctx *ctx, const void *row,
				char *out, size_t out_size)
{
	const struct review *review = row;

	(void)ctx;
	snprintf(out, out_size, "%s", review->agent_name[0] ? review->agent_name
							    : review->agent);
	return UI_PLAIN;
}

static enum ui_style cell_why(const struct ui_ctx *ctx, const void *row,
			      char *out, size_t out_size)
{
	(void)ctx;
	review_words(row, out, out_size);
	return UI_PLAIN;
}

static enum ui_style cell_state(const struct ui_ctx *ctx, const void *row,
				char *out, size_t out_size)
{
	const struct review *review = row;

	(void)ctx;
	snprintf(out, out_size, "%s", _(label_review_state[review->state]));
	if (review->state == REVIEW_PENDING)
		return UI_WARN;
	return review->state == REVIEW_JUSTIFIED ? UI_GOOD : UI_BAD;
}

static enum ui_style cell_reads(const struct ui_ctx *ctx, const void *row,
				char *out, size_t out_size)
{
	const struct review *review = row;

	(void)ctx;
	out[0] = '\0';
	if (review->reads != CODEC_NONE)
		snprintf(out, out_size, "%lld", (long long)review->reads);
	return UI_PLAIN;
}

static const struct ui_column columns[] = {
	UI_COL_CELL(cell_when, N_("Quand"), 14),
	{ .label = N_("Agent"), .type = UI_COLUMN_CELL, .cell = cell_agent,
	  .width = 10, .grow = 1 },
	{ .label = N_("Accès"), .type = UI_COLUMN_ENUM, .width = 13,
	  .offset = offsetof(struct review, kind), .names = label_review_kind },
	{ .label = N_("Personne"), .type = UI_COLUMN_TEXT, .width = 20, .rank = 2,
	  .grow = 1, .offset = offsetof(struct review, person) },
	{ .label = N_("Pourquoi"), .type = UI_COLUMN_CELL, .cell = cell_why,
	  .width = 24, .min = 14, .rank = 1, .grow = 1 },
	UI_COL_CELL(cell_state, N_("État"), 12),
	{ .label = N_("Référence"), .type = UI_COLUMN_TEXT, .width = 18,
	  .rank = 3, .offset = offsetof(struct review, reference) },
	{ .label = N_("Lectures"), .type = UI_COLUMN_CELL, .cell = cell_reads,
	  .width = 8, .rank = 4, .right = true },
	{ .label = N_("Constat"), .type = UI_COLUMN_ENUM, .width = 32,
	  .rank = 5, .offset = offsetof(struct review, finding),
	  .names = label_finding },
	{ 0 },
};

static void summary(const void *state, char *out, size_t out_size)
{
	const struct approvals *view = state;

	out[0] = '\0';
	if (view->loaded)
		snprintf(out, out_size, P_("%lld accès à contrôler · %s",
					   "%lld accès à contrôler · %s",
					   (unsigned long)view->pending),
			 (long long)view->pending,
			 view->all ? _("tous sont montrés") : _("ceux-là seulement"));
}

static void on_page(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct approvals *view = state;
	const struct review_totals *totals = reply->envelope;

	(void)ctx;
	view->loaded = true;
	if (totals)
		view->pending = totals->pending;
	text_copy(view->cursor, sizeof(view->cursor), reply->cursor);
}

static void load(struct ui_ctx *ctx, void *state)
{
	struct approvals *view = state;

	codec_clear(&review_query_codec, &view->query);
	view->query.state = view->all ? -1 : REVIEW_PENDING;
	view->query.limit = 50;
	text_copy(view->query.agent, sizeof(view->query.agent), ui_arg(ctx));
	view->cursor[0] = '\0';
	view->decided = app_of(ctx)->decided;
	app_list(ctx, &api_review_list, &view->query, &view->found, on_page);
}

static void more(struct ui_ctx *ctx, void *state)
{
	struct approvals *view = state;

	if (!view->cursor[0])
		return;
	text_copy(view->query.cursor, sizeof(view->query.cursor), view->cursor);
	app_list_more(ctx, &api_review_list, &view->query, &view->found, on_page);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	(void)arg;
	rows_init(&((struct approvals *)state)->found, sizeof(struct review));
	load(ctx, state);
}

/* The place in the list stays, unless something was decided. */
static void resumed(struct ui_ctx *ctx, void *state)
{
	if (((const struct approvals *)state)->decided != app_of(ctx)->decided)
		load(ctx, state);
}

static void decide(struct ui_ctx *ctx, void *state)
{
	const struct review *review = ui_row(ctx);

	(void)state;
	app_of(ctx)->review = *review;
	ui_push(ctx, &screen_approval, review->id);
}

static void everything(struct ui_ctx *ctx, void *state)
{
	struct approvals *view = state;

	view->all = !view->all;
	load(ctx, state);
}

static void read_journal(struct ui_ctx *ctx, void *state)
{
	(void)state;
	review_journal(ctx, ui_row(ctx));
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_LIST, .name = "list", .columns = columns,
	  .rows = offsetof(struct approvals, found), .enter = "open",
	  .more = more, .summary = summary,
	  .empty = N_("Rien à contrôler : tout est à jour") },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "open", N_("Se prononcer"), decide, UI_NEEDS_ROW | UI_FOOTER },
	{ "read-journal", N_("Journal"), read_journal, UI_NEEDS_ROW | UI_FOOTER },
	{ "everything", N_("Tous ou à contrôler"), everything, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_approvals = {
	.name = "approvals",
	.title = N_("Accès à contrôler"),
	.kind = UI_LIST,
	.state_size = sizeof(struct approvals),
	.parts = parts,
	.actions = actions,
	UI_ROWS(struct approvals, found),
	.open = open,
	.refresh = load,
	.resumed = resumed,
	.help = N_("Les dossiers d'une autre caisse, les dossiers sensibles et les volumes "
		   "inhabituels.  Entrée pour se prononcer, J pour lire au journal ce "
		   "qui a été vu, T pour montrer aussi ce qui est déjà contrôlé."),
};
