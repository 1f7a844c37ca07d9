/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People found.  Argument: the text that was searched. */
#include "screens.h"

#include <guichet/base/nir.h>
#include <stdio.h>
#include <string.h>

struct search {
	char text[201];
	struct rows found;              /* of struct found */
	int understood;                 /* -1 before the answer */
	bool more, phonetic;
};

static const struct ui_field fields[] = {
	{ .name = "text", .label = N_("Rechercher"), .type = UI_FIELD_TEXT,
	  UI_MEMBER(struct search, text), .width = 50 },
	{ 0 },
};

static enum ui_style cell_name(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	const struct found *found = row;

	(void)ctx;
	if (found->used_name[0])
		snprintf(out, out_size, "%s %s (%s)", found->used_name,
			 found->first_names, found->name);
	else
		snprintf(out, out_size, "%s %s", found->name, found->first_names);
	return UI_PLAIN;
}

static enum ui_style cell_note(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	const struct found *found = row;

	(void)ctx;
	out[0] = '\0';
	if (found->by == FOUND_OLD_NIR) {
		snprintf(out, out_size, "%s", _("NIR remplacé"));
		return UI_WARN;
	}
	if (found->by == FOUND_PHONETIC)
		snprintf(out, out_size, "%s", _("nom proche"));
	else if (!found->is_insured)
		snprintf(out, out_size, "%s", _("ayant droit"));
	return UI_DIM;
}

static const struct ui_column columns[] = {
	{ .label = N_("Nom"), .type = UI_COLUMN_CELL, .cell = cell_name,
	  .width = 26, .min = 16, .grow = 2 },
	{ .label = N_("Né en"), .type = UI_COLUMN_INT, .width = 5,
	  .offset = offsetof(struct found, birth_year) },
	{ .label = N_("Commune"), .type = UI_COLUMN_TEXT, .width = 16, .min = 9,
	  .rank = 2, .grow = 1, .offset = offsetof(struct found, commune) },
	{ .label = N_("NIR"), .type = UI_COLUMN_TEXT, .width = 18, .rank = 1,
	  .offset = offsetof(struct found, nir_masked) },
	UI_COL_CELL(cell_note, "", 12),
	{ 0 },
};

static void summary(const void *state, char *out, size_t out_size)
{
	const struct search *search = state;

	out[0] = '\0';
	if (search->understood < 0)
		return;
	if (search->more)
		snprintf(out, out_size, _("%d premiers, affinez · compris comme %s"),
			 SEARCH_MAX, _(label_understood[search->understood]));
	else
		snprintf(out, out_size, P_("%zu personne · compris comme %s",
					   "%zu personnes · compris comme %s",
					   search->found.count),
			 search->found.count,
			 _(label_understood[search->understood]));
}

static void on_found(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct search *search = state;
	const struct search_answer *answer = rows_at(&reply->rows, 0);

	rows_empty(&search->found);
	for (size_t i = 0; i < answer->count; i++)
		rows_copy_in(&search->found, &answer->found[i]);
	search->understood = answer->understood;
	search->more = answer->more;
	ui_rows_fresh(ctx);
	if (answer->count)
		ui_focus_part(ctx, 1);
}

static void on_refused(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct search *search = state;

	rows_empty(&search->found);
	search->understood = -1;
	ui_rows_failed(ctx);
	text_copy(reply->err.field, sizeof(reply->err.field), "text");
	ui_error(ctx, &reply->err);
}

static void find(struct ui_ctx *ctx, void *state)
{
	struct search *search = state;
	struct search_query query = { 0 };
	struct err err = { 0 };

	text_copy(query.text, sizeof(query.text), search->text);
	text_trim(query.text);
	if (!query.text[0]) {
		ui_message(ctx, "%s", _("Tapez ce que la personne vous donne"));
		return;
	}
	if (!may_search(query.text, &err)) {
		ui_error(ctx, &err);
		return;
	}
	ui_rows_stale(ctx);
	app_act(ctx, &(struct app_act){ .op = &api_insured_search, .body = &query,
		.done = on_found, .refused = on_refused });
}

static void open_with(struct ui_ctx *ctx, enum file_proof proof)
{
	const struct found *row = ui_row(ctx);

	app_open_file(ctx, row->insured_id, &screen_payments, proof, NULL);
}

static void open_file(struct ui_ctx *ctx, void *state)
{
	(void)state;
	open_with(ctx, FILE_ASK_NOTHING);
}

static void open_seen(struct ui_ctx *ctx, void *state)
{
	(void)state;
	open_with(ctx, proof_by_sight(ctx));
}

/* Somebody of another caisse has a NIR that nobody has here. */
static bool offers(const void *state, const char *action)
{
	const struct search *search = state;

	return strcmp(action, "break-glass") != 0 ||
		(!search->found.count && search->understood == UNDERSTOOD_NIR);
}

static void break_glass(struct ui_ctx *ctx, void *state)
{
	const struct search *search = state;

	ui_push(ctx, &screen_break_glass,
		nir_looks_like(search->text) ? search->text : NULL);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct search *search = state;

	search->understood = -1;
	rows_init(&search->found, sizeof(struct found));
	if (!arg || !arg[0])
		return;
	text_copy(search->text, sizeof(search->text), arg);
	ui_fields_changed(ctx);
	ui_set_unchanged(ctx);
	find(ctx, state);
}

static bool leaving(struct ui_ctx *ctx, void *state)
{
	(void)state;
	ui_set_unchanged(ctx);
	return false;
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields, .enter = "find" },
	{ .kind = UI_PART_LIST, .name = "list", .columns = columns,
	  .rows = offsetof(struct search, found), .enter = "open",
	  .summary = summary,
	  .empty = N_("Personne de ce nom dans votre caisse : essayez la naissance") },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "find", N_("Rechercher"), find, 0 },
	{ "open", N_("Ouvrir"), open_file, UI_NEEDS_ROW | UI_FOOTER },
	{ "prove", N_("Ouvrir, pièce vue"), open_seen, UI_NEEDS_ROW | UI_FOOTER },
	{ "break-glass", N_("Autre caisse"), break_glass, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_search = {
	.name = "search",
	.title = N_("Rechercher un assuré"),
	.kind = UI_FORM,
	.state_size = sizeof(struct search),
	.parts = parts,
	.actions = actions,
	UI_ROWS(struct search, found),
	.open = open,
	.offers = offers,
	.refresh = find,
	.leaving = leaving,
	.help = N_("Le nom suffit ; ajoutez le prénom ou la naissance quand la liste "
		   "est longue : « martin 1985 », « jean martin 14/03/1985 ».\n"
		   "« nom proche » : le nom s'entend pareil mais s'écrit autrement.\n"
		   "F6 demande, pour une personne d'une autre caisse, un accès de "
		   "30 minutes, tracé et contrôlé."),
};
