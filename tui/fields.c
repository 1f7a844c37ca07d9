/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms: where the focus is, what leaving a field does, what is refused. */
#include "impl.h"

#include <stdlib.h>
#include <string.h>

static int count_fields(const struct ui_field *fields)
{
	int count = 0;

	while (fields && fields[count].label)
		count++;
	return count;
}

bool field_there(const struct ui_ctx *ctx, const struct ui_field *field)
{
	return !field->shown || field->shown(ctx->state);
}

static bool takes_focus(const struct ui_ctx *ctx, const struct ui_field *field)
{
	return field_there(ctx, field) && !(field->flags & UI_READ_ONLY);
}

void fields_init(struct ui_ctx *ctx, struct view *view)
{
	const struct ui_field *fields = view->part->fields;

	view->field_count = count_fields(fields);
	view->fields = mem_new((size_t)view->field_count + 1,
			       sizeof(*view->fields));
	for (int i = 0; i < view->field_count; i++) {
		edit_init(&view->fields[i].edit, field_edit_size(&fields[i]));
		view->fields[i].edit.secret =
			fields[i].type == UI_FIELD_SECRET;
		field_load(ctx, &fields[i], &view->fields[i]);
	}
	view->field = 0;
}

void fields_fini(struct view *view)
{
	for (int i = 0; i < view->field_count; i++)
		edit_fini(&view->fields[i].edit);
	free(view->fields);
	view->fields = NULL;
	view->field_count = 0;
}

void fields_load(struct ui_ctx *ctx, struct view *view)
{
	for (int i = 0; i < view->field_count; i++) {
		enum ui_field_type type = view->part->fields[i].type;

		/* A date is taken when its field is left: not lost before. */
		if (view->fields[i].touched && (type == UI_FIELD_DATE ||
						type == UI_FIELD_BIRTH))
			continue;
		field_load(ctx, &view->part->fields[i], &view->fields[i]);
	}
}

const struct ui_field *fields_focused(const struct ui_ctx *ctx)
{
	const struct view *view = view_focused(ctx);

	if (!view || view->part->kind != UI_PART_FORM ||
	    view->field >= view->field_count)
		return NULL;
	return &view->part->fields[view->field];
}

static int next_field(struct ui_ctx *ctx, const struct view *view, int from,
		      int by)
{
	for (int i = from + by; i >= 0 && i < view->field_count; i += by)
		if (takes_focus(ctx, &view->part->fields[i]))
			return i;
	return -1;
}

bool fields_is_last(struct ui_ctx *ctx, struct view *view)
{
	return next_field(ctx, view, view->field, 1) < 0;
}

bool fields_step(struct ui_ctx *ctx, struct view *view, int by)
{
	int next;

	fields_leave(ctx);
	next = next_field(ctx, view, view->field, by);
	if (next < 0)
		return false;
	fields_go(ctx, view, next);
	return true;
}

/* Index past either end: the first or the last field that takes the focus. */
void fields_go(struct ui_ctx *ctx, struct view *view, int index)
{
	if (index < 0)
		index = next_field(ctx, view, -1, 1);
	else if (index >= view->field_count)
		index = next_field(ctx, view, view->field_count, -1);
	else if (!takes_focus(ctx, &view->part->fields[index]))
		index = next_field(ctx, view, index, 1);
	if (index < 0)
		return;
	view->field = index;
	view->fields[index].touched = false;
	edit_do(&view->fields[index].edit, EDIT_END);
}

static bool refuse(struct field_view *view, const struct err *err)
{
	text_copy(view->error, sizeof(view->error), err->text);
	return false;
}

/* Write the field's value to the state and check it.  `whole`: the form is being
 * validated, so that what is missing counts too. */
static bool commit(struct ui_ctx *ctx, struct view *view, int index, bool whole)
{
	const struct ui_field *field = &view->part->fields[index];
	struct field_view *fv = &view->fields[index];
	struct err err = { 0 };

	fv->error[0] = '\0';
	if (!field_store(ctx, field, fv, &err))
		return refuse(fv, &err);
	if (field_is_empty(ctx, field, fv)) {
		if (!whole)
			return true;
		if (field->flags & UI_REQUIRED) {
			err_set(&err, ERR_INVALID, _("« %s » est obligatoire"),
				_(field->label));
			return refuse(fv, &err);
		}
	}
	if (field->check && !field->check(ctx->state, &err))
		return refuse(fv, &err);
	return true;
}

/* Dates are shown in full once they are understood. */
static void rewrite(struct ui_ctx *ctx, const struct ui_field *field,
		    struct field_view *fv)
{
	if (field->type == UI_FIELD_DATE || field->type == UI_FIELD_BIRTH)
		field_load(ctx, field, fv);
}

bool fields_leave(struct ui_ctx *ctx)
{
	const struct ui_field *field = fields_focused(ctx);
	struct view *view = view_focused(ctx);
	struct field_view *fv;

	if (!field)
		return true;
	fv = &view->fields[view->field];
	if (!fv->touched)
		return !fv->error[0];
	fv->touched = false;
	if (!commit(ctx, view, view->field, false)) {
		message_add(ctx->ui, true, fv->error);
		return false;
	}
	rewrite(ctx, field, fv);
	if (field->changed && (field->type == UI_FIELD_DATE ||
			       field->type == UI_FIELD_BIRTH))
		field->changed(ctx, ctx->state);
	return true;
}

static void store_focused(struct ui_ctx *ctx)
{
	const struct ui_field *field = fields_focused(ctx);
	struct view *view = view_focused(ctx);
	struct err told_later;

	if (field)
		field_store(ctx, field, &view->fields[view->field], &told_later);
}

bool fields_validate(struct ui_ctx *ctx)
{
	int part = -1, bad = -1;

	/* The check of one field may look at another: all are stored before. */
	store_focused(ctx);
	for (int p = ctx->view_count - 1; p >= 0; p--) {
		struct view *view = &ctx->views[p];

		if (view->part->kind != UI_PART_FORM || !view->there)
			continue;
		for (int i = view->field_count - 1; i >= 0; i--) {
			if (!takes_focus(ctx, &view->part->fields[i]))
				continue;
			if (commit(ctx, view, i, true)) {
				rewrite(ctx, &view->part->fields[i],
					&view->fields[i]);
				view->fields[i].touched = false;
				continue;
			}
			part = p;
			bad = i;
		}
	}
	if (part < 0)
		return true;
	ctx->focus = part;
	fields_go(ctx, &ctx->views[part], bad);
	message_add(ctx->ui, true, ctx->views[part].fields[bad].error);
	return false;
}

bool fields_fault(struct ui_ctx *ctx, const char *name, const char *text)
{
	for (int p = 0; p < ctx->view_count; p++) {
		struct view *view = &ctx->views[p];

		for (int i = 0; i < view->field_count; i++) {
			const struct ui_field *field = &view->part->fields[i];

			if (!field->name || strcmp(field->name, name) ||
			    !field_there(ctx, field))
				continue;
			if (text)
				text_copy(view->fields[i].error,
					  sizeof(view->fields[i].error), text);
			ctx->focus = p;
			fields_go(ctx, view, i);
			return true;
		}
	}
	return false;
}
