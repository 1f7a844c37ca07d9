/* SPDX-License-Identifier: GPL-3.0-or-later */
/* e2e_run SCRIPT.e2e...: play scripts against the programs named by GUICHET and
 * GUICHETD, or those of the build folder.  The words are in words.c.
 * UPDATE=1 rewrites golden files, PICTURES=DIR keeps pictures, KEEP=1 keeps the
 * private folder of each script. */
#include "run.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static const char *const kept[] = {
	"PATH", "UPDATE", "PICTURES", "KEEP", "GUICHET", "GUICHETD", "E2E_SEED", "E2E_CLOCK",
	"E2E_LIMIT_MS", "E2E_OIDC", "LD_LIBRARY_PATH", "MEMORY_TRACE", NULL,
};

/* Where this program is, which is where the others are built. */
static void built(const char *variable, const char *name)
{
	char path[PATH_MAX] = "";
	const char *given = getenv(variable);
	char *slash;

	/* Programs start in folders of their own. */
	if (given && realpath(given, path))
		setenv(variable, path, 1);
	if (given || readlink("/proc/self/exe", path, sizeof(path) - 64) < 0)
		return;
	slash = strrchr(path, '/');
	snprintf(slash + 1, 64, "%s", name);
	setenv(variable, path, 1);
}

/* A script sees nothing of the environment but what the runner needs. */
static void clean_environment(void)
{
	char *values[sizeof(kept) / sizeof(*kept)] = { 0 };

	for (int i = 0; kept[i]; i++) {
		const char *value = getenv(kept[i]);

		values[i] = value ? strdup(value) : NULL;
	}
	clearenv();
	for (int i = 0; kept[i]; i++) {
		if (values[i])
			setenv(kept[i], values[i], 1);
		free(values[i]);
	}
	built("GUICHET", "guichet");
	built("GUICHETD", "guichetd");
	built("E2E_SEED", "e2e-seed.db");
	setenv("E2E_CLOCK", "2026-11-21T10:42:00+01:00", 0);
}

int main(int argc, char **argv)
{
	int worst = 0;

	if (argc < 2) {
		fprintf(stderr, "usage: e2e_run SCRIPT.e2e...\n");
		return 64;
	}
	/* What a program leaves behind becomes our child, and is seen. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	for (int i = 1; i < argc; i++) {
		int status;

		clean_environment();
		status = run_script(argv[i]);
		worst = status > worst ? status : worst;
	}
	return worst;
}
