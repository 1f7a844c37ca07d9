/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"

#include <guichet/base/mem.h>
#include <guichet/base/text.h>
#include <stdlib.h>
#include <string.h>

static int need_of(unsigned char byte)
{
	if (byte >= 0xC2 && byte <= 0xDF)
		return 2;
	if (byte >= 0xE0 && byte <= 0xEF)
		return 3;
	if (byte >= 0xF0 && byte <= 0xF4)
		return 4;
	return 0;
}

/* The second byte has a smaller range after some first ones (RFC 3629, 4). */
static bool fits(const struct decoder *decoder, unsigned char byte)
{
	if ((byte & 0xC0) != 0x80)
		return false;
	if (decoder->count != 1)
		return true;
	switch (decoder->bytes[0]) {
	case 0xE0:
		return byte >= 0xA0;
	case 0xED:
		return byte <= 0x9F;
	case 0xF0:
		return byte >= 0x90;
	case 0xF4:
		return byte <= 0x8F;
	default:
		return true;
	}
}

static int first_byte(struct decoder *decoder, unsigned char byte,
		      uint32_t *out)
{
	decoder->count = 0;
	if (byte < 0x80) {
		*out = byte;
		return 1;
	}
	decoder->need = need_of(byte);
	if (!decoder->need) {
		*out = TEXT_REPLACEMENT;
		return 1;
	}
	decoder->bytes[decoder->count++] = byte;
	return 0;
}

int decoder_byte(struct decoder *decoder, unsigned char byte, uint32_t out[2])
{
	const char *at = (const char *)decoder->bytes;

	if (!decoder->count)
		return first_byte(decoder, byte, out);
	if (!fits(decoder, byte)) {
		out[0] = TEXT_REPLACEMENT;
		return 1 + first_byte(decoder, byte, out + 1);
	}
	decoder->bytes[decoder->count++] = byte;
	if (decoder->count < decoder->need)
		return 0;
	out[0] = text_next(&at, at + decoder->count);
	decoder->count = 0;
	return 1;
}

void input_init(struct input *input)
{
	memset(input, 0, sizeof(*input));
	rows_init(&input->queue, sizeof(struct input_event));
}

static void empty_queue(struct input *input)
{
	for (size_t i = 0; i < input->queue.count; i++) {
		struct input_event *event = rows_at(&input->queue, i);

		if (event->paste)
			explicit_bzero(event->paste, event->paste_size);
		free(event->paste);
	}
	rows_empty(&input->queue);
	input->next = 0;
}

void input_fini(struct input *input)
{
	empty_queue(input);
	rows_fini(&input->queue);
	free(input->paste);
}

static void add_key(struct input *input, uint32_t key)
{
	struct input_event *event = rows_add(&input->queue);

	event->key = key;
}

/* Esc then a digit is a function key, Esc then a character an Alt key: but only
 * when both came together, so that Esc alone never waits. */
static void add_char(struct input *input, uint32_t c)
{
	if (c == 8 || c == 127)
		c = UI_KEY_BACKSPACE;
	else if (c == 10)
		c = UI_KEY_ENTER;
	if (!input->escape) {
		if (c == UI_KEY_ESC)
			input->escape = true;
		else if (c)
			add_key(input, c);
		return;
	}
	input->escape = false;
	if (c >= '1' && c <= '9') {
		add_key(input, UI_KEY_F0 + (c - '0'));
	} else if (c == '0') {
		add_key(input, UI_KEY_F0 + 10);
	} else if (key_is_text(c)) {
		add_key(input, UI_KEY_ALT_BIT | c);
	} else {
		add_key(input, UI_KEY_ESC);
		add_char(input, c);
	}
}

static void add_paste(struct input *input, const char *bytes, size_t size)
{
	if (!input->paste)
		input->paste = mem_new(PASTE_MAX, 1);
	if (input->paste_size + size > PASTE_MAX)
		return;
	memcpy(input->paste + input->paste_size, bytes, size);
	input->paste_size += size;
}

void input_byte(struct input *input, unsigned char byte)
{
	uint32_t out[2];
	int count;

	if (input->pasting) {
		add_paste(input, (const char *)&byte, 1);
		return;
	}
	count = decoder_byte(&input->decoder, byte, out);
	for (int i = 0; i < count; i++)
		if (out[i] != TEXT_REPLACEMENT)
			add_char(input, out[i]);
}

void input_special(struct input *input, uint32_t key)
{
	if (input->pasting)
		return;
	if (input->escape)
		add_key(input, UI_KEY_ESC);
	input->escape = false;
	add_key(input, key);
}

void input_click(struct input *input, int y, int x)
{
	struct input_event *event;

	if (input->pasting)
		return;
	event = rows_add(&input->queue);
	event->key = UI_KEY_CLICK;
	event->y = y;
	event->x = x;
}

/* An end without a start: the one before was in the text that was pasted, and all
 * that came since is of that text, not of the keyboard. */
static void forget_forged(struct input *input)
{
	size_t kept = input->next;

	for (size_t i = input->next; i < input->queue.count; i++) {
		const struct input_event *event = rows_at(&input->queue, i);

		if (event->paste)
			kept = i + 1;
	}
	input->queue.count = kept;
	input->escape = false;
}

void input_paste_mark(struct input *input, bool start)
{
	struct input_event *event;

	if (!start && !input->pasting)
		forget_forged(input);
	if (start == input->pasting)
		return;
	input->pasting = start;
	input->pasted = !start;
	if (start || !input->paste)
		return;
	event = rows_add(&input->queue);
	event->paste = input->paste;
	event->paste_size = input->paste_size;
	input->paste = NULL;
	input->paste_size = 0;
}

void input_flush(struct input *input)
{
	if (input->escape)
		add_key(input, UI_KEY_ESC);
	input->escape = false;
}

void input_forget(struct input *input)
{
	input->next = input->queue.count;
}

void input_wipe(struct input *input)
{
	if (input->next < input->queue.count)
		return;
	empty_queue(input);
	if (input->queue.items)
		explicit_bzero(input->queue.items,
			       input->queue.capacity * input->queue.size);
	if (input->paste && !input->pasting)
		explicit_bzero(input->paste, PASTE_MAX);
}

const struct input_event *input_peek(const struct input *input, size_t index)
{
	return rows_at(&input->queue, input->next + index);
}

bool input_next(struct input *input, struct input_event *event)
{
	if (input->next >= input->queue.count) {
		empty_queue(input);
		return false;
	}
	*event = *(struct input_event *)rows_at(&input->queue, input->next++);
	return true;
}
