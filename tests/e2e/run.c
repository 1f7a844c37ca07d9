/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One script from its first line to its clean end. */
#include "run.h"

#include <errno.h>
#include <ftw.h>
#include <glob.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool run_slowed(void)
{
#ifdef __SANITIZE_ADDRESS__
	return true;
#else
	return false;
#endif
}

int run_limit_ms(void)
{
	const char *limit = getenv("E2E_LIMIT_MS");

	if (limit)
		return (int)strtol(limit, NULL, 10);
	return run_slowed() ? 20000 : 10000;
}

bool run_fail(struct run *r, const char *fmt, ...)
{
	va_list args;

	printf("%s:%d: ", r->path, r->line);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	printf("\n");
	if (r->term->vt)
		term_print(r->term, stdout);
	return false;
}

void run_expand(const struct run *r, const char *text, char *out, size_t size)
{
	const struct {
		const char *name, *value, *tail;
	} variables[] = {
		{ "$DIR", r->dir, "" },
		{ "$HOME", r->place, "/home" },
		{ "$CONFIG", r->place, "/config/guichet" },
		{ "$STATE", r->place, "/state/guichet" },
		{ "$DATA", r->beside, "/data" },
		{ "$SERVER", "unix:", r->server.front },
		{ 0 },
	};
	size_t used = 0;

	out[0] = '\0';
	while (*text && used + PATH_SIZE + 32 < size) {
		int i = 0;

		while (variables[i].name &&
		       strncmp(text, variables[i].name, strlen(variables[i].name)) != 0)
			i++;
		if (!variables[i].name) {
			out[used++] = *text++;
			out[used] = '\0';
			continue;
		}
		text += strlen(variables[i].name);
		used += (size_t)snprintf(out + used, size - used, "%s%s",
					 variables[i].value, variables[i].tail);
	}
}

/* Cut the line into its word and its argument; "..." keeps outer blanks. */
static char *cut(char *line, char **arg)
{
	size_t end = strlen(line);

	line += strspn(line, " \t");
	end = strlen(line);
	while (end && strchr(" \t\r\n", line[end - 1]))
		line[--end] = '\0';
	*arg = line + strcspn(line, " \t");
	if (**arg)
		*(*arg)++ = '\0';
	*arg += strspn(*arg, " \t");
	end = strlen(*arg);
	if (end > 1 && **arg == '"' && (*arg)[end - 1] == '"' && strcmp(line, "start") != 0) {
		(*arg)[end - 1] = '\0';
		(*arg)++;
	}
	return line;
}

static bool play_line(struct run *r, char *line)
{
	char *arg, *name = cut(line, &arg);
	const struct word *word = words;

	if (!*name || *name == '#')
		return true;
	while (word->name && strcmp(word->name, name) != 0)
		word++;
	if (!word->name || (word->needs_arg && !*arg)) {
		r->bad_script = true;
		return run_fail(r, "« %s » is no word, or lacks its argument", name);
	}
	if (word->needs_program && !r->term->vt) {
		r->bad_script = true;
		return run_fail(r, "« %s » comes before « start »", name);
	}
	return word->play(r, arg);
}

/* readline 8.2 forgets undo lists of lines that came from its history, ncurses 6.4
 * what it had of a terminal it does not know. */
static void overlook(const struct run *r)
{
	char path[PATH_SIZE + 32];
	FILE *file;

	snprintf(path, sizeof(path), "%s/overlook", r->dir);
	file = fopen(path, "w");
	if (!file)
		return;
	fputs("leak:libreadline.so\nleak:libtinfo.so\n", file);
	fclose(file);
	snprintf(path, sizeof(path), "print_suppressions=0:suppressions=%s/overlook", r->dir);
	setenv("LSAN_OPTIONS", path, 1);
}

