/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/clock.h>

#include <stdatomic.h>
#include <time.h>

/* File scope: the time is one for the whole program, by its nature. */
static _Atomic int64_t shift_ms, jump_ms;

static int64_t read_ms(clockid_t id)
{
	struct timespec now;

	clock_gettime(id, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_now_ms(void)
{
	return read_ms(CLOCK_REALTIME) + atomic_load(&shift_ms) +
		atomic_load(&jump_ms);
}

int64_t clock_mono_ms(void)
{
	return read_ms(CLOCK_MONOTONIC);
}

/* The time of day when it was first asked for, then what has really gone by since,
 * a suspension of the machine included. */
int64_t clock_steady_ms(void)
{
	static _Atomic int64_t started_ms;
	int64_t none = 0;

	/* Threads that race set the same instant, to a millisecond. */
	atomic_compare_exchange_strong(&started_ms, &none,
		read_ms(CLOCK_REALTIME) - read_ms(CLOCK_BOOTTIME));
	return read_ms(CLOCK_BOOTTIME) + atomic_load(&started_ms) +
		atomic_load(&shift_ms);
}

void clock_jump(int64_t by_ms)
{
	atomic_fetch_add(&jump_ms, by_ms);
}

struct date clock_today(enum zone zone)
{
	return zone_date(zone, clock_now_ms(), NULL);
}

void clock_start_at(int64_t at_ms)
{
	atomic_store(&shift_ms, at_ms - read_ms(CLOCK_REALTIME));
}
