/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The characters of the screen, as drawn now and as given to curses last.  A
 * view is drawn whole each time; curses hears of the rows that differ, so a key
 * costs what it changes. */
#ifndef GUICHET_TUI_CELLS_H
#define GUICHET_TUI_CELLS_H

#include <guichet/tui/ui.h>

#define CELL_MARKS 2                    /* that text_clean() leaves on a base */

/* One column; the second of a wide character has no base.  Compared by bytes:
 * no padding. */
struct cell {
	uint32_t base, marks[CELL_MARKS];
	uint32_t style;                 /* enum ui_style */
};

struct cells {
	int rows, cols;
	struct cell *drawn, *given;     /* rows * cols each, or NULL */
	bool forgotten;                 /* what curses has is not known */
};

/* Start a view of `rows` by `cols` blanks. */
void cells_start(struct cells *cells, int rows, int cols);
void cells_fini(struct cells *cells);

/* Draw clean `text` from a column on.  What is outside is left out. */
void cells_text(struct cells *cells, int y, int x, enum ui_style style,
		const char *text);

/* Draw `count` times a character of one column. */
void cells_repeat(struct cells *cells, int y, int x, int count,
		  enum ui_style style, uint32_t c);

/* Give every row again: the terminal changed its size. */
void cells_forget(struct cells *cells);

/* Give curses the rows that differ. */
void cells_give(struct cells *cells);

#endif
