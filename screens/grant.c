/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A supervisor opens a sensitive file, to an agent or to themselves.  Argument:
 * the insured person. */
#include "confirm.h"
#include "screens.h"

#include <string.h>

struct grant {
	char agent[64];                 /* login; "": who asks */
	struct confirm confirm;
};

static bool check_reference(const void *state, struct err *err)
{
	return confirm_check_reference(
		((const struct grant *)state)->confirm.reference, err);
}

static const struct ui_field fields[] = {
	{ .name = "agent", .label = N_("Pour l'agent"), .type = UI_FIELD_TEXT,
	  UI_MEMBER(struct grant, agent), .width = 24,
	  .hint = N_("son identifiant ; vide : vous-même") },
	CONFIRM_FIELDS(struct grant, check_reference),
	{ 0 },
};

static void head(const void *state, struct ui_lines *lines)
{
	(void)state;
	ui_line(lines, UI_STRONG, "%s", _("Ce dossier est sensible."));
	ui_line(lines, UI_PLAIN, "%s",
		_("Vous pouvez l'ouvrir pendant 30 minutes, à un agent ou à vous-même.  "
		  "Cet accès est tracé, et un autre superviseur le contrôle."));
	ui_line(lines, UI_PLAIN, "%s", "");
}

static void on_confirmed(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	const struct grant *form = state;
	struct grant_new body = { .reason = form->confirm.reason };

	confirm_given(ctx, reply);
	text_copy(body.insured_id, sizeof(body.insured_id), ui_arg(ctx));
	text_copy(body.agent, sizeof(body.agent), form->agent);
	text_trim(body.agent);
	text_copy(body.reference, sizeof(body.reference), form->confirm.reference);
	confirm_act(ctx, &api_grant_create, &body);
}

static void validate(struct ui_ctx *ctx, void *state)
{
	confirm_password(ctx, &((struct grant *)state)->confirm, on_confirmed);
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

const struct ui_screen screen_grant = {
	.name = "grant",
	.title = N_("Ouvrir un dossier sensible"),
	.kind = UI_FORM,
	.state_size = sizeof(struct grant),
	.parts = parts,
	.actions = actions,
	.help = N_("Réservé aux superviseurs.  L'agent nommé peut ouvrir le dossier "
		   "pendant 30 minutes, depuis sa recherche.  Chaque lecture est tracée."),
};
