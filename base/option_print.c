/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "option_table.h"

#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <string.h>

#define HELP_COLUMN 30
#define WIDTH 79

/* Return what stands for the value in --help, or NULL when there is none. */
static const char *value_name(const struct option_def *def)
{
	if (def->flags & OPTION_NO_VALUE)
		return NULL;
	if (def->arg)
		return intl_text(def->arg);
	switch (def->type) {
	case OPTION_INT:
		return "N";
	case OPTION_DURATION:
		return _("DURÉE");
	case OPTION_BOOL:
		return "yes|no";
	case OPTION_ENUM:
	case OPTION_TEXT:
		break;
	}
	return _("TEXTE");
}

/* A default worth saying: "no" and "" go without. */
static bool has_default(const struct option_def *def)
{
	return def->def[0] && !(def->flags & OPTION_NO_VALUE);
}

/* Print the words of `text` from `column` on, in lines indented by
 * HELP_COLUMN; returns the column after it. */
static int print_words(const char *text, int column, FILE *out)
{
	while (*text) {
		size_t size = strcspn(text, " ");
		char word[256];
		int width;

		if (size >= sizeof(word))
			size = sizeof(word) - 1;
		memcpy(word, text, size);
		word[size] = '\0';
		width = text_width(word);
		if (column > HELP_COLUMN && column + 1 + width > WIDTH) {
			fprintf(out, "\n%*s", HELP_COLUMN, "");
			column = HELP_COLUMN;
		} else if (column > HELP_COLUMN) {
			fputc(' ', out);
			column++;
		}
		fputs(word, out);
		column += width;
		text += size;
		text += strspn(text, " ");
	}
	return column;
}

static void print_choices(const struct option_def *def, int column, FILE *out)
{
	char choice[128];

	for (int i = 0; def->names[i]; i++) {
		snprintf(choice, sizeof(choice), "%s%s%s", i ? "" : "(",
			 def->names[i], def->names[i + 1] ? "," : ")");
		column = print_words(choice, column, out);
	}
}

void option_print_help(const struct option_def *defs, FILE *out)
{
	for (const struct option_def *def = defs; def->name; def++) {
		const char *value = value_name(def);
		char left[128], last[128];
		int width;

		if (def->flags & OPTION_HIDDEN)
			continue;
		if (def->letter)
			snprintf(left, sizeof(left), "  -%c, --%s%s%s",
				 def->letter, def->name, value ? "=" : "",
				 value ? value : "");
		else
			snprintf(left, sizeof(left), "      --%s%s%s", def->name,
				 value ? "=" : "", value ? value : "");
		fputs(left, out);
		width = text_width(left);
		if (width + 2 > HELP_COLUMN) {
			fputc('\n', out);
			width = 0;
		}
		fprintf(out, "%*s", HELP_COLUMN - width, "");
		width = print_words(_(def->help), HELP_COLUMN, out);
		if (def->type == OPTION_ENUM)
			print_choices(def, width, out);
		if (has_default(def)) {
			snprintf(last, sizeof(last), "[%s]", def->def);
			print_words(last, width, out);
		}
		fputc('\n', out);
	}
}

/* Write `text` for roff: hyphens that are typed, backslashes, and a first point
 * or apostrophe, which would make a request of the line. */
static void print_roff(const char *text, FILE *out)
{
	if (*text == '.' || *text == '\'')
		fputs("\\&", out);
	for (; *text; text++) {
		if (*text == '-')
			fputs("\\-", out);
		else if (*text == '\\')
			fputs("\\e", out);
		else
			fputc(*text, out);
	}
}

static void print_man_choices(const struct option_def *def, FILE *out)
{
	fprintf(out, "%s ", _("Au choix :"));
	for (int i = 0; def->names[i]; i++) {
		fputs(i > 0 ? ", \\fB" : "\\fB", out);
		print_roff(def->names[i], out);
		fputs("\\fR", out);
	}
	fputs(".\n", out);
}

void option_print_man(const struct option_def *defs, FILE *out)
{
	for (const struct option_def *def = defs; def->name; def++) {
		const char *value = value_name(def);

		if (def->flags & OPTION_HIDDEN)
			continue;
		fputs(".TP\n", out);
		if (def->letter)
			fprintf(out, "\\fB\\-%c\\fR, ", def->letter);
		fputs("\\fB\\-\\-", out);
		print_roff(def->name, out);
		fputs("\\fR", out);
		if (value) {
			fputs("=\\fI", out);
			print_roff(value, out);
			fputs("\\fR", out);
		}
		fputc('\n', out);
		print_roff(_(def->help), out);
		fputs(".\n", out);
		if (def->type == OPTION_ENUM)
			print_man_choices(def, out);
		if (def->flags & OPTION_MACHINE)
			fprintf(out, "%s\n", _("Le fichier du poste l'impose "
						"à tous s'il le donne."));
		if (has_default(def)) {
			fprintf(out, "%s \\fB", _("Par défaut :"));
			print_roff(def->def, out);
			fputs("\\fR.\n", out);
		}
	}
}

static void print_source(const struct option_state *state, FILE *out)
{
	char shown[sizeof(state->where) * 3];

	switch (state->source) {
	case OPTION_FROM_DEFAULT:
		fprintf(out, "# %s\n", _("valeur par défaut"));
		return;
	case OPTION_FROM_FILE:
	case OPTION_FROM_MACHINE:
		text_clean(shown, sizeof(shown), state->where,
			   strlen(state->where), TEXT_ONE_LINE);
		fprintf(out, "# %s", shown);
		if (state->source == OPTION_FROM_MACHINE)
			fprintf(out, ", %s", _("pour tout le poste"));
		fputc('\n', out);
		return;
	case OPTION_FROM_ENVIRONMENT:
		fprintf(out, "# %s\n", _("environnement"));
		return;
	case OPTION_FROM_COMMAND_LINE:
		fprintf(out, "# %s\n", _("ligne de commande"));
		return;
	}
}

static void print_value(const struct option_def *def, const void *target,
			FILE *out)
{
	const void *member = (const char *)target + def->offset;
	char shown[4096];

	fprintf(out, "%s = ", def->name);
	switch (def->type) {
	case OPTION_TEXT:
		text_clean(shown, sizeof(shown), member, strlen(member),
			   TEXT_ONE_LINE);
		fputs(shown, out);
		break;
	case OPTION_INT:
		fprintf(out, "%d", *(const int *)member);
		break;
	case OPTION_DURATION:
		option_duration(shown, *(const int *)member);
		fputs(shown, out);
		break;
	case OPTION_BOOL:
		fputs(*(const bool *)member ? "yes" : "no", out);
		break;
	case OPTION_ENUM:
		fputs(def->names[*(const int *)member], out);
		break;
	}
	fputc('\n', out);
}

void option_print_config(const struct option_def *defs, const void *target,
			 const struct option_state *states, FILE *out)
{
	for (size_t i = 0; defs[i].name; i++) {
		if (defs[i].flags & (OPTION_COMMAND_LINE | OPTION_HIDDEN))
			continue;
		print_source(&states[i], out);
		print_value(&defs[i], target, out);
	}
}
