/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small identity provider that answers as a test tells it to, on the loopback.
 * It signs with keys of its own, made when it starts. */
#ifndef GUICHET_TESTS_OIDC_PROVIDER_H
#define GUICHET_TESTS_OIDC_PROVIDER_H

#include <stdbool.h>
#include <stdint.h>

/* What the token endpoint says; in a row, the last one for ever. */
enum fake_turn {
	FAKE_GIVE, FAKE_PENDING, FAKE_SLOW_DOWN, FAKE_DENY, FAKE_EXPIRE,
	FAKE_REUSED,                    /* invalid_grant */
	FAKE_BROKEN,                    /* no JSON */
	FAKE_CLIENT,                    /* invalid_client */
};

/* What is wrong with an ID token, and how it is signed. */
struct fake_token {
	const char *alg;                /* "RS256", "PS256", "ES256", "none", "HS256" */
	const char *iss, *aud, *login;  /* NULL: the right one */
	const char *more;               /* members of JSON to add, with their comma */
	int64_t exp, iat;               /* 0: the right one */
	bool stranger;                  /* signed by a key that is nowhere told */
	bool cut;                       /* one bit of what is signed is changed */
};

struct fake_provider;

struct fake_provider *fake_provider_start(void);
void fake_provider_stop(struct fake_provider *fake);

/* "http://127.0.0.1:PORT" */
const char *fake_provider_issuer(const struct fake_provider *fake);

/* Say how the next polls are answered: `count` turns (at most 8). */
void fake_provider_script(struct fake_provider *fake, const enum fake_turn *turns,
			  int count, const struct fake_token *token);

/* Break discovery: tell another issuer than its own. */
void fake_provider_lie(struct fake_provider *fake, bool lies);

/* Change the keys, as providers do. */
void fake_provider_new_keys(struct fake_provider *fake);

/* How often keys and tokens were asked for. */
int fake_provider_keys_read(const struct fake_provider *fake);
int fake_provider_polls(const struct fake_provider *fake);

#endif
