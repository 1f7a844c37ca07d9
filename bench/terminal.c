/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_terminal SERVER REPOSITORY: what a program costs on its terminal.  Each
 * run plays every program once, one after the other, so that they share the
 * weather of the machine; a figure is the median of the runs. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <vterm.h>

#define RUNS 7
#define STARTS 3                        /* a run */
#define KEYS 40
#define QUIET_MS 4
#define IDLE_MS 2000

#define DOWN "\033OB"
#define UP "\033OA"
#define RIGHT "\033OC"
#define LEFT "\033OD"
#define F8 "\033[19~"
#define NPAGE "\033[6~"

enum figure { START, FIELD, FIELD_P99, FIELD_BYTES, LIST, LIST_P99, LIST_BYTES,
	SCREEN, SCREEN_BYTES, IDLE_BYTES, IDLE_WAKES, USS, FIGURE_N };
static const char *const figure_names[FIGURE_N] = {
	"start_ms", "field_us", "field_p99_us", "letter_bytes", "list_us",
	"list_p99_us", "move_bytes", "screen_us", "screen_bytes", "idle_bytes",
	"idle_wakes", "private_kib",
};

struct program {
	const char *name;
	const char *argv[8];
	const char *ready;              /* the last text of the first screen */
	bool field, list;               /* what it has */
	const char *there, *back;       /* from one screen to the other */
	bool is_guichet, in_repository;
};

static struct program programs[] = {
	{ .name = "guichet", .argv = { "./guichet", "--user", "a.lefevre",
		"--server", NULL }, .ready = "Mot de passe", .field = true,
	  .list = true, .there = RIGHT, .back = LEFT, .is_guichet = true },
	{ .name = "floor_form", .argv = { "./bench_floor_form" },
	  .ready = "F10 Done", .field = true, .there = NPAGE, .back = NPAGE },
	{ .name = "floor_list", .argv = { "./bench_floor_list" },
	  .ready = "F3 Back", .list = true },
	{ .name = "whiptail", .argv = { "whiptail", "--inputbox", "Name", "12",
		"60", NULL }, .ready = "Cancel", .field = true },
	{ .name = "dialog", .argv = { "dialog", "--inputbox", "Name", "12",
		"60", NULL }, .ready = "Cancel", .field = true },
	{ .name = "tig", .argv = { "tig" }, .ready = "commit 1 of",
	  .list = true, .in_repository = true },
	{ .name = NULL },
};

static struct samples figures[sizeof(programs) / sizeof(*programs)][FIGURE_N];

static bool installed(const char *name)
{
	char path[4096];
	char *at;

	if (strchr(name, '/'))
		return access(name, X_OK) == 0;
	snprintf(path, sizeof(path), "%s", getenv("PATH"));
	for (char *part = strtok_r(path, ":", &at); part;
	     part = strtok_r(NULL, ":", &at)) {
		char file[4200];

		snprintf(file, sizeof(file), "%s/%s", part, name);
		if (access(file, X_OK) == 0)
			return true;
	}
	return false;
}

/* A number of a file of /proc: the sum over the lines that begin so. */
static double proc_number(pid_t pid, const char *file, const char *line)
{
	char path[64], text[256];
	double sum = 0;
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	in = fopen(path, "r");
	while (in && fgets(text, sizeof(text), in))
		if (strncmp(text, line, strlen(line)) == 0)
			sum += strtod(strchr(text, ':') + 1, NULL);
	if (in)
		fclose(in);
	return sum;
}

/* From the key to the first byte that changes the screen, and all its bytes. */
static void press(struct tty *tty, const char *key, struct samples *us,
		  struct samples *bytes)
{
	int64_t at = tty_key(tty, key);

	if (!tty_pump(tty, 2000))
		fail("%s: a key changes nothing", tty->name);
	tty_settle(tty, QUIET_MS);
	sample_add(us, (double)(tty->read_ns - at) / 1e3);
	sample_add(bytes, (double)tty->bytes);
}

/* Press the keys in turn; a run gives one value of each figure. */
static void keys(struct tty *tty, struct samples *out, const char *first,
		 const char *second, int count, const enum figure names[3])
{
	struct samples us = { 0 }, bytes = { 0 };

	for (int i = 0; i < count; i++)
		press(tty, first && !(second && i % 2) ? first : second, &us,
		      &bytes);
	sample_add(&out[names[0]], samples_at(&us, 0.5));
	if (names[1] != names[0])
		sample_add(&out[names[1]], samples_at(&us, 0.99));
	sample_add(&out[names[2]], samples_at(&bytes, 0.5));
	free(us.at);
	free(bytes.at);
}

