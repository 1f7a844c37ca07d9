/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The privacy screen: nothing but a password field, at once. */
#include "canvas.h"
#include "key.h"

#include <string.h>

void lock_now(struct ui *ui)
{
	if (ui->locked)
		return;
	prompt_close(ui);
	prompt_forget();
	ui->locked = true;
	ui->wiped = false;
	ui->unlocking = false;
	ui->lock_error[0] = '\0';
	ui->message_shown = false;
	edit_set(&ui->password, "");
	ui->dirty = true;
	if (ui->setup.hooks.locked)
		ui->setup.hooks.locked(ui->setup.user);
}

void ui_lock(struct ui *ui)
{
	lock_now(ui);
}

bool ui_is_locked(const struct ui *ui)
{
	return ui->locked;
}

void ui_unlock(struct ui *ui, const struct err *err)
{
	ui->unlocking = false;
	ui->dirty = true;
	if (err) {
		text_copy(ui->lock_error, sizeof(ui->lock_error), err->text);
		return;
	}
	ui->locked = false;
	ui->last_key_ms = ui_mono_ms(ui);
}

static void try_password(struct ui *ui)
{
	char password[PASSWORD_MAX + 1];

	if (!ui->setup.hooks.unlock) {
		ui_unlock(ui, NULL);
		return;
	}
	edit_text(&ui->password, password, sizeof(password));
	edit_set(&ui->password, "");
	ui->lock_error[0] = '\0';
	ui->unlocking = true;
	ui->setup.hooks.unlock(ui->setup.user, password);
	explicit_bzero(password, sizeof(password));
}

/* Somebody who cannot unlock may still leave the desk to the next agent: what
 * was typed stays as drafts. */
static void leave_locked(struct ui *ui)
{
	draft_save_all(ui);
	ui->quit = true;
}

void lock_key(struct ui *ui, uint32_t key)
{
	const char *action = keymap_find(&ui->map, "global", key, true);

	if (ui->unlocking && !(action && !strcmp(action, "quit")))
		return;
	if (key == UI_KEY_ENTER)
		try_password(ui);
	else if (key == UI_KEY_BACKSPACE)
		edit_do(&ui->password, EDIT_DELETE_BACK);
	else if (key == UI_KEY_ESC || key == ('U' & 31))
		edit_do(&ui->password, EDIT_KILL_ALL);
	else if (key_is_text(key))
		edit_insert(&ui->password, key);
	else if (action && !strcmp(action, "repaint"))
		ui->repaint = true;
	else if (action && !strcmp(action, "quit"))
		leave_locked(ui);
}

void lock_paste(struct ui *ui, const char *text, size_t size)
{
	if (!ui->unlocking)
		edit_paste(&ui->password, text, size);
}

void paint_lock(struct ui *ui, const struct canvas *canvas)
{
	int y = canvas->rows / 2 - 2, x;
	int count = (int)ui->password.count;

	canvas_text(canvas, y, 2, canvas->cols - 3, UI_TITLE,
		    _("Écran discret"));
	canvas_text(canvas, y + 1, 2, canvas->cols - 3, UI_PLAIN,
		    _("Votre mot de passe rouvre l'écran tel qu'il était."));
	x = 2 + canvas_text(canvas, y + 3, 2, canvas->cols - 3, UI_LABEL,
			    _("Mot de passe : "));
	if (count > canvas->cols - x - 2)
		count = canvas->cols - x - 2;
	canvas_repeat(canvas, y + 3, x, count, UI_INPUT, 0x2022);
	if (ui->unlocking)
		canvas_text(canvas, y + 4, 2, 1, UI_DIM, "…");
	else if (ui->lock_error[0])
		canvas_text(canvas, y + 4, 2, canvas->cols - 3, UI_BAD,
			    ui->lock_error);
	canvas_text(canvas, canvas->rows - 1, 2, canvas->cols - 3, UI_DIM,
		    _("Ctrl-Q Quitter, les brouillons sont gardés"));
	canvas_cursor(canvas, y + 3, x + count);
}
