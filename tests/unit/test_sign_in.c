/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in and out as the clients of the daemon see it. */
#include "backend_wire.h"

#include "lockout.h"
#include "totp.h"

#include <guichet/base/clock.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JSON "Content-Type: application/json\r\n"

static const char sessions[] = "/v1/sessions";
static const char current[] = "/v1/sessions/current";

static void signing_in_opens_and_signing_out_ends_a_session(void **state)
{
	static const char login[] = "{\"user\":\"alefevre\",\"password\":\""
		W_PASSWORD "\",\"channel\":\"counter\"}";
	struct wire *w = *state;
	const char *token;
	char next[64];

	assert_int_equal(wire_ask(w, "POST", sessions, JSON, login), 201);
	token = strstr(wire_body(w), "\"token\":\"");
	assert_non_null(token);
	snprintf(w->token, sizeof(w->token), "%.43s", token + 9);
	assert_int_equal(wire_ask(w, "GET", current, NULL, NULL), 200);
	assert_int_equal(wire_ask(w, "POST", "/v1/sessions/current/unlock", JSON,
				  "{\"password\":\"" W_PASSWORD "\"}"), 200);
	snprintf(next, sizeof(next), "%.43s",
		 strstr(wire_body(w), "\"token\":\"") + 9);
	assert_int_equal(wire_ask(w, "GET", current, NULL, NULL), 401);
	snprintf(w->token, sizeof(w->token), "%s", next);
	wire_ask(w, "POST", "/v1/sessions/current/unlock", JSON,
		 "{\"password\":\"autre chose\"}");
	wire_refused(w, 422, "password.refused");
	assert_int_equal(wire_ask(w, "DELETE", current, NULL, NULL), 204);
	assert_int_equal(wire_ask(w, "GET", current, NULL, NULL), 401);
}

static void an_unknown_login_gets_the_answer_of_a_bad_password(void **state)
{
	static const char *const logins[] = { "alefevre", "nobody" };
	struct wire *w = *state;
	char body[128], seen[2][200];

	for (int i = 0; i < 2; i++) {
		snprintf(body, sizeof(body),
			 "{\"user\":\"%s\",\"password\":\"mauvais\"}", logins[i]);
		wire_ask(w, "POST", sessions, JSON, body);
		wire_refused(w, 401, "login.refused");
		snprintf(seen[i], sizeof(seen[i]), "%.*s",
			 (int)(strstr(wire_body(w), "\"instance\"") - wire_body(w)),
			 wire_body(w));
	}
	assert_string_equal(seen[0], seen[1]);
}

static void after_ten_bad_passwords_the_right_one_waits(void **state)
{
	struct wire *w = *state;

	assert_true(db_run(w->t->db, &w->t->err, NULL, "UPDATE agent SET "
			   "password = '' WHERE id = 11", ""));
	for (int i = 0; i < FAILURES_MOST; i++)
		assert_int_equal(wire_ask(w, "POST", sessions, JSON,
			"{\"user\":\"alefevre\",\"password\":\"mauvais\"}"), 401);
	wire_ask(w, "POST", sessions, JSON,
		 "{\"user\":\"alefevre\",\"password\":\"" W_PASSWORD "\"}");
	wire_refused(w, 429, "login.locked");
	assert_true(strtol(wire_header(w, "Retry-After"), NULL, 10) > 890);
}

/* One try at each of many names is seen where they come from. */
static void after_ten_names_the_workstation_waits(void **state)
{
	struct wire *w = *state;
	char body[128];

	for (int i = 0; i < FAILURES_MOST; i++) {
		snprintf(body, sizeof(body),
			 "{\"user\":\"agent%d\",\"password\":\"mauvais\"}", i);
		assert_int_equal(wire_ask(w, "POST", sessions, JSON, body), 401);
	}
	wire_ask(w, "POST", sessions, JSON,
		 "{\"user\":\"alefevre\",\"password\":\"" W_PASSWORD "\"}");
	wire_refused(w, 429, "login.locked");
	assert_in_range(strtol(wire_header(w, "Retry-After"), NULL, 10), 890, 900);
	/* The desk beside goes on. */
	assert_int_equal(wire_ask(w, "POST", sessions, JSON "Guichet-Desk: 4\r\n",
		"{\"user\":\"alefevre\",\"password\":\"" W_PASSWORD "\"}"), 201);
}

static void a_token_carried_to_another_desk_says_nothing(void **state)
{
	struct wire *w = *state;

	assert_int_equal(wire_ask(w, "GET", current, "Guichet-Desk: 4\r\n", NULL),
			 401);
	wire_refused(w, 401, "token.invalid");
	assert_int_equal(wire_ask(w, "GET", current, NULL, NULL), 200);
}

static void a_session_that_asks_too_much_waits(void **state)
{
	struct wire *w = *state;
	int answered = 0;

	w->server.quota.per_s = 1;
	while (answered < 100 && wire_ask(w, "GET", current, NULL, NULL) == 200)
		answered++;
	assert_in_range(answered, QUOTA_BURST_S, QUOTA_BURST_S + 5);
	wire_refused(w, 429, "quota.exceeded");
	assert_string_equal(wire_header(w, "Retry-After"), "1");
}

/* However many tries come at once. */
enum { AT_ONCE = 24 };

