/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leaving the privacy screen.  The password is checked by the server, and the
 * session goes on under a new token.  When the session has ended meanwhile, the
 * same password signs in again: nothing is shown before. */
#include "app_private.h"

#include <guichet/base/clock.h>
#include <guichet/base/text.h>

#include <string.h>

static void call(struct app *app, const struct api_op *op, const void *body,
		 void (*done)(void *self, struct api_reply *reply))
{
	const struct api_request request = { .op = op, .body = body };

	api_call(app->api, &app->owner, 1, &request,
		 (struct api_sink){ .self = app, .done = done });
}

static void forget(struct app *app)
{
	app->unlock_code = false;
	explicit_bzero(app->unlock_password, sizeof(app->unlock_password));
}

static void on_signed_in_again(void *self, struct api_reply *reply)
{
	struct app *app = self;

	if (reply->ok)
		app_signed_in(app, rows_at(&reply->rows, 0));
	/* What is typed next is the code; the password is sent again with it. */
	if (!reply->ok && (strcmp(reply->err.word, "second.factor") == 0 ||
			   strcmp(reply->err.word, "code.refused") == 0))
		app->unlock_code = true;
	else
		forget(app);
	ui_unlock(app->ui, reply->ok ? NULL : &reply->err);
}

static void sign_in_again(struct app *app, const char *code)
{
	struct login login = { .channel = app->session.channel };

	text_copy(login.user, sizeof(login.user), app->session.user);
	text_copy(login.password, sizeof(login.password), app->unlock_password);
	text_copy(login.code, sizeof(login.code), code);
	text_copy(login.office_id, sizeof(login.office_id), app->session.office_id);
	text_copy(login.desk, sizeof(login.desk), app->session.desk);
	call(app, &api_session_create, &login, on_signed_in_again);
	explicit_bzero(&login, sizeof(login));
}

static void on_unlocked(void *self, struct api_reply *reply)
{
	struct app *app = self;

	if (!reply->ok && reply->status == 401) {
		app->signed_in = false;
		sign_in_again(app, "");
		return;
	}
	forget(app);
	if (reply->ok)
		app_renewed(app, rows_at(&reply->rows, 0));
	ui_unlock(app->ui, reply->ok ? NULL : &reply->err);
}

void app_unlock(void *user, const char *text)
{
	struct app *app = user;
	struct password_check check = { 0 };

	if (!app->session.user[0]) {    /* nobody ever signed in: nothing to hide */
		ui_unlock(app->ui, NULL);
		return;
	}
	if (app->unlock_code) {
		sign_in_again(app, text);
		return;
	}
	text_copy(app->unlock_password, sizeof(app->unlock_password), text);
	if (!app->signed_in) {
		sign_in_again(app, "");
		return;
	}
	text_copy(check.password, sizeof(check.password), text);
	call(app, &api_session_unlock, &check, on_unlocked);
	explicit_bzero(&check, sizeof(check));
}
