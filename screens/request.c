/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Following one request: its states, who, when; its pieces.  Argument: the
 * request. */
#include "screens.h"

#include <stdio.h>

struct request_view {
	struct request_detail detail;
	enum zone zone;
	bool loaded;
};

static bool takes_pieces(const struct request *request)
{
	return request->state == REQUEST_WAITING_PIECES ||
		request->state == REQUEST_REFUSED_PIECE;
}

static void show_steps(const struct request_view *view, struct ui_lines *lines)
{
	char at[DATE_TEXT];

	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_LABEL, "%s", _("Suivi"));
	for (size_t i = 0; i < view->detail.step_count; i++) {
		const struct request_step *step = &view->detail.steps[i];

		moment_to_text(view->zone, step->at, at);
		ui_line(lines, UI_PLAIN, "%s  %s · %s%s%s", at,
			_(label_request_state[step->state]), step->actor,
			step->note[0] ? " · " : "", step->note);
	}
}

static void show_pieces(const struct request_view *view, struct ui_lines *lines)
{
	const struct request_detail *detail = &view->detail;

	if (!detail->attachment_count && !detail->request.missing[0])
		return;
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_LABEL, "%s", _("Pièces"));
	for (size_t i = 0; i < detail->attachment_count; i++) {
		const struct attachment *piece = &detail->attachments[i];

		ui_line(lines, UI_PLAIN, _("%s, %s, %lld ko"), piece->name,
			piece->type, (long long)((piece->size + 1023) / 1024));
	}
	if (detail->request.missing[0])
		ui_line(lines, UI_WARN, _("Manque : %s"), detail->request.missing);
}

static void text(const void *state, struct ui_lines *lines)
{
	const struct request_view *view = state;
	const struct request *request = &view->detail.request;
	char date[DATE_TEXT], title[200];

	if (!view->loaded)
		return;
	snprintf(title, sizeof(title), "%s  %s", request->number,
		 _(label_request_kind[request->kind]));
	ui_line(lines, UI_TITLE, "%s", title);
	ui_pair(lines, _("Pour"), request->beneficiary_name);
	ui_pair_styled(lines, _("État"),
		       takes_pieces(request) ? UI_WARN : UI_STRONG,
		       _(label_request_state[request->state]));
	cell_date(request->lodged_on, date, sizeof(date));
	ui_pair(lines, _("Déposée le"), date);
	cell_date(request->expected_on, date, sizeof(date));
	ui_pair(lines, _("Attendue vers le"), date);
	ui_pair(lines, _("Carte"), view->detail.card_masked);
	show_steps(view, lines);
	show_pieces(view, lines);
}

static void on_request(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct request_view *view = state;

	view->detail = *(const struct request_detail *)rows_at(&reply->rows, 0);
	view->zone = app_zone(ctx);
	view->loaded = true;
}

static void load(struct ui_ctx *ctx, void *state)
{
	struct request_key key = { 0 };

	(void)state;
	text_copy(key.request_id, sizeof(key.request_id), ui_arg(ctx));
	app_get(ctx, 1, &api_request_get, &key, on_request);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	(void)arg;
	load(ctx, state);
}

static void pieces(struct ui_ctx *ctx, void *state)
{
	const struct request_view *view = state;

	if (view->loaded && takes_pieces(&view->detail.request))
		ui_push(ctx, &screen_attach, ui_arg(ctx));
	else
		ui_message(ctx, "%s", _("Cette demande n'attend pas de pièce"));
}

static void print(struct ui_ctx *ctx, void *state)
{
	const struct request_view *view = state;
	struct request_key key = { 0 };

	if (!view->loaded)
		return;
	text_copy(key.request_id, sizeof(key.request_id), ui_arg(ctx));
	app_paper(ctx, &api_request_paper, &key, view->detail.request.number);
}

static const struct ui_part parts[] = {
	{ .kind = UI_PART_TEXT, .name = "text", .text = text },
	{ 0 },
};

static const struct ui_action actions[] = {
	{ "pieces", N_("Joindre une pièce"), pieces, UI_FOOTER },
	{ "print", N_("Imprimer"), print, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_request = {
	.name = "request",
	.title = N_("Suivi d'une demande"),
	.kind = UI_RECORD,
	.state_size = sizeof(struct request_view),
	.parts = parts,
	.actions = actions,
	.open = open,
	.refresh = load,
	.resumed = load,
	.help = N_("Chaque étape avec sa date.  P joint une pièce quand elle est "
		   "attendue, F9 imprime le récépissé."),
};
