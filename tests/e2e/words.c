/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of words, and those that send something to the program. */
#include "run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool two_numbers(const char *text, int *a, int *b)
{
	char *end;

	*a = (int)strtol(text, &end, 10);
	*b = (int)strtol(end, &end, 10);
	return *a > 0 && *a <= 500 && *b > 0 && *b <= 200 && !*end;
}

bool run_healthy(struct run *r)
{
	if (!term_settle(r->term, run_limit_ms()))
		return run_fail(r, "the program does not come to rest");
	if (r->term->escapes.given_back && !term_wait_end(r->term, run_limit_ms()))
		return run_fail(r, "the terminal is given back and the program does not end");
	if (r->term->escapes.unknown[0])
		return run_fail(r, "unknown sequence written: %s", r->term->escapes.unknown);
	if (r->term->pid && !r->term->cursor_visible)
		return run_fail(r, "the cursor is invisible");
	return true;
}

bool run_send(struct run *r, const char *bytes, size_t count)
{
	if (!r->term->pid)
		return run_fail(r, "the program has ended");
	term_send(r->term, bytes, count);
	/* A lone escape is a key only after ncurses has waited for its tail. */
	if (count && bytes[count - 1] == 27) {
		int64_t end = now_ms() + 60;

		while (now_ms() < end)
			term_pump(r->term, (int)(end - now_ms()));
	}
	return run_healthy(r);
}

static bool send_bytes(struct run *r, const char *bytes)
{
	return run_send(r, bytes, strlen(bytes));
}

static bool word_size(struct run *r, char *arg)
{
	return two_numbers(arg, &r->cols, &r->rows) || run_fail(r, "size COLUMNS ROWS");
}

/* Two agents at work at once: each desk has its program and its HOME. */
static bool word_desk(struct run *r, char *arg)
{
	long number = strtol(arg, NULL, 10);

	if (number < 1 || number > DESKS)
		return run_fail(r, "desk 1 to %d", DESKS);
	run_desk(r, (int)number);
	term_pump(r->term, 0);
	return true;
}

/* Split `line` into argv, with "..." around what holds spaces. */
static int split(char *line, char **argv, int max)
{
	int argc = 0;

	for (line += strspn(line, " "); *line && argc < max; line += strspn(line, " ")) {
		const char *stop = *line == '"' ? "\"" : " ";

		line += *line == '"';
		argv[argc++] = line;
		line += strcspn(line, stop);
		if (*line)
			*line++ = '\0';
	}
	return argc;
}

static bool has_option(int argc, char **argv, const char *name)
{
	for (int i = 1; i < argc; i++) {
		if (!strncmp(argv[i], name, strlen(name)))
			return true;
	}
	return false;
}

bool word_start(struct run *r, char *arg)
{
	char clock_option[] = "--clock", server_option[] = "--server", db_option[] = "--demo-db";
	char text[ROW_SIZE], server[PATH_SIZE + 8];
	char *argv[40] = { getenv("GUICHET") };
	int argc;

	if (r->term->pid)
		return run_fail(r, "the program is already running");
	term_free(r->term);
	snprintf(r->started, sizeof(r->started), "%s", arg);
	run_expand(r, arg, text, sizeof(text));
	argc = 1 + split(text, argv + 1, 30);
	if (!has_option(argc, argv, "--clock")) {
		argv[argc++] = clock_option;
		argv[argc++] = getenv("E2E_CLOCK");
	}
	snprintf(server, sizeof(server), "unix:%s", r->server.front);
	if (r->server.db[0] && !has_option(argc, argv, "--server") &&
	    !has_option(argc, argv, "--demo")) {
		argv[argc++] = server_option;
		argv[argc++] = server;
	}
	if (has_option(argc, argv, "--demo") && !has_option(argc, argv, "--demo-") &&
	    access(getenv("E2E_SEED"), R_OK) == 0) {
		argv[argc++] = db_option;
		argv[argc++] = getenv("E2E_SEED");
	}
	argv[argc] = NULL;
	return term_start(r->term, r->rows, r->cols, r->place, argv) ||
	       run_fail(r, "no pseudo-terminal: %s", strerror(errno));
}

static bool word_type(struct run *r, char *text)
{
	char bytes[2 * ROW_SIZE];

	run_expand(r, text, bytes, sizeof(bytes));
	return send_bytes(r, bytes);
}

