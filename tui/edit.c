/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "edit.h"

#include <guichet/base/mem.h>
#include <guichet/base/text.h>
#include <stdlib.h>
#include <string.h>

void edit_init(struct edit *edit, size_t max_bytes)
{
	memset(edit, 0, sizeof(*edit));
	edit->max_bytes = max_bytes;
}

static void forget_past(struct edit *edit)
{
	for (int i = 0; i < edit->past_count; i++)
		free(edit->past[i].chars);
	edit->past_count = 0;
	edit->typing = false;
}

void edit_fini(struct edit *edit)
{
	forget_past(edit);
	if (edit->chars)
		explicit_bzero(edit->chars,
			       edit->capacity * sizeof(*edit->chars));
	free(edit->chars);
	memset(edit, 0, sizeof(*edit));
}

static size_t char_bytes(uint32_t c)
{
	char out[4];

	return text_put(out, c);
}

static void make_room(struct edit *edit, size_t count)
{
	uint32_t *chars;
	size_t capacity = edit->capacity ? edit->capacity : 32;

	if (count <= edit->capacity)
		return;
	while (capacity < count)
		capacity *= 2;
	/* Not realloc: a password must not stay in the block left behind. */
	chars = mem_new(capacity, sizeof(*chars));
	if (edit->chars) {
		memcpy(chars, edit->chars, edit->count * sizeof(*chars));
		explicit_bzero(edit->chars,
			       edit->capacity * sizeof(*edit->chars));
		free(edit->chars);
	}
	edit->chars = chars;
	edit->capacity = capacity;
}

static void put_in(struct edit *edit, uint32_t c)
{
	make_room(edit, edit->count + 1);
	memmove(edit->chars + edit->at + 1, edit->chars + edit->at,
		(edit->count - edit->at) * sizeof(*edit->chars));
	edit->chars[edit->at++] = c;
	edit->count++;
	edit->bytes += char_bytes(c);
}

static void cut_out(struct edit *edit, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		edit->bytes -= char_bytes(edit->chars[i]);
	memmove(edit->chars + from, edit->chars + to,
		(edit->count - to) * sizeof(*edit->chars));
	edit->count -= to - from;
	edit->at = from;
}

static void remember(struct edit *edit)
{
	struct edit_past *past;

	if (edit->secret)
		return;
	if (edit->past_count == EDIT_UNDOS) {
		free(edit->past[0].chars);
		memmove(edit->past, edit->past + 1,
			(EDIT_UNDOS - 1) * sizeof(*edit->past));
		edit->past_count--;
	}
	past = &edit->past[edit->past_count++];
	past->count = edit->count;
	past->at = edit->at;
	past->chars = mem_new(edit->count + 1, sizeof(*past->chars));
	if (edit->count)
		memcpy(past->chars, edit->chars,
		       edit->count * sizeof(*past->chars));
}

void edit_set(struct edit *edit, const char *text)
{
	const char *end = text + strlen(text);

	forget_past(edit);
	edit->count = edit->bytes = edit->at = edit->first = 0;
	while (text < end) {
		uint32_t c = text_next(&text, end);

		if (edit->bytes + char_bytes(c) > edit->max_bytes)
			break;
		put_in(edit, c);
	}
}

bool edit_text(const struct edit *edit, char *out, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; i < edit->count; i++) {
		char bytes[4];
		size_t n = text_put(bytes, edit->chars[i]);

		if (used + n >= size) {
			out[used] = '\0';
			return false;
		}
		memcpy(out + used, bytes, n);
		used += n;
	}
	out[used] = '\0';
	return true;
}

/* A mark typed after its base is composed with it, as text_clean() does. */
static bool compose(struct edit *edit, uint32_t mark)
{
	char pair[9], clean[16];
	const char *at = clean;
	size_t size;
	uint32_t c;

	if (!edit->at)
		return false;
	size = text_put(pair, edit->chars[edit->at - 1]);
	size += text_put(pair + size, mark);
	text_clean(clean, sizeof(clean), pair, size, TEXT_ONE_LINE);
	c = text_next(&at, clean + strlen(clean));
	if (c == TEXT_REPLACEMENT || *at)
		return false;
	cut_out(edit, edit->at - 1, edit->at);
	put_in(edit, c);
	return true;
}

static bool may_hold(uint32_t c)
{
	char bytes[5] = "";

	text_put(bytes, c);
	return c >= ' ' && c != TEXT_REPLACEMENT &&
	       text_is_clean(bytes, TEXT_ONE_LINE);
}

