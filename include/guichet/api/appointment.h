/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offices, reasons for an appointment, free slots, holds, appointments. */
#ifndef GUICHET_API_APPOINTMENT_H
#define GUICHET_API_APPOINTMENT_H

#include <guichet/api/common.h>

struct office {
	char id[ID_TEXT];
	char name[LABEL_SIZE];          /* "Grenoble Grand'Place" */
	char address[NAME_SIZE], postcode[6], city[NAME_SIZE];
	char phone[20];
	char hours[NOTE_SIZE];          /* in words, one line a day */
	int64_t desks;
	bool mine;                      /* the office of this session */
};

struct reason {
	char code[16];                  /* "C2S" */
	char label[LABEL_SIZE];
	int64_t minutes;                /* 5..120, multiple of 5 */
	unsigned channels;              /* 1 << enum channel */
	unsigned roles;                 /* 1 << enum role */
	char pieces[NOTE_SIZE];         /* to bring, one a line */
};

struct slot_query {
	char office_id[ID_TEXT];        /* or "" : nearest to the postcode first */
	char postcode[6];               /* or "" : the session's office */
	char reason[16];
	struct date from, to;           /* none: today, and 28 days on */
	int64_t limit;                  /* 1..200, CODEC_NONE: 50 */
};

struct slot {
	char office_id[ID_TEXT];
	char office_name[LABEL_SIZE];
	int64_t desk;                   /* 1..desks */
	int64_t starts_at, ends_at;     /* moments */
	bool held;                      /* by somebody, until held_until */
	char held_by[NAME_SIZE];        /* the agent's name */
	int64_t held_until;
};

struct hold_new {
	char insured_id[ID_TEXT];
	char office_id[ID_TEXT];
	int64_t desk;
	char reason[16];
	int64_t starts_at;
};

struct hold {
	char id[ID_TEXT];
	char office_id[ID_TEXT], office_name[LABEL_SIZE];
	int64_t desk;
	char reason[16];
	int64_t starts_at, ends_at;
	int64_t expires_at;             /* 5 minutes after it was made */
	char held_by[NAME_SIZE];
};

enum appointment_state {
	APPOINTMENT_BOOKED, APPOINTMENT_ARRIVED, APPOINTMENT_IN_PROGRESS,
	APPOINTMENT_DONE, APPOINTMENT_SETTLED_BEFORE, APPOINTMENT_NO_SHOW,
	APPOINTMENT_CANCELLED, APPOINTMENT_MOVED, APPOINTMENT_STATE_N
};
extern const char *const appointment_state_names[APPOINTMENT_STATE_N + 1];

enum cancelled_by { CANCELLED_BY_INSURED, CANCELLED_BY_CAISSE, CANCELLED_BY_N };
extern const char *const cancelled_by_names[CANCELLED_BY_N + 1];

struct appointment_new {
	char insured_id[ID_TEXT];
	char hold_id[ID_TEXT];          /* or "" with the next three */
	char office_id[ID_TEXT];
	int64_t desk;                   /* CODEC_NONE with a hold */
	int64_t starts_at;              /* 0 with a hold */
	char reason[16];
	int channel;                    /* of the meeting */
	char phone[20];                 /* number to call, or "" */
	char note[NOTE_SIZE];           /* language, access; no health data */
	bool accept_warnings;           /* told once, accepted */
};

struct appointment {
	char id[ID_TEXT];
	char number[NUMBER_SIZE];       /* "RDV-26-000123" */
	char insured_id[ID_TEXT];
	char insured_name[NAME_SIZE];   /* "MARTIN Éléonore" */
	char office_id[ID_TEXT], office_name[LABEL_SIZE];
	char office_address[LABEL_SIZE];
	int64_t desk;
	char reason[16], reason_label[LABEL_SIZE];
	int channel;
	int64_t starts_at, ends_at;
	int state;
	int cancelled_by;               /* or -1 */
	char cancel_reason[LABEL_SIZE];
	int64_t arrived_at;             /* or 0 */
	char phone[20];
	char pieces[NOTE_SIZE];
	char note[NOTE_SIZE];
	char moved_to[NUMBER_SIZE];     /* number of the new one, or "" */
};

struct appointment_query {
	char insured_id[ID_TEXT];       /* this, or office and day */
	char office_id[ID_TEXT];        /* "" : the session's office */
	struct date day;
	char cursor[256];
	int64_t limit;
};

struct appointment_change {             /* merge patch; absent is unchanged */
	int state;                      /* -1 */
	int cancelled_by;               /* with state cancelled */
	char cancel_reason[LABEL_SIZE];
	char hold_id[ID_TEXT];          /* move to that held slot */
	char note[NOTE_SIZE];
	bool accept_warnings;
};

/* Members of the problems slot.taken and appointment.warning. */
struct slot_taken { size_t count; struct slot nearest[3]; };
struct appointment_warning { char warning[NOTE_SIZE]; };

extern const struct codec office_codec, reason_codec, slot_query_codec,
	slot_codec, hold_new_codec, hold_codec, appointment_new_codec,
	appointment_codec, appointment_query_codec, appointment_change_codec,
	slot_taken_codec, appointment_warning_codec;

/* 409: slot.taken (nearest), hold.expired, appointment.warning (accept_warnings),
 * appointment.state; 422: slot.closed, reason.channel. */
extern const struct api_op api_office_list, api_reason_list, api_slot_list,
	api_hold_create, api_hold_delete, api_appointment_create,
	api_appointment_get, api_appointment_list, api_appointment_update,
	api_appointment_paper;

#endif
