/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the terminal's loop knows of whatever else has to be waited for.  The
 * real one is libcurl's multi interface; tests give one that answers by hand.
 * It lives here so that the terminal and the network do not know each other. */
#ifndef GUICHET_BASE_LOOP_H
#define GUICHET_BASE_LOOP_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

struct loop_peer {
	void *self;
	/* Wait until one of `fds` has an event (revents are filled), until
	 * something of the peer's own came, or for `timeout_ms` (-1: no limit).
	 * The only place where the program sleeps. */
	void (*wait)(void *self, struct pollfd *fds, size_t count, int timeout_ms);
	/* Hand over the replies that have come.  Never called from wait(). */
	void (*deliver)(void *self);
	/* Return the clock_mono_ms() at which deliver() must run again even if
	 * nothing comes (a retry, a deadline), or 0. */
	int64_t (*due_ms)(void *self);
};

#endif
