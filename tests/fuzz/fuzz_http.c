/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Raw bytes on a connection of a whole daemon.  Whatever comes, it answers with
 * success or a refusal, never with a fault of its own, and its log keeps its lines.
 * The bytes "TOKEN" stand for the token of an agent who is signed in. */
#include "unit/backend_wire.h"
#include "fuzz.h"

#include <guichet/base/log.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define BYTES_MOST 4096
#define LIMIT_MS 200                    /* of one answer */

static const char mark[] = "TOKEN";

static void hold(bool holds)
{
	if (!holds)
		abort();
}

/* One daemon serves all inputs. */
static struct {
	struct wire *w;
	FILE *log;
	char *lines;
	size_t lines_size;
} desk;

static void close_desk(void)
{
	void *state = desk.w;

	log_to(NULL, LOG_DEBUG);
	wire_teardown(&state);
	fclose(desk.log);
	free(desk.lines);
}

static void open_desk(void)
{
	void *state;

	if (desk.w)
		return;
	desk.log = open_memstream(&desk.lines, &desk.lines_size);
	hold(desk.log);
	hold(wire_setup(&state) == 0);
	desk.w = state;
	log_to(desk.log, LOG_DEBUG);
	atexit(close_desk);
}

static int dial(void)
{
	const struct timeval limit = { .tv_usec = LIMIT_MS * 1000 };
	/* Closed with a reset: nothing is left waiting. */
	const struct linger at_once = { .l_onoff = 1 };
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(to.sun_path, sizeof(to.sun_path), "%s", desk.w->where + 5);
	hold(fd >= 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	hold(connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
	return fd;
}

static void put(char *to, size_t *at, const char *bytes, size_t size)
{
	memcpy(to + *at, bytes, size);
	*at += size;
}

/* Copy the input, the first mark replaced. */
static size_t fill(const uint8_t *data, size_t size, char *to)
{
	const char *from = (const char *)data;
	const char *found = memmem(data, size, mark, sizeof(mark) - 1);
	size_t at = 0;

	if (!found) {
		put(to, &at, from, size);
		return at;
	}
	put(to, &at, from, (size_t)(found - from));
	put(to, &at, desk.w->token, strlen(desk.w->token));
	found += sizeof(mark) - 1;
	put(to, &at, found, (size_t)(from + size - found));
	return at;
}

/* The daemon may answer before it has read everything; half a body it waits for
 * until the deadline of a request, which is for other tests. */
static void exchange(int fd, const char *bytes, size_t size, char *answer,
		       size_t room)
{
	size_t at = 0;
	ssize_t n;

	while (size > 0 && (n = send(fd, bytes, size, MSG_NOSIGNAL)) > 0) {
		bytes += n;
		size -= (size_t)n;
	}
	shutdown(fd, SHUT_WR);
	while (at + 1 < room &&
	       (n = recv(fd, answer + at, room - 1 - at, 0)) > 0)
		at += (size_t)n;
	answer[at] = '\0';
}

static void hold_answers(const char *answer)
{
	const char *at = answer;

	hold(*at == '\0' || strncmp(at, "HTTP/1.1 ", 9) == 0);
	while ((at = strstr(at, "HTTP/1.1 "))) {
		long status = strtol(at + 9, NULL, 10);

		hold((status >= 200 && status < 300) || status == 304 ||
		     (status >= 400 && status < 500) || status == 503);
		at += 9;
	}
}

/* Each line is one event in JSON, with no byte that moves a terminal. */
static void hold_log(void)
{
	flockfile(desk.log);
	fflush(desk.log);
	for (const char *line = desk.lines; line && *line;) {
		size_t size = strcspn(line, "\n");

		hold(size > 2 && line[0] == '{' && line[size - 1] == '}');
		for (size_t i = 0; i < size; i++)
			hold((unsigned char)line[i] >= ' ' && line[i] != 127);
		hold(line[size] == '\n');
		line += size + 1;
	}
	hold(!desk.lines || !strstr(desk.lines, desk.w->token));
	rewind(desk.log);
	memset(desk.lines, 0, desk.lines_size);
	funlockfile(desk.log);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char bytes[BYTES_MOST + 128], answer[1 << 20];
	int fd;

	if (size > BYTES_MOST)
		return 0;
	open_desk();
	fd = dial();
	exchange(fd, bytes, fill(data, size, bytes), answer, sizeof(answer));
	close(fd);
	hold_answers(answer);
	hold_log();
	return 0;
}
