/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define ANSWER_SIZE (256 << 10)
#define CONNECTIONS_MOST 256

struct connection {
	int fd;
	char *answer;
	size_t used;
	int64_t asked_ns;
};

static int dial(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	to.sin_port = htons((uint16_t)port);
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0)
		fail("nobody answers on port %d", port);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return fd;
}

static void send_text(int fd, const char *text)
{
	size_t size = strlen(text);

	if (send(fd, text, size, MSG_NOSIGNAL) != (ssize_t)size)
		fail("the server takes no request");
}

/* Read what is there; true once the answer is whole. */
static bool take(struct connection *c)
{
	ssize_t n = recv(c->fd, c->answer + c->used, ANSWER_SIZE - 1 - c->used, 0);
	const char *end, *length;

	if (n <= 0)
		fail("the server has closed a connection");
	c->used += (size_t)n;
	c->answer[c->used] = '\0';
	end = strstr(c->answer, "\r\n\r\n");
	if (!end)
		return false;
	length = strcasestr(c->answer, "\r\ncontent-length: ");
	return !length || length > end || c->used >=
		(size_t)(end + 4 - c->answer) + strtoul(length + 18, NULL, 10);
}

static void ask(const struct load *load, struct connection *c, int number)
{
	char request[REQUEST_SIZE];

	load->ask(load->self, number, request);
	c->used = 0;
	c->asked_ns = now_ns();
	send_text(c->fd, request);
}

static void count(struct load *load, const struct connection *c, int number)
{
	long status = strtol(c->answer + strlen("HTTP/1.1 "), NULL, 10);

	load->done++;
	if (status >= 300 && status != 409 && load->refused++ == 0)
		desk_member(c->answer, "code", load->why, sizeof(load->why));
	sample_add(&load->ms, (double)(now_ns() - c->asked_ns) / 1e6);
	if (load->answered)
		load->answered(load->self, number, c->answer);
}

static void turn(struct load *load, struct connection *all, int poll_fd)
{
	struct epoll_event events[64];
	int ready = epoll_wait(poll_fd, events, 64, 1000);

	for (int i = 0; i < ready; i++) {
		int number = events[i].data.fd;

		if (!take(&all[number]))
			continue;
		count(load, &all[number], number);
		ask(load, &all[number], number);
	}
}

void load_run(struct load *load)
{
	struct connection all[CONNECTIONS_MOST];
	int poll_fd = epoll_create1(0);
	int64_t start, end;

	load->done = load->refused = 0;
	load->ms = (struct samples){ 0 };
	for (int i = 0; i < load->connections; i++) {
		struct epoll_event event = { .events = EPOLLIN, .data.fd = i };

		all[i] = (struct connection){ .fd = dial(load->port),
			.answer = malloc(ANSWER_SIZE) };
		epoll_ctl(poll_fd, EPOLL_CTL_ADD, all[i].fd, &event);
		ask(load, &all[i], i);
	}
	start = now_ns();
	end = start + (int64_t)(load->seconds * 1e9);
	while (now_ns() < end)
		turn(load, all, poll_fd);
	load->per_s = (double)load->done * 1e9 / (double)(now_ns() - start);
	for (int i = 0; i < load->connections; i++) {
		close(all[i].fd);
		free(all[i].answer);
	}
	close(poll_fd);
}

char *load_ask_once(int port, const char *request)
{
	struct connection c = { .fd = dial(port), .answer = malloc(ANSWER_SIZE) };

	send_text(c.fd, request);
	while (!take(&c))
		;
	close(c.fd);
	return c.answer;
}
