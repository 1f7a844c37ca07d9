/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "option_table.h"

#include <guichet/base/buf.h>
#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NAME_BYTES 40                    /* bytes of a name worth comparing */

const struct option_def *option_find(const struct option_def *defs,
				     const char *name)
{
	for (; defs->name; defs++) {
		if (strcmp(defs->name, name) == 0)
			return defs;
	}
	return NULL;
}

void option_variable(const struct option_def *def, char out[OPTION_VARIABLE])
{
	char *c = out;

	snprintf(out, OPTION_VARIABLE, "GUICHET_%s", def->name);
	for (; *c; c++) {
		if (*c == '-')
			*c = '_';
		else if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	}
}

void option_show(char out[OPTION_SHOWN], const char *value)
{
	text_clean(out, OPTION_SHOWN, value, strlen(value), TEXT_ONE_LINE);
}

/* Levenshtein's distance, in bytes. */
static int distance(const char *a, const char *b)
{
	int row[NAME_BYTES + 1], size = (int)strlen(b);

	for (int j = 0; j <= size; j++)
		row[j] = j;
	for (int i = 0; a[i]; i++) {
		int corner = row[0];

		row[0] = i + 1;
		for (int j = 1; j <= size; j++) {
			int above = row[j];
			int least = corner + (a[i] != b[j - 1]);

			if (above + 1 < least)
				least = above + 1;
			if (row[j - 1] + 1 < least)
				least = row[j - 1] + 1;
			row[j] = least;
			corner = above;
		}
	}
	return row[size];
}

/* A third of the letters may be wrong, two at least. */
static const struct option_def *nearest(const struct option_def *defs,
					const char *name)
{
	const struct option_def *best = NULL;
	int least = (int)strlen(name) / 3;

	if (strlen(name) > NAME_BYTES)
		return NULL;
	if (least < 2)
		least = 2;
	for (; defs->name; defs++) {
		int far;

		if (defs->flags & OPTION_HIDDEN || strlen(defs->name) > NAME_BYTES)
			continue;
		far = distance(name, defs->name);
		if (far < least || (far == least && !best)) {
			best = defs;
			least = far;
		}
	}
	return best;
}

bool option_refuse_unknown(const struct option_def *defs, const char *name,
			   const char *shown, struct err *err)
{
	const struct option_def *near = nearest(defs, name);
	char clean[OPTION_SHOWN];

	option_show(clean, shown);
	if (!near)
		return err_set(err, ERR_INVALID, _("option « %s » inconnue"),
			       clean);
	return err_set(err, ERR_INVALID,
		       _("option « %s » inconnue ; peut-être « %s%s » ?"),
		       clean, clean[0] == '-' ? "--" : "", near->name);
}

static bool read_text(const struct option_def *def, char *member,
		      const char *value, struct err *err)
{
	if (strlen(value) < def->size)
		return text_copy(member, def->size, value);
	return err_set(err, ERR_INVALID, _("texte trop long, %zu octets au plus"),
		       def->size - 1);
}

/* Read a number at the start of `value`; `*end` is what follows it. */
static bool read_number(const char *value, long *number, char **end)
{
	errno = 0;
	*number = strtol(value, end, 10);
	/* strtol() takes blanks and "+" that nobody means. */
	return !errno && *end != value && !strchr(" \t\n+", *value);
}

static bool read_int(const struct option_def *def, int *member,
		     const char *value, struct err *err)
{
	char *end;
	long number;

	if (!read_number(value, &number, &end) || *end != '\0' ||
	    number < def->min || number > def->max)
		return err_set(err, ERR_INVALID,
			       _("un nombre de %d à %d est attendu"), def->min,
			       def->max);
	*member = (int)number;
	return true;
}

static const struct {
	const char *name;
	int seconds;
} units[] = {
	{ "", 60 }, { "min", 60 }, { "s", 1 }, { 0 },
};

void option_duration(char out[OPTION_SHOWN], int seconds)
{
	if (seconds % 60)
		snprintf(out, OPTION_SHOWN, "%d s", seconds);
	else
		snprintf(out, OPTION_SHOWN, "%d min", seconds / 60);
}

