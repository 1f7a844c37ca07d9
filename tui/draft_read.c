/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts found at the sign-in: listed, taken up, dropped.  Format: see draft.c. */
#include "draft.h"

#include <stdlib.h>
#include <string.h>

static void unescape(char *text)
{
	char *out = text;

	for (; *text; text++) {
		if (*text == '\\' && text[1]) {
			text++;
			*out++ = *text == 'n' ? '\n' : *text;
		} else {
			*out++ = *text;
		}
	}
	*out = '\0';
}

/* Copy the value of the first line that starts with `word`. */
static bool value_of(const char *text, const char *word, char *out, size_t size)
{
	size_t length = strlen(word);

	for (; *text; text += strcspn(text, "\n") + 1) {
		size_t line = strcspn(text, "\n");

		if (line > length && !strncmp(text, word, length) &&
		    text[length] == ' ') {
			snprintf(out, size, "%.*s", (int)(line - length - 1),
				 text + length + 1);
			unescape(out);
			return true;
		}
		if (!text[line])
			break;
	}
	return false;
}

/* The same, as long as it is; the caller gives it to draft_wipe_text(). */
static char *value_new(const char *text, const char *word)
{
	char *value = mem_new(DRAFT_MAX, 1);

	if (value_of(text, word, value, DRAFT_MAX))
		return value;
	free(value);
	return NULL;
}

static void apply_field(struct ui_ctx *ctx, const struct ui_field *field,
			struct field_view *view, const char *text)
{
	char word[80], value[4096];
	struct err ignored;

	snprintf(word, sizeof(word), "field %s", field->name);
	if (!value_of(text, word, value, sizeof(value)))
		return;
	if (field->type == UI_FIELD_CHOICE) {
		long n = strtol(value, NULL, 10);

		if (n < field_choice_count(field))
			*field_int(ctx, field) = n < 0 ? -1 : (int)n;
	} else if (field->type == UI_FIELD_CHECK) {
		*field_bool(ctx, field) = value[0] == '1';
	} else {
		edit_set(&view->edit, value);
		field_store(ctx, field, view, &ignored);
	}
	view->changed = true;
}

static void apply_ticks(const struct ui_ctx *ctx, const struct view *view,
			const char *text)
{
	char word[80], value[8];
	const char *id;
	bool *tick;

	for (size_t i = 0; (tick = list_kept_tick(ctx, view, i, &id)); i++) {
		snprintf(word, sizeof(word), "tick %s", id);
		if (value_of(text, word, value, sizeof(value)))
			*tick = value[0] == '1';
	}
}

void draft_apply(struct ui_ctx *ctx, const char *text)
{
	for (int p = 0; p < ctx->view_count; p++) {
		apply_ticks(ctx, &ctx->views[p], text);
		for (int f = 0; f < ctx->views[p].field_count; f++) {
			const struct ui_field *field =
				&ctx->views[p].part->fields[f];

			if (field->name && field->type != UI_FIELD_SECRET &&
			    !(field->flags & UI_READ_ONLY))
				apply_field(ctx, field,
					    &ctx->views[p].fields[f], text);
		}
	}
	ctx->changed = true;
}

void draft_take_up(struct ui_ctx *ctx, const char *id)
{
	char *text = draft_read_file(ctx->ui, id);
	char name[32] = "", arg[UI_ARG_SIZE] = "";
	const struct ui_screen *screen = NULL;
	struct ui_ctx *opened;
	char *sent;

	if (text && value_of(text, "screen", name, sizeof(name)))
		screen = screen_find(ctx->ui, name);
	if (!screen) {
		message_add(ctx->ui, true, _("Ce brouillon est illisible"));
		draft_wipe_text(text);
		return;
	}
	value_of(text, "arg", arg, sizeof(arg));
	opened = stack_push(ctx->ui, ctx->space, screen, arg, NULL);
	stack_open(opened);
	value_of(text, "key", opened->key, sizeof(opened->key));
	text_copy(opened->draft, sizeof(opened->draft), id);
	draft_apply(opened, text);
	draft_wipe_text(opened->taken_up);
	opened->taken_up = text;
	/* What was sent was refused, or it would not be taken up: what is sent
	 * now is another act. */
	sent = value_new(text, "sent");
	if (sent)
		ui_new_key(opened);
	draft_wipe_text(sent);
}

void ui_draft_open(struct ui_ctx *ctx, const char *id)
{
	effect_add(ctx, EFFECT_DRAFT)->arg = mem_text(id);
}

void ui_draft_drop(struct ui_ctx *ctx, const char *id)
{
	draft_remove_file(ctx->ui, id);
}

char *ui_draft_request(struct ui *ui, const char *id)
{
	char *text = draft_read_file(ui, id);
	char *request = text ? value_new(text, "sent") : NULL;

	draft_wipe_text(text);
	return request;
}

static int newest_first(const void *a, const void *b)
{
	const struct ui_draft *one = a, *two = b;

	return (one->saved_ms < two->saved_ms) - (one->saved_ms > two->saved_ms);
}

struct listing {
	struct rows *out;
	int refused;
};

static bool on_draft(void *self, const char *id, const char *text)
{
	struct listing *listing = self;
	char saved[32] = "", *sent = value_new(text, "sent");
	struct ui_draft draft = { .sent = sent != NULL };

	draft_wipe_text(sent);
	text_copy(draft.id, sizeof(draft.id), id);
	value_of(text, "screen", draft.screen, sizeof(draft.screen));
	value_of(text, "arg", draft.arg, sizeof(draft.arg));
	value_of(text, "saved", saved, sizeof(saved));
	draft.saved_ms = strtoll(saved, NULL, 10);
	if (clock_now_ms() - draft.saved_ms > DRAFT_KEPT_MS)
		return false;
	rows_copy_in(listing->out, &draft);
	return true;
}

static void on_refused(void *self)
{
	((struct listing *)self)->refused++;
}

void ui_drafts(struct ui *ui, struct rows *out)
{
	struct listing listing = { .out = out };

	rows_fini(out);
	rows_init(out, sizeof(struct ui_draft));
	draft_each_file(ui, &(struct draft_reader){ .found = on_draft,
		.refused = on_refused, .self = &listing });
	if (listing.refused)
		message_add(ui, true, _("Un brouillon altéré, ou venu d'ailleurs, a été écarté"));
	if (out->count)
		qsort(out->items, out->count, out->size, newest_first);
}
