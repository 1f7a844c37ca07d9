/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in through an identity provider, which says what each test wants. */
#include "backend_wire.h"

#include "oidc/flows.h"
#include "../oidc/provider.h"

#include <guichet/base/mem.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JSON "Content-Type: application/json\r\n"
#define INTERVAL_MS 5000

static const char start_path[] = "/v1/sessions/federated";
static const char poll_path[] = "/v1/sessions/federated/poll";

struct t {
	struct wire *w;
	struct fake_provider *fake;
	struct oidc_config config;
	char handle[64];
};

/* Time goes on when a test says so. */
static int64_t passed_ms;
int64_t __real_clock_mono_ms(void);
int64_t __wrap_clock_mono_ms(void);

int64_t __wrap_clock_mono_ms(void)
{
	return __real_clock_mono_ms() + __atomic_load_n(&passed_ms, __ATOMIC_SEQ_CST);
}

static void pass(int64_t ms)
{
	__atomic_fetch_add(&passed_ms, ms, __ATOMIC_SEQ_CST);
}

static int setup(void **state)
{
	struct t *t = mem_new(1, sizeof(*t));
	void *wire;

	t->fake = fake_provider_start();
	t->config = (struct oidc_config){ .client_id = "guichet",
		.scope = "openid", .claim = "preferred_username",
		.name = "Annuaire", .secret = "s3cr&t" };
	snprintf(t->config.issuer, sizeof(t->config.issuer), "%s",
		 fake_provider_issuer(t->fake));
	assert_int_equal(wire_setup_with(&wire, &t->config), 0);
	t->w = wire;
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	struct t *t = *state;
	void *wire = t->w;

	wire_teardown(&wire);
	fake_provider_stop(t->fake);
	free(t);
	return 0;
}

static void start(struct t *t)
{
	const char *at;

	assert_int_equal(wire_ask(t->w, "POST", start_path, JSON,
				  "{\"channel\":\"counter\",\"desk\":\"3\"}"), 200);
	at = strstr(wire_body(t->w), "\"handle\":\"");
	assert_non_null(at);
	snprintf(t->handle, sizeof(t->handle), "%.43s", at + 10);
	assert_non_null(strstr(wire_body(t->w), "\"user_code\":\"WDJB-MJHT\""));
	assert_non_null(strstr(wire_body(t->w), "\"provider\":\"Annuaire\""));
	assert_non_null(strstr(wire_body(t->w), "\"interval_s\":5"));
	assert_null(strstr(wire_body(t->w), "device-code-of-the-test"));
}

static int poll_at(struct t *t, const char *headers)
{
	char body[128];

	snprintf(body, sizeof(body), "{\"handle\":\"%s\"}", t->handle);
	return wire_ask(t->w, "POST", poll_path, headers, body);
}

static int poll_after(struct t *t, int64_t ms)
{
	pass(ms);
	return poll_at(t, JSON);
}

static void script(struct t *t, enum fake_turn turn)
{
	fake_provider_script(t->fake, &turn, 1, NULL);
}

static void who_was_let_in_there_has_a_session_here(void **state)
{
	static const enum fake_turn turns[] = { FAKE_PENDING, FAKE_GIVE };
	struct t *t = *state;

	fake_provider_script(t->fake, turns, 2, NULL);
	start(t);
	poll_after(t, INTERVAL_MS);
	wire_refused(t->w, 409, "grant.pending");
	assert_string_equal(wire_header(t->w, "Retry-After"), "5");
	assert_int_equal(poll_after(t, INTERVAL_MS), 201);
	assert_non_null(strstr(wire_body(t->w), "\"user\":\"alefevre\""));
	assert_non_null(strstr(wire_body(t->w), "\"desk\":\"3\""));
	snprintf(t->w->token, sizeof(t->w->token), "%.43s",
		 strstr(wire_body(t->w), "\"token\":\"") + 9);
	assert_int_equal(wire_ask(t->w, "GET", "/v1/sessions/current", NULL, NULL),
			 200);
	assert_int_equal(wire_count(t->w, "SELECT count(*) FROM audit WHERE "
		"operation = 'federation.poll' AND status = 201"), 1);
}

static void a_code_serves_once(void **state)
{
	struct t *t = *state;

	start(t);
	assert_int_equal(poll_after(t, INTERVAL_MS), 201);
	poll_after(t, INTERVAL_MS);
	wire_refused(t->w, 422, "grant.expired");
	assert_int_equal(fake_provider_polls(t->fake), 1);
}

