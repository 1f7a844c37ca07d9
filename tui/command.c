/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a line typed after ':' does, and how it is completed. */
#include "impl.h"

#include <string.h>

#define WORDS_MAX 16

static const struct ui_command *find_command(const struct ui *ui,
					     const char *name)
{
	const struct ui_command *c = ui->setup.commands;

	for (; c && c->name; c++)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}

/* Words are apart by blanks; "…" keeps blanks in one. */
static int split(char *text, char **words)
{
	int count = 0;

	while (*text && count < WORDS_MAX) {
		text += strspn(text, " ");
		if (!*text)
			break;
		if (*text == '"') {
			words[count++] = ++text;
			text += strcspn(text, "\"");
		} else {
			words[count++] = text;
			text += strcspn(text, " ");
		}
		if (*text)
			*text++ = '\0';
	}
	words[count] = NULL;
	return count;
}

static bool run_command(struct ui_ctx *ctx, const struct ui_command *command,
			int count, char **words, struct err *err)
{
	if (count - 1 < command->min || count - 1 > command->max)
		return err_set(err, ERR_INVALID, _("« %s » s'écrit : %s %s"),
			       command->name, command->name,
			       command->args ? _(command->args) : "");
	return command->run(ctx, count, words, err);
}

static bool open_named(struct ui_ctx *ctx, const struct ui_screen *screen,
		       const char *typed, struct err *err)
{
	const struct ui_setup *setup = &ctx->ui->setup;
	char arg[UI_ARG_SIZE] = "";

	if (!text_copy(arg, sizeof(arg), typed))
		return err_set(err, ERR_INVALID, "%s", _("Cet argument est trop long"));
	if (setup->hooks.named &&
	    !setup->hooks.named(setup->user, ctx, screen, arg, err))
		return false;
	ui_push(ctx, screen, arg);
	return true;
}

bool command_run(struct ui_ctx *ctx, const char *line, struct err *err)
{
	const struct ui_command *command;
	const struct ui_screen *screen;
	char text[1024], *words[WORDS_MAX + 1];
	int count;

	snprintf(text, sizeof(text), "%s", line);
	count = split(text, words);
	if (!count)
		return true;
	command = find_command(ctx->ui, words[0]);
	if (command)
		return run_command(ctx, command, count, words, err);
	screen = screen_find(ctx->ui, words[0]);
	if (screen)
		return open_named(ctx, screen, count > 1 ? words[1] : "", err);
	if (action_label(ctx, words[0]) && action_run(ctx, words[0]))
		return true;
	return err_set(err, ERR_NOT_FOUND,
		       _("La commande « %s » n'existe pas"), words[0]);
}

static char *nth_name(struct ui *ui, const char *start, int index)
{
	const struct ui_command *c = ui->setup.commands;
	size_t size = strlen(start);

	for (; c && c->name; c++)
		if (!strncmp(c->name, start, size) && index-- == 0)
			return mem_text(c->name);
	for (size_t i = 0; ui->setup.screens && ui->setup.screens[i]; i++)
		if (!strncmp(ui->setup.screens[i]->name, start, size) &&
		    index-- == 0)
			return mem_text(ui->setup.screens[i]->name);
	return NULL;
}

char *command_complete(struct ui *ui, const char *line, const char *start,
		       int index)
{
	const struct ui_command *command;
	char first[64];
	const char *found;

	line += strspn(line, " ");
	snprintf(first, sizeof(first), "%.*s", (int)strcspn(line, " "), line);
	if (!line[strcspn(line, " ")])
		return nth_name(ui, start, index);
	command = find_command(ui, first);
	if (!command || !command->complete)
		return NULL;
	found = command->complete(ui_front(ui), start, index);
	return found ? mem_text(found) : NULL;
}
