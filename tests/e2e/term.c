/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int on_property(VTermProp prop, VTermValue *value, void *user)
{
	struct term *t = user;

	if (prop == VTERM_PROP_CURSORVISIBLE)
		t->cursor_visible = value->boolean;
	if (prop == VTERM_PROP_TITLE)
		snprintf(t->title, sizeof(t->title), "%s", value->string);
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

/* What the terminal answers to the program's questions. */
static void on_reply(const char *bytes, size_t count, void *user)
{
	struct term *t = user;

	if (write(t->master, bytes, count) < 0)
		t->output_ms = now_ms();
}

bool term_start(struct term *t, int rows, int cols, const char *folder,
		char *const argv[])
{
	struct winsize size = {
		.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols,
	};

	*t = (struct term){ .rows = rows, .cols = cols, .cursor_visible = true };
	t->pid = forkpty(&t->master, NULL, NULL, &size);
	if (t->pid < 0) {
		t->pid = 0;
		t->master = -1;
		return false;
	}
	if (!t->pid) {
		if (chdir(folder) == 0)
			execv(argv[0], argv);
		fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
		_exit(127);
	}
	fcntl(t->master, F_SETFL, O_NONBLOCK);
	fcntl(t->master, F_SETFD, FD_CLOEXEC);
	t->vt = vterm_new(rows, cols);
	vterm_set_utf8(t->vt, 1);
	vterm_output_set_callback(t->vt, on_reply, t);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_reset(t->screen, 1);
	t->input_ms = t->output_ms = now_ms();
	return true;
}

void term_send(struct term *t, const char *bytes, size_t count)
{
	t->bytes = 0;
	t->input_ms = t->output_ms = now_ms();
	t->must_read = procs_bytes_read(t->pid, &t->must_read) ? t->must_read + count : 0;
	t->waits = procs_waits(t->pid);
	while (count) {
		ssize_t n = write(t->master, bytes, count);

		if (n < 0 && errno != EAGAIN)
			return;
		if (n < 0) {
			struct pollfd room = { .fd = t->master,
				.events = POLLIN | POLLOUT };

			poll(&room, 1, 100);
			term_pump(t, 0);
			if (term_ended(t))
				return;
			continue;
		}
		bytes += n;
		count -= (size_t)n;
	}
}

void term_resize(struct term *t, int rows, int cols)
{
	struct winsize size = {
		.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols,
	};

	term_pump(t, 0);
	t->bytes = 0;
	t->input_ms = t->output_ms = now_ms();
	t->rows = rows;
	t->cols = cols;
	vterm_set_size(t->vt, rows, cols);
	ioctl(t->master, TIOCSWINSZ, &size);
}

/* Take our own marks out of what was read; returns what is left. */
static size_t take_marks(struct term *t, char *buf, size_t count)
{
	size_t left = 0;

	for (size_t i = 0; i < count; i++) {
		if (buf[i] == TERM_MARK && t->marks_due > 0)
			t->marks_due--;
		else
			buf[left++] = buf[i];
	}
	return left;
}

bool term_pump(struct term *t, int limit_ms)
{
	struct pollfd fd = { .fd = t->master, .events = POLLIN };
	char buf[16384];
	bool any = false;
	ssize_t n;

	if (t->master < 0 || poll(&fd, 1, limit_ms) <= 0)
		return false;
	while ((n = read(t->master, buf, sizeof(buf))) > 0) {
		size_t count = take_marks(t, buf, (size_t)n);

		if (!count)
			continue;
		t->bytes += count;
		t->output_ms = now_ms();
		escapes_feed(&t->escapes, buf, count);
		vterm_input_write(t->vt, buf, count);
		any = true;
	}
	return any;
}

bool term_ended(struct term *t)
{
	if (t->pid && waitpid(t->pid, &t->status, WNOHANG) == t->pid) {
		t->pid = 0;
		while (term_pump(t, 0))
			;
	}
	return !t->pid;
}

bool term_wait_end(struct term *t, int limit_ms)
{
	int64_t end = now_ms() + limit_ms;

	while (!term_ended(t) && now_ms() < end) {
		if (!term_pump(t, 5) && procs_wait(t->pid, &t->status, 5)) {
			t->pid = 0;
			term_pump(t, 0);
		}
	}
	return !t->pid;
}

bool term_hang_up(struct term *t, int limit_ms)
{
	if (t->master >= 0 && !term_ended(t)) {
		close(t->master);
		t->master = -1;
	}
	if (!t->pid || procs_wait(t->pid, &t->status, limit_ms)) {
		t->pid = 0;
		return true;
	}
	kill(t->pid, SIGKILL);
	waitpid(t->pid, &t->status, 0);
	t->pid = 0;
	return false;
}

void term_free(struct term *t)
{
	if (t->master >= 0)
		close(t->master);
	t->master = -1;
	if (t->vt)
		vterm_free(t->vt);
	t->vt = NULL;
}

static size_t put_utf8(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 63));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 63));
		out[2] = (char)(0x80 | (c & 63));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 63));
	out[2] = (char)(0x80 | (c >> 6 & 63));
	out[3] = (char)(0x80 | (c & 63));
	return 4;
}

void term_row(const struct term *t, int y, char out[ROW_SIZE], int *column_of)
{
	size_t used = 0, last = 0;

	for (int x = 0; x < t->cols && used + 32 < ROW_SIZE; x++) {
		VTermScreenCell cell;
		size_t before = used;

		vterm_screen_get_cell(t->screen, (VTermPos){ y, x }, &cell);
		if (cell.chars[0] == (uint32_t)-1)      /* right half of a wide one */
			continue;
		if (!cell.chars[0])
			out[used++] = ' ';
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			used += put_utf8(out + used, cell.chars[i]);
		if (cell.chars[0] && cell.chars[0] != ' ')
			last = used;
		for (; column_of && before < used; before++)
			column_of[before] = x;
	}
	out[last] = '\0';
}

void term_print(const struct term *t, FILE *out)
{
	char row[ROW_SIZE];

	for (int y = 0; y < t->rows; y++) {
		term_row(t, y, row, NULL);
		fprintf(out, "|%s\n", row);
	}
}
