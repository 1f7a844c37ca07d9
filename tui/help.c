/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help, all keys, messages: lists made from the live keymap and the screen. */
#include "impl.h"
#include "key.h"
#include "tty.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_COLUMNS 74                 /* of a paragraph of help */
#define TEXT_LEAST 20                   /* whatever the terminal */
#define KEY_COLUMNS 14
#define AROUND 8                        /* marker, gaps, numbers */

struct help_row {
	char key[40], text[240];
	enum ui_style style;
};

struct help {
	struct rows rows;               /* of struct help_row */
};

static void add_row(struct help *help, enum ui_style style, const char *key,
		    const char *text)
{
	struct help_row *row;

	if (!help->rows.size)
		rows_init(&help->rows, sizeof(struct help_row));
	row = rows_add(&help->rows);
	row->style = style;
	snprintf(row->key, sizeof(row->key), "%s", key);
	snprintf(row->text, sizeof(row->text), "%s", text);
}

static size_t line_size(const char *text)
{
	int room = tty_columns() - KEY_COLUMNS - AROUND;
	size_t newline = strcspn(text, "\n"), size;

	if (room < TEXT_LEAST)
		room = TEXT_LEAST;
	size = text_fit(text, room < TEXT_COLUMNS ? room : TEXT_COLUMNS);
	if (newline <= size)
		return newline;
	if (!text[size])
		return size;
	for (size_t blank = size; blank > 0; blank--)
		if (text[blank] == ' ')
			return blank;
	return size;
}

static void add_paragraphs(struct help *help, const char *text)
{
	while (*text) {
		size_t size = line_size(text);
		char line[240];

		snprintf(line, sizeof(line), "%.*s", (int)size, text);
		add_row(help, UI_PLAIN, "", line);
		text += size;
		text += strspn(text, " ");
		text += *text == '\n';
	}
	add_row(help, UI_PLAIN, "", "");
}

/* Enter in another part of the screen counts here, as help is about it all. */
static uint32_t key_of(const struct ui_ctx *of, const char *name)
{
	uint32_t key = action_key_of(of, name);

	for (int i = 0; !key && i < of->view_count; i++)
		if (of->views[i].part->enter &&
		    !strcmp(of->views[i].part->enter, name))
			key = UI_KEY_ENTER;
	return key;
}

/* Two parts of a screen may do the same, each with an action of its own. */
static bool said_above(const struct help *help, const char *key, const char *text)
{
	for (size_t i = 0; i < help->rows.count; i++) {
		const struct help_row *row = rows_at(&help->rows, i);

		if (!strcmp(row->key, key) && !strcmp(row->text, text))
			return true;
	}
	return false;
}

static void add_action(struct help *help, const struct ui_ctx *of,
		       const char *name, const char *label)
{
	uint32_t key = key_of(of, name);
	char text[KEY_NAME] = "";

	if (!label)
		return;
	if (key)
		key_to_label(key, text);
	else
		snprintf(text, sizeof(text), ":%s", name);
	if (!said_above(help, text, label))
		add_row(help, UI_PLAIN, text, label);
}

static void add_actions(struct help *help, const struct ui_ctx *of,
			const struct ui_action *actions, bool own)
{
	for (; actions && actions->name; actions++)
		if (own || action_offered(of, actions))
			add_action(help, of, actions->name, _(actions->label));
}

static void add_builtins(struct help *help, const struct ui_ctx *of)
{
	for (const struct builtin *b = builtins; b->name; b++)
		if (!action_find(of, b->name) && action_key_of(of, b->name))
			add_action(help, of, b->name, _(b->label));
}

/* The screen that help is about is the one below it. */
static void help_load(struct ui_ctx *ctx, void *state, const char *arg)
{
	const struct ui_ctx *of = ctx->below;
	struct help *help = state;
	size_t first_key;

	(void)arg;
	while (of && of->screen->kind == UI_DIALOG && of->below)
		of = of->below;
	if (!of)
		of = ctx;
	add_row(help, UI_TITLE, "", _(of->screen->title));
	if (of->screen->help)
		add_paragraphs(help, _(of->screen->help));
	first_key = help->rows.count;
	add_actions(help, of, of->screen->actions, true);
	add_actions(help, of, ctx->ui->setup.actions, false);
	add_builtins(help, of);
	ui_select_row(ctx, 0, first_key);
}

