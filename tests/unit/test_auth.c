/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend_fixture.h"

#include "auth.h"
#include "lockout.h"
#include "station.h"

#include <string.h>
#include <sys/socket.h>

#define DAY INT64_C(86400000)

static int64_t retry_at(struct fixture *t, const char *login)
{
	unsigned char key[LOCKOUT_KEY_SIZE];
	int64_t at = -1;

	lockout_login(login, key);
	assert_true(lockout_until(t->db, key, &at, &t->err));
	return at;
}

static void refuse(struct fixture *t, const char *login, int times, int64_t at)
{
	unsigned char key[LOCKOUT_KEY_SIZE];

	lockout_login(login, key);
	for (int i = 0; i < times; i++)
		assert_true(lockout_count(t->db, key, at + i, &t->err));
}

static void the_tenth_bad_password_locks_for_a_quarter_of_an_hour(void **state)
{
	struct fixture *t = *state;
	int64_t now = t->req.now_ms;

	refuse(t, "alefevre", 9, now);
	assert_int_equal(retry_at(t, "alefevre"), 0);
	refuse(t, "alefevre", 1, now + 9);
	assert_int_equal(retry_at(t, "alefevre"), now + 9 + 900000);
	assert_int_equal(retry_at(t, "bnoel"), 0);
}

static void a_login_that_does_not_exist_is_locked_as_well(void **state)
{
	struct fixture *t = *state;

	refuse(t, "nobody", 10, t->req.now_ms);
	assert_true(retry_at(t, "nobody") > t->req.now_ms);
}

static void a_right_password_forgives_the_bad_ones(void **state)
{
	struct fixture *t = *state;
	unsigned char key[LOCKOUT_KEY_SIZE];

	lockout_login("alefevre", key);
	refuse(t, "alefevre", 9, t->req.now_ms);
	assert_true(lockout_forgive(t->db, key, &t->err));
	refuse(t, "alefevre", 9, t->req.now_ms);
	assert_int_equal(retry_at(t, "alefevre"), 0);
}

/* Never for good: after the quarter of an hour there are ten tries again. */
static void a_lock_ends_and_starts_the_count_again(void **state)
{
	struct fixture *t = *state;
	int64_t now = t->req.now_ms, after;

	refuse(t, "alefevre", 10, now);
	after = retry_at(t, "alefevre");
	assert_true(after <= now + 9 + 900000);
	refuse(t, "alefevre", 9, after);
	assert_int_equal(retry_at(t, "alefevre"), 0);
	refuse(t, "alefevre", 1, after + 9);
	assert_true(retry_at(t, "alefevre") > after);
}

static void bad_passwords_of_another_day_do_not_count(void **state)
{
	struct fixture *t = *state;

	refuse(t, "alefevre", 9, t->req.now_ms);
	refuse(t, "alefevre", 1, t->req.now_ms + DAY);
	assert_int_equal(retry_at(t, "alefevre"), 0);
}

static void open_session(struct fixture *t, int64_t seen_at, int64_t expires_at)
{
	struct db_blob token = { t->req.token, TOKEN_HASH_SIZE };
	struct db_blob station = { t->req.station, STATION_SIZE };

	memset(t->req.token, 7, TOKEN_HASH_SIZE);
	station_print(NULL, 0, AF_UNIX, "3", t->req.station);
	assert_true(db_run(t->db, &t->err, NULL, "INSERT INTO session (token, "
		"caisse, agent_id, office_id, channel, desk, created_at, seen_at, "
		"expires_at, station) VALUES ($1, $2, $3, 21, 1, '3', 0, $4, $5, $6)",
		"biiiib", &token, (int64_t)T_CAISSE, (int64_t)T_AGENT, seen_at,
		expires_at, &station));
}

static bool load(struct fixture *t, struct req *req)
{
	int64_t seen_at;

	*req = (struct req){ .db = t->db, .now_ms = t->req.now_ms,
		.steady_ms = t->req.now_ms };
	memcpy(req->token, t->req.token, sizeof(req->token));
	memcpy(req->station, t->req.station, sizeof(req->station));
	err_clear(&t->err);
	return session_load(req, 900, &seen_at, &t->err);
}

static void a_session_tells_who_asks_and_where(void **state)
{
	struct fixture *t = *state;
	struct req req;

	open_session(t, t->req.now_ms, t->req.now_ms + DAY);
	assert_true(load(t, &req));
	assert_int_equal(req.caisse, T_CAISSE);
	assert_int_equal(req.agent_id, T_AGENT);
	assert_string_equal(req.agent_name, "A. Lefèvre");
	assert_string_equal(req.department, "38");
	assert_int_equal(req.zone, ZONE_PARIS);
	assert_int_equal(req.today.day, 21);
}

