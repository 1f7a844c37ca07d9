/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk: whatever the person gives goes in one field.  Below, today's
 * appointments and what this agent has to follow up. */
#include "appointment_acts.h"
#include "watch.h"

#include <guichet/base/nir.h>
#include <stdio.h>
#include <string.h>

struct home {
	char text[201];
	struct rows today;              /* of struct appointment */
	struct rows follow;             /* of struct request */
	enum file_proof proof;          /* how the file found will be opened */
	struct ui_draft draft;          /* the one offered at the start */
	bool searching;                 /* and the agent still wants it */
	struct watch watch;             /* supervisors: accesses to look at */
};

static void understood(const void *state, char *out, size_t out_size)
{
	const struct home *home = state;
	struct nir nir;
	struct err err = { 0 };

	out[0] = '\0';
	if (!home->text[0])
		snprintf(out, out_size, "%s",
			 _("NIR, nom, naissance, téléphone, courriel ou n° de demande"));
	else if (!may_search(home->text, &err))
		snprintf(out, out_size, "%s", err.text);
	else if (!nir_looks_like(home->text) || strlen(home->text) < 13)
		return;
	else if (nir_parse(home->text, &nir, &err))
		snprintf(out, out_size, nir.key_given
			 ? _("NIR complet, clé juste · Entrée pour ouvrir")
			 : _("NIR de 13 caractères, clé %s · Entrée pour ouvrir"),
			 nir.key);
	else
		snprintf(out, out_size, "%s", err.text);
}

static const struct ui_field fields[] = {
	{ .name = "text", .label = N_("Rechercher"), .type = UI_FIELD_SEARCH,
	  UI_MEMBER(struct home, text), .width = 50, .live_hint = understood },
	{ 0 },
};

static const struct ui_column today_columns[] = {
	UI_COL_CELL(cell_appointment_hour, N_("Heure"), 5),
	{ .label = N_("Nom"), .type = UI_COLUMN_TEXT, .width = 24, .min = 16,
	  .grow = 2, .offset = offsetof(struct appointment, insured_name) },
	{ .label = N_("Motif"), .type = UI_COLUMN_TEXT, .width = 24, .min = 12,
	  .grow = 2, .rank = 1, .offset = offsetof(struct appointment, reason_label) },
	UI_COL_CELL(cell_appointment_state, N_("État"), 14),
	{ 0 },
};

static enum ui_style cell_waiting(const struct ui_ctx *ctx, const void *row,
			       char *out, size_t out_size)
{
	const struct request *request = row;

	(void)ctx;
	if (request->missing[0])
		snprintf(out, out_size, _("pièce manquante : %s"), request->missing);
	else
		snprintf(out, out_size, "%s", _(label_request_state[request->state]));
	return UI_WARN;
}

static const struct ui_column follow_columns[] = {
	UI_COL_TEXT(struct request, number, N_("Numéro"), 15),
	{ .label = N_("Nom"), .type = UI_COLUMN_TEXT, .width = 24, .grow = 1,
	  .offset = offsetof(struct request, insured_name) },
	{ .label = N_("À faire"), .type = UI_COLUMN_CELL, .cell = cell_waiting,
	  .width = 30, .grow = 1 },
	{ 0 },
};

static void today_summary(const void *state, char *out, size_t out_size)
{
	const struct home *home = state;
	size_t ahead = 0;

	for (size_t i = 0; i < home->today.count; i++) {
		const struct appointment *row = rows_at(&home->today, i);

		ahead += row->state == APPOINTMENT_BOOKED;
	}
	out[0] = '\0';
	if (home->today.count)
		snprintf(out, out_size, _("%zu rendez-vous, dont %zu à venir"),
			 home->today.count, ahead);
}

/* ---- Finding ---------------------------------------------------------------- */

static void clear(struct ui_ctx *ctx, void *state)
{
	((struct home *)state)->text[0] = '\0';
	ui_fields_changed(ctx);
	ui_set_unchanged(ctx);
}

static void on_found(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct home *home = state;
	const struct search_answer *answer = rows_at(&reply->rows, 0);
	const struct found *only = &answer->found[0];

	if (!home->searching)
		return;
	ui_expect_over(ctx);
	if (answer->count != 1 || only->by == FOUND_PHONETIC ||
	    only->by == FOUND_OLD_NIR) {
		ui_push(ctx, &screen_search, home->text);
		return;
	}
	app_open_file(ctx, only->insured_id, &screen_payments, home->proof, clear);
}

