/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What surrounds a screen: header, tabs, message line, footer. */
#include "canvas.h"
#include "key.h"

#include <string.h>

#define FOOTER_ACTIONS 6
#define LONG_WAIT_MS 300
#define TAB_GAP 3

static void clock_text(const struct ui *ui, char out[DATE_TEXT])
{
	out[0] = '\0';
	if (!ui->setup.accessible)
		moment_to_clock(ui->setup.zone, clock_now_ms(), out);
}

static void get_header(struct ui_ctx *ctx, struct ui_header *header)
{
	struct ui *ui = ctx->ui;

	memset(header, 0, sizeof(*header));
	if (ui->setup.hooks.header)
		ui->setup.hooks.header(ui->setup.user, ctx, header);
	else
		text_copy(header->left, sizeof(header->left),
			  _(ctx->screen->title));
}

static void paint_right(const struct ui *ui, const struct canvas *canvas,
			const char *text, int used)
{
	int room = canvas->cols - used - 4;
	char right[200], clock[DATE_TEXT];

	clock_text(ui, clock);
	snprintf(right, sizeof(right), "%s%s%s", text,
		 *text && *clock ? "  " : "", clock);
	/* Half a clock tells the wrong time: it goes first. */
	canvas_right(canvas, 0, used + 3, room, UI_PLAIN,
		     text_width(right) <= room ? right : text);
}

static void paint_rule(struct ui_ctx *ctx, const struct canvas *canvas, int y)
{
	const char *title = _(ctx->screen->title);
	int used;

	if (ctx->ui->setup.accessible) {
		canvas_text(canvas, y, 0, canvas->cols, UI_TITLE, title);
		return;
	}
	canvas_repeat(canvas, y, 0, canvas->cols, UI_DIM, 0x2500);
	if (ctx->screen->tabs)
		return;
	canvas_text(canvas, y, 2, 1, UI_PLAIN, " ");
	used = canvas_text(canvas, y, 3, canvas->cols - 8, UI_TITLE, title);
	canvas_text(canvas, y, 3 + used, 1, UI_PLAIN, " ");
}

/* The first tab drawn, so that the current one shows. */
static int first_tab(const struct ui_tab *tabs, int current, int columns)
{
	int first = 0, width = -TAB_GAP;

	for (int i = 0; i <= current; i++)
		width += text_width(_(tabs[i].label)) + TAB_GAP;
	while (first < current && width - TAB_GAP > columns)
		width -= text_width(_(tabs[first++].label)) + TAB_GAP;
	return first;
}

/* Accessible: the place among the tabs in words, as they cannot be seen. */
static int tabs_in_words(const struct canvas *canvas, int y,
			 const struct ui_tab *tabs, int current)
{
	char text[200];
	int count = 0;

	while (tabs[count].screen)
		count++;
	snprintf(text, sizeof(text), _("Onglet %d sur %d : %s"), current + 1,
		 count, _(tabs[current].label));
	canvas_text(canvas, y, 0, canvas->cols, UI_PLAIN, text);
	return 1;
}

static int paint_tabs(struct ui_ctx *ctx, const struct canvas *canvas, int y)
{
	const struct ui_tab *tabs = ctx->screen->tabs;
	int current = stack_tab_of(ctx), x = 1;

	if (current < 0)
		return 0;
	if (ctx->ui->setup.accessible)
		return tabs_in_words(canvas, y, tabs, current);
	for (int i = first_tab(tabs, current, canvas->cols - 2);
	     tabs[i].screen && x < canvas->cols; i++) {
		int used = canvas_text(canvas, y, x, canvas->cols - x - 1,
				       i == current ? UI_STRONG : UI_PLAIN,
				       _(tabs[i].label));

		if (i == current)
			canvas_repeat(canvas, y + 1, x, used, UI_STRONG, 0x2594);
		x += used + TAB_GAP;
	}
	return 2;
}

int paint_header(struct ui_ctx *ctx, const struct canvas *canvas)
{
	struct ui_header header;
	int y = 1, used;

	get_header(ctx, &header);
	used = canvas_text(canvas, 0, 1, canvas->cols - 2, UI_STRONG,
			   header.left);
	paint_right(ctx->ui, canvas, header.right, used);
	if (header.second[0]) {
		used = header.warn ? canvas_text(canvas, y, 1, 4, UI_WARN,
						 "[!] ") : 0;
		canvas_text(canvas, y++, 1 + used, canvas->cols - 2 - used,
			    header.warn ? UI_WARN : UI_PLAIN, header.second);
	}
	paint_rule(ctx, canvas, y++);
	if (ctx->screen->tabs)
		y += paint_tabs(ctx, canvas, y);
	return y;
}

