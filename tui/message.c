/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message line, and the last messages kept. */
#include "impl.h"

#include <stdarg.h>
#include <string.h>

void message_add(struct ui *ui, bool bad, const char *text)
{
	struct message *message;

	if (ui->messages.count >= MESSAGES_KEPT) {
		message = ui->messages.items;
		memmove(message, message + 1,
			(ui->messages.count - 1) * sizeof(*message));
		ui->messages.count--;
	}
	message = rows_add(&ui->messages);
	message->at_ms = clock_now_ms();
	message->bad = bad;
	snprintf(message->text, sizeof(message->text), "%s", text);
	ui->message_shown = ui->message_new = true;
	ui->dirty = true;
}

const struct message *message_last(const struct ui *ui)
{
	return ui->message_shown && ui->messages.count
		? rows_at(&ui->messages, ui->messages.count - 1) : NULL;
}

void ui_say(struct ui *ui, const char *fmt, ...)
{
	char text[400];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	message_add(ui, false, text);
}