static void on_unclear(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	if (!((const struct home *)state)->searching)
		return;
	ui_expect_over(ctx);
	if (!reply->err.field[0])
		text_copy(reply->err.field, sizeof(reply->err.field), "text");
	ui_error(ctx, &reply->err);
}

static void given_up(struct ui_ctx *ctx, void *state)
{
	(void)ctx;
	((struct home *)state)->searching = false;
}

static void find_with(struct ui_ctx *ctx, struct home *home, enum file_proof proof)
{
	struct search_query query = { 0 };
	struct err err = { 0 };

	home->proof = proof;
	text_copy(query.text, sizeof(query.text), home->text);
	text_trim(query.text);
	if (!query.text[0]) {
		err_field(&err, ERR_INVALID, "text", "%s",
			  _("Tapez ce que la personne vous donne"));
		ui_error(ctx, &err);
		return;
	}
	if (!may_search(query.text, &err)) {
		ui_error(ctx, &err);
		return;
	}
	home->searching = true;
	ui_expect(ctx, given_up);
	app_act(ctx, &(struct app_act){ .op = &api_insured_search, .body = &query,
		.done = on_found, .refused = on_unclear });
}

static void find(struct ui_ctx *ctx, void *state)
{
	find_with(ctx, state, FILE_ASK_NOTHING);
}

static void find_seen(struct ui_ctx *ctx, void *state)
{
	find_with(ctx, state, proof_by_sight(ctx));
}

static void open_appointment(struct ui_ctx *ctx, void *state)
{
	const struct appointment *row = ui_row(ctx);

	(void)state;
	app_open_file(ctx, row->insured_id, &screen_appointments,
		      FILE_ASK_NOTHING, NULL);
}

static void open_request(struct ui_ctx *ctx, void *state)
{
	const struct request *row = ui_row(ctx);

	(void)state;
	app_open_file(ctx, row->insured_id, &screen_requests,
		      FILE_ASK_NOTHING, NULL);
}

static void agenda(struct ui_ctx *ctx, void *state)
{
	(void)state;
	ui_push(ctx, &screen_agenda, NULL);
}

struct watch *home_watch(void *state)
{
	return &((struct home *)state)->watch;
}

static bool has_pending(const void *state)
{
	return watch_pending(&((const struct home *)state)->watch) > 0;
}

static void pending_text(const void *state, struct ui_lines *lines)
{
	watch_lines(&((const struct home *)state)->watch, lines);
}

static bool offers(const void *state, const char *action)
{
	return ((const struct home *)state)->watch.supervisor ||
		(strcmp(action, "approvals") != 0 && strcmp(action, "journal") != 0);
}

static void approvals(struct ui_ctx *ctx, void *state)
{
	watch_open(ctx, &((struct home *)state)->watch, &screen_approvals,
		   "values");
}

static void journal(struct ui_ctx *ctx, void *state)
{
	watch_open(ctx, &((struct home *)state)->watch, &screen_journal, "new");
}

static void load(struct ui_ctx *ctx, void *state)
{
	struct home *home = state;
	const struct appointment_query today = {
		.day = app_today(ctx), .limit = 100,
	};
	const struct follow_query follow = { .limit = 20 };

	app_list(ctx, &api_appointment_list, &today, &home->today, NULL);
	app_list(ctx, &api_request_follow, &follow, &home->follow, NULL);
	watch_start(ctx, &home->watch);
}

/* ---- What was left half typed ------------------------------------------------ */

enum { DRAFT_TAKE, DRAFT_DROP, DRAFT_LATER };

static const struct ui_choice draft_choices[] = {
	{ 'o', N_("reprendre"), DRAFT_TAKE },
	{ 's', N_("supprimer"), DRAFT_DROP },
	{ 'p', N_("plus tard"), DRAFT_LATER },
	{ 0 },
};

static const struct ui_choice sent_choices[] = {
	{ 'o', N_("vérifier"), DRAFT_TAKE },
	{ 'p', N_("plus tard"), DRAFT_LATER },
	{ 0 },
};

