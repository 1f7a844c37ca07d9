/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "confirm.h"
#include "screens.h"

#include <stdio.h>
#include <string.h>

const char *const label_access_reason[ACCESS_REASON_N + 1] = {
	[ACCESS_PASSING] = N_("assuré de passage"),
	[ACCESS_MOVED] = N_("déménagement en cours"),
	[ACCESS_EMERGENCY] = N_("soins urgents"),
	[ACCESS_MUTUAL_AID] = N_("entraide entre caisses"),
	[ACCESS_COMPLAINT] = N_("réclamation"),
	[ACCESS_CONTROL] = N_("contrôle"),
};

bool confirm_check_reference(const char *reference, struct err *err)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789/._-";

	if (!reference[0])
		return true;            /* "required" is said elsewhere */
	if (strspn(reference, allowed) == strlen(reference) &&
	    strpbrk(reference, "0123456789"))
		return true;
	return err_field(err, ERR_INVALID, "reference", "%s",
			 _("un numéro, sans espace"));
}

/* The password is never kept longer than its call. */
static void forget(struct ui_ctx *ctx, struct confirm *confirm)
{
	explicit_bzero(confirm->password, sizeof(confirm->password));
	ui_fields_changed(ctx);
}

static void on_wrong(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	(void)state;
	ui_focus_field(ctx, "password");
	ui_error(ctx, &reply->err);
}

void confirm_given(struct ui_ctx *ctx, struct api_reply *reply)
{
	app_renewed(app_of(ctx), rows_at(&reply->rows, 0));
}

void confirm_password(struct ui_ctx *ctx, struct confirm *confirm, app_done act)
{
	struct password_check check = { 0 };

	text_copy(check.password, sizeof(check.password), confirm->password);
	if (app_act(ctx, &(struct app_act){ .op = &api_session_unlock,
			.body = &check, .expected = true, .done = act,
			.refused = on_wrong }))
		forget(ctx, confirm);
	explicit_bzero(&check, sizeof(check));
}

static void go(struct ui_ctx *ctx, void *state)
{
	(void)state;
	ui_pop(ctx);
}

static void on_access(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	const struct access *access = rows_at(&reply->rows, 0);
	char until[DATE_TEXT];

	(void)state;
	ui_set_unchanged(ctx);
	moment_to_hour(app_zone(ctx), access->until, until);
	if (strcmp(access->agent, app_session(ctx)->user) != 0) {
		ui_message(ctx, _("Accès ouvert à %s jusqu'à %s"), access->agent,
			   until);
		ui_pop(ctx);
		return;
	}
	ui_message(ctx, _("Accès ouvert jusqu'à %s"), until);
	app_open_file(ctx, access->insured_id, &screen_payments,
		      FILE_ASK_NOTHING, go);
}

/* The file is of this caisse after all: the search finds it. */
static void on_refused(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	(void)state;
	ui_focus_field(ctx, "password");
	if (strcmp(reply->err.word, "file.yours") == 0)
		ui_message(ctx, "%s", _("Cette personne est de votre caisse : "
					"recherchez-la, sans accès exceptionnel"));
	else if (!access_said(ctx, &reply->err))
		ui_error(ctx, &reply->err);
}

void confirm_act(struct ui_ctx *ctx, const struct api_op *op, const void *body)
{
	app_act(ctx, &(struct app_act){ .op = op, .body = body, .form = true,
		.expected = true, .done = on_access, .refused = on_refused });
}
