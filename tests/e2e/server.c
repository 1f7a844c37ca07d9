/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static bool copy_file(const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	struct stat st;
	bool ok = in >= 0 && out >= 0 && !fstat(in, &st);

	for (off_t left = ok ? st.st_size : 0; left > 0;) {
		ssize_t n = sendfile(out, in, NULL, (size_t)left);

		if (n <= 0) {
			ok = false;
			break;
		}
		left -= n;
	}
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return ok;
}

static int unix_socket(const char *path, struct sockaddr_un *address)
{
	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	snprintf(address->sun_path, sizeof(address->sun_path), "%s", path);
	return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static bool answers(const char *path)
{
	struct sockaddr_un address;
	int fd = unix_socket(path, &address);
	bool ok = fd >= 0 && !connect(fd, (struct sockaddr *)&address, sizeof(address));

	if (fd >= 0)
		close(fd);
	return ok;
}

static void exec_daemon(const struct server *s, const char *log)
{
	char listen_on[PATH_SIZE + 8];
	const char *program = getenv("GUICHETD");
	int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);

	snprintf(listen_on, sizeof(listen_on), "unix:%s", s->behind);
	dup2(fd, 1);
	dup2(fd, 2);
	execl(program, program, "--db", s->db, "--listen", listen_on,
	      "--clock", getenv("E2E_CLOCK"), "--oidc",
	      getenv("E2E_OIDC") ? getenv("E2E_OIDC") : "", (char *)NULL);
	_exit(127);
}

static bool start_daemon(struct server *s, const char *dir, char *why, size_t size)
{
	int64_t end = now_ms() + run_limit_ms();
	char log[PATH_SIZE + 16];
	int status;

	snprintf(log, sizeof(log), "%s/guichetd.log", dir);
	unlink(s->behind);
	s->daemon = fork();
	if (!s->daemon)
		exec_daemon(s, log);
	while (!answers(s->behind)) {
		/* Returns early when the daemon ends. */
		if (procs_wait(s->daemon, &status, 5)) {
			s->daemon = 0;
			snprintf(why, size, "guichetd ended at once (status %d)", status);
			return false;
		}
		if (now_ms() > end) {
			snprintf(why, size, "guichetd does not answer");
			return false;
		}
	}
	return true;
}

static bool start_relay(struct server *s, char *why, size_t size)
{
	struct sockaddr_un address;
	int listener = unix_socket(s->front, &address), control[2];

	unlink(s->front);
	if (bind(listener, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	    listen(listener, 64) < 0 || pipe2(control, O_CLOEXEC) < 0) {
		snprintf(why, size, "relay: %s", strerror(errno));
		close(listener);
		return false;
	}
	s->relay = fork();
	if (!s->relay) {
		/* Not the terminal above all: it must be able to hang up. */
		for (int fd = 3; fd < 256; fd++) {
			if (fd != listener && fd != control[0])
				close(fd);
		}
		relay_run(listener, control[0], s->behind);
		_exit(0);
	}
	close(listener);
	close(control[0]);
	s->control = control[1];
	return true;
}

bool server_start(struct server *s, const char *dir, char *why, size_t size)
{
	const char *seed = getenv("E2E_SEED");

	if (s->daemon) {
		snprintf(why, size, "the server is running");
		return false;
	}
	if (!s->db[0]) {
		snprintf(s->db, sizeof(s->db), "%.200s/guichet.db", dir);
		snprintf(s->behind, sizeof(s->behind), "%.200s/behind.sock", dir);
		snprintf(s->front, sizeof(s->front), "%.200s/server.sock", dir);
		if (!copy_file(seed, s->db)) {
			snprintf(why, size, "%s: %s", seed, strerror(errno));
			return false;
		}
	}
	return start_daemon(s, dir, why, size) && start_relay(s, why, size);
}

static void end_relay(struct server *s)
{
	if (s->relay) {
		close(s->control);
		waitpid(s->relay, NULL, 0);
	}
	s->relay = 0;
	unlink(s->front);
}

bool server_stop(struct server *s, char *why, size_t size)
{
	int status = 0;

	end_relay(s);
	if (!s->daemon) {
		snprintf(why, size, "the server is not running");
		return false;
	}
	kill(s->daemon, SIGCONT);
	kill(s->daemon, SIGTERM);
	if (!procs_wait(s->daemon, &status, run_limit_ms())) {
		kill(s->daemon, SIGKILL);
		waitpid(s->daemon, &status, 0);
		snprintf(why, size, "guichetd had to be killed");
	} else if (status) {
		snprintf(why, size, "guichetd ended with status %d", status);
	}
	s->daemon = 0;
	return !status;
}

bool server_relay(struct server *s, char mode, char *why, size_t size)
{
	if (s->relay && write(s->control, &mode, 1) == 1)
		return true;
	snprintf(why, size, "the server is not running");
	return false;
}

bool server_freeze(struct server *s, bool freeze, char *why, size_t size)
{
	if (s->daemon && !kill(s->daemon, freeze ? SIGSTOP : SIGCONT))
		return true;
	snprintf(why, size, "the server is not running");
	return false;
}

bool server_fill(struct server *s, bool full, char *why, size_t size)
{
	struct rlimit limit;

	/* Only the soft limit moves: the other one cannot be raised again. */
	if (s->daemon && !prlimit(s->daemon, RLIMIT_FSIZE, NULL, &limit)) {
		limit.rlim_cur = full ? 0 : limit.rlim_max;
		if (!prlimit(s->daemon, RLIMIT_FSIZE, &limit, NULL))
			return true;
	}
	snprintf(why, size, "%s", s->daemon ? strerror(errno) : "the server is not running");
	return false;
}

void server_free(struct server *s)
{
	char why[128];

	if (s->daemon)
		server_stop(s, why, sizeof(why));
	end_relay(s);
}
