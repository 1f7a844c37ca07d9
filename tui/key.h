/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys as numbers and as names.  A key is a Unicode character, a control
 * character (1..31), or one of the constants below; KEY_ALT_BIT marks a
 * character that came right behind Esc. */
#ifndef GUICHET_TUI_KEY_H
#define GUICHET_TUI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum key {
	UI_KEY_NONE = 0,
	UI_KEY_TAB = 9, UI_KEY_ENTER = 13, UI_KEY_ESC = 27, UI_KEY_SPACE = 32,
	UI_KEY_ALT_BIT = 0x1000000,
	UI_KEY_FIRST = 0x2000000,
	UI_KEY_UP, UI_KEY_DOWN, UI_KEY_LEFT, UI_KEY_RIGHT, UI_KEY_HOME,
	UI_KEY_END, UI_KEY_PAGE_UP, UI_KEY_PAGE_DOWN, UI_KEY_INSERT,
	UI_KEY_DELETE, UI_KEY_BACKSPACE, UI_KEY_BACK_TAB, UI_KEY_WORD_LEFT,
	UI_KEY_WORD_RIGHT, UI_KEY_CTRL_UP, UI_KEY_CTRL_DOWN, UI_KEY_CLICK,
	UI_KEY_F0 = 0x3000000,          /* F1 is UI_KEY_F0 + 1, up to F24 */
};

#define KEY_NAME 32

/* Read a name: "F1", "^Q", "Enter", "PgDn", "M-b", "é".  0 for no known name. */
uint32_t key_from_name(const char *name);

/* Write the name as keymap files have it, and as the agent reads it
 * ("Entrée", "Ctrl-Q"). */
void key_to_name(uint32_t key, char out[KEY_NAME]);
void key_to_label(uint32_t key, char out[KEY_NAME]);

/* Tell whether the key is a character that a field takes. */
bool key_is_text(uint32_t key);

#endif
