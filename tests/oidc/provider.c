/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "provider.h"

#include <cjose/cjose.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TURNS 8
#define FAR 4102444800                  /* 2100 */
#define LONG_AGO 1000000000

struct fake_provider {
	struct MHD_Daemon *daemon;
	char issuer[64];
	pthread_mutex_t lock;           /* of what follows */
	cjose_jwk_t *rsa, *ec, *stranger;
	int keys_made, keys_read, polls, turn, turn_count;
	enum fake_turn turns[TURNS];
	struct fake_token token;
	bool lies;
};

static void make_keys(struct fake_provider *fake)
{
	char kid[16];

	cjose_jwk_release(fake->rsa);
	cjose_jwk_release(fake->ec);
	fake->rsa = cjose_jwk_create_RSA_random(2048, NULL, 0, NULL);
	fake->ec = cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, NULL);
	snprintf(kid, sizeof(kid), "rsa-%d", fake->keys_made);
	cjose_jwk_set_kid(fake->rsa, kid, strlen(kid), NULL);
	snprintf(kid, sizeof(kid), "ec-%d", fake->keys_made++);
	cjose_jwk_set_kid(fake->ec, kid, strlen(kid), NULL);
}

static void write_claims(const struct fake_provider *fake, char *out, size_t size)
{
	const struct fake_token *token = &fake->token;

	snprintf(out, size, "{\"iss\":\"%s\",\"aud\":%s%s%s,\"sub\":\"7\","
		 "\"exp\":%lld,\"iat\":%lld,\"preferred_username\":\"%s\"%s}",
		 token->iss ? token->iss : fake->issuer,
		 token->aud && token->aud[0] == '[' ? "" : "\"",
		 token->aud ? token->aud : "guichet",
		 token->aud && token->aud[0] == '[' ? "" : "\"",
		 token->exp ? (long long)token->exp : FAR,
		 token->iat ? (long long)token->iat : LONG_AGO,
		 token->login ? token->login : "alefevre",
		 token->more ? token->more : "");
}

/* Without a signature, or with one that anybody could make. */
static void write_unsigned(const char *alg, const char *text, char *out,
			   size_t size)
{
	char header[64], *head = NULL, *body = NULL;
	size_t head_size, body_size;

	snprintf(header, sizeof(header), "{\"alg\":\"%s\"}", alg);
	cjose_base64url_encode((const uint8_t *)header, strlen(header), &head,
			       &head_size, NULL);
	cjose_base64url_encode((const uint8_t *)text, strlen(text), &body,
			       &body_size, NULL);
	snprintf(out, size, "%s.%s.%s", head, body,
		 strcmp(alg, "none") == 0 ? "" : "c2lnbmF0dXJl");
	free(head);
	free(body);
}

static void write_token(struct fake_provider *fake, char *out, size_t size)
{
	const char *alg = fake->token.alg ? fake->token.alg : "RS256", *text;
	cjose_jwk_t *key = fake->token.stranger ? fake->stranger :
		strcmp(alg, "ES256") == 0 ? fake->ec : fake->rsa;
	cjose_header_t *header;
	char claims[1024];
	cjose_jws_t *jws;

	write_claims(fake, claims, sizeof(claims));
	if (strcmp(alg, "none") == 0 || strcmp(alg, "HS256") == 0) {
		write_unsigned(alg, claims, out, size);
		return;
	}
	header = cjose_header_new(NULL);
	cjose_header_set(header, "alg", alg, NULL);
	cjose_header_set(header, "kid", cjose_jwk_get_kid(
		strcmp(alg, "ES256") == 0 ? fake->ec : fake->rsa, NULL), NULL);
	jws = cjose_jws_sign(key, header, (const uint8_t *)claims, strlen(claims),
			     NULL);
	cjose_jws_export(jws, &text, NULL);
	snprintf(out, size, "%s", text);
	if (fake->token.cut)
		strchr(out, '.')[20] ^= 1;
	cjose_jws_release(jws);
	cjose_header_release(header);
}

static void write_discovery(const struct fake_provider *fake, char *out, size_t size)
{
	snprintf(out, size, "{\"issuer\":\"%s%s\","
		 "\"device_authorization_endpoint\":\"%s/device\","
		 "\"token_endpoint\":\"%s/token\",\"jwks_uri\":\"%s/keys\"}",
		 fake->issuer, fake->lies ? "x" : "", fake->issuer, fake->issuer,
		 fake->issuer);
}

static void write_keys(struct fake_provider *fake, char *out, size_t size)
{
	char *rsa = cjose_jwk_to_json(fake->rsa, false, NULL);
	char *ec = cjose_jwk_to_json(fake->ec, false, NULL);

	fake->keys_read++;
	snprintf(out, size, "{\"keys\":[%s,%s]}", rsa, ec);
	free(rsa);
	free(ec);
}

