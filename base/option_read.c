/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The three places where options are read from. */
#include "option_table.h"

#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LINE_SIZE 4096

static bool read_line(const struct option_def *defs, void *target,
		      struct option_state *states, char *line,
		      const char *where, struct err *err)
{
	char *value = strchr(line, '=');

	if (line[0] == '\0' || line[0] == '#')
		return true;
	if (!value)
		return err_set(err, ERR_INVALID,
			       _("« nom = valeur » est attendu"));
	*value++ = '\0';
	text_trim(line);
	text_trim(value);
	/* Shown, it would not be what is used. */
	if (!text_is_clean(value, TEXT_ONE_LINE))
		return err_set(err, ERR_INVALID,
			       _("la ligne a des caractères qui ne s'affichent pas"));
	return option_set(defs, target, states, line, value, OPTION_FROM_FILE,
			  where, err);
}

/* Remove the end of the line; returns false when there is none and it is not
 * the last line of the file. */
static bool end_line(char *line, FILE *file)
{
	size_t size = strcspn(line, "\n");
	bool ended = line[size] == '\n' || feof(file);

	line[size] = '\0';
	if (size > 0 && line[size - 1] == '\r')
		line[size - 1] = '\0';
	text_trim(line);
	return ended;
}

bool option_read_file(const struct option_def *defs, void *target,
		      struct option_state *states, const char *path,
		      struct err *err)
{
	FILE *file = fopen(path, "r");
	char line[LINE_SIZE], where[256], shown[OPTION_SHOWN];
	bool ok = false;

	option_show(shown, path);
	if (!file && errno == ENOENT)
		return true;
	if (!file)
		return err_set(err, ERR_SYSTEM, _("« %s » illisible"), shown);
	for (int no = 1; fgets(line, sizeof(line), file); no++) {
		snprintf(where, sizeof(where), "%s:%d", path, no);
		if (!end_line(line, file)) {
			err_set(err, ERR_INVALID, _("ligne trop longue"));
			err_wrap(err, "%s:%d", shown, no);
			goto out;
		}
		if (!read_line(defs, target, states, line, where, err)) {
			err_wrap(err, "%s:%d", shown, no);
			goto out;
		}
	}
	if (ferror(file)) {
		err_set(err, ERR_SYSTEM, _("lecture de « %s » interrompue"),
			shown);
		goto out;
	}
	ok = true;
out:
	fclose(file);
	return ok;
}

bool option_read_environment(const struct option_def *defs, void *target,
			     struct option_state *states, struct err *err)
{
	for (const struct option_def *def = defs; def->name; def++) {
		char variable[OPTION_VARIABLE];
		const char *value;

		if (def->flags & OPTION_COMMAND_LINE)
			continue;
		option_variable(def, variable);
		value = getenv(variable);
		if (!value || !value[0])
			continue;
		if (!option_set(defs, target, states, def->name, value,
				OPTION_FROM_ENVIRONMENT, NULL, err))
			return false;
	}
	return true;
}

/* The command line being read. */
struct arguments {
	const struct option_def *defs;
	void *target;
	struct option_state *states;
	char **argv;
	int argc, at;                   /* `at`: the argument being read */
};

/* Set `def`; without a `value` of its own it takes the next argument. */
static bool set_argument(struct arguments *args, const struct option_def *def,
			 const char *value, struct err *err)
{
	if (!value && def->flags & OPTION_NO_VALUE)
		value = "yes";
	if (!value && args->at + 1 < args->argc)
		value = args->argv[++args->at];
	if (!value)
		return err_set(err, ERR_INVALID,
			       _("une valeur est attendue après « --%s »"),
			       def->name);
	return option_set(args->defs, args->target, args->states, def->name,
			  value, OPTION_FROM_COMMAND_LINE, NULL, err);
}

/* --name, --name=value */
static bool read_long(struct arguments *args, struct err *err)
{
	const char *text = args->argv[args->at] + 2;
	size_t size = strcspn(text, "=");
	const char *value = text[size] == '=' ? text + size + 1 : NULL;
	const struct option_def *def = args->defs;
	char name[OPTION_SHOWN];

	while (def->name && (strlen(def->name) != size ||
			     strncmp(def->name, text, size) != 0))
		def++;
	if (def->name)
		return set_argument(args, def, value, err);
	snprintf(name, sizeof(name), "%.*s", (int)size, text);
	return option_refuse_unknown(args->defs, name, args->argv[args->at],
				     err);
}

/* -n value, -nvalue, -abn value */
static bool read_short(struct arguments *args, struct err *err)
{
	const char *at = args->argv[args->at] + 1;

	while (*at) {
		const struct option_def *def = args->defs;

		while (def->name && def->letter != *at)
			def++;
		if (!def->name)
			return option_refuse_unknown(args->defs, at,
						     args->argv[args->at], err);
		at++;
		if (!(def->flags & OPTION_NO_VALUE))
			return set_argument(args, def, *at ? at : NULL, err);
		if (!set_argument(args, def, NULL, err))
			return false;
	}
	return true;
}

bool option_read_arguments(const struct option_def *defs, void *target,
			   struct option_state *states, int *argc, char **argv,
			   struct err *err)
{
	struct arguments args = {
		.defs = defs, .target = target, .states = states,
		.argv = argv, .argc = *argc,
	};
	int kept = 1;

	for (args.at = 1; args.at < args.argc; args.at++) {
		char *text = argv[args.at];

		if (strcmp(text, "--") == 0) {
			args.at++;
			break;
		}
		if (text[0] != '-' || text[1] == '\0') {
			argv[kept++] = text;
			continue;
		}
		if (text[1] == '-' ? !read_long(&args, err) :
		    !read_short(&args, err))
			return false;
	}
	for (; args.at < args.argc; args.at++)
		argv[kept++] = argv[args.at];
	if (kept < args.argc)
		argv[kept] = NULL;
	*argc = args.argc < kept ? args.argc : kept;
	return true;
}
