/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tty.h"

#include "clipboard.h"
#include "emergency.h"
#include "theme.h"

#include <guichet/base/clock.h>
#include <guichet/base/mem.h>
#include <guichet/base/text.h>

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#define ESCAPE_DELAY_MS 25
#define MOUSE_EVENTS (BUTTON1_PRESSED | BUTTON1_CLICKED | \
	BUTTON1_DOUBLE_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED)
#define PASTE_TAIL_MS 10
#define PASTE_TAIL_MAX_MS 500

struct tty {
	SCREEN *screen;
	WINDOW *keys;                   /* a pad: reading it refreshes nothing */
	FILE *out, *in, *own_out, *own_in;
	int signals;
	bool offscreen, bare;           /* bare: no title, no paste marks */
	bool taken;                     /* there is something to give back */
	sigset_t old_mask;
	char title[160];
	struct termios modes;           /* before us */
};

static const char *capability(const char *name)
{
	char *value = tigetstr(name);

	return value && value != (char *)-1 ? value : "";
}

/* As soon as there is something to give back, and again when there is more. */
static void arm_emergency(struct tty *tty, bool mouse)
{
	bool marked = tty->taken && !tty->bare;
	char restore[EMERGENCY_SIZE];
	int size;

	if (tty->offscreen)
		return;
	size = snprintf(restore, sizeof(restore), "%s%s%s%s%s%s%s",
			marked ? "\033[?2004l" : "",
			mouse ? "\033[?1006;1000l" : "",
			capability("sgr0"), capability("cnorm"),
			capability("rmkx"), capability("rmcup"),
			marked ? "\033[23;0t" : "");
	if (size > 0 && (size_t)size < sizeof(restore))
		emergency_arm(fileno(tty->out), restore, &tty->modes);
}

/* The library loads what converts characters now, and keeps for good what it had no
 * memory to load: every accent would be lost. */
static bool converts(void)
{
	mbstate_t state = { 0 };
	wchar_t c;

	return mbrtowc(&c, "\xC3\xA9", 2, &state) == 2;
}

/* Wide curses follows LC_CTYPE; everything here is UTF-8. */
static bool use_utf8(struct err *err)
{
	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") &&
	    !setlocale(LC_CTYPE, "C.UTF-8") &&
	    !setlocale(LC_CTYPE, "C.utf8"))
		return err_set(err, ERR_SYSTEM,
			       _("aucun réglage de langue en UTF-8 sur ce poste"));
	if (!converts())
		mem_end();
	return true;
}

/* Half a change of size, for want of memory, would leave windows that are drawn
 * past their end. */
static void take_size(int rows, int columns)
{
	bool given = false;

	errno = 0;
	while (resizeterm(rows, columns) == ERR && errno == ENOMEM)
		mem_again(&given);
}

static bool start_curses(struct tty *tty, const struct ui_setup *setup,
			 struct err *err)
{
	const char *name = tty->offscreen ? "xterm-256color" : getenv("TERM");
	bool given = false;

	if (!getenv("NCURSES_NO_UTF8_ACS"))
		setenv("NCURSES_NO_UTF8_ACS", "1", 1);
	use_tioctl(TRUE);
	if (!name || !*name)
		return err_set(err, ERR_SYSTEM,
			       _("la variable TERM n'est pas définie"));
	if (!tty->offscreen) {
		emergency_arm(fileno(tty->out), "", &tty->modes);
		emergency_frail(true);
	}
	errno = 0;
	while (!(tty->screen = newterm(name, tty->out, tty->in)) &&
	       errno == ENOMEM)
		mem_again(&given);
	if (!tty->screen)
		return err_set(err, ERR_SYSTEM,
			       _("terminal « %s » inconnu"), name);
	arm_emergency(tty, false);
	if (!*capability("cup"))
		return err_set(err, ERR_SYSTEM,
			       _("terminal « %s » sans adressage du curseur"),
			       name);
	raw();
	noecho();
	nonl();
	if (!getenv("ESCDELAY"))
		set_escdelay(ESCAPE_DELAY_MS);
	while (!(tty->keys = newpad(1, 1)))
		mem_again(&given);
	typeahead(-1);
	keypad(tty->keys, TRUE);
	nodelay(tty->keys, TRUE);
	tty_keys_define();
	theme_start(setup);
	emergency_frail(false);
	if (tty->offscreen)
		take_size(setup->rows ? setup->rows : 24,
			  setup->columns ? setup->columns : 80);
	return true;
}

