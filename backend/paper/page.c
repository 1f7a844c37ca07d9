/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page.h"
#include "datamatrix.h"
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdio.h>
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

struct page {
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

struct head {
	struct page_moment moment;
	const char *caisse, *title, *number;
};

static cairo_status_t add_bytes(void *closure, const unsigned char *data,
				unsigned int size)
{
	return buf_add(closure, data, size) ? CAIRO_STATUS_SUCCESS :
					      CAIRO_STATUS_WRITE_ERROR;
}

/* Set the text and return its height at that width. */
static double lay(struct page *page, const char *font, const char *text,
		  double width)
{
	PangoFontDescription *description = pango_font_description_from_string(font);
	int height;

	pango_layout_set_font_description(page->layout, description);
	pango_font_description_free(description);
	pango_layout_set_width(page->layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(page->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(page->layout, text, -1);
	pango_layout_get_size(page->layout, NULL, &height);
	return (double)height / PANGO_SCALE;
}

/* Without memory pango draws with no font at all.  A letter that no font has is
 * another thing: the font then has those of this word. */
static void look_for_font(struct page *page)
{
	PangoLayout *probe;

	if (pango_layout_get_unknown_glyphs_count(page->layout) == 0)
		return;
	probe = pango_layout_copy(page->layout);
	pango_layout_set_text(probe, "guichet", -1);
	if (pango_layout_get_unknown_glyphs_count(probe) > 0)
		page->fontless = true;
	g_object_unref(probe);
}

static void show(struct page *page, double x, double y)
{
	look_for_font(page);
	cairo_move_to(page->cr, x, y);
	pango_cairo_show_layout(page->cr, page->layout);
}

static void write_foot(struct page *page)
{
	double height = lay(page, FONT_FOOT, page->foot,
			    PAGE_WIDTH - 2 * MARGIN);

	cairo_tag_begin(page->cr, "P", NULL);
	show(page, MARGIN, PAGE_HEIGHT - FOOT - height);
	cairo_tag_end(page->cr, "P");
}

/* Go to another page when `height` does not fit this one. */
static void make_room(struct page *page, double height)
{
	if (page->y + height <= PAGE_HEIGHT - MARGIN - FOOT)
		return;
	write_foot(page);
	cairo_show_page(page->cr);
	page->y = MARGIN;
	page->narrow_until = 0;
}

static double text_width_at(const struct page *page)
{
	double width = PAGE_WIDTH - 2 * MARGIN;

	return page->y < page->narrow_until ? width - page->narrow_by : width;
}

/* Write one block under what is there. */
static void block(struct page *page, const char *tag, const char *font,
		  const char *text, double indent, double after)
{
	double height = lay(page, font, text, text_width_at(page) - indent);

	make_room(page, height);
	cairo_tag_begin(page->cr, tag, NULL);
	show(page, MARGIN + indent, page->y);
	cairo_tag_end(page->cr, tag);
	page->y += height + after;
}

static void set_metadata(struct page *page, const struct head *head)
{
	char moment[DATE_TEXT];

	moment_to_rfc3339(head->moment.zone,
			  head->moment.made_ms / 1000 * 1000, moment);
	cairo_pdf_surface_set_metadata(page->surface,
				       CAIRO_PDF_METADATA_TITLE, head->title);
	cairo_pdf_surface_set_metadata(page->surface,
				       CAIRO_PDF_METADATA_AUTHOR, head->caisse);
	cairo_pdf_surface_set_metadata(page->surface,
				       CAIRO_PDF_METADATA_CREATOR, "guichetd");
	cairo_pdf_surface_set_metadata(page->surface,
				       CAIRO_PDF_METADATA_CREATE_DATE, moment);
}

static void draw_field(struct page *page, const char *label, const char *value)
{
	double width = text_width_at(page) - LABEL_WIDTH - 8, high, low;

	high = lay(page, FONT_LABEL, label, LABEL_WIDTH);
	low = lay(page, FONT_TEXT, value, width);
	if (low > high)
		high = low;
	make_room(page, high);
	cairo_tag_begin(page->cr, "P", NULL);
	lay(page, FONT_LABEL, label, LABEL_WIDTH);
	show(page, MARGIN, page->y);
	lay(page, FONT_TEXT, value, width);
	show(page, MARGIN + LABEL_WIDTH + 8, page->y);
	cairo_tag_end(page->cr, "P");
	page->y += high + 6;
}

static void write_head(struct page *page, const struct head *head)
{
	double size = *head->number ? datamatrix_size(head->number) : 0;

	if (size > 0) {
		datamatrix_draw(page->cr, head->number,
				PAGE_WIDTH - MARGIN - size, MARGIN);
		page->narrow_by = size + 10;
		page->narrow_until = MARGIN + size;
	}
	cairo_set_source_rgb(page->cr, 0, 0, 0);
	block(page, "P", FONT_TEXT, head->caisse, 0, 18);
	block(page, "H1", FONT_TITLE, head->title, 0, 10);
	if (*head->number)
		draw_field(page, "Numéro", head->number);
	if (page->y < page->narrow_until)
		page->y = page->narrow_until;
}

static void draw_section(struct page *page, const char *text, const char *value)
{
	(void)value;
	page->y += 10;
	block(page, "H2", FONT_SECTION, text, 0, 6);
}

static void draw_text(struct page *page, const char *text, const char *value)
{
	(void)value;
	block(page, "P", FONT_TEXT, text, 0, 8);
}

static void draw_item(struct page *page, const char *text, const char *value)
{
	char line[600];

	(void)value;
	snprintf(line, sizeof(line), "•  %s", text);
	block(page, "P", FONT_TEXT, line, 10, 4);
}

static void draw_mark(struct page *page, const char *text, const char *value)
{
	double height = lay(page, FONT_MARK, text, PAGE_HEIGHT);
	int width;

	(void)value;
	pango_layout_get_size(page->layout, &width, NULL);
	cairo_save(page->cr);
	cairo_set_source_rgb(page->cr, MARK_GREY, MARK_GREY, MARK_GREY);
	cairo_translate(page->cr, PAGE_WIDTH / 2, PAGE_HEIGHT * 0.6);
	cairo_rotate(page->cr, -0.7);
	show(page, -(double)width / PANGO_SCALE / 2, -height / 2);
	cairo_restore(page->cr);
}

static const struct drawing {
	enum page_block kind;
	void (*draw)(struct page *page, const char *text, const char *value);
} drawings[] = {
	{ PAGE_SECTION, draw_section },
	{ PAGE_TEXT, draw_text },
	{ PAGE_FIELD, draw_field },
	{ PAGE_ITEM, draw_item },
	{ PAGE_MARK, draw_mark },
	{ 0 },
};

/* What is still to be read. */
struct told { const char *at, *end; };

/* The next text; NULL at the end. */
static const char *next_text(struct told *told)
{
	const char *text = told->at;
	const char *end = memchr(text, '\0', (size_t)(told->end - text));

	if (!end)
		return NULL;
	told->at = end + 1;
	return text;
}

static bool draw_blocks(struct page *page, struct told told)
{
	while (told.at < told.end) {
		enum page_block kind = (enum page_block)*told.at++;
		const char *text = next_text(&told), *value = next_text(&told);
		const struct drawing *drawing = drawings;

		while (drawing->draw && drawing->kind != kind)
			drawing++;
		if (!drawing->draw || !text || !value)
			return false;
		drawing->draw(page, text, value);
	}
	return true;
}

static bool read_head(struct told *told, struct head *head)
{
	if ((size_t)(told->end - told->at) < sizeof(head->moment))
		return false;
	memcpy(&head->moment, told->at, sizeof(head->moment));
	told->at += sizeof(head->moment);
	head->caisse = next_text(told);
	head->title = next_text(told);
	head->number = next_text(told);
	return head->caisse && head->title && head->number;
}

static void begin(struct page *page, const struct head *head)
{
	char made[DATE_TEXT];

	page->surface = cairo_pdf_surface_create_for_stream(add_bytes, page->out,
							    PAGE_WIDTH,
							    PAGE_HEIGHT);
	page->cr = cairo_create(page->surface);
	page->layout = pango_cairo_create_layout(page->cr);
	page->y = MARGIN;
	moment_to_text(head->moment.zone, head->moment.made_ms, made);
	snprintf(page->foot, sizeof(page->foot), "%s. Édité le %s.",
		 head->caisse, made);
	set_metadata(page, head);
	write_head(page, head);
}

/* Without memory cairo forgets the end of the file, and says nothing. */
static bool is_whole(const struct buf *out)
{
	static const char end[] = "%%EOF\n";
	size_t size = sizeof(end) - 1;

	return out->size > size && !out->full &&
		memcmp(out->data + out->size - size, end, size) == 0;
}

static enum page_end finish(struct page *page)
{
	cairo_status_t status;

	write_foot(page);
	cairo_show_page(page->cr);
	g_object_unref(page->layout);
	/* the fonts of this thread, which may print no more before it ends */
	pango_cairo_font_map_set_default(NULL);
	status = cairo_status(page->cr);
	cairo_destroy(page->cr);
	cairo_surface_finish(page->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(page->surface);
	cairo_surface_destroy(page->surface);
	if (status == CAIRO_STATUS_NO_MEMORY || page->fontless ||
	    (status == CAIRO_STATUS_SUCCESS && !is_whole(page->out)))
		return PAGE_SHORT;
	return status == CAIRO_STATUS_SUCCESS ? PAGE_DRAWN : PAGE_FAILED;
}

enum page_end page_draw(const struct buf *words, struct buf *out)
{
	struct told told = { words->data, words->data + words->size };
	struct page page = { .out = out };
	struct head head;
	enum page_end end;
	bool ok;

	if (!read_head(&told, &head))
		return PAGE_FAILED;
	begin(&page, &head);
	ok = draw_blocks(&page, told);
	end = finish(&page);
	return ok ? end : PAGE_FAILED;
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
