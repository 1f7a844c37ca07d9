/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who asks: passwords, sessions, and the limit on bad passwords. */
#ifndef GUICHET_BACKEND_AUTH_H
#define GUICHET_BACKEND_AUTH_H

#include "req.h"

#define TOKEN_HASH_SIZE 32
#define TOKEN_TEXT 64                   /* base64url of 256 bits, and the zero */
#define PASSWORD_SIZE 128               /* of the encoded hash */

#define SESSION_IDLE_S 900              /* setting "session.idle_s" */
#define SESSION_MOST_S 36000            /* 10 hours, setting "session.most_s" */
#define FAILURES_MOST 10
#define LOCKED_S 900

enum password_state {
	PASSWORD_NOT_ASKED, PASSWORD_RIGHT, PASSWORD_WRONG, PASSWORD_LOCKED
};

/* Hash a password: Argon2id, 64 MiB, 2 passes; about 0.1 s.  Errors: ERR_SYSTEM
 * when the memory is not there. */
bool password_hash(const char *password, char out[PASSWORD_SIZE], struct err *err);

/* Check one against its hash, in about the same time. */
bool password_holds(const char *hash, const char *password);

/* Make a token and the hash under which it is stored. */
void token_new(char token[TOKEN_TEXT], unsigned char hash[TOKEN_HASH_SIZE]);

/*
 * Write the key of the drafts of this agent, 43 characters of base64url: made of
 * a secret of the base and of who they are, the same at each sign-in, kept
 * nowhere.  Errors: ERR_SYSTEM when the base lacks its secret.
 */
bool draft_key_of(struct db *db, int64_t caisse, int64_t agent_id,
		  char out[TOKEN_TEXT], struct err *err);

/* Hash what came after "Bearer "; false for what cannot be a token. */
bool token_hash(const char *token, unsigned char hash[TOKEN_HASH_SIZE]);

/*
 * Fill who asks in `req` from its token and its now_ms.  401 "token.invalid" for
 * a session that does not exist, has ended or was idle for `idle_s`; `*seen_at`
 * is when it was last seen.
 */
bool session_load(struct req *req, int64_t idle_s, int64_t *seen_at,
		  struct err *err);

/* Note that the session was used. */
bool session_touch(const struct req *req, struct err *err);

/* Fill who asks in `req` from a login, and copy the password's hash; `found` is
 * false for an unknown or locked account. */
bool agent_load(struct req *req, const char *login, char hash[PASSWORD_SIZE],
		bool *found, struct err *err);

/* The moment before which `login` may not try again, 0: now. */
bool sign_in_retry_at(struct db *db, const char *login, int64_t *retry_at,
		      struct err *err);

/* Count a bad password, or forget the bad ones. */
bool sign_in_refused(struct db *db, const char *login, int64_t now_ms,
		     struct err *err);
bool sign_in_accepted(struct db *db, const char *login, struct err *err);

/* Fill the contact of `req` from its identifier.  403 "contact.needed" when it is
 * not one of this agent, 409 "contact.closed". */
bool contact_load(struct req *req, const char *id, struct err *err);

#endif