static const struct { int64_t seen, expires; bool lives; } sessions[] = {
	{ 0, 1, true },
	{ -899999, 1, true },
	{ -900000, 1, false },          /* idle for 15 minutes */
	{ 0, 0, false },                /* ten hours are over */
};

static void a_session_ends_idle_or_old(void **state)
{
	struct fixture *t = *state;
	struct req req;

	for (size_t i = 0; i < N_ROWS(sessions); i++) {
		assert_true(db_run(t->db, &t->err, NULL, "DELETE FROM session", ""));
		open_session(t, t->req.now_ms + sessions[i].seen,
			     t->req.now_ms + sessions[i].expires);
		assert_int_equal(load(t, &req), sessions[i].lives);
		if (!sessions[i].lives)
			fixture_refused(t, 401, "token.invalid");
	}
}

static const struct { const char *certificate, *desk; int family; } stations[] = {
	{ "", "3", AF_UNIX }, { "", "4", AF_UNIX }, { "", NULL, AF_UNIX },
	{ "", "3", AF_INET }, { "one", "3", AF_INET }, { "two", "3", AF_INET },
	{ "3", NULL, AF_UNIX },
};

static void print(size_t i, unsigned char out[STATION_SIZE])
{
	station_print(stations[i].certificate, strlen(stations[i].certificate),
		      stations[i].family, stations[i].desk, out);
}

static void a_session_is_of_the_workstation_that_opened_it(void **state)
{
	struct fixture *t = *state;
	struct req req;

	open_session(t, t->req.now_ms, t->req.now_ms + DAY);
	for (size_t i = 0; i < N_ROWS(stations); i++) {
		print(i, t->req.station);
		assert_int_equal(load(t, &req), i == 0);
		if (i > 0)
			fixture_refused(t, 401, "token.invalid");
	}
}

/* With a certificate the desk is only said, and the same one may move. */
static void no_two_workstations_have_one_print(void **state)
{
	unsigned char one[STATION_SIZE], two[STATION_SIZE];

	(void)state;
	for (size_t i = 0; i < N_ROWS(stations); i++)
		for (size_t k = 0; k < i; k++) {
			print(i, one);
			print(k, two);
			assert_memory_not_equal(one, two, STATION_SIZE);
		}
	station_print("one", 3, AF_INET, "3", one);
	station_print("one", 3, AF_INET, "4", two);
	assert_memory_equal(one, two, STATION_SIZE);
}

static void another_token_leaves_the_one_before_dead(void **state)
{
	struct fixture *t = *state;
	unsigned char old[TOKEN_HASH_SIZE];
	char token[TOKEN_TEXT];
	struct req req;

	open_session(t, t->req.now_ms, t->req.now_ms + DAY);
	memcpy(old, t->req.token, sizeof(old));
	assert_true(session_rotate(&t->req, token, &t->err));
	assert_true(load(t, &req));
	memcpy(t->req.token, old, sizeof(old));
	assert_false(load(t, &req));
	fixture_refused(t, 401, "token.invalid");
	assert_false(session_rotate(&t->req, token, &t->err));
	fixture_refused(t, 401, "token.invalid");
}

static void a_locked_account_has_no_session_any_more(void **state)
{
	struct fixture *t = *state;
	struct req req;

	open_session(t, t->req.now_ms, t->req.now_ms + DAY);
	assert_true(db_run(t->db, &t->err, NULL,
			   "UPDATE agent SET locked = 1 WHERE id = 11", ""));
	assert_false(load(t, &req));
	fixture_refused(t, 401, "token.invalid");
}

static bool holds(const char *hash, const char *password)
{
	struct err err = { 0 };
	bool right;

	assert_true(password_check_hash(hash, password, &right, &err));
	return right;
}

static void a_password_is_not_in_its_hash_and_only_it_opens(void **state)
{
	char hash[PASSWORD_SIZE];
	struct err err = { 0 };

	(void)state;
	assert_true(password_hash("un mot de passe", hash, &err));
	assert_non_null(strstr(hash, "$argon2id$"));
	assert_non_null(strstr(hash, "m=65536,t=2"));
	assert_null(strstr(hash, "mot"));
	assert_true(holds(hash, "un mot de passe"));
	assert_false(holds(hash, "un mot de passé"));
	assert_false(holds("", "un mot de passe"));
}

