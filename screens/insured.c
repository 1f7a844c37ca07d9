/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who the person is and how to reach them.  Argument: the insured person. */
#include "reveal.h"
#include "screens.h"

#include <guichet/base/nir.h>
#include <stdio.h>
#include <string.h>

struct insured_view {
	struct insured insured;
	bool loaded;
	const struct reveal_shown *shown;
	struct ui_choice choices[REVEAL_N + 1];
};

/* A value that was asked for, or what the file shows without it. */
static void pair_hidden(const struct insured_view *view, struct ui_lines *lines,
			const char *label, enum reveal_field field,
			const char *value)
{
	char words[64];
	const char *shown = reveal_words(view->shown, field, "", words);

	ui_pair_styled(lines, label, shown ? UI_STRONG : UI_PLAIN,
		       shown ? shown : value);
	explicit_bzero(words, sizeof(words));
}

static void show_identity(const struct insured_view *view, struct ui_lines *lines)
{
	const struct insured *insured = &view->insured;
	char text[3 * NAME_SIZE], nir[NIR_TEXT];

	label_person(text, sizeof(text), insured->name, insured->used_name,
		     insured->first_names, insured->sex);
	ui_pair_styled(lines, _("Nom"), UI_STRONG, text);
	cell_date(insured->birth, text, sizeof(text));
	ui_pair(lines, _("Naissance"), text);
	ui_pair(lines, _("Lieu"), insured->birth_place);
	if (insured->nir[0])
		nir_to_text(insured->nir, insured->nir_key, nir);
	pair_hidden(view, lines, _("NIR"), REVEAL_NIR,
		    insured->nir[0] ? nir : insured->nir_masked);
	if (insured->nir_temporary)
		ui_pair_styled(lines, _("Numéro"), UI_WARN,
			       _("provisoire, en attente d'immatriculation"));
}

static void show_reach(const struct insured_view *view, struct ui_lines *lines)
{
	const struct insured *insured = &view->insured;
	char city[2 * NAME_SIZE], phone[32];

	ui_line(lines, UI_PLAIN, "%s", "");
	ui_pair(lines, _("Adresse"), insured->address1);
	ui_pair(lines, "", insured->address2);
	snprintf(city, sizeof(city), "%s %s", insured->postcode, insured->city);
	ui_pair(lines, _("Commune"), city);
	phone_words(insured->phone, phone, sizeof(phone));
	pair_hidden(view, lines, _("Téléphone"), REVEAL_PHONE, phone);
	pair_hidden(view, lines, _("Courriel"), REVEAL_EMAIL, insured->email);
	pair_hidden(view, lines, _("Compte bancaire"), REVEAL_IBAN,
		    insured->iban_masked);
}

static void show_rights(struct ui_lines *lines, const struct insured *insured)
{
	char caisse[LABEL_SIZE + 32];

	ui_line(lines, UI_PLAIN, "%s", "");
	snprintf(caisse, sizeof(caisse), "%s, %s %s", insured->caisse_name,
		 _("centre"), insured->centre);
	ui_pair(lines, _("Caisse"), caisse);
	ui_pair(lines, _("C2S"), _(label_c2s[insured->c2s]));
	ui_pair(lines, _("Exonération"), insured->exempt ? _("oui") : _("non"));
	ui_pair(lines, _("Médecin traitant"),
		insured->treating_doctor ? _("déclaré") : _("aucun"));
	ui_pair(lines, _("Compte ameli"), insured->account ? _("oui") : _("non"));
	if (insured->message[0]) {
		ui_line(lines, UI_PLAIN, "%s", "");
		ui_pair_styled(lines, _("Note"), UI_WARN, insured->message);
	}
	if (insured->mask_tier) {
		ui_line(lines, UI_PLAIN, "%s", "");
		ui_line(lines, UI_DIM, "%s",
			_("Certaines lignes sont masquées : F8 pour prouver l'identité."));
	}
}

