/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything lodged for a file, newest first.  Argument: the insured person. */
#include "screens.h"

#include <stdio.h>

struct requests {
	struct rows found;              /* of struct request */
	char cursor[256];
};

static enum ui_style cell_state(const struct ui_ctx *ctx, const void *row,
				char *out, size_t out_size)
{
	const struct request *request = row;

	(void)ctx;
	snprintf(out, out_size, "%s", _(label_request_state[request->state]));
	switch (request->state) {
	case REQUEST_REFUSED:
	case REQUEST_REFUSED_PIECE:
		return UI_BAD;
	case REQUEST_WAITING_PIECES:
		return UI_WARN;
	case REQUEST_DONE:
		return UI_GOOD;
	default:
		return UI_PLAIN;
	}
}

static const struct ui_column columns[] = {
	UI_COL_TEXT(struct request, number, N_("Numéro"), 15),
	{ .label = N_("Demande"), .type = UI_COLUMN_ENUM, .width = 22, .grow = 1,
	  .offset = offsetof(struct request, kind), .names = label_request_kind },
	{ .label = N_("Pour"), .type = UI_COLUMN_TEXT, .width = 12,
	  .offset = offsetof(struct request, beneficiary_name) },
	UI_COL_CELL(cell_state, N_("État"), 16),
	{ .label = N_("Déposée"), .type = UI_COLUMN_DATE, .width = 10, .rank = 1,
	  .offset = offsetof(struct request, lodged_on) },
	{ .label = N_("Pièce manquante"), .type = UI_COLUMN_TEXT, .width = 24,
	  .rank = 2, .offset = offsetof(struct request, missing) },
	{ .label = N_("Attendue"), .type = UI_COLUMN_DATE, .width = 10, .rank = 3,
	  .offset = offsetof(struct request, expected_on) },
	{ 0 },
};

static void on_page(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct requests *requests = state;

	(void)ctx;
	text_copy(requests->cursor, sizeof(requests->cursor), reply->cursor);
}

static void query_for(struct ui_ctx *ctx, struct request_query *query)
{
	codec_clear(&request_query_codec, query);
	text_copy(query->insured_id, sizeof(query->insured_id), ui_arg(ctx));
}

static void load(struct ui_ctx *ctx, void *state)
{
	struct requests *requests = state;
	struct request_query query;

	query_for(ctx, &query);
	app_list(ctx, &api_request_list, &query, &requests->found, on_page);
}

static void more(struct ui_ctx *ctx, void *state)
{
	struct requests *requests = state;
	struct request_query query;

	if (!requests->cursor[0])
		return;
	query_for(ctx, &query);
	text_copy(query.cursor, sizeof(query.cursor), requests->cursor);
	app_list_more(ctx, &api_request_list, &query, &requests->found, on_page);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct requests *requests = state;

	(void)arg;
	rows_init(&requests->found, sizeof(struct request));
	load(ctx, state);
}

static void follow(struct ui_ctx *ctx, void *state)
{
	const struct request *row = ui_row(ctx);

	(void)state;
	ui_push(ctx, &screen_request, row->id);
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_LIST, .name = "list", .columns = columns,
	  .rows = offsetof(struct requests, found), .enter = "open",
	  .more = more, .empty = N_("Aucune demande") },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "open", N_("Suivre"), follow, UI_NEEDS_ROW | UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_requests = {
	.name = "requests",
	.title = N_("Demandes"),
	.kind = UI_LIST,
	.state_size = sizeof(struct requests),
	.parts = parts,
	.actions = actions,
	.tabs = file_tabs,
	UI_ROWS(struct requests, found),
	.open = open,
	.refresh = load,
	.resumed = load,
	.leaving = file_leaving,
	.help = N_("Tout ce qui a été demandé pour ce dossier, avec l'état du moment."),
};
