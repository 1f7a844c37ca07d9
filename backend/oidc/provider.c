/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "oidc/provider.h"

#include <guichet/base/clock.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

#define DISCOVERY_MS (60 * 60 * 1000)   /* read again after that */
#define KEYS_MS (60 * 60 * 1000)
#define KEYS_LEAST_MS (60 * 1000)       /* however often a key is not found */

void provider_init(struct provider *provider, const struct oidc_config *config)
{
	memset(provider, 0, sizeof(*provider));
	provider->config = config;
	pthread_mutex_init(&provider->lock, NULL);
}

void provider_fini(struct provider *provider)
{
	json_decref(provider->keys);
	pthread_mutex_destroy(&provider->lock);
}

static bool lost(struct err *err, const char *word)
{
	err_word(err, ERR_NETWORK, word, "%s", word);
	return false;
}

/* Fetch one JSON object; NULL when there was none. */
static json_t *fetch_json(struct fetch *fetch, const char *url,
			  const struct fetch_pair *form, long *status,
			  struct err *err)
{
	json_t *json = NULL;
	struct buf body;

	buf_init(&body, FETCH_MOST);
	if (!fetch_run(fetch, url, form, &body, status, err)) {
		lost(err, "unreached");
	} else {
		json = json_loadb(buf_cstr(&body), body.size,
				  JSON_REJECT_DUPLICATES, NULL);
		if (!json_is_object(json)) {
			json_decref(json);
			json = NULL;
			lost(err, "unreadable");
		}
	}
	/* It may hold tokens. */
	if (body.data)
		explicit_bzero(body.data, body.size);
	buf_fini(&body);
	return json;
}

static const char *text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

static bool take_address(const struct provider *provider, const json_t *found,
			 const char *name, char out[ENDPOINT_SIZE])
{
	const char *url = text_of(found, name);

	return oidc_address_ok(provider->config, url) &&
		text_copy(out, ENDPOINT_SIZE, url);
}

/* OpenID Connect Discovery section 4: the document says who it is of. */
static bool take_discovery(struct provider *provider, const json_t *found)
{
	struct provider now = { .config = provider->config };
	const char *issuer = provider->config->issuer;

	if (strcmp(text_of(found, "issuer"), issuer) != 0 ||
	    !take_address(provider, found, "device_authorization_endpoint",
			  now.device) ||
	    !take_address(provider, found, "token_endpoint", now.token) ||
	    !take_address(provider, found, "jwks_uri", now.keys_at))
		return false;
	pthread_mutex_lock(&provider->lock);
	memcpy(provider->device, now.device, sizeof(now.device));
	memcpy(provider->token, now.token, sizeof(now.token));
	memcpy(provider->keys_at, now.keys_at, sizeof(now.keys_at));
	provider->discovered_ms = clock_mono_ms();
	pthread_mutex_unlock(&provider->lock);
	return true;
}

static bool discover(struct provider *provider, struct fetch *fetch,
		     struct err *err)
{
	const char *issuer = provider->config->issuer;
	size_t size = strlen(issuer);
	char url[ENDPOINT_SIZE + 64];
	json_t *found;
	int64_t at;
	long status;
	bool ok;

	pthread_mutex_lock(&provider->lock);
	at = provider->discovered_ms;
	pthread_mutex_unlock(&provider->lock);
	if (at && clock_mono_ms() - at < DISCOVERY_MS)
		return true;
	snprintf(url, sizeof(url), "%.*s/.well-known/openid-configuration",
		 (int)(issuer[size - 1] == '/' ? size - 1 : size), issuer);
	found = fetch_json(fetch, url, NULL, &status, err);
	if (!found)
		return false;
	ok = status == 200 && take_discovery(provider, found);
	json_decref(found);
	return ok || lost(err, "discovery");
}

static void copy_address(struct provider *provider, const char *from,
			 char out[ENDPOINT_SIZE])
{
	pthread_mutex_lock(&provider->lock);
	memcpy(out, from, ENDPOINT_SIZE);
	pthread_mutex_unlock(&provider->lock);
}

/* A reference to the keys; read again when they are older than `most_ms`. */
static json_t *get_keys(struct provider *provider, struct fetch *fetch,
			int64_t most_ms, struct err *err)
{
	char url[ENDPOINT_SIZE];
	json_t *keys = NULL;
	long status;

	pthread_mutex_lock(&provider->lock);
	if (provider->keys && clock_mono_ms() - provider->keys_ms < most_ms)
		keys = json_incref(provider->keys);
	pthread_mutex_unlock(&provider->lock);
	if (keys)
		return keys;
	copy_address(provider, provider->keys_at, url);
	keys = fetch_json(fetch, url, NULL, &status, err);
	if (!keys || status != 200) {
		json_decref(keys);
		lost(err, "keys");
		return NULL;
	}
	pthread_mutex_lock(&provider->lock);
	json_decref(provider->keys);
	provider->keys = json_incref(keys);
	provider->keys_ms = clock_mono_ms();
	pthread_mutex_unlock(&provider->lock);
	return keys;
}

