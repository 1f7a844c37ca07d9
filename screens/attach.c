/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining a photo or an identity document to a request.  Argument: the
 * request. */
#include "screens.h"

#include <string.h>

struct attach {
	int name;                       /* index in wire_names */
	char path[400];
	char etag[48];
	bool read;                      /* once: then the agent has chosen */
};

static const char *const wire_names[] = { "photo", "identity" };
static const char *const names[] = { N_("photo"), N_("pièce d'identité"), NULL };

static const struct ui_field fields[] = {
	{ .name = "name", .label = N_("Pièce"), .type = UI_FIELD_CHOICE,
	  UI_MEMBER(struct attach, name), .width = 20, .choices = names },
	{ .name = "path", .label = N_("Fichier"), .type = UI_FIELD_FILE,
	  UI_MEMBER(struct attach, path), .width = 50, .flags = UI_REQUIRED,
	  .hint = N_("JPEG, PNG ou PDF, 5 Mio au plus") },
	{ 0 },
};

static void on_request(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct attach *attach = state;
	const struct request_detail *detail = rows_at(&reply->rows, 0);

	text_copy(attach->etag, sizeof(attach->etag), reply->etag);
	if (attach->read)
		return;
	attach->read = true;
	attach->name = 0;
	for (size_t i = 0; i < detail->attachment_count; i++)
		if (strcmp(detail->attachments[i].name, wire_names[0]) == 0)
			attach->name = 1;
	ui_fields_changed(ctx);
	ui_set_unchanged(ctx);
}

static void load(struct ui_ctx *ctx)
{
	struct request_key key = { 0 };

	text_copy(key.request_id, sizeof(key.request_id), ui_arg(ctx));
	app_get(ctx, 1, &api_request_get, &key, on_request);
}

static void open(struct ui_ctx *ctx, void *state, const char *arg)
{
	(void)state;
	(void)arg;
	load(ctx);
	ui_focus_field(ctx, "path");
}

static void on_sent(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	(void)state;
	(void)reply;
	ui_set_unchanged(ctx);
	ui_message(ctx, "%s", _("Pièce enregistrée"));
	ui_pop(ctx);
}

static void on_refused(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	(void)state;
	if (reply->status == 412) {
		ui_message(ctx, "%s", _("La demande a été complétée entre-temps : vérifiez, "
					"puis envoyez de nouveau"));
		load(ctx);
		return;
	}
	if (!reply->err.field[0])
		text_copy(reply->err.field, sizeof(reply->err.field), "path");
	ui_error(ctx, &reply->err);
}

static void validate(struct ui_ctx *ctx, void *state)
{
	const struct attach *attach = state;
	struct attachment_key key = { 0 };
	char path[512];

	real_path(attach->path, path, sizeof(path));
	text_copy(key.request_id, sizeof(key.request_id), ui_arg(ctx));
	text_copy(key.name, sizeof(key.name), wire_names[attach->name]);
	app_act(ctx, &(struct app_act){ .op = &api_attachment_put, .query = &key,
		.etag = attach->etag, .file = path, .saying = _("Envoi"),
		.done = on_sent, .refused = on_refused });
}

static const struct ui_action actions[] = {
	{ "validate", N_("Joindre"), validate, UI_NEEDS_FORM | UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_attach = {
	.name = "attach",
	.title = N_("Joindre une pièce"),
	.kind = UI_FORM,
	.state_size = sizeof(struct attach),
	.fields = fields,
	.actions = actions,
	.open = open,
	.help = N_("Le fichier est reconnu à son contenu : photo en JPEG ou PNG, pièce "
		   "d'identité en JPEG, PNG ou PDF, 5 Mio au plus."),
};
