/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The smallest program the runner can be tried on: one line of text, and one
 * misbehaviour for each key that asks for it. */
#include <curses.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void terminal(const char *bytes)
{
	if (write(1, bytes, strlen(bytes)) < 0)
		abort();
}

static void misbehave(int key)
{
	if (key == KEY_F(2))
		terminal("\033[?9999h");     /* a mode nobody knows */
	if (key == KEY_F(3))
		terminal("\033[?25l");       /* an invisible cursor */
	if (key == KEY_F(4))
		terminal("\xC2\x9B");        /* an 8-bit control */
	if (key == KEY_F(5)) {
		signal(SIGHUP, SIG_IGN);
		if (fork() == 0)
			poll(NULL, 0, -1); /* somebody left behind */
		signal(SIGHUP, SIG_DFL);
	}
	if (key == KEY_F(6))
		_exit(3);               /* the terminal left as it is */
	if (key == KEY_F(7)) {
		signal(SIGHUP, SIG_IGN);
		poll(NULL, 0, -1);      /* deaf to everything */
	}
	if (key == KEY_F(8))
		terminal("\033]52;c;Qm9uam91cg==\a\033]2;titre\a");
}

static void paint(const char *text, int key)
{
	erase();
	mvprintw(0, 0, "Bonjour %dx%d", COLS, LINES);
	attron(A_BOLD);
	mvaddstr(1, 0, "gras");
	attroff(A_BOLD);
	attron(COLOR_PAIR(1));
	mvaddstr(1, 6, "rouge");
	attroff(COLOR_PAIR(1));
	mvprintw(2, 0, "touche %s", key > 0 ? keyname(key) : "aucune");
	mvprintw(3, 0, "1\u00A0234,56 €");
	mvprintw(4, 0, "Nom : %s", text);
	if (key == KEY_F(9))
		move(1, 6);
	refresh();
}

int main(int argc, char **argv)
{
	char text[200] = "";
	int key = 0;

	setlocale(LC_ALL, "");
	newterm(NULL, stdout, stdin);
	terminal("\033[?2004h");
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	set_escdelay(25);
	start_color();
	use_default_colors();
	init_pair(1, COLOR_RED, -1);
	if (argc > 1 && argv[1][0] != '-')
		snprintf(text, sizeof(text), "%s", argv[1]);
	for (;;) {
		size_t used = strlen(text);

		paint(text, key);
		key = getch();
		if (key == ERR || key == 4)
			break;
		misbehave(key);
		if (key >= ' ' && key < 256 && key != 127 && used + 1 < sizeof(text)) {
			text[used] = (char)key;
			text[used + 1] = '\0';
		}
	}
	terminal("\033[?2004l");
	endwin();
	return 0;
}
