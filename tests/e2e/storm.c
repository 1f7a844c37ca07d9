/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a terminal may do to a program: signals and ends at any moment, sizes in a
 * storm, every size there is.  Words for the scripts terminal-*.e2e; the same
 * seed plays the same storm. */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { END_LIMIT_MS = 2000, CPU_LIMIT_MS = 100 };

/* xorshift64* of Vigna, 2014. */
static unsigned any(uint64_t *state, unsigned below)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (unsigned)((*state * 0x2545F4914F6CDD1Du) >> 33) % below;
}

static uint64_t seed_of(const char *text, long *count)
{
	char *end;
	uint64_t seed = strtoul(text, &end, 10) * 0x9E3779B97F4A7C15u | 1;

	*count = strtol(end, NULL, 10);
	return seed;
}

/* Milliseconds of processor that `pid` has used, itself and in the system. */
static long cpu_ms(pid_t pid)
{
	char path[64], text[1024] = "";
	unsigned long user = 0, system = 0;
	const char *after;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "r");
	if (!file)
		return 0;
	if (!fgets(text, sizeof(text), file))
		text[0] = '\0';
	fclose(file);
	after = strrchr(text, ')');
	if (after)
		sscanf(after + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
		       &user, &system);
	return (long)(user + system) * 1000 / sysconf(_SC_CLK_TCK);
}

/* ---- Ends -------------------------------------------------------------------- */

enum ending { END_HUP, END_TERM, END_CLOSE, END_INT, END_PIPE, END_STOP, END_N };

static const char *const ending_names[] = {
	"SIGHUP", "SIGTERM", "terminal closed", "SIGINT", "SIGPIPE",
	"SIGTSTP and SIGCONT",
};

/* Those that the program outlives. */
static bool outlived(enum ending ending)
{
	return ending >= END_INT;
}

static void put_end(struct term *t, enum ending ending)
{
	static const int signals[] = {
		[END_HUP] = SIGHUP, [END_TERM] = SIGTERM, [END_INT] = SIGINT,
		[END_PIPE] = SIGPIPE,
	};

	if (ending == END_STOP) {
		kill(t->pid, SIGTSTP);
		kill(t->pid, SIGCONT);
	} else if (ending == END_CLOSE) {
		close(t->master);
		t->master = -1;
	} else {
		kill(t->pid, signals[ending]);
	}
}

/* Processor time of the whole life of the program that was reaped last. */
static long reaped_ms(const struct rusage *before)
{
	struct rusage now;

	getrusage(RUSAGE_CHILDREN, &now);
	return (now.ru_utime.tv_sec - before->ru_utime.tv_sec +
		now.ru_stime.tv_sec - before->ru_stime.tv_sec) * 1000 +
	       (now.ru_utime.tv_usec - before->ru_utime.tv_usec +
		now.ru_stime.tv_usec - before->ru_stime.tv_usec) / 1000;
}

struct ends {
	long longest_ms, most_cpu_ms;
	int counts[END_N];
};

static bool ended_well(struct run *r, enum ending ending, struct ends *ends)
{
	struct term *t = r->term;
	struct rusage before;
	long used = cpu_ms(t->pid), took;
	int64_t from = now_ms();
	/* The sanitizers look for leaks at the end. */
	int slow = run_slowed() ? 10 : 1;

	getrusage(RUSAGE_CHILDREN, &before);
	put_end(t, ending);
	while (!term_ended(t) && now_ms() < from + END_LIMIT_MS * slow) {
		if (t->master < 0 || !term_pump(t, 5))
			if (procs_wait(t->pid, &t->status, 5))
				t->pid = 0;
	}
	took = (long)(now_ms() - from);
	if (t->pid)
		return run_fail(r, "%s: still there after %ld ms",
				ending_names[ending], took);
	used = reaped_ms(&before) - used;
	if (used >= CPU_LIMIT_MS * slow)
		return run_fail(r, "%s: %ld ms of processor to end",
				ending_names[ending], used);
	if (took > ends->longest_ms)
		ends->longest_ms = took;
	if (used > ends->most_cpu_ms)
		ends->most_cpu_ms = used;
	return true;
}

static bool same_modes(struct run *r, const struct termios *before)
{
	struct termios now;

	if (r->term->master < 0)
		return true;
	return (tcgetattr(r->term->master, &now) == 0 &&
		now.c_iflag == before->c_iflag && now.c_oflag == before->c_oflag &&
		now.c_lflag == before->c_lflag && now.c_cflag == before->c_cflag &&
		!memcmp(now.c_cc, before->c_cc, sizeof(now.c_cc))) ||
	       run_fail(r, "the modes of the terminal are not what they were");
}

/* Play a line of the script's language. */
static bool play(struct run *r, const char *name, const char *arg)
{
	char text[ROW_SIZE];
	const struct word *word = words;

	snprintf(text, sizeof(text), "%s", arg);
	while (strcmp(word->name, name) != 0)
		word++;
	return word->play(r, text);
}

/* A form with something typed in it, and its draft on the disk or nearly. */
static bool fill_form(struct run *r)
{
	return play(r, "see", "Mot de passe") && play(r, "type", "guichet-demo") &&
	       play(r, "key", "Enter") && play(r, "see", "Bonjour") &&
	       (play(r, "key", "Esc")) && play(r, "type", "2850345234123") &&
	       play(r, "key", "F8") && play(r, "see", "famille entière") &&
	       play(r, "key", "4 c") && play(r, "see", "MARTIN Louise") &&
	       play(r, "key", "Space Tab") && play(r, "type", "15/12");
}

static bool type_on(struct run *r, uint64_t *seed)
{
	int64_t end = now_ms() + any(seed, 120);

	term_send(r->term, "/2026", any(seed, 6));
	while (now_ms() < end)
		term_pump(r->term, (int)(end - now_ms()));
	return true;
}

