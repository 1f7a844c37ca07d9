/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet.h"
#include "datamatrix.h"
#include <cairo-pdf.h>
#include <guichet/base/mem.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Points: 72 to the inch, A4. */
#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define MARGIN 56.7                     /* 2 cm */
#define LABEL_WIDTH 190.0
#define FOOT 30.0
#define MARK_GREY 0.90

#define FONT_TITLE "DejaVu Sans Bold 15"
#define FONT_SECTION "DejaVu Sans Bold 11"
#define FONT_TEXT "DejaVu Sans 10"
#define FONT_LABEL "DejaVu Sans Bold 9"
#define FONT_FOOT "DejaVu Sans 7.5"
#define FONT_MARK "DejaVu Sans Bold 80"

struct sheet {
	struct buf *out;
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoLayout *layout;
	double y;                       /* where the next line goes */
	double narrow_until;            /* above it, the barcode is on the right */
	double narrow_by;
	char foot[200];
	bool fontless;                  /* a font could not be read */
};

static cairo_status_t add_bytes(void *closure, const unsigned char *data,
				unsigned int size)
{
	return buf_add(closure, data, size) ? CAIRO_STATUS_SUCCESS :
					      CAIRO_STATUS_WRITE_ERROR;
}

/* Set the text and return its height at that width. */
static double lay(struct sheet *sheet, const char *font, const char *text,
		  double width)
{
	PangoFontDescription *description = pango_font_description_from_string(font);
	int height;

	pango_layout_set_font_description(sheet->layout, description);
	pango_font_description_free(description);
	pango_layout_set_width(sheet->layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(sheet->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(sheet->layout, text, -1);
	pango_layout_get_size(sheet->layout, NULL, &height);
	return (double)height / PANGO_SCALE;
}

/* Without memory pango draws with no font at all.  A letter that no font has is
 * another thing: the font then has those of this word. */
static void look_for_font(struct sheet *sheet)
{
	PangoLayout *probe;

	if (pango_layout_get_unknown_glyphs_count(sheet->layout) == 0)
		return;
	probe = pango_layout_copy(sheet->layout);
	pango_layout_set_text(probe, "guichet", -1);
	if (pango_layout_get_unknown_glyphs_count(probe) > 0)
		sheet->fontless = true;
	g_object_unref(probe);
}

static void show(struct sheet *sheet, double x, double y)
{
	look_for_font(sheet);
	cairo_move_to(sheet->cr, x, y);
	pango_cairo_show_layout(sheet->cr, sheet->layout);
}

static void write_foot(struct sheet *sheet)
{
	double height = lay(sheet, FONT_FOOT, sheet->foot,
			    PAGE_WIDTH - 2 * MARGIN);

	cairo_tag_begin(sheet->cr, "P", NULL);
	show(sheet, MARGIN, PAGE_HEIGHT - FOOT - height);
	cairo_tag_end(sheet->cr, "P");
}

/* Go to another page when `height` does not fit this one. */
static void make_room(struct sheet *sheet, double height)
{
	if (sheet->y + height <= PAGE_HEIGHT - MARGIN - FOOT)
		return;
	write_foot(sheet);
	cairo_show_page(sheet->cr);
	sheet->y = MARGIN;
	sheet->narrow_until = 0;
}

static double text_width_at(const struct sheet *sheet)
{
	double width = PAGE_WIDTH - 2 * MARGIN;

	return sheet->y < sheet->narrow_until ? width - sheet->narrow_by : width;
}

/* Write one block under what is there. */
static void block(struct sheet *sheet, const char *tag, const char *font,
		  const char *text, double indent, double after)
{
	double height = lay(sheet, font, text, text_width_at(sheet) - indent);

	make_room(sheet, height);
	cairo_tag_begin(sheet->cr, tag, NULL);
	show(sheet, MARGIN + indent, sheet->y);
	cairo_tag_end(sheet->cr, tag);
	sheet->y += height + after;
}

static void set_metadata(struct sheet *sheet, const struct sheet_head *head)
{
	char moment[DATE_TEXT];

	moment_to_rfc3339(head->zone, head->made_ms / 1000 * 1000, moment);
	cairo_pdf_surface_set_metadata(sheet->surface,
				       CAIRO_PDF_METADATA_TITLE, head->title);
	cairo_pdf_surface_set_metadata(sheet->surface,
				       CAIRO_PDF_METADATA_AUTHOR, head->caisse);
	cairo_pdf_surface_set_metadata(sheet->surface,
				       CAIRO_PDF_METADATA_CREATOR, "guichetd");
	cairo_pdf_surface_set_metadata(sheet->surface,
				       CAIRO_PDF_METADATA_CREATE_DATE, moment);
}

static void write_head(struct sheet *sheet, const struct sheet_head *head)
{
	double size = *head->number ? datamatrix_size(head->number) : 0;

	if (size > 0) {
		datamatrix_draw(sheet->cr, head->number,
				PAGE_WIDTH - MARGIN - size, MARGIN);
		sheet->narrow_by = size + 10;
		sheet->narrow_until = MARGIN + size;
	}
	cairo_set_source_rgb(sheet->cr, 0, 0, 0);
	block(sheet, "P", FONT_TEXT, head->caisse, 0, 18);
	block(sheet, "H1", FONT_TITLE, head->title, 0, 10);
	if (*head->number)
		sheet_field(sheet, "Numéro", head->number);
	if (sheet->y < sheet->narrow_until)
		sheet->y = sheet->narrow_until;
}

struct sheet *sheet_open(const struct sheet_head *head, struct buf *out)
{
	struct sheet *sheet = mem_new(1, sizeof(*sheet));
	char made[DATE_TEXT];

	sheet_draws(true);
	sheet->out = out;
	sheet->surface = cairo_pdf_surface_create_for_stream(add_bytes, out,
							     PAGE_WIDTH,
							     PAGE_HEIGHT);
	sheet->cr = cairo_create(sheet->surface);
	sheet->layout = pango_cairo_create_layout(sheet->cr);
	sheet->y = MARGIN;
	moment_to_text(head->zone, head->made_ms, made);
	snprintf(sheet->foot, sizeof(sheet->foot), "%s. Édité le %s.",
		 head->caisse, made);
	set_metadata(sheet, head);
	write_head(sheet, head);
	return sheet;
}

void sheet_section(struct sheet *sheet, const char *text)
{
	sheet->y += 10;
	block(sheet, "H2", FONT_SECTION, text, 0, 6);
}

void sheet_text(struct sheet *sheet, const char *text)
{
	block(sheet, "P", FONT_TEXT, text, 0, 8);
}

void sheet_item(struct sheet *sheet, const char *text)
{
	char line[600];

	snprintf(line, sizeof(line), "•  %s", text);
	block(sheet, "P", FONT_TEXT, line, 10, 4);
}

void sheet_field(struct sheet *sheet, const char *label, const char *value)
{
	double width = text_width_at(sheet) - LABEL_WIDTH - 8, high, low;

	if (!*value)
		return;
	high = lay(sheet, FONT_LABEL, label, LABEL_WIDTH);
	low = lay(sheet, FONT_TEXT, value, width);
	if (low > high)
		high = low;
	make_room(sheet, high);
	cairo_tag_begin(sheet->cr, "P", NULL);
	lay(sheet, FONT_LABEL, label, LABEL_WIDTH);
	show(sheet, MARGIN, sheet->y);
	lay(sheet, FONT_TEXT, value, width);
	show(sheet, MARGIN + LABEL_WIDTH + 8, sheet->y);
	cairo_tag_end(sheet->cr, "P");
	sheet->y += high + 6;
}

void sheet_mark(struct sheet *sheet, const char *text)
{
	double height = lay(sheet, FONT_MARK, text, PAGE_HEIGHT);
	int width;

	pango_layout_get_size(sheet->layout, &width, NULL);
	cairo_save(sheet->cr);
	cairo_set_source_rgb(sheet->cr, MARK_GREY, MARK_GREY, MARK_GREY);
	cairo_translate(sheet->cr, PAGE_WIDTH / 2, PAGE_HEIGHT * 0.6);
	cairo_rotate(sheet->cr, -0.7);
	show(sheet, -(double)width / PANGO_SCALE / 2, -height / 2);
	cairo_restore(sheet->cr);
}

/* Without memory cairo forgets the end of the file, and says nothing. */
static bool is_whole(const struct buf *out)
{
	static const char end[] = "%%EOF\n";
	size_t size = sizeof(end) - 1;

	return out->size > size && !out->full &&
		memcmp(out->data + out->size - size, end, size) == 0;
}

bool sheet_close(struct sheet *sheet, struct err *err)
{
	cairo_status_t status;
	bool lacks;

	write_foot(sheet);
	cairo_show_page(sheet->cr);
	g_object_unref(sheet->layout);
	/* the fonts of this thread, which may print no more before it ends */
	pango_cairo_font_map_set_default(NULL);
	status = cairo_status(sheet->cr);
	cairo_destroy(sheet->cr);
	cairo_surface_finish(sheet->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(sheet->surface);
	cairo_surface_destroy(sheet->surface);
	lacks = status == CAIRO_STATUS_NO_MEMORY || sheet->fontless ||
		(status == CAIRO_STATUS_SUCCESS && !is_whole(sheet->out));
	sheet_draws(false);
	free(sheet);
	if (lacks) {
		mem_give();
		err_word(err, ERR_SYSTEM, "memory.short",
			 "Le serveur manque de mémoire pour éditer le document.");
		if (err)
			err->status = 503;
		return false;
	}
	return status == CAIRO_STATUS_SUCCESS ||
	       err_set(err, ERR_SYSTEM, "Le document n'a pas pu être édité.");
}

#ifdef __SANITIZE_ADDRESS__
/* fontconfig keeps 300 bytes of its own for the life of the process.  Asking
 * cairo to give everything back (cairo_debug_reset_static_data) aborts when a
 * thread still holds a font. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig";
}

const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}
#endif
