/* SPDX-License-Identifier: GPL-3.0-or-later */
/* daemon_start() and the like of contract.h, without a process: what a proof does
 * to this process it does to the daemon. */
#include "torture.h"

#include <config.h>
#include "http.h"
#include "listen.h"

#include <guichet/base/clock.h>
#include <guichet/base/log.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TODAY "2026-11-23"
#define THREADS 2

static struct server server;
static struct http *http;              /* NULL while it is closed */

bool daemon_run(char *const argv[])
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);

		dup2(null, STDOUT_FILENO);
		execv(argv[0], argv);
		_exit(127);
	}
	return waitpid(pid, &status, 0) == pid && status == 0;
}

int daemon_free_port(void)
{
	return 0;
}

void house_open(const struct daemon *daemon)
{
	static const struct http_tls plain = { 0 };
	static char db[96];
	struct err err = { 0 };
	int fd;

	snprintf(db, sizeof(db), "%s/db", daemon->folder);
	memset(&server, 0, sizeof(server));
	server.routes = routes;
	if (!server_open(&server, db, &err))
		fail_msg("%s", err.text);
	fd = listen_open(daemon->listen, false, &err);
	assert_true(fd >= 0);
	http = http_serve(&server, fd, THREADS, &plain, &err);
	assert_non_null(http);
}

void house_close(const struct daemon *daemon)
{
	struct err err = { 0 };

	if (!http)
		return;
	atomic_store(&server.draining, true);
	server_drain(&server, 5000);
	listen_forget(daemon->listen);
	if (!server_close(&server, &err))
		fail_msg("%s", err.text);
	http_stop(http);
	http = NULL;
}

void daemon_start(struct daemon *daemon, bool tls)
{
	const char *top = getenv("top_builddir");
	char program[1024], db[96], log[96];
	char *seed[] = { program, "seed", "--db", db, "--insured", "200",
		"--today", TODAY, NULL };
	int64_t at_ms;
	FILE *file;

	(void)tls;
	memset(daemon, 0, sizeof(*daemon));
	snprintf(program, sizeof(program), "%s/guichetd", top ? top : ".");
	snprintf(daemon->folder, sizeof(daemon->folder), "/tmp/guichet-XXXXXX");
	assert_non_null(mkdtemp(daemon->folder));
	snprintf(db, sizeof(db), "%s/db", daemon->folder);
	snprintf(log, sizeof(log), "%s/log", daemon->folder);
	snprintf(daemon->listen, sizeof(daemon->listen), "unix:%s/socket",
		 daemon->folder);
	snprintf(daemon->server, sizeof(daemon->server), "%s", daemon->listen);
	assert_true(daemon_run(seed));
	assert_true(moment_from_rfc3339(TODAY "T09:02:00+01:00", &at_ms, NULL));
	clock_start_at(at_ms);
	file = fopen(log, "ae");
	assert_non_null(file);
	log_to(file, LOG_INFO);
	disk_install(daemon->folder);
	house_open(daemon);
}

void daemon_stop(struct daemon *daemon)
{
	char *remove[] = { "/bin/rm", "-rf", daemon->folder, NULL };

	house_close(daemon);
	log_to(NULL, LOG_INFO);
	daemon_run(remove);
}
