/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas.h"

#include <guichet/base/intl.h>
#include <guichet/base/nir.h>

#include <string.h>

#define LABELS_MAX 30                   /* columns of the aligned labels */
#define NIR_COLUMNS 21
#define NIR_CHARS 15                    /* with the key */
#define NIR_CHARS_MIN 4                 /* before that it may be a date */

static int shown_fields(const struct ui_ctx *ctx, const struct view *view)
{
	int count = 0;

	for (int i = 0; i < view->field_count; i++)
		count += field_there(ctx, &view->part->fields[i]);
	return count;
}

static bool has_hints(const struct view *view)
{
	for (int i = 0; i < view->field_count; i++)
		if (view->part->fields[i].hint ||
		    view->part->fields[i].live_hint)
			return true;
	return false;
}

int form_rows(const struct ui_ctx *ctx, const struct view *view)
{
	return shown_fields(ctx, view) + (has_hints(view) ? 1 : 0);
}

static int label_columns(const struct ui_ctx *ctx, const struct view *view,
			 int cols)
{
	int widest = 0;

	for (int i = 0; i < view->field_count; i++) {
		int width = text_width(_(view->part->fields[i].label));

		if (field_there(ctx, &view->part->fields[i]) && width > widest)
			widest = width;
	}
	if (widest > LABELS_MAX)
		widest = LABELS_MAX;
	return widest > cols / 2 ? cols / 2 : widest;
}

struct place {
	const struct canvas *canvas;
	int y, x, width;
	bool focused;
};

static void fill(const struct ui_ctx *ctx, const struct place *place, int used,
		 bool editable)
{
	if (editable && !ctx->ui->setup.accessible)
		canvas_repeat(place->canvas, place->y, place->x + used,
			      place->width - used, UI_DIM, '_');
}

/* Spaces shown in a NIR before the character number `at`: 1 85 03 45 234 123 35 */
static int nir_gaps(size_t at)
{
	static const size_t starts[] = { 1, 3, 5, 7, 10, 13 };
	int gaps = 0;

	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		gaps += at > starts[i] || at == starts[i];
	return gaps;
}

static int paint_nir(struct ui_ctx *ctx, const struct place *place,
		     struct edit *edit)
{
	char plain[64], number[14] = "", shown[NIR_TEXT];
	size_t at = edit->at;

	edit_text(edit, plain, sizeof(plain));
	snprintf(number, sizeof(number), "%.13s", plain);
	if (ctx->ui->setup.discreet && !place->focused && strlen(number) == 13)
		nir_to_mask(number, shown);
	else
		nir_to_text(number, strlen(plain) > 13 ? plain + 13 : NULL,
			    shown);
	fill(ctx, place, canvas_text(place->canvas, place->y, place->x,
				     place->width, UI_INPUT, shown), true);
	/* After the last character the cursor stays against it. */
	return (int)at + (at == edit->count ? nir_gaps(at ? at - 1 : 0)
					    : nir_gaps(at));
}

static int paint_secret(struct ui_ctx *ctx, const struct place *place,
			const struct edit *edit)
{
	int count = (int)edit->count;

	if (count >= place->width)
		count = place->width - 1;
	canvas_repeat(place->canvas, place->y, place->x, count, UI_INPUT,
		      0x2022);
	fill(ctx, place, count, true);
	return count;
}

static int paint_line(struct ui_ctx *ctx, const struct place *place,
		      struct edit *edit, bool editable)
{
	int at = edit_scroll(edit, place->width), used;

	used = canvas_chars(place->canvas, place->y, place->x, place->width,
			    editable ? UI_INPUT : UI_PLAIN,
			    edit->chars + edit->first,
			    edit->count - edit->first);
	fill(ctx, place, used, editable);
	return at;
}

static int paint_choice(struct ui_ctx *ctx, const struct place *place,
			const struct ui_field *field)
{
	int value = *field_int(ctx, field), used;
	const char *label = value >= 0 && value < field_choice_count(field)
		? _(field->choices[value]) : _("à choisir");

	if (field->flags & UI_READ_ONLY) {
		canvas_text(place->canvas, place->y, place->x, place->width,
			    UI_PLAIN, label);
		return 0;
	}
	canvas_text(place->canvas, place->y, place->x, 1, UI_DIM, "<");
	used = canvas_text(place->canvas, place->y, place->x + 2,
			   place->width - 4, UI_INPUT, label);
	canvas_text(place->canvas, place->y, place->x + used + 3, 1, UI_DIM,
		    ">");
	return 2;
}

/* A NIR, or the start of one, typed without blanks. */
static bool is_bare_nir(const struct edit *edit)
{
	char text[NIR_CHARS + 1];

	if (edit->count < NIR_CHARS_MIN || edit->count > NIR_CHARS)
		return false;
	for (size_t i = 0; i < edit->count; i++)
		if (edit->chars[i] <= ' ' || edit->chars[i] >= 0x7F)
			return false;
	edit_text(edit, text, sizeof(text));
	return nir_looks_like(text);
}

