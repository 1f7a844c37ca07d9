/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look of each role of text. */
#ifndef GUICHET_TUI_THEME_H
#define GUICHET_TUI_THEME_H

#include <guichet/tui/run.h>

/* Prepare the colours, once curses runs. */
void theme_start(const struct ui_setup *setup);

/* The attributes of curses and the colour pair of a role. */
unsigned theme_attributes(enum ui_style style);
short theme_pair(enum ui_style style);

#endif