/* Let `act` write to no terminal at all. */
static void out_of_sight(const struct tty *tty, void (*act)(void))
{
	int fd = fileno(tty->out), real = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (real >= 0 && nowhere >= 0 && dup2(nowhere, fd) >= 0) {
		act();
		dup2(real, fd);
	}
	if (real >= 0)
		close(real);
	if (nowhere >= 0)
		close(nowhere);
}

static void leave_once(void)
{
	endwin();
}

/* Until it has been left once, curses flushes at every move of the cursor:
 * left and taken again out of sight, it writes a repaint in one piece. */
static void flush_less(struct tty *tty)
{
	out_of_sight(tty, leave_once);
}

/* A screen where each character changes the look of the last: more bytes than the
 * buffer of curses holds, which is made for one screen. */
static void fill_buffer(void)
{
	for (int y = 0; y < LINES; y++)
		for (int x = 0; x < COLS; x++)
			mvaddch(y, x, x & 1 ? 'x' | A_BOLD : 'x');
	clearok(curscr, TRUE);
	refresh();
	erase();
	clearok(curscr, TRUE);
}

void tty_wipe(const struct tty *tty)
{
	if (!tty->offscreen && tty->taken)
		out_of_sight(tty, fill_buffer);
}

static void catch_signals(struct tty *tty)
{
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGWINCH);
	sigaddset(&mask, SIGHUP);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGINT);
	sigprocmask(SIG_BLOCK, &mask, &tty->old_mask);
	signal(SIGPIPE, SIG_IGN);
	tty->signals = signalfd(-1, &mask, SFD_NONBLOCK | SFD_CLOEXEC);
}

static void write_all(struct tty *tty, const char *bytes)
{
	fputs(bytes, tty->out);
	fflush(tty->out);
}

static bool open_files(struct tty *tty, const struct ui_setup *setup,
		       struct err *err)
{
	tty->out = setup->out;
	tty->in = setup->in;
	if (!tty->out)
		tty->out = tty->offscreen
			? (tty->own_out = fopen("/dev/null", "w")) : stdout;
	if (!tty->in)
		tty->in = tty->offscreen
			? (tty->own_in = fopen("/dev/null", "r")) : stdin;
	if (!tty->out || !tty->in)
		return err_set(err, ERR_SYSTEM, _("terminal illisible"));
	if (!tty->offscreen &&
	    (!isatty(fileno(tty->out)) || !isatty(fileno(tty->in))))
		return err_set(err, ERR_SYSTEM,
			       _("guichet se lance dans un terminal"));
	return true;
}

struct tty *tty_open(const struct ui_setup *setup, struct err *err)
{
	struct tty *tty = mem_new(1, sizeof(*tty));

	tty->signals = -1;
	tty->offscreen = setup->offscreen;
	if (!use_utf8(err) || !open_files(tty, setup, err))
		goto failed;
	tcgetattr(fileno(tty->out), &tty->modes);
	if (!start_curses(tty, setup, err))
		goto failed;
	if (tty->offscreen)
		return tty;
	/* The title and paste marks are private sequences of xterm's family. */
	tty->bare = !strncmp(getenv("TERM"), "linux", 5) ||
		     !strncmp(getenv("TERM"), "vt", 2);
	tty->taken = true;
	arm_emergency(tty, setup->mouse);
	if (!tty->bare)
		write_all(tty, "\033[22;0t\033[?2004h");
	if (setup->mouse) {
		mouseinterval(0);
		mousemask(MOUSE_EVENTS, NULL);
	}
	flush_less(tty);
	keypad(tty->keys, TRUE);
	catch_signals(tty);
	return tty;
failed:
	tty_close(tty);
	return NULL;
}