void run_desk(struct run *r, int number)
{
	static const struct {
		const char *name, *folder;
	} places[] = {
		{ "HOME", "home" }, { "XDG_CONFIG_HOME", "config" }, { "XDG_STATE_HOME", "state" },
		{ "XDG_DATA_HOME", "data" }, { "XDG_CACHE_HOME", "cache" },
		{ "XDG_RUNTIME_DIR", "runtime" }, { "TMPDIR", "tmp" }, { 0 },
	};
	char path[PATH_SIZE + 16];

	r->term = &r->terms[number - 1];
	snprintf(r->place, sizeof(r->place), "%.200s/%d", r->dir, number);
	mkdir(r->place, 0700);
	for (int i = 0; places[i].name; i++) {
		snprintf(path, sizeof(path), "%s/%s", r->place, places[i].folder);
		mkdir(path, 0700);
		setenv(places[i].name, path, 1);
	}
	snprintf(path, sizeof(path), "log_path=%s/asan", r->dir);
	setenv("ASAN_OPTIONS", path, 1);
	setenv("UBSAN_OPTIONS", path, 1);
	overlook(r);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("INPUTRC", "/dev/null", 1);
	setenv("TZ", "UTC", 1);
}

/* Print what the sanitizers reported.  Returns true when they did not. */
static bool no_reports(struct run *r)
{
	char pattern[PATH_SIZE + 16], *line = NULL;
	size_t size = 0;
	glob_t found;

	snprintf(pattern, sizeof(pattern), "%s/asan.*", r->dir);
	if (glob(pattern, 0, NULL, &found) != 0)
		return true;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		FILE *file = fopen(found.gl_pathv[i], "r");

		while (file && getline(&line, &size, file) >= 0)
			printf("%s", line);
		if (file)
			fclose(file);
	}
	free(line);
	globfree(&found);
	return run_fail(r, "the sanitizers found something");
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

/* The program leaves when the terminal hangs up, and takes along what it
 * started. */
static bool end(struct run *r, bool ok)
{
	for (int i = 0; i < DESKS; i++) {
		r->term = &r->terms[i];
		if (r->term->vt && !term_hang_up(r->term, run_limit_ms()) && ok)
			ok = run_fail(r, "the program does not leave when the terminal hangs up");
	}
	server_free(&r->server);
	if (procs_reap(run_limit_ms()) && ok)
		ok = run_fail(r, "the program left something running behind it");
	if (!no_reports(r))
		ok = false;
	for (int i = 0; i < DESKS; i++)
		term_free(&r->terms[i]);
	if (getenv("KEEP"))
		printf("kept: %s\n", r->dir);
	else
		nftw(r->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return ok;
}

/* The programs may run in another folder: the path is made absolute. */
static void set_beside(struct run *r)
{
	char path[PATH_MAX];
	char *slash = realpath(r->path, path) ? strrchr(path, '/') : NULL;

	if (slash)
		*slash = '\0';
	snprintf(r->beside, sizeof(r->beside), "%.*s", PATH_SIZE - 1, slash ? path : ".");
}

int run_script(const char *path)
{
	struct run r = { .path = path, .rows = 24, .cols = 80, .term = r.terms };
	FILE *script = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;
	bool ok = true;

	if (!script) {
		fprintf(stderr, "e2e_run: %s: %s\n", path, strerror(errno));
		return 99;
	}
	set_beside(&r);
	snprintf(r.dir, sizeof(r.dir), "/tmp/e2e.XXXXXX");
	if (!mkdtemp(r.dir)) {
		fprintf(stderr, "e2e_run: %s: %s\n", r.dir, strerror(errno));
		fclose(script);
		return 99;
	}
	for (int i = 0; i < DESKS; i++)
		r.terms[i].master = -1;
	run_desk(&r, 1);
	while (ok && getline(&line, &size, script) >= 0) {
		r.line++;
		ok = play_line(&r, line);
	}
	free(line);
	fclose(script);
	ok = end(&r, ok);
	return r.bad_script ? 99 : !ok;
}
