/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUICHET_TUI_VEIL_H
#define GUICHET_TUI_VEIL_H

#include "impl.h"

/* Make what the screens hold unreadable until veil_lift(), when the screen is
 * locked.  No handler may run in between. */
void veil_put(struct ui *ui);

/* Make it what it was. */
void veil_lift(struct ui *ui);

#endif
