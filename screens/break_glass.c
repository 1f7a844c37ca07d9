/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of another caisse, for half an hour: rare, traced, and told to the
 * supervisor.  Argument: what was searched, when it is a NIR. */
#include "confirm.h"
#include "screens.h"

#include <guichet/base/nir.h>
#include <string.h>

struct break_glass {
	char nir[24];
	struct confirm confirm;
};

static bool check_nir(const void *state, struct err *err)
{
	const struct break_glass *form = state;
	struct nir nir;
	struct err why = { 0 };

	if (!form->nir[0] || nir_parse(form->nir, &nir, &why))
		return true;
	return err_field(err, ERR_INVALID, "nir", "%s", why.text);
}

static bool check_reference(const void *state, struct err *err)
{
	return confirm_check_reference(
		((const struct break_glass *)state)->confirm.reference, err);
}

static const struct ui_field fields[] = {
	{ .name = "nir", .label = N_("NIR"), .type = UI_FIELD_NIR,
	  UI_MEMBER(struct break_glass, nir), .width = 24, .flags = UI_REQUIRED,
	  .check = check_nir },
	CONFIRM_FIELDS(struct break_glass, check_reference),
	{ 0 },
};

static void head(const void *state, struct ui_lines *lines)
{
	(void)state;
	ui_line(lines, UI_STRONG, "%s", _("Cette personne relève d'une autre caisse."));
	ui_line(lines, UI_PLAIN, "%s",
		_("Vous pouvez lire son dossier pendant 30 minutes, sans rien y changer.  "
		  "Cet accès est tracé, et votre superviseur en est averti."));
	ui_line(lines, UI_PLAIN, "%s", "");
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct break_glass *form = state;
	struct nir nir;
	struct err err = { 0 };

	if (!arg || !nir_parse(arg, &nir, &err))
		return;
	text_copy(form->nir, sizeof(form->nir), nir.number);
	ui_fields_changed(ctx);
	ui_set_unchanged(ctx);
	ui_focus_field(ctx, "reason");
}

static void on_confirmed(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	const struct break_glass *form = state;
	struct break_glass_new body = { .reason = form->confirm.reason };
	struct nir nir;
	struct err err = { 0 };

	confirm_given(ctx, reply);
	if (!nir_parse(form->nir, &nir, &err)) {
		ui_error(ctx, &err);
		return;
	}
	text_copy(body.nir, sizeof(body.nir), nir.number);
	text_copy(body.reference, sizeof(body.reference), form->confirm.reference);
	confirm_act(ctx, &api_break_glass_create, &body);
	explicit_bzero(&body, sizeof(body));
}

static void validate(struct ui_ctx *ctx, void *state)
{
	confirm_password(ctx, &((struct break_glass *)state)->confirm,
			 on_confirmed);
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "head", .text = head },
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields,
	  .enter = "validate" },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "validate", N_("Ouvrir 30 minutes"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_break_glass = {
	.name = "break-glass",
	.title = N_("Dossier d'une autre caisse"),
	.kind = UI_FORM,
	.state_size = sizeof(struct break_glass),
	.parts = parts,
	.actions = actions,
	.open = open,
	.help = N_("Pour une personne d'une autre caisse seulement.  Le motif et la "
		   "référence disent pourquoi ; le mot de passe dit que c'est vous.  "
		   "Le dossier se lit pendant 30 minutes puis se ferme.  Chaque "
		   "lecture est tracée, et un superviseur la contrôle."),
};
