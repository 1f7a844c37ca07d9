/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the agent reads out after an order of a Vitale card. */
#ifndef GUICHET_SCREENS_VITALE_RECEIPT_H
#define GUICHET_SCREENS_VITALE_RECEIPT_H

#include "screens.h"

/* Add the number, the card blocked, the pieces awaited and what comes next. */
void vitale_receipt_lines(const struct vitale_receipt *receipt,
			  struct ui_lines *lines);

#endif
