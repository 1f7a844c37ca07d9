/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving the terminal back when the program dies.  The function itself,
 * ui_emergency(), is public: see run.h. */
#ifndef GUICHET_TUI_EMERGENCY_H
#define GUICHET_TUI_EMERGENCY_H

#include <stdbool.h>
#include <termios.h>

#define EMERGENCY_SIZE 256              /* bytes that restore a terminal */

/* From now on a crash writes `restore` to `fd` and sets `modes` again. */
void emergency_arm(int fd, const char *restore, const struct termios *modes);

/* Curses is in what falls without memory: its start, what it writes, its end. */
void emergency_frail(bool frail);

/* The terminal was given back in the ordinary way. */
void emergency_disarm(void);

#endif
