/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in.  Argument: the user whose session expired, or "". */
#include "app_private.h"
#include "config.h"
#include "demo.h"
#include "screens.h"

#include <stdio.h>
#include <string.h>

struct login_form {
	char user[64], password[128], code[9];
	bool asks_code;                 /* the password was right */
	bool federates;                 /* another account may sign in here */
	bool again;                     /* the session expired: come back here */
};

static bool asks_code(const void *state)
{
	return ((const struct login_form *)state)->asks_code;
}

static const struct ui_field fields[] = {
	{ .name = "user", .label = N_("Identifiant"), .type = UI_FIELD_TEXT,
	  UI_MEMBER(struct login_form, user), .width = 30, .flags = UI_REQUIRED },
	{ .name = "password", .label = N_("Mot de passe"), .type = UI_FIELD_SECRET,
	  UI_MEMBER(struct login_form, password), .width = 30,
	  .flags = UI_REQUIRED },
	{ .name = "code", .label = N_("Code à 6 chiffres"), .type = UI_FIELD_TEXT,
	  UI_MEMBER(struct login_form, code), .width = 8, .flags = UI_REQUIRED,
	  .shown = asks_code,
	  .hint = N_("celui que votre application montre en ce moment") },
	{ 0 },
};

/* The home screen asks, as this one is gone by then. */
bool app_open_asked(struct ui_ctx *ctx)
{
	struct app *app = app_of(ctx);
	const char *asked = app->config->open, *colon = strchr(asked, ':');
	char name[64];
	int length = colon ? (int)(colon - asked) : (int)strlen(asked);

	if (!length || app->welcomed)
		return false;
	app->welcomed = true;
	snprintf(name, sizeof(name), "%.*s", length, asked);
	ui_push_name(ctx, name, colon ? colon + 1 : NULL);
	return true;
}

static void forget(struct login_form *form)
{
	explicit_bzero(form->password, sizeof(form->password));
	explicit_bzero(form->code, sizeof(form->code));
	form->asks_code = false;
}

static void on_session(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct login_form *form = state;

	ui_expect_over(ctx);
	forget(form);
	ui_set_unchanged(ctx);
	app_signed_in(app_of(ctx), rows_at(&reply->rows, 0));
	ui_message(ctx, _("Bonjour %s"), app_session(ctx)->display_name);
	if (form->again)
		ui_pop(ctx);
	else
		ui_replace(ctx, &screen_home, NULL);
}

static void on_refused(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct login_form *form = state;

	ui_expect_over(ctx);
	/* With the code the password is sent again: it stays until then. */
	if (strcmp(reply->err.word, "second.factor") == 0 ||
	    strcmp(reply->err.word, "code.refused") == 0) {
		form->asks_code = true;
		form->code[0] = '\0';
	} else {
		forget(form);
	}
	ui_fields_changed(ctx);
	ui_focus_field(ctx, form->asks_code ? "code" : "password");
	ui_error(ctx, &reply->err);
}

static void sign_in(struct ui_ctx *ctx, const char *user, const char *password,
		    const char *code)
{
	const struct config *config = app_of(ctx)->config;
	struct login login = { .channel = config->channel };

	text_copy(login.user, sizeof(login.user), user);
	text_copy(login.password, sizeof(login.password), password);
	text_copy(login.code, sizeof(login.code), code);
	text_copy(login.office_id, sizeof(login.office_id), config->office);
	text_copy(login.desk, sizeof(login.desk), config->desk);
	ui_expect(ctx, NULL);
	app_act(ctx, &(struct app_act){ .op = &api_session_create, .body = &login,
		.saying = _("Connexion"), .done = on_session,
		.refused = on_refused });
	explicit_bzero(&login, sizeof(login));
}

static void validate(struct ui_ctx *ctx, void *state)
{
	struct login_form *form = state;
	struct err err = { 0 };

	/* What is open below is of one agent's contacts and drafts. */
	if (form->again && strcmp(form->user, ui_arg(ctx)) != 0) {
		err_field(&err, ERR_DENIED, "user",
			  _("ce poste est à %s : Ctrl-Q avant de changer d'agent"),
			  ui_arg(ctx));
		ui_error(ctx, &err);
		return;
	}
	sign_in(ctx, form->user, form->password, form->asks_code ? form->code : "");
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct login_form *form = state;
	const struct config *config = app_of(ctx)->config;

	form->again = arg && arg[0];
	form->federates = config->federation[0] != '\0';
	text_copy(form->user, sizeof(form->user), form->again ? arg : config->user);
	ui_fields_changed(ctx);
	if (form->again)
		ui_message(ctx, _("Votre session a pris fin : identifiez-vous pour continuer"));
	if (form->user[0])
		ui_focus_field(ctx, "password");
	if (config->demo && !form->again && strcmp(config->open, "login") != 0)
		sign_in(ctx, config->user[0] ? config->user : DEMO_USER,
			DEMO_PASSWORD, "");
}

static bool leaving(struct ui_ctx *ctx, void *state)
{
	const struct login_form *form = state;

	if (form->again)
		api_give_up(app_of(ctx)->api);
	return false;
}

static void head(const void *state, struct ui_lines *lines)
{
	(void)state;
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_TITLE, "%s", _("Le poste des points d'accueil"));
	ui_line(lines, UI_DIM, "%s", _("Assurance maladie"));
	ui_line(lines, UI_PLAIN, "%s", "");
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "head", .text = head },
	{ .kind = UI_PART_FORM, .name = "form", .fields = fields,
	  .enter = "validate" },
	{ 0 },
};

static void federate(struct ui_ctx *ctx, void *state)
{
	struct login_form *form = state;

	if (!form->federates) {
		ui_message(ctx, "%s", _("Aucun autre compte n'est accepté à ce poste"));
		return;
	}
	forget(form);
	ui_set_unchanged(ctx);
	ui_replace(ctx, &screen_federate, form->again ? ui_arg(ctx) : "");
}

static bool offers(const void *state, const char *action)
{
	return strcmp(action, "federate") != 0 ||
		((const struct login_form *)state)->federates;
}

static const struct ui_action actions[] = {
	{ "validate", N_("Se connecter"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ "federate", N_("Autre compte"), federate, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_login = {
	.name = "login",
	.title = N_("Connexion"),
	.kind = UI_FORM,
	.state_size = sizeof(struct login_form),
	.parts = parts,
	.actions = actions,
	.open = open,
	.offers = offers,
	.leaving = leaving,
	.help = N_("Identifiant et mot de passe de l'agent.  Après plusieurs refus, "
		   "le poste attend quelques minutes avant un nouvel essai."),
};
