/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

void sample_add(struct samples *samples, double value)
{
	if (samples->count == samples->room) {
		samples->room = samples->room ? 2 * samples->room : 256;
		samples->at = realloc(samples->at,
				      samples->room * sizeof(*samples->at));
		if (!samples->at)
			fail("no memory");
	}
	samples->at[samples->count++] = value;
}

static int compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

double samples_at(struct samples *samples, double share)
{
	size_t at = (size_t)((double)samples->count * share);

	if (samples->count == 0)
		return 0;
	qsort(samples->at, samples->count, sizeof(*samples->at), compare);
	return samples->at[at < samples->count ? at : samples->count - 1];
}

void fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("bench: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}
