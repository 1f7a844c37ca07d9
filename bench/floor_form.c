/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least that a form costs with ncurses: seven fields, Tab goes to the next,
 * Page Down shows a page of text and the form again. */
#include <curses.h>
#include <locale.h>
#include <string.h>

#define FIELDS 7
#define WIDTH 40

static char values[FIELDS][WIDTH + 1];

static void paint(bool page, int field)
{
	erase();
	mvprintw(0, 0, page ? "A page" : "A form");
	for (int i = 0; !page && i < FIELDS; i++)
		mvprintw(2 + 2 * i, 2, "Field %d   %-*s", i + 1, WIDTH, values[i]);
	for (int i = 0; page && i < 20; i++)
		mvprintw(2 + i, 0, "%02d/11/2026  A line of text of the page "
			 "%12d  and its end", i + 1, 1234 * i);
	mvprintw(23, 0, "F1 Help  F3 Back  F10 Done");
	move(2 + 2 * field, 12 + (int)strlen(values[field]));
	refresh();
}

int main(void)
{
	bool page = false;
	int field = 0, key;

	setlocale(LC_ALL, "");
	if (!newterm(NULL, stdout, stdin))
		return 1;
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	paint(page, field);
	while ((key = getch()) != KEY_F(3)) {
		size_t used = strlen(values[field]);

		if (key == '\t')
			field = (field + 1) % FIELDS;
		else if (key == KEY_NPAGE)
			page = !page;
		else if ((key == KEY_BACKSPACE || key == 127) && used > 0)
			values[field][used - 1] = '\0';
		else if (key >= ' ' && key < 127 && used < WIDTH)
			values[field][used] = (char)key;
		paint(page, field);
	}
	endwin();
	return 0;
}
