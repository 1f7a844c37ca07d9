/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The daemon before an identity provider that is not who it should be: it would
 * tell it the secret of the house. */
#include "peer.h"

#include "../unit/unit.h"

#include "oidc/fetch.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum who { GOOD, OTHER_NAME, PAST, FUTURE, STRANGER, ALONE, STATION_LIKE, PEOPLE };

struct world {
	struct pair own, foreign, people[PEOPLE];
	char *ca;
};
static struct world world;

/* What a client trusts, as oidc_config_load() has read it. */
static char *pem_of(const struct pair *pair)
{
	gnutls_datum_t pem;
	char *text;

	assert_int_equal(gnutls_x509_crt_export2(pair->cert, GNUTLS_X509_FMT_PEM, &pem), 0);
	text = strndup((char *)pem.data, pem.size);
	gnutls_free(pem.data);
	return text;
}

static int setup(void **state)
{
	const struct wanted authority = { .authority = true };
	const struct wanted wanted[PEOPLE] = {
		[GOOD] = { .issuer = &world.own },
		[OTHER_NAME] = { .issuer = &world.own, .name = "id.example" },
		[PAST] = { .issuer = &world.own, .from_h = -48, .until_h = -1 },
		[FUTURE] = { .issuer = &world.own, .from_h = 1, .until_h = 48 },
		[STRANGER] = { .issuer = &world.foreign },
		[ALONE] = { .issuer = NULL },
		[STATION_LIKE] = { .issuer = &world.own, .client = true },
	};

	(void)state;
	pair_make(&world.own, &authority);
	pair_make(&world.foreign, &authority);
	for (int i = 0; i < PEOPLE; i++)
		pair_make(&world.people[i], &wanted[i]);
	world.ca = pem_of(&world.own);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	for (int i = 0; i < PEOPLE; i++)
		pair_free(&world.people[i]);
	pair_free(&world.own);
	pair_free(&world.foreign);
	free(world.ca);
	return 0;
}

static const struct row {
	const char *name;
	enum who who;
	struct peer_manners manners;
	bool trusted;
} rows[] = {
	{ .name = "its own", .who = GOOD, .trusted = true },
	{ .name = "of another authority", .who = STRANGER },
	{ .name = "self-signed", .who = ALONE },
	{ .name = "of another name", .who = OTHER_NAME },
	{ .name = "expired", .who = PAST },
	{ .name = "not yet valid", .who = FUTURE },
	{ .name = "of a station", .who = STATION_LIKE },
	{ .name = "TLS 1.1", .who = GOOD,
	  .manners.priority = "NORMAL:-VERS-ALL:+VERS-TLS1.1:%COMPAT:+SHA1:+SIGN-ALL" },
	{ .name = "closed in the handshake", .who = GOOD, .manners.hang_up = true },
};

/* Ask for a token, with the secret. */
static bool ask(const char *server, struct err *err)
{
	static const struct fetch_pair form[] = { { "device_code", "c0de" }, { 0 } };
	struct oidc_config config = {
		.client_id = "guichet", .secret = "s3cr&t", .ca = world.ca,
	};
	struct fetch *fetch = fetch_new(&config);
	char url[96];
	struct buf out;
	long status;
	bool ok;

	snprintf(url, sizeof(url), "%s/token", server);
	buf_init(&out, 4096);
	ok = fetch_run(fetch, url, form, &out, &status, err);
	buf_fini(&out);
	fetch_free(fetch);
	return ok;
}

static void only_the_provider_of_the_house_hears_the_secret(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		const struct row *row = &rows[i];
		struct err err = { 0 };
		struct peer peer;
		bool ok;

		peer_start(&peer, &world.people[row->who], &row->manners);
		ok = ask(peer.server, &err);
		peer_stop(&peer);
		if (ok != row->trusted || (atomic_load(&peer.bytes) > 0) != row->trusted)
			fail_msg("%s: %ld bytes told, %s", row->name,
				 atomic_load(&peer.bytes), err.text);
		assert_int_equal(err.code, row->trusted ? ERR_NONE : ERR_NETWORK);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_provider_of_the_house_hears_the_secret),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("tls of the provider", tests, setup, teardown);
}
