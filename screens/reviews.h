/* SPDX-License-Identifier: GPL-3.0-or-later */
/* French words of the accesses to look at. */
#ifndef GUICHET_SCREENS_REVIEWS_H
#define GUICHET_SCREENS_REVIEWS_H

#include "app.h"

extern const char *const label_review_kind[REVIEW_KIND_N + 1];
extern const char *const label_review_state[REVIEW_STATE_N + 1];
extern const char *const label_finding[FINDING_N + 1];

/* "Autre caisse (73)...", "124 dossiers en un jour": what was unusual. */
void review_words(const struct review *review, char *out, size_t out_size);

/* Show what the trace says of an access. */
void review_journal(struct ui_ctx *ctx, const struct review *review);

#endif
