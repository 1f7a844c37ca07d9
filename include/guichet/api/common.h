/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words and sizes that several resources share. */
#ifndef GUICHET_API_COMMON_H
#define GUICHET_API_COMMON_H

#include <guichet/api/op.h>
#include <guichet/base/clock.h>

enum role { ROLE_COUNTER, ROLE_PHONE, ROLE_SUPERVISOR, ROLE_N };
extern const char *const role_names[ROLE_N + 1];

#define ROLES_ALL (1u << ROLE_COUNTER | 1u << ROLE_PHONE | 1u << ROLE_SUPERVISOR)

enum channel { CHANNEL_COUNTER, CHANNEL_PHONE, CHANNEL_MAIL, CHANNEL_VIDEO,
	CHANNEL_ONLINE, CHANNEL_N };
extern const char *const channel_names[CHANNEL_N + 1];

/* Proof tiers, see shared words: who is in front of the agent. */
enum tier { TIER_NONE, TIER_SIMPLE, TIER_STRONG, TIER_N };

#define NAME_SIZE 121                   /* UTF-8, at most 120 bytes */
#define LABEL_SIZE 121
#define NUMBER_SIZE 20                  /* "CEAM-26-000481" */
#define NOTE_SIZE 401
#define MASK_SIZE 48                    /* a masked number; an IBAN fits */

/* A record whose members are partly hidden says so with `mask_tier`: the tier
 * that would show them all, 0 when nothing is hidden.  A hidden number is null,
 * a hidden text is its mask ("06 ** ** ** 42") or null. */

/* The path of one insured person, request, card, appointment, contact... */
struct insured_key { char insured_id[ID_TEXT]; };
struct request_key { char request_id[ID_TEXT]; };
struct card_key { char card_id[ID_TEXT]; };
struct appointment_key { char appointment_id[ID_TEXT]; };
struct contact_key { char contact_id[ID_TEXT]; };
struct hold_key { char hold_id[ID_TEXT]; };

extern const struct codec insured_key_codec, request_key_codec, card_key_codec,
	appointment_key_codec, contact_key_codec, hold_key_codec;

#endif
