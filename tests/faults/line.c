/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faults.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LIMIT_MS 20000
#define LINES_MOST 16

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

/* The last byte of a request leaves at once, alone as it is. */
static int connect_now(const char *server)
{
	int fd = raw_connect(server), on = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return fd;
}

void line_open(struct line *line, const char *server)
{
	*line = (struct line){ .fd = connect_now(server) };
	buf_init(&line->out, 8 << 20);
	buf_init(&line->in, 8 << 20);
}

void line_close(struct line *line)
{
	close(line->fd);
	buf_fini(&line->out);
	buf_fini(&line->in);
	buf_fini(&line->answer.body);
}

void line_load(struct line *line, const struct desk *desk,
	       const struct sample *sample)
{
	buf_empty(&line->out);
	sample_write(desk, sample, NULL, &line->out);
}

static void forget(struct line *line)
{
	buf_fini(&line->answer.body);
	memset(&line->answer, 0, sizeof(line->answer));
	buf_empty(&line->in);
	line->answered = false;
}

static void put(const struct line *line, size_t from, size_t count)
{
	assert_int_equal(send(line->fd, line->out.data + from, count,
			      MSG_NOSIGNAL), (ssize_t)count);
}

/* Is the answer all there?  The daemon says the length of each. */
static bool is_whole(struct line *line)
{
	const char *end = strstr(buf_cstr(&line->in), "\r\n\r\n"), *length;
	size_t size;

	if (!end)
		return false;
	length = strstr(line->in.data, "\r\nContent-Length: ");
	if (strncmp(line->in.data, "HTTP/1.1 204 ", 13) == 0)
		return true;
	assert_true(length && length < end);
	size = strtoul(length + strlen("\r\nContent-Length: "), NULL, 10);
	return line->in.size == (size_t)(end + 4 - line->in.data) + size;
}

static void take(struct line *line)
{
	char block[65536];
	ssize_t n = recv(line->fd, block, sizeof(block), 0);

	assert_true(n > 0);
	buf_add(&line->in, block, (size_t)n);
	if (!is_whole(line))
		return;
	line->answered = true;
	line->answered_ns = now_ns();
	raw_parse(&line->in, &line->answer);
}

void line_ask_all(struct line *lines, size_t count)
{
	struct pollfd fds[LINES_MOST];
	size_t waiting = count;

	assert_in_range(count, 1, LINES_MOST);
	for (size_t i = 0; i < count; i++) {
		forget(&lines[i]);
		put(&lines[i], 0, lines[i].out.size - 1);
	}
	for (size_t i = 0; i < count; i++) {
		lines[i].asked_ns = now_ns();
		put(&lines[i], lines[i].out.size - 1, 1);
	}
	while (waiting > 0) {
		for (size_t i = 0; i < count; i++)
			fds[i] = (struct pollfd){ .events = POLLIN,
				.fd = lines[i].answered ? -1 : lines[i].fd };
		assert_true(poll(fds, count, LIMIT_MS) > 0);
		for (size_t i = 0; i < count; i++) {
			if (!fds[i].revents)
				continue;
			take(&lines[i]);
			waiting -= lines[i].answered;
		}
	}
}

/* Wait for the whole answer and look at it without taking it. */
static void look(struct line *line)
{
	struct pollfd fd = { .fd = line->fd, .events = POLLIN };
	char block[65536];

	do {
		ssize_t n;

		assert_true(poll(&fd, 1, LIMIT_MS) > 0);
		n = recv(line->fd, block, sizeof(block), MSG_PEEK);
		assert_true(n > 0);
		buf_empty(&line->in);
		buf_add(&line->in, block, (size_t)n);
	} while (!is_whole(line));
	raw_parse(&line->in, &line->answer);
}

void line_cut(struct line *line, const char *server, enum cut cut)
{
	forget(line);
	put(line, 0, line->out.size - (cut == CUT_INSIDE));
	if (cut == CUT_ANSWERED)
		look(line);
	close(line->fd);
	line->fd = connect_now(server);
}
