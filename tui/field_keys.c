/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keys do in the focused field, by type. */
#include "dialog.h"
#include "key.h"

#include <guichet/base/fold.h>
#include <stdlib.h>
#include <string.h>

static struct field_view *focused_view(const struct ui_ctx *ctx)
{
	struct view *view = view_focused(ctx);

	return &view->fields[view->field];
}

void fields_mark_changed(struct ui_ctx *ctx)
{
	const struct ui_field *field = fields_focused(ctx);
	struct field_view *fv = focused_view(ctx);
	struct err ignored;

	fv->changed = fv->touched = true;
	fv->error[0] = '\0';
	ui_set_changed(ctx);
	if (field->type == UI_FIELD_DATE || field->type == UI_FIELD_BIRTH)
		return;
	field_store(ctx, field, fv, &ignored);
	if (field->changed)
		field->changed(ctx, ctx->state);
}

static void cycle(struct ui_ctx *ctx, const struct ui_field *field, int by)
{
	int count = field_choice_count(field), *value = field_int(ctx, field);

	if (!count)
		return;
	*value = *value < 0 ? (by > 0 ? 0 : count - 1)
			    : (*value + by + count) % count;
	fields_mark_changed(ctx);
}

/* The next choice that starts with the letter, accents and case ignored. */
static void choose_letter(struct ui_ctx *ctx, const struct ui_field *field,
			  uint32_t c)
{
	int count = field_choice_count(field), *value = field_int(ctx, field);
	char letter[5] = "", wanted[16], label[64];

	text_put(letter, c);
	fold_glued(wanted, sizeof(wanted), letter);
	for (int i = 1; i <= count && *wanted; i++) {
		int at = (*value + i + count) % count;

		fold_glued(label, sizeof(label), _(field->choices[at]));
		if (strncmp(label, wanted, strlen(wanted)))
			continue;
		*value = at;
		fields_mark_changed(ctx);
		return;
	}
}

static void set_check(struct ui_ctx *ctx, const struct ui_field *field, bool on)
{
	bool *value = field_bool(ctx, field);

	if (*value == on)
		return;
	*value = on;
	fields_mark_changed(ctx);
}

static void check_key(struct ui_ctx *ctx, const struct ui_field *field,
		      uint32_t c)
{
	if (c == ' ')
		set_check(ctx, field, !*field_bool(ctx, field));
	else if (c == 'o' || c == 'O' || c == 'x')
		set_check(ctx, field, true);
	else if (c == 'n' || c == 'N')
		set_check(ctx, field, false);
}

static void tell_full(struct ui_ctx *ctx)
{
	message_add(ctx->ui, true,
		    _("Le champ est plein : la suite n'est pas prise"));
}

/* Only on a date already understood: "+7" and "lun+1" are typed with the same
 * signs. */
static bool move_day(struct ui_ctx *ctx, const struct ui_field *field,
		     uint32_t c)
{
	struct field_view *fv = focused_view(ctx);
	struct date date;
	char text[DATE_TEXT], full[DATE_TEXT];

	if (field->type != UI_FIELD_DATE || (c != '+' && c != '-'))
		return false;
	edit_text(&fv->edit, text, sizeof(text));
	if (strlen(text) != 10 ||
	    !date_from_input(text, clock_today(ctx->ui->setup.zone), &date,
			     NULL))
		return false;
	date_to_text(date, full);
	if (strcmp(full, text))
		return false;
	date_to_text(date_add_days(date, c == '+' ? 1 : -1), text);
	edit_set(&fv->edit, text);
	fields_mark_changed(ctx);
	return true;
}

static enum edit_result insert_nir(struct edit *edit, uint32_t c)
{
	if (c >= 'a' && c <= 'z')
		c -= 'a' - 'A';
	if (c == ' ' || c == '.' || c == '-' || c == 0xA0 || c == 0x202F)
		return EDIT_SAME;
	return edit_insert(edit, c);
}

static bool is_full(const struct edit *edit)
{
	return edit->bytes >= edit->max_bytes;
}

static void type_line(struct ui_ctx *ctx, const struct ui_field *field,
		      uint32_t c)
{
	struct field_view *fv = focused_view(ctx);
	enum edit_result result;

	if (move_day(ctx, field, c))
		return;
	result = field->type == UI_FIELD_NIR ? insert_nir(&fv->edit, c)
					     : edit_insert(&fv->edit, c);
	if (result == EDIT_FULL)
		tell_full(ctx);
	if (result != EDIT_CHANGED)
		return;
	fields_mark_changed(ctx);
	if ((field->flags & UI_AUTO_NEXT) && !ctx->ui->setup.accessible &&
	    is_full(&fv->edit))
		action_run(ctx, "next-field");
}

void fields_type(struct ui_ctx *ctx, uint32_t c)
{
	const struct ui_field *field = fields_focused(ctx);

	if (!field || (field->flags & UI_READ_ONLY))
		return;
	if (field->type == UI_FIELD_CHECK)
		check_key(ctx, field, c);
	else if (field->type != UI_FIELD_CHOICE)
		type_line(ctx, field, c);
	else if (c == ' ')
		cycle(ctx, field, 1);
	else
		choose_letter(ctx, field, c);
}

void fields_paste(struct ui_ctx *ctx, const char *text, size_t size)
{
	const struct ui_field *field = fields_focused(ctx);
	const char *end = text + size;
	struct field_view *fv;
	enum edit_result result = EDIT_SAME;

	if (!field || (field->flags & UI_READ_ONLY) || !field_is_line(field))
		return;
	fv = focused_view(ctx);
	if (field->type != UI_FIELD_NIR)
		result = edit_paste(&fv->edit, text, size);
	while (field->type == UI_FIELD_NIR && text < end &&
	       result != EDIT_FULL) {
		uint32_t c = text_next(&text, end);
		enum edit_result one = c < ' ' ? EDIT_SAME
					       : insert_nir(&fv->edit, c);

		result = one == EDIT_SAME ? result : one;
	}
	if (result == EDIT_FULL)
		tell_full(ctx);
	if (result != EDIT_SAME)
		fields_mark_changed(ctx);
}

void fields_edit(struct ui_ctx *ctx, enum edit_op op)
{
	const struct ui_field *field = fields_focused(ctx);

	if (!field || (field->flags & UI_READ_ONLY))
		return;
	if (field->type == UI_FIELD_CHOICE) {
		if (op == EDIT_LEFT || op == EDIT_RIGHT)
			cycle(ctx, field, op == EDIT_LEFT ? -1 : 1);
	} else if (field_is_line(field) &&
		   edit_do(&focused_view(ctx)->edit, op) == EDIT_CHANGED) {
		fields_mark_changed(ctx);
	}
}

void fields_values(struct ui_ctx *ctx)
{
	const struct ui_field *field = fields_focused(ctx);

	if (field && field->values)
		field->values(ctx, ctx->state);
	else if (field && field->type == UI_FIELD_CHOICE)
		values_menu(ctx, field);
	else
		message_add(ctx->ui, false,
			    _("Pas de liste de valeurs pour ce champ"));
}
