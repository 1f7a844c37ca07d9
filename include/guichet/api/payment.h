/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payments: every kind of amount paid, and the arithmetic behind each. */
#ifndef GUICHET_API_PAYMENT_H
#define GUICHET_API_PAYMENT_H

#include <guichet/api/common.h>

enum payment_kind {
	PAYMENT_CARE, PAYMENT_THIRD_PARTY, PAYMENT_DAILY_ALLOWANCE,
	PAYMENT_INVALIDITY, PAYMENT_ANNUITY, PAYMENT_DEATH, PAYMENT_OTHER,
	PAYMENT_KIND_N
};
extern const char *const payment_kind_names[PAYMENT_KIND_N + 1];

enum payment_state { PAYMENT_PAID, PAYMENT_WAITING, PAYMENT_REJECTED,
	PAYMENT_CANCELLED, PAYMENT_STATE_N };
extern const char *const payment_state_names[PAYMENT_STATE_N + 1];

enum payee { PAYEE_INSURED, PAYEE_PROFESSIONAL, PAYEE_ESTABLISHMENT,
	PAYEE_EMPLOYER, PAYEE_ORGANISM, PAYEE_N };
extern const char *const payee_names[PAYEE_N + 1];

enum withheld_kind { WITHHELD_NONE, WITHHELD_FLAT, WITHHELD_FRANCHISE,
	WITHHELD_N };
extern const char *const withheld_kind_names[WITHHELD_N + 1];

#define PAYMENT_ID_TEXT 28              /* two identifiers joined by '-' */

struct payment_query {
	char insured_id[ID_TEXT];
	struct date from, to;           /* of payment, both included; or none */
	char beneficiary_id[ID_TEXT];   /* "" : whole family */
	int kind;                       /* -1: all */
	char cursor[256];
	int64_t limit;                  /* 1..200, CODEC_NONE: 50 */
	bool count;                     /* fill the totals */
};

struct payment {
	char id[PAYMENT_ID_TEXT];
	struct date paid_on;            /* or expected on, while waiting */
	struct date care_from, care_to;
	int kind, state;
	char label[LABEL_SIZE];         /* "Consultation médecin généraliste" */
	char beneficiary_id[ID_TEXT];
	char beneficiary_name[NAME_SIZE]; /* first name */
	int beneficiary_kinship;        /* enum kinship */
	int payee;
	char payee_name[NAME_SIZE];     /* "Assuré", "Pharmacie"... */
	int64_t amount_cts;             /* tier 2; else null */
	int64_t mask_tier;
};

/* Totals of everything the filter keeps, not of one page. */
struct payment_totals {
	int64_t count;                  /* null unless count=true */
	int64_t amount_cts;             /* paid; null below tier 2 */
	int64_t withheld_cts;
};

#define PAYMENT_LINES_MAX 12

struct payment_line {
	struct date from, to;
	char act[16];                   /* "G", "AMK", "PH7" */
	char label[LABEL_SIZE];
	char pathway[LABEL_SIZE];       /* "médecin traitant, parcours respecté" */
	char professional[NAME_SIZE];
	int64_t quantity_x100;          /* 750 is 7,5 */
	int64_t spent_cts, base_cts;
	int64_t rate_pct;
	int64_t due_cts;                /* base x rate */
	int64_t withheld_cts;           /* >= 0 */
	int withheld;                   /* enum withheld_kind */
	int64_t paid_cts;
	char exemption[LABEL_SIZE];
	/* "base 30,00 € × 70 % = 21,00 €, participation forfaitaire 2,00 €
	 * retenue, versé 19,00 €" */
	char explanation[NOTE_SIZE];
};

struct payment_detail {
	struct payment payment;
	char reference[32];             /* "0751 091680003072" */
	char account_masked[MASK_SIZE]; /* or "" */
	bool noemie;                    /* the complementary insurer was told */
	char insurer[LABEL_SIZE];
	char reason[NOTE_SIZE];         /* of a rejection, or "" */
	int64_t year_flat_cts;          /* withheld this year, both kinds */
	int64_t year_franchise_cts;
	int64_t year_cap_cts;           /* ceiling of each */
	size_t line_count;
	struct payment_line lines[PAYMENT_LINES_MAX];
};

struct payment_key { char payment_id[PAYMENT_ID_TEXT]; };

extern const struct codec payment_query_codec, payment_codec,
	payment_totals_codec, payment_line_codec, payment_detail_codec,
	payment_key_codec;

/* payment.get needs tier 2: 403 "proof.needed" below. */
extern const struct api_op api_payment_list, api_payment_get;

#endif
