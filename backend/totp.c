/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "totp.h"

#include <guichet/base/intl.h>

#include <gnutls/crypto.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define DIGITS 6
#define SLACK 1                         /* steps, RFC 6238 section 5.2 */
#define SHA1_SIZE 20

bool totp_code(const unsigned char *secret, size_t size, int64_t step, int digits,
	       char out[9])
{
	static const uint32_t powers[] = { [6] = 1000000, [7] = 10000000,
		[8] = 100000000 };
	unsigned char counter[8], hash[SHA1_SIZE];
	const unsigned char *at;
	uint32_t number;

	for (int i = 0; i < 8; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	if (gnutls_hmac_fast(GNUTLS_MAC_SHA1, secret, size, counter,
			     sizeof(counter), hash) != 0)
		return false;
	at = hash + (hash[SHA1_SIZE - 1] & 15);
	number = (uint32_t)(at[0] & 0x7F) << 24 | (uint32_t)at[1] << 16 |
		(uint32_t)at[2] << 8 | at[3];
	snprintf(out, 9, "%0*u", digits, number % powers[digits]);
	return true;
}

/* The step of the window whose code it is; 0 for none.  Every step is computed,
 * whichever matches. */
static bool find_step(struct db_blob secret, const char *code, int64_t now_ms,
		      int64_t *step, struct err *err)
{
	char given[9] = "", right[9];

	snprintf(given, sizeof(given), "%.8s", code);
	*step = 0;
	for (int slack = -SLACK; slack <= SLACK; slack++) {
		int64_t at = now_ms / TOTP_STEP_MS + slack;

		memset(right, 0, sizeof(right));
		if (!totp_code(secret.data, secret.size, at, DIGITS, right))
			return err_set(err, ERR_SYSTEM, _("SHA-1 n'est pas permis ici"));
		if (sodium_memcmp(given, right, sizeof(right)) == 0)
			*step = at;
	}
	return true;
}

bool totp_check(struct db *db, int64_t caisse, int64_t agent_id, const char *code,
		int64_t now_ms, enum totp_result *result, struct err *err)
{
	struct err failed = { 0 };
	int64_t step = 0, changed = 0;
	struct db_stmt *stmt = db_query(db, &failed, "SELECT secret FROM totp "
		"WHERE caisse = $1 AND agent_id = $2", "ii", caisse, agent_id);

	*result = TOTP_NONE;
	if (db_next(stmt, &failed)) {
		*result = code[0] ? TOTP_WRONG : TOTP_ASKED;
		find_step(db_bytes(stmt, 0), code, now_ms, &step, &failed);
		db_done(stmt);
	}
	if (failed.code != ERR_NONE) {
		*err = failed;
		return false;
	}
	if (step == 0)
		return true;
	if (!db_run(db, err, &changed, "UPDATE totp SET last_step = $1 "
		    "WHERE caisse = $2 AND agent_id = $3 AND last_step < $1", "iii",
		    step, caisse, agent_id))
		return false;
	if (changed == 1)
		*result = TOTP_RIGHT;
	return true;
}

bool totp_set(struct db *db, int64_t caisse, int64_t agent_id,
	      const unsigned char secret[TOTP_SECRET_SIZE], struct err *err)
{
	const struct db_blob bytes = { secret, TOTP_SECRET_SIZE };

	return db_run(db, err, NULL,
		"INSERT INTO totp (caisse, agent_id, secret, last_step) "
		"VALUES ($1, $2, $3, 0) ON CONFLICT (caisse, agent_id) "
		"DO UPDATE SET secret = $3, last_step = 0", "iib", caisse, agent_id,
		&bytes);
}

/* RFC 4648 section 6; 20 bytes need no padding. */
static void base32(const unsigned char secret[TOTP_SECRET_SIZE],
		   char out[TOTP_SECRET_TEXT])
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	uint32_t bits = 0;
	int held = 0, at = 0;

	for (int i = 0; i < TOTP_SECRET_SIZE; i++) {
		bits = bits << 8 | secret[i];
		for (held += 8; held >= 5; held -= 5)
			out[at++] = alphabet[bits >> (held - 5) & 31];
	}
	out[at] = '\0';
}

void totp_uri(const char *login, const unsigned char secret[TOTP_SECRET_SIZE],
	      char out[TOTP_URI_SIZE])
{
	char text[TOTP_SECRET_TEXT];

	base32(secret, text);
	snprintf(out, TOTP_URI_SIZE, "otpauth://totp/guichet:%s?secret=%s"
		 "&issuer=guichet&algorithm=SHA1&digits=6&period=30", login, text);
	sodium_memzero(text, sizeof(text));
}
