/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an ID token proves (OpenID Connect Core section 3.1.3.7). */
#ifndef GUICHET_BACKEND_OIDC_TOKEN_H
#define GUICHET_BACKEND_OIDC_TOKEN_H

#include <guichet/base/err.h>
#include <jansson.h>

#define TOKEN_LOGIN_SIZE 64

struct token_wanted {
	const char *issuer, *client_id;
	const char *claim;              /* whose text is the login */
	int64_t now_ms;
};

/* Check the signature of `token` by a key of `keys` (a JWK set), then who issued
 * it, for whom and until when; the login goes to `login`.  Algorithms: RS256,
 * PS256 and ES256, with keys of the provider only.  *no_key (may be NULL) tells
 * that no key fits: the provider may have others by now.  False with ERR_DENIED
 * and a word for the log. */
bool token_verify(const struct token_wanted *wanted, const json_t *keys,
		  const char *token, char login[TOKEN_LOGIN_SIZE], bool *no_key,
		  struct err *err);

#endif
