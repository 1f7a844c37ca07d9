/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas.h"

#include "tty.h"

#include <string.h>

struct plain {
	uint32_t c;
	const char *text;
};

/* What fonts of old terminals lack, with --ascii.  Latin-1 letters stay. */
static const struct plain plains[] = {
	{ 0xA0, " " }, { 0x202F, " " }, { 0xAB, "\"" }, { 0xBB, "\"" },
	{ 0x2019, "'" }, { 0x2026, "..." }, { 0x2022, "*" }, { 0xB7, "-" },
	{ 0x2013, "-" }, { 0x2014, "-" }, { 0x2500, "-" }, { 0x2502, "|" },
	{ 0x250C, "+" }, { 0x2510, "+" }, { 0x2514, "+" }, { 0x2518, "+" },
	{ 0x2594, "-" }, { 0x20AC, "EUR" }, { 0x153, "oe" }, { 0x152, "OE" },
	{ 0x2192, "->" }, { 0x2190, "<-" }, { 0, NULL },
};

static const char *plain_of(uint32_t c)
{
	for (const struct plain *p = plains; p->text; p++)
		if (p->c == c)
			return p->text;
	return NULL;
}

static void make_plain(char *out, size_t size, const char *text)
{
	const char *end = text + strlen(text);
	size_t used = 0;

	while (text < end) {
		char bytes[5] = "";
		const char *add = bytes;
		uint32_t c = text_next(&text, end);

		bytes[text_put(bytes, c)] = '\0';
		if (c > 0x7F && plain_of(c))
			add = plain_of(c);
		else if (c > 0xFF)
			add = "?";
		if (used + strlen(add) >= size)
			break;
		memcpy(out + used, add, strlen(add));
		used += strlen(add);
	}
	out[used] = '\0';
}

int canvas_clean(const struct ui *ui, char *out, size_t size, const char *text)
{
	char clean[CANVAS_TEXT];

	if (!ui->setup.ascii) {
		text_clean(out, size, text, strlen(text), TEXT_ONE_LINE);
		return text_width(out);
	}
	text_clean(clean, sizeof(clean), text, strlen(text), TEXT_ONE_LINE);
	make_plain(out, size, clean);
	return text_width(out);
}

struct canvas canvas_start(struct ui *ui)
{
	cells_start(&ui->cells, tty_rows(), tty_columns());
	return (struct canvas){
		.ui = ui, .rows = tty_rows(), .cols = tty_columns(),
	};
}

struct canvas canvas_part(const struct canvas *canvas, int y, int x, int rows,
			  int cols)
{
	struct canvas part = {
		.ui = canvas->ui, .y = canvas->y + y, .x = canvas->x + x,
		.rows = rows, .cols = cols,
	};

	if (part.rows > canvas->rows - y)
		part.rows = canvas->rows - y;
	if (part.cols > canvas->cols - x)
		part.cols = canvas->cols - x;
	if (part.rows < 0)
		part.rows = 0;
	if (part.cols < 0)
		part.cols = 0;
	return part;
}

static void draw(const struct canvas *canvas, int y, int x,
		 enum ui_style style, const char *text)
{
	cells_text(&canvas->ui->cells, canvas->y + y, canvas->x + x, style,
		   text);
}

static bool inside(const struct canvas *canvas, int y, int x, int *width)
{
	if (*width > canvas->cols - x)
		*width = canvas->cols - x;
	return y >= 0 && y < canvas->rows && x >= 0 && *width > 0;
}

int canvas_text(const struct canvas *canvas, int y, int x, int width,
		enum ui_style style, const char *text)
{
	char clean[CANVAS_TEXT], fit[CANVAS_TEXT];
	int used;

	if (!inside(canvas, y, x, &width) || !*text)
		return 0;
	used = canvas_clean(canvas->ui, clean, sizeof(clean), text);
	if (used <= width) {
		draw(canvas, y, x, style, clean);
		return used;
	}
	used = text_ellipsis(fit, sizeof(fit), clean, width);
	if (canvas->ui->setup.ascii) {
		make_plain(clean, sizeof(clean), fit);
		clean[text_fit(clean, width)] = '\0';
		draw(canvas, y, x, style, clean);
	} else {
		draw(canvas, y, x, style, fit);
	}
	return used;
}

void canvas_right(const struct canvas *canvas, int y, int x, int width,
		  enum ui_style style, const char *text)
{
	char clean[CANVAS_TEXT];
	int used;

	if (!inside(canvas, y, x, &width))
		return;
	used = canvas_clean(canvas->ui, clean, sizeof(clean), text);
	if (used < width)
		x += width - used;
	canvas_text(canvas, y, x, used < width ? used : width, style, text);
}

void canvas_repeat(const struct canvas *canvas, int y, int x, int count,
		   enum ui_style style, uint32_t c)
{
	if (!inside(canvas, y, x, &count))
		return;
	if (canvas->ui->setup.ascii && c > 0x7F && plain_of(c))
		c = (unsigned char)*plain_of(c);
	cells_repeat(&canvas->ui->cells, canvas->y + y, canvas->x + x, count,
		     style, c);
}

void canvas_blank(const struct canvas *canvas)
{
	for (int y = 0; y < canvas->rows; y++)
		canvas_repeat(canvas, y, 0, canvas->cols, UI_PLAIN, ' ');
}

int canvas_chars(const struct canvas *canvas, int y, int x, int width,
		 enum ui_style style, const uint32_t *chars, size_t count)
{
	char text[CANVAS_TEXT];
	size_t used = 0;

	for (size_t i = 0; i < count && used + 4 < sizeof(text); i++)
		used += text_put(text + used, chars[i]);
	text[used] = '\0';
	if (width > 0)
		text[text_fit(text, width)] = '\0';
	return canvas_text(canvas, y, x, width, style, text);
}

void canvas_cursor(const struct canvas *canvas, int y, int x)
{
	if (x >= canvas->cols)
		x = canvas->cols - 1;
	canvas->ui->cursor_y = canvas->y + y;
	canvas->ui->cursor_x = canvas->x + (x > 0 ? x : 0);
}
