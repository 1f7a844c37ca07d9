/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts: one dated record of who was served, by which channel, for what
 * reason, with which proof of identity, and how it ended.  Opening a file opens
 * a contact; every call on the file names it in the header Guichet-Contact. */
#ifndef GUICHET_API_CONTACT_H
#define GUICHET_API_CONTACT_H

#include <guichet/api/common.h>

enum contact_reason {
	CONTACT_PAYMENTS, CONTACT_RIGHTS, CONTACT_FAMILY, CONTACT_EHIC,
	CONTACT_VITALE, CONTACT_APPOINTMENT, CONTACT_REQUEST, CONTACT_CERTIFICATE,
	CONTACT_DETAILS, CONTACT_STOPPAGE, CONTACT_OTHER, CONTACT_REASON_N
};
extern const char *const contact_reason_names[CONTACT_REASON_N + 1];

/* What makes an agent open a file; each has a reference.  A visit and a call that
 * come without one get it from the server. */
enum motive { MOTIVE_VISIT, MOTIVE_CALL, MOTIVE_MAIL, MOTIVE_TASK, MOTIVE_N };
extern const char *const motive_names[MOTIVE_N + 1];

/* By what right a contact reads its file. */
enum perimeter {
	PERIMETER_OWN,                  /* a file of the agent's caisse */
	PERIMETER_BREAK_GLASS,          /* of another one, for half an hour */
	PERIMETER_OTHER,                /* of another one: nothing */
	PERIMETER_N
};
extern const char *const perimeter_names[PERIMETER_N + 1];

/* How many files an agent has opened, against what is usual. */
enum volume { VOLUME_USUAL, VOLUME_ALERT, VOLUME_STOP, VOLUME_N };
extern const char *const volume_names[VOLUME_N + 1];

enum contact_outcome {
	OUTCOME_ANSWERED, OUTCOME_LODGED, OUTCOME_BOOKED, OUTCOME_ORIENTED,
	OUTCOME_FORWARDED, OUTCOME_ABANDONED, OUTCOME_REFUSED_PROOF, OUTCOME_N
};
extern const char *const contact_outcome_names[OUTCOME_N + 1];

enum proof_kind {
	PROOF_SIMPLE,                   /* birth date and postcode or phone agree */
	PROOF_DOCUMENT,                 /* identity document seen at the counter */
	PROOF_VITALE,                   /* serial number read: match or not */
	PROOF_N
};
extern const char *const proof_kind_names[PROOF_N + 1];

enum identity_document {
	DOCUMENT_ID_CARD, DOCUMENT_PASSPORT, DOCUMENT_RESIDENCE, DOCUMENT_LICENCE,
	DOCUMENT_VITALE_PHOTO, DOCUMENT_N
};
extern const char *const identity_document_names[DOCUMENT_N + 1];

struct contact_new {
	char insured_id[ID_TEXT];
	int channel;                    /* -1: the channel of the session */
	int reason;                     /* -1: not known yet */
	int motive;                     /* enum motive; -1: that of the channel */
	char reference[41];             /* FORMAT_REFERENCE; "" for a visit or a
					 * call: the server numbers it */
};

struct contact {
	char id[ID_TEXT];
	char insured_id[ID_TEXT];
	char agent[64];
	int channel;
	int reason;                     /* -1 */
	char reference[41];
	int64_t tier;                   /* enum tier as an integer 0..2 */
	int proof;                      /* enum proof_kind or -1 */
	int outcome;                    /* -1 while open */
	int advised;                    /* channel advised next time, or -1 */
	char note[NOTE_SIZE];
	int64_t opened_at, closed_at;   /* moments; closed_at 0 while open */
	int suggested_reason;           /* from what was read and written */
	int suggested_outcome;
	int motive;
	int perimeter;                  /* PERIMETER_OWN or _BREAK_GLASS */
	int64_t until;                  /* moment when the file closes by itself; 0 */
	int64_t files_today;            /* different ones, by this agent */
	int volume;                     /* enum volume: a word to show, or -1 */
};

struct contact_change {                 /* merge patch: -1, "" are unchanged */
	int reason;
	char reference[41];
};

struct contact_end {
	int reason, outcome;
	int advised;                    /* or -1 */
	char note[NOTE_SIZE];           /* factual, no health data; or "" */
};

struct proof_new {
	int kind;                       /* enum proof_kind */
	int document;                   /* PROOF_DOCUMENT: enum; else -1 */
	struct date birth;              /* PROOF_SIMPLE */
	char postcode[6];               /* PROOF_SIMPLE: this or the phone */
	char phone[20];
	char serial[24];                /* PROOF_VITALE */
};

struct proof {
	bool match;
	int64_t tier;                   /* of the contact afterwards, 0..2 */
	int64_t tries_left;             /* of this kind in this contact */
};

extern const struct codec contact_new_codec, contact_codec, contact_change_codec,
	contact_end_codec, proof_new_codec, proof_codec;

/* contact.create: 403 "file.own" and "file.sensitive", 422 "reference.needed", 429
 * "volume.stopped".  contact.closed 409 for anything on a closed contact; proof.locked 409 after 3
 * tries without a match. */
extern const struct api_op api_contact_create, api_contact_get,
	api_contact_update, api_contact_close, api_contact_prove;

#endif
