/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skip.h"
#include "../../api/http.h"

#include <time.h>

/* File scope: the time is one for the whole program, by its nature. */
static int64_t skipped_ms;
static bool reused;

int64_t __wrap_clock_mono_ms(void);

int64_t real_mono_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t __wrap_clock_mono_ms(void)
{
	return real_mono_ms() + skipped_ms;
}

void skip_to_ms(int64_t at_ms)
{
	int64_t ahead = at_ms - __wrap_clock_mono_ms();

	if (ahead > 0)
		skipped_ms += ahead;
}

void __real_http_start(struct http *http, struct http_exchange *exchange);
void __wrap_http_start(struct http *http, struct http_exchange *exchange);

void __wrap_http_start(struct http *http, struct http_exchange *exchange)
{
	exchange->fresh = exchange->fresh && !reused;
	__real_http_start(http, exchange);
}

void reuse_connections(bool reuse)
{
	reused = reuse;
}
