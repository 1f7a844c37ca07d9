/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include <guichet/base/intl.h>
#include <guichet/base/mem.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

bool command_options(const struct option_def *defs, void *target, int *argc,
		     char **argv, struct err *err)
{
	struct option_state *states = mem_new(COMMAND_OPTIONS, sizeof(*states));
	bool ok;

	option_defaults(defs, target, states);
	ok = option_read_arguments(defs, target, states, argc, argv, err);
	free(states);
	return ok;
}

struct db *command_open(const char *path, struct err *err)
{
	if (access(path, F_OK) != 0) {
		err_set(err, ERR_INVALID, _("« %s » illisible"), path);
		return NULL;
	}
	return db_open(path, DB_WRITE, err);
}

int command_fail(const struct err *err, int status)
{
	fprintf(stderr, "guichetd: %s\n", err->text);
	return status;
}

static void keep_environment(void)
{
	static const char *const kept[] = {
		"HOME", "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "TMPDIR", "TZ",
		NULL,
	};
	char *values[sizeof(kept) / sizeof(*kept)] = { 0 };

	for (int i = 0; kept[i]; i++)
		if (getenv(kept[i]))
			values[i] = mem_text(getenv(kept[i]));
	clearenv();
	for (int i = 0; kept[i]; i++) {
		bool given = false;

		while (values[i] && setenv(kept[i], values[i], 1) != 0)
			mem_again(&given);
		free(values[i]);
	}
}

void command_harden(void)
{
	const struct rlimit none = { 0, 0 };

	keep_environment();
	umask(077);
	setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__
	/* The leak checker looks at its own process from outside. */
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}
