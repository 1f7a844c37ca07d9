/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a key to what it does: the screen's section, that of the focused part,
 * the screen's kind, then [global]. */
#include "dialog.h"
#include "impl.h"
#include "key.h"

#include <string.h>

#define SECTIONS_MAX 6

struct lookup {
	const char *name;               /* of a section of the keymap */
	bool parents;                   /* and what it inherits */
};

static const char *const kind_sections[] = {
	[UI_LIST] = "list", [UI_RECORD] = "record", [UI_FORM] = "form",
	[UI_DIALOG] = "dialog",
};

static const char *const part_sections[] = {
	[UI_PART_END] = "", [UI_PART_FORM] = "field", [UI_PART_LIST] = "list",
	[UI_PART_TEXT] = "text",
};

static bool in_field(const struct ui_ctx *ctx)
{
	return fields_focused(ctx) != NULL;
}

/* In a field, editing keys come before what the screen's section inherits, so
 * that Home moves in the line even on a screen of kind list. */
static int sections_of(const struct ui_ctx *ctx, struct lookup out[SECTIONS_MAX])
{
	const struct view *view = view_focused(ctx);
	int count = 0;

	out[count++] = (struct lookup){ ctx->screen->name, !in_field(ctx) };
	if (view && view->part->name)
		out[count++] = (struct lookup){ view->part->name, true };
	if (view)
		out[count++] = (struct lookup){
			part_sections[view->part->kind], true,
		};
	if (in_field(ctx))
		out[count++] = (struct lookup){ ctx->screen->name, true };
	out[count++] = (struct lookup){ kind_sections[ctx->screen->kind], true };
	out[count++] = (struct lookup){ "global", true };
	return count;
}

static const char *look_up(const struct ui_ctx *ctx, uint32_t key)
{
	struct lookup sections[SECTIONS_MAX];
	int count = sections_of(ctx, sections);

	if (in_field(ctx) && key_is_text(key))
		return NULL;
	for (int i = 0; i < count; i++) {
		const char *action = keymap_find(&ctx->ui->map,
						 sections[i].name, key,
						 sections[i].parents);

		if (action)
			return strcmp(action, "none") ? action : NULL;
	}
	return NULL;
}

static uint32_t key_in(const struct ui_ctx *ctx, const char *section,
		       const char *action)
{
	for (int depth = 0; depth < 8 && *section; depth++) {
		const struct section *s = keymap_section(&ctx->ui->map, section);

		for (size_t i = 0; s && i < s->bindings.count; i++) {
			const struct binding *b = rows_at(&s->bindings, i);
			const char *does;

			if (strcmp(b->action, action))
				continue;
			does = look_up(ctx, b->key);
			if (does && !strcmp(does, action))
				return b->key;
		}
		if (!s)
			break;
		section = s->parent;
	}
	return 0;
}

uint32_t action_key_of(const struct ui_ctx *ctx, const char *action)
{
	struct lookup sections[SECTIONS_MAX];
	const struct view *view = view_focused(ctx);
	int count = sections_of(ctx, sections);

	if (view && view->part->enter && !strcmp(view->part->enter, action))
		return UI_KEY_ENTER;
	for (int i = 0; i < count; i++) {
		uint32_t key = key_in(ctx, sections[i].name, action);

		if (key)
			return key;
	}
	return 0;
}

static const struct ui_action *find_in(const struct ui_action *actions,
				       const char *name)
{
	for (; actions && actions->name; actions++)
		if (!strcmp(actions->name, name))
			return actions;
	return NULL;
}

const struct ui_action *action_find(const struct ui_ctx *ctx, const char *name)
{
	const struct ui_action *action = find_in(ctx->screen->actions, name);

	return action ? action : find_in(ctx->ui->setup.actions, name);
}

bool action_shown(const struct ui_ctx *ctx, const struct ui_action *action)
{
	return !ctx->screen->offers ||
	       ctx->screen->offers(ctx->state, action->name);
}

bool action_offered(const struct ui_ctx *ctx, const struct ui_action *action)
{
	const struct ui_setup *setup = &ctx->ui->setup;

	return !setup->hooks.offered ||
	       setup->hooks.offered(setup->user, ctx, action->name);
}

static const struct builtin *find_builtin(const char *name)
{
	for (const struct builtin *b = builtins; b->name; b++)
		if (!strcmp(b->name, name))
			return b;
	return NULL;
}

const char *action_label(const struct ui_ctx *ctx, const char *name)
{
	const struct ui_action *action = action_find(ctx, name);
	const struct builtin *builtin = find_builtin(name);
	const struct ui_screen *screen;

	if (action)
		return _(action->label);
	if (builtin)
		return builtin->label ? _(builtin->label) : NULL;
	screen = screen_find(ctx->ui, name);
	return screen ? _(screen->title) : NULL;
}

