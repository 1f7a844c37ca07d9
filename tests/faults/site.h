/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A guichetd that a campaign may stop, kill and start again: a folder with its
 * database, a copy of that database as it was, and one socket. */
#ifndef GUICHET_TESTS_SITE_H
#define GUICHET_TESTS_SITE_H

#include "history.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct site {
	char folder[64];
	char db[80], was[80], log[80];  /* paths */
	char socket[80];                /* path, as the proxy wants it */
	char server[96];                /* "unix:PATH", as the client wants it */
	char listen[96];                /* the same as the daemon wants it */
	int64_t opened_ms;              /* the clock of the daemon goes on from
					 * there over every restart */
	pid_t pid;                      /* 0: not running */
	int leash;
};

/* Seed `insured` people.  Ends the program when it cannot, as all of these. */
void site_open(struct site *site, int insured);

/* Serve a port of the loopback, when it is started next. */
void site_on_tcp(struct site *site, int port);

/* Stop the daemon and remove the folder. */
void site_close(struct site *site);

/* Start, wait until it answers, and return how long that took, in ms, without
 * what it waited for a processor. */
int64_t site_start(struct site *site);

/* Send `signal`, and SIGCONT, and wait for the end; returns its wait status. */
int site_end(struct site *site, int signal);

/* The one number that a query answers; the tables of the beginning are was.* */
int64_t site_number(const struct site *site, const char *sql);

/* Call `row` with the columns of each row of `sql` as texts. */
void site_rows(const struct site *site, const char *sql,
	       void (*row)(void *self, const char *const *columns), void *self);

/* Size of the write-ahead log, MiB. */
long site_log_mib(const struct site *site);

/* Does `PRAGMA integrity_check` say ok? */
bool site_is_whole(const struct site *site);

/* Does `guichetd check` find the database and the whole trace in order? */
bool site_is_sound(const struct site *site);

/* Write to the history whose each file and each agent is; and in the end every
 * thing that the campaign made or changed. */
void site_tell_owners(const struct site *site, const struct history *history);
void site_tell_things(const struct site *site, const struct history *history);

#endif
