/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/clock.h>

#include <stdatomic.h>
#include <time.h>

/* File scope: the time is one for the whole program, by its nature. */
static _Atomic int64_t shift_ms;

static int64_t read_ms(clockid_t id)
{
	struct timespec now;

	clock_gettime(id, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_now_ms(void)
{
	return read_ms(CLOCK_REALTIME) + atomic_load(&shift_ms);
}

int64_t clock_mono_ms(void)
{
	return read_ms(CLOCK_MONOTONIC);
}

struct date clock_today(enum zone zone)
{
	return zone_date(zone, clock_now_ms(), NULL);
}

void clock_start_at(int64_t at_ms)
{
	atomic_store(&shift_ms, at_ms - read_ms(CLOCK_REALTIME));
}
