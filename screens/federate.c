/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in with the account of another organism: the code shown here is typed
 * elsewhere, and this screen asks from time to time whether it was (RFC 8628).
 * Argument: the user whose session expired, or "". */
#include "app_private.h"
#include "config.h"
#include "screens.h"

#include <stdio.h>
#include <string.h>

enum { SLOWER_S = 5, LONGEST_S = 60 };

struct federate {
	struct federation federation;
	int64_t interval_s;
	bool begun, over;
	char why[200];                  /* it is over */
};

static void wait(struct ui_ctx *ctx);

static void end(struct ui_ctx *ctx, struct federate *federate,
		const struct err *err)
{
	federate->over = true;
	snprintf(federate->why, sizeof(federate->why), "%s", err->text);
	ui_error(ctx, err);
}

static void on_session(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct session *session = rows_at(&reply->rows, 0);
	bool again = ui_arg(ctx)[0];
	struct err err;

	/* What is open below is of one agent's contacts and drafts. */
	if (again && strcmp(session->user, ui_arg(ctx)) != 0) {
		explicit_bzero(session, sizeof(*session));
		err_set(&err, ERR_DENIED,
			_("ce poste est à %s : Ctrl-Q avant de changer d'agent"),
			ui_arg(ctx));
		end(ctx, state, &err);
		return;
	}
	app_signed_in(app_of(ctx), session);
	ui_message(ctx, _("Bonjour %s"), app_session(ctx)->display_name);
	if (again)
		ui_pop(ctx);
	else
		ui_replace(ctx, &screen_home, NULL);
}

/* No answer is no refusal: the code may have been typed all the same. */
static void on_refused(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct federate *federate = state;
	const struct err *err = &reply->err;
	bool lost = err->code == ERR_NETWORK || err->code == ERR_TIMEOUT;

	if (strcmp(err->word, "grant.early") == 0)
		federate->interval_s += SLOWER_S;
	else if (lost && federate->interval_s < LONGEST_S)
		federate->interval_s *= 2;
	if (lost)
		ui_error(ctx, err);
	if (lost || strcmp(err->word, "grant.pending") == 0 ||
	    strcmp(err->word, "grant.early") == 0)
		wait(ctx);
	else
		end(ctx, federate, err);
}

static void ask(void *user)
{
	struct ui_ctx *ctx = user;
	const struct federate *federate = ui_state(ctx);
	struct federation_poll poll;

	text_copy(poll.handle, sizeof(poll.handle), federate->federation.handle);
	app_act(ctx, &(struct app_act){ .op = &api_federation_poll, .body = &poll,
		.done = on_session, .refused = on_refused });
	explicit_bzero(&poll, sizeof(poll));
}

static void wait(struct ui_ctx *ctx)
{
	const struct federate *federate = ui_state(ctx);

	ui_timer(app_of(ctx)->ui, ui_owner(ctx), (int)federate->interval_s * 1000,
		 ask, ctx);
}

static void on_started(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct federate *federate = state;

	federate->federation = *(struct federation *)rows_at(&reply->rows, 0);
	federate->interval_s = federate->federation.interval_s;
	federate->begun = true;
	ui_message(ctx, "%s", _("En attente de votre code"));
	wait(ctx);
}

static void on_not_started(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	end(ctx, state, &reply->err);
}

static void begin(struct ui_ctx *ctx, void *state)
{
	const struct config *config = app_of(ctx)->config;
	struct federation_new body = { .channel = config->channel };

	if (((struct federate *)state)->begun && !((struct federate *)state)->over) {
		ui_message(ctx, "%s", _("En attente de votre code"));
		return;
	}
	memset(state, 0, sizeof(struct federate));
	text_copy(body.office_id, sizeof(body.office_id), config->office);
	text_copy(body.desk, sizeof(body.desk), config->desk);
	app_act(ctx, &(struct app_act){ .op = &api_federation_start, .body = &body,
		.saying = _("Connexion"), .done = on_started,
		.refused = on_not_started });
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	(void)arg;
	begin(ctx, state);
}

static bool leaving(struct ui_ctx *ctx, void *state)
{
	(void)state;
	ui_replace(ctx, &screen_login, ui_arg(ctx));
	return true;
}

/* Letters apart, so that they are read one by one. */
static void spread(const char *code, char *out, size_t size)
{
	size_t at = 0;

	out[0] = '\0';
	for (; *code && at + 4 < size; code++)
		at += (size_t)snprintf(out + at, size - at, "%c  ", *code);
}

static void show(const void *state, struct ui_lines *lines)
{
	const struct federate *federate = state;
	const struct federation *federation = &federate->federation;
	char code[128], until[DATE_TEXT];

	ui_line(lines, UI_PLAIN, "%s", "");
	if (federate->over) {
		ui_line(lines, UI_BAD, "%s", federate->why);
		ui_line(lines, UI_PLAIN, "%s", "");
		ui_line(lines, UI_PLAIN, "%s",
			_("F5 recommence avec un autre code, Échap revient."));
		return;
	}
	if (!federate->begun)
		return;
	spread(federation->user_code, code, sizeof(code));
	moment_to_clock(ZONE_PARIS, federation->expires_at, until);
	ui_line(lines, UI_TITLE, _("Se connecter avec %s"), federation->provider);
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_PLAIN, "%s",
		_("Sur votre téléphone ou un autre écran, ouvrez :"));
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_STRONG, "    %s", federation->verification_uri);
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_PLAIN, "%s", _("et tapez ce code :"));
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_TITLE, "    %s", code);
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_DIM, _("Il vaut jusqu'à %s.  Ce poste continue tout seul."),
		until);
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "code", .text = show },
	{ 0 },
};

const struct ui_screen screen_federate = {
	.name = "federate",
	.title = N_("Connexion avec un autre compte"),
	.kind = UI_RECORD,
	.state_size = sizeof(struct federate),
	.parts = parts,
	.open = open,
	.refresh = begin,
	.leaving = leaving,
	.help = N_("Le code se tape ailleurs, sur la page de votre organisme : ce "
		   "poste ne voit jamais votre mot de passe.  Échap abandonne."),
};
