/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A write that left before a crash, and of which nobody knows the outcome: sent
 * again under its key, it is done once, then or now. */
#include "app_private.h"
#include "screens.h"

#include <guichet/base/mem.h>
#include <guichet/base/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOT_AGAIN = 101 };

struct again {
	struct owner_link link;
	struct ui_ctx *ctx;
	struct ui_draft draft;
	const struct api_op *op;
};

static void on_released(struct owner_link *link)
{
	free((struct again *)link);
}

static bool keeps_draft(const char *name)
{
	for (int i = 0; screens[i]; i++)
		if (strcmp(screens[i]->name, name) == 0)
			return screens[i]->keeps_draft;
	return false;
}

/* The number of what was made, wherever the answer says it; "" when nowhere. */
static const char *number_of(const struct codec *codec, const void *value)
{
	for (const struct codec_field *f = codec ? codec->fields : NULL; f && f->name; f++) {
		const char *at = (const char *)value + f->offset;
		const char *found = "";

		if (f->type == CODEC_TYPE_TEXT && strcmp(f->name, "number") == 0)
			return at;
		if (f->type == CODEC_TYPE_OBJECT || f->type == CODEC_TYPE_ARRAY)
			found = number_of(f->inner, at);
		if (found[0])
			return found;
	}
	return "";
}

static void on_outcome(void *self, struct api_reply *reply)
{
	struct again again = *(struct again *)self;

	owner_untie(&((struct again *)self)->link);
	free(self);
	if (reply->ok) {
		ui_draft_drop(again.ctx, again.draft.id);
		ui_message(again.ctx, reply->replayed
			   ? _("C'était bien enregistré, une seule fois. %s")
			   : _("C'est maintenant enregistré. %s"),
			   reply->rows.count ? number_of(again.op->reply,
							 rows_at(&reply->rows, 0)) : "");
		return;
	}
	if (!reply->unknown && reply->status) {
		if (keeps_draft(again.draft.screen))
			app_take_up(again.ctx, &again.draft);
		else
			ui_draft_drop(again.ctx, again.draft.id);
	}
	ui_error(again.ctx, &reply->err);
}

void app_send_again(struct ui_ctx *ctx, const struct ui_draft *draft)
{
	char *request = ui_draft_request(app_of(ctx)->ui, draft->id);
	const struct api_op *op = NULL;
	struct again *again;
	char name[64];

	if (request) {
		snprintf(name, sizeof(name), "%.*s", (int)strcspn(request, "\n"),
			 request);
		op = api_op_find(name);
	}
	again = mem_new(1, sizeof(*again));
	again->ctx = ctx;
	again->draft = *draft;
	again->op = op;
	owner_tie(ui_owner(ctx), &again->link, on_released);
	ui_message(ctx, "%s", _("Résultat inconnu, vérification…"));
	if (!op || !api_again(app_of(ctx)->api, ui_owner(ctx), SLOT_AGAIN, request,
		       (struct api_sink){ .self = again, .done = on_outcome })) {
		owner_untie(&again->link);
		free(again);
		ui_draft_drop(ctx, draft->id);
	}
	if (request)
		explicit_bzero(request, strlen(request));
	free(request);
}