static int paint_value(struct ui_ctx *ctx, const struct place *place,
		       const struct ui_field *field, struct field_view *fv)
{
	switch (field->type) {
	case UI_FIELD_CHOICE:
		return paint_choice(ctx, place, field);
	case UI_FIELD_CHECK:
		canvas_text(place->canvas, place->y, place->x, 3, UI_INPUT,
			    *field_bool(ctx, field) ? "[x]" : "[ ]");
		return 1;
	case UI_FIELD_NIR:
		return paint_nir(ctx, place, &fv->edit);
	case UI_FIELD_SEARCH:
		return is_bare_nir(&fv->edit) ? paint_nir(ctx, place, &fv->edit)
			: paint_line(ctx, place, &fv->edit, true);
	case UI_FIELD_SECRET:
		return paint_secret(ctx, place, &fv->edit);
	default:
		return paint_line(ctx, place, &fv->edit,
				  !(field->flags & UI_READ_ONLY));
	}
}

static int field_width(const struct ui_field *field, int room)
{
	int width = field->width ? field->width : 30;

	if (field->type == UI_FIELD_NIR && width < NIR_COLUMNS + 1)
		width = NIR_COLUMNS + 1;
	if ((field->type == UI_FIELD_DATE || field->type == UI_FIELD_BIRTH) &&
	    width < 11)
		width = 11;
	return width < room ? width : room;
}

/* The date understood, said in full beside what was typed. */
static bool date_echo(const struct ui_ctx *ctx, const struct ui_field *field,
		      const struct field_view *fv, char out[DATE_TEXT])
{
	struct date date;
	char text[64];

	if (field->type != UI_FIELD_DATE || !fv->edit.count)
		return false;
	edit_text(&fv->edit, text, sizeof(text));
	if (!field_read_date(ctx, field, text, &date, NULL))
		return false;
	date_to_full(date, out);
	return true;
}

static void paint_aside(struct ui_ctx *ctx, const struct place *place,
			const struct ui_field *field,
			const struct field_view *fv)
{
	int x = place->x + place->width + 2;
	int room = place->canvas->cols - x - 1, used;
	char echo[DATE_TEXT];

	if (fv->error[0]) {
		used = canvas_text(place->canvas, place->y, x, room, UI_BAD,
				   "[!] ");
		canvas_text(place->canvas, place->y, x + used, room - used,
			    UI_BAD, fv->error);
	} else if (date_echo(ctx, field, fv, echo)) {
		canvas_text(place->canvas, place->y, x, room, UI_DIM, echo);
	} else if ((field->flags & UI_REQUIRED) &&
		   field_is_empty(ctx, field, fv)) {
		canvas_text(place->canvas, place->y, x, room, UI_DIM,
			    _("obligatoire"));
	}
}

static void paint_field(struct ui_ctx *ctx, const struct view *view, int index,
			const struct canvas *canvas, int y, int labels)
{
	const struct ui_field *field = &view->part->fields[index];
	struct field_view *fv = &view->fields[index];
	/* A braille display shows a few cells: the value follows its label. */
	int own = text_width(_(field->label)), at;
	int x = (ctx->ui->setup.accessible && own < labels ? own : labels) + 4;
	struct place place = {
		.canvas = canvas, .y = y, .x = x,
		.width = field_width(field, canvas->cols - x - 1),
		.focused = view_focused(ctx) == view && view->field == index,
	};

	if (fv->changed && ctx->screen->keeps_draft)
		canvas_text(canvas, y, 0, 1, UI_STRONG, "*");
	at = canvas_text(canvas, y, 1, labels, UI_LABEL, _(field->label));
	canvas_text(canvas, y, 1 + at, 2, UI_LABEL, _(" :"));
	at = paint_value(ctx, &place, field, fv);
	paint_aside(ctx, &place, field, fv);
	if (place.focused)
		canvas_cursor(canvas, y, x + at);
}

static void paint_hint(struct ui_ctx *ctx, const struct view *view,
		       const struct canvas *canvas, int y, int x)
{
	const struct ui_field *field = &view->part->fields[view->field];
	char text[300] = "";

	if (field->live_hint)
		field->live_hint(ctx->state, text, sizeof(text));
	if (!*text && field->hint && view_focused(ctx) == view)
		snprintf(text, sizeof(text), "%s", _(field->hint));
	canvas_text(canvas, y, x, canvas->cols - x - 1, UI_DIM, text);
}

/* The number of shown fields before the focused one. */
static int focused_row(const struct ui_ctx *ctx, const struct view *view)
{
	int row = 0;

	for (int i = 0; i < view->field; i++)
		row += field_there(ctx, &view->part->fields[i]);
	return row;
}

void paint_form(struct ui_ctx *ctx, struct view *view, struct canvas *canvas)
{
	int labels = label_columns(ctx, view, canvas->cols);
	int hints = has_hints(view) && canvas->rows > 1;
	int rows = canvas->rows - hints, focus = focused_row(ctx, view);
	int y = 0, last = -1;

	view->page = rows;
	view->first_y = canvas->y;
	view->first_x = canvas->x;
	if (focus < view->first_field)
		view->first_field = focus;
	if (focus >= view->first_field + rows)
		view->first_field = focus - rows + 1;
	for (int i = 0; i < view->field_count; i++) {
		if (!field_there(ctx, &view->part->fields[i]))
			continue;
		if (y >= view->first_field && y - view->first_field < rows) {
			last = y - view->first_field;
			paint_field(ctx, view, i, canvas, last, labels);
		}
		y++;
	}
	if (hints && view->field_count)
		paint_hint(ctx, view, canvas, last + 1, labels + 4);
}
