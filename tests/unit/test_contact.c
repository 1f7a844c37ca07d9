/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend_fixture.h"

#include "handlers/handlers.h"
#include "handlers/people.h"

#include <stdio.h>
#include <string.h>

static const struct fixture_person person = {
	101, 101, KIN_INSURED, 19850314, "2850338185123", "Dupont", NULL, "Éléonore",
};

static int setup(void **state)
{
	fixture_setup(state);
	fixture_person(*state, T_CAISSE, &person);
	return 0;
}

static const struct contact *shown(struct fixture *t)
{
	return rows_at(&t->out, 0);
}

static bool create(struct fixture *t, int64_t file_id, int channel)
{
	struct contact_new from = {
		.channel = channel, .reason = -1, .motive = -1,
	};

	id_format(file_id, from.insured_id);
	return fixture_call(t, &api_contact_create, contact_create, NULL, &from);
}

/* A contact on the file, by that channel; its key for the next calls. */
static struct contact_key opened(struct fixture *t, int channel)
{
	struct contact_key key;

	assert_true(create(t, 101, channel));
	snprintf(key.contact_id, sizeof(key.contact_id), "%s", shown(t)->id);
	return key;
}

static bool get(struct fixture *t, const struct contact_key *key)
{
	return fixture_call(t, &api_contact_get, contact_get, key, NULL);
}

static bool prove(struct fixture *t, const struct contact_key *key,
		  const struct proof_new *said)
{
	return fixture_call(t, &api_contact_prove, contact_prove, key, said);
}

static const struct proof *proof_of(struct fixture *t)
{
	return rows_at(&t->out, 0);
}

static const struct contact_end ending = {
	.reason = CONTACT_PAYMENTS, .outcome = OUTCOME_ANSWERED,
	.advised = CHANNEL_ONLINE, .note = "Rappelé l'appli",
};

static bool close_it(struct fixture *t, const struct contact_key *key)
{
	return fixture_call(t, &api_contact_close, contact_close, key, &ending);
}

static void a_contact_opens_by_the_channel_of_the_session(void **state)
{
	struct fixture *t = *state;

	assert_true(create(t, 101, -1));
	assert_int_equal(shown(t)->channel, CHANNEL_COUNTER);
	assert_int_equal(shown(t)->tier, TIER_NONE);
	assert_int_equal(shown(t)->proof, -1);
	assert_int_equal(shown(t)->outcome, -1);
	assert_int_equal(shown(t)->reason, -1);
	assert_string_equal(shown(t)->agent, "alefevre");
	assert_int_equal(shown(t)->opened_at, t->req.now_ms);
	assert_int_equal(t->req.version, 1);
	assert_int_equal(t->req.file_id, 101);
	assert_memory_equal(t->req.location, "/v1/contacts/", 13);
	assert_string_equal(t->req.location + 13, shown(t)->id);
	assert_true(create(t, 101, CHANNEL_PHONE));
	assert_int_equal(shown(t)->channel, CHANNEL_PHONE);
}

static void a_contact_needs_a_file_of_the_caisse(void **state)
{
	static const struct fixture_person elsewhere = {
		.id = 777, .file_id = 777, .name = "Durand",
	};
	struct fixture *t = *state;

	fixture_person(t, T_OTHER_CAISSE, &elsewhere);
	assert_false(create(t, 777, -1));
	fixture_refused(t, 404, "not.found");
	assert_false(create(t, 5, -1));
	fixture_refused(t, 404, "not.found");
}

static void a_contact_is_its_agent_s_and_the_supervisor_s(void **state)
{
	struct fixture *t = *state;
	struct contact_key key = opened(t, -1);

	t->req.agent_id = 12;
	assert_false(get(t, &key));
	fixture_refused(t, 404, "not.found");
	t->req.role = ROLE_SUPERVISOR;
	assert_true(get(t, &key));
}

static void a_change_keeps_what_it_does_not_say(void **state)
{
	struct fixture *t = *state;
	struct contact_key key = opened(t, -1);
	struct contact_change change = { .reason = -1, .reference = "A123" };

	t->req.if_match = 1;
	assert_true(fixture_call(t, &api_contact_update, contact_update, &key,
				 &change));
	assert_string_equal(shown(t)->reference, "A123");
	assert_int_equal(t->req.version, 2);
	change = (struct contact_change){ .reason = CONTACT_RIGHTS };
	assert_false(fixture_call(t, &api_contact_update, contact_update, &key,
				  &change));
	assert_int_equal(t->err.status, 412);
	t->req.if_match = 2;
	assert_true(fixture_call(t, &api_contact_update, contact_update, &key,
				 &change));
	assert_string_equal(shown(t)->reference, "A123");
	assert_int_equal(shown(t)->reason, CONTACT_RIGHTS);
}

