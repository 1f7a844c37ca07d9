/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site.h"
#include "../contract/contract.h"

#include <guichet/base/clock.h>

#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A Monday at nine, and what time it is there after so many seconds. */
#define TODAY "2026-11-23"
#define START_H 9

#define READY_LIMIT_MS 20000

static void die(const char *why)
{
	fprintf(stderr, "site: %s\n", why);
	exit(99);
}

static void program(char *out, size_t size)
{
	const char *top = getenv("top_builddir");

	snprintf(out, size, "%s/guichetd", top ? top : ".");
}

/* The crew serves more people in a minute than a desk in a week, whoever they
 * are. */
static bool open_doors(const struct site *site)
{
	static const char sql[] =
		"UPDATE agent SET nir = '';"
		"UPDATE file SET sensitive = 0;"
		"UPDATE rule SET value = 1000000000 WHERE name LIKE 'volume.%' "
		"AND name <> 'volume.burst_min'";
	sqlite3 *db;
	bool ok = sqlite3_open(site->db, &db) == SQLITE_OK &&
		sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;

	return sqlite3_close(db) == SQLITE_OK && ok;
}

void site_open(struct site *site, int insured)
{
	char guichetd[1024], count[16];
	char *seed[] = { guichetd, "seed", "--db", site->db, "--insured", count,
		"--months", "3", "--today", TODAY, NULL };
	char *copy[] = { "/bin/cp", site->db, site->was, NULL };

	memset(site, 0, sizeof(*site));
	program(guichetd, sizeof(guichetd));
	snprintf(count, sizeof(count), "%d", insured);
	snprintf(site->folder, sizeof(site->folder), "/tmp/guichet-XXXXXX");
	if (!mkdtemp(site->folder))
		die("no folder");
	snprintf(site->db, sizeof(site->db), "%s/db", site->folder);
	snprintf(site->was, sizeof(site->was), "%s/was", site->folder);
	snprintf(site->log, sizeof(site->log), "%s/log", site->folder);
	snprintf(site->socket, sizeof(site->socket), "%s/socket", site->folder);
	snprintf(site->server, sizeof(site->server), "unix:%s", site->socket);
	snprintf(site->listen, sizeof(site->listen), "unix:%s", site->socket);
	if (!daemon_run(seed) || !open_doors(site) || !daemon_run(copy))
		die("no population");
	site->opened_ms = clock_mono_ms();
}

void site_on_tcp(struct site *site, int port)
{
	snprintf(site->listen, sizeof(site->listen), "127.0.0.1:%d", port);
	snprintf(site->server, sizeof(site->server), "http://127.0.0.1:%d", port);
}

void site_close(struct site *site)
{
	char *remove[] = { "/bin/rm", "-rf", site->folder, NULL };

	if (site->pid)
		site_end(site, SIGTERM);
	if (!getenv("KEEP"))
		daemon_run(remove);
}

static void exec_daemon(const struct site *site, int ready, int leash)
{
	char guichetd[1024], ready_fd[16], leash_fd[16], clock[64];
	long s = (long)(clock_mono_ms() - site->opened_ms) / 1000;

	program(guichetd, sizeof(guichetd));
	snprintf(ready_fd, sizeof(ready_fd), "%d", ready);
	snprintf(leash_fd, sizeof(leash_fd), "%d", leash);
	snprintf(clock, sizeof(clock), TODAY "T%02ld:%02ld:%02ld+01:00",
		 START_H + s / 3600, s / 60 % 60, s % 60);
	execl(guichetd, guichetd, "--db", site->db, "--session-rate", "0",
	      "--listen", site->listen,
	      "--log", site->log, "--clock", clock, "--ready-fd", ready_fd,
	      "--leash", leash_fd, (char *)NULL);
	_exit(127);
}

/* How long the program was ready to run and had no processor: that of a machine
 * which does something else too is not its own. */
static int64_t starved_ms(pid_t pid)
{
	long long ran = 0, waited = 0;
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/schedstat", pid);
	file = fopen(path, "r");
	if (!file)
		return 0;
	if (fscanf(file, "%lld %lld", &ran, &waited) != 2)
		waited = 0;
	fclose(file);
	return waited / 1000000;
}

int64_t site_start(struct site *site)
{
	int64_t begin = clock_mono_ms();
	struct pollfd answers;
	int ready[2], leash[2];
	char byte;

	if (pipe(ready) != 0 || pipe(leash) != 0)
		die("no pipe");
	site->pid = fork();
	if (site->pid == 0) {
		close(ready[0]);
		close(leash[1]);
		exec_daemon(site, ready[1], leash[0]);
	}
	close(ready[1]);
	close(leash[0]);
	site->leash = leash[1];
	answers = (struct pollfd){ .fd = ready[0], .events = POLLIN };
	if (poll(&answers, 1, READY_LIMIT_MS) != 1 ||
	    read(ready[0], &byte, 1) != 1)
		die("guichetd does not start");
	close(ready[0]);
	return clock_mono_ms() - begin - starved_ms(site->pid);
}