static void *try_once(void *arg)
{
	static const char bytes[] = "POST /v1/sessions HTTP/1.1\r\nHost: x\r\n" JSON
		"Connection: close\r\nContent-Length: 41\r\n\r\n"
		"{\"user\":\"alefevre\",\"password\":\"mauvais \"}";

	wire_send(arg, bytes, sizeof(bytes) - 1);
	return NULL;
}

static void tries_at_once_are_no_more_than_ten_either(void **state)
{
	struct wire *w = *state, *each[AT_ONCE];
	pthread_t threads[AT_ONCE];
	int refused = 0, locked = 0;

	for (int i = 0; i < AT_ONCE; i++) {
		each[i] = malloc(sizeof(*each[i]));
		memcpy(each[i]->where, w->where, sizeof(w->where));
		assert_int_equal(pthread_create(&threads[i], NULL, try_once,
						each[i]), 0);
	}
	for (int i = 0; i < AT_ONCE; i++) {
		pthread_join(threads[i], NULL);
		refused += each[i]->status == 401;
		locked += each[i]->status == 429;
		free(each[i]);
	}
	assert_int_equal(refused, FAILURES_MOST);
	assert_int_equal(locked, AT_ONCE - FAILURES_MOST);
}

#define RIGHT "{\"user\":\"alefevre\",\"password\":\"" W_PASSWORD "\"}"

static int sign_in_with(struct wire *w, const char *code)
{
	char body[160];

	snprintf(body, sizeof(body), "{\"user\":\"alefevre\",\"password\":\""
		 W_PASSWORD "\",\"code\":\"%s\"}", code);
	return wire_ask(w, "POST", sessions, JSON, body);
}

static const unsigned char secret[TOTP_SECRET_SIZE + 1] = "12345678901234567890";

static void a_second_factor_is_asked_after_the_password_only(void **state)
{
	struct wire *w = *state;
	char code[9];

	assert_true(totp_set(w->t->db, T_CAISSE, T_AGENT, secret, &w->t->err));
	wire_ask(w, "POST", sessions, JSON,
		 "{\"user\":\"alefevre\",\"password\":\"mauvais\"}");
	wire_refused(w, 401, "login.refused");
	wire_ask(w, "POST", sessions, JSON, RIGHT);
	wire_refused(w, 401, "second.factor");
	assert_true(totp_code(secret, TOTP_SECRET_SIZE,
			      clock_now_ms() / TOTP_STEP_MS, 6, code));
	assert_int_equal(sign_in_with(w, code), 201);
	sign_in_with(w, code);
	wire_refused(w, 401, "code.refused");
}

/* To be asked for the code again and again does not make the wrong ones forgotten. */
static void ten_wrong_codes_lock_the_account(void **state)
{
	struct wire *w = *state;

	assert_true(totp_set(w->t->db, T_CAISSE, T_AGENT, secret, &w->t->err));
	for (int i = 0; i < FAILURES_MOST; i++) {
		assert_int_equal(sign_in_with(w, "1234567"), 401);
		wire_refused(w, 401, "code.refused");
		wire_ask(w, "POST", sessions, JSON, RIGHT);
	}
	wire_refused(w, 429, "login.locked");
}

int __real_crypto_pwhash(unsigned char *out, unsigned long long out_size,
	const char *password, unsigned long long size, const unsigned char *salt,
	unsigned long long passes, size_t memory, int algorithm);
int __wrap_crypto_pwhash(unsigned char *out, unsigned long long out_size,
	const char *password, unsigned long long size, const unsigned char *salt,
	unsigned long long passes, size_t memory, int algorithm);

static atomic_bool no_memory;

int __wrap_crypto_pwhash(unsigned char *out, unsigned long long out_size,
	const char *password, unsigned long long size, const unsigned char *salt,
	unsigned long long passes, size_t memory, int algorithm)
{
	return atomic_load(&no_memory) ? -1 : __real_crypto_pwhash(out, out_size,
		password, size, salt, passes, memory, algorithm);
}

static void a_password_that_cannot_be_checked_is_not_a_bad_one(void **state)
{
	struct wire *w = *state;

	atomic_store(&no_memory, true);
	for (int i = 0; i < FAILURES_MOST + 1; i++) {
		wire_ask(w, "POST", sessions, JSON, RIGHT);
		wire_refused(w, 503, "memory.short");
	}
	atomic_store(&no_memory, false);
	assert_int_equal(wire_ask(w, "POST", sessions, JSON, RIGHT), 201);
}

#define T(name) cmocka_unit_test_setup_teardown(name, wire_setup, wire_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(signing_in_opens_and_signing_out_ends_a_session),
		T(an_unknown_login_gets_the_answer_of_a_bad_password),
		T(after_ten_bad_passwords_the_right_one_waits),
		T(after_ten_names_the_workstation_waits),
		T(a_token_carried_to_another_desk_says_nothing),
		T(a_session_that_asks_too_much_waits),
		T(tries_at_once_are_no_more_than_ten_either),
		T(a_second_factor_is_asked_after_the_password_only),
		T(ten_wrong_codes_lock_the_account),
		T(a_password_that_cannot_be_checked_is_not_a_bad_one),
	};

	return cmocka_run_group_tests_name("sign_in", tests, NULL, NULL);
}
