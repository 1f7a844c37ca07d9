/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TUI_CLIPBOARD_H
#define TUI_CLIPBOARD_H
/* The clipboard of the agent's terminal (OSC 52, xterm's control sequences). */
#include <stdbool.h>

#define CLIPBOARD_MOST 4096             /* bytes of text at most */
#define CLIPBOARD_SIZE (CLIPBOARD_MOST / 3 * 4 + 16)

/* The sequence that puts `text` there; false when it is too long. */
bool clipboard_sequence(char out[CLIPBOARD_SIZE], const char *text);

#endif
