/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tty.h"

#include <curses.h>

enum own_code {                         /* beyond KEY_MAX of curses */
	CODE_PASTE_START = 2001, CODE_PASTE_END, CODE_WORD_LEFT,
	CODE_WORD_RIGHT, CODE_UP, CODE_DOWN,
};

struct sequence {
	const char *bytes;
	int code;
};

/* PuTTY says it is xterm and sends the keys of rxvt or of the Linux console;
 * both cursor modes are taken whatever terminfo says. */
static const struct sequence sequences[] = {
	{ "\033[200~", CODE_PASTE_START }, { "\033[201~", CODE_PASTE_END },
	{ "\033[11~", KEY_F(1) }, { "\033[12~", KEY_F(2) },
	{ "\033[13~", KEY_F(3) }, { "\033[14~", KEY_F(4) },
	{ "\033[[A", KEY_F(1) }, { "\033[[B", KEY_F(2) },
	{ "\033[[C", KEY_F(3) }, { "\033[[D", KEY_F(4) },
	{ "\033[[E", KEY_F(5) },
	{ "\033OP", KEY_F(1) }, { "\033OQ", KEY_F(2) },
	{ "\033OR", KEY_F(3) }, { "\033OS", KEY_F(4) },
	{ "\033[15~", KEY_F(5) }, { "\033[17~", KEY_F(6) },
	{ "\033[18~", KEY_F(7) }, { "\033[19~", KEY_F(8) },
	{ "\033[20~", KEY_F(9) }, { "\033[21~", KEY_F(10) },
	{ "\033[23~", KEY_F(11) }, { "\033[24~", KEY_F(12) },
	{ "\033[1~", KEY_HOME }, { "\033[4~", KEY_END },
	{ "\033[7~", KEY_HOME }, { "\033[8~", KEY_END },
	{ "\033[H", KEY_HOME }, { "\033[F", KEY_END },
	{ "\033OH", KEY_HOME }, { "\033OF", KEY_END },
	{ "\033[A", KEY_UP }, { "\033[B", KEY_DOWN },
	{ "\033[C", KEY_RIGHT }, { "\033[D", KEY_LEFT },
	{ "\033OA", KEY_UP }, { "\033OB", KEY_DOWN },
	{ "\033OC", KEY_RIGHT }, { "\033OD", KEY_LEFT },
	{ "\033[2~", KEY_IC }, { "\033[3~", KEY_DC },
	{ "\033[5~", KEY_PPAGE }, { "\033[6~", KEY_NPAGE },
	{ "\033[Z", KEY_BTAB },
	{ "\033[1;5D", CODE_WORD_LEFT }, { "\033[1;5C", CODE_WORD_RIGHT },
	{ "\033[1;5A", CODE_UP }, { "\033[1;5B", CODE_DOWN },
	{ "\033Od", CODE_WORD_LEFT }, { "\033Oc", CODE_WORD_RIGHT },
	{ NULL, 0 },
};

struct named {
	int code;
	uint32_t key;
};

static const struct named named[] = {
	{ KEY_UP, UI_KEY_UP }, { KEY_DOWN, UI_KEY_DOWN },
	{ KEY_LEFT, UI_KEY_LEFT }, { KEY_RIGHT, UI_KEY_RIGHT },
	{ KEY_HOME, UI_KEY_HOME }, { KEY_FIND, UI_KEY_HOME },
	{ KEY_END, UI_KEY_END }, { KEY_SELECT, UI_KEY_END },
	{ KEY_PPAGE, UI_KEY_PAGE_UP }, { KEY_NPAGE, UI_KEY_PAGE_DOWN },
	{ KEY_IC, UI_KEY_INSERT }, { KEY_DC, UI_KEY_DELETE },
	{ KEY_BACKSPACE, UI_KEY_BACKSPACE }, { KEY_ENTER, UI_KEY_ENTER },
	{ KEY_BTAB, UI_KEY_BACK_TAB },
	{ CODE_WORD_LEFT, UI_KEY_WORD_LEFT },
	{ CODE_WORD_RIGHT, UI_KEY_WORD_RIGHT },
	{ CODE_UP, UI_KEY_CTRL_UP }, { CODE_DOWN, UI_KEY_CTRL_DOWN },
	{ 0, 0 },
};

void tty_keys_define(void)
{
	for (const struct sequence *s = sequences; s->bytes; s++)
		if (key_defined(s->bytes) <= 0 || s->code > KEY_MAX)
			define_key(s->bytes, s->code);
}

int64_t tty_key(int code)
{
	if (code == CODE_PASTE_START)
		return -1;
	if (code == CODE_PASTE_END)
		return -2;
	if (code >= KEY_F(1) && code <= KEY_F(24))
		return UI_KEY_F0 + (int64_t)(code - KEY_F0);
	for (const struct named *n = named; n->code; n++)
		if (n->code == code)
			return n->key;
	return 0;
}
