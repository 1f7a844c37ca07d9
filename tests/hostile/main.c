/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole client before a hostile server: keys at random, answers made to harm,
 * and every byte for the terminal read by another reader than ours.  It may find
 * known sequences and printable text only.
 *
 *	SEED=7 HOSTILE_SCREENS=100000 ./test_hostile
 */
#include "unit/screen_desk.h"
#include "unit/unit.h"
#include "e2e/run.h"
#include "hostile.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SCREENS 400                     /* in `make check` */
#define STEPS_A_DESK 60
#define PIPE_SIZE (1 << 20)             /* bytes: more than a step writes */

struct hostile {
	struct rng rng;
	struct t *t;                    /* NULL between two desks */
	int pipe[2];
	FILE *out;
	struct escapes escapes;
	uint32_t wide;                  /* the character being read */
	int wide_left;
	char refused[64];               /* first character no terminal may get */
	long screens, steps, bytes, answers, unread;
	char last[160];                 /* what was played last, for a failure */
};

static const char *const keys[] = {
	"Enter", "Enter", "Enter", "Tab", "S-Tab", "Esc", "Space", "Backspace", "Delete",
	"Up", "Down", "Down", "Left", "Right", "Right", "Home", "End", "PgUp", "PgDn", "F1",
	"F2", "F3", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F10", "F11", "F12",
	"^G", "^L", "^Y", "^N", "^D", "1", "2", "3", "4", "5", "a", "o", "n", "+", "/", "?",
	"\"martin\"", "\"2850345234123\"", "\"14/03/1985\"", "\"é\"",
};

static const struct { uint32_t first, last; } refused[] = {
	{ 0x80, 0x9F }, { 0xAD, 0xAD }, { 0x61C, 0x61C }, { 0x180E, 0x180E },
	{ 0x200B, 0x200F }, { 0x2028, 0x202E }, { 0x2060, 0x206F },
	{ 0xD800, 0xF8FF }, { 0xFDD0, 0xFDEF }, { 0xFE00, 0xFE0F }, { 0xFEFF, 0xFEFF },
	{ 0xFFF0, 0xFFFB }, { 0xFFFE, 0xFFFF }, { 0xE0000, 0x10FFFF },
};

static void read_wide(struct hostile *h, unsigned char c)
{
	if (c >= 0xC0) {
		h->wide_left = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
		h->wide = c & (0x3Fu >> h->wide_left);
		return;
	}
	if (c < 0x80 || h->wide_left == 0)
		return;
	h->wide = h->wide << 6 | (c & 0x3F);
	if (--h->wide_left > 0)
		return;
	for (size_t i = 0; i < N_ROWS(refused); i++)
		if (h->wide >= refused[i].first && h->wide <= refused[i].last)
			snprintf(h->refused, sizeof(h->refused), "U+%04X", h->wide);
}

static void read_terminal(struct hostile *h)
{
	static char bytes[65536];
	ssize_t n;

	while ((n = read(h->pipe[0], bytes, sizeof(bytes))) > 0) {
		h->bytes += n;
		escapes_feed(&h->escapes, bytes, (size_t)n);
		for (ssize_t i = 0; i < n; i++)
			read_wide(h, (unsigned char)bytes[i]);
	}
	if (h->escapes.unknown[0] || h->refused[0])
		fail_msg("step %ld (%s): the terminal gets %s %s", h->steps, h->last,
			 h->escapes.unknown, h->refused);
}

static void open_desk(struct hostile *h)
{
	static const struct { int rows, columns; } sizes[] = {
		{ 24, 80 }, { 24, 80 }, { 50, 160 }, { 20, 60 }, { 30, 100 },
	};
	uint32_t size = rng_below(&h->rng, N_ROWS(sizes));
	void *state;

	t_setup_on(&state, h->out, sizes[size].rows, sizes[size].columns);
	h->t = state;
	read_terminal(h);
}

static void close_desk(struct hostile *h)
{
	void *state = h->t;

	h->t = NULL;
	t_teardown(&state);
	read_terminal(h);
	h->escapes = (struct escapes){ 0 };
}

static const struct ui_screen *any_screen(struct hostile *h)
{
	uint32_t count = 0;

	while (screens[count])
		count++;
	return screens[rng_below(&h->rng, count)];
}

