/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "impl.h"

#include <stdlib.h>

struct timer {
	struct owner_link link;         /* first: the link is the timer */
	struct ui *ui;
	int64_t at_ms;
	void (*done)(void *user);
	void *user;
	bool owned;
};

int64_t ui_mono_ms(const struct ui *ui)
{
	return clock_mono_ms() + ui->skew_ms;
}

int64_t ui_idle_ms(const struct ui *ui)
{
	return ui_mono_ms(ui) - ui->last_key_ms;
}

static void remove_timer(struct ui *ui, size_t index)
{
	struct timer **timers = ui->timers.items;

	timers[index] = timers[ui->timers.count - 1];
	ui->timers.count--;
}

static void released(struct owner_link *link)
{
	struct timer *timer = (struct timer *)(void *)link;
	struct timer **timers = timer->ui->timers.items;

	for (size_t i = 0; i < timer->ui->timers.count; i++)
		if (timers[i] == timer) {
			remove_timer(timer->ui, i);
			break;
		}
	free(timer);
}

void ui_timer(struct ui *ui, struct owner *owner, int delay_ms,
	      void (*done)(void *user), void *user)
{
	struct timer *timer = mem_new(1, sizeof(*timer));

	timer->ui = ui;
	timer->at_ms = ui_mono_ms(ui) + delay_ms;
	timer->done = done;
	timer->user = user;
	timer->owned = owner != NULL;
	if (owner)
		owner_tie(owner, &timer->link, released);
	rows_copy_in(&ui->timers, &timer);
}

/* Index of a timer that is due, the earliest first; -1 for none. */
static long due_timer(const struct ui *ui, int64_t now)
{
	struct timer **timers = ui->timers.items;
	long best = -1;

	for (size_t i = 0; i < ui->timers.count; i++)
		if (timers[i]->at_ms <= now &&
		    (best < 0 || timers[i]->at_ms < timers[best]->at_ms))
			best = (long)i;
	return best;
}

void timers_run(struct ui *ui)
{
	/* As many as there are now: one that starts itself again waits. */
	size_t count = ui->timers.count;
	int64_t now = ui_mono_ms(ui);

	while (count-- > 0) {
		long index = due_timer(ui, now);
		struct timer *timer;

		if (index < 0)
			return;
		timer = ((struct timer **)ui->timers.items)[index];
		remove_timer(ui, (size_t)index);
		if (timer->owned)
			owner_untie(&timer->link);
		timer->done(timer->user);
		ui->dirty = true;
		free(timer);
		effects_apply(ui);
	}
}

int64_t timers_due_ms(const struct ui *ui)
{
	struct timer **timers = ui->timers.items;
	int64_t due = 0;

	for (size_t i = 0; i < ui->timers.count; i++)
		if (!due || timers[i]->at_ms < due)
			due = timers[i]->at_ms;
	return due;
}

void timers_fini(struct ui *ui)
{
	struct timer **timers = ui->timers.items;

	for (size_t i = 0; i < ui->timers.count; i++) {
		if (timers[i]->owned)
			owner_untie(&timers[i]->link);
		free(timers[i]);
	}
	rows_fini(&ui->timers);
}
