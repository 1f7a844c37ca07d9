/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server of one's own: it takes connections until it is stopped, counts the
 * bytes that came inside TLS and, once a request came, answers. */
#ifndef GUICHET_TESTS_PEER_H
#define GUICHET_TESTS_PEER_H

#include "authority.h"

#include <pthread.h>
#include <stdatomic.h>

struct peer_manners {
	const char *priority;           /* of GnuTLS; NULL: its own */
	const struct pair *clients;     /* authority it asks certificates of */
	bool hang_up;                   /* in the middle of the handshake */
	bool cut_answer;                /* no length, and no end of TLS */
};

struct peer {
	struct peer_manners manners;
	gnutls_certificate_credentials_t own;
	int listener;
	pthread_t thread;
	_Atomic long connections, bytes;        /* bytes: of the application */
	char server[64];                /* "https://127.0.0.1:PORT" */
};

void peer_start(struct peer *peer, const struct pair *certificate,
		const struct peer_manners *manners);
void peer_stop(struct peer *peer);

#endif
