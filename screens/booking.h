/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the booking screen and its calls. */
#ifndef GUICHET_SCREENS_BOOKING_H
#define GUICHET_SCREENS_BOOKING_H

#include "screens.h"

struct booking {
	struct rows read;               /* of struct reason, all of them */
	struct rows reasons;            /* those this agent may book */
	struct rows slots;              /* of struct slot */
	char insured_id[ID_TEXT];
	char moving[ID_TEXT];           /* the appointment to move, or "" */
	char reason[16], label[LABEL_SIZE], pieces[NOTE_SIZE];
	char postcode[6], phone[20], note[NOTE_SIZE];
	struct date from;
	enum zone zone;
	struct hold hold;               /* id "" when nothing is held */
	struct app *app;                /* to let go when the screen is gone */
	bool confirming;                /* the hold is being used up */
	bool accepted;                  /* warnings were told and accepted */
	bool booked;
	struct appointment made;
};

/* The channel of the meeting: the phone when a number was given. */
enum channel booking_channel(const struct booking *booking);

/* Read the free slots for the reason, place and date chosen. */
void booking_load_slots(struct ui_ctx *ctx, struct booking *booking);

/* Hold `slot` for this agent. */
void booking_hold(struct ui_ctx *ctx, struct booking *booking,
		  const struct slot *slot);

/* Let go of what is held, unless it is booked or being booked. */
void booking_release(struct booking *booking);

/* Book, or move, on what is held. */
void booking_confirm(struct ui_ctx *ctx, struct booking *booking, bool accept);

#endif
