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
struct trial {
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
	int few, many;                  /* cases in check-faults (0: at night alone),
					 * in faults-night */
	bool has_history;
	void (*run)(struct trial *trial);
};

/* Say what is wrong and go on; the campaign has failed. */
void trial_wrong(struct trial *trial, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* trial_wrong() unless `holds`; returns `holds`. */
bool trial_must(struct trial *trial, bool holds, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

void trial_figures(struct trial *trial, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Let so much time pass: the instant of a fault is drawn, not waited for. */
void pass_ms(int ms);

/* The next number of a generator kept in `seed`, below `below`. */
unsigned draw(uint64_t *seed, unsigned below);

/* Run what `argv` and the environment ask for, each campaign of the table; the
 * exit status of the program. */
int campaigns_main(const struct campaign *campaigns, int argc, char **argv);

/* lost.c: what the line does */
void refused_or_dropped_before(struct trial *trial);
void dropped_after_commit(struct trial *trial);
void black_hole(struct trial *trial);
void late_reply(struct trial *trial);
void reused_closed(struct trial *trial);
void any_fault(struct trial *trial);
/* loss.c: the network; as root, with nft */
void packets_lost(struct trial *trial);
/* restart.c: what happens to the server */
void graceful_restart(struct trial *trial);
void all_come_back(struct trial *trial);
void killed_after_effect(struct trial *trial);
void killed_while_writing(struct trial *trial);
/* crowd.c */
void a_crowd_comes_back(struct trial *trial);

/* replays.c */
void replayed_the_same(struct trial *trial);
void eight_at_once(struct trial *trial);
void another_key(struct trial *trial);
void lost_update(struct trial *trial);
/* cuts.c */
void cut_at_each_byte(struct trial *trial);
/* desk_draft.c, desk_server.c: the real client on a terminal */
void client_killed_in_a_form(struct trial *trial);
void client_short_of_memory(struct trial *trial);
void bad_answers(struct trial *trial);
void slow_line(struct trial *trial);

#endif
