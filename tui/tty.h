/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal itself: opened, sized, read, given back.  The only files that
 * include curses are tty.c, tty_keys.c, canvas.c, theme.c and dump.c. */
#ifndef GUICHET_TUI_TTY_H
#define GUICHET_TUI_TTY_H

#include "input.h"

#include <guichet/tui/run.h>

struct tty;

/* Open the terminal of `setup`; errors: ERR_SYSTEM. */
struct tty *tty_open(const struct ui_setup *setup, struct err *err);

/* Give it back and free everything. */
void tty_close(struct tty *tty);

/* Read all that has come; false when the terminal is gone. */
bool tty_read(struct tty *tty, struct input *input);

/* Descriptors to wait for: keys and signals.  -1 offscreen. */
int tty_fd(const struct tty *tty);
int tty_signal_fd(const struct tty *tty);

/* Take one signal that came, 0 when there is none. */
int tty_signal(struct tty *tty);

/* Take the size the terminal has now. */
void tty_resize(struct tty *tty);
int tty_rows(void);
int tty_columns(void);

/* Paint everything again, from nothing (Ctrl-L). */
void tty_repaint(void);

/* Leave nothing in memory of what was written to the terminal: everything is to
 * be painted again. */
void tty_wipe(const struct tty *tty);

/* Send what was drawn, the cursor last at `y`, `x`. */
void tty_update(int y, int x);

/* Write the title of the window; clean text. */
void tty_title(struct tty *tty, const char *text);

/* Put `text` in the clipboard of the agent's terminal (OSC 52); false when it is
 * too long. */
bool tty_copy(struct tty *tty, const char *text);


/* Define the sequences that terminfo does not tell, and name a curses key;
 * see tty_keys.c.  0 for a key of no use, -1 and -2 for the ends of a paste. */
void tty_keys_define(void);
int64_t tty_key(int code);

#endif
