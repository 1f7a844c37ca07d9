/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialog.h"

#include <guichet/base/fold.h>
#include <stdlib.h>
#include <string.h>

struct ask_row {
	char key[8], label[160];
	int value;
};

/* First members shared by both kinds of question. */
struct ask {
	unsigned asker;
	char title[120], text[600];
	struct effect answer;           /* what will be done, without its value */
	struct rows rows;               /* of struct ask_row */
	size_t preset;
	char typed[400];
	char label[120];
};

static struct ask *ask_of(const struct ui_ctx *ctx)
{
	if (ctx->screen != &screen_ask && ctx->screen != &screen_ask_text &&
	    ctx->screen != &screen_ask_secret)
		return NULL;
	return ctx->state;
}

const unsigned *dialog_asker(const struct ui_ctx *ctx)
{
	const struct ask *ask = ask_of(ctx);

	return ask ? &ask->asker : NULL;
}

const char *dialog_title(const struct ui_ctx *ctx)
{
	const struct ask *ask = ask_of(ctx);

	return ask && ask->title[0] ? ask->title : _(ctx->screen->title);
}

void dialog_free(void *state)
{
	struct ask *ask = state;

	rows_fini(&ask->rows);
	free(ask);
}

/* The question goes first, then the answer is told. */
static void answer(struct ui_ctx *ctx, int value, const char *text)
{
	struct ask *ask = ctx->state;
	struct ui_ctx *asker = stack_find(ctx->ui, ask->asker);
	struct effect *effect;

	ui_pop(ctx);
	if (!asker)
		return;
	effect = effect_add(asker, EFFECT_ANSWER);
	effect->answered = ask->answer.answered;
	effect->told = ask->answer.told;
	effect->yes = ask->answer.yes;
	effect->value = value;
	effect->arg = text ? mem_text(text) : NULL;
}

static void choose(struct ui_ctx *ctx, void *state)
{
	const struct ask_row *row = ui_row(ctx);

	(void)state;
	if (row)
		answer(ctx, row->value, NULL);
}

static bool cancel(struct ui_ctx *ctx, void *state)
{
	(void)state;
	answer(ctx, UI_CANCELLED, NULL);
	return true;
}

bool dialog_letter(struct ui_ctx *ctx, uint32_t key)
{
	struct ask *ask = ctx->screen == &screen_ask ? ctx->state : NULL;
	char typed[5] = "", wanted[8];

	if (!ask || !key_is_text(key) || key == ' ')
		return false;
	text_put(typed, key);
	fold_glued(wanted, sizeof(wanted), typed);
	for (size_t i = 0; *wanted && i < ask->rows.count; i++) {
		const struct ask_row *row = rows_at(&ask->rows, i);
		char letter[8];

		fold_glued(letter, sizeof(letter), row->key);
		if (strcmp(letter, wanted))
			continue;
		answer(ctx, row->value, NULL);
		return true;
	}
	return false;
}

static void ask_text_lines(const void *state, struct ui_lines *lines)
{
	const struct ask *ask = state;

	if (!ask->text[0])
		return;
	ui_line(lines, UI_PLAIN, "%s", ask->text);
	ui_line(lines, UI_PLAIN, "%s", "");
}

static void ask_open(struct ui_ctx *ctx, void *state, const char *arg)
{
	struct ask *ask = state;

	(void)arg;
	ui_focus_part(ctx, 1);
	ui_select_row(ctx, 1, ask->preset);
}

static const struct ui_column ask_columns[] = {
	UI_COL_TEXT(struct ask_row, key, "", 2),
	{ .label = "", .type = UI_COLUMN_TEXT,
	  .offset = offsetof(struct ask_row, label), .width = 30, .min = 10,
	  .grow = 1 },
	{ 0 },
};

static const struct ui_part ask_parts[] = {
	{ .kind = UI_PART_TEXT, .name = "question", .text = ask_text_lines },
	{ .kind = UI_PART_LIST, .name = "choices", .columns = ask_columns,
	  .rows = offsetof(struct ask, rows), .enter = "choose" },
	{ 0 },
};

