/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the list and the detail of payments share. */
#ifndef GUICHET_BACKEND_PAYMENT_H
#define GUICHET_BACKEND_PAYMENT_H

#include "../payline.h"
#include "../req.h"

#define PAYLINES_SIZE (PAYMENT_LINES_MAX * PAYLINE_SIZE)

struct payment_filter {
	int64_t file_id;
	int64_t before;                 /* identifiers under this one */
	int64_t from_day, to_day;       /* yyyymmdd, both included */
	int64_t person_id;              /* 0: the whole family */
	int64_t kind;                   /* -1: all */
	int64_t limit;
};

/* A payment as the store has it, beside what is shown of it. */
struct payment_row {
	struct payment payment;
	int64_t id, person_id, paid_day;
	bool noemie;
	int reason;                     /* of a rejection */
	char professional[NAME_SIZE];   /* or "" */
	size_t packed_size;
	unsigned char packed[PAYLINES_SIZE];
};

/* Read the payments that `filter` keeps, the newest first; payment_next() gives
 * them one by one, false at the end or on failure. */
struct db_stmt *payment_query(struct req *req, const struct payment_filter *filter,
			      struct err *err);
bool payment_next(struct db_stmt *stmt, int64_t file_id, struct payment_row *row,
		  struct err *err);

/* Write the arithmetic of a line of a payment of `kind` in words: "base 30,00 € ×
 * 70 % = 21,00 €, participation forfaitaire 2,00 € retenue, versé 19,00 €". */
void payment_explain(int kind, const struct payline *line, char *out,
		     size_t out_size);

/* Return the words for a pathway and an exemption of a line, "" for none; for
 * any other value too. */
const char *payment_pathway(int pathway);
const char *payment_exemption(int exemption);

/* Return the words for the reason of a rejection, whatever its number. */
const char *payment_rejection(int reason);

/* Return the words for a kind of payment. */
const char *payment_family(int kind);

#endif