/* \n, \t, \e and \\ stand for themselves in what is pasted. */
static bool word_paste(struct run *r, char *text)
{
	char bytes[2 * ROW_SIZE] = "\033[200~";
	size_t used = strlen(bytes);

	if (!r->term->escapes.paste)
		return run_fail(r, "the program did not ask for bracketed paste");
	for (; *text && used + 8 < sizeof(bytes); text++) {
		static const char from[] = "nte\\", to[] = "\n\t\033\\";
		const char *hit = *text == '\\' && text[1] ? strchr(from, text[1]) : NULL;

		bytes[used++] = hit ? to[hit - from] : *text;
		text += hit != NULL;
	}
	snprintf(bytes + used, sizeof(bytes) - used, "\033[201~");
	return send_bytes(r, bytes);
}

/* flood COUNT TEXT: paste TEXT that many times over. */
static bool word_flood(struct run *r, char *arg)
{
	static const char before[] = "\033[200~", after[] = "\033[201~";
	char *text, *bytes;
	long count = strtol(arg, &text, 10);
	size_t size;
	FILE *out;
	bool ok;

	text += strspn(text, " ");
	if (count < 1 || !*text)
		return run_fail(r, "flood COUNT TEXT");
	out = open_memstream(&bytes, &size);
	if (!out)
		return run_fail(r, "out of memory");
	fputs(before, out);
	while (count-- > 0)
		fputs(text, out);
	fputs(after, out);
	fclose(out);
	ok = send_bytes(r, bytes);
	free(bytes);
	return ok;
}

/* key NAME... sends all of them in one burst; NAME*3 is three times NAME. */
static bool word_key(struct run *r, char *arg)
{
	char bytes[ROW_SIZE] = "";
	char *name;

	while ((name = strsep(&arg, " "))) {
		char *star = *name ? strchr(name + 1, '*') : NULL;
		long times = star ? strtol(star + 1, NULL, 10) : 1;

		if (!*name)
			continue;
		if (star)
			*star = '\0';
		for (long i = 0; i < times; i++, r->presses++) {
			if (!key_bytes(name, bytes, sizeof(bytes)))
				return run_fail(r, "unknown key « %s »", name);
		}
	}
	return send_bytes(r, bytes);
}

static bool word_mark(struct run *r, char *arg)
{
	(void)arg;
	r->presses = 0;
	return true;
}

static bool word_keys(struct run *r, char *arg)
{
	return r->presses <= strtol(arg, NULL, 10) ||
	       run_fail(r, "%d keys were pressed since the mark", r->presses);
}

bool word_resize(struct run *r, char *arg)
{
	if (!two_numbers(arg, &r->cols, &r->rows))
		return run_fail(r, "resize COLUMNS ROWS");
	term_resize(r->term, r->rows, r->cols);
	return run_healthy(r);
}

static bool word_bytes(struct run *r, char *arg)
{
	if (!term_settle(r->term, run_limit_ms()))
		return run_fail(r, "the program does not come to rest");
	return r->term->bytes <= strtoul(arg, NULL, 10) ||
	       run_fail(r, "%zu bytes were written since the last input", r->term->bytes);
}

/* The last thing seen was drawn within so many milliseconds of the input.  The
 * sanitizers slow a program down three times or so. */
static bool word_within(struct run *r, char *arg)
{
	int64_t took = r->seen_ms - r->term->input_ms;
	long limit = strtol(arg, NULL, 10) * (run_slowed() ? 4 : 1);

	printf("within: %lld ms of %ld\n", (long long)took, limit);
	return took <= limit || run_fail(r, "it took %lld ms", (long long)took);
}

const struct word words[] = {
	{ "bytes", word_bytes, true, true },
	{ "clear", word_clear, false, true },
	{ "click", word_click, true, true },
	{ "clipboard", word_clipboard, true, true },
	{ "cursor-on", word_cursor_on, true, true },
	{ "desk", word_desk, false, true },
	{ "ends", word_ends, true, true },
	{ "env", word_env, false, true },
	{ "exit", word_exit, true, true },
	{ "file", word_file, false, true },
	{ "flood", word_flood, true, true },
	{ "golden", word_golden, true, true },
	{ "grow", word_grow, false, true },
	{ "key", word_key, true, true },
	{ "keys", word_keys, true, true },
	{ "mark", word_mark, false, false },
	{ "memory", word_memory, true, true },
	{ "monkey", word_monkey, true, true },
	{ "not", word_not, true, true },
	{ "paste", word_paste, true, true },
	{ "picture", word_picture, true, true },
	{ "resize", word_resize, true, true },
	{ "resizes", word_resizes, true, true },
	{ "see", word_see, true, true },
	{ "server", word_server, false, true },
	{ "shot", word_shot, true, true },
	{ "signal", word_signal, true, true },
	{ "size", word_size, false, true },
	{ "sizes", word_sizes, true, true },
	{ "start", word_start, false, false },
	{ "style", word_style, true, true },
	{ "title", word_title, true, true },
	{ "type", word_type, true, true },
	{ "within", word_within, true, true },
	{ "write", word_write, false, true },
	{ 0 },
};