static bool take_seconds(const json_t *found, const char *name, int64_t otherwise,
			 int64_t least, int64_t most, int64_t *out)
{
	const json_t *number = json_object_get(found, name);

	*out = number ? json_integer_value(number) : otherwise;
	return (!number || json_is_integer(number)) && *out >= least && *out <= most;
}

/* RFC 8628 section 3.2.  What the agent will read is one clean line. */
static bool take_grant(const struct provider *provider, const json_t *found,
		       struct device_grant *grant)
{
	const char *code = text_of(found, "user_code");
	const char *url = text_of(found, "verification_uri");

	return text_of(found, "device_code")[0] != '\0' && *code &&
		text_copy(grant->device_code, sizeof(grant->device_code),
			  text_of(found, "device_code")) &&
		text_is_clean(code, TEXT_ONE_LINE) &&
		text_copy(grant->user_code, sizeof(grant->user_code), code) &&
		oidc_address_ok(provider->config, url) &&
		text_copy(grant->verification_uri, sizeof(grant->verification_uri),
			  url) &&
		take_seconds(found, "interval", 5, 1, 300, &grant->interval_s) &&
		take_seconds(found, "expires_in", 0, 1, 3600, &grant->expires_in_s);
}

bool provider_start(struct provider *provider, struct fetch *fetch,
		    struct device_grant *grant, struct err *err)
{
	const struct fetch_pair form[] = {
		{ "scope", provider->config->scope }, { NULL, NULL },
	};
	char url[ENDPOINT_SIZE];
	json_t *found;
	long status;
	bool ok;

	if (!discover(provider, fetch, err))
		return false;
	copy_address(provider, provider->device, url);
	found = fetch_json(fetch, url, form, &status, err);
	if (!found)
		return false;
	ok = status == 200 && take_grant(provider, found, grant);
	json_decref(found);
	return ok || lost(err, "device");
}

/* RFC 8628 section 3.5 and RFC 6749 section 5.2. */
static const struct { const char *error; enum grant_result result; } answers[] = {
	{ "authorization_pending", GRANT_PENDING },
	{ "slow_down", GRANT_SLOW_DOWN },
	{ "access_denied", GRANT_DENIED },
	{ "expired_token", GRANT_EXPIRED },
	{ "invalid_grant", GRANT_EXPIRED },
	{ NULL, GRANT_LOST },
};

static enum grant_result refusal(const json_t *found, struct err *err)
{
	const char *error = text_of(found, "error");
	size_t row = 0;

	while (answers[row].error && strcmp(answers[row].error, error) != 0)
		row++;
	if (answers[row].result == GRANT_LOST)
		lost(err, strcmp(error, "invalid_client") == 0 ? error : "token");
	return answers[row].result;
}

static enum grant_result check_token(struct provider *provider, struct fetch *fetch,
				     const char *token, int64_t now_ms,
				     char login[TOKEN_LOGIN_SIZE], struct err *err)
{
	const struct token_wanted wanted = {
		.issuer = provider->config->issuer,
		.client_id = provider->config->client_id,
		.claim = provider->config->claim, .now_ms = now_ms,
	};
	bool no_key = false, ok = false;
	json_t *keys = get_keys(provider, fetch, KEYS_MS, err);

	if (!keys)
		return GRANT_LOST;
	ok = token_verify(&wanted, keys, token, login, &no_key, err);
	json_decref(keys);
	/* Providers change their keys: look again, but not at each bad token. */
	if (!ok && no_key) {
		keys = get_keys(provider, fetch, KEYS_LEAST_MS, err);
		ok = keys && token_verify(&wanted, keys, token, login, &no_key, err);
		json_decref(keys);
	}
	return ok ? GRANT_GIVEN : GRANT_UNPROVED;
}

enum grant_result provider_poll(struct provider *provider, struct fetch *fetch,
				const char *device_code, int64_t now_ms,
				char login[TOKEN_LOGIN_SIZE], struct err *err)
{
	const struct fetch_pair form[] = {
		{ "grant_type", "urn:ietf:params:oauth:grant-type:device_code" },
		{ "device_code", device_code }, { NULL, NULL },
	};
	enum grant_result result;
	char url[ENDPOINT_SIZE];
	json_t *found;
	long status;

	if (!discover(provider, fetch, err))
		return GRANT_LOST;
	copy_address(provider, provider->token, url);
	found = fetch_json(fetch, url, form, &status, err);
	if (!found)
		return GRANT_LOST;
	if (status == 200)
		result = check_token(provider, fetch, text_of(found, "id_token"),
				     now_ms, login, err);
	else
		result = refusal(found, err);
	json_decref(found);
	return result;
}
