/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app_private.h"
#include "config.h"
#include "screens.h"
#include "trace.h"

#include <guichet/base/log.h>
#include <guichet/base/mem.h>
#include <guichet/base/text.h>
#include <guichet/base/workdays.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct app *app_of(const struct ui_ctx *ctx)
{
	return ui_user(ctx);
}

const struct session *app_session(const struct ui_ctx *ctx)
{
	return &app_of(ctx)->session;
}

struct file *app_file(const struct ui_ctx *ctx)
{
	return ui_space_data(ctx);
}

enum zone app_zone(const struct ui_ctx *ctx)
{
	return workdays_zone(app_of(ctx)->session.department);
}

struct date app_today(const struct ui_ctx *ctx)
{
	return clock_today(app_zone(ctx));
}

void app_signed_in(struct app *app, struct session *session)
{
	api_set_token(app->api, session->token);
	explicit_bzero(session->token, sizeof(session->token));
	if (app->ui)
		ui_draft_key(app->ui, session->draft_key);
	explicit_bzero(session->draft_key, sizeof(session->draft_key));
	app->session = *session;
	app->signed_in = true;
	app->volume = -1;
	journal_clear(app);
	idle_restart(app);
}

void app_renewed(struct app *app, struct session *session)
{
	api_set_token(app->api, session->token);
	explicit_bzero(session->token, sizeof(session->token));
	idle_restart(app);
}

void app_sign_out(struct app *app)
{
	api_set_token(app->api, NULL);
	if (app->ui)
		ui_draft_key(app->ui, NULL);
	app->signed_in = false;
	idle_restart(app);
}

/* ---- Hooks of the toolkit -------------------------------------------------- */

static void desk_header(const struct app *app, struct ui_header *out)
{
	const struct session *session = &app->session;
	char volume[80];

	if (!app->signed_in) {
		snprintf(out->left, sizeof(out->left), "guichet");
		return;
	}
	snprintf(out->left, sizeof(out->left), "guichet  %s · %s · %s %s",
		 session->caisse_name, session->office_name, _("poste"),
		 session->desk);
	if (access_desk_words(app, volume, sizeof(volume)))
		snprintf(out->right, sizeof(out->right), "%s · %s", volume,
			 session->display_name);
	else
		snprintf(out->right, sizeof(out->right), "%s",
			 session->display_name);
}

static void rights_words(const struct insured *insured, char *out, size_t size)
{
	char until[DATE_TEXT];

	if (!insured->rights_open) {
		snprintf(out, size, "%s", _("Droits fermés"));
	} else if (!date_is_set(insured->rights_until)) {
		snprintf(out, size, "%s", _("Droits ouverts"));
	} else {
		date_to_text(insured->rights_until, until);
		snprintf(out, size, _("Droits jusqu'au %s"), until);
	}
}

/* The reading out of the ordinary is said before what is known of the person. */
static void say_access(const struct file *file, enum zone zone,
		       struct ui_header *out)
{
	char access[120], rest[sizeof(out->second) - 124];

	if (!access_file_words(file, zone, access, sizeof(access)))
		return;
	text_ellipsis(rest, sizeof(rest), out->second, 80);
	snprintf(out->second, sizeof(out->second), "%s · %s", access, rest);
	out->warn = true;
}

static void file_header(const struct app *app, const struct file *file,
			enum zone zone, struct ui_header *out)
{
	const struct insured *insured = &file->insured;
	char name[3 * NAME_SIZE], nir[NIR_TEXT], birth[DATE_TEXT], rights[80];

	if (!file->loaded) {
		snprintf(out->left, sizeof(out->left), "%s", _("Dossier"));
		return;
	}
	label_person(name, sizeof(name), insured->name, insured->used_name,
		     insured->first_names, insured->sex);
	text_ellipsis(out->left, sizeof(out->left), name, 40);
	if (insured->nir[0] && !app->discreet)
		nir_to_text(insured->nir, insured->nir_key, nir);
	else
		snprintf(nir, sizeof(nir), "%.23s", insured->nir_masked);
	snprintf(out->right, sizeof(out->right), "%s  %s", nir,
		 insured->caisse_name);

	rights_words(insured, rights, sizeof(rights));
	out->warn = !insured->rights_open;
	if (insured->mask_tier && !date_is_set(insured->birth)) {
		snprintf(out->second, sizeof(out->second), "%s · %s",
			 _("Identité à vérifier (F8)"), rights);
		return;
	}
	date_to_text(insured->birth, birth);
	snprintf(out->second, sizeof(out->second), _("%d ans, %s · %s · %s"),
		 date_age(insured->birth, clock_today(zone)), birth, rights,
		 insured->treating_doctor ? _("Médecin traitant déclaré")
					  : _("Sans médecin traitant"));
}

static void on_header(void *user, const struct ui_ctx *ctx, struct ui_header *out)
{
	struct app *app = user;
	const struct file *file = ui_space_data(ctx);

	reveal_watch(app, ctx);
	if (file) {
		file_header(app, file, app_zone(ctx), out);
		say_access(file, app_zone(ctx), out);
	} else {
		desk_header(app, out);
	}
}

static void on_locked(void *user)
{
	struct app *app = user;

	app->reveal_wanted = false;
	reveal_hide(app);
}

