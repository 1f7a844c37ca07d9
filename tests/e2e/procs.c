/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a process, with all that it started, waiting for something? */
#include "run.h"

#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

static bool read_proc(const char *path, char *text, size_t size)
{
	FILE *file = fopen(path, "r");
	size_t n;

	if (!file)
		return false;
	n = fread(text, 1, size - 1, file);
	fclose(file);
	text[n] = '\0';
	return true;
}

/* A thread that waits for the disk (D) is at work; a stopped one (T) is not. */
static bool thread_asleep(const char *task)
{
	char path[PATH_SIZE], text[1024];
	const char *name_end;

	snprintf(path, sizeof(path), "%s/stat", task);
	if (!read_proc(path, text, sizeof(text)))
		return true;
	name_end = strrchr(text, ')');
	return !name_end || strchr("STtZX", name_end[2]);
}

static bool children_asleep(const char *task)
{
	char path[PATH_SIZE], text[4096];
	char *end;

	snprintf(path, sizeof(path), "%s/children", task);
	if (!read_proc(path, text, sizeof(text)))
		return true;
	for (char *p = text; *p; p = end) {
		long child = strtol(p, &end, 10);

		if (end == p)
			break;
		if (!procs_asleep((pid_t)child))
			return false;
	}
	return true;
}

bool procs_asleep(pid_t pid)
{
	char path[64], task[PATH_SIZE];
	struct dirent *entry;
	bool quiet = true;
	DIR *tasks;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	tasks = opendir(path);
	if (!tasks)
		return true;
	while (quiet && (entry = readdir(tasks))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(task, sizeof(task), "%s/%.20s", path, entry->d_name);
		quiet = (pid == getpid() || thread_asleep(task)) && children_asleep(task);
	}
	closedir(tasks);
	return quiet;
}

bool procs_bytes_read(pid_t pid, uint64_t *count)
{
	char path[64], text[512];

	snprintf(path, sizeof(path), "/proc/%d/io", (int)pid);
	if (!read_proc(path, text, sizeof(text)) || strncmp(text, "rchar: ", 7) != 0)
		return false;
	*count = strtoull(text + 7, NULL, 10);
	return true;
}

uint64_t procs_waits(pid_t pid)
{
	static const char name[] = "\nvoluntary_ctxt_switches:";
	char path[64], text[4096];
	const char *line;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	line = read_proc(path, text, sizeof(text)) ? strstr(text, name) : NULL;
	return line ? strtoull(line + strlen(name), NULL, 10) : 0;
}

bool procs_wait(pid_t pid, int *status, int limit_ms)
{
	struct pollfd fd = { .fd = pidfd_open(pid, 0), .events = POLLIN };
	bool ended;

	if (fd.fd >= 0)
		poll(&fd, 1, limit_ms);
	ended = waitpid(pid, status, WNOHANG) == pid;
	if (fd.fd >= 0)
		close(fd.fd);
	return ended;
}

/* A child of ours, or 0. */
static pid_t any_child(void)
{
	char path[64], text[4096] = "";

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)getpid(), (int)getpid());
	return read_proc(path, text, sizeof(text)) ? (pid_t)strtol(text, NULL, 10) : 0;
}

bool procs_reap(int limit_ms)
{
	bool killed = false;
	int status;
	pid_t pid;

	while ((pid = any_child()) > 0) {
		if (procs_wait(pid, &status, killed ? 0 : limit_ms))
			continue;
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		killed = true;
	}
	return killed;
}
