/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A keymap against the actions there are, and the keys as a page of manual. */
#include "impl.h"
#include "key.h"

#include <string.h>

static const char *const kinds[] = {
	"global", "list", "record", "form", "dialog", "field", "text", NULL,
};

struct check {
	struct ui ui;                   /* only its setup and its keymap */
	const char *path;
	FILE *out;
	int errors;
};

static void tell(void *user, const char *file, int line, const char *why)
{
	struct check *check = user;

	fprintf(check->out, "%s:%d: %s\n", file, line, why);
	check->errors++;
}

static bool in_actions(const struct ui_action *actions, const char *name)
{
	for (; actions && actions->name; actions++)
		if (!strcmp(actions->name, name))
			return true;
	return false;
}

static bool is_everywhere(const struct ui *ui, const char *name)
{
	const struct ui_command *c = ui->setup.commands;

	if (!strcmp(name, "none") || in_actions(ui->setup.actions, name) ||
	    screen_find(ui, name))
		return true;
	for (const struct builtin *b = builtins; b->name; b++)
		if (!strcmp(b->name, name))
			return true;
	for (; c && c->name; c++)
		if (!strcmp(c->name, name))
			return true;
	return false;
}

/* A section that is no screen's serves several: any screen's action will do. */
static bool is_action(const struct ui *ui, const char *section, const char *name)
{
	const struct ui_screen *own = screen_find(ui, section);

	if (is_everywhere(ui, name))
		return true;
	if (own)
		return in_actions(own->actions, name);
	if (!strcmp(name, "choose"))
		return true;
	for (size_t i = 0; ui->setup.screens && ui->setup.screens[i]; i++)
		if (in_actions(ui->setup.screens[i]->actions, name))
			return true;
	return false;
}

static bool is_part(const struct ui *ui, const char *name)
{
	for (size_t i = 0; ui->setup.screens && ui->setup.screens[i]; i++) {
		const struct ui_part *part = ui->setup.screens[i]->parts;

		for (; part && part->kind != UI_PART_END; part++)
			if (part->name && !strcmp(part->name, name))
				return true;
	}
	return false;
}

static bool is_section(const struct ui *ui, const char *name)
{
	for (int i = 0; kinds[i]; i++)
		if (!strcmp(kinds[i], name))
			return true;
	return screen_find(ui, name) || is_part(ui, name);
}

static void check_section(struct check *check, const struct section *section)
{
	const struct ui *ui = &check->ui;
	char why[160];

	if (!is_section(ui, section->name)) {
		snprintf(why, sizeof(why), _("aucun écran « %s »"),
			 section->name);
		tell(check, check->path, section->line, why);
		return;
	}
	if (section->parent[0] && !is_section(ui, section->parent)) {
		snprintf(why, sizeof(why), _("aucune section « %s »"),
			 section->parent);
		tell(check, check->path, section->line, why);
	}
	for (size_t i = 0; i < section->bindings.count; i++) {
		const struct binding *b = rows_at(&section->bindings, i);

		if (is_action(ui, section->name, b->action))
			continue;
		snprintf(why, sizeof(why), _("aucune action « %s » ici"),
			 b->action);
		tell(check, check->path, b->line, why);
	}
}

int ui_check_keys(const struct ui_setup *setup, const char *path, FILE *out)
{
	struct check check = { .path = path, .out = out };
	struct keymap_errors errors = { tell, &check };
	struct keymap *map = &check.ui.map;

	check.ui.setup = *setup;
	keymap_init(map);
	if (path && *path) {
		keymap_read_file(map, path, &errors);
	} else {
		check.path = "default.keys";
		keymap_read(map, ui_default_keys, check.path, &errors);
	}
	for (size_t i = 0; i < map->sections.count; i++)
		check_section(&check, rows_at(&map->sections, i));
	keymap_fini(map);
	return check.errors;
}

const char *action_words(const struct ui *ui, const char *name)
{
	const struct ui_screen *screen = screen_find(ui, name);

	for (const struct builtin *b = builtins; b->name; b++)
		if (!strcmp(b->name, name))
			return _(b->label);
	for (const struct ui_action *a = ui->setup.actions; a && a->name; a++)
		if (!strcmp(a->name, name))
			return _(a->label);
	for (size_t i = 0; ui->setup.screens && ui->setup.screens[i]; i++) {
		const struct ui_action *a = ui->setup.screens[i]->actions;

		for (; a && a->name; a++)
			if (!strcmp(a->name, name))
				return _(a->label);
	}
	return screen ? _(screen->title) : name;
}

/* A hyphen is a minus in roff unless told, a dot first is a request. */
static void roff(FILE *out, const char *text)
{
	for (; *text; text++)
		if (*text == '-')
			fputs("\\-", out);
		else if (*text == '\\')
			fputs("\\e", out);
		else
			fputc(*text, out);
}

static void print_section(const struct ui *ui, const struct section *section,
			  FILE *out)
{
	fputs(".SS [", out);
	roff(out, section->name);
	fputs("]\n", out);
	for (size_t i = 0; i < section->bindings.count; i++) {
		const struct binding *b = rows_at(&section->bindings, i);
		char key[KEY_NAME];

		key_to_label(b->key, key);
		fputs(".TP\n.B \\&", out);
		roff(out, key);
		fputs("\n\\&", out);
		roff(out, action_words(ui, b->action));
		fputs(" (", out);
		roff(out, b->action);
		fputs(")\n", out);
	}
}

void ui_print_keys_man(const struct ui_setup *setup, FILE *out)
{
	struct ui ui = { .setup = *setup };

	keymap_init(&ui.map);
	keymap_read(&ui.map, ui_default_keys, "default.keys", NULL);
	for (size_t i = 0; i < ui.map.sections.count; i++)
		print_section(&ui, rows_at(&ui.map.sections, i), out);
	keymap_fini(&ui.map);
}
