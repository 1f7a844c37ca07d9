/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the member of a screen's state and the line being edited. */
#include "impl.h"

#include <guichet/base/nir.h>
#include <string.h>

#define LINE_DATE 24                    /* bytes typed in a date field */
#define NIR_DIGITS 15                   /* with the key */

static char *member(const struct ui_ctx *ctx, const struct ui_field *field)
{
	return (char *)ctx->state + field->offset;
}

int *field_int(const struct ui_ctx *ctx, const struct ui_field *field)
{
	return (int *)(void *)member(ctx, field);
}

bool *field_bool(const struct ui_ctx *ctx, const struct ui_field *field)
{
	return (bool *)(void *)member(ctx, field);
}

static struct date *field_date(const struct ui_ctx *ctx,
			       const struct ui_field *field)
{
	return (struct date *)(void *)member(ctx, field);
}

int field_choice_count(const struct ui_field *field)
{
	int count = 0;

	while (field->choices && field->choices[count])
		count++;
	return count;
}

bool field_is_line(const struct ui_field *field)
{
	return field->type != UI_FIELD_CHOICE && field->type != UI_FIELD_CHECK;
}

size_t field_edit_size(const struct ui_field *field)
{
	switch (field->type) {
	case UI_FIELD_DATE:
	case UI_FIELD_BIRTH:
		return LINE_DATE;
	case UI_FIELD_NIR:
		return NIR_DIGITS;
	default:
		return field->size ? field->size - 1 : 0;
	}
}

/* A key given after the number is dropped when the member has no room for it:
 * it can be computed. */
static void load_nir(const char *text, struct edit *edit)
{
	char plain[NIR_DIGITS + 1];
	size_t used = 0;

	for (; *text && used < NIR_DIGITS; text++)
		if ((unsigned char)*text > ' ' && (unsigned char)*text < 0x7F)
			plain[used++] = *text;
	plain[used] = '\0';
	edit_set(edit, plain);
}

void field_load(const struct ui_ctx *ctx, const struct ui_field *field,
		struct field_view *view)
{
	char text[DATE_TEXT] = "";

	view->error[0] = '\0';
	switch (field->type) {
	case UI_FIELD_DATE:
	case UI_FIELD_BIRTH:
		if (date_is_set(*field_date(ctx, field)))
			date_to_text(*field_date(ctx, field), text);
		edit_set(&view->edit, text);
		break;
	case UI_FIELD_NIR:
		load_nir(member(ctx, field), &view->edit);
		break;
	case UI_FIELD_CHOICE:
	case UI_FIELD_CHECK:
		break;
	default:
		edit_set(&view->edit, member(ctx, field));
	}
}

/* The year was left out when the same text meant another day a year ago. */
bool field_read_date(const struct ui_ctx *ctx, const struct ui_field *field,
		     const char *text, struct date *date, struct err *err)
{
	const struct date today = clock_today(ctx->ui->setup.zone);
	struct date before;

	if (!date_from_input(text, today, date, err))
		return false;
	if (!(field->flags & UI_PAST) || date_compare(*date, today) <= 0)
		return true;
	if (*text >= '0' && *text <= '9' &&
	    date_from_input(text, date_add_months(today, -12), &before, NULL) &&
	    date_compare(before, *date) != 0)
		*date = before;
	return true;
}

static bool store_date(const struct ui_ctx *ctx, const struct ui_field *field,
		       struct field_view *view, struct err *err)
{
	struct date *date = field_date(ctx, field);
	char text[LINE_DATE + 1];
	bool ok;

	edit_text(&view->edit, text, sizeof(text));
	text_trim(text);
	*date = (struct date){ 0 };
	if (!*text)
		return true;
	ok = field->type == UI_FIELD_BIRTH
		? date_from_birth_input(text, clock_today(ctx->ui->setup.zone),
					date, err)
		: field_read_date(ctx, field, text, date, err);
	if (!ok)
		*date = (struct date){ 0 };
	return ok;
}

static bool store_nir(const struct ui_ctx *ctx, const struct ui_field *field,
		      struct field_view *view, struct err *err)
{
	char text[NIR_DIGITS + 1];
	struct nir nir;

	edit_text(&view->edit, text, sizeof(text));
	snprintf(member(ctx, field), field->size, "%s", text);
	if (!*text)
		return true;
	return nir_parse(text, &nir, err);
}

bool field_store(const struct ui_ctx *ctx, const struct ui_field *field,
		 struct field_view *view, struct err *err)
{
	switch (field->type) {
	case UI_FIELD_DATE:
	case UI_FIELD_BIRTH:
		return store_date(ctx, field, view, err);
	case UI_FIELD_NIR:
		return store_nir(ctx, field, view, err);
	case UI_FIELD_CHOICE:
	case UI_FIELD_CHECK:
		return true;
	default:
		edit_text(&view->edit, member(ctx, field), field->size);
		return true;
	}
}

bool field_is_empty(const struct ui_ctx *ctx, const struct ui_field *field,
		    const struct field_view *view)
{
	if (field->type == UI_FIELD_CHECK)
		return !*field_bool(ctx, field);
	if (field->type == UI_FIELD_CHOICE)
		return *field_int(ctx, field) < 0;
	for (size_t i = 0; i < view->edit.count; i++)
		if (view->edit.chars[i] != ' ' && view->edit.chars[i] != 0xA0)
			return false;
	return true;
}
