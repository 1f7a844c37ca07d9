/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server that answers what it likes, and a slow one, before the real client:
 * the screen stays as it was, a sentence with a reference says so, at once and
 * without eating the memory. */
#include "answers.h"
#include "console.h"
#include "scene.h"
#include "../contract/contract.h"
#include "../../bench/samples.h"

#include <guichet/base/buf.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_KIB (8 * 1024)
#define SAID_MS 1000
#define SAID_AFTER_TRIES_MS 3500

#ifdef __SANITIZE_ADDRESS__
static const bool measured = false;     /* its own memory is many times ours */
#else
static const bool measured = true;
#endif

struct hostile {
	struct trial *trial;
	struct scene scene;
	struct console console;
	char before[24][ROW_SIZE];
	long memory, most_memory;       /* KiB */
	int64_t slowest_ms;
	struct samples echoes;          /* of each key, ms */
};

static void write_answer(const struct bad_answer *bad, struct buf *out)
{
	struct buf body;

	buf_init(&body, FORGED_MOST);
	buf_init(out, FORGED_MOST);
	buf_text(&body, bad->start ? bad->start : "");
	for (int i = 0; i < bad->times; i++)
		buf_text(&body, bad->repeated);
	buf_text(&body, bad->end ? bad->end : "");
	if (!bad->head)
		buf_printf(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json"
			   "\r\nContent-Length: %zu\r\n\r\n", body.size);
	else
		/* What repeats after a head is part of it. */
		buf_printf(out, "%s%s", bad->head,
			   bad->head[0] && !bad->repeated ? "\r\n" : "");
	buf_add(out, buf_cstr(&body), body.size);
	buf_fini(&body);
}

static void keep_screen(struct hostile *h)
{
	for (int y = 0; y < 24; y++)
		term_row(h->console.desk.term, y, h->before[y], NULL);
}

/* The rows of payments, between the title of the file and the message. */
static bool screen_is_intact(const struct hostile *h)
{
	for (int y = 2; y < 21; y++) {
		char row[ROW_SIZE];

		term_row(h->console.desk.term, y, row, NULL);
		if (strcmp(row, h->before[y]) != 0)
			return false;
	}
	return true;
}

static void read_again(struct hostile *h)
{
	const struct proxy_plan none = { 0 };

	proxy_follow(&h->scene.proxy, &none);
	console_keys(&h->console, "F5");
	for (int64_t end = now_ms() + 5000; now_ms() < end &&
	     console_shows(&h->console, "[!]");)
		term_pump(h->console.desk.term, 10);
	term_settle(h->console.desk.term, 2000);
}

static void answer_badly(struct hostile *h, const struct bad_answer *bad)
{
	const struct proxy_plan plan = { .per_mille[FAULT_FORGE] = 1000,
		.path = "/payments" };
	int64_t begin, took, limit = bad->cut ? SAID_AFTER_TRIES_MS : SAID_MS;
	struct trial *trial = h->trial;
	struct buf bytes;
	bool said;
	long grown;

	write_answer(bad, &bytes);
	proxy_forge(&h->scene.proxy, bytes.data, bytes.size);
	buf_fini(&bytes);
	proxy_follow(&h->scene.proxy, &plan);
	console_reset_peak(&h->console);
	begin = now_ms();
	console_keys(&h->console, "F5");
	said = console_see(&h->console, "[!]", (int)limit * 4);
	took = now_ms() - begin;
	grown = console_memory(&h->console, "VmHWM:") - h->memory;
	if (grown > h->most_memory)
		h->most_memory = grown;
	if (!bad->cut && took > h->slowest_ms)
		h->slowest_ms = took;
	if (!trial_must(trial, console_lives(&h->console), "%s: it ended", bad->name))
		return;
	trial_must(trial, said && console_shows(&h->console, "(réf. "),
		   "%s: no message with a reference", bad->name);
	trial_must(trial, took <= limit || !measured, "%s: said after %lld ms",
		   bad->name, (long long)took);
	trial_must(trial, screen_is_intact(h), "%s: another screen", bad->name);
	trial_must(trial, grown < MEMORY_KIB || !measured, "%s: %ld KiB more",
		   bad->name, grown);
	trial_must(trial, !h->console.desk.term->escapes.unknown[0],
		   "%s: a sequence nobody knows", bad->name);
	if (trial->told->wrong[0])
		term_print(h->console.desk.term, stdout);
	read_again(h);
	trial_must(trial, screen_is_intact(h) && !console_shows(&h->console, "[!]"),
		   "%s: does not read again", bad->name);
	trial->told->cases++;
}

