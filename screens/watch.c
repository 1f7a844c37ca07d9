/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "watch.h"
#include "app_private.h"
#include "config.h"

/* A call lengthens the session: none is made for a desk that nobody touches. */
enum { AGAIN_MS = 60000, TOUCHED_MS = 2 * AGAIN_MS };

int64_t watch_pending(const struct watch *watch)
{
	return watch->pending;
}

void watch_lines(const struct watch *watch, struct ui_lines *lines)
{
	ui_line(lines, UI_WARN, P_("[!] %lld accès à contrôler",
				   "[!] %lld accès à contrôler",
				   (unsigned long)watch->pending),
		(long long)watch->pending);
}

static void on_count(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	const struct review_totals *totals = reply->envelope;

	(void)ctx;
	if (totals)
		home_watch(state)->pending = totals->pending;
}

static void ask(struct ui_ctx *ctx)
{
	struct review_query query;

	codec_clear(&review_query_codec, &query);
	query.state = REVIEW_PENDING;
	query.limit = 1;
	app_get(ctx, 7, &api_review_list, &query, on_count);
}

static void on_minute(void *user)
{
	struct ui_ctx *ctx = user;
	struct app *app = app_of(ctx);

	if (app->signed_in && ui_idle_ms(app->ui) < TOUCHED_MS)
		ask(ctx);
	ui_timer(app->ui, &home_watch(ui_state(ctx))->timer, AGAIN_MS, on_minute,
		 ctx);
}

void watch_start(struct ui_ctx *ctx, struct watch *watch)
{
	struct app *app = app_of(ctx);

	watch->supervisor = app_session(ctx)->role == ROLE_SUPERVISOR;
	if (!watch->supervisor) {
		watch->pending = 0;
		return;
	}
	ask(ctx);
	if (watch->timer.links.next)
		owner_release(&watch->timer);
	else
		owner_init(&watch->timer);
	if (app->ui && !app->config->accessible)
		ui_timer(app->ui, &watch->timer, AGAIN_MS, on_minute, ctx);
}

void watch_stop(struct watch *watch)
{
	if (watch->timer.links.next)
		owner_release(&watch->timer);
}

void watch_open(struct ui_ctx *ctx, const struct watch *watch,
		const struct ui_screen *screen, const char *other)
{
	if (watch->supervisor)
		ui_push(ctx, screen, NULL);
	else
		ui_run(ctx, other);
}
