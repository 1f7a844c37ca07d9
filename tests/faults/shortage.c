/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Nth allocation of the client fails, once or from there on, anywhere between
 * its start and the number of an order.  Either a step asked again comes about, or
 * the client says what lacks, gives the terminal back and leaves with 71; one order
 * is lodged in the end. */
#include "ends.h"
#include "../torture/preload.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>

#define STEP_MS 8000
#define END_MS 10000
#define LAST_WORDS "plus de mémoire"

/* What the agent does, and sees then.  `again` when nothing comes of it. */
struct step {
	const char *text, *keys, *sees, *again;
};

/* The password is typed again as a whole. */
static const struct step steps[] = {
	{ "guichet-demo", "Enter", "Accueil du poste", NULL },
	{ "NIR", "F8", "guichet: Paiements", "F8" },
	{ "", "F6", "Commander une CEAM", "F6" },
	{ "", "1", "guichet: Commander une CEAM", "1" },
	{ "", "", "Envoi à", "F5" },
	{ "", "o Tab", "", "" },
	{ DEPARTURE, "Tab", "lun. " DEPARTURE, "Tab" },
	{ "", "F10", "CEAM-26-", "F10" },
};

enum { TYPED = 7 };                     /* steps that are before the sending */

struct shortage {
	struct client client;
	struct fail *fail;
	long all;                       /* allocations of the whole way */
	long finished, said, ended, at_start;
};

static bool is_ended(struct shortage *s)
{
	return term_ended(s->client.console.desk.term);
}

static void act(struct shortage *s, const char *text, const char *keys,
		const char *nir)
{
	console_type(&s->client.console, strcmp(text, "NIR") == 0 ? nir : text);
	console_keys(&s->client.console, keys);
}

/* False when the program has ended, or does not come to it. */
static bool play_step(struct shortage *s, const struct step *step, const char *nir)
{
	struct console *console = &s->client.console;

	act(s, step->text, step->keys, nir);
	if (console_see(console, step->sees, STEP_MS) || is_ended(s))
		return !is_ended(s);
	if (step->again)
		act(s, "", step->again, nir);
	else
		act(s, step->text, step->keys, nir);
	return console_see(console, step->sees, STEP_MS);
}

/* Returns how many steps were done. */
static size_t play(struct shortage *s, struct ending *ending)
{
	struct console *console = &s->client.console;
	char options[] = "--user a.lefevre --timeout 30";
	size_t done = 0;
	bool said = false;

	fail_preload();
	if (!word_start(&console->desk, options))
		return 0;
	fail_preload_over();
	if (!console_see(console, "Mot de passe", STEP_MS))
		return 0;
	while (done < sizeof(steps) / sizeof(*steps) &&
	       play_step(s, &steps[done], ending->nir)) {
		said = said || console_shows(console, "Mémoire presque pleine");
		if (++done == TYPED)
			ending->typed_ms = now_ms();
	}
	s->said += said;
	return done;
}

/* An end is one in good order: a word, and the terminal as it was. */
static void judge_end(struct shortage *s, size_t done)
{
	struct trial *trial = s->client.trial;
	struct term *term = s->client.console.desk.term;
	/* Before the first screen, what cannot be read is a sentence of its own. */
	bool early = done == 0 && WIFEXITED(term->status) &&
		console_shows(&s->client.console, "guichet: ");

	s->ended++;
	s->at_start += done == 0;
	term_pump(term, 100);
	trial_must(trial, early || (WIFEXITED(term->status) &&
				    WEXITSTATUS(term->status) == EX_OSERR),
		   "ended with status %#x", (unsigned)term->status);
	trial_must(trial, early || console_shows(&s->client.console, LAST_WORDS),
		   "ended without a word");
	trial_must(trial, !term->escapes.alternate && !term->escapes.paste &&
		   !term->escapes.mouse, "the terminal is not given back");
}

/* It lives: it goes as it is told to. */
static void leave(struct shortage *s)
{
	struct term *term = s->client.console.desk.term;

	kill(term->pid, SIGTERM);
	trial_must(s->client.trial, term_wait_end(term, END_MS), "it does not leave");
	trial_must(s->client.trial, WIFEXITED(term->status) &&
		   WEXITSTATUS(term->status) == 128 + SIGTERM,
		   "left with status %#x", (unsigned)term->status);
}

static void fail_one(struct shortage *s, long n, enum fail_mode mode, int number)
{
	struct client *client = &s->client;
	struct ending ending = { .nir = client_person(client, number) };
	size_t done;

	fail_arm(s->fail, n, mode);
	done = play(s, &ending);
	ending.ended_ms = now_ms();
	if (done == sizeof(steps) / sizeof(*steps)) {
		s->finished++;
		s->all = atomic_load(&s->fail->calls);
		fail_disarm(s->fail);
		leave(s);
	} else if (is_ended(s)) {
		judge_end(s, done);
	} else {
		trial_wrong(client->trial, "allocation %ld: stuck before « %s »", n,
			    done == 0 ? "Mot de passe" : steps[done].sees);
	}
	fail_disarm(s->fail);
	if (client->trial->told->wrong[0]) {
		printf("allocation %ld failed, %s, %zu steps done\n", n,
		       mode == FAIL_ONCE ? "once" : "from there on", done);
		term_print(client->console.desk.term, stdout);
		console_kill(&client->console);
		return;
	}
	/* What was lodged is not lost with its draft. */
	if (client_orders(client, ending.nir) > 0)
		ending.typed_ms = 0;
	client_settle(client, &ending);
	console_kill(&client->console);
}

void client_short_of_memory(struct trial *trial)
{
	struct shortage s = { .fail = fail_share() };

	/* Curses and libcurl lose some bytes where they fail; the client ends. */
	setenv("ASAN_OPTIONS", "detect_leaks=0", 0);
	client_open(&s.client, trial);
	for (int i = -1; i < trial->count && !trial->told->wrong[0]; i++) {
		/* Of the first, none fails: it counts them. */
		long n = i < 0 ? LONG_MAX :
			1 + (long)draw(&s.client.seed, (unsigned)s.all);

		console_open(&s.client.console, s.client.scene.proxy.front);
		fail_one(&s, n, i % 2 ? FAIL_FROM_THERE_ON : FAIL_ONCE, i + 1);
		console_close(&s.client.console);
		if (trial->told->wrong[0])
			break;
		trial->told->cases += i >= 0;
		if (i < 0)
			s = (struct shortage){ .client = s.client, .fail = s.fail,
				.all = s.all };
	}
	trial_figures(trial, "N up to %ld: %ld lodged at once (%ld saw the message), "
		      "%ld ended with 71 (%ld before the first screen), %ld forms "
		      "back as typed, %ld sent ones settled; one order each",
		      s.all, s.finished, s.said, s.ended, s.at_start,
		      s.client.typed, s.client.sent);
	client_close(&s.client);
}
