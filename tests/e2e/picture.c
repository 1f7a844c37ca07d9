/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen as SVG: one <text> a run of cells of the same look, so that the
 * picture can be searched, copied and read aloud. */
#include "run.h"

#include <string.h>

enum { CELL_W = 9, CELL_H = 19, MARGIN = 8, BASELINE = 14 };

static const char *const palette[16] = {
	"#1c1c1c", "#d75f5f", "#87af5f", "#d7af5f", "#5f87d7", "#af87d7", "#5fafaf", "#d0d0d0",
	"#6c6c6c", "#ff8787", "#afd787", "#ffd787", "#87afff", "#d7afff", "#87d7d7", "#ffffff",
};
static const char front_default[] = "#d0d0d0", back_default[] = "#161616";

struct look {
	char front[8], back[8];
	bool bold, underline, italic;
};

static void colour(const struct term *t, VTermColor c, const char *standard, char out[8])
{
	if (VTERM_COLOR_IS_DEFAULT_FG(&c) || VTERM_COLOR_IS_DEFAULT_BG(&c)) {
		snprintf(out, 8, "%s", standard);
	} else if (VTERM_COLOR_IS_INDEXED(&c) && c.indexed.idx < 16) {
		snprintf(out, 8, "%s", palette[c.indexed.idx]);
	} else {
		vterm_screen_convert_color_to_rgb(t->screen, &c);
		snprintf(out, 8, "#%02x%02x%02x", c.rgb.red, c.rgb.green, c.rgb.blue);
	}
}

static struct look cell_look(const struct term *t, const VTermScreenCell *cell)
{
	struct look look;

	memset(&look, 0, sizeof(look));
	look.bold = cell->attrs.bold;
	look.underline = cell->attrs.underline;
	look.italic = cell->attrs.italic;
	colour(t, cell->fg, front_default, cell->attrs.reverse ? look.back : look.front);
	colour(t, cell->bg, back_default, cell->attrs.reverse ? look.front : look.back);
	return look;
}

static void put_text(FILE *out, const VTermScreenCell *cell)
{
	uint32_t c = cell->chars[0] ? cell->chars[0] : ' ';

	if (c == '<' || c == '>' || c == '&')
		fprintf(out, "&#%u;", c);
	else if (c < 128)
		fputc((int)c, out);
	else
		fprintf(out, "&#x%X;", c);
	for (int i = 1; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[0] && cell->chars[i]; i++)
		fprintf(out, "&#x%X;", cell->chars[i]);
}

static void put_run(const struct term *t, FILE *out, int y, int from, int to,
		    const struct look *look)
{
	int px = MARGIN + from * CELL_W, py = MARGIN + y * CELL_H;
	bool blank = true;
	VTermScreenCell cell;

	if (strcmp(look->back, back_default) != 0)
		fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n",
			px, py, (to - from) * CELL_W, CELL_H, look->back);
	for (int x = from; x < to && blank; x++) {
		vterm_screen_get_cell(t->screen, (VTermPos){ y, x }, &cell);
		blank = !cell.chars[0] || cell.chars[0] == ' ';
	}
	if (blank && !look->underline)
		return;
	fprintf(out, "<text x=\"%d\" y=\"%d\" fill=\"%s\" xml:space=\"preserve\" "
		"textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\"%s%s%s>",
		px, py + BASELINE, look->front, (to - from) * CELL_W,
		look->bold ? " font-weight=\"bold\"" : "",
		look->italic ? " font-style=\"italic\"" : "",
		look->underline ? " text-decoration=\"underline\"" : "");
	for (int x = from; x < to; x++) {
		vterm_screen_get_cell(t->screen, (VTermPos){ y, x }, &cell);
		if (cell.chars[0] != (uint32_t)-1)
			put_text(out, &cell);
	}
	fprintf(out, "</text>\n");
}

static void put_row(const struct term *t, FILE *out, int y)
{
	VTermScreenCell cell;
	struct look look, next;
	int from = 0;

	vterm_screen_get_cell(t->screen, (VTermPos){ y, 0 }, &cell);
	look = cell_look(t, &cell);
	for (int x = 1; x < t->cols; x++) {
		vterm_screen_get_cell(t->screen, (VTermPos){ y, x }, &cell);
		next = cell_look(t, &cell);
		if (!memcmp(&look, &next, sizeof(look)))
			continue;
		put_run(t, out, y, from, x, &look);
		look = next;
		from = x;
	}
	put_run(t, out, y, from, t->cols, &look);
}

bool picture_write(const struct term *t, const char *path)
{
	FILE *out = fopen(path, "w");
	VTermPos cursor;

	if (!out)
		return false;
	fprintf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
		"font-family=\"DejaVu Sans Mono, monospace\" font-size=\"15\">\n"
		"<rect width=\"100%%\" height=\"100%%\" fill=\"%s\"/>\n",
		t->cols * CELL_W + 2 * MARGIN, t->rows * CELL_H + 2 * MARGIN, back_default);
	for (int y = 0; y < t->rows; y++)
		put_row(t, out, y);
	vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &cursor);
	if (t->cursor_visible)
		fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" "
			"stroke=\"#ffd787\" stroke-width=\"2\"/>\n", MARGIN + cursor.col * CELL_W,
			MARGIN + cursor.row * CELL_H, CELL_W, CELL_H);
	fprintf(out, "</svg>\n");
	return !fclose(out);
}
