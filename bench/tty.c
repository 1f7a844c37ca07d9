/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vterm.h>

#define ROWS 24
#define COLUMNS 80
#define LIMIT_MS 10000

static void on_reply(const char *bytes, size_t count, void *user)
{
	const struct tty *tty = user;

	if (write(tty->master, bytes, count) < 0)
		fail("the terminal cannot answer");
}

void tty_start(struct tty *tty, const char *const argv[], const char *where)
{
	const struct winsize size = { .ws_row = ROWS, .ws_col = COLUMNS };

	memset(tty, 0, sizeof(*tty));
	tty->name = argv[0];
	tty->pid = forkpty(&tty->master, NULL, NULL, &size);
	if (tty->pid < 0)
		fail("no terminal");
	if (tty->pid == 0) {
		if (!where || chdir(where) == 0)
			execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	fcntl(tty->master, F_SETFL, O_NONBLOCK);
	tty->vt = vterm_new(ROWS, COLUMNS);
	vterm_set_utf8(tty->vt, 1);
	vterm_output_set_callback(tty->vt, on_reply, tty);
	tty->screen = vterm_obtain_screen(tty->vt);
	vterm_screen_enable_altscreen(tty->screen, 1);
	vterm_screen_reset(tty->screen, 1);
}

void tty_end(struct tty *tty)
{
	kill(tty->pid, SIGKILL);
	waitpid(tty->pid, NULL, 0);
	close(tty->master);
	vterm_free(tty->vt);
}

int64_t tty_key(struct tty *tty, const char *keys)
{
	int64_t at;

	tty->bytes = 0;
	at = now_ns();
	if (write(tty->master, keys, strlen(keys)) < 0)
		fail("the program takes no keys");
	return at;
}

bool tty_pump(struct tty *tty, int limit_ms)
{
	struct pollfd fd = { .fd = tty->master, .events = POLLIN };
	char block[16384];
	ssize_t n;

	if (poll(&fd, 1, limit_ms) <= 0)
		return false;
	n = read(tty->master, block, sizeof(block));
	if (n <= 0)
		return false;
	if (tty->bytes == 0)
		tty->read_ns = now_ns();
	tty->bytes += (size_t)n;
	vterm_input_write(tty->vt, block, (size_t)n);
	return true;
}

void tty_settle(struct tty *tty, int quiet_ms)
{
	while (tty_pump(tty, quiet_ms))
		;
}

static bool sees(const struct tty *tty, const char *text)
{
	char row[4 * COLUMNS + 1];

	for (int y = 0; y < ROWS; y++) {
		size_t size = vterm_screen_get_text(tty->screen, row,
			sizeof(row) - 1, (VTermRect){ y, y + 1, 0, COLUMNS });

		row[size] = '\0';
		if (strstr(row, text))
			return true;
	}
	return false;
}

void tty_see(struct tty *tty, const char *text)
{
	int64_t end = now_ns() + LIMIT_MS * 1000000LL;

	while (!sees(tty, text)) {
		if (now_ns() > end)
			fail("%s: « %s » does not come", tty->name, text);
		if (!tty_pump(tty, 100) && waitpid(tty->pid, NULL, WNOHANG) != 0)
			fail("%s ended before « %s »", tty->name, text);
	}
}
