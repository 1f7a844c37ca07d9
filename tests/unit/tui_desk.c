/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui_desk.h"

#include <guichet/base/text.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct people {
	struct rows found;              /* of struct person */
};

struct order {
	char name[12];
	char nir[16];
	struct date leaves;
	int reason;
	bool sure;
	char code[20];
};

static const char *const reasons[] = {
	N_("Perte"), N_("Vol"), N_("Échéance"), NULL,
};

static struct desk *desk_of(struct ui_ctx *ctx)
{
	return ui_user(ctx);
}

static void fill(struct people *people, int many)
{
	rows_fini(&people->found);
	rows_init(&people->found, sizeof(struct person));
	for (int i = 0; i < many; i++) {
		struct person *person = rows_add(&people->found);

		snprintf(person->name, sizeof(person->name), "%s%d",
			 i % 2 ? "LEFÈVRE" : "MARTIN", i);
		person->due_cts = i * 100;
	}
}

static void people_open(struct ui_ctx *ctx, void *state, const char *arg)
{
	desk_of(ctx)->list = ctx;
	desk_of(ctx)->opened++;
	fill(state, arg && *arg ? (int)strtol(arg, NULL, 10) : 3);
}

static void people_more(struct ui_ctx *ctx, void *state)
{
	(void)state;
	desk_of(ctx)->more++;
}

static void people_resumed(struct ui_ctx *ctx, void *state)
{
	(void)state;
	desk_of(ctx)->resumed++;
}

static void people_count(const void *state, char *out, size_t size)
{
	const struct people *people = state;

	snprintf(out, size, "%zu personnes", people->found.count);
}

static void choose(struct ui_ctx *ctx, void *state)
{
	const struct person *person = ui_row(ctx);

	(void)state;
	desk_of(ctx)->chosen++;
	snprintf(desk_of(ctx)->picked, sizeof(desk_of(ctx)->picked), "%s",
		 person->name);
	ui_push_name(ctx, "order", person->name);
}

static void answered(struct ui_ctx *ctx, void *state, int value)
{
	(void)state;
	desk_of(ctx)->answer = value;
}

static void told(struct ui_ctx *ctx, void *state, const char *text)
{
	(void)state;
	snprintf(desk_of(ctx)->told, sizeof(desk_of(ctx)->told), "%s",
		 text ? text : "(rien)");
}

static void ask(struct ui_ctx *ctx, void *state)
{
	static const struct ui_choice choices[] = {
		{ 'a', N_("Appeler"), 10 }, { 'b', N_("Barrer"), 20 }, { 0 },
	};

	(void)state;
	ui_ask(ctx, "Que faire", "Une question simple ?", choices, 20, answered);
}

static void ask_line(struct ui_ctx *ctx, void *state)
{
	(void)state;
	ui_ask_text(ctx, "Motif", "Pourquoi ?", false, told);
}

static const struct ui_screen screen_order;

static void second(struct ui_ctx *ctx, void *state)
{
	(void)state;
	ui_space_open(ctx, &screen_order, "", desk_of(ctx));
}

static void given_up(struct ui_ctx *ctx, void *state)
{
	(void)state;
	desk_of(ctx)->given_up++;
}

static void expect_it(struct ui_ctx *ctx, void *state)
{
	(void)state;
	ui_expect(ctx, given_up);
}

static const struct ui_column people_columns[] = {
	UI_COL_TICK(struct person, ticked),
	{ .label = N_("Nom"), .type = UI_COLUMN_TEXT,
	  .offset = offsetof(struct person, name), .width = 20, .min = 10,
	  .grow = 1 },
	{ .label = N_("Dû"), .type = UI_COLUMN_MONEY,
	  .offset = offsetof(struct person, due_cts), .width = 12,
	  .right = true, .rank = 1 },
	{ 0 },
};

static const struct ui_part people_parts[] = {
	{ .kind = UI_PART_LIST, .name = "people-list",
	  .columns = people_columns, .rows = offsetof(struct people, found),
	  .enter = "choose", .more = people_more, .summary = people_count,
	  .empty = N_("Personne") },
	{ 0 },
};

