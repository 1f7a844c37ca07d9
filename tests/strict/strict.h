/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUICHET_TESTS_STRICT_H
#define GUICHET_TESTS_STRICT_H

#include "../contract/contract.h"

#include <gnutls/gnutls.h>

/* One connection to the daemon, plain or by TLS, whose answers are kept. */
struct line {
	int fd;
	gnutls_session_t tls;           /* NULL: plain */
	char answer[16384];
	size_t size;
	bool ended;
};

void line_open(struct line *line, const struct daemon *daemon);
void line_close(struct line *line);

/* A daemon that has refused stops reading: what could not be sent is no fault. */
void line_send(struct line *line, const char *bytes, size_t size);

/* Read until the daemon closes, or for `most_ms`. */
void line_read(struct line *line, int most_ms);

/* Tests; `state` is the two daemons. */
struct daemons { struct daemon plain, tls; };

void what_has_two_readings_is_refused(void **state);
void the_same_is_refused_on_a_kept_connection(void **state);
void honest_requests_are_answered(void **state);
void a_dripped_request_is_cut_in_ten_seconds(void **state);
void a_thousand_slow_connections_shut_nobody_out(void **state);

#endif
