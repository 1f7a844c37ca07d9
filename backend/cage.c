/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cage.h"

#include <guichet/base/log.h>

#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define DESCRIPTORS_MOST 65536

/* Keys and sessions are in this memory. */
static void hide_memory(void)
{
	const struct rlimit none = { 0 };

	setrlimit(RLIMIT_CORE, &none);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

/* One for each connection that may be open. */
static void take_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	limit.rlim_cur = limit.rlim_max < DESCRIPTORS_MOST ? limit.rlim_max :
		DESCRIPTORS_MOST;
	setrlimit(RLIMIT_NOFILE, &limit);
}

/* The path in a value of an option; "" when it names none. */
static const char *path_of(const char *value)
{
	if (strncmp(value, "unix:", 5) == 0)
		return value + 5;
	return strchr(value, '/') || !strchr(value, ':') ? value : "";
}

/* Built with --enable-coverage, the program writes its counts beside its objects
 * when it ends: it stays open. */
extern void __gcov_init(void *) __attribute__((weak));

static bool is_closed(const struct cage *cage)
{
	return cage->on && !__gcov_init;
}

bool cage_begin(const struct cage *cage, struct err *err)
{
	const char *writable[CAGE_PATHS];
	size_t count = 0;
	int version;

	hide_memory();
	take_descriptors();
	for (size_t i = 0; cage->paths[i]; i++)
		if (strcmp(cage->paths[i], "syslog") != 0)
			writable[count++] = path_of(cage->paths[i]);
	writable[count] = NULL;
	version = is_closed(cage) ? cage_files(writable, err) : 0;
	if (version == 0)
		log_event(LOG_WARN, "serve.sandbox", "files", "open", NULL);
	return version >= 0;
}

bool cage_end(const struct cage *cage, struct err *err)
{
	int closed = is_closed(cage) ? cage_calls(err) : 0;

	if (closed == 0)
		log_event(LOG_WARN, "serve.sandbox", "calls", "open", NULL);
	return closed >= 0;
}
