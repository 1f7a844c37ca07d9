/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hidden value shown for some seconds: one at a time, on the screen that asked,
 * gone with it, with a lock, or when another screen comes in front. */
#ifndef GUICHET_SCREENS_REVEAL_H
#define GUICHET_SCREENS_REVEAL_H

#include "app.h"

struct reveal_shown {
	struct owner_link link;         /* to the screen that shows it */
	struct owner timer;
	const struct ui_ctx *ctx;       /* that screen; NULL: nothing is shown */
	int field;                      /* enum reveal_field */
	char beneficiary_id[ID_TEXT];   /* "": the insured person */
	char value[64];
};

/* Ask the server for one value of the open file; it is shown when it comes. */
void reveal_ask(struct ui_ctx *ctx, enum reveal_field field,
		const char *beneficiary_id);

/* Return the value shown on the screen `ctx` now, as it is read aloud, or NULL;
 * `out` has room for 64 bytes. */
const char *reveal_words(const struct reveal_shown *shown,
			 enum reveal_field field, const char *beneficiary_id,
			 char out[64]);

/* What is shown now, for the text of a screen that has no ctx. */
const struct reveal_shown *reveal_of(const struct ui_ctx *ctx);

/* Forget the value; keep it only while `ctx` is in front. */
void reveal_hide(struct app *app);
void reveal_watch(struct app *app, const struct ui_ctx *front);

#endif
