/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rectangle of the screen to draw in.  All text that reaches the terminal
 * goes through here, and so through text_clean(). */
#ifndef GUICHET_TUI_CANVAS_H
#define GUICHET_TUI_CANVAS_H

#include "impl.h"

#define CANVAS_TEXT 1024                /* bytes of one drawn text */

struct canvas {
	struct ui *ui;
	int y, x, rows, cols;           /* on the screen */
};

/* Return the whole screen, made blank. */
struct canvas canvas_start(struct ui *ui);

/* Return a part of it, cut to what there is. */
struct canvas canvas_part(const struct canvas *canvas, int y, int x, int rows,
			  int cols);

/* Make it blank. */
void canvas_blank(const struct canvas *canvas);

/* Draw `text` in at most `width` columns, "…" at the end when it is cut.  Returns
 * the columns used. */
int canvas_text(const struct canvas *canvas, int y, int x, int width,
		enum ui_style style, const char *text);

/* The same, against the right end of `width`. */
void canvas_right(const struct canvas *canvas, int y, int x, int width,
		  enum ui_style style, const char *text);

/* Draw the same character `count` times. */
void canvas_repeat(const struct canvas *canvas, int y, int x, int count,
		   enum ui_style style, uint32_t c);

/* Draw characters that an editor holds, from `first` on; returns columns. */
int canvas_chars(const struct canvas *canvas, int y, int x, int width,
		 enum ui_style style, const uint32_t *chars, size_t count);

/* Put the cursor of the terminal there. */
void canvas_cursor(const struct canvas *canvas, int y, int x);

/* Make `text` fit to be drawn (cleaned; plain letters with --ascii); returns its
 * columns. */
int canvas_clean(const struct ui *ui, char *out, size_t size, const char *text);

#endif
