/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "oidc/token.h"

#include <guichet/base/text.h>

#include <cjose/cjose.h>
#include <stdlib.h>
#include <string.h>

#define TOKEN_MOST (16 << 10)
#define SLACK_S 60                      /* between the two clocks */
#define RSA_LEAST 2048                  /* bits */

/* What is accepted, and of which keys.  Neither "none" nor anything symmetric:
 * the provider's public key would then be the secret. */
static const struct algorithm { const char *name, *type, *curve; } algorithms[] = {
	{ "RS256", "RSA", NULL },
	{ "PS256", "RSA", NULL },
	{ "ES256", "EC", "P-256" },
	{ NULL, NULL, NULL },
};

static bool refuse(struct err *err, const char *word)
{
	err_word(err, ERR_DENIED, word, "%s", word);
	return false;
}

static const char *text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

static const struct algorithm *find_algorithm(const char *name)
{
	const struct algorithm *row = algorithms;

	while (row->name && !(name && strcmp(row->name, name) == 0))
		row++;
	return row->name ? row : NULL;
}

static bool absent_or(const json_t *object, const char *name, const char *value)
{
	const char *text = text_of(object, name);

	return *text == '\0' || strcmp(text, value) == 0;
}

static bool key_fits(const json_t *key, const struct algorithm *algorithm,
		     const char *kid)
{
	return strcmp(text_of(key, "kty"), algorithm->type) == 0 &&
		(!algorithm->curve ||
		 strcmp(text_of(key, "crv"), algorithm->curve) == 0) &&
		absent_or(key, "use", "sig") &&
		absent_or(key, "alg", algorithm->name) &&
		(!kid || strcmp(text_of(key, "kid"), kid) == 0);
}

static bool signed_by(cjose_jws_t *jws, const json_t *key,
		      const struct algorithm *algorithm)
{
	char *text = json_dumps(key, JSON_COMPACT);
	cjose_jwk_t *jwk = text ? cjose_jwk_import(text, strlen(text), NULL) : NULL;
	bool ok = jwk && (algorithm->curve ||
			  cjose_jwk_get_keysize(jwk, NULL) >= RSA_LEAST) &&
		cjose_jws_verify(jws, jwk, NULL);

	cjose_jwk_release(jwk);
	free(text);
	return ok;
}

/* A header that asks to be understood ("crit") is not. */
static bool check_signature(cjose_jws_t *jws, const json_t *keys, bool *no_key,
			    struct err *err)
{
	cjose_header_t *header = cjose_jws_get_protected(jws);
	const struct algorithm *algorithm = find_algorithm(
		cjose_header_get(header, "alg", NULL));
	const char *kid = cjose_header_get(header, "kid", NULL);
	const json_t *key;
	bool tried = false;
	size_t at;

	if (!algorithm)
		return refuse(err, "algorithm");
	if (json_object_get((const json_t *)header, "crit"))
		return refuse(err, "critical");
	json_array_foreach(json_object_get(keys, "keys"), at, key) {
		if (!key_fits(key, algorithm, kid))
			continue;
		tried = true;
		if (signed_by(jws, key, algorithm))
			return true;
	}
	if (no_key)
		*no_key = !tried;
	return refuse(err, tried ? "signature" : "key");
}

/* `aud` names the client, alone or with others; with others, `azp` does too. */
static bool is_for(const json_t *claims, const char *client_id)
{
	const json_t *audience = json_object_get(claims, "aud"), *one;
	bool named = false;
	size_t at;

	if (!absent_or(claims, "azp", client_id))
		return false;
	if (json_is_string(audience))
		return strcmp(json_string_value(audience), client_id) == 0;
	json_array_foreach(audience, at, one)
		named = named || (json_is_string(one) &&
				  strcmp(json_string_value(one), client_id) == 0);
	return named && (json_array_size(audience) == 1 ||
			 strcmp(text_of(claims, "azp"), client_id) == 0);
}

static bool is_login(const char *text)
{
	return *text && strlen(text) < TOKEN_LOGIN_SIZE &&
		text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")] == '\0';
}

static bool check_claims(const struct token_wanted *wanted, const json_t *claims,
			 char login[TOKEN_LOGIN_SIZE], struct err *err)
{
	const json_t *until = json_object_get(claims, "exp");
	const json_t *from = json_object_get(claims, "nbf");
	const json_t *at = json_object_get(claims, "iat");
	int64_t now_s = wanted->now_ms / 1000;

	if (strcmp(text_of(claims, "iss"), wanted->issuer) != 0)
		return refuse(err, "issuer");
	if (!is_for(claims, wanted->client_id))
		return refuse(err, "audience");
	if (!json_is_number(until) ||
	    json_number_value(until) + SLACK_S <= (double)now_s)
		return refuse(err, "expired");
	if (!json_is_number(at) ||
	    json_number_value(at) - SLACK_S > (double)now_s ||
	    (from && (!json_is_number(from) ||
		      json_number_value(from) - SLACK_S > (double)now_s)))
		return refuse(err, "early");
	/* We send none: a token that has one was made for another sign-in. */
	if (json_object_get(claims, "nonce"))
		return refuse(err, "nonce");
	if (text_of(claims, "sub")[0] == '\0')
		return refuse(err, "subject");
	if (!is_login(text_of(claims, wanted->claim)))
		return refuse(err, "claim");
	return text_copy(login, TOKEN_LOGIN_SIZE, text_of(claims, wanted->claim));
}

bool token_verify(const struct token_wanted *wanted, const json_t *keys,
		  const char *token, char login[TOKEN_LOGIN_SIZE], bool *no_key,
		  struct err *err)
{
	size_t size = strlen(token), text_size = 0;
	cjose_jws_t *jws = size <= TOKEN_MOST ?
		cjose_jws_import(token, size, NULL) : NULL;
	json_t *claims = NULL;
	uint8_t *text = NULL;
	bool ok = false;

	if (no_key)
		*no_key = false;
	if (!jws) {
		refuse(err, "form");
		goto out;
	}
	if (!check_signature(jws, keys, no_key, err))
		goto out;
	/* The bytes stay those of `jws`. */
	if (cjose_jws_get_plaintext(jws, &text, &text_size, NULL))
		claims = json_loadb((const char *)text, text_size,
				    JSON_REJECT_DUPLICATES, NULL);
	ok = json_is_object(claims) ? check_claims(wanted, claims, login, err) :
		refuse(err, "form");
out:
	json_decref(claims);
	if (jws)
		cjose_jws_release(jws);
	return ok;
}
