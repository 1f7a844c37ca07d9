/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screens of the trace share. */
#ifndef GUICHET_SCREENS_TRACE_H
#define GUICHET_SCREENS_TRACE_H

#include "app.h"

/* The operations of the contract and their French words: two tables of the same
 * order, each ended by NULL; the first row is all of them, "". */
extern const char *const journal_operations[];
extern const char *const label_operation[];
extern const char *const label_motive[MOTIVE_N + 1];

/* The words of an operation, or its own name when it has none. */
const char *journal_operation_words(const char *operation);

/* "fait", "refusé 403": how a call ended. */
void journal_status_words(int64_t status, char *out, size_t out_size);

/* Add the filter's words to `out`, apart by dots; "" when everything is shown. */
void journal_filter_words(const struct ui_ctx *ctx, char *out, size_t out_size);

/* Show everything again. */
void journal_clear(struct app *app);

/* Keep only what one agent, or one file, left in the trace. */
void journal_only_agent(struct ui_ctx *ctx, const char *agent);
void journal_only_file(struct ui_ctx *ctx, const char *insured_id, const char *person);

/* A file of the trace being made: every page, then the file at once. */
struct journal_export {
	struct journal_query query;
	struct buf csv;
	char path[512];
	size_t lines;
	bool running;
};

/* Ask where the file goes, then fill it with what the filter keeps. */
void journal_export_ask(struct ui_ctx *ctx, struct journal_export *export);
void journal_export_forget(struct journal_export *export);

/* The export of the screen in front, journal.c. */
struct journal_export *journal_export_of(void *state);

/* Add one cell of a table to `csv`: cleaned, quoted, and harmless to a
 * spreadsheet that takes "=..." for a formula. */
void journal_cell(struct buf *csv, const char *text, bool last);

#endif
