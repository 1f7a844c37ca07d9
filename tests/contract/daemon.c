/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contract.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* A Monday morning; everything in the population is dated from it. */
#define TODAY "2026-11-23"
#define CLOCK TODAY "T09:02:00+01:00"

static void fail_to_start(const char *why)
{
	fprintf(stderr, "contract: %s\n", why);
	exit(99);
}

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

/* The daemon says on `ready` that it answers, and ends with our end of `leash`,
 * even if this program is killed. */
static void exec_daemon(const struct daemon *daemon, const char *program,
			const char *db, int ready, int leash)
{
	char log[96], oidc[96], ready_fd[16], leash_fd[16], cert[1024], key[1024];
	const char *top = getenv("top_srcdir");

	snprintf(oidc, sizeof(oidc), "%s/oidc.conf", daemon->folder);
	snprintf(log, sizeof(log), "%s/log", daemon->folder);
	snprintf(ready_fd, sizeof(ready_fd), "%d", ready);
	snprintf(leash_fd, sizeof(leash_fd), "%d", leash);
	snprintf(cert, sizeof(cert), "%s/tests/data/tls/server.pem",
		 top ? top : "..");
	snprintf(key, sizeof(key), "%s/tests/data/tls/server.key",
		 top ? top : "..");
	execl(program, program, "--db", db, "--listen", daemon->listen,
	      "--clock", CLOCK, "--session-rate", "0", "--oidc",
	      daemon->issuer ? oidc : "", "--log", log, "--ready-fd", ready_fd,
	      "--leash", leash_fd, daemon->tls ? "--tls-cert" : NULL, cert,
	      "--tls-key", key, (char *)NULL);
	_exit(127);
}

int daemon_free_port(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(fd, (void *)&address, size) != 0 ||
	    getsockname(fd, (void *)&address, &size) != 0)
		fail_to_start("no port");
	close(fd);
	return ntohs(address.sin_port);
}

static void choose_address(struct daemon *daemon)
{
	const char *port = getenv("GUICHET_CONTRACT_PORT");

	if (daemon->tls)
		snprintf(daemon->listen, sizeof(daemon->listen), "127.0.0.1:%d",
			 daemon_free_port());
	else if (port)
		snprintf(daemon->listen, sizeof(daemon->listen), "127.0.0.1:%s",
			 port);
	else
		snprintf(daemon->listen, sizeof(daemon->listen), "unix:%s/socket",
			 daemon->folder);
	snprintf(daemon->server, sizeof(daemon->server), "%s%s",
		 daemon->tls ? "https://" : port ? "http://" : "",
		 daemon->listen);
}

static void write_provider(const struct daemon *daemon)
{
	char path[96];
	FILE *file;

	snprintf(path, sizeof(path), "%s/oidc.conf", daemon->folder);
	file = fopen(path, "w");
	if (!file)
		fail_to_start("no file");
	fprintf(file, "issuer = %s\nclient-id = guichet\nname = Annuaire\n",
		daemon->issuer);
	fclose(file);
}

void daemon_serve(struct daemon *daemon)
{
	const char *top = getenv("top_builddir");
	char program[1024], db[96], byte;
	int ready[2], leash[2];

	snprintf(program, sizeof(program), "%s/guichetd", top ? top : ".");
	snprintf(db, sizeof(db), "%s/db", daemon->folder);
	if (pipe(ready) != 0 || pipe(leash) != 0)
		fail_to_start("no pipe");
	daemon->pid = fork();
	if (daemon->pid == 0) {
		close(ready[0]);
		close(leash[1]);
		exec_daemon(daemon, program, db, ready[1], leash[0]);
	}
	close(ready[1]);
	close(leash[0]);
	daemon->leash = leash[1];
	if (read(ready[0], &byte, 1) != 1)
		fail_to_start("guichetd did not start");
	close(ready[0]);
}

void daemon_start(struct daemon *daemon, bool tls)
{
	const char *top = getenv("top_builddir");
	char program[1024], db[96];
	char *seed[] = { program, "seed", "--db", db, "--insured", "200",
		"--today", TODAY, NULL };

	snprintf(program, sizeof(program), "%s/guichetd", top ? top : ".");
	snprintf(daemon->folder, sizeof(daemon->folder), "/tmp/guichet-XXXXXX");
	if (!mkdtemp(daemon->folder))
		fail_to_start("no folder");
	snprintf(db, sizeof(db), "%s/db", daemon->folder);
	daemon->tls = tls;
	choose_address(daemon);
	if (daemon->issuer)
		write_provider(daemon);
	if (!daemon_run(seed))
		fail_to_start("guichetd seed failed");
	daemon_serve(daemon);
}

void daemon_stop(struct daemon *daemon)
{
	char *remove[] = { "/bin/rm", "-rf", daemon->folder, NULL };
	int status;

	kill(daemon->pid, SIGTERM);
	assert_int_equal(waitpid(daemon->pid, &status, 0), daemon->pid);
	close(daemon->leash);
	daemon_run(remove);
	assert_int_equal(status, 0);
}
