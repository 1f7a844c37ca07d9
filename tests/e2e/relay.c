/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line between client and server that can be cut: requests still arrive, and
 * no answer comes back.  That is the case where the outcome is unknown. */
#include "run.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { LINES_MAX = 64 };

struct line {
	int client, server;             /* client is -1 for a free line */
};

struct relay {
	struct line lines[LINES_MAX];
	bool cut;
};

static int connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static void drop(struct line *line)
{
	close(line->client);
	close(line->server);
	line->client = line->server = -1;
}

static bool carry(int from, int to)
{
	char buf[65536];
	ssize_t n = read(from, buf, sizeof(buf));

	for (ssize_t sent = 0, m; n > 0 && sent < n; sent += m) {
		m = send(to, buf + sent, (size_t)(n - sent), MSG_NOSIGNAL);
		if (m <= 0)
			return false;
	}
	return n > 0;
}

static void accept_line(struct relay *relay, int listener, const char *behind)
{
	int client = accept(listener, NULL, NULL);

	for (int i = 0; client >= 0 && i < LINES_MAX; i++) {
		struct line *line = &relay->lines[i];

		if (line->client >= 0)
			continue;
		*line = (struct line){ client, connect_to(behind) };
		if (line->server < 0)
			drop(line);
		return;
	}
	if (client >= 0)
		close(client);
}

static void serve_line(struct relay *relay, struct line *line, const struct pollfd fds[2])
{
	bool ok = true;

	if (fds[0].revents)
		ok = carry(line->client, line->server);
	if (ok && fds[1].revents)
		ok = !relay->cut && carry(line->server, line->client);
	if (!ok)
		drop(line);
}

void relay_run(int listener, int control, const char *behind)
{
	struct relay relay = { .cut = false };
	char command;

	for (int i = 0; i < LINES_MAX; i++)
		relay.lines[i].client = relay.lines[i].server = -1;
	for (;;) {
		struct pollfd fds[2 + 2 * LINES_MAX] = {
			{ .fd = control, .events = POLLIN }, { .fd = listener, .events = POLLIN },
		};

		for (int i = 0; i < LINES_MAX; i++) {
			fds[2 + 2 * i] = (struct pollfd){ relay.lines[i].client, POLLIN, 0 };
			fds[3 + 2 * i] = (struct pollfd){ relay.lines[i].server, POLLIN, 0 };
		}
		if (poll(fds, 2 + 2 * LINES_MAX, -1) < 0)
			return;
		for (int i = 0; i < LINES_MAX; i++) {
			if (relay.lines[i].client >= 0)
				serve_line(&relay, &relay.lines[i], &fds[2 + 2 * i]);
		}
		if (fds[0].revents && read(control, &command, 1) != 1)
			return;
		if (fds[0].revents)
			relay.cut = command == 'c';
		if (fds[1].revents)
			accept_line(&relay, listener, behind);
	}
}