/* The modes of a terminal that nobody has touched. */
static bool first_modes(struct run *r, struct termios *modes)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	bool ok = master >= 0 && tcgetattr(master, modes) == 0;

	if (master >= 0)
		close(master);
	return ok || run_fail(r, "no terminal: %s", strerror(errno));
}

static bool end_once(struct run *r, enum ending ending, uint64_t *seed, struct ends *ends)
{
	char start[ROW_SIZE];
	struct termios modes;

	snprintf(start, sizeof(start), "%s", r->started);
	if (!first_modes(r, &modes) || !play(r, "start", start) || !fill_form(r) ||
	    !type_on(r, seed))
		return false;
	ends->counts[ending]++;
	if (outlived(ending)) {
		put_end(r->term, ending);
		if (!run_healthy(r) || !play(r, "see", "MARTIN Louise"))
			return false;
		ending = END_TERM;
	}
	return ended_well(r, ending, ends) && same_modes(r, &modes) &&
	       play(r, "file", "$STATE/*.draft contains guichet-draft 2") &&
	       play(r, "file", "$STATE/*.draft lacks 15/12") &&
	       play(r, "clear", "$STATE/*.draft");
}

/* ends SEED COUNT: the program of the last `start`, ended as often in a form. */
bool word_ends(struct run *r, char *arg)
{
	struct ends ends = { 0 };
	long count;
	uint64_t seed = seed_of(arg, &count);

	for (long i = 0; i < count; i++)
		if (!end_once(r, (enum ending)(i % END_N), &seed, &ends)) {
			printf("end %ld of the seed %s\n", i, arg);
			return false;
		}
	printf("ends: %ld forms, longest %ld ms, most processor %ld ms;", count,
	       ends.longest_ms, ends.most_cpu_ms);
	for (int i = 0; i < END_N; i++)
		printf(" %s %d%s", ending_names[i], ends.counts[i],
		       i + 1 < END_N ? "," : "\n");
	return true;
}

/* ---- Sizes -------------------------------------------------------------------- */

static void set_size(struct term *t, int rows, int cols)
{
	const struct winsize size = {
		.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols,
	};

	ioctl(t->master, TIOCSWINSZ, &size);
}

static char *screen_text(const struct term *t)
{
	char row[ROW_SIZE], *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	for (int y = 0; out && y < t->rows; y++) {
		term_row(t, y, row, NULL);
		fprintf(out, "%s\n", row);
	}
	if (out)
		fclose(out);
	return text;
}

/* What is on the screen is what a fresh drawing puts there. */
static bool drawn_afresh(struct run *r)
{
	char *before = screen_text(r->term), *after;
	bool same;

	if (!play(r, "key", "C-l")) {
		free(before);
		return false;
	}
	after = screen_text(r->term);
	same = before && after && !strcmp(before, after);
	if (!same)
		printf("before a fresh drawing:\n%s", before ? before : "");
	free(before);
	free(after);
	return same || run_fail(r, "a fresh drawing gives another screen");
}

/* resizes SEED COUNT: as many sizes while a text is typed, one letter for ten of
 * them, then 80 by 24. */
bool word_resizes(struct run *r, char *arg)
{
	long count, typed = 0;
	uint64_t seed = seed_of(arg, &count);
	int64_t from = now_ms(), took;
	char text[ROW_SIZE] = "", size[] = "80 24";

	for (long i = 0; i < count; i++) {
		set_size(r->term, 1 + (int)any(&seed, 200), 1 + (int)any(&seed, 500));
		if (i % 100 == 0 && typed < 40) {
			text[typed] = (char)('a' + any(&seed, 26));
			term_send(r->term, text + typed++, 1);
		}
		while (term_pump(r->term, 0))
			;
		if (term_ended(r->term))
			return run_fail(r, "the program ended at the size %ld", i);
		while (now_ms() < from + (i + 1) * 5000 / count)
			term_pump(r->term, 1);
	}
	took = (int64_t)(now_ms() - from);
	printf("resizes: %ld in %lld ms, %ld letters typed\n", count, (long long)took, typed);
	return word_resize(r, size) && play(r, "see", text) && drawn_afresh(r);
}

/* A number is there whole or not at all. */
static bool nothing_cut(struct run *r, const char *whole, size_t head)
{
	char row[ROW_SIZE];

	for (int y = 0; y < r->term->rows; y++) {
		const char *at;

		term_row(r->term, y, row, NULL);
		plain_spaces(row, NULL);
		for (at = row; (at = strchr(at, whole[0])); at++)
			if (!strncmp(at, whole, head) &&
			    strncmp(at, whole, strlen(whole)) != 0)
				return run_fail(r, "cut at %dx%d: %s", r->term->cols,
						r->term->rows, at);
	}
	return true;
}

/* sizes STEP NUMBER: every STEPth size from 1x1 to 79x23; NUMBER is never cut, and
 * 80 by 24 shows it. */
bool word_sizes(struct run *r, char *arg)
{
	char *number, size[32];
	long step = strtol(arg, &number, 10), tried = 0;

	number += strspn(number, " ");
	for (long i = 0; i < 79 * 23; i += step, tried++) {
		snprintf(size, sizeof(size), "%ld %ld", 1 + i % 79, 1 + i / 79);
		if (!word_resize(r, size) || !nothing_cut(r, number, 6))
			return false;
		if (!r->term->pid)
			return run_fail(r, "the program ended at %s", size);
	}
	printf("sizes: %ld\n", tried);
	snprintf(size, sizeof(size), "80 24");
	return word_resize(r, size) && play(r, "see", number) && drawn_afresh(r);
}
