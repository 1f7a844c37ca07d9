/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts: what is being typed, kept against a crash or a cut line, and what was
 * sent until its outcome is known.  One file a form (see draft_file.c); before it
 * is sealed, lines of text:
 *
 *	screen NAME
 *	arg ARGUMENT
 *	key UUID
 *	saved MILLISECONDS
 *	sent REQUEST		(when it was sent and no answer came)
 *	field NAME VALUE
 *	tick ROW 0
 *
 * A value is the text of the field with "\n" and "\\" escaped, the number of a
 * choice, or 0 and 1 for a tick, as for the rows of a list.  Secret fields are never written. */
#include "draft.h"

#include <stdlib.h>
#include <string.h>

/* A crash may cost two seconds of what was typed; the rest of them is for waking
 * up and for the disk. */
#define DRAFT_EVERY_MS 1500

static void add_escaped(struct buf *buf, const char *text)
{
	for (; *text; text++)
		if (*text == '\\')
			buf_text(buf, "\\\\");
		else if (*text == '\n')
			buf_text(buf, "\\n");
		else
			buf_add(buf, text, 1);
}

static void add_field(const struct ui_ctx *ctx, const struct ui_field *field,
		      const struct field_view *view, struct buf *buf)
{
	char text[4096];

	if (!field->name || field->type == UI_FIELD_SECRET ||
	    (field->flags & UI_READ_ONLY))
		return;
	buf_printf(buf, "field %s ", field->name);
	if (field->type == UI_FIELD_CHOICE) {
		buf_printf(buf, "%d", *field_int(ctx, field));
	} else if (field->type == UI_FIELD_CHECK) {
		buf_printf(buf, "%d", *field_bool(ctx, field));
	} else {
		edit_text(&view->edit, text, sizeof(text));
		add_escaped(buf, text);
	}
	buf_text(buf, "\n");
}

static void add_ticks(const struct ui_ctx *ctx, const struct view *view,
		      struct buf *buf)
{
	const char *id;
	const bool *tick;

	for (size_t i = 0; (tick = list_kept_tick(ctx, view, i, &id)); i++)
		buf_printf(buf, "tick %s %d\n", id, *tick);
}

static void write_out(const struct ui_ctx *ctx, struct buf *buf)
{
	buf_printf(buf, "screen %s\narg ", ctx->screen->name);
	add_escaped(buf, ctx->arg);
	buf_printf(buf, "\nkey %s\nsaved %lld\n", ctx->key,
		   (long long)clock_now_ms());
	if (ctx->sent) {
		buf_text(buf, "sent ");
		add_escaped(buf, ctx->sent);
		buf_text(buf, "\n");
	}
	for (int p = 0; p < ctx->view_count && ctx->screen->keeps_draft; p++) {
		for (int f = 0; f < ctx->views[p].field_count; f++)
			add_field(ctx, &ctx->views[p].part->fields[f],
				  &ctx->views[p].fields[f], buf);
		add_ticks(ctx, &ctx->views[p], buf);
	}
}

static bool is_kept(const struct ui_ctx *ctx)
{
	return ctx->screen->keeps_draft || ctx->sent;
}

void draft_save(struct ui_ctx *ctx)
{
	struct ui *ui = ctx->ui;
	struct buf plain;

	ctx->typed_ms = 0;
	/* Nobody is signed in: there is no key, and nothing of a person. */
	if (!ui->setup.draft_directory || !ui->draft_key.bytes || !is_kept(ctx))
		return;
	buf_init(&plain, DRAFT_MAX);
	write_out(ctx, &plain);
	snprintf(ctx->draft, sizeof(ctx->draft), "%s-%s.draft", ui->draft_tag,
		 ctx->key);
	if (plain.full || !draft_write_file(ui, ctx->draft, &plain)) {
		ctx->draft[0] = '\0';
		message_add(ui, true,
			    _("Le brouillon n'a pas pu être gardé sur ce poste"));
	}
	draft_wipe(&plain);
}

/* What was sent and is not settled is asked about at the next sign-in. */
void draft_forget(struct ui_ctx *ctx)
{
	ctx->typed_ms = 0;
	if (ctx->draft[0] && !ctx->sent)
		draft_remove_file(ctx->ui, ctx->draft);
	ctx->draft[0] = '\0';
}

void ui_sent(struct ui_ctx *ctx, const char *request)
{
	draft_wipe_text(ctx->sent);
	ctx->sent = mem_text(request);
	draft_save(ctx);
}

void ui_settled(struct ui_ctx *ctx)
{
	bool saved = ctx->sent && ctx->draft[0];

	draft_wipe_text(ctx->sent);
	ctx->sent = NULL;
	if (saved && ctx->screen->keeps_draft)
		draft_save(ctx);
	else if (saved)
		draft_forget(ctx);
}

void ui_draft_settled(struct ui *ui, const char *key)
{
	char id[DRAFT_NAME_SIZE];

	snprintf(id, sizeof(id), "%s-%s.draft", ui->draft_tag, key);
	draft_remove_file(ui, id);
}

void ui_draft_key(struct ui *ui, const char *key)
{
	if (key && secret_key_from_text(&ui->draft_key, key))
		secret_tag(&ui->draft_key, ui->draft_tag);
	else
		secret_set(&ui->draft_key, NULL, 0);
}

static bool is_due(const struct ui_ctx *ctx, int64_t now)
{
	return ctx->typed_ms && is_kept(ctx) &&
	       now - ctx->typed_ms >= DRAFT_EVERY_MS;
}

void draft_tick(struct ui *ui)
{
	int64_t now = ui_mono_ms(ui);

	for (int i = 0; i < UI_SPACES; i++)
		for (struct ui_ctx *c = ui->spaces[i].top; c; c = c->below)
			if (is_due(c, now))
				draft_save(c);
}

void draft_save_typed(struct ui *ui)
{
	for (int i = 0; i < UI_SPACES; i++)
		for (struct ui_ctx *c = ui->spaces[i].top; c; c = c->below)
			if (c->typed_ms && is_kept(c))
				draft_save(c);
}

void draft_save_all(struct ui *ui)
{
	for (int i = 0; i < UI_SPACES; i++)
		for (struct ui_ctx *c = ui->spaces[i].top; c; c = c->below)
			if ((c->changed || c->sent) && is_kept(c))
				draft_save(c);
}

int64_t draft_due_ms(const struct ui *ui)
{
	int64_t due = 0;

	if (!ui->setup.draft_directory)
		return 0;
	for (int i = 0; i < UI_SPACES; i++)
		for (struct ui_ctx *c = ui->spaces[i].top; c; c = c->below)
			if (c->typed_ms && is_kept(c) &&
			    (!due || c->typed_ms + DRAFT_EVERY_MS < due))
				due = c->typed_ms + DRAFT_EVERY_MS;
	return due;
}
