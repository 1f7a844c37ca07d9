/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that do not open like the others: what is said to the agent, what is
 * asked, and the end of an access out of the ordinary. */
#ifndef GUICHET_SCREENS_ACCESS_H
#define GUICHET_SCREENS_ACCESS_H

#include "app.h"

/* Say a refusal of access in our own words; false when it is another one. */
bool access_said(struct ui_ctx *ctx, const struct err *err);

/* The opening under way was refused: ask for what it lacks, or say why.  False
 * when the server's words are all there is. */
bool access_refused(struct ui_ctx *ctx, const struct err *err);

/* Send the opening that lacked a reference again. */
void app_open_again(struct ui_ctx *ctx);

/* Say when many files were opened today. */
void access_volume(struct ui_ctx *ctx, const struct contact *contact);

/* What the header says of it: of the desk, of a file; false for nothing. */
bool access_desk_words(const struct app *app, char *out, size_t out_size);
bool access_file_words(const struct file *file, enum zone zone, char *out,
		       size_t out_size);

/* The half hour is over: the file closes, whatever was asked.  False when it is
 * another refusal. */
bool access_over(struct ui_ctx *ctx, const struct err *err);

/* Close the file by itself when its half hour is over. */
void access_watch(struct file *file);

#endif
