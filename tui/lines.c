/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas.h"

#include <guichet/base/intl.h>

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define LABELS_MAX 34                   /* columns of aligned labels */

void lines_init(struct ui_lines *lines)
{
	memset(lines, 0, sizeof(*lines));
	rows_init(&lines->items, sizeof(struct line));
}

void lines_fini(struct ui_lines *lines)
{
	rows_fini(&lines->items);
	free(lines->bytes);
	memset(lines, 0, sizeof(*lines));
}

static size_t keep(struct ui_lines *lines, const char *text)
{
	size_t size = strlen(text) + 1, at = lines->size;

	if (at + size > lines->capacity) {
		lines->capacity = (at + size) * 2;
		lines->bytes = mem_grow(lines->bytes, lines->capacity, 1);
	}
	memcpy(lines->bytes + at, text, size);
	lines->size += size;
	return at;
}

/* A newline in the text starts another line. */
static void add_lines(struct ui_lines *lines, enum ui_style style, char *text)
{
	char *end;

	do {
		struct line *line = rows_add(&lines->items);

		end = strchr(text, '\n');
		if (end)
			*end = '\0';
		line->style = style;
		line->text = keep(lines, text);
		text = end + 1;
	} while (end);
}

void ui_line(struct ui_lines *lines, enum ui_style style, const char *fmt, ...)
{
	char text[CANVAS_TEXT];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	add_lines(lines, style, text);
}

void ui_pair_styled(struct ui_lines *lines, const char *label,
		    enum ui_style style, const char *value)
{
	struct line *line;

	if (!value || !*value)
		return;
	line = rows_add(&lines->items);
	line->style = style;
	line->label_style = UI_LABEL;
	line->pair = true;
	line->label = keep(lines, label);
	line->text = keep(lines, value);
}

void ui_pair(struct ui_lines *lines, const char *label, const char *value)
{
	ui_pair_styled(lines, label, UI_PLAIN, value);
}

static int label_columns(const struct ui_lines *lines, int columns)
{
	int widest = 0;

	for (size_t i = 0; i < lines->items.count; i++) {
		const struct line *line = rows_at(&lines->items, i);
		int width = line->pair ? text_width(lines->bytes + line->label)
				       : 0;

		if (width > widest && width <= LABELS_MAX)
			widest = width;
	}
	return widest > columns / 2 ? columns / 2 : widest;
}

/* Return the bytes of `text` that go on one row of `columns`, cut on a blank
 * when there is one. */
static size_t row_bytes(const char *text, int columns)
{
	size_t size = text_fit(text, columns), blank;

	if (!text[size] || text[size] == ' ')
		return size;
	for (blank = size; blank > 0; blank--)
		if (text[blank - 1] == ' ')
			return blank;
	return size ? size : strlen(text);
}

struct wrap {
	struct canvas *canvas;
	int skip, row;
};

static int wrap_text(struct wrap *wrap, int x, int columns,
		     enum ui_style style, const char *text)
{
	int rows = 0;

	do {
		char part[CANVAS_TEXT];
		size_t size = row_bytes(text, columns);

		snprintf(part, sizeof(part), "%.*s", (int)size, text);
		if (wrap->canvas && wrap->row + rows >= wrap->skip)
			canvas_text(wrap->canvas,
				    wrap->row + rows - wrap->skip, x,
				    columns, style, part);
		rows++;
		text += size;
		while (*text == ' ')
			text++;
	} while (*text);
	return rows;
}

static int draw_line(struct wrap *wrap, const struct ui_lines *lines,
		     const struct line *line, int labels, int columns)
{
	const char *text = lines->bytes + line->text;
	const char *label = lines->bytes + line->label;
	char clean[CANVAS_TEXT];
	int at;

	text_clean(clean, sizeof(clean), text, strlen(text), TEXT_ONE_LINE);
	if (!line->pair)
		return wrap_text(wrap, 0, columns, line->style, clean);
	at = text_width(label) > labels ? text_width(label) : labels;
	if (at > columns * 2 / 3)
		at = columns * 2 / 3;
	if (wrap->canvas && wrap->row >= wrap->skip) {
		int used = canvas_text(wrap->canvas, wrap->row - wrap->skip,
				       0, at, line->label_style, label);
		if (*label)
			canvas_text(wrap->canvas, wrap->row - wrap->skip, used,
				    2, line->label_style, _(" :"));
	}
	return wrap_text(wrap, at + 3, columns - at - 3, line->style, clean);
}

int lines_draw(const struct ui_lines *lines, struct canvas *canvas, int skip,
	       int columns)
{
	struct wrap wrap = { .canvas = canvas, .skip = skip };
	int labels = label_columns(lines, columns);

	if (columns < 8)
		return 0;
	for (size_t i = 0; i < lines->items.count; i++) {
		const struct line *line = rows_at(&lines->items, i);

		wrap.row += draw_line(&wrap, lines, line, labels, columns);
	}
	return wrap.row;
}