static bool read_duration(const struct option_def *def, int *member,
			  const char *value, struct err *err)
{
	char *end, low[OPTION_SHOWN], high[OPTION_SHOWN];
	long number;
	int unit = 0;

	if (read_number(value, &number, &end)) {
		end += *end == ' ';
		while (units[unit].name && strcmp(units[unit].name, end) != 0)
			unit++;
		/* Divided rather than multiplied: the number may be huge. */
		if (units[unit].name && number >= 0 &&
		    number <= def->max / units[unit].seconds &&
		    number * units[unit].seconds >= def->min) {
			*member = (int)number * units[unit].seconds;
			return true;
		}
	}
	option_duration(low, def->min);
	option_duration(high, def->max);
	return err_set(err, ERR_INVALID, _("une durée de %s à %s est attendue, "
					   "par exemple « 5 min » ou « 30 s »"),
		       low, high);
}

static bool read_bool(bool *member, const char *value, struct err *err)
{
	static const char *const words[][2] = {
		{ "no", "yes" }, { "non", "oui" }, { "off", "on" },
		{ "false", "true" }, { "0", "1" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		for (int yes = 0; yes <= 1; yes++) {
			if (strcmp(words[i][yes], value) != 0)
				continue;
			*member = yes;
			return true;
		}
	}
	return err_set(err, ERR_INVALID, _("yes ou no est attendu"));
}

static bool read_enum(const struct option_def *def, int *member,
		      const char *value, struct err *err)
{
	struct buf list;

	for (int i = 0; def->names[i]; i++) {
		if (strcmp(def->names[i], value) == 0) {
			*member = i;
			return true;
		}
	}
	buf_init(&list, 300);
	for (int i = 0; def->names[i]; i++)
		buf_printf(&list, "%s%s", i > 0 ? ", " : "", def->names[i]);
	err_set(err, ERR_INVALID, _("au choix : %s"), buf_cstr(&list));
	buf_fini(&list);
	return false;
}

static bool read_value(const struct option_def *def, void *target,
		       const char *value, struct err *err)
{
	void *member = (char *)target + def->offset;

	switch (def->type) {
	case OPTION_TEXT:
		return read_text(def, member, value, err);
	case OPTION_INT:
		return read_int(def, member, value, err);
	case OPTION_DURATION:
		return read_duration(def, member, value, err);
	case OPTION_BOOL:
		return read_bool(member, value, err);
	case OPTION_ENUM:
		return read_enum(def, member, value, err);
	}
	return false;
}

void option_defaults(const struct option_def *defs, void *target,
		     struct option_state *states)
{
	for (size_t i = 0; defs[i].name; i++) {
		if (!read_value(&defs[i], target, defs[i].def, NULL))
			abort();
		states[i] = (struct option_state){ .source = OPTION_FROM_DEFAULT };
	}
}

/* Say which option, as the user wrote it there. */
static bool refuse_value(const struct option_def *def, const char *value,
			 enum option_source source, struct err *err)
{
	char shown[OPTION_SHOWN], variable[OPTION_VARIABLE];

	option_show(shown, value);
	option_variable(def, variable);
	if (source == OPTION_FROM_ENVIRONMENT)
		return err_wrap(err, "%s « %s »", variable, shown);
	return err_wrap(err, "%s%s « %s »",
			source == OPTION_FROM_COMMAND_LINE ? "--" : "",
			def->name, shown);
}

static bool refuse_fixed(const struct option_def *def,
			 const struct option_state *state, const char *value,
			 enum option_source source, struct err *err)
{
	char where[OPTION_SHOWN];

	option_show(where, state->where);
	err_set(err, ERR_INVALID, _("fixé pour tout ce poste par %s"), where);
	return refuse_value(def, value, source, err);
}

bool option_set(const struct option_def *defs, void *target,
		struct option_state *states, const char *name, const char *value,
		enum option_source source, const char *where, struct err *err)
{
	const struct option_def *def = option_find(defs, name);
	struct option_state *state;

	if (!def)
		return option_refuse_unknown(defs, name, name, err);
	if (def->flags & OPTION_COMMAND_LINE && source != OPTION_FROM_COMMAND_LINE)
		return err_set(err, ERR_INVALID,
			       _("« %s » se donne sur la ligne de commande seulement"),
			       name);
	state = &states[def - defs];
	if (state->source == OPTION_FROM_MACHINE)
		return refuse_fixed(def, state, value, source, err);
	if (state->source > source)
		return true;
	if (!read_value(def, target, value, err))
		return refuse_value(def, value, source, err);
	state->source = source;
	snprintf(state->where, sizeof(state->where), "%s", where ? where : "");
	return true;
}

void option_fix(const struct option_def *defs, struct option_state *states)
{
	for (; defs->name; defs++, states++) {
		if (defs->flags & OPTION_MACHINE &&
		    states->source == OPTION_FROM_FILE)
			states->source = OPTION_FROM_MACHINE;
	}
}
