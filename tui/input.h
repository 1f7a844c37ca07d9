/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of the terminal made into keys.  curses only recognises function keys;
 * characters are decoded here, because the ones it makes are lost when a read
 * cuts them in two. */
#ifndef GUICHET_TUI_INPUT_H
#define GUICHET_TUI_INPUT_H

#include "key.h"

#include <guichet/base/rows.h>
#include <stdbool.h>

struct decoder {
	unsigned char bytes[4];
	int count, need;
};

/* Take one byte.  Writes 0, 1 or 2 characters to `out`: an invalid sequence is
 * dropped and the byte that broke it is read again. */
int decoder_byte(struct decoder *decoder, unsigned char byte, uint32_t out[2]);

#define PASTE_MAX (64 * 1024)           /* bytes kept of one paste */

struct input_event {
	uint32_t key;                   /* UI_KEY_NONE: a paste */
	char *paste;                    /* owned by the queue */
	size_t paste_size;
	int y, x;                       /* UI_KEY_CLICK */
};

struct input {
	struct rows queue;              /* of struct input_event */
	size_t next;                    /* first one not taken */
	struct decoder decoder;
	bool escape;                    /* Esc came, alone so far */
	bool pasting;
	bool pasted;                    /* an end came since tty_read() looked */
	char *paste;
	size_t paste_size;
};

void input_init(struct input *input);
void input_fini(struct input *input);

/* Feed a key code of the terminal (see tty_read()), and tell that no more is
 * there for now: a lone Esc is then a key. */
void input_byte(struct input *input, unsigned char byte);
void input_special(struct input *input, uint32_t key);
void input_click(struct input *input, int y, int x);
void input_paste_mark(struct input *input, bool start);
void input_flush(struct input *input);

/* Forget the events that nobody took. */
void input_forget(struct input *input);

/* Leave nothing in memory of the events that were taken. */
void input_wipe(struct input *input);

/* Look at event `index` of those not taken, NULL when there is none. */
const struct input_event *input_peek(const struct input *input, size_t index);

/* Take the next event; false when there is none.  `paste` stays valid until the
 * next call. */
bool input_next(struct input *input, struct input_event *event);

#endif
