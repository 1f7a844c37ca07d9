/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUICHET_TUI_DRAFT_H
#define GUICHET_TUI_DRAFT_H

#include "impl.h"

#define DRAFT_MAX (64 * 1024)           /* bytes of a draft file */

/* Put the values of a draft's text in the fields of `ctx` again. */
void draft_apply(struct ui_ctx *ctx, const char *text);

/* Write the draft of a form now; a failure is said to the agent. */
void draft_save(struct ui_ctx *ctx);

#endif