void tty_close(struct tty *tty)
{
	if (!tty)
		return;
	if (tty->screen) {
		if (tty->taken && !tty->bare)
			write_all(tty, "\033[?2004l\033[23;0t");
		/* Keys typed for a desk that is leaving are not for the shell. */
		if (tty->taken)
			tcflush(fileno(tty->in), TCIFLUSH);
		if (tty->keys)
			delwin(tty->keys);
		endwin();
		emergency_disarm();
		emergency_frail(true);
		delscreen(tty->screen);
	}
	emergency_disarm();
	if (tty->signals >= 0) {
		close(tty->signals);
		sigprocmask(SIG_SETMASK, &tty->old_mask, NULL);
	}
	if (tty->own_out)
		fclose(tty->own_out);
	if (tty->own_in)
		fclose(tty->own_in);
	free(tty);
}

int tty_fd(const struct tty *tty)
{
	return tty->offscreen ? -1 : fileno(tty->in);
}

int tty_signal_fd(const struct tty *tty)
{
	return tty->signals;
}

int tty_signal(struct tty *tty)
{
	struct signalfd_siginfo info;

	if (tty->signals < 0 ||
	    read(tty->signals, &info, sizeof(info)) != sizeof(info))
		return 0;
	return (int)info.ssi_signo;
}

/* Two clicks in one read come as a double click: each is one click here. */
static void read_mouse(struct input *input)
{
	MEVENT event;

	if (getmouse(&event) != OK)
		return;
	if (event.bstate & BUTTON4_PRESSED)
		input_special(input, UI_KEY_UP);
	else if (event.bstate & BUTTON5_PRESSED)
		input_special(input, UI_KEY_DOWN);
	else
		input_click(input, event.y, event.x);
}

static bool read_all(struct tty *tty, struct input *input)
{
	bool some = false;
	int code;

	while ((code = wgetch(tty->keys)) != ERR) {
		int64_t key = code > 255 ? tty_key(code) : 0;

		some = true;
		if (code == KEY_MOUSE)
			read_mouse(input);
		else if (code <= 255)
			input_byte(input, (unsigned char)code);
		else if (key < 0)
			input_paste_mark(input, key == -1);
		else if (key > 0)
			input_special(input, (uint32_t)key);
	}
	return some;
}

/* What follows the end of a paste at once is seen with it: when another end comes,
 * the first was forged. */
static void read_behind_paste(struct tty *tty, struct input *input)
{
	int64_t end = clock_mono_ms() + PASTE_TAIL_MAX_MS;

	while (input->pasted && clock_mono_ms() < end) {
		struct pollfd fd = { .fd = fileno(tty->in), .events = POLLIN };

		if (poll(&fd, 1, PASTE_TAIL_MS) <= 0 || !read_all(tty, input))
			break;
	}
	input->pasted = false;
}

bool tty_read(struct tty *tty, struct input *input)
{
	bool some;

	if (tty->offscreen)
		return true;
	some = read_all(tty, input);
	read_behind_paste(tty, input);
	input_flush(input);
	return some;
}

void tty_resize(struct tty *tty)
{
	struct winsize size;

	if (tty->offscreen ||
	    ioctl(fileno(tty->out), TIOCGWINSZ, &size) < 0 ||
	    !size.ws_row || !size.ws_col)
		return;
	if (size.ws_row != LINES || size.ws_col != COLS)
		take_size(size.ws_row, size.ws_col);
	clearok(curscr, TRUE);
}

int tty_rows(void)
{
	return LINES;
}

int tty_columns(void)
{
	return COLS;
}

void tty_repaint(void)
{
	clearok(curscr, TRUE);
}

void tty_update(int y, int x)
{
	wmove(stdscr, y, x);
	wnoutrefresh(stdscr);
	/* The first times, curses allocates here too and does not look. */
	emergency_frail(true);
	doupdate();
	emergency_frail(false);
}

void tty_title(struct tty *tty, const char *text)
{
	char bytes[200];

	if (tty->offscreen || tty->bare || !strcmp(text, tty->title))
		return;
	text_copy(tty->title, sizeof(tty->title), text);
	snprintf(bytes, sizeof(bytes), "\033]2;%s\033\\", text);
	write_all(tty, bytes);
}

bool tty_copy(struct tty *tty, const char *text)
{
	char sequence[CLIPBOARD_SIZE];

	if (!clipboard_sequence(sequence, text))
		return false;
	if (!tty->offscreen && !tty->bare)
		write_all(tty, sequence);
	return true;
}
