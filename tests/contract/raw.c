/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP by hand: what the client would never send can be sent, and every header
 * of the answer is there to be looked at. */
#include "contract.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

/* No answer takes longer; past this the read fails and so does the test. */
#define LIMIT_S 20

int raw_connect(const char *server)
{
	struct sockaddr_un local = { .sun_family = AF_UNIX };
	struct sockaddr_in loopback = { .sin_family = AF_INET };
	const struct timeval limit = { .tv_sec = LIMIT_S };
	bool is_local = strncmp(server, "unix:", 5) == 0;
	int fd = socket(is_local ? AF_UNIX : AF_INET, SOCK_STREAM, 0);

	snprintf(local.sun_path, sizeof(local.sun_path), "%s", server + 5);
	loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (!is_local)
		loopback.sin_port = htons((uint16_t)strtoul(
			strrchr(server, ':') + 1, NULL, 10));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	assert_int_equal(is_local ?
		connect(fd, (void *)&local, sizeof(local)) :
		connect(fd, (void *)&loopback, sizeof(loopback)), 0);
	return fd;
}

/* A server that has refused stops reading: what could not be sent is no fault,
 * its answer is there to be read. */
static void send_all(int fd, const char *data, size_t size)
{
	while (size > 0) {
		ssize_t n = send(fd, data, size, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		data += n;
		size -= (size_t)n;
	}
}

/* RFC 9112 section 7.1, without trailers. */
static void dechunk(struct buf *body, const char *at)
{
	for (;;) {
		char *end;
		unsigned long size = strtoul(at, &end, 16);

		at = strstr(end, "\r\n");
		if (!at || size == 0)
			return;
		buf_add(body, at + 2, size);
		at += 2 + size + 2;
	}
}

void raw_parse(const struct buf *all, struct raw_answer *answer)
{
	const char *end = strstr(buf_cstr(all), "\r\n\r\n"), *line;
	char chunked[32];

	assert_non_null(end);
	assert_true(strncmp(all->data, "HTTP/1.1 ", 9) == 0);
	answer->status = (int)strtol(all->data + 9, NULL, 10);
	line = strstr(all->data, "\r\n") + 2;
	snprintf(answer->headers, sizeof(answer->headers), "%.*s",
		 (int)(end + 2 - line), line);
	buf_init(&answer->body, 8 << 20);
	if (raw_header(answer, "Transfer-Encoding", chunked, sizeof(chunked)))
		dechunk(&answer->body, end + 4);
	else
		buf_add(&answer->body, end + 4,
			all->size - (size_t)(end + 4 - all->data));
}

static void read_answer(int fd, struct raw_answer *answer)
{
	char block[16384];
	struct buf all;
	ssize_t n;

	buf_init(&all, 8 << 20);
	while ((n = recv(fd, block, sizeof(block), 0)) > 0)
		buf_add(&all, block, (size_t)n);
	raw_parse(&all, answer);
	buf_fini(&all);
}

void raw_write(const struct raw_request *request, struct buf *out)
{
	buf_printf(out, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s",
		   request->method, request->path, request->headers);
	if (request->body)
		buf_printf(out, "Content-Length: %zu\r\n", request->body_size);
	buf_text(out, "\r\n");
	if (request->body)
		buf_add(out, request->body, request->body_size);
}

void raw_call(const char *server, const struct raw_request *request,
	      struct raw_answer *answer)
{
	struct raw_request last = *request;
	struct buf headers, bytes;
	int fd = raw_connect(server);

	*answer = (struct raw_answer){ 0 };
	buf_init(&headers, 65536);
	buf_init(&bytes, 16 << 20);
	buf_printf(&headers, "Connection: close\r\n%s", request->headers);
	last.headers = buf_cstr(&headers);
	raw_write(&last, &bytes);
	send_all(fd, bytes.data, bytes.size);
	read_answer(fd, answer);
	buf_fini(&bytes);
	buf_fini(&headers);
	close(fd);
}

bool raw_header(const struct raw_answer *answer, const char *name, char *out,
		size_t out_size)
{
	size_t size = strlen(name);

	for (const char *line = answer->headers; *line;
	     line = strstr(line, "\r\n") + 2) {
		if (strncasecmp(line, name, size) != 0 || line[size] != ':')
			continue;
		line += size + 1;
		line += strspn(line, " ");
		snprintf(out, out_size, "%.*s", (int)strcspn(line, "\r"), line);
		return true;
	}
	return false;
}
