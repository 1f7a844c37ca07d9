/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strict.h"

#include <guichet/base/clock.h>

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#define STEP_MS 500
#define MOST_MS 15000                   /* ten seconds, and the reaper's turn */
#define SLOW 1000

static const char healthy[] = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";

/* What is sent at once, then a byte of what follows every half second. */
static const struct { const char *name, *first, *drip; } rows[] = {
	{ "nothing at all", "", "" },
	{ "a request line", "", "GET /v1/sessions/current/aaaaaaaaaaaaaaaaaaaaaaa" },
	{ "a header", "GET /healthz HTTP/1.1\r\nHost: x\r\nA: ",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
	{ "a second request", healthy, "GET /v1/sessions/current/aaaaaaaaaaaaaaaaa" },
	{ "a body", "POST /v1/sessions HTTP/1.1\r\nHost: x\r\n"
		"Content-Type: application/json\r\nContent-Length: 90\r\n\r\n",
		"{\"user\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
};

struct drip {
	struct line line;
	size_t sent;
	int64_t closed_ms;
};

/* One step of each line that is still open; false when none is. */
static bool step(struct drip *drips, size_t count, int64_t begun_ms)
{
	bool open = false;

	for (size_t i = 0; i < count; i++) {
		struct drip *drip = &drips[i];
		const char *bytes = rows[i / 2].drip;

		if (drip->line.ended)
			continue;
		if (drip->sent < strlen(bytes))
			line_send(&drip->line, bytes + drip->sent++, 1);
		line_read(&drip->line, 0);
		if (drip->line.ended)
			drip->closed_ms = clock_mono_ms() - begun_ms;
		open |= !drip->line.ended;
	}
	return open;
}

void a_dripped_request_is_cut_in_ten_seconds(void **state)
{
	static struct drip drips[2 * sizeof(rows) / sizeof(*rows)];
	struct daemons *daemons = *state;
	int64_t begun_ms = clock_mono_ms();

	for (size_t i = 0; i < N_ROWS(drips); i++) {
		line_open(&drips[i].line, i % 2 ? &daemons->tls : &daemons->plain);
		line_send(&drips[i].line, rows[i / 2].first,
			  strlen(rows[i / 2].first));
	}
	while (step(drips, N_ROWS(drips), begun_ms) &&
	       clock_mono_ms() - begun_ms < MOST_MS + 6000)
		poll(NULL, 0, STEP_MS);
	printf("| dripped, a byte each half second | plain closed after | TLS |\n"
	       "| --- | ---: | ---: |\n");
	for (size_t i = 0; i < N_ROWS(drips); i += 2)
		printf("| %s | %.1f s | %.1f s |\n", rows[i / 2].name,
		       (double)drips[i].closed_ms / 1000,
		       (double)drips[i + 1].closed_ms / 1000);
	for (size_t i = 0; i < N_ROWS(drips); i++) {
		assert_true(drips[i].line.ended);
		assert_true(drips[i].closed_ms < MOST_MS);
		line_close(&drips[i].line);
	}
}

void a_thousand_slow_connections_shut_nobody_out(void **state)
{
	static const char slow[] = "GET /healthz HTTP/1.1\r\nHost: x\r\nA: b";
	static struct line lines[SLOW];
	struct daemons *daemons = *state;
	struct rlimit room;
	struct line line;

	getrlimit(RLIMIT_NOFILE, &room);
	room.rlim_cur = room.rlim_max;
	setrlimit(RLIMIT_NOFILE, &room);
	if (room.rlim_max < SLOW + 100)
		skip();
	for (int i = 0; i < SLOW; i++) {
		line_open(&lines[i], &daemons->plain);
		line_send(&lines[i], slow, sizeof(slow) - 1);
	}
	line_open(&line, &daemons->plain);
	line_send(&line, healthy, sizeof(healthy) - 1);
	line_read(&line, 5000);
	assert_non_null(strstr(line.answer, "HTTP/1.1 200"));
	line_close(&line);
	for (int i = 0; i < SLOW; i++)
		line_close(&lines[i]);
}
