/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server ends a session that asks for nothing: typing in a long form must not
 * end it, and the end is announced before it comes. */
#include "app_private.h"

enum { WARN_S = 120, LOOK_MS = 2000 };

/* From the last call to the warning. */
static int quiet_ms(const struct app *app)
{
	int64_t idle_s = app->session.idle_s;

	return (int)(idle_s > 2 * WARN_S ? idle_s - WARN_S : idle_s / 2) * 1000;
}

static void on_extended(void *self, struct api_reply *reply)
{
	(void)self;                     /* a refusal signs out by itself */
	(void)reply;
}

static void extend(struct app *app)
{
	const struct api_request request = { .op = &api_session_get };

	api_call(app->api, &app->owner, 2, &request,
		 (struct api_sink){ .self = app, .done = on_extended });
	idle_restart(app);
}

static void look(void *user)
{
	struct app *app = user;

	/* Whenever the key came since the warning. */
	if (ui_idle_ms(app->ui) < quiet_ms(app)) {
		extend(app);
		ui_say(app->ui, "%s", _("Session prolongée"));
	} else if (app->looks_left-- > 0) {
		ui_timer(app->ui, &app->quiet, LOOK_MS, look, app);
	}
}

static void on_quiet(void *user)
{
	struct app *app = user;

	if (ui_idle_ms(app->ui) < quiet_ms(app)) {
		extend(app);
		return;
	}
	ui_say(app->ui, "%s",
	       _("Votre session se termine bientôt : une touche la prolonge"));
	app->looks_left = WARN_S * 1000 / LOOK_MS;
	ui_timer(app->ui, &app->quiet, LOOK_MS, look, app);
}

void idle_restart(struct app *app)
{
	owner_release(&app->quiet);
	if (app->ui && app->signed_in && app->session.idle_s > 0)
		ui_timer(app->ui, &app->quiet, quiet_ms(app), on_quiet, app);
}