/* Asked too soon, the provider is not: and then five seconds more. */
static void who_asks_too_soon_is_slowed_down(void **state)
{
	struct t *t = *state;

	script(t, FAKE_PENDING);
	start(t);
	poll_after(t, 0);
	wire_refused(t->w, 409, "grant.pending");
	poll_after(t, 0);
	wire_refused(t->w, 429, "grant.early");
	assert_string_equal(wire_header(t->w, "Retry-After"), "10");
	poll_after(t, INTERVAL_MS);
	wire_refused(t->w, 429, "grant.early");
	assert_string_equal(wire_header(t->w, "Retry-After"), "15");
	assert_int_equal(fake_provider_polls(t->fake), 1);
	poll_after(t, 15000);
	wire_refused(t->w, 409, "grant.pending");
}

static void the_provider_may_slow_down_too(void **state)
{
	static const enum fake_turn turns[] = { FAKE_SLOW_DOWN, FAKE_GIVE };
	struct t *t = *state;

	fake_provider_script(t->fake, turns, 2, NULL);
	start(t);
	poll_after(t, INTERVAL_MS);
	wire_refused(t->w, 429, "grant.early");
	assert_string_equal(wire_header(t->w, "Retry-After"), "10");
	assert_int_equal(poll_after(t, 10000), 201);
}

static const struct { enum fake_turn turn; int status; const char *word; bool ends; }
refusals[] = {
	{ FAKE_DENY, 403, "grant.denied", true },
	{ FAKE_EXPIRE, 422, "grant.expired", true },
	{ FAKE_REUSED, 422, "grant.expired", true },
	{ FAKE_BROKEN, 503, "provider.lost", false },
	{ FAKE_CLIENT, 503, "provider.lost", false },
};

static void what_the_provider_refuses_is_told(void **state)
{
	struct t *t = *state;

	for (size_t i = 0; i < N_ROWS(refusals); i++) {
		script(t, refusals[i].turn);
		start(t);
		poll_after(t, INTERVAL_MS);
		wire_refused(t->w, refusals[i].status, refusals[i].word);
		script(t, FAKE_GIVE);
		assert_int_equal(poll_after(t, INTERVAL_MS),
				 refusals[i].ends ? 422 : 201);
	}
}

static void a_code_that_nobody_types_ends(void **state)
{
	struct t *t = *state;

	start(t);
	poll_after(t, 600001);
	wire_refused(t->w, 422, "grant.expired");
	assert_int_equal(fake_provider_polls(t->fake), 0);
}

static void another_desk_cannot_take_the_session(void **state)
{
	struct t *t = *state;

	start(t);
	pass(INTERVAL_MS);
	poll_at(t, JSON "Guichet-Desk: 9\r\n");
	wire_refused(t->w, 422, "grant.expired");
	assert_int_equal(poll_at(t, JSON), 201);
}

static const struct { struct fake_token token; bool holds; } tokens[] = {
	{ { .alg = "RS256" }, true },
	{ { .alg = "PS256" }, true },
	{ { .alg = "ES256" }, true },
	{ { .aud = "[\"guichet\"]" }, true },
	{ { .aud = "[\"guichet\",\"x\"]", .more = ",\"azp\":\"guichet\"" }, true },
	{ { .alg = "RS384" }, false },
	{ { .alg = "none" }, false },
	{ { .alg = "HS256" }, false },
	{ { .stranger = true }, false },
	{ { .cut = true }, false },
	{ { .iss = "http://127.0.0.1:1" }, false },
	{ { .aud = "other" }, false },
	{ { .aud = "[\"guichet\",\"x\"]" }, false },
	{ { .more = ",\"azp\":\"other\"" }, false },
	{ { .exp = 1000 }, false },
	{ { .iat = 4102444800 }, false },
	{ { .more = ",\"nbf\":4102444800" }, false },
	{ { .more = ",\"nonce\":\"n\"" }, false },
	{ { .more = ",\"exp\":4102444801" }, false },
	{ { .login = "" }, false },
	{ { .login = "a b" }, false },
};

static void only_what_the_provider_signed_for_us_now_is_believed(void **state)
{
	static const enum fake_turn give = FAKE_GIVE;
	struct t *t = *state;

	for (size_t i = 0; i < N_ROWS(tokens); i++) {
		fake_provider_script(t->fake, &give, 1, &tokens[i].token);
		start(t);
		poll_after(t, INTERVAL_MS);
		if (t->w->status != (tokens[i].holds ? 201 : 403))
			fail_msg("token %zu: %d %s", i, t->w->status,
				 wire_body(t->w));
		if (!tokens[i].holds)
			wire_refused(t->w, 403, "identity.refused");
	}
}

