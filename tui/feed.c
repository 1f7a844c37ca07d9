/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Playing keys without a terminal, and moving time on: for tests of screens. */
#include "impl.h"
#include "key.h"

#include <string.h>

#define TURNS_MAX 1000                  /* a screen that never rests is wrong */

static void feed_text(struct ui *ui, const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		input_byte(&ui->input, (unsigned char)text[i]);
}

static void feed_name(struct ui *ui, const char *text, size_t size)
{
	char name[KEY_NAME];
	uint32_t key;

	snprintf(name, sizeof(name), "%.*s", (int)size, text);
	key = key_from_name(name);
	if (key)
		input_special(&ui->input, key);
	else
		feed_text(ui, text, size);
}

void ui_feed(struct ui *ui, const char *keys)
{
	while (*keys) {
		size_t size = strcspn(keys, " ");

		if (*keys == '"') {
			size = strcspn(keys + 1, "\"");
			feed_text(ui, keys + 1, size);
			size += keys[size + 1] ? 2 : 1;
		} else if (size) {
			feed_name(ui, keys, size);
		}
		keys += size;
		keys += strspn(keys, " ");
	}
	input_flush(&ui->input);
}

void ui_feed_paste(struct ui *ui, const char *text)
{
	input_paste_mark(&ui->input, true);
	feed_text(ui, text, strlen(text));
	input_paste_mark(&ui->input, false);
}

void ui_turn(struct ui *ui)
{
	const struct loop_peer *peer = &ui->setup.peer;
	int turns = 0;

	do {
		if (peer->wait)
			peer->wait(peer->self, NULL, 0, 0);
		turn_run(ui);
	} while (!ui->quit && ++turns < TURNS_MAX && turn_timeout_ms(ui) == 0);
}

void ui_pass_time(struct ui *ui, int ms)
{
	ui->skew_ms += ms;
}

bool ui_has_quit(const struct ui *ui)
{
	return ui->quit;
}

unsigned ui_paints(const struct ui *ui)
{
	return ui->paints;
}

unsigned ui_acts(const struct ui *ui)
{
	return ui->acts;
}

void ui_cursor(const struct ui *ui, int *y, int *x)
{
	*y = ui->cursor_y;
	*x = ui->cursor_x;
}