static void on_draft(struct ui_ctx *ctx, void *state, int value)
{
	struct home *home = state;

	if (value == DRAFT_TAKE && home->draft.sent) {
		app_send_again(ctx, &home->draft);
	} else if (value == DRAFT_TAKE) {
		app_take_up(ctx, &home->draft);
	} else if (value == DRAFT_DROP) {
		ui_draft_drop(ctx, home->draft.id);
		ui_message(ctx, "%s", _("Brouillon supprimé"));
	}
}

static const char *screen_title(const char *name)
{
	for (int i = 0; screens[i]; i++)
		if (strcmp(screens[i]->name, name) == 0)
			return _(screens[i]->title);
	return name;
}

/* What was sent comes before what was only typed. */
static const struct ui_draft *most_urgent(const struct rows *drafts)
{
	for (size_t i = 0; i < drafts->count; i++) {
		const struct ui_draft *draft = rows_at(drafts, i);

		if (draft->sent)
			return draft;
	}
	return rows_at(drafts, 0);
}

/* One draft is offered, once, when the agent arrives. */
static void offer_draft(struct ui_ctx *ctx, struct home *home)
{
	struct rows drafts;
	const struct ui_draft *draft;
	char at[DATE_TEXT], text[200];

	rows_init(&drafts, sizeof(struct ui_draft));
	app_drafts(ctx, &drafts);
	draft = most_urgent(&drafts);
	if (draft) {
		home->draft = *draft;
		moment_to_text(app_zone(ctx), draft->saved_ms, at);
		snprintf(text, sizeof(text), draft->sent
			 ? _("%s, envoi du %s : résultat inconnu")
			 : _("Reprendre la demande commencée : %s, %s ?"),
			 screen_title(draft->screen), at);
		ui_ask(ctx, _("Brouillon"), text,
		       draft->sent ? sent_choices : draft_choices, DRAFT_TAKE,
		       on_draft);
	}
	rows_fini(&drafts);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct home *home = state;

	rows_init(&home->today, sizeof(struct appointment));
	rows_init(&home->follow, sizeof(struct request));
	if (arg && arg[0]) {
		text_copy(home->text, sizeof(home->text), arg);
		ui_fields_changed(ctx);
	}
	load(ctx, state);
	if (!app_open_asked(ctx))
		offer_draft(ctx, home);
}

static void close(void *state)
{
	struct home *home = state;

	watch_stop(&home->watch);
	rows_fini(&home->today);
	rows_fini(&home->follow);
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields, .enter = "find" },
	{ .kind = UI_PART_TEXT, .name = "pending", .text = pending_text,
	  .shown = has_pending },
	{ .kind = UI_PART_LIST, .name = "list", .title = N_("Rendez-vous du jour"),
	  .columns = today_columns, .rows = offsetof(struct home, today),
	  .enter = "open-appointment", .summary = today_summary,
	  .empty = N_("Aucun rendez-vous aujourd'hui") },
	{ .kind = UI_PART_LIST, .name = "list", .title = N_("À suivre"),
	  .columns = follow_columns, .rows = offsetof(struct home, follow),
	  .rows_wanted = 5, .enter = "open-request",
	  .empty = N_("Rien à suivre") },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "find", N_("Ouvrir"), find, UI_FOOTER },
	{ "prove", N_("Ouvrir, pièce vue"), find_seen, UI_FOOTER },
	{ "open-appointment", N_("Ouvrir le dossier"), open_appointment, UI_NEEDS_ROW },
	{ "open-request", N_("Ouvrir le dossier"), open_request, UI_NEEDS_ROW },
	{ "approvals", N_("Contrôles"), approvals, UI_FOOTER },
	{ "journal", N_("Journal"), journal, UI_FOOTER },
	{ "agenda", N_("Agenda"), agenda, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_home = {
	.name = "home",
	.title = N_("Accueil du poste"),
	.kind = UI_FORM,
	.state_size = sizeof(struct home),
	.parts = parts,
	.actions = actions,
	.open = open,
	.refresh = load,
	.resumed = load,
	.close = close,
	.offers = offers,
	.help = N_("Tapez ce que la personne vous donne, puis Entrée : NIR avec ou "
		   "sans clé, nom et prénom dans l'ordre qu'elle veut, date de naissance, "
		   "téléphone, adresse électronique, numéro de demande ou de rendez-vous.\n"
		   "F8 ouvre le dossier en notant que vous avez vu sa pièce d'identité.\n"
		   "Superviseurs : F4 liste les accès à contrôler, F6 lit le journal."),
};
