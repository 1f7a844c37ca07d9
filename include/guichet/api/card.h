/* SPDX-License-Identifier: GPL-3.0-or-later */
/* European health cards (EHIC, CEAM), Vitale cards, and their losses. */
#ifndef GUICHET_API_CARD_H
#define GUICHET_API_CARD_H

#include <guichet/api/common.h>

enum card_kind { CARD_EHIC, CARD_VITALE, CARD_CERTIFICATE, CARD_KIND_N };
extern const char *const card_kind_names[CARD_KIND_N + 1];

enum card_state { CARD_ORDERED, CARD_MAKING, CARD_SENT, CARD_ACTIVE,
	CARD_EXPIRED, CARD_CANCELLED, CARD_LOST, CARD_STOLEN, CARD_FAULTY,
	CARD_STATE_N };
extern const char *const card_state_names[CARD_STATE_N + 1];

struct card {
	char id[ID_TEXT];
	int kind, state;
	char beneficiary_id[ID_TEXT];
	char beneficiary_name[NAME_SIZE]; /* first name */
	char serial_masked[MASK_SIZE];
	struct date ordered_on, valid_from, valid_to;
	char request_id[ID_TEXT];       /* the order under way, or "" */
	char request_number[NUMBER_SIZE];
};

#define FAMILY_MAX 12

struct person_ref { char id[ID_TEXT]; };

struct ehic_order {
	size_t person_count;
	struct person_ref persons[FAMILY_MAX];  /* beneficiary ids */
	struct date departure;          /* or none */
	bool address_confirmed;         /* in this call: required true */
	bool certificate;               /* the provisional certificate too */
};

struct ehic_item {
	char request_id[ID_TEXT];
	char number[NUMBER_SIZE];       /* "CEAM-26-000481" */
	char beneficiary_id[ID_TEXT], beneficiary_name[NAME_SIZE];
	struct date valid_from, valid_to; /* of the card to come */
	struct date expected_on;        /* about 10 working days */
	char certificate_id[ID_TEXT];   /* card id of the certificate, or "" */
	struct date certificate_from, certificate_to;
};

struct ehic_receipt {
	size_t item_count;
	struct ehic_item items[FAMILY_MAX];
	char lost_card[MASK_SIZE];      /* of a loss: the card cancelled */
};

enum loss_kind { LOSS_LOST, LOSS_STOLEN, LOSS_FAULTY, LOSS_N };
extern const char *const loss_kind_names[LOSS_N + 1];

struct ehic_loss {
	char beneficiary_id[ID_TEXT];
	int kind;                       /* LOST or STOLEN */
	struct date happened_on;        /* or none */
	bool order;                     /* order the new one in the same act */
	struct date departure;
	bool address_confirmed;
	bool certificate;
};

struct vitale_order {
	char beneficiary_id[ID_TEXT];
	bool parents_request;           /* from 12 to 15 */
	bool address_confirmed;
};

struct vitale_loss {
	char beneficiary_id[ID_TEXT];
	int kind;                       /* enum loss_kind */
	struct date happened_on;
	bool declared_on_honour;        /* required true */
	bool address_confirmed;         /* required true */
};

struct vitale_receipt {
	char request_id[ID_TEXT];
	char number[NUMBER_SIZE];       /* "VIT-26-001172" */
	char beneficiary_id[ID_TEXT], beneficiary_name[NAME_SIZE];
	char blocked_card[MASK_SIZE];   /* of a loss, else "" */
	struct date blocked_on;
	struct date expected_on;        /* about 2 weeks after the pieces */
	bool photo_missing, identity_missing;
};

/* Members of the problems ehic.valid, ehic.open and vitale.open: what stands
 * already. */
struct card_conflict {
	char number[NUMBER_SIZE];       /* open request, or "" */
	char beneficiary_name[NAME_SIZE];
	struct date valid_to;
};

extern const struct codec card_codec, person_ref_codec, ehic_order_codec,
	ehic_item_codec, ehic_receipt_codec, ehic_loss_codec, vitale_order_codec,
	vitale_loss_codec, vitale_receipt_codec, card_conflict_codec;

/* 422: rights.closed, address.unconfirmed, honour.missing, vitale.age,
 * departure.past; 409: ehic.valid (more than two months left), ehic.open,
 * vitale.open (number of the first), card.none (nothing to lose). */
extern const struct api_op api_card_list, api_ehic_create, api_ehic_report_loss,
	api_vitale_create, api_vitale_report_loss, api_certificate_paper;

#endif
