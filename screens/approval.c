/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One access to look at, and what the supervisor finds.  Argument: the review;
 * its row was read by the list. */
#include "reviews.h"
#include "app_private.h"
#include "confirm.h"
#include "trace.h"
#include "screens.h"

#include <stdio.h>
#include <string.h>

struct approval {
	struct review review;           /* .id "": none */
	enum zone zone;
	int decision;                   /* index in decisions */
	int finding;                    /* 0, else 1 + enum review_finding */
};

enum { DECISION_NONE, DECISION_JUSTIFIED, DECISION_UNJUSTIFIED };

static const char *const decisions[] = {
	[DECISION_NONE] = N_("à choisir"),
	[DECISION_JUSTIFIED] = N_("justifié"),
	[DECISION_UNJUSTIFIED] = N_("non justifié"),
	NULL,
};

static const char *const findings[] = {
	N_("à choisir"), N_("la visite ou l'appel existe"),
	N_("la tâche ou le courrier existe"), N_("l'agent a expliqué"),
	N_("journée chargée"), N_("erreur de dossier, rien d'utilisé"),
	N_("rien ne l'explique"), N_("transmis à la sécurité"), NULL,
};
_Static_assert(sizeof(findings) / sizeof(*findings) == FINDING_N + 2,
	       "every finding can be chosen");

static bool check_decision(const void *state, struct err *err)
{
	return ((const struct approval *)state)->decision != DECISION_NONE ||
		err_field(err, ERR_INVALID, "state", "%s",
			  _("dites si l'accès était justifié"));
}

static bool check_finding(const void *state, struct err *err)
{
	return ((const struct approval *)state)->finding != 0 ||
		err_field(err, ERR_INVALID, "finding", "%s",
			  _("choisissez ce que vous avez constaté"));
}

/* Nobody decides on what they did themselves, nor twice. */
static bool is_open(const void *state)
{
	const struct review *review = &((const struct approval *)state)->review;

	return review->id[0] && review->state == REVIEW_PENDING && !review->mine;
}

static const struct ui_field fields[] = {
	{ .name = "state", .label = N_("Cet accès est"), .type = UI_FIELD_CHOICE,
	  UI_MEMBER(struct approval, decision), .width = 16,
	  .choices = decisions, .check = check_decision, .shown = is_open,
	  .hint = N_("← → pour changer, F4 pour la liste") },
	{ .name = "finding", .label = N_("Constat"), .type = UI_FIELD_CHOICE,
	  UI_MEMBER(struct approval, finding), .width = 36,
	  .choices = findings, .check = check_finding, .shown = is_open,
	  .hint = N_("← → pour changer, F4 pour la liste") },
	{ 0 },
};

static void show_access(const struct approval *view, struct ui_lines *lines)
{
	const struct review *review = &view->review;
	char text[300];

	snprintf(text, sizeof(text), review->agent_name[0] ? "%s (%s)" : "%s%s",
		 review->agent_name, review->agent);
	ui_pair_styled(lines, _("Agent"), UI_STRONG, text);
	ui_pair(lines, _("Accès"), _(label_review_kind[review->kind]));
	moment_to_text(view->zone, review->opened_at, text);
	ui_pair(lines, _("Quand"), text);
	text[0] = '\0';
	if (review->until)
		moment_to_text(view->zone, review->until, text);
	ui_pair(lines, _("Jusqu'à"), text);
	review_words(review, text, sizeof(text));
	ui_pair(lines, _("Pourquoi"), text);
	ui_pair(lines, _("Référence"), review->reference);
	ui_pair(lines, _("Ouvert par"), review->opened_by);
	snprintf(text, sizeof(text), review->person[0] ? "%s · %s" : "%s%s",
		 review->person, review->insured_id);
	ui_pair(lines, _("Dossier"), text);
	ui_pair(lines, _("Caisse"), review->caisse);
	text[0] = '\0';
	if (review->reads != CODEC_NONE)
		snprintf(text, sizeof(text), "%lld", (long long)review->reads);
	ui_pair(lines, _("Lectures"), text);
}

