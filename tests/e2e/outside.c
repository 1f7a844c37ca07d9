/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words about the world outside the terminal. */
#include "run.h"

#include <errno.h>
#include <glob.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

bool word_env(struct run *r, char *arg)
{
	char value[ROW_SIZE];
	char *equals = strchr(arg, '=');

	if (!equals)
		return unsetenv(arg) == 0;
	*equals = '\0';
	run_expand(r, equals + 1, value, sizeof(value));
	return setenv(arg, value, 1) == 0;
}

/* Take the first word off `text`; returns it, "" when there is none. */
static const char *first_word(char **text)
{
	const char *word = strsep(text, " ");

	return word ? word : "";
}

/* Anywhere in the file, whatever bytes surround it. */
static bool file_has(const char *path, const char *text)
{
	FILE *file = fopen(path, "r");
	char *all = NULL;
	size_t size = 0;
	bool found = false;

	if (file && getdelim(&all, &size, EOF, file) >= 0)
		found = memmem(all, (size_t)ftell(file), text, strlen(text)) != NULL;
	free(all);
	if (file)
		fclose(file);
	return found;
}

static bool file_check(struct run *r, const char *path, const char *check, const char *text)
{
	struct stat st;

	if (!strcmp(check, "contains"))
		return file_has(path, text) || run_fail(r, "%s has no « %s »", path, text);
	if (!strcmp(check, "lacks"))
		return !file_has(path, text) || run_fail(r, "%s has « %s »", path, text);
	if (!strcmp(check, "mode"))
		return (!stat(path, &st) && (st.st_mode & 07777) == strtoul(text, NULL, 8)) ||
		       run_fail(r, "%s has mode %04o", path, st.st_mode & 07777);
	return run_fail(r, "file PATH contains|lacks|mode|missing|comes TEXT");
}

/* Wait for a file that the program writes in its own time. */
static bool file_comes(struct run *r, const char *pattern)
{
	int64_t end = now_ms() + run_limit_ms();
	glob_t found;

	while (glob(pattern, 0, NULL, &found) != 0) {
		if (now_ms() >= end)
			return run_fail(r, "%s does not come", pattern);
		term_pump(r->term, 50);
	}
	globfree(&found);
	return true;
}

/* file PATH contains TEXT, lacks TEXT, mode OCTAL, missing, comes.  PATH may be a
 * pattern: then every file it finds is checked, and there must be one. */
bool word_file(struct run *r, char *arg)
{
	const char *path = first_word(&arg);
	const char *check = first_word(&arg);
	char pattern[ROW_SIZE], text[ROW_SIZE];
	glob_t found;
	bool ok = true;

	run_expand(r, path, pattern, sizeof(pattern));
	run_expand(r, arg ? arg : "", text, sizeof(text));
	term_settle(r->term, run_limit_ms());
	if (!strcmp(check, "comes"))
		return file_comes(r, pattern);
	if (glob(pattern, 0, NULL, &found) != 0)
		return !strcmp(check, "missing") || run_fail(r, "%s: no such file", pattern);
	if (!strcmp(check, "missing"))
		ok = run_fail(r, "%s is there", found.gl_pathv[0]);
	for (size_t i = 0; ok && i < found.gl_pathc; i++)
		ok = file_check(r, found.gl_pathv[i], check, text);
	globfree(&found);
	return ok;
}

/* write PATH LINE: add a line to a file, making its folders. */
/* write PATH LINE: add a line to a file, made when it is not there.  A pattern
 * names the first file it finds. */
bool word_write(struct run *r, char *arg)
{
	char path[ROW_SIZE];
	glob_t found;
	FILE *file;

	run_expand(r, first_word(&arg), path, sizeof(path));
	if (glob(path, 0, NULL, &found) == 0) {
		snprintf(path, sizeof(path), "%s", found.gl_pathv[0]);
		globfree(&found);
	}
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	file = fopen(path, "a");
	if (!file)
		return run_fail(r, "%s: %s", path, strerror(errno));
	fprintf(file, "%s\n", arg ? arg : "");
	return !fclose(file);
}

