/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One turn of the loop: all the keys that came, what the peer delivers, timers,
 * then one paint. */
#include "impl.h"
#include "key.h"
#include "tty.h"

#include <limits.h>
#include <string.h>

#define STALE_SAY_MS 300
#define WAIT_SAY_MS 10000
#define MINUTE_MS 60000

static void play(struct ui *ui, const struct input_event *event)
{
	ui->dirty = true;
	if (!ui->message_new)
		ui->message_shown = false;
	if ((ui->locked || ui->prompt) && event->key == UI_KEY_CLICK)
		return;
	if (ui->locked && event->paste)
		lock_paste(ui, event->paste, event->paste_size);
	else if (ui->locked)
		lock_key(ui, event->key);
	else if (ui->prompt && event->paste)
		prompt_paste(ui, event->paste, event->paste_size);
	else if (ui->prompt)
		prompt_key(ui, event->key);
	else if (event->key == UI_KEY_CLICK)
		action_click(ui, event->y, event->x);
	else if (event->paste)
		action_paste(ui, event->paste, event->paste_size);
	else
		action_key(ui, event->key);
	effects_apply(ui);
}

static bool is_action(const struct ui *ui, uint32_t key, const char *name)
{
	const char *action = keymap_find(&ui->map, "global", key, true);

	return action && !strcmp(action, name);
}

/* Keys wait for the screen that comes; Esc gives up, and the doors stay open. */
static bool held_back(struct ui *ui)
{
	struct ui_ctx *ctx = ui_front(ui);
	const struct input_event *event;

	if (!ctx->expecting || ui->locked || ui->prompt)
		return false;
	for (size_t i = 0; (event = input_peek(&ui->input, i)); i++) {
		if (event->key == UI_KEY_ESC) {
			ctx->expecting = false;
			input_forget(&ui->input);
			if (ctx->given_up)
				ctx->given_up(ctx, ctx->state);
			effects_apply(ui);
			ui->dirty = true;
			return true;
		}
		if (is_action(ui, event->key, "privacy") ||
		    is_action(ui, event->key, "quit")) {
			struct input_event door = *event;

			ctx->expecting = false;
			input_forget(&ui->input);
			play(ui, &door);
			return true;
		}
	}
	return true;
}

static void play_keys(struct ui *ui)
{
	struct input_event event;

	while (!ui->quit && input_peek(&ui->input, 0)) {
		ui->last_key_ms = ui_mono_ms(ui);
		if (held_back(ui))
			return;
		if (input_next(&ui->input, &event))
			play(ui, &event);
	}
}

/* A wait is said once after a moment, then every ten seconds at most. */
static void watch_wait(struct ui *ui)
{
	struct ui_ctx *ctx = ui_front(ui);
	int64_t now = ui_mono_ms(ui), since;

	if (!ctx->stale_ms)
		return;
	since = now - ctx->stale_ms;
	if (since < STALE_SAY_MS)
		return;
	if (!ctx->stale_said_ms) {
		ctx->stale_said_ms = ctx->stale_ms + STALE_SAY_MS;
		ui->dirty = true;
	}
	if (now - ctx->stale_said_ms >= WAIT_SAY_MS) {
		ctx->stale_said_ms = now;
		ui_say(ui, _("Toujours en attente d'une réponse (%d s)"),
		       (int)(since / 1000));
	}
}

static int64_t wait_due_ms(struct ui *ui)
{
	struct ui_ctx *ctx = ui_front(ui);

	if (!ctx->stale_ms)
		return 0;
	return ctx->stale_said_ms ? ctx->stale_said_ms + WAIT_SAY_MS
				  : ctx->stale_ms + STALE_SAY_MS;
}

static int64_t lock_due_ms(const struct ui *ui)
{
	return ui->setup.idle_lock_s && !ui->locked
		? ui->last_key_ms + (int64_t)ui->setup.idle_lock_s * 1000 : 0;
}

/* The clock of the header is drawn again when its minute has passed. */
static void watch_clock(struct ui *ui)
{
	int64_t minute = clock_now_ms() / MINUTE_MS;

	if (ui->setup.accessible || minute == ui->minute)
		return;
	ui->dirty = ui->dirty || ui->minute;
	ui->minute = minute;
}

/* Said once as long as it lasts.  What is typed goes to the disk first: the next
 * want of memory may be the end of the program. */
static void watch_memory(struct ui *ui)
{
	unsigned shortages = mem_shortages();

	if (shortages != ui->shortages && !ui->was_short) {
		draft_save_typed(ui);
		message_add(ui, true, _("Mémoire presque pleine : finissez, puis "
					"fermez et rouvrez guichet"));
	}
	ui->shortages = shortages;
	ui->was_short = !mem_recover();
}

static int64_t clock_due_ms(const struct ui *ui)
{
	if (ui->setup.accessible)
		return 0;
	return ui_mono_ms(ui) + MINUTE_MS - clock_now_ms() % MINUTE_MS;
}

void turn_run(struct ui *ui)
{
	const struct loop_peer *peer = &ui->setup.peer;
	int64_t lock_due;

	play_keys(ui);
	if (peer->deliver && !ui->quit) {
		peer->deliver(peer->self);
		effects_apply(ui);
		/* Whatever came may have changed a state: nobody has to say. */
		ui->dirty = true;
	}
	if (!ui->quit)
		timers_run(ui);
	effects_apply(ui);
	if (ui->quit)
		return;
	play_keys(ui);                  /* those that waited for a screen */
	if (ui->quit)
		return;
	lock_due = lock_due_ms(ui);
	if (lock_due && lock_due <= ui_mono_ms(ui))
		lock_now(ui);
	watch_wait(ui);
	watch_clock(ui);
	watch_memory(ui);
	draft_tick(ui);
	if (ui->dirty)
		paint_all(ui);
}

int turn_timeout_ms(const struct ui *ui)
{
	const struct loop_peer *peer = &ui->setup.peer;
	const int64_t dues[] = {
		timers_due_ms(ui), wait_due_ms((struct ui *)ui),
		lock_due_ms(ui), clock_due_ms(ui), draft_due_ms(ui),
		peer->due_ms ? peer->due_ms(peer->self) : 0,
	};
	int64_t due = 0, left;

	for (size_t i = 0; i < sizeof(dues) / sizeof(*dues); i++)
		if (dues[i] && (!due || dues[i] < due))
			due = dues[i];
	if (ui->effects.count || ui->dirty)
		return 0;
	if (!due)
		return -1;
	left = due - ui_mono_ms(ui);
	return left < 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}
