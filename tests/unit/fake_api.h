/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers by hand to the calls of the screens. */
#ifndef GUICHET_TESTS_FAKE_API_H
#define GUICHET_TESTS_FAKE_API_H

#include <guichet/api/client.h>

/* Tell whether operation `op` waits for an answer. */
bool fake_is_asked(struct api *api, const char *op);

/* What the oldest call of `op` carries; NULL or "" when there is none. */
const void *fake_body(struct api *api, const char *op);
const void *fake_query(struct api *api, const char *op);
const char *fake_key(struct api *api, const char *op);

/* Answer the oldest call of `op` with a JSON body; `etag` may be NULL.  False,
 * with `err`, when it was not called or the body does not fit its codec. */
bool fake_answer(struct api *api, const char *op, const char *json,
		 const char *etag, struct err *err);

/* Refuse it; `problem` are JSON members of the problem, or NULL. */
bool fake_refuse(struct api *api, const char *op, int status, enum err_code code,
		 const char *word, const char *text, const char *problem);

/* The server no longer knows the session. */
void fake_sign_out(struct api *api);

#endif
