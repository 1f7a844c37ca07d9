/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who asks: passwords, sessions and contacts.  Bad passwords: see lockout.h. */
#ifndef GUICHET_BACKEND_AUTH_H
#define GUICHET_BACKEND_AUTH_H

#include "req.h"

#define TOKEN_HASH_SIZE 32
#define TOKEN_TEXT 64                   /* base64url of 256 bits, and the zero */
#define PASSWORD_SIZE 128               /* of the encoded hash */

#define SESSION_IDLE_S 900              /* setting "session.idle_s" */
#define SESSION_MOST_S 36000            /* 10 hours, setting "session.most_s" */

enum password_state {
	PASSWORD_NOT_ASKED, PASSWORD_RIGHT, PASSWORD_WRONG, PASSWORD_LOCKED,
	PASSWORD_HALF,                  /* right, the second factor is to come */
};

/* Hash a password: Argon2id, 64 MiB, 2 passes; about 0.1 s.  Errors: ERR_SYSTEM
 * when the memory is not there. */
bool password_hash(const char *password, char out[PASSWORD_SIZE], struct err *err);

/* Check one against its hash, in about the same time; the answer goes to `right`:
 * false too for what is no hash.  503 "memory.short" when it could not be checked. */
bool password_check_hash(const char *hash, const char *password, bool *right,
			 struct err *err);

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
 * a session that does not exist, has ended, is of another workstation or was idle
 * for `idle_s`; `*seen_at` is when it was last seen.
 */
bool session_load(struct req *req, int64_t idle_s, int64_t *seen_at,
		  struct err *err);

/* Open a session for who asks, bound to the workstation; its token goes to
 * `token`, its hash to req->token.  Writes. */
bool session_open(struct req *req, char token[TOKEN_TEXT], struct err *err);

/* The agent has proved again who is there: what needs it may be done, once, within
 * a short while, and the session gets another token; the one before is dead at
 * once.  401 when it has ended. */
bool session_rotate(struct req *req, char token[TOKEN_TEXT], struct err *err);

/* Note that the session was used. */
bool session_touch(const struct req *req, struct err *err);

/* Fill who asks in `req` from a login, and copy the password's hash; `found` is
 * false for an unknown or locked account. */
bool agent_load(struct req *req, const char *login, char hash[PASSWORD_SIZE],
		bool *found, struct err *err);

/* Fill the contact of `req` from its identifier.  403 "contact.needed" when it is
 * not one of this agent, 409 "contact.closed". */
bool contact_load(struct req *req, const char *id, struct err *err);

#endif
