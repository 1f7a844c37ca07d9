/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the four forms about cards share: the family as a tick list, the address
 * confirmed aloud, then the receipt in place of the form.  A state starts with a
 * struct card_form, so these functions take any of them; the tables of a form
 * give what is its own to those below. */
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

/* What the two declarations of a loss start with. */
struct card_loss {
	struct card_form form;          /* first */
	int kind;                       /* enum loss_kind */
	struct date happened;
};

/* Index of the family among the parts: after the address and the fields. */
enum { CARD_FORM_FAMILY = 2 };

/* The parts: its own fields, how the family is asked for, Enter on a person (an
 * action or NULL), its own receipt. */
#define CARD_FORM_PARTS(own_fields, question, family, on_enter, receipt) { \
	{ .kind = UI_PART_TEXT, .name = "text", .text = card_form_address, \
	  .shown = card_form_editing }, \
	{ .kind = UI_PART_FORM, .name = "form", .fields = (own_fields), \
	  .shown = card_form_editing }, \
	[CARD_FORM_FAMILY] = { .kind = UI_PART_LIST, .name = "list", \
	  .title = (question), .columns = (family), \
	  .rows = offsetof(struct card_form, picks), \
	  .row_id = card_form_row_id, .enter = (on_enter), \
	  .shown = card_form_editing, .empty = N_("Famille en cours de lecture") }, \
	{ .kind = UI_PART_TEXT, .name = "text", .text = (receipt), \
	  .shown = card_form_lodged }, \
	{ 0 }, \
}

/* The field of the address; those of a loss take their own choices and width. */
#define CARD_FORM_ADDRESS .name = "address_confirmed", \
	.label = N_("Adresse confirmée"), .type = UI_FIELD_CHECK, \
	UI_MEMBER(struct card_form, address_confirmed), .width = 3
#define CARD_LOSS_KIND(names, columns) { .name = "kind", .label = N_("Motif"), \
	.type = UI_FIELD_CHOICE, UI_MEMBER(struct card_loss, kind), \
	.width = (columns), .choices = (names) }
#define CARD_LOSS_HAPPENED { .name = "happened_on", .label = N_("Le"), \
	.type = UI_FIELD_DATE, UI_MEMBER(struct card_loss, happened), \
	.width = 12, .flags = UI_PAST, .check = card_loss_past, \
	.hint = N_("vide si la date n'est pas connue") }

/* The actions that more than one has. */
#define CARD_FORM_ONLY { "only", N_("Choisir"), card_form_only, UI_NEEDS_ROW }
#define CARD_FORM_PIECES { "pieces", N_("Joindre les pièces"), \
	card_form_pieces, UI_FOOTER }
#define CARD_FORM_PRINT { "print", N_("Imprimer"), card_form_print, UI_FOOTER }

/* What the descriptors have in common, but open(): card_form_open() or one that
 * calls it. */
#define CARD_FORM_SCREEN .kind = UI_FORM, UI_ROWS(struct card_form, picks), \
	.keeps_draft = true, .resumed = card_form_resumed, \
	.offers = card_form_offers, .refresh = card_form_refresh, \
	.close = card_form_close

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

/* Refuse the field "happened_on" of a struct card_loss when it is to come. */
bool card_loss_past(const void *state, struct err *err);

/* How many are ticked; the first ticked, or NULL, and how they are named. */
size_t card_form_count(const struct card_form *form);
const struct beneficiary *card_form_first(const struct card_form *form);
void card_form_name(const struct card_form *form, char *out, size_t out_size);

/* Whether it may be lodged for one person: not lodged yet, and exactly one is
 * ticked, or the agent is told. */
bool card_form_one(struct ui_ctx *ctx, const struct card_form *form);

/* Lodge `body` for the insured person, under the key of the form. */
void card_form_lodge(struct ui_ctx *ctx, const struct card_form *form,
		     const struct api_op *op, const void *body, app_done done);

/* Actions: tick the row under the cursor alone; print; join a piece. */
void card_form_only(struct ui_ctx *ctx, void *state);
void card_form_print(struct ui_ctx *ctx, void *state);
void card_form_pieces(struct ui_ctx *ctx, void *state);

/* The act succeeded: show the receipt, remember what there is to print. */
void card_form_done(struct ui_ctx *ctx, struct card_form *form,
		    const char *request_id, const char *number);

/* Take the receipt of a Vitale card from the reply; show what is blocked, the
 * number, what is awaited. */
void card_form_vitale_done(struct ui_ctx *ctx, struct card_form *form,
			   struct vitale_receipt *receipt,
			   const struct api_reply *reply);
void card_form_vitale_receipt(const struct vitale_receipt *receipt,
			      struct ui_lines *lines);

#endif