int site_end(struct site *site, int signal)
{
	int status;

	kill(site->pid, signal);
	kill(site->pid, SIGCONT);
	if (waitpid(site->pid, &status, 0) != site->pid)
		die("guichetd was not ours");
	close(site->leash);
	site->pid = 0;
	return status;
}

static sqlite3 *open_db(const struct site *site)
{
	char attach[128];
	sqlite3 *db;

	if (sqlite3_open_v2(site->db, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		die("the database does not open");
	sqlite3_busy_timeout(db, 10000);
	snprintf(attach, sizeof(attach), "ATTACH '%s' AS was", site->was);
	if (sqlite3_exec(db, attach, NULL, NULL, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(db));
	return db;
}

void site_rows(const struct site *site, const char *sql,
	       void (*row)(void *self, const char *const *columns), void *self)
{
	sqlite3 *db = open_db(site);
	sqlite3_stmt *stmt;
	int result;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(db));
	while ((result = sqlite3_step(stmt)) == SQLITE_ROW) {
		const char *columns[8] = { NULL };

		for (int i = 0; i < sqlite3_column_count(stmt) && i < 8; i++)
			columns[i] = (const char *)sqlite3_column_text(stmt, i);
		row(self, columns);
	}
	if (result != SQLITE_DONE)
		die(sqlite3_errmsg(db));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

static void keep_number(void *self, const char *const *columns)
{
	*(int64_t *)self = columns[0] ? strtoll(columns[0], NULL, 10) : 0;
}

int64_t site_number(const struct site *site, const char *sql)
{
	int64_t number = -1;

	site_rows(site, sql, keep_number, &number);
	return number;
}

long site_log_mib(const struct site *site)
{
	struct stat log;
	char path[96];

	snprintf(path, sizeof(path), "%s-wal", site->db);
	return stat(path, &log) == 0 ? (long)(log.st_size >> 20) : 0;
}

static void keep_ok(void *self, const char *const *columns)
{
	*(bool *)self = columns[0] && strcmp(columns[0], "ok") == 0;
}

bool site_is_whole(const struct site *site)
{
	bool ok = false;

	site_rows(site, "PRAGMA main.integrity_check", keep_ok, &ok);
	return ok;
}

bool site_is_sound(const struct site *site)
{
	char guichetd[1024];
	char *check[] = { guichetd, "check", "--db", (char *)site->db, NULL };

	program(guichetd, sizeof(guichetd));
	return daemon_run(check);
}

/* Identifiers are numbers in the database and texts everywhere else. */
static const char *id_text(const char *number, char out[ID_TEXT])
{
	id_format(strtoll(number, NULL, 10), out);
	return out;
}

static void tell_file(void *self, const char *const *columns)
{
	char id[ID_TEXT];

	history_put(self, &(struct event_row){ .event = EVENT_FILE,
		.about = id_text(columns[0], id), .value = columns[1] });
}

static void tell_agent(void *self, const char *const *columns)
{
	history_put(self, &(struct event_row){ .event = EVENT_AGENT,
		.client = columns[0], .value = columns[1] });
}

void site_tell_owners(const struct site *site, const struct history *history)
{
	site_rows(site, "SELECT DISTINCT file_id, caisse FROM person "
		  "ORDER BY file_id", tell_file, (void *)history);
	site_rows(site, "SELECT login, caisse FROM agent ORDER BY login",
		  tell_agent, (void *)history);
}

static void tell_thing(void *self, const char *const *columns)
{
	char id[ID_TEXT], file[ID_TEXT];

	history_put(self, &(struct event_row){ .event = EVENT_THING,
		.value = id_text(columns[0], id),
		.about = id_text(columns[1], file),
		.count = strtoll(columns[2], NULL, 10) });
}

void site_tell_things(const struct site *site, const struct history *history)
{
	static const char *const things[] = {
		"SELECT id, file_id, version FROM contact WHERE id NOT IN "
		"(SELECT id FROM was.contact)",
		"SELECT id, file_id, version FROM appointment WHERE id NOT IN "
		"(SELECT id FROM was.appointment)",
		"SELECT id, file_id, version FROM request WHERE id NOT IN "
		"(SELECT id FROM was.request)",
	};

	for (size_t i = 0; i < N_ROWS(things); i++)
		site_rows(site, things[i], tell_thing, (void *)history);
}
