/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second factor: six digits that change every 30 seconds (RFC 6238, with
 * SHA-1, which is what every telephone knows). */
#ifndef GUICHET_BACKEND_TOTP_H
#define GUICHET_BACKEND_TOTP_H

#include "store/db.h"

#define TOTP_SECRET_SIZE 20             /* RFC 4226 section 4: 160 bits */
#define TOTP_SECRET_TEXT 33             /* in base 32, and the zero */
#define TOTP_URI_SIZE 256
#define TOTP_STEP_MS 30000

enum totp_result {
	TOTP_NONE,                      /* the agent has no second factor */
	TOTP_ASKED,                     /* has one, and gave no code */
	TOTP_RIGHT, TOTP_WRONG
};

/* The code of one step: `digits` (6 to 8) decimal digits of the HMAC of `step`
 * (RFC 4226 section 5.3).  False when the library has no SHA-1. */
bool totp_code(const unsigned char *secret, size_t size, int64_t step, int digits,
	       char out[9]);

/* Check the code of an agent at `now_ms`, one step early or late being allowed,
 * and note it: it is wrong ever after, like those of the steps before.  Writes.
 * Errors: ERR_SYSTEM. */
bool totp_check(struct db *db, int64_t caisse, int64_t agent_id, const char *code,
		int64_t now_ms, enum totp_result *result, struct err *err);

/* Give an agent a new secret, in place of one there may be. */
bool totp_set(struct db *db, int64_t caisse, int64_t agent_id,
	      const unsigned char secret[TOTP_SECRET_SIZE], struct err *err);

/* Write the secret as telephones take it: otpauth://totp/guichet:LOGIN?... */
void totp_uri(const char *login, const unsigned char secret[TOTP_SECRET_SIZE],
	      char out[TOTP_URI_SIZE]);

#endif
