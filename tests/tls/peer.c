/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "peer.h"

#include "../unit/unit.h"

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define BODY "{\"type\":\"urn:guichet:problem:login.refused\",\"title\":\"x\"," \
	"\"status\":401,\"code\":\"login.refused\"}"

static void answer(struct peer *peer, gnutls_session_t session)
{
	char text[512];
	int size;

	size = snprintf(text, sizeof(text), "HTTP/1.1 401 Unauthorized\r\n"
		"Content-Type: application/problem+json\r\nConnection: close\r\n");
	if (!peer->manners.cut_answer)
		size += snprintf(text + size, sizeof(text) - (size_t)size,
				 "Content-Length: %zu\r\n", strlen(BODY));
	size += snprintf(text + size, sizeof(text) - (size_t)size, "\r\n%s", BODY);
	gnutls_record_send(session, text, (size_t)size);
}

static void serve(struct peer *peer, gnutls_session_t session)
{
	char bytes[4096];
	ssize_t n = gnutls_handshake(session);

	if (n < 0) {
		gnutls_alert_send_appropriate(session, (int)n);
		/* What came all the same would be counted. */
		while ((n = gnutls_record_recv(session, bytes, sizeof(bytes))) > 0)
			atomic_fetch_add(&peer->bytes, n);
		return;
	}
	n = gnutls_record_recv(session, bytes, sizeof(bytes));
	if (n <= 0)
		return;
	atomic_fetch_add(&peer->bytes, n);
	answer(peer, session);
	if (!peer->manners.cut_answer)
		gnutls_bye(session, GNUTLS_SHUT_WR);
}

static void take(struct peer *peer, int fd)
{
	const struct timeval limit = { .tv_sec = 5 };
	gnutls_session_t session;
	char hello[64];

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	if (peer->manners.hang_up) {
		recv(fd, hello, sizeof(hello), 0);
		return;
	}
	gnutls_init(&session, GNUTLS_SERVER);
	gnutls_priority_set_direct(session, peer->manners.priority ?
				   peer->manners.priority : "NORMAL", NULL);
	gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, peer->own);
	gnutls_certificate_server_set_request(session, peer->manners.clients ?
		GNUTLS_CERT_REQUIRE : GNUTLS_CERT_IGNORE);
	if (peer->manners.clients)
		gnutls_session_set_verify_cert(session, NULL, 0);
	gnutls_transport_set_int(session, fd);
	serve(peer, session);
	shutdown(fd, SHUT_WR);
	while (recv(fd, hello, sizeof(hello), 0) > 0)
		;
	gnutls_deinit(session);
}

static void *run(void *arg)
{
	struct peer *peer = arg;
	int fd;

	while ((fd = accept(peer->listener, NULL, NULL)) >= 0) {
		atomic_fetch_add(&peer->connections, 1);
		take(peer, fd);
		close(fd);
	}
	return NULL;
}

void peer_start(struct peer *peer, const struct pair *certificate,
		const struct peer_manners *manners)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	gnutls_x509_crt_t chain = certificate->cert;
	socklen_t size = sizeof(address);

	memset(peer, 0, sizeof(*peer));
	peer->manners = *manners;
	assert_int_equal(gnutls_certificate_allocate_credentials(&peer->own), 0);
	assert_true(gnutls_certificate_set_x509_key(peer->own, &chain, 1,
						    certificate->key) >= 0);
	if (manners->clients)
		assert_int_equal(gnutls_certificate_set_x509_trust(peer->own,
			(gnutls_x509_crt_t *)&manners->clients->cert, 1), 1);
	peer->listener = socket(AF_INET, SOCK_STREAM, 0);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(peer->listener, (void *)&address, size), 0);
	assert_int_equal(listen(peer->listener, 8), 0);
	assert_int_equal(getsockname(peer->listener, (void *)&address, &size), 0);
	snprintf(peer->server, sizeof(peer->server), "https://127.0.0.1:%d",
		 ntohs(address.sin_port));
	assert_int_equal(pthread_create(&peer->thread, NULL, run, peer), 0);
}

void peer_stop(struct peer *peer)
{
	shutdown(peer->listener, SHUT_RDWR);
	pthread_join(peer->thread, NULL);
	close(peer->listener);
	gnutls_certificate_free_credentials(peer->own);
}