/* What the screens do not hold of a person. */
static void on_veil(void *user, void (*cover)(void *self, void *bytes, size_t size),
		    void *self)
{
	struct app *app = user;

	for (struct file *file = app->files; file; file = file->next) {
		cover(self, &file->contact, sizeof(file->contact));
		cover(self, &file->insured, sizeof(file->insured));
		cover(self, &file->filter, sizeof(file->filter));
	}
	cover(self, &app->opening.contact, sizeof(app->opening.contact));
	cover(self, &app->change, sizeof(app->change));
	cover(self, &app->journal, sizeof(app->journal));
	cover(self, &app->review, sizeof(app->review));
	cover(self, app->unlock_password, sizeof(app->unlock_password));
	cover(self, app->paper.bytes.data, app->paper.bytes.capacity);
	cover(self, app->paper.name, sizeof(app->paper.name));
}

static void on_space_closed(void *user, void *data)
{
	file_free(user, data);
}

static bool on_offered(void *user, const struct ui_ctx *ctx, const char *action)
{
	(void)user;
	return desk_offers(ctx, action);
}

static bool on_named(void *user, const struct ui_ctx *ctx,
		     const struct ui_screen *screen, char arg[UI_ARG_SIZE],
		     struct err *err)
{
	const struct app *app = user;

	if (!app->signed_in && screen != &screen_about && command_knows(screen))
		return err_set(err, ERR_DENIED, "%s", _("Connectez-vous d'abord"));
	return command_named(ctx, screen, arg, err);
}

static bool on_may_quit(void *user, struct ui_ctx *ctx)
{
	struct app *app = user;

	if (api_writes_pending(app->api)) {
		ui_message(ctx, _("Un dépôt est en cours : patientez un instant"));
		return false;
	}
	return true;
}

static void on_detached(void *self, const struct api_op *op,
			const struct api_reply *reply)
{
	struct app *app = self;

	if (!app->ui || op == &api_hold_delete || op->flags & API_TOKEN)
		return;
	if (op == &api_contact_create) {
		if (reply->ok)          /* opened for a screen that is gone */
			contact_give_back(app, ((const struct contact *)
				rows_at(&reply->rows, 0))->id);
		return;
	}
	if (reply->key[0] && !reply->unknown)
		ui_draft_settled(app->ui, reply->key);
	if (op == &api_hold_create) {
		const struct hold *held = rows_at(&reply->rows, 0);

		if (reply->ok)          /* held for a screen that is gone */
			hold_give_back(app, held->id);
		return;
	}
	if (reply->ok)
		ui_say(app->ui, _("Ce qui était en cours a bien été enregistré"));
	else
		ui_say(app->ui, _("Non enregistré : %s"), reply->err.text);
}

static void on_signed_out(void *self)
{
	struct app *app = self;
	struct ui_ctx *front = app->ui ? ui_front(app->ui) : NULL;

	app->signed_in = false;
	idle_restart(app);
	/* A locked screen asks for the password already, and shows nothing. */
	if (app->ui && ui_is_locked(app->ui))
		return;
	if (front && ui_screen_of(front) != &screen_login)
		ui_push(front, &screen_login, app->session.user);
}

void app_setup(struct app *app, struct ui_setup *setup)
{
	const struct config *config = app->config;

	*setup = (struct ui_setup){
		.user = app,
		.hooks = {
			.header = on_header,
			.unlock = app_unlock,
			.locked = on_locked,
			.veil = on_veil,
			.space_closed = on_space_closed,
			.offered = on_offered,
			.named = on_named,
			.may_quit = on_may_quit,
		},
		.screens = screens,
		.commands = commands,
		.actions = desk_actions,
		.first_screen = "login",
		.keys_path = config->keys[0] ? config->keys : NULL,
		.draft_directory = app->drafts[0] ? app->drafts : NULL,
		.program = "guichet",
		.theme = (enum ui_theme)config->theme,
		.no_color = config->no_color,
		.ascii = config->ascii,
		.accessible = config->accessible,
		.discreet = config->discreet,
		.mouse = config->mouse,
		.copy = config->copy,
		.idle_lock_s = config->idle_lock_s,
		.zone = ZONE_PARIS,
		.out = stdout,
		.in = stdin,
	};
	if (app->api)
		setup->peer = api_peer(app->api);
}

struct app *app_new(const struct config *config, struct err *err)
{
	struct app *app = mem_new(1, sizeof(*app));
	const struct api_setup setup = {
		.server = config->server,
		.ca_file = config->ca_file[0] ? config->ca_file : NULL,
		.crl_file = config->crl_file,
		.pins = config->pins,
		.cert_file = config->cert_file[0] ? config->cert_file : NULL,
		.key_file = config->key_file[0] ? config->key_file : NULL,
		.desk = config->desk[0] ? config->desk : NULL,
		.connect_timeout_s = config->connect_timeout_s,
		.timeout_s = config->timeout_s,
	};

	app->config = config;
	app->discreet = config->discreet;
	owner_init(&app->owner);
	owner_init(&app->quiet);
	config_state_folder(app->drafts, sizeof(app->drafts));
	app->api = api_open(&setup, err);
	if (!app->api) {
		free(app);
		return NULL;
	}
	api_on_detached(app->api, on_detached, app);
	api_on_signed_out(app->api, on_signed_out, app);
	return app;
}

void app_free(struct app *app)
{
	if (!app)
		return;
	reveal_hide(app);
	owner_release(&app->quiet);
	owner_release(&app->owner);
	while (app->files)
		file_free(app, app->files);
	paper_forget(app);
	api_close(app->api);
	explicit_bzero(app, sizeof(*app));
	free(app);
}

int app_run(struct app *app, struct err *err)
{
	struct ui_setup setup;
	int code;

	app_setup(app, &setup);
	app->ui = ui_open(&setup, err);
	if (!app->ui)
		return -1;
	code = ui_run_loop(app->ui);
	ui_close(app->ui);
	app->ui = NULL;
	return code;
}
