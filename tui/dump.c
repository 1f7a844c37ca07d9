/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "impl.h"

#include <curses.h>

/* Blanks at the end of a line are left out. */
static void dump_line(int y, FILE *out)
{
	char line[4096];
	size_t used = 0, end = 0;

	for (int x = 0; x < COLS && used + 32 < sizeof(line); x++) {
		wchar_t wide[CCHARW_MAX + 1] = { 0 };
		attr_t attributes;
		cchar_t cell;
		short pair;

		if (mvwin_wch(newscr, y, x, &cell) == ERR ||
		    getcchar(&cell, wide, &attributes, &pair, NULL) == ERR)
			continue;
		if (!wide[0])
			continue;
		for (int i = 0; wide[i]; i++)
			used += text_put(line + used, (uint32_t)wide[i]);
		if (wide[0] != ' ')
			end = used;
		x += text_char_width((uint32_t)wide[0]) - 1;
	}
	fwrite(line, 1, end, out);
	fputc('\n', out);
}

void ui_dump(struct ui *ui, FILE *out)
{
	(void)ui;
	for (int y = 0; y < LINES; y++)
		dump_line(y, out);
}
