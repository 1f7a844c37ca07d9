/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "console.h"
#include "../contract/contract.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMIT_MS 30000
#define CLOCK "2026-11-23T09:00:00+01:00"

void console_open(struct console *console, const char *front)
{
	struct run *desk = &console->desk;
	const char *top = getenv("top_builddir");
	char name[512], program[PATH_MAX];

	*desk = (struct run){ .path = "campaign", .rows = 24, .cols = 80,
		.term = desk->terms };
	snprintf(name, sizeof(name), "%s/guichet", top ? top : ".");
	if (!realpath(name, program))
		exit(99);
	setenv("GUICHET", program, 1);
	setenv("E2E_CLOCK", CLOCK, 1);
	snprintf(desk->dir, sizeof(desk->dir), "/tmp/guichet-XXXXXX");
	if (!mkdtemp(desk->dir))
		exit(99);
	/* word_start() gives the client the server of a site that has one. */
	snprintf(desk->server.db, sizeof(desk->server.db), "ours");
	snprintf(desk->server.front, sizeof(desk->server.front), "%s", front);
	for (int i = 0; i < DESKS; i++)
		desk->terms[i].master = -1;
	run_desk(desk, 1);
}

bool console_close(struct console *console)
{
	struct run *desk = &console->desk;
	char *remove[] = { "/bin/rm", "-rf", desk->dir, NULL };
	bool left = true;

	if (desk->term->vt)
		left = term_hang_up(desk->term, LIMIT_MS);
	term_free(desk->term);
	if (!getenv("KEEP"))
		daemon_run(remove);
	return left;
}

void console_type(struct console *console, const char *text)
{
	term_send(console->desk.term, text, strlen(text));
}

void console_keys(struct console *console, const char *names)
{
	char bytes[256] = "", name[32];

	for (const char *at = names; *at; at += strspn(at, " ")) {
		size_t size = strcspn(at, " ");

		snprintf(name, sizeof(name), "%.*s", (int)size, at);
		if (!key_bytes(name, bytes, sizeof(bytes)))
			exit(99);
		at += size;
	}
	console_type(console, bytes);
}

/* One row of the screen with plain spaces. */
static void read_row(const struct term *t, int y, char row[ROW_SIZE])
{
	char raw[ROW_SIZE], *to = row;

	term_row(t, y, raw, NULL);
	for (const char *from = raw; *from; from++) {
		bool wide = !strncmp(from, "\xC2\xA0", 2);
		bool thin = !strncmp(from, "\xE2\x80\xAF", 3);

		*to++ = wide || thin ? ' ' : *from;
		from += wide ? 1 : thin ? 2 : 0;
	}
	*to = '\0';
}

bool console_shows(struct console *console, const char *text)
{
	struct term *t = console->desk.term;

	if (strncmp(t->title, text, strlen(text)) == 0)
		return true;
	for (int y = 0; y < t->rows; y++) {
		char row[ROW_SIZE];

		read_row(t, y, row);
		if (strstr(row, text))
			return true;
	}
	return false;
}

bool console_see(struct console *console, const char *text, int limit_ms)
{
	int64_t end = now_ms() + limit_ms;

	while (!console_shows(console, text)) {
		if (term_ended(console->desk.term) || now_ms() > end)
			return false;
		term_pump(console->desk.term, 10);
	}
	return true;
}

static bool expect(struct console *console, const char *text)
{
	if (console_see(console, text, LIMIT_MS))
		return true;
	printf("  not on the screen: %s\n", text);
	term_print(console->desk.term, stdout);
	return false;
}

/* A machine under load may not check a password in time. */
static bool sign_in(struct console *console)
{
	int64_t end = now_ms() + LIMIT_MS;

	console_type(console, DEMO_PASSWORD "\r");
	while (now_ms() < end && !console_shows(console, "Accueil du poste") &&
	       !console_shows(console, "[!]"))
		term_pump(console->desk.term, 10);
	return console_shows(console, "Accueil du poste");
}

bool console_start(struct console *console)
{
	char options[] = "--user a.lefevre --timeout 30";

	return word_start(&console->desk, options) &&
		expect(console, "Mot de passe") &&
		(sign_in(console) || sign_in(console) ||
		 expect(console, "Accueil du poste"));
}

void console_kill(struct console *console)
{
	struct term *t = console->desk.term;

	if (t->pid) {
		kill(t->pid, SIGKILL);
		waitpid(t->pid, &t->status, 0);
		t->pid = 0;
	}
	term_free(t);
}

bool console_open_file(struct console *console, const char *nir)
{
	console_type(console, nir);
	console_keys(console, "F8");
	return expect(console, "guichet: Paiements");
}

bool console_open_form(struct console *console, const char *entry, const char *label)
{
	char window[128];

	snprintf(window, sizeof(window), "guichet: %s", label);
	console_keys(console, "F6");
	if (!expect(console, label))
		return false;
	console_keys(console, entry);
	return expect(console, window) && expect(console, "Envoi à");
}

long console_memory(const struct console *console, const char *field)
{
	char path[64], line[256];
	long value = -1;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/status", console->desk.term->pid);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file))
		if (strncmp(line, field, strlen(field)) == 0)
			value = strtol(line + strlen(field) + 1, NULL, 10);
	if (file)
		fclose(file);
	return value;
}

void console_reset_peak(const struct console *console)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/clear_refs",
		 console->desk.term->pid);
	fd = open(path, O_WRONLY);
	if (fd < 0)
		return;
	if (write(fd, "5", 1) != 1)
		perror(path);
	close(fd);
}

bool console_lives(struct console *console)
{
	return !term_ended(console->desk.term);
}