static void a_closed_contact_takes_nothing_more(void **state)
{
	struct fixture *t = *state;
	struct contact_key key = opened(t, -1);
	struct contact_change change = { .reason = CONTACT_OTHER };
	struct proof_new said = { .kind = PROOF_DOCUMENT };

	assert_true(close_it(t, &key));
	assert_int_equal(shown(t)->outcome, OUTCOME_ANSWERED);
	assert_int_equal(shown(t)->advised, CHANNEL_ONLINE);
	assert_string_equal(shown(t)->note, "Rappelé l'appli");
	assert_int_equal(shown(t)->closed_at, t->req.now_ms);
	assert_false(close_it(t, &key));
	fixture_refused(t, 409, "contact.closed");
	t->req.if_match = 2;
	assert_false(fixture_call(t, &api_contact_update, contact_update, &key,
				  &change));
	fixture_refused(t, 409, "contact.closed");
	assert_false(prove(t, &key, &said));
	fixture_refused(t, 409, "contact.closed");
}

static const struct {
	struct proof_new said;
	int channel;
	bool match;
	int tier;
} proofs[] = {
	{ { .kind = PROOF_SIMPLE, .document = -1, .birth = { 1985, 3, 14 },
	    .postcode = "38000" }, CHANNEL_PHONE, true, TIER_SIMPLE },
	{ { .kind = PROOF_SIMPLE, .document = -1, .birth = { 1985, 3, 14 },
	    .phone = "+33639980042" }, CHANNEL_PHONE, true, TIER_SIMPLE },
	{ { .kind = PROOF_SIMPLE, .document = -1, .birth = { 1985, 3, 15 },
	    .postcode = "38000" }, CHANNEL_PHONE, false, TIER_NONE },
	{ { .kind = PROOF_SIMPLE, .document = -1, .birth = { 1985, 3, 14 },
	    .postcode = "38100" }, CHANNEL_PHONE, false, TIER_NONE },
	{ { .kind = PROOF_SIMPLE, .document = -1, .birth = { 1985, 3, 14 },
	    .postcode = "38000", .phone = "0639980043" }, CHANNEL_PHONE, false,
	  TIER_NONE },
	{ { .kind = PROOF_DOCUMENT, .document = DOCUMENT_PASSPORT },
	  CHANNEL_COUNTER, true, TIER_STRONG },
	{ { .kind = PROOF_VITALE, .document = -1, .serial = "0123456789" },
	  CHANNEL_PHONE, true, TIER_STRONG },
	{ { .kind = PROOF_VITALE, .document = -1, .serial = "0123456788" },
	  CHANNEL_PHONE, false, TIER_NONE },
};

static void a_proof_matches_or_not_and_sets_the_tier(void **state)
{
	struct fixture *t = *state;

	for (size_t i = 0; i < N_ROWS(proofs); i++) {
		struct contact_key key = opened(t, proofs[i].channel);

		assert_true(prove(t, &key, &proofs[i].said));
		assert_int_equal(proof_of(t)->match, proofs[i].match);
		assert_int_equal(proof_of(t)->tier, proofs[i].tier);
		assert_int_equal(proof_of(t)->tries_left, proofs[i].match ? 3 : 2);
		assert_true(get(t, &key));
		assert_int_equal(shown(t)->tier, proofs[i].tier);
		assert_int_equal(shown(t)->proof, proofs[i].match ?
				 proofs[i].said.kind : -1);
	}
}

static void what_is_no_proof_is_refused(void **state)
{
	static const struct {
		struct proof_new said;
		int channel;
		const char *word, *field;
	} rows[] = {
		{ { .kind = PROOF_DOCUMENT, .document = DOCUMENT_ID_CARD },
		  CHANNEL_PHONE, "proof.channel", "" },
		{ { .kind = PROOF_DOCUMENT, .document = -1 }, CHANNEL_COUNTER,
		  "proof.incomplete", "document" },
		{ { .kind = PROOF_SIMPLE, .birth = { 1985, 3, 14 } },
		  CHANNEL_PHONE, "proof.incomplete", "postcode" },
		{ { .kind = PROOF_SIMPLE, .postcode = "38000" }, CHANNEL_PHONE,
		  "proof.incomplete", "birth" },
		{ { .kind = PROOF_VITALE }, CHANNEL_PHONE, "proof.incomplete",
		  "serial" },
	};
	struct fixture *t = *state;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct contact_key key = opened(t, rows[i].channel);

		assert_false(prove(t, &key, &rows[i].said));
		fixture_refused(t, 422, rows[i].word);
		assert_string_equal(t->err.field, rows[i].field);
	}
}

static void three_failures_lock_that_proof_alone(void **state)
{
	struct fixture *t = *state;
	struct contact_key key = opened(t, CHANNEL_PHONE);
	struct proof_new said = { .kind = PROOF_VITALE, .serial = "1" };

	for (int left = 2; left >= 0; left--) {
		assert_true(prove(t, &key, &said));
		assert_int_equal(proof_of(t)->tries_left, left);
	}
	snprintf(said.serial, sizeof(said.serial), "0123456789");
	assert_false(prove(t, &key, &said));
	fixture_refused(t, 409, "proof.locked");
	assert_true(prove(t, &key, &proofs[0].said));
	assert_true(proof_of(t)->match);
	assert_int_equal(proof_of(t)->tries_left, 3);
}

