/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strict.h"

#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Who answers is not the question here: no certificate is looked at. */
static void start_tls(struct line *line)
{
	gnutls_certificate_credentials_t nobody;

	assert_int_equal(gnutls_certificate_allocate_credentials(&nobody), 0);
	assert_int_equal(gnutls_init(&line->tls, GNUTLS_CLIENT), 0);
	gnutls_set_default_priority(line->tls);
	gnutls_credentials_set(line->tls, GNUTLS_CRD_CERTIFICATE, nobody);
	gnutls_transport_set_int(line->tls, line->fd);
	gnutls_handshake_set_timeout(line->tls, 10000);
	assert_int_equal(gnutls_handshake(line->tls), 0);
	gnutls_session_set_ptr(line->tls, nobody);
}

void line_open(struct line *line, const struct daemon *daemon)
{
	struct sockaddr_in to = { .sin_family = AF_INET };

	memset(line, 0, sizeof(*line));
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	to.sin_port = htons((uint16_t)strtoul(strrchr(daemon->listen, ':') + 1,
					      NULL, 10));
	line->fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(connect(line->fd, (void *)&to, sizeof(to)), 0);
	if (daemon->tls)
		start_tls(line);
}

void line_close(struct line *line)
{
	if (line->tls) {
		gnutls_certificate_credentials_t nobody =
			gnutls_session_get_ptr(line->tls);

		gnutls_deinit(line->tls);
		gnutls_certificate_free_credentials(nobody);
	}
	close(line->fd);
}

void line_send(struct line *line, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = line->tls ? gnutls_record_send(line->tls, bytes, size) :
			send(line->fd, bytes, size, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		bytes += n;
		size -= (size_t)n;
	}
}

static ssize_t read_some(struct line *line)
{
	char *to = line->answer + line->size;
	size_t room = sizeof(line->answer) - 1 - line->size;

	return line->tls ? gnutls_record_recv(line->tls, to, room) :
		recv(line->fd, to, room, 0);
}

void line_read(struct line *line, int most_ms)
{
	struct pollfd one = { .fd = line->fd, .events = POLLIN };

	while (!line->ended) {
		ssize_t n;

		if (!(line->tls && gnutls_record_check_pending(line->tls) > 0) &&
		    poll(&one, 1, most_ms) <= 0)
			return;
		n = read_some(line);
		if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
			continue;
		if (n <= 0)
			line->ended = true;
		else
			line->size += (size_t)n;
		line->answer[line->size] = '\0';
	}
}
