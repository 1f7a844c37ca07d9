/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue of faults as campaigns: each does its damage so many times, says
 * what it measured, and leaves a history that check-history judges. */
#ifndef GUICHET_TESTS_CAMPAIGN_H
#define GUICHET_TESTS_CAMPAIGN_H

#include "history.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One campaign being run, in a process of its own. */
struct run {
	int count;                      /* cases wanted */
	uint64_t seed;
	struct history history;
	struct told *told;
};

/* What it tells the table. */
struct told {
	long cases;                     /* done */
	char figures[240];
	char wrong[240];                /* the first thing that was not as it must */
};

struct campaign {
	const char *id, *what;
	int few, many;                  /* cases in check-faults, in faults-night */
	bool has_history;
	void (*run)(struct run *run);
};

/* Say what is wrong and go on; the campaign has failed. */
void run_wrong(struct run *run, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* run_wrong() unless `holds`; returns `holds`. */
bool run_must(struct run *run, bool holds, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

void run_figures(struct run *run, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Let so much time pass: the instant of a fault is drawn, not waited for. */
void pass_ms(int ms);

/* The next number of a generator kept in `seed`, below `below`. */
unsigned draw(uint64_t *seed, unsigned below);

/* Run what `argv` and the environment ask for, each campaign of the table; the
 * exit status of the program. */
int campaigns_main(const struct campaign *campaigns, int argc, char **argv);

/* lost.c: what the line does */
void refused_or_dropped_before(struct run *run);
void dropped_after_commit(struct run *run);
void black_hole(struct run *run);
void late_reply(struct run *run);
void reused_closed(struct run *run);
void any_fault(struct run *run);
/* restart.c: what happens to the server */
void graceful_restart(struct run *run);
void all_come_back(struct run *run);
void killed_after_effect(struct run *run);
void killed_while_writing(struct run *run);
/* replays.c */
void replayed_the_same(struct run *run);
void eight_at_once(struct run *run);
void another_key(struct run *run);
void lost_update(struct run *run);
/* cuts.c */
void cut_at_each_byte(struct run *run);
/* desk_draft.c, desk_server.c: the real client on a terminal */
void client_killed_in_a_form(struct run *run);
void bad_answers(struct run *run);
void slow_line(struct run *run);

#endif
