/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of guichetd, and what they share. */
#ifndef GUICHET_BACKEND_COMMAND_H
#define GUICHET_BACKEND_COMMAND_H

#include "store/db.h"

#include <guichet/base/option.h>

struct command {
	const char *name;               /* NULL ends the table */
	/* Return the exit status (sysexits.h); argv[0] is the command's name. */
	int (*run)(int argc, char **argv);
	const char *arguments, *help;
};

/* Ended by a NULL name. */
extern const struct command commands[];

/* Return the command called `name`, NULL when there is none. */
const struct command *command_find(const char *name);

int command_serve(int argc, char **argv);
int command_init(int argc, char **argv);
int command_import(int argc, char **argv);
int command_office(int argc, char **argv);
int command_access(int argc, char **argv);
int command_user(int argc, char **argv);
int command_session(int argc, char **argv);
int command_check(int argc, char **argv);
int command_purge(int argc, char **argv);
int command_backup(int argc, char **argv);
int command_restore(int argc, char **argv);
int command_key(int argc, char **argv);
int seed_main(int argc, char **argv);

/* Most options a command has. */
#define COMMAND_OPTIONS 32

/* Fill `target` from `defs` and the command line; what is left stays in argv. */
bool command_options(const struct option_def *defs, void *target, int *argc,
		     char **argv, struct err *err);

/* Answer --help or -h anywhere in the arguments of the command argv[0]: print its
 * usage and options, and return true. */
bool command_help(const struct option_def *defs, int argc, char **argv);

/* Open an existing database for the command: to write would else make an empty
 * one.  NULL when it failed. */
struct db *command_open(const char *path, struct err *err);

/* Say what failed on the error output and return `status`. */
int command_fail(const struct err *err, int status);

/* Leave nothing to whoever shares the machine: environment from a list, no core,
 * no look from outside, files for their owner alone. */
void command_harden(void);

#endif
