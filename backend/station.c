/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station.h"

#include <gnutls/gnutls.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sodium.h>
#include <string.h>
#include <sys/socket.h>

/* Prints of different things never meet: each begins with what it is of. */
static void start(crypto_hash_sha256_state *hash, const char *what)
{
	crypto_hash_sha256_init(hash);
	crypto_hash_sha256_update(hash, (const unsigned char *)what,
				  strlen(what) + 1);
}

static void add(crypto_hash_sha256_state *hash, const void *data, size_t size)
{
	crypto_hash_sha256_update(hash, data, size);
}

static void add_text(crypto_hash_sha256_state *hash, const char *text)
{
	if (text)
		add(hash, text, strlen(text));
}

void station_print(const void *certificate, size_t size, int family,
		   const char *desk, unsigned char print[STATION_SIZE])
{
	crypto_hash_sha256_state hash;

	start(&hash, size ? "certificate" : family == AF_UNIX ? "unix" : "net");
	if (size)
		add(&hash, certificate, size);
	else
		add_text(&hash, desk);
	crypto_hash_sha256_final(&hash, print);
}

/* Where a connection without certificate comes from. */
static void add_peer(crypto_hash_sha256_state *hash, const struct sockaddr *from,
		     int fd)
{
	struct ucred peer = { 0 };
	socklen_t size = sizeof(peer);

	if (from->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)from;

		add(hash, &in->sin_addr, sizeof(in->sin_addr));
	} else if (from->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const void *)from;

		add(hash, &in6->sin6_addr, sizeof(in6->sin6_addr));
	} else if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0) {
		add(hash, &peer.uid, sizeof(peer.uid));
	}
}

/* The certificate of the other side, whose chain was verified already. */
static const gnutls_datum_t *certificate_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection,
		MHD_CONNECTION_INFO_GNUTLS_SESSION);
	unsigned count = 0;

	return info && info->tls_session ?
		gnutls_certificate_get_peers(info->tls_session, &count) : NULL;
}

void station_find(struct exchange *ex, struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *address = MHD_get_connection_info(
		connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const union MHD_ConnectionInfo *fd = MHD_get_connection_info(connection,
		MHD_CONNECTION_INFO_CONNECTION_FD);
	const gnutls_datum_t *certificate = certificate_of(connection);
	const struct sockaddr *from = address->client_addr;
	crypto_hash_sha256_state hash;

	station_print(certificate ? certificate->data : NULL,
		      certificate ? certificate->size : 0, from->sa_family,
		      ex->asked.desk, ex->req.station);
	start(&hash, "origin");
	if (certificate) {
		add(&hash, certificate->data, certificate->size);
	} else {
		add_peer(&hash, from, fd->connect_fd);
		add_text(&hash, ex->asked.desk);
	}
	crypto_hash_sha256_final(&hash, ex->req.origin);
}
