/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preload.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static char shared_path[64];

static void forget(void)
{
	unlink(shared_path);
}

static void stop_unless(bool ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	exit(99);
}

struct fail *fail_share(void)
{
	void *shared;
	int fd;

	snprintf(shared_path, sizeof(shared_path), "/tmp/guichet-fail-XXXXXX");
	fd = mkstemp(shared_path);
	stop_unless(fd >= 0 && ftruncate(fd, sizeof(struct fail)) == 0, shared_path);
	atexit(forget);
	shared = mmap(NULL, sizeof(struct fail), PROT_READ | PROT_WRITE, MAP_SHARED,
		      fd, 0);
	close(fd);
	stop_unless(shared != MAP_FAILED, shared_path);
	return shared;
}

void fail_preload(void)
{
	const char *top = getenv("top_builddir"), *options = getenv("ASAN_OPTIONS");
	char object[1024], path[PATH_MAX], all[1024];

	snprintf(object, sizeof(object), "%s/fail_malloc.so", top ? top : ".");
	stop_unless(realpath(object, path) != NULL, object);
	setenv("LD_PRELOAD", path, 1);
	setenv("GUICHET_FAIL", shared_path, 1);
	/* The sanitizer wants to be first, and works as well behind. */
	if (options && strstr(options, "verify_asan_link_order"))
		return;
	snprintf(all, sizeof(all), "%s%sverify_asan_link_order=0",
		 options ? options : "", options ? ":" : "");
	setenv("ASAN_OPTIONS", all, 1);
}

void fail_preload_over(void)
{
	unsetenv("LD_PRELOAD");
	unsetenv("GUICHET_FAIL");
}
