/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options declared once: one row serves the command line, the configuration
 * file, the environment (GUICHET_NAME), --help, --print-config and the manual. */
#ifndef GUICHET_BASE_OPTION_H
#define GUICHET_BASE_OPTION_H

#include <guichet/base/err.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum option_type {
	OPTION_TEXT, OPTION_INT, OPTION_BOOL, OPTION_ENUM,
	OPTION_DURATION                 /* "5 min", "30 s"; bare: minutes */
};

enum option_flags {
	OPTION_COMMAND_LINE = 1,        /* not in files nor in the environment */
	OPTION_HIDDEN = 2,              /* not in --help: for tests */
	OPTION_NO_VALUE = 4,            /* --name alone means yes */
	OPTION_MACHINE = 8,             /* the machine's file has the last word */
};

enum option_source {
	OPTION_FROM_DEFAULT, OPTION_FROM_FILE, OPTION_FROM_ENVIRONMENT,
	OPTION_FROM_COMMAND_LINE, OPTION_FROM_MACHINE
};

struct option_def {
	const char *name;               /* long name, words joined by '-' */
	char letter;                    /* short option, or 0 */
	enum option_type type;
	size_t offset, size;            /* the member in the caller's struct */
	int min, max;                   /* OPTION_INT; OPTION_DURATION: seconds */
	const char *const *names;       /* OPTION_ENUM, ended by NULL */
	const char *def;                /* as the user would write it */
	const char *arg;                /* name of the value in --help */
	const char *help;               /* French, one line */
	unsigned flags;
};

/* The member must be a char array, an int or a bool: any other type does not
 * compile.  OPT_STRUCT names the struct, defined by the table's file. */
#define OPT_SIZE(member) sizeof(((OPT_STRUCT *)0)->member)
#define OPT_MEMBER(member, expected) \
	.offset = _Generic(&((OPT_STRUCT *)0)->member, \
			   expected: offsetof(OPT_STRUCT, member)), \
	.size = OPT_SIZE(member)
#define OPT_TEXT(member) .type = OPTION_TEXT, \
	OPT_MEMBER(member, char (*)[OPT_SIZE(member)])
#define OPT_INT(member, low, high) .type = OPTION_INT, .min = (low), .max = (high), \
	OPT_MEMBER(member, int *)
#define OPT_DURATION(member, low, high) .type = OPTION_DURATION, .min = (low), \
	.max = (high), OPT_MEMBER(member, int *)
#define OPT_BOOL(member) .type = OPTION_BOOL, OPT_MEMBER(member, bool *)
#define OPT_ENUM(member, table) .type = OPTION_ENUM, .names = (table), \
	OPT_MEMBER(member, int *)

/* Where each value came from, for --print-config: one per row of the table. */
struct option_state {
	enum option_source source;
	char where[256];                /* file:line when from a file */
};

/* Fill `target` with the defaults of `defs`.  `states` has one element per row.
 * A default that its own row refuses ends the program. */
void option_defaults(const struct option_def *defs, void *target,
		     struct option_state *states);

/* Set one option by name.  A value that came from a stronger source (command
 * line, then environment, then file) stays, so that the sources may be read in
 * any order; one that option_fix() fixed is not set again.  Booleans: yes, no,
 * oui, non, on, off, true, false, 1, 0.  Errors: ERR_INVALID naming the option
 * and why. */
bool option_set(const struct option_def *defs, void *target,
		struct option_state *states, const char *name, const char *value,
		enum option_source source, const char *where, struct err *err);

/* Read a file of "name = value" lines; a line that starts with `#` is a comment.
 * A file that does not exist is fine.  Errors: ERR_INVALID "file:line: reason";
 * ERR_SYSTEM. */
bool option_read_file(const struct option_def *defs, void *target,
		      struct option_state *states, const char *path,
		      struct err *err);

/* What was read so far holds for good in the rows with OPTION_MACHINE: neither the
 * agent's file, nor the environment, nor the command line changes it. */
void option_fix(const struct option_def *defs, struct option_state *states);

/* Read GUICHET_NAME for each row without OPTION_COMMAND_LINE; an empty variable
 * counts as none. */
bool option_read_environment(const struct option_def *defs, void *target,
			     struct option_state *states, struct err *err);

/* Read the command line: --name value, --name=value, -n value, -nvalue, "--";
 * letters of options without value may stand together.  What is no option is
 * left in argv[1..*argc-1].  Errors: ERR_INVALID with the nearest known option
 * for an unknown one. */
bool option_read_arguments(const struct option_def *defs, void *target,
			   struct option_state *states, int *argc, char **argv,
			   struct err *err);

/* Print the options as --help shows them, in 79 columns. */
void option_print_help(const struct option_def *defs, FILE *out);

/* Print the options as roff for the manual, one `.TP` each. */
void option_print_man(const struct option_def *defs, FILE *out);

/* Print a configuration file that says where each value came from; the options
 * of the command line alone are left out. */
void option_print_config(const struct option_def *defs, const void *target,
			 const struct option_state *states, FILE *out);

#endif
