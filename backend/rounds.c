/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds.h"

#include <guichet/base/clock.h>
#include <guichet/base/log.h>
#include <guichet/base/mem.h>

#include <stdio.h>

#define TIDY_EVERY_MS (60 * 60 * 1000)

void rounds_tell(struct rounds *rounds)
{
	int64_t now_ms = clock_now_ms();
	struct err err = { 0 };

	rounds->day = now_ms / AUDIT_DAY_MS;
	rounds->untold = !witness_tell(rounds->witness, now_ms, &err);
	if (rounds->untold)
		log_event(LOG_ERROR, "witness.failed", "word",
			  err.word[0] ? err.word : "write", NULL);
}

/* Told here and not where it happens, where there is no memory to tell it with:
 * how often since the start, and whether requests are refused for it now. */
static void watch_memory(struct rounds *rounds)
{
	bool whole = mem_recover();
	unsigned shortages = mem_shortages();
	char count[16];

	if (shortages == rounds->shortages)
		return;
	rounds->shortages = shortages;
	snprintf(count, sizeof(count), "%u", shortages);
	log_event(LOG_WARN, "memory.short", "times", count, "reserve",
		  whole ? "whole" : "given", NULL);
}

void rounds_make(struct rounds *rounds)
{
	bool hour = clock_mono_ms() - rounds->tidied_ms > TIDY_EVERY_MS;

	watch_memory(rounds);
	if (hour) {
		server_tidy(rounds->server);
		rounds->tidied_ms = clock_mono_ms();
	}
	if (hour || rounds->untold || rounds->day != clock_now_ms() / AUDIT_DAY_MS)
		rounds_tell(rounds);
}