static void show_decision(const struct approval *view, struct ui_lines *lines)
{
	const struct review *review = &view->review;
	char text[DATE_TEXT];

	ui_line(lines, UI_PLAIN, "%s", "");
	if (review->state == REVIEW_PENDING) {
		if (review->mine)
			ui_line(lines, UI_WARN, "%s",
				_("Cet accès vous concerne : une autre personne doit "
				  "se prononcer."));
		return;
	}
	ui_pair_styled(lines, _("Contrôle"),
		       review->state == REVIEW_JUSTIFIED ? UI_GOOD : UI_BAD,
		       _(label_review_state[review->state]));
	if (review->finding >= 0)
		ui_pair(lines, _("Constat"), _(label_finding[review->finding]));
	ui_pair(lines, _("Par"), review->decided_by);
	moment_to_text(view->zone, review->decided_at, text);
	ui_pair(lines, _("Le"), text);
}

static void text(const void *state, struct ui_lines *lines)
{
	const struct approval *view = state;

	if (!view->review.id[0]) {
		ui_line(lines, UI_PLAIN, "%s",
			_("Cet accès s'ouvre depuis la liste à contrôler."));
		return;
	}
	show_access(view, lines);
	show_decision(view, lines);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct approval *view = state;
	const struct review *review = &app_of(ctx)->review;

	view->zone = app_zone(ctx);
	if (arg && review->id[0] && strcmp(arg, review->id) == 0)
		view->review = *review;
}

static void on_decided(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	const struct review *review = rows_at(&reply->rows, 0);

	(void)state;
	app_of(ctx)->decided++;
	ui_set_unchanged(ctx);
	if (review->kind == REVIEW_STOP && review->state == REVIEW_JUSTIFIED)
		ui_message(ctx, _("Contrôle noté : %s peut continuer"),
			   review->agent_name);
	else if (review->state == REVIEW_UNJUSTIFIED && review->insured_id[0])
		ui_message(ctx, "%s", _("Contrôle noté : l'accès est fermé"));
	else
		ui_message(ctx, "%s", _("Contrôle noté"));
	ui_pop(ctx);
}

static void send(struct ui_ctx *ctx, void *state)
{
	const struct approval *view = state;
	struct review_key key = { 0 };
	const struct review_decision body = {
		.state = view->decision == DECISION_JUSTIFIED
			? REVIEW_JUSTIFIED : REVIEW_UNJUSTIFIED,
		.finding = view->finding - 1,
	};

	text_copy(key.review_id, sizeof(key.review_id), view->review.id);
	app_act(ctx, &(struct app_act){ .op = &api_review_decide, .query = &key,
		.body = &body, .form = true, .done = on_decided });
}

static void validate(struct ui_ctx *ctx, void *state)
{
	const struct approval *view = state;
	char question[300];

	if (!is_open(state)) {
		ui_message(ctx, "%s", view->review.mine
			   ? _("Une autre personne doit se prononcer")
			   : _("Rien à décider ici"));
		return;
	}
	if (view->decision == DECISION_JUSTIFIED) {
		send(ctx, state);
		return;
	}
	snprintf(question, sizeof(question),
		 _("Déclarer non justifié l'accès de %s ?"),
		 view->review.agent_name);
	ui_confirm(ctx, question, send);
}

void review_journal(struct ui_ctx *ctx, const struct review *review)
{
	struct journal *journal = &app_of(ctx)->journal;
	enum zone zone = app_zone(ctx);

	journal_clear(app_of(ctx));
	journal_only_agent(ctx, review->agent);
	if (review->insured_id[0])
		journal_only_file(ctx, review->insured_id, review->person);
	journal->filter.from = zone_date(zone, review->opened_at, NULL);
	journal->filter.to = zone_date(zone, review->until ? review->until
				       : review->opened_at, NULL);
	ui_push(ctx, &screen_journal, NULL);
}

static void read_journal(struct ui_ctx *ctx, void *state)
{
	const struct approval *view = state;

	if (view->review.id[0])
		review_journal(ctx, &view->review);
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "text", .text = text },
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields,
	  .enter = "validate", .shown = is_open },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "validate", N_("Valider"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ "read-journal", N_("Ce qui a été lu"), read_journal, UI_FOOTER },
	{ 0 },
};

static bool offers(const void *state, const char *action)
{
	return strcmp(action, "validate") != 0 || is_open(state);
}

const struct ui_screen screen_approval = {
	.name = "approval",
	.title = N_("Contrôler un accès"),
	.kind = UI_FORM,
	.state_size = sizeof(struct approval),
	.parts = parts,
	.actions = actions,
	.open = open,
	.offers = offers,
	.help = N_("Dites si l'accès était justifié, et ce que vous avez constaté ; F10 "
		   "valide.  Un arrêt de volume justifié rend la main à l'agent ; un "
		   "accès non justifié se ferme aussitôt.  F9 lit au journal ce qui a "
		   "été vu."),
};
