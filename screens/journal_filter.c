/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which lines of the trace to show.  A person is found as at the desk: by NIR, or
 * by name and birth. */
#include "trace.h"
#include "app_private.h"
#include "screens.h"

#include <guichet/base/fold.h>
#include <stdio.h>
#include <string.h>

enum { OFFICES_MAX = 64 };

struct filter_form {
	char agent[64];
	char person[201];
	int operation;                  /* index in journal_operations */
	struct date from, to;
	char office[LABEL_SIZE];
	bool refused;
	struct journal_query query;     /* while the person is looked for */
	struct rows offices;            /* of struct office */
	struct ui_choice choices[OFFICES_MAX + 1];
};

static bool check_to(const void *state, struct err *err)
{
	const struct filter_form *form = state;

	if (date_is_set(form->to) && date_is_set(form->from) &&
	    date_compare(form->to, form->from) < 0)
		return err_field(err, ERR_INVALID, "to", "%s",
				 _("la fin vient avant le début"));
	return true;
}

/* The office that is meant by what was typed, or NULL. */
static const struct office *find_office(const struct filter_form *form)
{
	const struct office *only = NULL;

	for (size_t i = 0; i < form->offices.count; i++) {
		const struct office *office = rows_at(&form->offices, i);

		if (strcmp(office->name, form->office) == 0)
			return office;
		if (!fold_contains(office->name, form->office))
			continue;
		if (only)
			return NULL;
		only = office;
	}
	return only;
}

static bool check_office(const void *state, struct err *err)
{
	const struct filter_form *form = state;

	return !form->office[0] || find_office(form) ||
		err_field(err, ERR_INVALID, "office_id", "%s",
			  _("point d'accueil à préciser : F4 donne la liste"));
}

static void on_office(struct ui_ctx *ctx, void *state, int value)
{
	struct filter_form *form = state;
	const struct office *office = value < 0 ? NULL
		: rows_at(&form->offices, (size_t)value);

	if (!office)
		return;
	text_copy(form->office, sizeof(form->office), office->name);
	ui_fields_changed(ctx);
}

static void choose_office(struct ui_ctx *ctx, void *state)
{
	static const char keys[] = "123456789abcdefghijklmnopqrstuvwxyz";
	struct filter_form *form = state;
	size_t count = 0;

	for (; count < form->offices.count && count < OFFICES_MAX; count++) {
		const struct office *office = rows_at(&form->offices, count);

		form->choices[count] = (struct ui_choice){
			.key = count < sizeof(keys) - 1 ? keys[count] : '\0',
			.label = office->name, .value = (int)count,
		};
	}
	form->choices[count] = (struct ui_choice){ 0 };
	if (count)
		ui_ask(ctx, _("Point d'accueil"), "", form->choices, 0, on_office);
	else
		ui_message(ctx, "%s", _("La liste se met à jour : un instant"));
}

static const struct ui_field fields[] = {
	{ .name = "agent", .label = N_("Agent"), .type = UI_FIELD_TEXT,
	  UI_MEMBER(struct filter_form, agent), .width = 24,
	  .hint = N_("son identifiant, par exemple a.lefevre ; vide : tous") },
	{ .name = "text", .label = N_("Personne"), .type = UI_FIELD_SEARCH,
	  UI_MEMBER(struct filter_form, person), .width = 40,
	  .hint = N_("NIR, ou nom et naissance ; vide : tous les dossiers") },
	{ .name = "operation", .label = N_("Opération"), .type = UI_FIELD_CHOICE,
	  UI_MEMBER(struct filter_form, operation), .width = 32,
	  .choices = label_operation,
	  .hint = N_("← → pour changer, F4 pour la liste") },
	{ .name = "from", .label = N_("Du"), .type = UI_FIELD_DATE,
	  UI_MEMBER(struct filter_form, from), .width = 12, .flags = UI_PAST,
	  .hint = N_("vide : aussi loin que le journal") },
	{ .name = "to", .label = N_("au"), .type = UI_FIELD_DATE,
	  UI_MEMBER(struct filter_form, to), .width = 12, .flags = UI_PAST,
	  .check = check_to, .hint = N_("vide : jusqu'à maintenant") },
	{ .name = "office_id", .label = N_("Point d'accueil"),
	  .type = UI_FIELD_TEXT, UI_MEMBER(struct filter_form, office),
	  .width = 30, .check = check_office, .values = choose_office,
	  .hint = N_("un morceau du nom suffit ; F4 pour la liste") },
	{ .name = "refused", .label = N_("Refus seulement"),
	  .type = UI_FIELD_CHECK, UI_MEMBER(struct filter_form, refused),
	  .width = 3 },
	{ 0 },
};

