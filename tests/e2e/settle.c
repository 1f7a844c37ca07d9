/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When has a program done all it will do with its input?  Both directions of a
 * pseudo-terminal pass through a kernel worker, so a queue that looks empty
 * proves nothing.  Input has arrived when the program has read as many bytes;
 * output is complete when a mark written behind it comes back. */
#include "run.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A program may throw type-ahead away, or be stopped. */
enum { INPUT_LIMIT_MS = 500 };

static int open_slave(const struct term *t)
{
	return open(ptsname(t->master), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
}

/* Where the system does not tell what was read: a program that was asleep has
 * gone to sleep again. */
static bool input_read(const struct term *t)
{
	uint64_t count;

	if (t->must_read && procs_bytes_read(t->pid, &count))
		return count >= t->must_read;
	return procs_waits(t->pid) > t->waits;
}

static bool input_taken(const struct term *t)
{
	int count = 0, slave;

	if (now_ms() > t->input_ms + INPUT_LIMIT_MS)
		return true;
	slave = open_slave(t);
	if (slave >= 0) {
		if (ioctl(slave, FIONREAD, &count) < 0)
			count = 0;
		close(slave);
	}
	return !count && input_read(t);
}

/* Returns false when the terminal is full. */
static bool send_mark(struct term *t)
{
	static const char mark = TERM_MARK;
	int slave = open_slave(t);
	bool sent;

	if (slave < 0)
		return false;
	sent = write(slave, &mark, 1) == 1;
	close(slave);
	t->marks_due += sent;
	return sent;
}

bool term_settle(struct term *t, int limit_ms)
{
	int64_t end = now_ms() + limit_ms;

	while (now_ms() < end) {
		size_t before;

		if (term_ended(t))
			return true;
		if (!input_taken(t) || !procs_asleep(getpid())) {
			term_pump(t, 1);
			continue;
		}
		before = t->bytes;
		if (!send_mark(t)) {
			term_pump(t, 1);
			continue;
		}
		while (t->marks_due && now_ms() < end && !term_ended(t))
			term_pump(t, 10);
		/* What came meanwhile may have been the answer of a terminal to a
		 * question, which wakes the program again. */
		if (t->bytes == before && procs_asleep(getpid()))
			return true;
	}
	return false;
}
