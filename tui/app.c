/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening the program's terminal session, its one loop, closing it. */
#include "impl.h"
#include "tty.h"
#include "veil.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define EMPTY_POLLS_MAX 3

static void tell_keymap_error(void *user, const char *file, int line,
			      const char *why)
{
	char text[400];

	snprintf(text, sizeof(text), "%s:%d: %s", file, line, why);
	message_add(user, true, text);
}

static void load_keys(struct ui *ui)
{
	struct keymap_errors errors = { tell_keymap_error, ui };
	const char *path = ui->setup.keys_path;

	keymap_init(&ui->map);
	keymap_read(&ui->map, ui->setup.default_keys ? ui->setup.default_keys
						     : ui_default_keys,
		    "default.keys", &errors);
	if (path && *path)
		keymap_read_file(&ui->map, path, &errors);
	keymap_keep_doors(&ui->map, path ? path : "default.keys", &errors);
}

struct ui *ui_open(const struct ui_setup *setup, struct err *err)
{
	struct ui *ui = mem_new(1, sizeof(*ui));
	const struct ui_screen *first;

	ui->setup = *setup;
	first = screen_find(ui, setup->first_screen);
	if (!first) {
		err_set(err, ERR_NOT_FOUND, _("l'écran « %s » n'existe pas"),
			setup->first_screen);
		free(ui);
		return NULL;
	}
	ui->tty = tty_open(setup, err);
	if (!ui->tty) {
		free(ui);
		return NULL;
	}
	input_init(&ui->input);
	rows_init(&ui->effects, sizeof(struct effect));
	rows_init(&ui->timers, sizeof(void *));
	rows_init(&ui->messages, sizeof(struct message));
	edit_init(&ui->password, PASSWORD_MAX);
	ui->password.secret = true;
	load_keys(ui);
	ui->front = &ui->spaces[0];
	ui->last_key_ms = ui_mono_ms(ui);
	stack_open(stack_push(ui, ui->front, first, setup->first_arg, NULL));
	effects_apply(ui);
	return ui;
}

void ui_close(struct ui *ui)
{
	if (!ui)
		return;
	prompt_fini(ui);
	stack_fini(ui);
	effects_fini(ui);
	timers_fini(ui);
	rows_fini(&ui->messages);
	keymap_fini(&ui->map);
	input_fini(&ui->input);
	edit_fini(&ui->password);
	cells_fini(&ui->cells);
	secret_set(&ui->draft_key, NULL, 0);
	tty_close(ui->tty);
	free(ui);
}

struct ui_ctx *ui_front(struct ui *ui)
{
	return ui->front->top;
}

/* Saving what is typed comes before anything that could fail. */
static void end_by(struct ui *ui, int number)
{
	draft_save_all(ui);
	ui->quit = true;
	ui->exit_code = 128 + number;
	ui->dead = number == SIGHUP;
}

static void take_signals(struct ui *ui)
{
	int number;

	while ((number = tty_signal(ui->tty)) != 0) {
		if (number == SIGWINCH) {
			tty_resize(ui->tty);
			cells_forget(&ui->cells);
			ui->dirty = true;
		} else if (number == SIGHUP || number == SIGTERM) {
			end_by(ui, number);
		}
	}
}

static void wait(struct ui *ui, struct pollfd *fds, size_t count)
{
	const struct loop_peer *peer = &ui->setup.peer;
	int timeout = turn_timeout_ms(ui);

	if (peer->wait)
		peer->wait(peer->self, fds, count, timeout);
	else
		poll(fds, count, timeout);
}

/* A terminal that is gone is readable for ever and gives nothing. */
static void watch_hangup(struct ui *ui, short revents, bool some)
{
	ui->empty_polls = (revents & POLLIN) && !some ? ui->empty_polls + 1 : 0;
	if ((revents & (POLLHUP | POLLERR | POLLNVAL)) ||
	    ui->empty_polls > EMPTY_POLLS_MAX)
		end_by(ui, SIGHUP);
}

int ui_run_loop(struct ui *ui)
{
	turn_run(ui);
	while (!ui->quit) {
		struct pollfd fds[] = {
			{ .fd = tty_fd(ui->tty), .events = POLLIN },
			{ .fd = tty_signal_fd(ui->tty), .events = POLLIN },
		};
		bool some;

		veil_put(ui);
		wait(ui, fds, 2);
		veil_lift(ui);
		take_signals(ui);
		if (ui->quit)
			break;
		/* Drained whatever poll said: curses may hold keys back. */
		some = tty_read(ui->tty, &ui->input);
		watch_hangup(ui, fds[0].revents, some);
		if (!ui->quit)
			turn_run(ui);
	}
	return ui->exit_code;
}