static void add_section(struct help *help, const struct ui_ctx *ctx,
			const struct section *section)
{
	char title[80];

	snprintf(title, sizeof(title), "[%s]", section->name);
	add_row(help, UI_TITLE, title, "");
	for (size_t i = 0; i < section->bindings.count; i++) {
		const struct binding *b = rows_at(&section->bindings, i);
		const char *label = action_label(ctx, b->action);
		char key[KEY_NAME];

		key_to_label(b->key, key);
		add_row(help, UI_PLAIN, key,
			label ? label : action_words(ctx->ui, b->action));
	}
}

static void keys_load(struct ui_ctx *ctx, void *state, const char *arg)
{
	const struct keymap *map = &ctx->ui->map;
	struct help *help = state;

	(void)arg;
	for (size_t i = 0; i < map->sections.count; i++)
		add_section(help, ctx, rows_at(&map->sections, i));
}

static void messages_load(struct ui_ctx *ctx, void *state, const char *arg)
{
	const struct rows *messages = &ctx->ui->messages;
	struct help *help = state;
	char when[DATE_TEXT];

	(void)arg;
	for (size_t i = messages->count; i > 0; i--) {
		const struct message *m = rows_at(messages, i - 1);

		moment_to_clock(ctx->ui->setup.zone, m->at_ms, when);
		add_row(help, m->bad ? UI_BAD : UI_PLAIN, when, m->text);
	}
}

static enum ui_style key_cell(const struct ui_ctx *ctx, const void *row, char *out,
			      size_t size)
{
	const struct help_row *help = row;

	(void)ctx;
	snprintf(out, size, "%s", help->key);
	return UI_KEY;
}

static enum ui_style text_cell(const struct ui_ctx *ctx, const void *row, char *out,
			      size_t size)
{
	const struct help_row *help = row;

	(void)ctx;
	snprintf(out, size, "%s", help->text);
	return help->style;
}

static const struct ui_column columns[] = {
	{ .label = "", .type = UI_COLUMN_CELL, .cell = key_cell, .width = KEY_COLUMNS,
	  .min = 8 },
	{ .label = "", .type = UI_COLUMN_CELL, .cell = text_cell, .width = 40,
	  .min = 20, .grow = 1 },
	{ 0 },
};

const struct ui_screen screen_help = {
	.name = "help", .title = N_("Aide"), .kind = UI_LIST,
	.state_size = sizeof(struct help), .columns = columns,
	.open = help_load, UI_ROWS(struct help, rows),
};

const struct ui_screen screen_keys = {
	.name = "keys", .title = N_("Touches"), .kind = UI_LIST,
	.state_size = sizeof(struct help), .columns = columns,
	.open = keys_load, UI_ROWS(struct help, rows),
};

const struct ui_screen screen_messages = {
	.name = "messages-log", .title = N_("Messages"), .kind = UI_LIST,
	.state_size = sizeof(struct help), .columns = columns,
	.empty = N_("Aucun message"), .open = messages_load,
	UI_ROWS(struct help, rows),
};

const struct ui_screen *const builtin_screens[] = {
	&screen_help, &screen_keys, &screen_messages, NULL,
};

static void open_once(struct ui_ctx *ctx, const struct ui_screen *screen)
{
	if (ctx->screen != screen)
		ui_push(ctx, screen, "");
}

void help_open(struct ui_ctx *ctx)
{
	open_once(ctx, &screen_help);
}

void keys_open(struct ui_ctx *ctx)
{
	open_once(ctx, &screen_keys);
}

void messages_open(struct ui_ctx *ctx)
{
	open_once(ctx, &screen_messages);
}