/* A sentence too long for its line starts on the one above. */
static void paint_sentence(const struct canvas *canvas, int y, int x,
			   enum ui_style style, const char *text)
{
	int room = canvas->cols - x - 1;
	char first[CANVAS_TEXT];
	size_t size = text_fit(text, room);

	if (!text[size] || y < 1) {
		canvas_text(canvas, y, x, room, style, text);
		return;
	}
	while (size && text[size] != ' ')
		size--;
	if (!size)
		size = text_fit(text, room);
	snprintf(first, sizeof(first), "%.*s", (int)size, text);
	canvas_repeat(canvas, y - 1, 0, canvas->cols, UI_PLAIN, ' ');
	canvas_text(canvas, y - 1, x, room, style, first);
	canvas_text(canvas, y, x, room, style, text + size +
		    (text[size] == ' '));
}

static bool waits_long(const struct ui_ctx *ctx)
{
	return ctx->expecting ||
	       (ctx->stale_ms &&
		ui_mono_ms(ctx->ui) - ctx->stale_ms >= LONG_WAIT_MS);
}

static void paint_message(struct ui *ui, const struct ui_ctx *ctx,
			  const struct canvas *canvas)
{
	const struct message *message = message_last(ui);
	int y = canvas->rows - 2;
	char text[420];

	if (!message) {
		if (waits_long(ctx))
			canvas_text(canvas, y, 1, 1, UI_DIM, "…");
		return;
	}
	snprintf(text, sizeof(text), "%s%s", message->bad ? "[!] " : "",
		 message->text);
	paint_sentence(canvas, y, 1, message->bad ? UI_BAD : UI_STRONG, text);
}

static int footer_item(struct ui_ctx *ctx, const struct canvas *canvas, int x,
		       const char *name)
{
	uint32_t key = action_key_of(ctx, name);
	const char *label = action_label(ctx, name);
	char key_name[KEY_NAME];
	int y = canvas->rows - 1, need;

	if (!key || !label)
		return x;
	key_to_label(key, key_name);
	need = text_width(key_name) + 1 + text_width(label);
	if (x + need > canvas->cols)
		return x;
	canvas_text(canvas, y, x, need, UI_KEY, key_name);
	canvas_text(canvas, y, x + text_width(key_name) + 1, need, UI_PLAIN,
		    label);
	return x + need + 2;
}

static const char *const always[] = { "privacy", "command", NULL };

struct footer {
	struct ui_ctx *ctx;
	const struct canvas *canvas;
	int x, count;
};

static void add_item(struct footer *footer, const char *name)
{
	int before = footer->x;

	if (footer->count >= FOOTER_ACTIONS)
		return;
	footer->x = footer_item(footer->ctx, footer->canvas, before, name);
	footer->count += footer->x != before;
}

static void add_items(struct footer *footer, const struct ui_action *actions,
		      bool own)
{
	for (; actions && actions->name; actions++)
		if ((actions->flags & UI_FOOTER) &&
		    (own ? action_shown(footer->ctx, actions)
			 : action_offered(footer->ctx, actions)))
			add_item(footer, actions->name);
}

/* Help first, then what this screen does, then the way back: the doors come
 * when there is room. */
void paint_footer(struct ui_ctx *ctx, const struct canvas *canvas)
{
	struct footer footer = { .ctx = ctx, .canvas = canvas, .x = 1 };
	bool dialog = ctx->screen->kind == UI_DIALOG;

	paint_message(ctx->ui, ctx, canvas);
	if (dialog)
		canvas_repeat(canvas, canvas->rows - 1, 0, canvas->cols,
			      UI_PLAIN, ' ');
	add_item(&footer, "help");
	add_items(&footer, ctx->screen->actions, true);
	if (ctx->below || ctx->space != &ctx->ui->spaces[0])
		add_item(&footer, "back");
	if (!dialog)
		add_items(&footer, ctx->ui->setup.actions, false);
	for (int i = 0; always[i] && !dialog; i++)
		add_item(&footer, always[i]);
}
