/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The identity provider: where it is asked what (OpenID Connect Discovery), its
 * keys, and the two steps of the device grant (RFC 8628).  Shared by threads. */
#ifndef GUICHET_BACKEND_OIDC_PROVIDER_H
#define GUICHET_BACKEND_OIDC_PROVIDER_H

#include "oidc/fetch.h"
#include "oidc/token.h"

#include <pthread.h>

#define DEVICE_CODE_SIZE 512
#define ENDPOINT_SIZE 256

struct provider {
	const struct oidc_config *config;
	pthread_mutex_t lock;           /* of what follows */
	char device[ENDPOINT_SIZE], token[ENDPOINT_SIZE], keys_at[ENDPOINT_SIZE];
	json_t *keys;                   /* NULL: not read yet */
	int64_t discovered_ms, keys_ms; /* monotonic; 0: never */
};

struct device_grant {
	char device_code[DEVICE_CODE_SIZE];
	char user_code[32];
	char verification_uri[256];
	int64_t interval_s, expires_in_s;
};

enum grant_result {
	GRANT_GIVEN, GRANT_PENDING, GRANT_SLOW_DOWN, GRANT_DENIED, GRANT_EXPIRED,
	GRANT_LOST,                     /* no answer, or none that says anything */
	GRANT_UNPROVED                  /* a token that proves nothing */
};

void provider_init(struct provider *provider, const struct oidc_config *config);
void provider_fini(struct provider *provider);

/* Begin a grant.  Errors: ERR_NETWORK, with a word for the log. */
bool provider_start(struct provider *provider, struct fetch *fetch,
		    struct device_grant *grant, struct err *err);

/* Ask how a grant is; with GRANT_GIVEN the login is proved by the ID token, whose
 * time is `now_ms`.  `err` has a word for the log when it is lost or unproved. */
enum grant_result provider_poll(struct provider *provider, struct fetch *fetch,
				const char *device_code, int64_t now_ms,
				char login[TOKEN_LOGIN_SIZE], struct err *err);

#endif