static const struct ui_action ask_actions[] = {
	{ "choose", N_("Choisir"), choose, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_ask = {
	.name = "ask",
	.title = N_("Question"),
	.kind = UI_DIALOG,
	.state_size = sizeof(struct ask),
	.parts = ask_parts,
	.actions = ask_actions,
	.open = ask_open,
	.leaving = cancel,
	UI_ROWS(struct ask, rows),
};

static struct ask *make(struct ui_ctx *ctx, const char *title,
			const char *text, const struct ui_screen *screen)
{
	struct ask *ask = mem_new(1, sizeof(*ask));
	struct effect *effect = effect_add(ctx, EFFECT_PUSH);

	ask->asker = ctx->id;
	snprintf(ask->title, sizeof(ask->title), "%s", title ? title : "");
	snprintf(ask->text, sizeof(ask->text), "%s", text ? text : "");
	rows_init(&ask->rows, sizeof(struct ask_row));
	effect->screen = screen;
	effect->data = ask;
	return ask;
}

static void add_choice(struct ask *ask, char key, const char *label, int value,
		       int preset)
{
	struct ask_row *row = rows_add(&ask->rows);

	if (key)
		row->key[0] = key;
	snprintf(row->label, sizeof(row->label), "%s", label);
	row->value = value;
	if (value == preset)
		ask->preset = ask->rows.count - 1;
}

void ui_ask(struct ui_ctx *ctx, const char *title, const char *text,
	    const struct ui_choice *choices, int preset,
	    void (*answered)(struct ui_ctx *ctx, void *state, int value))
{
	struct ask *ask = make(ctx, title, text, &screen_ask);

	ask->answer.answered = answered;
	for (; choices->label; choices++)
		add_choice(ask, choices->key, _(choices->label),
			   choices->value, preset);
}

void ui_confirm(struct ui_ctx *ctx, const char *text,
		void (*yes)(struct ui_ctx *ctx, void *state))
{
	struct ask *ask = make(ctx, _("Confirmer"), text, &screen_ask);

	ask->answer.yes = yes;
	add_choice(ask, 'o', _("Oui"), 1, 0);
	add_choice(ask, 'n', _("Non"), 0, 0);
}

/* The n-th of many: digits, then letters. */
static char row_key(int n)
{
	static const char keys[] = "123456789abcdefghijklmnopqrstuvwxyz";

	return n < (int)sizeof(keys) - 1 ? keys[n] : 0;
}

#define APPLICATION 1000                /* values of the application's actions */

static void menu_chosen(struct ui_ctx *ctx, void *state, int value)
{
	const struct ui_action *action;

	(void)state;
	if (value < 0)
		return;
	action = value < APPLICATION
		? &ctx->screen->actions[value]
		: &ctx->ui->setup.actions[value - APPLICATION];
	action_run(ctx, action->name);
}

struct menu {
	struct ui_ctx *ctx;
	struct ask *ask;                /* made with the first line */
	int count;
};

static void add_actions(struct menu *menu, const struct ui_action *actions,
			int base)
{
	for (int i = 0; actions && actions[i].name; i++) {
		if (!(actions[i].flags & (UI_MENU | UI_FOOTER)) ||
		    (base ? !action_offered(menu->ctx, &actions[i])
			  : !action_shown(menu->ctx, &actions[i])))
			continue;
		if (!menu->ask)
			menu->ask = make(menu->ctx, _("Actions"), "",
					 &screen_ask);
		menu->ask->answer.answered = menu_chosen;
		add_choice(menu->ask, row_key(menu->count++),
			   _(actions[i].label), base + i, -1);
	}
}

void menu_open(struct ui_ctx *ctx)
{
	struct menu menu = { .ctx = ctx };

	add_actions(&menu, ctx->screen->actions, 0);
	add_actions(&menu, ctx->ui->setup.actions, APPLICATION);
	if (!menu.count)
		message_add(ctx->ui, false,
			    _("Pas d'autre action sur cet écran"));
}

static void value_chosen(struct ui_ctx *ctx, void *state, int value)
{
	const struct ui_field *field = fields_focused(ctx);

	(void)state;
	if (value < 0 || !field || field->type != UI_FIELD_CHOICE)
		return;
	*field_int(ctx, field) = value;
	fields_mark_changed(ctx);
}

void values_menu(struct ui_ctx *ctx, const struct ui_field *field)
{
	struct ask *ask = make(ctx, _(field->label), "", &screen_ask);
	int count = field_choice_count(field);

	ask->answer.answered = value_chosen;
	for (int i = 0; i < count; i++)
		add_choice(ask, row_key(i), _(field->choices[i]), i,
			   *field_int(ctx, field));
}

/* ---- One line of text ----------------------------------------------------- */

static void told(struct ui_ctx *ctx, void *state)
{
	struct ask *ask = state;

	answer(ctx, 0, ask->typed);
}

static void text_lines(const void *state, struct ui_lines *lines)
{
	const struct ask *ask = state;

	ui_line(lines, UI_PLAIN, "%s", ask->label);
}

static const struct ui_field text_fields[] = {
	{ .name = "text", .label = N_("Réponse"), .type = UI_FIELD_TEXT,
	  UI_MEMBER(struct ask, typed), .width = 40 },
	{ 0 },
};

static const struct ui_field secret_fields[] = {
	{ .name = "text", .label = N_("Réponse"), .type = UI_FIELD_SECRET,
	  UI_MEMBER(struct ask, typed), .width = 40 },
	{ 0 },
};

static const struct ui_part text_parts[] = {
	{ .kind = UI_PART_TEXT, .name = "question", .text = text_lines },
	{ .kind = UI_PART_FORM, .name = "answer", .fields = text_fields },
	{ 0 },
};

static const struct ui_part secret_parts[] = {
	{ .kind = UI_PART_TEXT, .name = "question", .text = text_lines },
	{ .kind = UI_PART_FORM, .name = "answer", .fields = secret_fields },
	{ 0 },
};

static const struct ui_action text_actions[] = {
	{ "validate", N_("Valider"), told, UI_FOOTER },
	{ 0 },
};

const struct ui_screen screen_ask_text = {
	.name = "ask-text", .title = N_("Question"), .kind = UI_DIALOG,
	.state_size = sizeof(struct ask), .parts = text_parts,
	.actions = text_actions, .leaving = cancel,
	UI_ROWS(struct ask, rows),
};

const struct ui_screen screen_ask_secret = {
	.name = "ask-text", .title = N_("Question"), .kind = UI_DIALOG,
	.state_size = sizeof(struct ask), .parts = secret_parts,
	.actions = text_actions, .leaving = cancel,
	UI_ROWS(struct ask, rows),
};

void ui_ask_text(struct ui_ctx *ctx, const char *title, const char *label,
		 bool secret,
		 void (*answered)(struct ui_ctx *ctx, void *state,
				  const char *text))
{
	struct ask *ask = make(ctx, title, "",
			       secret ? &screen_ask_secret : &screen_ask_text);

	ask->answer.told = answered;
	snprintf(ask->label, sizeof(ask->label), "%s", label);
}
