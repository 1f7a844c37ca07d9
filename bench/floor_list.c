/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least that a list costs with ncurses: twenty rows, the one the cursor is
 * on in reverse. */
#include <curses.h>
#include <locale.h>

#define ROWS 20

static void paint(int at)
{
	erase();
	mvprintw(0, 0, "A list");
	for (int i = 0; i < ROWS; i++) {
		attrset(i == at ? A_REVERSE : A_NORMAL);
		mvprintw(2 + i, 0, "%02d/11/2026  Consultation of a doctor      "
			 "%8d,00 %24s", i + 1, 10 + i, "");
	}
	attrset(A_NORMAL);
	mvprintw(23, 0, "F1 Help  F3 Back");
	move(2 + at, 0);
	refresh();
}

int main(void)
{
	int at = 0, key;

	setlocale(LC_ALL, "");
	if (!newterm(NULL, stdout, stdin))
		return 1;
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	paint(at);
	while ((key = getch()) != KEY_F(3)) {
		if (key == KEY_DOWN)
			at = (at + 1) % ROWS;
		else if (key == KEY_UP)
			at = (at + ROWS - 1) % ROWS;
		paint(at);
	}
	endwin();
	return 0;
}