static const char *const errors[] = {
	[FAKE_PENDING] = "authorization_pending", [FAKE_SLOW_DOWN] = "slow_down",
	[FAKE_DENY] = "access_denied", [FAKE_EXPIRE] = "expired_token",
	[FAKE_REUSED] = "invalid_grant", [FAKE_CLIENT] = "invalid_client",
};

static unsigned answer_token(struct fake_provider *fake, char *out, size_t size)
{
	enum fake_turn turn = fake->turns[fake->turn];
	char token[4096];

	fake->polls++;
	if (fake->turn + 1 < fake->turn_count)
		fake->turn++;
	if (turn == FAKE_BROKEN) {
		snprintf(out, size, "<html>");
		return 200;
	}
	if (turn != FAKE_GIVE) {
		snprintf(out, size, "{\"error\":\"%s\"}", errors[turn]);
		return 400;
	}
	write_token(fake, token, sizeof(token));
	snprintf(out, size, "{\"access_token\":\"a\",\"token_type\":\"Bearer\","
		 "\"id_token\":\"%s\"}", token);
	return 200;
}

static unsigned answer(struct fake_provider *fake, const char *url, char *out,
		       size_t size)
{
	if (strcmp(url, "/.well-known/openid-configuration") == 0)
		write_discovery(fake, out, size);
	else if (strcmp(url, "/keys") == 0)
		write_keys(fake, out, size);
	else if (strcmp(url, "/device") == 0)
		snprintf(out, size, "{\"device_code\":\"device-code-of-the-test\","
			 "\"user_code\":\"WDJB-MJHT\",\"interval\":5,"
			 "\"verification_uri\":\"%s/here\",\"expires_in\":600}",
			 fake->issuer);
	else if (strcmp(url, "/token") == 0)
		return answer_token(fake, out, size);
	else
		return 404;
	return 200;
}

static enum MHD_Result on_request(void *self, struct MHD_Connection *connection,
				  const char *url, const char *method,
				  const char *version, const char *data,
				  size_t *size, void **state)
{
	static int begun;
	struct fake_provider *fake = self;
	struct MHD_Response *response;
	char text[8192] = "{}";
	enum MHD_Result result;
	unsigned status;

	(void)method;
	(void)version;
	(void)data;
	if (*state == NULL || *size > 0) {
		*state = &begun;
		*size = 0;
		return MHD_YES;
	}
	pthread_mutex_lock(&fake->lock);
	status = answer(fake, url, text, sizeof(text));
	pthread_mutex_unlock(&fake->lock);
	response = MHD_create_response_from_buffer(strlen(text), text,
						   MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(response, "Content-Type", "application/json");
	result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

struct fake_provider *fake_provider_start(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	struct fake_provider *fake = calloc(1, sizeof(*fake));

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	pthread_mutex_init(&fake->lock, NULL);
	fake->turn_count = 1;
	make_keys(fake);
	fake->stranger = cjose_jwk_create_RSA_random(2048, NULL, 0, NULL);
	fake->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL,
		NULL, on_request, fake, MHD_OPTION_SOCK_ADDR, &at, MHD_OPTION_END);
	if (!fake->daemon)
		abort();
	snprintf(fake->issuer, sizeof(fake->issuer), "http://127.0.0.1:%u",
		 (unsigned)MHD_get_daemon_info(fake->daemon,
			MHD_DAEMON_INFO_BIND_PORT)->port);
	return fake;
}

void fake_provider_stop(struct fake_provider *fake)
{
	MHD_stop_daemon(fake->daemon);
	cjose_jwk_release(fake->rsa);
	cjose_jwk_release(fake->ec);
	cjose_jwk_release(fake->stranger);
	pthread_mutex_destroy(&fake->lock);
	free(fake);
}

const char *fake_provider_issuer(const struct fake_provider *fake)
{
	return fake->issuer;
}

void fake_provider_script(struct fake_provider *fake, const enum fake_turn *turns,
			  int count, const struct fake_token *token)
{
	pthread_mutex_lock(&fake->lock);
	memcpy(fake->turns, turns, (size_t)count * sizeof(*turns));
	fake->turn = 0;
	fake->turn_count = count;
	fake->token = token ? *token : (struct fake_token){ 0 };
	pthread_mutex_unlock(&fake->lock);
}

void fake_provider_lie(struct fake_provider *fake, bool lies)
{
	pthread_mutex_lock(&fake->lock);
	fake->lies = lies;
	pthread_mutex_unlock(&fake->lock);
}

void fake_provider_new_keys(struct fake_provider *fake)
{
	pthread_mutex_lock(&fake->lock);
	make_keys(fake);
	pthread_mutex_unlock(&fake->lock);
}

int fake_provider_keys_read(const struct fake_provider *fake)
{
	return fake->keys_read;
}

int fake_provider_polls(const struct fake_provider *fake)
{
	return fake->polls;
}