static bool begin(struct hostile *h)
{
	scene_open(&h->scene, h->trial);
	console_open(&h->console, h->scene.proxy.front);
	if (!console_start(&h->console) ||
	    !console_open_file(&h->console, "2850345234123") ||
	    !console_see(&h->console, "19,00 €", 10000))
		return trial_must(h->trial, false, "no payments on the screen");
	term_settle(h->console.desk.term, 5000);
	read_again(h);
	keep_screen(h);
	h->memory = console_memory(&h->console, "VmRSS:");
	return true;
}

static void finish(struct hostile *h)
{
	trial_must(h->trial, console_close(&h->console), "it does not leave");
	proxy_stop(&h->scene.proxy);
	site_close(&h->scene.site);
}

void bad_answers(struct trial *trial)
{
	struct hostile h = { .trial = trial };
	const struct bad_answer *bad = bad_answer_rows;

	if (begin(&h))
		for (; bad->name && !trial->told->wrong[0]; bad++)
			answer_badly(&h, bad);
	trial_figures(trial, "each told with its reference, screen as before; at "
		      "most %lld ms, %ld KiB more", (long long)h.slowest_ms,
		      h.most_memory);
	finish(&h);
}

/* ---- a slow line ---- */

#define ECHO_MS 50                      /* 99 keys in 100 */
#define ESC_MS 100

static void time_echo(struct hostile *h, const char *typed)
{
	int64_t begin = now_ms();

	console_type(&h->console, typed + strlen(typed) - 1);
	console_see(&h->console, typed, 2000);
	sample_add(&h->echoes, (double)(now_ms() - begin));
}

/* The row of messages begins with an ellipsis while an answer is awaited. */
static bool is_waiting(const struct hostile *h)
{
	char row[ROW_SIZE];

	term_row(h->console.desk.term, 22, row, NULL);
	return strncmp(row + strspn(row, " "), "…", strlen("…")) == 0;
}

static int64_t until_waiting_is(struct hostile *h, bool waiting)
{
	int64_t begin = now_ms();

	while (is_waiting(h) != waiting && now_ms() - begin < 3000)
		term_pump(h->console.desk.term, 5);
	return now_ms() - begin;
}

/* A search is on its way for four seconds: Enter again and again sends nothing
 * more, Esc gives up at once, and what is typed shows at once. */
static void search_slowly(struct hostile *h, int64_t *esc)
{
	long before = h->scene.proxy.seen->faults[FAULT_DELAY], sent;
	struct trial *trial = h->trial;
	char typed[16] = "martin ";
	int64_t took;

	console_type(&h->console, typed);
	console_keys(&h->console, "Enter");
	trial_must(trial, until_waiting_is(h, true) < ECHO_MS || !measured,
		   "it does not say that it waits");
	console_keys(&h->console, "Enter Enter Enter Enter");
	console_keys(&h->console, "Esc");
	took = until_waiting_is(h, false);
	*esc = took > *esc ? took : *esc;
	for (int i = 0; i < 5; i++) {
		size_t size = strlen(typed);

		typed[size] = (char)('a' + i);
		typed[size + 1] = '\0';
		time_echo(h, typed);
	}
	console_keys(&h->console, "BS BS BS BS BS BS BS BS BS BS BS BS BS BS");
	term_settle(h->console.desk.term, 1000);
	sent = h->scene.proxy.seen->faults[FAULT_DELAY] - before;
	trial_must(trial, sent == 1, "%ld searches for one", sent);
	trial->told->cases++;
}

void slow_line(struct trial *trial)
{
	const struct proxy_plan slow = { .per_mille[FAULT_DELAY] = 1000,
		.delay_ms = 2000, .path = "/search" };
	struct hostile h = { .trial = trial };
	int64_t esc = 0;
	double echo;

	scene_open(&h.scene, trial);
	console_open(&h.console, h.scene.proxy.front);
	trial_must(trial, console_start(&h.console), "no home");
	proxy_follow(&h.scene.proxy, &slow);
	for (int i = 0; i < trial->count && !trial->told->wrong[0]; i++)
		search_slowly(&h, &esc);
	echo = samples_at(&h.echoes, 0.99);
	trial_must(trial, echo < ECHO_MS || !measured, "keys shown after %.0f ms", echo);
	trial_must(trial, esc < ESC_MS || !measured, "Esc after %lld ms",
		   (long long)esc);
	trial_figures(trial, "99 keys in 100 shown in %.0f ms, the last in %.0f ms; "
		      "Esc in %lld ms at most, one request each", echo,
		      samples_at(&h.echoes, 1), (long long)esc);
	samples_free(&h.echoes);
	finish(&h);
}