static int operation_index(const char *name)
{
	for (int i = 0; journal_operations[i]; i++)
		if (strcmp(journal_operations[i], name) == 0)
			return i;
	return 0;
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct filter_form *form = state;
	const struct journal *journal = &app_of(ctx)->journal;

	(void)arg;
	rows_init(&form->offices, sizeof(struct office));
	text_copy(form->agent, sizeof(form->agent), journal->filter.agent);
	text_copy(form->person, sizeof(form->person), journal->filter.insured_id[0] &&
		  !journal->person[0] ? journal->filter.insured_id : journal->person);
	form->operation = operation_index(journal->filter.operation);
	form->from = journal->filter.from;
	form->to = journal->filter.to;
	form->refused = journal->filter.refused;
	text_copy(form->office, sizeof(form->office), journal->office);
	ui_fields_changed(ctx);
	ui_set_unchanged(ctx);
	app_list(ctx, &api_office_list, NULL, &form->offices, NULL);
}

/* The person stays who they were unless another is typed. */
static bool same_person(const struct filter_form *form, const struct journal *journal)
{
	return form->person[0] &&
		(strcmp(form->person, journal->person) == 0 ||
		 strcmp(form->person, journal->filter.insured_id) == 0);
}

static void apply(struct ui_ctx *ctx, struct filter_form *form)
{
	struct journal *journal = &app_of(ctx)->journal;

	if (!form->query.insured_id[0])
		journal->person[0] = '\0';
	text_copy(journal->office, sizeof(journal->office),
		  form->query.office_id[0] ? form->office : "");
	journal->filter = form->query;
	journal->turn++;
	ui_set_unchanged(ctx);
	ui_pop(ctx);
}

static void refuse_person(struct ui_ctx *ctx, const char *text)
{
	struct err err = { 0 };

	err_field(&err, ERR_INVALID, "text", "%s", text);
	ui_error(ctx, &err);
}

static void on_found(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct filter_form *form = state;
	struct journal *journal = &app_of(ctx)->journal;
	const struct search_answer *answer = rows_at(&reply->rows, 0);
	const struct found *only = &answer->found[0];
	char name[2 * NAME_SIZE];

	if (answer->count != 1) {
		refuse_person(ctx, answer->count
			? _("plusieurs personnes : donnez le NIR, ou la naissance")
			: _("personne de ce nom dans votre caisse"));
		return;
	}
	snprintf(name, sizeof(name), "%s %s",
		 only->used_name[0] ? only->used_name : only->name,
		 only->first_names);
	text_ellipsis(journal->person, sizeof(journal->person), name, 38);
	text_copy(form->query.insured_id, sizeof(form->query.insured_id),
		  only->insured_id);
	apply(ctx, form);
}

static void on_unclear(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	(void)state;
	refuse_person(ctx, reply->err.text);
}

static void validate(struct ui_ctx *ctx, void *state)
{
	struct filter_form *form = state;
	const struct journal *journal = &app_of(ctx)->journal;
	const struct office *office = form->office[0] ? find_office(form) : NULL;
	struct search_query search = { 0 };

	codec_clear(&journal_query_codec, &form->query);
	text_trim(form->agent);
	text_trim(form->person);
	text_copy(form->query.agent, sizeof(form->query.agent), form->agent);
	text_copy(form->query.operation, sizeof(form->query.operation),
		  journal_operations[form->operation]);
	form->query.from = form->from;
	form->query.to = form->to;
	form->query.refused = form->refused;
	if (office) {
		text_copy(form->office, sizeof(form->office), office->name);
		text_copy(form->query.office_id, sizeof(form->query.office_id),
			  office->id);
	}
	if (!form->person[0] || same_person(form, journal)) {
		if (form->person[0])
			text_copy(form->query.insured_id,
				  sizeof(form->query.insured_id),
				  journal->filter.insured_id);
		apply(ctx, form);
		return;
	}
	text_copy(search.text, sizeof(search.text), form->person);
	app_act(ctx, &(struct app_act){ .op = &api_insured_search,
		.body = &search, .expected = true, .done = on_found,
		.refused = on_unclear });
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields,
	  .enter = "validate" },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "validate", N_("Appliquer"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_journal_filter = {
	.name = "journal-filter",
	.title = N_("Choisir dans le journal"),
	.kind = UI_FORM,
	.state_size = sizeof(struct filter_form),
	.parts = parts,
	.actions = actions,
	UI_ROWS(struct filter_form, offices),
	.open = open,
	.help = N_("Chaque choix laissé vide garde tout.  Dates : 15/3, 1503, -7 (il y a "
		   "sept jours).  F10 applique et revient au journal."),
};
