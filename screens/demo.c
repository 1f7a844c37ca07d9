/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo.h"

#include <guichet/base/intl.h>
#include <guichet/base/text.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { READY_WITHIN_MS = 20000 };

/* guichetd beside this program, else the one of the PATH. */
static void find_guichetd(const struct config *config, const char *argv0,
			  char *out, size_t out_size)
{
	const char *slash = strrchr(argv0, '/');

	if (config->guichetd[0]) {
		text_copy(out, out_size, config->guichetd);
		return;
	}
	if (slash) {
		snprintf(out, out_size, "%.*s/guichetd", (int)(slash - argv0), argv0);
		if (access(out, X_OK) == 0)
			return;
	}
	text_copy(out, out_size, "guichetd");
}

static bool run(char *const *argv, struct err *err)
{
	pid_t pid;
	int status = 0;

	if (posix_spawnp(&pid, argv[0], NULL, NULL, argv, environ) != 0)
		return err_set(err, ERR_SYSTEM, _("« %s » introuvable"), argv[0]);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return err_set(err, ERR_SYSTEM, _("« %s » ne répond plus"), argv[0]);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return err_set(err, ERR_SYSTEM,
			       _("la population de démonstration n'a pas pu être préparée"));
	return true;
}

static bool copy_file(const char *from, const char *to, struct err *err)
{
	struct stat stat;
	ssize_t moved = 1;
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok = in >= 0 && out >= 0 && fstat(in, &stat) == 0;

	for (off_t left = ok ? stat.st_size : 0; ok && left > 0; left -= moved) {
		moved = sendfile(out, in, NULL, (size_t)left);
		ok = moved > 0;
	}
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return ok || err_set(err, ERR_SYSTEM, _("« %s » n'a pas pu être copié"), from);
}

static bool prepare(const struct demo *demo, const struct config *config,
		    const char *program, struct err *err)
{
	char db[96], insured[16];
	char *argv[10] = { (char *)program, (char *)"seed", (char *)"--db", db,
		(char *)"--insured", insured, (char *)"--seed", (char *)"1" };
	char today[32];

	snprintf(db, sizeof(db), "%s/demo.db", demo->folder);
	if (config->demo_db[0])
		return copy_file(config->demo_db, db, err);
	snprintf(insured, sizeof(insured), "%d", config->demo_insured);
	if (config->clock[0]) {
		snprintf(today, sizeof(today), "--today=%.10s", config->clock);
		argv[8] = today;
	}
	return run(argv, err);
}

static bool wait_ready(int ready, struct err *err)
{
	struct pollfd fd = { .fd = ready, .events = POLLIN };
	char byte;

	if (poll(&fd, 1, READY_WITHIN_MS) == 1 && read(ready, &byte, 1) == 1)
		return true;
	return err_set(err, ERR_TIMEOUT, _("le serveur de démonstration ne démarre pas"));
}

static bool serve(struct demo *demo, struct config *config, const char *program,
		  struct err *err)
{
	char db[96], listen[96], ready_fd[16], leash_fd[16], clock[64];
	char log[96];
	int ready[2], leash[2];
	char *argv[] = { (char *)program, (char *)"--db", db, (char *)"--listen",
		listen, (char *)"--ready-fd", ready_fd, (char *)"--leash", leash_fd,
		(char *)"--log", log, config->clock[0] ? clock : NULL, NULL };
	pid_t pid;
	bool ok;

	if (pipe(ready) != 0 || pipe(leash) != 0)
		return err_set(err, ERR_SYSTEM, _("trop de fichiers ouverts"));
	fcntl(ready[0], F_SETFD, FD_CLOEXEC);
	fcntl(leash[1], F_SETFD, FD_CLOEXEC);
	snprintf(db, sizeof(db), "%s/demo.db", demo->folder);
	snprintf(log, sizeof(log), "%s/guichetd.log", demo->folder);
	snprintf(listen, sizeof(listen), "unix:%s/api", demo->folder);
	snprintf(ready_fd, sizeof(ready_fd), "%d", ready[1]);
	snprintf(leash_fd, sizeof(leash_fd), "%d", leash[0]);
	snprintf(clock, sizeof(clock), "--clock=%s", config->clock);
	ok = posix_spawnp(&pid, program, NULL, NULL, argv, environ) == 0;
	close(ready[1]);
	close(leash[0]);
	demo->leash = leash[1];
	if (ok) {
		demo->pid = pid;
		ok = wait_ready(ready[0], err);
	} else {
		err_set(err, ERR_SYSTEM, _("« %s » introuvable"), program);
	}
	close(ready[0]);
	text_copy(config->server, sizeof(config->server), listen);
	return ok;
}

bool demo_start(struct demo *demo, struct config *config, const char *argv0,
		struct err *err)
{
	char program[512];

	*demo = (struct demo){ .folder = "/tmp/guichet-demo-XXXXXX", .leash = -1 };
	if (!mkdtemp(demo->folder))
		return err_set(err, ERR_SYSTEM, _("pas de place dans /tmp"));
	find_guichetd(config, argv0, program, sizeof(program));
	if (prepare(demo, config, program, err) &&
	    serve(demo, config, program, err))
		return true;
	demo_stop(demo);
	return false;
}

void demo_stop(struct demo *demo)
{
	static const char *const names[] = { "demo.db", "demo.db-wal", "demo.db-shm",
		"api", "guichetd.log", NULL };
	char path[128];

	if (demo->leash >= 0)
		close(demo->leash);
	if (demo->pid > 0) {
		kill(demo->pid, SIGTERM);
		waitpid(demo->pid, NULL, 0);
	}
	for (int i = 0; names[i]; i++) {
		snprintf(path, sizeof(path), "%s/%s", demo->folder, names[i]);
		unlink(path);
	}
	rmdir(demo->folder);
	*demo = (struct demo){ .leash = -1 };
}