static void text(const void *state, struct ui_lines *lines)
{
	const struct insured_view *view = state;

	if (!view->loaded)
		return;
	show_identity(view, lines);
	show_reach(view, lines);
	show_rights(lines, &view->insured);
}

static void on_insured(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct insured_view *view = state;
	struct file *file = app_file(ctx);

	view->insured = *(const struct insured *)rows_at(&reply->rows, 0);
	view->loaded = true;
	if (file) {                     /* the header says the same */
		file->insured = view->insured;
		file->loaded = true;
	}
}

static void load(struct ui_ctx *ctx, void *state)
{
	struct insured_key key = { 0 };

	(void)state;
	text_copy(key.insured_id, sizeof(key.insured_id), ui_arg(ctx));
	app_get(ctx, 1, &api_insured_get, &key, on_insured);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	(void)arg;
	((struct insured_view *)state)->shown = reveal_of(ctx);
	load(ctx, state);
}

/* ---- Hidden values ------------------------------------------------------------ */

/* What is hidden now, a mask standing in its place; the count. */
static int hidden(const struct insured_view *view, enum reveal_field out[REVEAL_N])
{
	const struct insured *insured = &view->insured;
	int count = 0;

	if (!view->loaded)
		return 0;
	if (!insured->nir[0] && insured->nir_masked[0])
		out[count++] = REVEAL_NIR;
	if (strchr(insured->phone, '*'))
		out[count++] = REVEAL_PHONE;
	if (strchr(insured->email, '*'))
		out[count++] = REVEAL_EMAIL;
	if (insured->iban_masked[0])
		out[count++] = REVEAL_IBAN;
	return count;
}

static bool offers(const void *state, const char *action)
{
	enum reveal_field fields[REVEAL_N];

	return strcmp(action, "reveal") != 0 || hidden(state, fields) > 0;
}

static void on_field(struct ui_ctx *ctx, void *state, int value)
{
	(void)state;
	if (value != UI_CANCELLED)
		reveal_ask(ctx, (enum reveal_field)value, "");
}

static void reveal(struct ui_ctx *ctx, void *state)
{
	static const char *const labels[REVEAL_N] = {
		[REVEAL_NIR] = N_("NIR"), [REVEAL_IBAN] = N_("Compte bancaire"),
		[REVEAL_PHONE] = N_("Téléphone"), [REVEAL_EMAIL] = N_("Courriel"),
		[REVEAL_VITALE_SERIAL] = N_("Carte Vitale"),
	};
	struct insured_view *view = state;
	enum reveal_field fields[REVEAL_N];
	int count = hidden(view, fields);

	for (int i = 0; i < count; i++)
		view->choices[i] = (struct ui_choice){
			.key = (char)('1' + i), .label = labels[fields[i]],
			.value = (int)fields[i],
		};
	view->choices[count] = (struct ui_choice){ 0 };
	if (count == 0)
		ui_message(ctx, "%s", _("Rien n'est masqué ici"));
	else if (count == 1)
		reveal_ask(ctx, fields[0], "");
	else
		ui_ask(ctx, _("Montrer 10 secondes"), "", view->choices,
		       (int)fields[0], on_field);
}

static const struct ui_action actions[] = {
	{ "reveal", N_("Montrer"), reveal, UI_FOOTER },
	{ 0 },
};

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "text", .text = text },
	{ 0 },
};

const struct ui_screen screen_insured = {
	.name = "insured",
	.title = N_("Dossier"),
	.kind = UI_RECORD,
	.state_size = sizeof(struct insured_view),
	.parts = parts,
	.actions = actions,
	.offers = offers,
	.tabs = file_tabs,
	.open = open,
	.refresh = load,
	.resumed = load,
	.leaving = file_leaving,
	.help = N_("Identité, adresse, téléphone, caisse.  Ce qui dépasse le niveau "
		   "d'identification du contact est masqué.  Ctrl-V montre 10 secondes "
		   "une valeur masquée ; chaque fois est notée au journal."),
};