static void a_weaker_proof_never_lowers_the_tier(void **state)
{
	struct fixture *t = *state;
	struct contact_key key = opened(t, CHANNEL_COUNTER);

	assert_true(prove(t, &key, &proofs[5].said));
	assert_true(prove(t, &key, &proofs[0].said));
	assert_int_equal(proof_of(t)->tier, TIER_STRONG);
	assert_true(get(t, &key));
	assert_int_equal(shown(t)->proof, PROOF_DOCUMENT);
}

static void a_phone_number_is_the_same_however_it_is_written(void **state)
{
	static const struct {
		const char *text, *digits;
	} rows[] = {
		{ "0639980042", "0639980042" }, { "06 39.98-00 42", "0639980042" },
		{ "+33639980042", "0639980042" }, { "+33 (0)6 39 98 00 42", "0639980042" },
		{ "0033639980042", "0639980042" }, { "+262692000017", "0692000017" },
		{ "00590690000017", "0690000017" }, { "+41220000017", "41220000017" },
		{ "", "" },
	};
	char digits[20];

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		people_phone(rows[i].text, digits);
		assert_string_equal(digits, rows[i].digits);
	}
}

/* What the daemon has traced of one call. */
static void traced(struct fixture *t, const struct contact_key *key, int64_t seq,
		   int64_t at, const char *operation, int64_t status)
{
	struct db_blob hash = { "", 0 };

	assert_true(db_run(t->db, &t->err, NULL,
		"INSERT INTO audit (caisse, seq, at, agent_id, office_id, contact_id,"
		" operation, file_id, object, status, trace, hash)"
		" VALUES (1381, $1, $2, 11, 21, $3, $4, 101, '', $5, '', $6)",
		"iiitib", seq, at, id_parse(key->contact_id), operation, status,
		&hash));
}

static void how_to_close_is_proposed_from_what_was_done(void **state)
{
	static const struct {
		const char *operation;
		int64_t status;
		int reason, outcome;
	} steps[] = {
		{ "payment.list", 200, CONTACT_PAYMENTS, OUTCOME_ANSWERED },
		{ "right.list", 200, CONTACT_RIGHTS, OUTCOME_ANSWERED },
		{ "payment.list", 200, CONTACT_RIGHTS, OUTCOME_ANSWERED },
		{ "ehic.create", 409, CONTACT_RIGHTS, OUTCOME_ANSWERED },
		{ "ehic.create", 201, CONTACT_EHIC, OUTCOME_LODGED },
		{ "card.list", 200, CONTACT_EHIC, OUTCOME_LODGED },
		{ "appointment.create", 201, CONTACT_APPOINTMENT, OUTCOME_BOOKED },
	};
	struct fixture *t = *state;
	struct contact_key before = opened(t, -1);
	struct contact_key key;

	traced(t, &before, 1, t->req.now_ms - 1, "vitale.create", 201);
	traced(t, &before, 2, t->req.now_ms, "vitale.create", 201);
	key = opened(t, -1);
	assert_true(get(t, &key));
	assert_int_equal(shown(t)->suggested_reason, -1);
	assert_int_equal(shown(t)->suggested_outcome, OUTCOME_ANSWERED);
	for (size_t i = 0; i < N_ROWS(steps); i++) {
		traced(t, &key, 10 + (int64_t)i, t->req.now_ms + (int64_t)i,
		       steps[i].operation, steps[i].status);
		assert_true(get(t, &key));
		assert_int_equal(shown(t)->suggested_reason, steps[i].reason);
		assert_int_equal(shown(t)->suggested_outcome, steps[i].outcome);
	}
}

static void a_person_who_proved_nothing_is_proposed_as_such(void **state)
{
	struct fixture *t = *state;
	struct contact_key key = opened(t, CHANNEL_PHONE);

	assert_true(prove(t, &key, &proofs[2].said));
	assert_true(get(t, &key));
	assert_int_equal(shown(t)->suggested_outcome, OUTCOME_REFUSED_PROOF);
}

#define ON_FILE(test) cmocka_unit_test_setup_teardown(test, setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_FILE(a_contact_opens_by_the_channel_of_the_session),
		ON_FILE(a_contact_needs_a_file_of_the_caisse),
		ON_FILE(a_contact_is_its_agent_s_and_the_supervisor_s),
		ON_FILE(a_change_keeps_what_it_does_not_say),
		ON_FILE(a_closed_contact_takes_nothing_more),
		ON_FILE(a_proof_matches_or_not_and_sets_the_tier),
		ON_FILE(what_is_no_proof_is_refused),
		ON_FILE(three_failures_lock_that_proof_alone),
		ON_FILE(a_weaker_proof_never_lowers_the_tier),
		cmocka_unit_test(a_phone_number_is_the_same_however_it_is_written),
		ON_FILE(how_to_close_is_proposed_from_what_was_done),
		ON_FILE(a_person_who_proved_nothing_is_proposed_as_such),
	};

	return cmocka_run_group_tests_name("contact", tests, NULL, NULL);
}
