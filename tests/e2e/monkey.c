/* SPDX-License-Identifier: GPL-3.0-or-later */
/* monkey SEED COUNT: a hand on the keyboard that knows nothing.  It sends keys,
 * pastes and raw bytes in bursts, changes the size of the window, stops, freezes
 * and cuts the server; after each burst the program must live, rest, show its
 * cursor and write only known sequences.  The same seed plays the same hand. */
#include "run.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { HISTORY = 100, BURST = 12000 };

struct monkey {
	struct run *run;
	uint64_t state;                 /* of the generator: never 0 */
	const char *trouble;            /* what ends the server's, or NULL */
	char start[ROW_SIZE];           /* arguments of the program */
	char history[HISTORY][64];      /* last steps, for the report */
	int steps;
	char burst[BURST];
	size_t used;
};

static const char *const key_names[] = {
	"Enter", "Enter", "Enter", "Tab", "Tab", "S-Tab", "Esc", "F3", "F3", "Space", "BS",
	"Del", "Ins", "Up", "Down", "Down", "Down", "Left", "Right", "Right", "Home", "End",
	"PgUp", "PgDn", "C-Left", "C-Right", "F1", "F2", "F4", "F5", "F6", "F7", "F8", "F8",
	"F9", "F10", "F10", "F11", "F12", "C-a", "C-b", "C-d", "C-e", "C-f", "C-g", "C-k",
	"C-l", "C-n", "C-o", "C-p", "C-q", "C-r", "C-s", "C-t", "C-u", "C-w", "C-x", "C-y",
	"C-z", "M-b", "M-d", "M-1", "M-0", "a", "c", "d", "e", "n", "o", "p", "r", "t", "v",
	"1", "2", "3", "4", "5", "6", "7", "8", "9", "+", "-", "/", ":", "?", NULL,
};

static const char *const texts[] = {
	"2850345234123", "2 85 03 45 234 123 35", "2.85.03.45.234.123", "185032a004005",
	"2801138229012", "martin", "LEFÈVRE Jean", "n'guyen", "14/03/1985", "1503", "+7", "lun",
	"31/02/2026", "0612345678", "guichet-demo", "CEAM-26-000481", "é", "日本語", "e\xCC\x81",
	"\xE2\x80\xAE" "abc", "\xC2\xA0\xE2\x80\xAF", "\xFF\xFE", "\xC3", "%s%n%s", "«;'\"--",
	":", "", NULL,
};

/* Ways to where there is something to break: what a hand that knows would do. */
static const char *const ways[] = {
	"\0252850345234123\033[19~", "\0252850345234123\033[19~", "\0252801138229012\033[19~",
	"\025martin\r", "\020payments\r", "\020family\r\r", "\020rights\r", "\020cards\r",
	"\020cards\r\r", "\020appointments\r", "\020booking\r\r\t\r", "\020requests\r\r",
	"\020ehic\r\033[21~", "\020vitale\r\033[21~", "\020ehic-loss\r", "\020vitale-loss\r",
	"\020prove\r", "\020period\r", "\020agenda\r", "\020insured\r", "\020payments\r\r",
	"\020payment nothing\r", "\020about\r", "\020keys\r", "\020attach\r", "\004", NULL,
};

/* What a terminal, or a line that loses bytes, may send. */
static const char *const raw[] = {
	"\033[<0;10;10M\033[<0;10;10m", "\033[<64;5;5M", "\033[99;99~", "\033[1;2P", "\033[I",
	"\033[O", "\033]52;c;QUJD\a", "\033P1$r0m\033\\", "\033[?1;2c", "\033[24;80R", "\033OZ",
	"\033[", "\033O", "\033\033\033", "\033[201~", "\x9B" "A", "\177\177", NULL,
};

static const struct {
	const char *begin, *end;
} troubles[] = {
	{ "stop", "start" }, { "freeze", "thaw" }, { "cut", "mend" },
};

/* xorshift64* of Vigna, 2014. */
static unsigned any(struct monkey *m, unsigned below)
{
	m->state ^= m->state >> 12;
	m->state ^= m->state << 25;
	m->state ^= m->state >> 27;
	return (unsigned)((m->state * 0x2545F4914F6CDD1Du) >> 33) % below;
}

static const char *pick(struct monkey *m, const char *const *table)
{
	unsigned count = 0;

	while (table[count])
		count++;
	return table[any(m, count)];
}

static void note(struct monkey *m, const char *what, const char *text)
{
	snprintf(m->history[m->steps % HISTORY], sizeof(m->history[0]), "%s %.50s", what, text);
	m->steps++;
}

static void add(struct monkey *m, const char *bytes)
{
	size_t count = strlen(bytes);

	if (m->used + count >= sizeof(m->burst))
		return;
	memcpy(m->burst + m->used, bytes, count + 1);
	m->used += count;
}

static void add_long(struct monkey *m)
{
	unsigned count = 1 + any(m, 10000);

	note(m, "long", "");
	for (unsigned i = 0; i < count; i++)
		add(m, "x");
}

static void add_paste(struct monkey *m)
{
	const char *first = pick(m, texts), *second = pick(m, texts);

	note(m, "paste", first);
	add(m, "\033[200~");
	add(m, first);
	add(m, "\r\n");
	add(m, second);
	add(m, "\n\033[201~");
}

static void add_key(struct monkey *m)
{
	const char *name = pick(m, key_names);
	char bytes[16] = "";

	note(m, "key", name);
	key_bytes(name, bytes, sizeof(bytes));
	add(m, bytes);
}

