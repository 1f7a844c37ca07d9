/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slot held is given back by the application: the screen that held it may be
 * gone already. */
#include "app_private.h"

#include <guichet/base/text.h>

/* Given back or lapsed since, nothing is left to do. */
static void on_given_back(void *self, struct api_reply *reply)
{
	(void)self;
	(void)reply;
}

void hold_give_back(struct app *app, const char *hold_id)
{
	struct hold_key key = { 0 };

	text_copy(key.hold_id, sizeof(key.hold_id), hold_id);
	api_call(app->api, &app->owner, 0,
		 &(struct api_request){ .op = &api_hold_delete, .query = &key },
		 (struct api_sink){ .self = app, .done = on_given_back });
}