static void play(struct hostile *h)
{
	struct ui_ctx *front = ui_front(h->t->ui);
	const struct ui_screen *screen = any_screen(h);
	char text[200];

	switch (rng_below(&h->rng, 12)) {
	case 0:
		hostile_text(&h->rng, text, 150);
		snprintf(h->last, sizeof(h->last), "paste");
		ui_feed_paste(h->t->ui, text);
		break;
	case 1:
	case 2:
		snprintf(h->last, sizeof(h->last), "open %s", screen->name);
		ui_push(front, screen, rng_chance(&h->rng, 700) ? T_INSURED : "");
		break;
	case 3:
	case 4:
		snprintf(h->last, sizeof(h->last), "open a file");
		app_open_file(front, T_INSURED, screen->tabs ? screen :
			      &screen_payments, FILE_ASK_NOTHING, NULL);
		break;
	default:
		snprintf(h->last, sizeof(h->last), "%s",
			 keys[rng_below(&h->rng, N_ROWS(keys))]);
		ui_feed(h->t->ui, h->last);
		break;
	}
	ui_turn(h->t->ui);
}

static void answer(struct hostile *h, const struct api_op *op)
{
	struct err err = { 0 };
	char text[200];
	struct buf json;

	buf_init(&json, 8 << 20);
	if (rng_chance(&h->rng, 850)) {
		hostile_answer(&h->rng, op, &json);
		if (fake_answer(h->t->api, op->name, buf_cstr(&json), "\"1\"", &err)) {
			buf_fini(&json);
			return;
		}
		h->unread++;
	}
	buf_fini(&json);
	buf_init(&json, 8 << 20);
	hostile_problem(&h->rng, &json);
	hostile_text(&h->rng, text, 150);
	/* The client cleans a problem like any other answer. */
	err_set(&err, ERR_INVALID, "%s", text);
	fake_refuse(h->t->api, op->name, rng_chance(&h->rng, 500) ? 409 : 422,
		    ERR_CONFLICT, "slot.taken", err.text, buf_cstr(&json));
	buf_fini(&json);
}

static void answer_all(struct hostile *h)
{
	for (int most = 0; most < 20 && !ui_has_quit(h->t->ui); most++) {
		const struct api_op *op = fake_asked(h->t->api);

		if (!op || rng_chance(&h->rng, 50))
			return;
		h->answers++;
		answer(h, op);
		ui_turn(h->t->ui);
	}
}

static void step(struct hostile *h)
{
	unsigned paints;

	if (!h->t)
		open_desk(h);
	paints = ui_paints(h->t->ui);
	h->steps++;
	play(h);
	if (!ui_has_quit(h->t->ui))
		answer_all(h);
	read_terminal(h);
	h->screens += ui_paints(h->t->ui) - paints;
	if (ui_has_quit(h->t->ui) || h->steps % STEPS_A_DESK == 0)
		close_desk(h);
}

static long number_of(const char *name, long otherwise)
{
	const char *value = getenv(name);

	return value && *value ? strtol(value, NULL, 10) : otherwise;
}

static void a_hostile_server_reaches_no_terminal(void **state)
{
	static struct hostile h;
	long seed = number_of("SEED", 1), most = number_of("HOSTILE_SCREENS", SCREENS);

	(void)state;
	h.rng.state = (uint64_t)seed;
	print_message("SEED=%ld HOSTILE_SCREENS=%ld\n", seed, most);
	assert_int_equal(pipe2(h.pipe, O_CLOEXEC), 0);
	assert_true(fcntl(h.pipe[1], F_SETPIPE_SZ, PIPE_SIZE) >= PIPE_SIZE);
	fcntl(h.pipe[0], F_SETFL, O_NONBLOCK);
	h.out = fdopen(h.pipe[1], "w");
	assert_non_null(h.out);
	while (h.screens < most)
		step(&h);
	if (h.t)
		close_desk(&h);
	print_message("%ld screens, %ld steps, %ld answers (%ld not read), %ld bytes:"
		      " known sequences only\n", h.screens, h.steps, h.answers,
		      h.unread, h.bytes);
	assert_true(h.answers > most / 20 && h.unread * 10 < h.answers);
	fclose(h.out);
	close(h.pipe[0]);
}

/* The reader must see what it looks for. */
static void the_reader_sees_what_it_looks_for(void **state)
{
	static const char *const bad[] = {
		"\033]0;x\033[2J", "\033[6n", "\033c", "\u202Ea", "\xC2\x9B\141", "\016", "\u200B",
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(bad); i++) {
		static struct hostile h;

		h = (struct hostile){ 0 };
		escapes_feed(&h.escapes, bad[i], strlen(bad[i]));
		for (const char *c = bad[i]; *c; c++)
			read_wide(&h, (unsigned char)*c);
		if (!h.escapes.unknown[0] && !h.refused[0])
			fail_msg("row %zu is not seen", i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_reader_sees_what_it_looks_for),
		cmocka_unit_test(a_hostile_server_reaches_no_terminal),
	};

	/* Papers are written to the home of the agent and shown by a program. */
	setenv("HOME", "/nonexistent", 1);
	setenv("XDG_RUNTIME_DIR", "/nonexistent", 1);
	setenv("PATH", "/nonexistent", 1);
	return cmocka_run_group_tests_name("hostile", tests, NULL, NULL);
}