/* clear PATTERN: remove the files it finds. */
bool word_clear(struct run *r, char *arg)
{
	char pattern[ROW_SIZE];
	glob_t found;

	run_expand(r, arg, pattern, sizeof(pattern));
	if (glob(pattern, 0, NULL, &found) != 0)
		return true;
	for (size_t i = 0; i < found.gl_pathc; i++)
		unlink(found.gl_pathv[i]);
	globfree(&found);
	return true;
}

/* grow PATH BYTES: make a file that long, with a hole in it. */
bool word_grow(struct run *r, char *arg)
{
	char path[ROW_SIZE];

	run_expand(r, first_word(&arg), path, sizeof(path));
	return (arg && !truncate(path, strtol(arg, NULL, 10))) ||
	       run_fail(r, "grow PATH BYTES: %s: %s", path, strerror(errno));
}

static const struct {
	const char *name;
	char mode;
} modes[] = {
	{ "cut", RELAY_CUT }, { "mend", RELAY_MEND }, { "halve", RELAY_HALVE },
	{ "foreign", RELAY_FOREIGN }, { 0 },
};

bool word_server(struct run *r, char *arg)
{
	char why[256] = "server start|stop|cut|halve|foreign|mend|freeze|thaw|"
		"full|room";
	bool ok = false;

	if (!strcmp(arg, "start"))
		ok = server_start(&r->server, r->dir, why, sizeof(why));
	else if (!strcmp(arg, "stop"))
		ok = server_stop(&r->server, why, sizeof(why));
	else if (!strcmp(arg, "freeze") || !strcmp(arg, "thaw"))
		ok = server_freeze(&r->server, !strcmp(arg, "freeze"), why, sizeof(why));
	else if (!strcmp(arg, "full") || !strcmp(arg, "room"))
		ok = server_fill(&r->server, !strcmp(arg, "full"), why, sizeof(why));
	for (int i = 0; !ok && modes[i].name; i++) {
		if (!strcmp(arg, modes[i].name))
			ok = server_relay(&r->server, modes[i].mode, why, sizeof(why));
	}
	return ok || run_fail(r, "%s", why);
}

static const struct {
	const char *name;
	int number;
} signals[] = {
	{ "HUP", SIGHUP }, { "INT", SIGINT }, { "TERM", SIGTERM }, { "QUIT", SIGQUIT },
	{ "KILL", SIGKILL }, { "STOP", SIGSTOP }, { "CONT", SIGCONT }, { "WINCH", SIGWINCH },
	{ "SEGV", SIGSEGV }, { "ABRT", SIGABRT }, { "USR1", SIGUSR1 }, { "USR2", SIGUSR2 },
	{ 0 },
};

bool word_signal(struct run *r, char *name)
{
	for (int i = 0; signals[i].name; i++) {
		if (!strcmp(signals[i].name, name)) {
			r->term->bytes = 0;
			r->term->input_ms = now_ms();
			return !kill(r->term->pid, signals[i].number);
		}
	}
	return run_fail(r, "unknown signal « %s »", name);
}

/* A program that ends must leave the terminal as it found it. */
static bool terminal_restored(struct run *r)
{
	const struct escapes *e = &r->term->escapes;

	if (!r->term->cursor_visible)
		return run_fail(r, "the cursor is left invisible");
	if (e->alternate)
		return run_fail(r, "the alternate screen is left on");
	if (e->paste)
		return run_fail(r, "bracketed paste is left on");
	return !e->mouse || run_fail(r, "the mouse is left captured");
}

bool word_exit(struct run *r, char *code)
{
	int status;

	if (!term_wait_end(r->term, run_limit_ms()))
		return run_fail(r, "the program does not end");
	status = r->term->status;
	status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	if (status != (int)strtol(code, NULL, 10))
		return run_fail(r, "the program ended with %d", status);
	/* Nobody can restore after SIGKILL. */
	return status == 128 + SIGKILL || terminal_restored(r);
}
