/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/clock.h>

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define LOW_BITS 21
#define LOW_MASK ((1u << LOW_BITS) - 1)

static const int64_t epoch_ms = INT64_C(1577836800000); /* 2020-01-01 */
static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* File scope: never twice the same in one process, whatever the thread. */
static _Atomic int64_t last_id;

void random_bytes(void *out, size_t size)
{
	char *at = out;

	while (size > 0) {
		ssize_t n = getrandom(at, size, 0);

		if (n < 0 && errno == EINTR)
			continue;
		/* No generator, no identifiers nor tokens worth their name. */
		if (n < 0)
			abort();
		at += n;
		size -= (size_t)n;
	}
}

int64_t id_at(int64_t at_ms, unsigned low21)
{
	int64_t ms = at_ms > epoch_ms ? at_ms - epoch_ms : 0;

	return ms << LOW_BITS | (int64_t)(low21 & LOW_MASK);
}

int64_t id_new(void)
{
	uint32_t random;
	int64_t last, id;

	random_bytes(&random, sizeof(random));
	id = id_at(clock_now_ms(), random);
	last = atomic_load(&last_id);
	do {
		/* Same millisecond, or a clock set back: go on from the last, a
		 * random step further so that two daemons stay apart. */
		if (id <= last)
			id = last + 1 + (random >> 26);
	} while (!atomic_compare_exchange_weak(&last_id, &last, id));
	return id;
}

void id_format(int64_t id, char out[ID_TEXT])
{
	for (int i = ID_TEXT - 2; i >= 0; i--) {
		out[i] = digits[id & 31];
		id >>= 5;
	}
	out[ID_TEXT - 1] = '\0';
}

int64_t id_parse(const char *text)
{
	int64_t id = 0;

	/* 13 x 5 = 65 bits: the first character holds only three. */
	if (strlen(text) != ID_TEXT - 1 || text[0] > '7')
		return 0;
	for (; *text; text++) {
		const char *digit = strchr(digits, *text);

		if (!digit)
			return 0;
		id = id << 5 | (int64_t)(digit - digits);
	}
	return id;
}

void uuid_new(char out[UUID_TEXT])
{
	unsigned char b[16];
	int at = 0;

	random_bytes(b, sizeof(b));
	b[6] = (b[6] & 0x0F) | 0x40;    /* RFC 9562 section 5.4: version 4 */
	b[8] = (b[8] & 0x3F) | 0x80;    /* and variant 10 */
	for (int i = 0; i < 16; i++)
		at += snprintf(out + at, (size_t)(UUID_TEXT - at), "%s%02x",
			       i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "",
			       b[i]);
}
