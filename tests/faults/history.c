/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

const char *const event_names[EVENT_N + 1] = {
	[EVENT_INVOKE] = "invoke",
	[EVENT_OK] = "ok",
	[EVENT_FAIL] = "fail",
	[EVENT_UNKNOWN] = "unknown",
	[EVENT_READ] = "read",
	[EVENT_AGENT] = "agent",
	[EVENT_FILE] = "file",
	[EVENT_THING] = "thing",
};

void history_open(struct history *history, const char *path)
{
	history->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND |
			   O_CLOEXEC, 0600);
	if (history->fd >= 0)
		return;
	perror(path);
	exit(99);
}

void history_close(struct history *history)
{
	close(history->fd);
	history->fd = -1;
}

/* Identifiers and names of ours only: nothing in them needs an escape. */
static int put_member(char *at, size_t room, const char *name, const char *value)
{
	return value ? snprintf(at, room, ",\"%s\":\"%s\"", name, value) : 0;
}

void history_put(const struct history *history, const struct event_row *row)
{
	char line[512];
	struct timespec now;
	int used;

	if (history->fd < 0)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	used = snprintf(line, sizeof(line), "{\"time\":%lld.%06ld",
			(long long)now.tv_sec, now.tv_nsec / 1000);
	used += put_member(line + used, sizeof(line) - (size_t)used, "client",
			   row->client);
	used += put_member(line + used, sizeof(line) - (size_t)used, "op", row->op);
	used += put_member(line + used, sizeof(line) - (size_t)used, "key", row->key);
	used += put_member(line + used, sizeof(line) - (size_t)used, "event",
			   event_names[row->event]);
	used += put_member(line + used, sizeof(line) - (size_t)used, "about",
			   row->about);
	used += put_member(line + used, sizeof(line) - (size_t)used, "value",
			   row->value);
	if (row->event == EVENT_THING)
		used += snprintf(line + used, sizeof(line) - (size_t)used,
				 ",\"count\":%lld", (long long)row->count);
	used += snprintf(line + used, sizeof(line) - (size_t)used, "}\n");
	if (used >= (int)sizeof(line) ||
	    write(history->fd, line, (size_t)used) != used) {
		fprintf(stderr, "history: a line could not be written\n");
		exit(99);
	}
}
