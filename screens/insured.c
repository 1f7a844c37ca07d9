/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who the person is and how to reach them.  Argument: the insured person. */
#include "screens.h"

#include <guichet/base/nir.h>
#include <stdio.h>
#include <string.h>

struct insured_view {
	struct insured insured;
	bool loaded;
};

static void show_identity(struct ui_lines *lines, const struct insured *insured)
{
	char text[3 * NAME_SIZE], nir[NIR_TEXT];

	label_person(text, sizeof(text), insured->name, insured->used_name,
		     insured->first_names, insured->sex);
	ui_pair_styled(lines, _("Nom"), UI_STRONG, text);
	cell_date(insured->birth, text, sizeof(text));
	ui_pair(lines, _("Naissance"), text);
	ui_pair(lines, _("Lieu"), insured->birth_place);
	if (insured->nir[0])
		nir_to_text(insured->nir, insured->nir_key, nir);
	ui_pair(lines, _("NIR"), insured->nir[0] ? nir : insured->nir_masked);
	if (insured->nir_temporary)
		ui_pair_styled(lines, _("Numéro"), UI_WARN,
			       _("provisoire, en attente d'immatriculation"));
}

/* "06 39 98 00 42", when it is ten digits. */
static void phone_words(const char *phone, char *out, size_t out_size)
{
	if (strlen(phone) == 10 && strspn(phone, "0123456789") == 10)
		snprintf(out, out_size, "%.2s %.2s %.2s %.2s %.2s", phone, phone + 2,
			 phone + 4, phone + 6, phone + 8);
	else
		snprintf(out, out_size, "%s", phone);
}

static void show_reach(struct ui_lines *lines, const struct insured *insured)
{
	char city[2 * NAME_SIZE], phone[32];

	ui_line(lines, UI_PLAIN, "%s", "");
	ui_pair(lines, _("Adresse"), insured->address1);
	ui_pair(lines, "", insured->address2);
	snprintf(city, sizeof(city), "%s %s", insured->postcode, insured->city);
	ui_pair(lines, _("Commune"), city);
	phone_words(insured->phone, phone, sizeof(phone));
	ui_pair(lines, _("Téléphone"), phone);
	ui_pair(lines, _("Courriel"), insured->email);
	ui_pair(lines, _("Compte bancaire"), insured->iban_masked);
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
	show_identity(lines, &view->insured);
	show_reach(lines, &view->insured);
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
	load(ctx, state);
}

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
	.tabs = file_tabs,
	.open = open,
	.refresh = load,
	.resumed = load,
	.leaving = file_leaving,
	.help = N_("Identité, adresse, téléphone, caisse.  Ce qui dépasse le niveau "
		   "d'identification du contact est masqué."),
};