/* Words of a length that every field has room for, erased in between. */
static void letters(struct tty *tty, struct samples *out)
{
	struct samples us = { 0 }, bytes = { 0 };

	for (int i = 0; i < KEYS; i++) {
		const char letter[] = { (char)('a' + i % 19), '\0' };

		press(tty, letter, &us, &bytes);
		for (int k = 0; i % 10 == 9 && k < 10; k++) {
			tty_key(tty, "\177");
			tty_settle(tty, QUIET_MS);
		}
	}
	sample_add(&out[FIELD], samples_at(&us, 0.5));
	sample_add(&out[FIELD_P99], samples_at(&us, 0.99));
	sample_add(&out[FIELD_BYTES], samples_at(&bytes, 0.5));
	free(us.at);
	free(bytes.at);
}

static void idle(struct tty *tty, struct samples *out)
{
	double wakes = proc_number(tty->pid, "status", "voluntary_ctxt");
	int64_t end = now_ns() + IDLE_MS * 1000000LL;

	tty->bytes = 0;
	while (now_ns() < end)
		tty_pump(tty, IDLE_MS);
	sample_add(&out[IDLE_BYTES], (double)tty->bytes);
	sample_add(&out[IDLE_WAKES],
		   proc_number(tty->pid, "status", "voluntary_ctxt") - wakes);
	sample_add(&out[USS], proc_number(tty->pid, "smaps_rollup", "Private_"));
}

static const enum figure list_figures[] = { LIST, LIST_P99, LIST_BYTES };
static const enum figure screen_figures[] = { SCREEN, SCREEN, SCREEN_BYTES };

/* Sign in, find a person, be in their file; then as any other program. */
static void play_guichet(struct tty *tty, struct samples *out, bool last)
{
	tty_key(tty, "guichet-demo\r");
	tty_see(tty, "Rechercher");
	tty_settle(tty, 200);
	letters(tty, out);
	tty_key(tty, "\0252850345234123");
	tty_settle(tty, 50);
	tty_key(tty, F8);
	tty_see(tty, "famille enti");
	tty_settle(tty, 200);
	keys(tty, out, DOWN, UP, KEYS, list_figures);
	/* The first time each screen asks the server. */
	tty_key(tty, RIGHT);
	tty_settle(tty, 200);
	tty_key(tty, LEFT);
	tty_settle(tty, 200);
	keys(tty, out, RIGHT, LEFT, KEYS, screen_figures);
	tty_settle(tty, 400);
	if (last)
		idle(tty, out);
}

static void play(const struct program *program, struct samples *out,
		 const char *repository, bool last)
{
	const char *where = program->in_repository ? repository : NULL;
	struct tty tty;

	for (int i = 0; i < STARTS; i++) {
		int64_t at = now_ns();

		tty_start(&tty, program->argv, where);
		tty_see(&tty, program->ready);
		sample_add(&out[START], (double)(now_ns() - at) / 1e6);
		if (i < STARTS - 1)
			tty_end(&tty);
	}
	tty_settle(&tty, 100);
	if (program->is_guichet) {
		play_guichet(&tty, out, last);
	} else {
		if (program->field)
			letters(&tty, out);
		if (program->list)
			keys(&tty, out, DOWN, UP, KEYS, list_figures);
		if (program->there)
			keys(&tty, out, program->there, program->back, KEYS,
			     screen_figures);
		if (last)
			idle(&tty, out);
	}
	tty_end(&tty);
}

int main(int argc, char **argv)
{
	if (argc != 3)
		fail("usage: bench_terminal SERVER REPOSITORY");
	programs[0].argv[4] = argv[1];
	for (int run = 0; run < RUNS; run++)
		for (int i = 0; programs[i].name; i++)
			if (installed(programs[i].argv[0]))
				play(&programs[i], figures[i], argv[2],
				     run == RUNS - 1);
	for (int i = 0; programs[i].name; i++)
		for (int f = 0; f < FIGURE_N; f++)
			if (figures[i][f].count > 0)
				printf("%s.%s %.4g\n", programs[i].name,
				       figure_names[f],
				       samples_at(&figures[i][f], 0.5));
	return 0;
}
