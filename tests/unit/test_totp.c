/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second factor. */
#include "backend_fixture.h"

#include "totp.h"

#include <string.h>

static const unsigned char secret[TOTP_SECRET_SIZE + 1] = "12345678901234567890";

/* RFC 6238 appendix B, the rows of SHA-1. */
static const struct { int64_t time_s; const char *code; } vectors[] = {
	{ 59, "94287082" }, { 1111111109, "07081804" },
	{ 1111111111, "14050471" }, { 1234567890, "89005924" },
	{ 2000000000, "69279037" }, { INT64_C(20000000000), "65353130" },
};

/* RFC 4226 appendix D. */
static const char *const counters[] = {
	"755224", "287082", "359152", "969429", "338314", "254676", "287922",
	"162583", "399871", "520489",
};

static void the_codes_are_those_of_the_rfcs(void **state)
{
	char code[9];

	(void)state;
	for (size_t i = 0; i < N_ROWS(vectors); i++) {
		assert_true(totp_code(secret, TOTP_SECRET_SIZE,
				      vectors[i].time_s / 30, 8, code));
		assert_string_equal(code, vectors[i].code);
	}
	for (size_t i = 0; i < N_ROWS(counters); i++) {
		assert_true(totp_code(secret, TOTP_SECRET_SIZE, (int64_t)i, 6, code));
		assert_string_equal(code, counters[i]);
	}
}

static enum totp_result check(struct fixture *t, int64_t at_ms, const char *code)
{
	enum totp_result result;

	assert_true(totp_check(t->db, T_CAISSE, T_AGENT, code, at_ms, &result,
			       &t->err));
	return result;
}

static const char *code_at(int64_t at_ms)
{
	static char code[9];

	assert_true(totp_code(secret, TOTP_SECRET_SIZE, at_ms / TOTP_STEP_MS, 6, code));
	return code;
}

static void who_has_none_is_not_asked(void **state)
{
	struct fixture *t = *state;

	assert_int_equal(check(t, t->req.now_ms, ""), TOTP_NONE);
	assert_int_equal(check(t, t->req.now_ms, "123456"), TOTP_NONE);
	assert_true(totp_set(t->db, T_CAISSE, T_AGENT + 1, secret, &t->err));
	assert_int_equal(check(t, t->req.now_ms, ""), TOTP_NONE);
}

static const struct { int64_t late_ms; enum totp_result result; } windows[] = {
	{ -2 * TOTP_STEP_MS, TOTP_WRONG }, { -TOTP_STEP_MS, TOTP_RIGHT },
	{ 0, TOTP_RIGHT }, { TOTP_STEP_MS, TOTP_RIGHT },
	{ 2 * TOTP_STEP_MS, TOTP_WRONG },
};

static void one_step_early_or_late_is_allowed(void **state)
{
	struct fixture *t = *state;

	for (size_t i = 0; i < N_ROWS(windows); i++) {
		assert_true(totp_set(t->db, T_CAISSE, T_AGENT, secret, &t->err));
		assert_int_equal(check(t, t->req.now_ms + windows[i].late_ms,
				       code_at(t->req.now_ms)), windows[i].result);
	}
}

static void no_code_is_taken_twice_nor_after_a_later_one(void **state)
{
	struct fixture *t = *state;
	int64_t now = t->req.now_ms;

	assert_true(totp_set(t->db, T_CAISSE, T_AGENT, secret, &t->err));
	assert_int_equal(check(t, now, code_at(now)), TOTP_RIGHT);
	assert_int_equal(check(t, now, code_at(now)), TOTP_WRONG);
	assert_int_equal(check(t, now, code_at(now - TOTP_STEP_MS)), TOTP_WRONG);
	assert_int_equal(check(t, now, code_at(now + TOTP_STEP_MS)), TOTP_RIGHT);
	assert_int_equal(check(t, now, code_at(now)), TOTP_WRONG);
	/* A new secret begins anew. */
	assert_true(totp_set(t->db, T_CAISSE, T_AGENT, secret, &t->err));
	assert_int_equal(check(t, now, code_at(now)), TOTP_RIGHT);
}

static const char *const bad_codes[] = {
	"000000", "12345", "1234567", "12345678", " 123456", "768162 ",
};

static void what_is_no_code_is_wrong(void **state)
{
	struct fixture *t = *state;

	assert_true(totp_set(t->db, T_CAISSE, T_AGENT, secret, &t->err));
	assert_int_equal(check(t, t->req.now_ms, ""), TOTP_ASKED);
	for (size_t i = 0; i < N_ROWS(bad_codes); i++)
		assert_int_equal(check(t, t->req.now_ms, bad_codes[i]), TOTP_WRONG);
}

static void the_address_is_what_telephones_take(void **state)
{
	char uri[TOTP_URI_SIZE];

	(void)state;
	totp_uri("a.lefevre", secret, uri);
	assert_string_equal(uri, "otpauth://totp/guichet:a.lefevre?secret="
		"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=guichet&algorithm=SHA1"
		"&digits=6&period=30");
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, \
						fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_codes_are_those_of_the_rfcs),
		T(who_has_none_is_not_asked),
		T(one_step_early_or_late_is_allowed),
		T(no_code_is_taken_twice_nor_after_a_later_one),
		T(what_is_no_code_is_wrong),
		cmocka_unit_test(the_address_is_what_telephones_take),
	};

	return cmocka_run_group_tests_name("totp", tests, NULL, NULL);
}