static const struct ui_action people_actions[] = {
	{ "choose", N_("Choisir"), choose, UI_NEEDS_ROW | UI_FOOTER },
	{ "ask", N_("Demander"), ask, UI_MENU },
	{ "ask-line", N_("Motif"), ask_line, UI_MENU },
	{ "second", N_("Second"), second, 0 },
	{ "expect", N_("Attendre"), expect_it, 0 },
	{ 0 },
};

static const struct ui_screen screen_people = {
	.name = "people", .title = N_("Personnes"), .kind = UI_LIST,
	.state_size = sizeof(struct people), .parts = people_parts,
	.actions = people_actions, .open = people_open,
	.resumed = people_resumed, .help = N_("Choisir une personne."),
	UI_ROWS(struct people, found),
};

static void order_open(struct ui_ctx *ctx, void *state, const char *arg)
{
	(void)state;
	(void)arg;
	desk_of(ctx)->form = ctx;
}

static void order_close(void *state)
{
	struct order *order = state;

	order->name[0] = '\0';
}

static bool name_check(const void *state, struct err *err)
{
	const struct order *order = state;

	if (strchr(order->name, '!'))
		return err_set(err, ERR_INVALID, "un nom sans « ! »");
	return true;
}

static bool order_offers(const void *state, const char *action)
{
	return strcmp(action, "print") != 0 ||
	       !((const struct order *)state)->sure;
}

static void lodge(struct ui_ctx *ctx, void *state)
{
	(void)state;
	desk_of(ctx)->lodged++;
	ui_set_unchanged(ctx);
	ui_message(ctx, "Demande déposée");
}

static const struct ui_field order_fields[] = {
	{ .name = "name", .label = N_("Nom"), UI_MEMBER(struct order, name),
	  .width = 20, .flags = UI_REQUIRED, .check = name_check,
	  .hint = N_("Nom de naissance") },
	{ .name = "nir", .label = N_("NIR"), .type = UI_FIELD_NIR,
	  UI_MEMBER(struct order, nir), .width = 22 },
	{ .name = "leaves", .label = N_("Départ"), .type = UI_FIELD_DATE,
	  UI_MEMBER(struct order, leaves), .width = 12 },
	{ .name = "reason", .label = N_("Motif"), .type = UI_FIELD_CHOICE,
	  UI_MEMBER(struct order, reason), .width = 16, .choices = reasons },
	{ .name = "sure", .label = N_("Sûr"), .type = UI_FIELD_CHECK,
	  UI_MEMBER(struct order, sure) },
	{ .name = "code", .label = N_("Code"), .type = UI_FIELD_SECRET,
	  UI_MEMBER(struct order, code), .width = 20 },
	{ 0 },
};

static const struct ui_action order_actions[] = {
	{ "validate", N_("Déposer"), lodge, UI_NEEDS_FORM | UI_FOOTER },
	{ "print", N_("Esquisser"), lodge, UI_FOOTER },
	{ 0 },
};

static const struct ui_screen screen_order = {
	.name = "order", .title = N_("Commander"), .kind = UI_FORM,
	.state_size = sizeof(struct order), .fields = order_fields,
	.actions = order_actions, .open = order_open, .close = order_close,
	.offers = order_offers, .keeps_draft = true,
};

/* A file with its tabs: a text and a list side by side, and a side panel. */
static void long_text(const void *state, struct ui_lines *lines)
{
	(void)state;
	for (int i = 1; i <= 30; i++)
		ui_line(lines, UI_PLAIN, "ligne %d", i);
}

static void side_text(const void *state, struct ui_lines *lines)
{
	(void)state;
	ui_pair(lines, "Caisse", "Isère");
	ui_pair(lines, "Rien", "");
	ui_pair(lines, "Médecin traitant", "déclaré");
}

static const struct ui_tab file_tabs[] = {
	{ "file", N_("Dossier") }, { "family", N_("Famille") }, { 0 },
};

static const struct ui_part file_parts[] = {
	{ .kind = UI_PART_TEXT, .name = "story", .title = N_("Histoire"),
	  .place = UI_LEFT, .text = long_text },
	{ .kind = UI_PART_LIST, .name = "people-list", .place = UI_RIGHT,
	  .title = N_("Proches"), .columns = people_columns,
	  .rows = offsetof(struct people, found) },
	{ .kind = UI_PART_TEXT, .name = "side", .title = N_("En bref"),
	  .place = UI_SIDE, .text = side_text },
	{ 0 },
};