static void add_something(struct monkey *m)
{
	unsigned dice = any(m, 200);
	const char *text;

	if (dice < 150) {
		add_key(m);
	} else if (dice < 180) {
		text = pick(m, texts);
		note(m, "type", text);
		add(m, text);
	} else if (dice < 190) {
		add_paste(m);
	} else if (dice < 199) {
		text = pick(m, raw);
		note(m, "raw", text + 1);
		add(m, text);
	} else {
		add_long(m);
	}
}

static bool on_screen(const struct term *t, const char *text)
{
	char row[ROW_SIZE];

	for (int y = 0; y < t->rows; y++) {
		term_row(t, y, row, NULL);
		if (strstr(row, text))
			return true;
	}
	return false;
}

/* Until the program has the terminal, the system shows what is typed. */
static bool start_again(struct monkey *m)
{
	int64_t end = now_ms() + run_limit_ms();
	char line[ROW_SIZE];

	note(m, "start", m->start);
	snprintf(line, sizeof(line), "%s", m->start);
	if (!word_start(m->run, line))
		return false;
	while (!m->run->term->escapes.alternate && now_ms() < end)
		term_pump(m->run->term, 20);
	return run_healthy(m->run);
}

/* A crash, a title that tells whose file is open, a value that was not there. */
static bool sound(struct monkey *m)
{
	struct run *r = m->run;

	if (!r->term->pid) {
		if (!WIFEXITED(r->term->status) || WEXITSTATUS(r->term->status))
			return run_fail(r, "the program ended with status %#x", r->term->status);
		return start_again(m);
	}
	if (strpbrk(r->term->title, "0123456789"))
		return run_fail(r, "the title tells too much: %s", r->term->title);
	if (on_screen(r->term, "(null)"))
		return run_fail(r, "a missing value is on the screen");
	return true;
}

static bool send_burst(struct monkey *m)
{
	const char *way;

	m->used = 0;
	if (on_screen(m->run->term, "Mot de passe") && any(m, 2)) {
		note(m, "password", "");
		add(m, "\025guichet-demo\r");
	}
	if (on_screen(m->run->term, "── Aide ") || on_screen(m->run->term, "── Messages "))
		add(m, "\033OR");
	if (!any(m, 4)) {
		way = pick(m, ways);
		note(m, "way", way + 1);
		add(m, way);
	}
	for (unsigned count = 1 + any(m, 6); count; count--)
		add_something(m);
	return run_send(m->run, m->burst, m->used);
}

static bool change_size(struct monkey *m)
{
	char size[32];

	for (unsigned count = 1 + any(m, 4); count; count--) {
		snprintf(size, sizeof(size), "%u %u", 1 + any(m, 180), 1 + any(m, 60));
		note(m, "resize", size);
		if (!word_resize(m->run, size))
			return false;
	}
	snprintf(size, sizeof(size), "%u %u", 60 + any(m, 80), 20 + any(m, 30));
	note(m, "resize", size);
	return word_resize(m->run, size);
}

static bool mend(struct monkey *m)
{
	char word[16];

	if (!m->trouble)
		return true;
	snprintf(word, sizeof(word), "%s", m->trouble);
	note(m, "server", word);
	m->trouble = NULL;
	return word_server(m->run, word);
}

static bool make_trouble(struct monkey *m)
{
	unsigned which = any(m, 3);
	char word[16];

	if (m->trouble)
		return mend(m);
	snprintf(word, sizeof(word), "%s", troubles[which].begin);
	note(m, "server", word);
	m->trouble = troubles[which].end;
	return word_server(m->run, word);
}

static bool step(struct monkey *m)
{
	unsigned dice = any(m, 100);
	bool served = m->run->server.db[0];
	bool ok;

	if (dice < 4)
		ok = change_size(m);
	else if (served && (dice < 5 || (m->trouble && dice < 15)))
		ok = make_trouble(m);
	else
		ok = send_burst(m);
	return ok && sound(m);
}

/* Whatever was done, the desk can be left with Ctrl-Q and a yes. */
static bool leaves(struct monkey *m)
{
	static const char leave[] = "\033[201~\033\021";
	int64_t end = now_ms() + run_limit_ms();
	char size[] = "80 24", code[] = "0";

	if (!mend(m) || !word_resize(m->run, size))
		return false;
	while (m->run->term->pid && now_ms() < end) {
		note(m, "leave", "");
		if (!run_send(m->run, leave, strlen(leave)))
			return false;
		if (m->run->term->pid && !run_send(m->run, "o", 1))
			return false;
	}
	return word_exit(m->run, code);
}

static void tell(const struct monkey *m)
{
	printf("the last steps:");
	for (int i = m->steps < HISTORY ? 0 : m->steps - HISTORY; i < m->steps; i++)
		printf(" [%s]", m->history[i % HISTORY]);
	printf("\n");
}

bool word_monkey(struct run *r, char *arg)
{
	struct monkey *m = calloc(1, sizeof(*m));
	char *end;
	long count;
	bool ok = true;

	if (!m)
		return run_fail(r, "no memory");
	m->run = r;
	m->state = strtoul(arg, &end, 10) * 0x9E3779B97F4A7C15u | 1;
	count = strtol(end, NULL, 10);
	snprintf(m->start, sizeof(m->start), "%s", r->started);
	for (long i = 0; ok && i < count; i++)
		ok = step(m);
	ok = ok && leaves(m);
	if (!ok)
		tell(m);
	free(m);
	return ok;
}