static void what_is_no_hash_has_no_password(void **state)
{
#define HEAD "$argon2id$v=19$m=8,t=1,p=1$"
#define SALT "AAAAAAAAAAAAAAAAAAAAAA"
#define HASH "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	static const char *const hashes[] = {
		"", "$2b$10$", "$argon2id$v=19$m=8,t=1,p=2$" SALT "$" HASH,
		HEAD, HEAD "AAAA$" HASH, HEAD SALT "AAAA$" HASH,
		HEAD SALT "!" HASH, HEAD SALT "$AAAA", HEAD SALT "$" HASH "AAAA",
		HEAD SALT "$" HASH "!",
		/* one, but of no password that is given */
		HEAD SALT "$" HASH,
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(hashes); i++)
		assert_false(holds(hashes[i], "un mot de passe"));
}

static void two_tokens_are_never_the_same(void **state)
{
	char one[TOKEN_TEXT], two[TOKEN_TEXT];
	unsigned char hash_one[TOKEN_HASH_SIZE], hash_two[TOKEN_HASH_SIZE];

	(void)state;
	token_new(one, hash_one);
	token_new(two, hash_two);
	assert_int_equal(strlen(one), 43);
	assert_string_not_equal(one, two);
	assert_memory_not_equal(hash_one, hash_two, TOKEN_HASH_SIZE);
}

static const struct { int64_t agent, closed; int status; const char *word; }
contacts[] = {
	{ T_AGENT, 0, 0, NULL },
	{ T_AGENT, 5, 409, "contact.closed" },
	{ T_AGENT + 1, 0, 403, "contact.needed" },
};

static void only_an_open_contact_of_one_s_own_counts(void **state)
{
	struct fixture *t = *state;

	for (size_t i = 0; i < N_ROWS(contacts); i++) {
		char id[ID_TEXT];

		id_format(100 + (int64_t)i, id);
		assert_true(db_run(t->db, &t->err, NULL, "INSERT INTO contact "
			"(caisse, id, file_id, agent_id, office_id, channel, "
			"reason, reference, tier, proof, document, tries, "
			"outcome, advised, note, opened_at, closed_at) "
			"VALUES (1381, $1, 55, $2, 21, 0, -1, '', 1, -1, -1, 0, "
			"-1, -1, '', 1, $3)", "iii", 100 + (int64_t)i,
			contacts[i].agent, contacts[i].closed));
		memset(&t->req.contact, 0, sizeof(t->req.contact));
		err_clear(&t->err);
		assert_int_equal(contact_load(&t->req, id, &t->err),
				 contacts[i].status == 0);
		if (contacts[i].status)
			fixture_refused(t, contacts[i].status, contacts[i].word);
		else
			assert_int_equal(t->req.contact.file_id, 55);
	}
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, \
						fixture_teardown)

static void the_key_of_drafts_is_of_one_agent_and_always_the_same(void **state)
{
	char first[TOKEN_TEXT], again[TOKEN_TEXT], other[TOKEN_TEXT];
	struct fixture *f = *state;
	struct err err = { 0 };

	assert_true(draft_key_of(f->db, 1381, 7, first, &err));
	assert_true(draft_key_of(f->db, 1381, 7, again, &err));
	assert_string_equal(first, again);
	assert_int_equal(strlen(first), 43);
	assert_true(draft_key_of(f->db, 1381, 8, other, &err));
	assert_string_not_equal(first, other);
	assert_true(draft_key_of(f->db, 1382, 7, other, &err));
	assert_string_not_equal(first, other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_tenth_bad_password_locks_for_a_quarter_of_an_hour),
		T(a_login_that_does_not_exist_is_locked_as_well),
		T(a_right_password_forgives_the_bad_ones),
		T(a_lock_ends_and_starts_the_count_again),
		T(bad_passwords_of_another_day_do_not_count),
		T(a_session_tells_who_asks_and_where),
		T(a_session_ends_idle_or_old),
		T(a_session_is_of_the_workstation_that_opened_it),
		cmocka_unit_test(no_two_workstations_have_one_print),
		T(another_token_leaves_the_one_before_dead),
		T(a_locked_account_has_no_session_any_more),
		cmocka_unit_test(a_password_is_not_in_its_hash_and_only_it_opens),
		cmocka_unit_test(what_is_no_hash_has_no_password),
		cmocka_unit_test(two_tokens_are_never_the_same),
		T(the_key_of_drafts_is_of_one_agent_and_always_the_same),
		T(only_an_open_contact_of_one_s_own_counts),
	};

	return cmocka_run_group_tests_name("auth", tests, NULL, NULL);
}