static const struct ui_screen screen_file = {
	.name = "file", .title = N_("Dossier"), .kind = UI_RECORD,
	.state_size = sizeof(struct people), .parts = file_parts,
	.tabs = file_tabs, .open = people_open, UI_ROWS(struct people, found),
};

static const struct ui_screen screen_family = {
	.name = "family", .title = N_("Famille"), .kind = UI_LIST,
	.state_size = sizeof(struct people), .parts = people_parts,
	.tabs = file_tabs, .open = people_open, UI_ROWS(struct people, found),
};

static const struct ui_screen *const screens[] = {
	&screen_people, &screen_order, &screen_file, &screen_family, NULL,
};

static void unlock(void *user, const char *password)
{
	struct desk *desk = user;
	struct err err = { 0 };

	desk->unlocked++;
	snprintf(desk->password, sizeof(desk->password), "%s", password);
	err_set(&err, ERR_DENIED, "mot de passe refusé");
	ui_unlock(desk->ui, strcmp(password, "bon") ? &err : NULL);
}

static void space_closed(void *user, void *data)
{
	struct desk *desk = user;

	(void)data;
	desk->closed++;
}

void desk_open(struct desk *desk, int many)
{
	char arg[16];
	struct err err = { 0 };
	struct ui_setup setup = {
		.user = desk, .screens = screens, .first_arg = arg,
		.first_screen = desk->first ? desk->first : "people",
		.offscreen = true, .rows = desk->rows ? desk->rows : 24,
		.columns = desk->columns ? desk->columns : 80,
		.accessible = desk->accessible,
		.draft_directory = desk->folder[0] ? desk->folder : NULL,
		.hooks = { .unlock = unlock, .space_closed = space_closed },
	};

	snprintf(arg, sizeof(arg), "%d", many);
	desk->ui = ui_open(&setup, &err);
	if (!desk->ui)
		fail_msg("%s", err.text);
	ui_draft_key(desk->ui, DESK_DRAFT_KEY);
	ui_turn(desk->ui);
}

int desk_check_keys(struct desk *desk, const char *path, FILE *out)
{
	struct ui_setup setup = { .user = desk, .screens = screens };

	return ui_check_keys(&setup, path, out);
}

void desk_close(struct desk *desk)
{
	ui_close(desk->ui);
	desk->ui = NULL;
}

void desk_keys(struct desk *desk, const char *keys)
{
	ui_feed(desk->ui, keys);
	ui_turn(desk->ui);
}

/* The caller frees. */
static char *dump(struct desk *desk)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	assert_non_null(file);
	ui_dump(desk->ui, file);
	fclose(file);
	return text;
}

bool desk_shows(struct desk *desk, const char *text)
{
	char *screen = dump(desk);
	bool found = strstr(screen, text) != NULL;

	free(screen);
	return found;
}

void desk_see(struct desk *desk, const char *text)
{
	char *screen = dump(desk);

	if (!strstr(screen, text))
		print_error("\"%s\" is not on:\n%s", text, screen);
	assert_non_null(strstr(screen, text));
	free(screen);
}

void desk_not(struct desk *desk, const char *text)
{
	char *screen = dump(desk);

	if (strstr(screen, text))
		print_error("\"%s\" is on:\n%s", text, screen);
	assert_null(strstr(screen, text));
	free(screen);
}

void desk_line(struct desk *desk, int y, char *out, size_t size)
{
	char *screen = dump(desk), *at = screen;

	while (y-- > 0)
		at += strcspn(at, "\n") + 1;
	snprintf(out, size, "%.*s", (int)strcspn(at, "\n"), at);
	free(screen);
}

void desk_cursor_on(struct desk *desk, const char *text)
{
	char line[1024], *found;
	int y, x;

	ui_cursor(desk->ui, &y, &x);
	desk_line(desk, y, line, sizeof(line));
	found = strstr(line, text);
	if (!found)
		print_error("cursor at %d,%d on: %s\n", y, x, line);
	assert_non_null(found);
	*found = '\0';
	assert_int_equal(text_width(line), x);
}
