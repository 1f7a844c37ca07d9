/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What nobody wants any more is given back by the application: the screen that
 * asked for it may be gone already. */
#include "app_private.h"

#include <guichet/base/clock.h>
#include <guichet/base/text.h>

enum { SLOT_HOLD, SLOT_CONTACT };

/* Given back, closed or lapsed since, nothing is left to do. */
static void on_given_back(void *self, struct api_reply *reply)
{
	(void)self;
	(void)reply;
}

void hold_give_back(struct app *app, const char *hold_id)
{
	struct hold_key key = { 0 };

	text_copy(key.hold_id, sizeof(key.hold_id), hold_id);
	api_call(app->api, &app->owner, SLOT_HOLD,
		 &(struct api_request){ .op = &api_hold_delete, .query = &key },
		 (struct api_sink){ .self = app, .done = on_given_back });
}

void contact_give_back(struct app *app, const char *contact_id)
{
	const struct contact_end end = { .reason = CONTACT_OTHER,
		.outcome = OUTCOME_ABANDONED, .advised = -1 };
	struct contact_key key = { 0 };
	char once[UUID_TEXT];

	uuid_new(once);
	text_copy(key.contact_id, sizeof(key.contact_id), contact_id);
	api_call(app->api, &app->owner, SLOT_CONTACT,
		 &(struct api_request){ .op = &api_contact_close, .query = &key,
			 .body = &end, .key = once },
		 (struct api_sink){ .self = app, .done = on_given_back });
}
