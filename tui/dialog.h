/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions: ordinary screens whose answer goes to the screen that asked. */
#ifndef GUICHET_TUI_DIALOG_H
#define GUICHET_TUI_DIALOG_H

#include "impl.h"

/* Return where the id of the asking screen is, NULL when `ctx` is no question. */
const unsigned *dialog_asker(const struct ui_ctx *ctx);

/* Return the title and the question of a dialog. */
const char *dialog_title(const struct ui_ctx *ctx);

/* Choose by letter; false when the letter chooses nothing. */
bool dialog_letter(struct ui_ctx *ctx, uint32_t key);

/* Free the state of a question that was never opened. */
void dialog_free(void *state);

/* Offer the actions of the screen, or the choices of a field. */
void menu_open(struct ui_ctx *ctx);
void values_menu(struct ui_ctx *ctx, const struct ui_field *field);

#endif
