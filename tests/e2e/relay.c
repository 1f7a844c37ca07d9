/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line between client and server that can be cut: requests still arrive, and
 * no answer comes back.  That is the case where the outcome is unknown.  Or the
 * answer comes back in half, or is that of something that is no guichetd. */
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
	char mode;                      /* one of the RELAY_ letters */
};

static const char foreign[] =
	"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 17\r\n\r\n"
	"<h1>Bonjour</h1>\n";

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

static void send_part(int to, const char *bytes, size_t count)
{
	/* A client that is gone is no matter here. */
	if (send(to, bytes, count, MSG_NOSIGNAL) < 0)
		return;
}

/* What comes back to the client; false when the line is to be dropped. */
static bool answer(const struct relay *relay, const struct line *line)
{
	char buf[65536];
	ssize_t n;

	if (relay->mode == RELAY_MEND)
		return carry(line->server, line->client);
	n = read(line->server, buf, sizeof(buf));
	if (relay->mode == RELAY_HALVE && n > 0)
		send_part(line->client, buf, (size_t)n - (size_t)n / 4);
	if (relay->mode == RELAY_FOREIGN && n > 0)
		send_part(line->client, foreign, strlen(foreign));
	return false;
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
		ok = answer(relay, line);
	if (!ok)
		drop(line);
}

void relay_run(int listener, int control, const char *behind)
{
	struct relay relay = { .mode = RELAY_MEND };
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
			relay.mode = command;
		if (fds[1].revents)
			accept_line(&relay, listener, behind);
	}
}
