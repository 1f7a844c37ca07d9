/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cells.h"

#include "theme.h"

#include <curses.h>
#include <guichet/base/mem.h>
#include <guichet/base/text.h>
#include <stdlib.h>
#include <string.h>

static const struct cell blank = { .base = ' ', .style = UI_PLAIN };

static void resize(struct cells *cells, int rows, int cols)
{
	size_t count = (size_t)rows * (size_t)cols;

	cells_fini(cells);
	cells->drawn = mem_new(count, sizeof(*cells->drawn));
	cells->given = mem_new(count, sizeof(*cells->given));
	cells->rows = rows;
	cells->cols = cols;
	cells->forgotten = true;
}

void cells_start(struct cells *cells, int rows, int cols)
{
	if (rows != cells->rows || cols != cells->cols)
		resize(cells, rows, cols);
	for (int i = 0; i < rows * cols; i++)
		cells->drawn[i] = blank;
}

void cells_fini(struct cells *cells)
{
	free(cells->drawn);
	free(cells->given);
	*cells = (struct cells){ 0 };
}

void cells_forget(struct cells *cells)
{
	cells->forgotten = true;
}

/* What covers half of a wide character leaves a blank for the other half. */
static void part_wide(struct cell *row, int cols, int x)
{
	if (x > 0 && x < cols && !row[x].base) {
		row[x - 1] = blank;
		row[x] = blank;
	}
}

static void put(struct cell *row, int cols, int x, int width,
		const struct cell *cell)
{
	part_wide(row, cols, x);
	part_wide(row, cols, x + width);
	row[x] = *cell;
	if (width == 2)
		row[x + 1] = (struct cell){ .style = cell->style };
}

static void add_mark(struct cell *cell, uint32_t mark)
{
	for (int i = 0; i < CELL_MARKS; i++)
		if (!cell->marks[i]) {
			cell->marks[i] = mark;
			return;
		}
}

void cells_text(struct cells *cells, int y, int x, enum ui_style style,
		const char *text)
{
	const char *end = text + strlen(text);
	struct cell *row, *last = NULL;

	if (y < 0 || y >= cells->rows || x < 0)
		return;
	row = cells->drawn + (size_t)y * (size_t)cells->cols;
	while (text < end) {
		struct cell cell = { .base = text_next(&text, end),
				     .style = style };
		int width = text_char_width(cell.base);

		if (width == 0 && last)
			add_mark(last, cell.base);
		if (width == 0)
			continue;
		if (x + width > cells->cols)
			return;
		put(row, cells->cols, x, width, &cell);
		last = row + x;
		x += width;
	}
}

void cells_repeat(struct cells *cells, int y, int x, int count,
		  enum ui_style style, uint32_t c)
{
	const struct cell cell = { .base = c, .style = style };
	struct cell *row;

	if (y < 0 || y >= cells->rows || x < 0)
		return;
	row = cells->drawn + (size_t)y * (size_t)cells->cols;
	for (int i = 0; i < count && x + i < cells->cols; i++)
		put(row, cells->cols, x + i, 1, &cell);
}

static void give_row(const struct cell *row, int y, int cols, cchar_t *wide)
{
	int count = 0;

	for (int x = 0; x < cols; x++) {
		wchar_t text[CELL_MARKS + 2] = {
			(wchar_t)row[x].base, (wchar_t)row[x].marks[0],
			(wchar_t)row[x].marks[1],
		};
		enum ui_style style = (enum ui_style)row[x].style;

		if (row[x].base)
			setcchar(&wide[count++], text, theme_attributes(style),
				 theme_pair(style), NULL);
	}
	mvwadd_wchnstr(stdscr, y, 0, wide, count);
}

void cells_give(struct cells *cells)
{
	cchar_t *wide = mem_new((size_t)cells->cols, sizeof(*wide));
	size_t row_size = (size_t)cells->cols * sizeof(struct cell);
	struct cell *drawn = cells->drawn, *given = cells->given;

	for (int y = 0; y < cells->rows; y++) {
		if (cells->forgotten || memcmp(drawn, given, row_size) != 0)
			give_row(drawn, y, cells->cols, wide);
		drawn += cells->cols;
		given += cells->cols;
	}
	drawn = cells->drawn;
	cells->drawn = cells->given;
	cells->given = drawn;
	cells->forgotten = false;
	free(wide);
}