static bool has_row(struct ui_ctx *ctx)
{
	const struct view *view = view_focused(ctx);

	if (ui_row(ctx))
		return true;
	message_add(ctx->ui, true, ctx->stale_ms || (view && view->stale)
		    ? _("La liste se met à jour : un instant")
		    : _("Choisissez d'abord une ligne"));
	return false;
}

static void run(struct ui_ctx *ctx, const struct ui_action *action)
{
	if ((action->flags & UI_NEEDS_ROW) && !has_row(ctx))
		return;
	if ((action->flags & UI_NEEDS_FORM) && !fields_validate(ctx))
		return;
	if (!(action->flags & UI_NEEDS_FORM))
		fields_leave(ctx);
	/* Choosing in a dialog is not yet what was chosen. */
	ctx->ui->acts += ctx->screen->kind != UI_DIALOG;
	action->run(ctx, ctx->state);
}

static bool run_command(struct ui_ctx *ctx, const char *name)
{
	const struct ui_command *c = ctx->ui->setup.commands;
	struct err err = { 0 };

	while (c && c->name && strcmp(c->name, name))
		c++;
	if (!c || !c->name || c->min)
		return false;
	if (!c->run(ctx, 1, (char *[]){ (char *)name, NULL }, &err))
		ui_error(ctx, &err);
	return true;
}

bool action_run(struct ui_ctx *ctx, const char *name)
{
	const struct ui_action *own = find_in(ctx->screen->actions, name);
	const struct builtin *builtin = find_builtin(name);
	const struct ui_screen *screen;

	ctx->ui->dirty = true;
	if (own) {
		run(ctx, own);
		return true;
	}
	if (find_in(ctx->ui->setup.actions, name)) {
		run(ctx, find_in(ctx->ui->setup.actions, name));
		return true;
	}
	if (builtin) {
		builtin->run(ctx, builtin->n);
		return true;
	}
	if (run_command(ctx, name))
		return true;
	screen = screen_find(ctx->ui, name);
	if (!screen)
		return false;
	if (screen != ctx->screen)
		ui_push(ctx, screen, "");
	return true;
}

static void no_effect(struct ui_ctx *ctx, uint32_t key)
{
	char label[KEY_NAME], text[120];

	key_to_label(key, label);
	snprintf(text, sizeof(text), _("« %s » n'a pas d'effet ici"), label);
	message_add(ctx->ui, false, text);
}

/* While a filter is typed, characters go to it. */
static bool filter_key(struct ui_ctx *ctx, uint32_t key)
{
	struct view *view = view_focused(ctx);
	enum edit_result result;

	if (!view || view->part->kind != UI_PART_LIST || !view->filtering)
		return false;
	if (key_is_text(key)) {
		result = edit_insert(&view->filter, key);
	} else if (key == UI_KEY_BACKSPACE) {
		if (!view->filter.count) {
			list_filter(ctx, view, false);
			return true;
		}
		result = edit_do(&view->filter, EDIT_DELETE_BACK);
	} else {
		if (key == UI_KEY_ENTER)
			view->filtering = false;
		return key == UI_KEY_ENTER;
	}
	if (result == EDIT_CHANGED) {
		list_filter(ctx, view, true);
		list_select(ctx, view, 0);
	}
	return true;
}

static const char *enter_action(struct ui_ctx *ctx)
{
	const struct view *view = view_focused(ctx);

	if (!view)
		return NULL;
	if (view->part->kind == UI_PART_LIST && view->part->enter)
		return has_row(ctx) ? view->part->enter : "";
	if (!in_field(ctx))
		return NULL;
	return fields_is_last(ctx, view_focused(ctx)) ? view->part->enter
						      : "next-field";
}

void action_key(struct ui *ui, uint32_t key)
{
	struct ui_ctx *ctx = ui_front(ui);
	const char *action;

	views_refresh(ctx);
	if (filter_key(ctx, key))
		return;
	if (!in_field(ctx) && dialog_letter(ctx, key))
		return;
	action = key == UI_KEY_ENTER ? enter_action(ctx) : NULL;
	if (action && !*action)
		return;
	if (!action)
		action = look_up(ctx, key);
	if (!action && in_field(ctx) && key_is_text(key))
		fields_type(ctx, key);
	else if (!action || !action_run(ctx, action))
		no_effect(ctx, key);
}

void action_paste(struct ui *ui, const char *text, size_t size)
{
	struct ui_ctx *ctx = ui_front(ui);
	struct view *view;

	views_refresh(ctx);
	view = view_focused(ctx);
	if (view && view->part->kind == UI_PART_LIST && view->filtering) {
		edit_paste(&view->filter, text, size);
		list_filter(ctx, view, true);
	} else if (in_field(ctx)) {
		fields_paste(ctx, text, size);
	} else {
		message_add(ui, true, _("Aucun champ pour ce qui est collé"));
	}
}
