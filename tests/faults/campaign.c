/* SPDX-License-Identifier: GPL-3.0-or-later */
/* faults_* [--night] [ID[=COUNT]]...: run the campaigns of the table and print
 * one row each.  SEED=N draws other faults; HISTORIES=DIR is where the histories
 * go (default: histories/). */
#include "campaign.h"
#include "../contract/contract.h"

#include <guichet/base/clock.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

void trial_wrong(struct trial *trial, const char *fmt, ...)
{
	va_list args;

	if (trial->told->wrong[0])
		return;
	va_start(args, fmt);
	vsnprintf(trial->told->wrong, sizeof(trial->told->wrong), fmt, args);
	va_end(args);
}

bool trial_must(struct trial *trial, bool holds, const char *fmt, ...)
{
	va_list args;

	if (holds || trial->told->wrong[0])
		return holds;
	va_start(args, fmt);
	vsnprintf(trial->told->wrong, sizeof(trial->told->wrong), fmt, args);
	va_end(args);
	return false;
}

void trial_figures(struct trial *trial, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(trial->told->figures, sizeof(trial->told->figures), fmt, args);
	va_end(args);
}

void pass_ms(int ms)
{
	poll(NULL, 0, ms);
}

unsigned draw(uint64_t *seed, unsigned below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % below;
}

/* What one row of the table needs. */
struct row {
	const struct campaign *campaign;
	int count;
	uint64_t seed;
	char history[512];
	struct told *told;
};

static uint64_t wanted_seed(void)
{
	const char *text = getenv("SEED");

	return text ? strtoull(text, NULL, 10) : 20261121;
}

static void name_history(struct row *row)
{
	const char *folder = getenv("HISTORIES");

	if (!folder)
		folder = "histories";
	mkdir(folder, 0700);
	snprintf(row->history, sizeof(row->history), "%s/%s.jsonl", folder,
		 row->campaign->id);
}

/* check-history says the last word; its last line is the verdict. */
static bool judged(const struct row *row)
{
	const char *top = getenv("top_builddir");
	char program[512], line[512], last[512] = "no verdict\n";
	int out[2], status;
	FILE *verdict;
	pid_t pid;

	snprintf(program, sizeof(program), "%s/check-history", top ? top : ".");
	if (pipe(out) != 0)
		return false;
	pid = fork();
	if (pid == 0) {
		dup2(out[1], STDOUT_FILENO);
		execl(program, program, row->history, (char *)NULL);
		_exit(127);
	}
	close(out[1]);
	verdict = fdopen(out[0], "r");
	while (verdict && fgets(line, sizeof(line), verdict))
		snprintf(last, sizeof(last), "%s", line);
	if (verdict)
		fclose(verdict);
	printf("  %s", last);
	return waitpid(pid, &status, 0) == pid && status == 0;
}

/* The campaign itself, in a process that may fail as it likes. */
static void child(struct row *row)
{
	struct trial trial = { .count = row->count, .seed = row->seed,
		.told = row->told, .history.fd = -1 };

	if (row->campaign->has_history)
		history_open(&trial.history, row->history);
	row->campaign->run(&trial);
	if (row->campaign->has_history)
		history_close(&trial.history);
	exit(0);
}

static bool play(struct row *row)
{
	int64_t begin = clock_mono_ms();
	int status;
	pid_t pid;
	bool ok;

	memset(row->told, 0, sizeof(*row->told));
	name_history(row);
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		child(row);
	waitpid(pid, &status, 0);
	ok = status == 0 && !row->told->wrong[0] &&
		row->told->cases >= row->count;
	printf("%-4s %7ld  %-6s %4lld s  %s: %s%s%s\n", row->campaign->id,
	       row->told->cases, ok ? "held" : "FAILED",
	       (long long)(clock_mono_ms() - begin) / 1000, row->campaign->what,
	       row->told->figures, row->told->wrong[0] ? "; WRONG: " : "",
	       row->told->wrong);
	if (status)
		printf("  ended with status %d; SEED=%llu\n", status,
		       (unsigned long long)row->seed);
	if (row->campaign->has_history)
		ok = judged(row) && ok;
	fflush(stdout);
	return ok;
}

/* Is the campaign asked for?  Its count is that of the word, or as given. */
static bool is_wanted(const struct campaign *campaign, int argc, char **argv,
		      int *count)
{
	size_t size = strlen(campaign->id);
	bool named = false;

	for (int i = 1; i < argc; i++) {
		if (argv[i][0] == '-')
			continue;
		named = true;
		if (strncmp(argv[i], campaign->id, size) != 0)
			continue;
		if (argv[i][size] == '=')
			*count = (int)strtol(argv[i] + size + 1, NULL, 10);
		if (argv[i][size] == '=' || argv[i][size] == '\0')
			return true;
	}
	return !named;
}

int campaigns_main(const struct campaign *campaigns, int argc, char **argv)
{
	bool night = argc > 1 && strcmp(argv[1], "--night") == 0;
	int passed = 0, failed = 0;
	struct row row = { .seed = wanted_seed() };

	row.told = mmap(NULL, sizeof(*row.told), PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	printf("seed %llu\n", (unsigned long long)row.seed);
	for (const struct campaign *c = campaigns; c->id; c++) {
		row.campaign = c;
		row.count = night ? c->many : c->few;
		if (!is_wanted(c, argc, argv, &row.count) || row.count == 0)
			continue;
		if (play(&row))
			passed++;
		else
			failed++;
	}
	printf("%d passed, %d failed\n", passed, failed);
	return failed > 0;
}
