/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers by hand to the calls of the screens. */
#ifndef GUICHET_TESTS_FAKE_API_H
#define GUICHET_TESTS_FAKE_API_H

#include <guichet/api/client.h>

/* Tell whether operation `op` waits for an answer. */
bool fake_is_asked(struct api *api, const char *op);

/* The operation of the oldest call that waits for an answer, or NULL. */
const struct api_op *fake_asked(const struct api *api);

/* What the oldest call of `op` carries; NULL or "" when there is none. */
const void *fake_body(struct api *api, const char *op);
const void *fake_query(struct api *api, const char *op);
const char *fake_key(struct api *api, const char *op);
const char *fake_etag(struct api *api, const char *op);
const char *fake_file(struct api *api, const char *op);
const char *fake_contact(struct api *api, const char *op);

/* Tell how far the upload of `op` is, in bytes. */
void fake_progress(struct api *api, const char *op, int64_t sent, int64_t total);

/* How many calls of `op` wait for an answer. */
int fake_count(const struct api *api, const char *op);

/* The token in use, "" when signed out; how often reads were given up. */
const char *fake_token(const struct api *api);
int fake_given_up(const struct api *api);

/* Answer the oldest call of `op` with a JSON body, delivered by the next turn;
 * `etag` may be NULL.  False, with `err`, when it was not called or the body
 * does not fit its codec. */
bool fake_answer(struct api *api, const char *op, const char *json,
		 const char *etag, struct err *err);

/* Refuse it; `problem` are JSON members of the problem, or NULL. */
bool fake_refuse(struct api *api, const char *op, int status, enum err_code code,
		 const char *word, const char *text, const char *problem);

/* The next refusal names this field. */
void fake_refuse_field(struct api *api, const char *field);

/* The server no longer knows the session. */
void fake_sign_out(struct api *api);

#endif