enum edit_result edit_insert(struct edit *edit, uint32_t c)
{
	if (c >= 0x300 && text_char_width(c) == 0)
		return compose(edit, c) ? EDIT_CHANGED : EDIT_SAME;
	if (!may_hold(c))
		return EDIT_SAME;
	if (edit->bytes + char_bytes(c) > edit->max_bytes)
		return EDIT_FULL;
	if (!edit->typing)
		remember(edit);
	edit->typing = true;
	put_in(edit, c);
	return EDIT_CHANGED;
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == 0xA0 || c == 0x202F;
}

enum edit_result edit_paste(struct edit *edit, const char *text, size_t size)
{
	const char *end = text + size;
	enum edit_result result = EDIT_SAME;
	bool gap = false;

	remember(edit);
	edit->typing = false;
	while (text < end) {
		uint32_t c = text_next(&text, end);
		size_t need;

		if (c >= 0x300 && text_char_width(c) == 0 && compose(edit, c))
			continue;
		if (c == '\n' || c == '\r' || c == '\t') {
			gap = true;
			continue;
		}
		if (!may_hold(c))
			continue;
		gap = gap && result == EDIT_CHANGED && !is_blank(c);
		need = char_bytes(c) + (gap ? 1 : 0);
		if (edit->bytes + need > edit->max_bytes)
			return EDIT_FULL;
		if (gap)
			put_in(edit, ' ');
		gap = false;
		put_in(edit, c);
		result = EDIT_CHANGED;
	}
	return result;
}

static size_t word_left(const struct edit *edit)
{
	size_t at = edit->at;

	while (at && is_blank(edit->chars[at - 1]))
		at--;
	while (at && !is_blank(edit->chars[at - 1]))
		at--;
	return at;
}

static size_t word_right(const struct edit *edit)
{
	size_t at = edit->at;

	while (at < edit->count && is_blank(edit->chars[at]))
		at++;
	while (at < edit->count && !is_blank(edit->chars[at]))
		at++;
	return at;
}

static enum edit_result move_to(struct edit *edit, size_t at)
{
	edit->typing = false;
	if (at == edit->at)
		return EDIT_SAME;
	edit->at = at;
	return EDIT_MOVED;
}

static enum edit_result remove_range(struct edit *edit, size_t from, size_t to)
{
	edit->typing = false;
	if (from == to)
		return EDIT_SAME;
	remember(edit);
	cut_out(edit, from, to);
	return EDIT_CHANGED;
}

static enum edit_result undo(struct edit *edit)
{
	struct edit_past *past;

	edit->typing = false;
	if (!edit->past_count)
		return EDIT_SAME;
	past = &edit->past[--edit->past_count];
	edit->count = edit->bytes = edit->at = 0;
	for (size_t i = 0; i < past->count; i++)
		put_in(edit, past->chars[i]);
	edit->at = past->at;
	free(past->chars);
	return EDIT_CHANGED;
}

enum edit_result edit_do(struct edit *edit, enum edit_op op)
{
	size_t at = edit->at;

	switch (op) {
	case EDIT_LEFT:
		return move_to(edit, at ? at - 1 : 0);
	case EDIT_RIGHT:
		return move_to(edit, at < edit->count ? at + 1 : at);
	case EDIT_WORD_LEFT:
		return move_to(edit, word_left(edit));
	case EDIT_WORD_RIGHT:
		return move_to(edit, word_right(edit));
	case EDIT_HOME:
		return move_to(edit, 0);
	case EDIT_END:
		return move_to(edit, edit->count);
	case EDIT_DELETE_BACK:
		return remove_range(edit, at ? at - 1 : 0, at);
	case EDIT_DELETE:
		return remove_range(edit, at, at < edit->count ? at + 1 : at);
	case EDIT_KILL_WORD:
		return remove_range(edit, word_left(edit), at);
	case EDIT_KILL_WORD_RIGHT:
		return remove_range(edit, at, word_right(edit));
	case EDIT_KILL_END:
		return remove_range(edit, at, edit->count);
	case EDIT_KILL_ALL:
		return remove_range(edit, 0, edit->count);
	case EDIT_UNDO:
		return undo(edit);
	case EDIT_NONE:
		break;
	}
	return EDIT_SAME;
}

static int width_between(const struct edit *edit, size_t from, size_t to)
{
	int width = 0;

	for (size_t i = from; i < to; i++)
		width += text_char_width(edit->chars[i]);
	return width;
}

int edit_scroll(struct edit *edit, int columns)
{
	size_t half = columns > 0 ? (size_t)columns / 2 : 0;

	/* Going left shows what is before the cursor too. */
	if (edit->first >= edit->at)
		edit->first = edit->at > half ? edit->at - half : 0;
	/* One column is kept for the cursor after the last character. */
	while (edit->first < edit->at &&
	       width_between(edit, edit->first, edit->at) >= columns)
		edit->first++;
	while (edit->first > 0 &&
	       width_between(edit, edit->first - 1, edit->count) < columns)
		edit->first--;
	return width_between(edit, edit->first, edit->at);
}