static void who_has_no_account_here_is_told(void **state)
{
	static const struct fake_token token = { .login = "nobody" };
	static const enum fake_turn give = FAKE_GIVE;
	struct t *t = *state;

	fake_provider_script(t->fake, &give, 1, &token);
	start(t);
	poll_after(t, INTERVAL_MS);
	wire_refused(t->w, 403, "account.unknown");
	assert_true(db_run(t->w->t->db, &t->w->t->err, NULL,
			   "UPDATE agent SET locked = 1 WHERE id = 11", ""));
	script(t, FAKE_GIVE);
	start(t);
	poll_after(t, INTERVAL_MS);
	wire_refused(t->w, 403, "account.unknown");
}

/* Keys are kept for an hour, and read again for one that is not known; at most
 * once a minute, whoever sends bad tokens. */
static void new_keys_of_the_provider_are_found(void **state)
{
	struct t *t = *state;

	start(t);
	assert_int_equal(poll_after(t, INTERVAL_MS), 201);
	start(t);
	assert_int_equal(poll_after(t, INTERVAL_MS), 201);
	assert_int_equal(fake_provider_keys_read(t->fake), 1);
	fake_provider_new_keys(t->fake);
	start(t);
	assert_int_equal(poll_after(t, INTERVAL_MS), 403);
	assert_int_equal(fake_provider_keys_read(t->fake), 1);
	start(t);
	assert_int_equal(poll_after(t, 60000), 201);
	assert_int_equal(fake_provider_keys_read(t->fake), 2);
}

static void a_provider_that_is_another_is_not_asked(void **state)
{
	struct t *t = *state;

	fake_provider_lie(t->fake, true);
	wire_ask(t->w, "POST", start_path, JSON, "{}");
	wire_refused(t->w, 503, "provider.lost");
	fake_provider_lie(t->fake, false);
	start(t);
}

static void one_workstation_begins_few_at_a_time(void **state)
{
	struct t *t = *state;

	for (int i = 0; i < FLOWS_EACH; i++)
		start(t);
	wire_ask(t->w, "POST", start_path, JSON, "{}");
	wire_refused(t->w, 429, "quota.exceeded");
	assert_int_equal(wire_ask(t->w, "POST", start_path,
				  JSON "Guichet-Desk: 9\r\n", "{}"), 200);
	pass(600001);
	start(t);
}

static const struct { const char *issuer, *url; bool ok; } addresses[] = {
	{ "https://id.example", "https://id.example/token", true },
	{ "https://id.example", "https://other.example/token", true },
	{ "https://id.example", "http://id.example/token", false },
	{ "https://id.example", "http://127.0.0.1/token", false },
	{ "http://127.0.0.1:8", "http://127.0.0.1:8/token", true },
	{ "http://localhost:8", "http://localhost:8/token", true },
	{ "http://127.0.0.1.evil.example", "http://127.0.0.1/token", false },
	{ "http://127.0.0.1:8", "file:///etc/passwd", false },
	{ "https://id.example", "https://user@id.example/", false },
	{ "https://id.example", "https://id.example/a b", false },
	{ "https://id.example", "", false },
};

static void only_https_is_asked_or_this_machine(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ROWS(addresses); i++) {
		struct oidc_config config = { 0 };

		snprintf(config.issuer, sizeof(config.issuer), "%s",
			 addresses[i].issuer);
		if (oidc_address_ok(&config, addresses[i].url) != addresses[i].ok)
			fail_msg("%s", addresses[i].url);
	}
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(who_was_let_in_there_has_a_session_here),
		T(a_code_serves_once),
		T(who_asks_too_soon_is_slowed_down),
		T(the_provider_may_slow_down_too),
		T(what_the_provider_refuses_is_told),
		T(a_code_that_nobody_types_ends),
		T(another_desk_cannot_take_the_session),
		T(only_what_the_provider_signed_for_us_now_is_believed),
		T(who_has_no_account_here_is_told),
		T(new_keys_of_the_provider_are_found),
		T(a_provider_that_is_another_is_not_asked),
		T(one_workstation_begins_few_at_a_time),
		cmocka_unit_test(only_https_is_asked_or_this_machine),
	};

	return cmocka_run_group_tests_name("oidc", tests, NULL, NULL);
}
