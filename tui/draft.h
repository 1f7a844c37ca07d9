/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUICHET_TUI_DRAFT_H
#define GUICHET_TUI_DRAFT_H

#include "impl.h"

#include <guichet/base/buf.h>

#define DRAFT_MAX (64 * 1024)           /* bytes of a draft before it is sealed */
#define DRAFT_NAME_SIZE 64
#define DRAFT_KEPT_MS (72 * INT64_C(3600000))

/* Put the values of a draft's text in the fields of `ctx` again. */
void draft_apply(struct ui_ctx *ctx, const char *text);

/* Write the draft of a form now; a failure is said to the agent. */
void draft_save(struct ui_ctx *ctx);

/* ---- draft_file.c --------------------------------------------------------- */

/* Seal `plain` and put it under the name `id`, synced.  False: nothing changed. */
bool draft_write_file(struct ui *ui, const char *id, const struct buf *plain);

/* Open a draft of the agent who is signed in; NULL when it cannot be.  The caller
 * gives it to draft_wipe_text(). */
char *draft_read_file(const struct ui *ui, const char *id);

void draft_remove_file(const struct ui *ui, const char *id);

struct draft_reader {
	/* A draft of this agent; return false when it is to go. */
	bool (*found)(void *self, const char *id, const char *text);
	/* One that was tampered with went. */
	void (*refused)(void *self);
	void *self;
};

/* Read the drafts of this agent.  Those of any agent that are too old go, and
 * those that an old version left in clear. */
void draft_each_file(const struct ui *ui, const struct draft_reader *reader);

void draft_wipe(struct buf *buf);
void draft_wipe_text(char *text);

#endif
