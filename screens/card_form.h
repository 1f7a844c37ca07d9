/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the four forms about cards share: the family as a tick list, the address
 * confirmed aloud, then the receipt in place of the form.  A state starts with a
 * struct card_form, so these functions take any of them. */
#ifndef GUICHET_SCREENS_CARD_FORM_H
#define GUICHET_SCREENS_CARD_FORM_H

#include "screens.h"

struct pick {
	bool chosen;
	struct beneficiary person;
};

struct card_form {
	struct rows picks;              /* of struct pick; freed by the stack */
	struct rows read;               /* of struct beneficiary */
	char insured_id[ID_TEXT], preset[ID_TEXT];
	char address[300];              /* of the file, in one line */
	bool address_confirmed;
	struct date today;
	bool lodged;                    /* the receipt is shown */
	char request_id[ID_TEXT], number[NUMBER_SIZE]; /* of what was lodged */
};

/* Index of the family among the parts: after the address and the fields. */
enum { CARD_FORM_FAMILY = 2 };

/* Columns of a list of struct pick: a tick, the name, the birth, the card. */
extern const struct ui_column card_form_columns[];

/* The same without the EHIC, for Vitale cards. */
extern const struct ui_column card_form_vitale_columns[];

/* The person of a row, for drafts. */
const char *card_form_row_id(const void *row);

/* Start from the argument "INSURED" or "INSURED/BENEFICIARY" (ticked at once,
 * else the insured person); end. */
void card_form_open(struct ui_ctx *ctx, void *state, const char *arg);
void card_form_close(void *state);

/* Back from the proof of identity: the address may be read now. */
void card_form_resumed(struct ui_ctx *ctx, void *state);

/* Read the family again, unless something was chosen or lodged. */
void card_form_refresh(struct ui_ctx *ctx, void *state);

/* Whether the form, or the receipt, is shown. */
bool card_form_editing(const void *state);
bool card_form_lodged(const void *state);

/* Whether an action makes sense now: lodging before, papers after. */
bool card_form_offers(const void *state, const char *action);

/* The line of the address; the check that it was confirmed. */
void card_form_address(const void *state, struct ui_lines *lines);
bool card_form_confirmed(const void *state, struct err *err);

/* Refuse the field "happened_on" when `date` is after `today`. */
bool card_form_past(struct date date, struct date today, struct err *err);

/* How many are ticked; the first ticked, or NULL, and how they are named. */
size_t card_form_count(const struct card_form *form);
const struct beneficiary *card_form_first(const struct card_form *form);
void card_form_name(const struct card_form *form, char *out, size_t out_size);

/* Tell the agent unless exactly one person is ticked. */
bool card_form_one(struct ui_ctx *ctx, const struct card_form *form);

/* Actions: tick the row under the cursor alone; print; join a piece. */
void card_form_only(struct ui_ctx *ctx, void *state);
void card_form_print(struct ui_ctx *ctx, void *state);
void card_form_pieces(struct ui_ctx *ctx, void *state);

/* The act succeeded: show the receipt, remember what there is to print. */
void card_form_done(struct ui_ctx *ctx, struct card_form *form,
		    const char *request_id, const char *number);

/* The receipt of a Vitale card: what is blocked, the number, what is awaited. */
void card_form_vitale_receipt(const struct vitale_receipt *receipt,
			      struct ui_lines *lines);

#endif
