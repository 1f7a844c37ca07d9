/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access_fixture.h"

#include "access.h"
#include "audit.h"
#include "auth.h"
#include "handlers/handlers.h"

#include <stdio.h>
#include <string.h>

static const struct contact *contact(struct fixture *t)
{
	return rows_at(&t->out, 0);
}

static const struct access *access_told(struct fixture *t)
{
	return rows_at(&t->out, 0);
}

static void a_file_is_opened_for_a_motive_that_has_a_number(void **state)
{
	static const struct {
		int channel, motive;
		const char *given, *reference;
		int told;
	} rows[] = {
		{ CHANNEL_COUNTER, -1, "", "VISITE-26-000001", MOTIVE_VISIT },
		{ CHANNEL_VIDEO, -1, "", "VISITE-26-000002", MOTIVE_VISIT },
		{ CHANNEL_PHONE, -1, "", "APPEL-26-000001", MOTIVE_CALL },
		{ CHANNEL_PHONE, -1, "CTI-88", "CTI-88", MOTIVE_CALL },
		{ CHANNEL_MAIL, -1, "C-12/26", "C-12/26", MOTIVE_MAIL },
		{ CHANNEL_COUNTER, MOTIVE_TASK, "T7", "T7", MOTIVE_TASK },
		{ CHANNEL_MAIL, -1, "", NULL, 0 },
		{ CHANNEL_ONLINE, -1, "", NULL, 0 },
		{ CHANNEL_COUNTER, MOTIVE_TASK, "", NULL, 0 },
	};
	struct fixture *t = *state;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct contact_new from = { .channel = rows[i].channel,
			.reason = -1, .motive = rows[i].motive };

		id_format(T_FILE, from.insured_id);
		snprintf(from.reference, sizeof(from.reference), "%s",
			 rows[i].given);
		if (!rows[i].reference) {
			assert_false(fixture_call(t, &api_contact_create,
						  contact_create, NULL, &from));
			fixture_refused(t, 422, "reference.needed");
			assert_string_equal(t->err.field, "reference");
			continue;
		}
		assert_true(fixture_call(t, &api_contact_create, contact_create,
					 NULL, &from));
		assert_string_equal(contact(t)->reference, rows[i].reference);
		assert_int_equal(contact(t)->motive, rows[i].told);
	}
}

static void a_sentence_is_no_reference(void **state)
{
	static const struct { const char *json; bool taken; } rows[] = {
		{ "T-4711", true }, { "2026/118", true }, { "42", true },
		{ "curiosite", false }, { "le 12 mars", false },
		{ "T 4711", false }, { "T\u00e94711", false }, { "-", false },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct contact_new value;
		struct codec_fault faults[4];
		size_t count = 0;
		char json[160];
		struct err err = { 0 };

		snprintf(json, sizeof(json), "{\"insured_id\":\"0D9G4TBX0C5ZN\","
			 "\"reference\":\"%s\"}", rows[i].json);
		assert_int_equal(codec_decode(&contact_new_codec, CODEC_REQUEST,
			json, strlen(json), &value, faults, 4, &count, &err),
			rows[i].taken);
		if (!rows[i].taken)
			assert_string_equal(faults[0].pointer, "#/reference");
	}
}

static void ones_own_file_is_refused_whoever_one_is_in_it(void **state)
{
	struct fixture *t = *state;

	assert_false(access_open(t, T_OWN));
	fixture_refused(t, 403, "file.own");
	access_become(t, T_COLLEAGUE, ROLE_COUNTER);
	assert_true(access_open(t, T_OWN));
}

static void a_sensitive_file_opens_to_who_was_let_in_for_half_an_hour(void **state)
{
	struct fixture *t = *state;

	assert_false(access_open(t, T_SENSITIVE));
	fixture_refused(t, 403, "file.sensitive");
	access_become(t, T_SUPERVISOR, ROLE_SUPERVISOR);
	assert_false(access_open(t, T_SENSITIVE));
	fixture_refused(t, 403, "file.sensitive");
	assert_false(access_grant(t, T_SENSITIVE, "alefevre"));
	fixture_refused(t, 403, "reauth.needed");
	access_confirmed(t);
	assert_true(access_grant(t, T_SENSITIVE, "alefevre"));
	assert_string_equal(access_told(t)->agent, "alefevre");
	assert_int_equal(access_told(t)->until, t->req.now_ms + 30 * MINUTE_MS);
	/* once */
	assert_false(access_grant(t, T_SENSITIVE, "bnoel"));
	fixture_refused(t, 403, "reauth.needed");

	access_become(t, T_COLLEAGUE, ROLE_COUNTER);
	assert_false(access_open(t, T_SENSITIVE));
	fixture_refused(t, 403, "file.sensitive");
	access_become(t, T_AGENT, ROLE_COUNTER);
	assert_true(access_open(t, T_SENSITIVE));
	assert_int_equal(contact(t)->until, t->req.now_ms + 30 * MINUTE_MS);
	t->req.now_ms += 30 * MINUTE_MS;
	assert_false(access_open(t, T_SENSITIVE));
	fixture_refused(t, 403, "file.sensitive");
}

static void a_grant_is_for_a_sensitive_file_and_somebody_else(void **state)
{
	static const struct {
		int64_t file_id;
		const char *agent;
		int status;
		const char *word;
	} rows[] = {
		{ T_FILE, "alefevre", 409, "file.ordinary" },
		{ T_FOREIGN, "alefevre", 404, "not.found" },
		{ 999, "alefevre", 404, "not.found" },
		{ T_SENSITIVE, "fblanc", 422, "agent.unknown" },
		{ T_SENSITIVE, "nobody", 422, "agent.unknown" },
		{ T_OWN, "alefevre", 403, "file.own" },
	};
	struct fixture *t = *state;

	fixture_run(t, (const char *const[]){
		"UPDATE file SET sensitive = 1 WHERE id = 102", NULL });
	access_become(t, T_SUPERVISOR, ROLE_SUPERVISOR);
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		access_confirmed(t);
		assert_false(access_grant(t, rows[i].file_id, rows[i].agent));
		fixture_refused(t, rows[i].status, rows[i].word);
	}
	assert_int_equal(access_number(t, "SELECT count(*) FROM review"), 0);
}

static void the_password_given_again_is_forgotten_after_two_minutes(void **state)
{
	struct fixture *t = *state;

	access_confirmed(t);
	t->req.now_ms += 2 * MINUTE_MS;
	assert_false(access_confirm(&t->req, &t->err));
	fixture_refused(t, 403, "reauth.needed");
	t->req.now_ms -= 1;
	assert_true(access_confirm(&t->req, &t->err));
	assert_false(access_confirm(&t->req, &t->err));
}

static void break_glass_opens_a_file_of_another_caisse_to_be_read(void **state)
{
	struct fixture *t = *state;
	char id[ID_TEXT];

	assert_false(access_open(t, T_FOREIGN));
	fixture_refused(t, 404, "not.found");
	assert_false(access_glass(t, NIR_FOREIGN));
	fixture_refused(t, 403, "reauth.needed");
	access_confirmed(t);
	assert_true(access_glass(t, NIR_FOREIGN));
	assert_string_equal(access_told(t)->caisse, "01751");
	assert_int_equal(access_told(t)->until, t->req.now_ms + 30 * MINUTE_MS);
	assert_int_equal(t->req.file_caisse, T_OTHER_CAISSE);
	t->req.file_caisse = 0;

	assert_true(access_open(t, T_FOREIGN));
	assert_int_equal(contact(t)->perimeter, PERIMETER_BREAK_GLASS);
	memcpy(id, contact(t)->id, sizeof(id));
	assert_true(contact_load(&t->req, id, &t->err));
	assert_int_equal(t->req.contact.perimeter, PERIMETER_BREAK_GLASS);
	assert_true(access_enter(&t->req, &t->err));
	assert_int_equal(t->req.caisse, T_OTHER_CAISSE);
	assert_string_equal(t->req.caisse_name, "CPAM de Paris");
	assert_int_equal(t->req.home, T_CAISSE);

	t->req.now_ms += 30 * MINUTE_MS;
	assert_false(contact_load(&t->req, id, &t->err));
	fixture_refused(t, 403, "access.ended");
}

static void break_glass_tells_nothing_of_what_it_does_not_open(void **state)
{
	static const struct {
		const char *nir;
		int status;
		const char *word;
	} rows[] = {
		{ NIR_HERE, 409, "file.yours" },
		{ "1010101010101", 404, "not.found" },
		{ NIR_FOREIGN_SENSITIVE, 404, "not.found" },
		{ NIR_AGENT, 403, "file.own" },
	};
	struct fixture *t = *state;

	fixture_run(t, (const char *const[]){
		"UPDATE person SET nir = '1990175001001' WHERE id = 112",
		"DELETE FROM nir_key WHERE person_id = 112", NULL });
	fixture_person(t, T_OTHER_CAISSE, &(struct fixture_person){ 203, 203,
		KIN_INSURED, 19960323, NIR_AGENT, "Petit", NULL, "Hugo" });
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		access_confirmed(t);
		assert_false(access_glass(t, rows[i].nir));
		fixture_refused(t, rows[i].status, rows[i].word);
	}
	assert_int_equal(access_number(t, "SELECT count(*) FROM review"), 0);
}

static void a_number_is_not_guessed_by_break_glass(void **state)
{
	struct fixture *t = *state;
	struct audit_head head = { 0 };
	struct audit_row row = { .caisse = T_CAISSE, .agent_id = T_AGENT,
		.operation = "break_glass.create", .object = "", .trace = "",
		.status = 404 };

	row.at = t->req.now_ms - 10 * MINUTE_MS;
	for (int i = 0; i < 5; i++)
		assert_true(audit_append(t->db, &head, &row, &t->err));
	row.at++;
	for (int i = 0; i < 4; i++)
		assert_true(audit_append(t->db, &head, &row, &t->err));
	assert_false(access_glass(t, NIR_FOREIGN));
	fixture_refused(t, 403, "reauth.needed");
	assert_true(audit_append(t->db, &head, &row, &t->err));
	access_confirmed(t);
	assert_false(access_glass(t, NIR_FOREIGN));
	fixture_refused(t, 429, "access.limit");
	assert_int_equal(t->req.retry_s, 600);
}

static void a_request_of_a_closed_file_is_closed_too(void **state)
{
	struct fixture *t = *state;

	assert_true(access_file(&t->req, T_FILE, &t->err));
	assert_false(access_file(&t->req, T_OWN, &t->err));
	fixture_refused(t, 403, "file.own");
	err_clear(&t->err);
	assert_false(access_file(&t->req, T_SENSITIVE, &t->err));
	fixture_refused(t, 403, "file.sensitive");
	assert_int_equal(t->req.file_id, T_SENSITIVE);
	err_clear(&t->err);
	fixture_contact(t, T_SENSITIVE, TIER_NONE);
	assert_true(access_file(&t->req, T_SENSITIVE, &t->err));
}

static bool reveal(struct fixture *t, int field, int64_t person_id)
{
	struct insured_key key;
	struct reveal_new body = { .field = field };

	id_format(T_FILE, key.insured_id);
	if (person_id)
		id_format(person_id, body.beneficiary_id);
	return fixture_call(t, &api_insured_reveal, insured_reveal, &key, &body);
}

static void a_hidden_value_is_shown_to_the_roles_that_need_it(void **state)
{
	static const struct {
		int role, tier, field;
		const char *value, *word;
	} rows[] = {
		{ ROLE_COUNTER, TIER_SIMPLE, REVEAL_NIR, NIR_HERE " 45", NULL },
		{ ROLE_PHONE, TIER_SIMPLE, REVEAL_NIR, NIR_HERE " 45", NULL },
		{ ROLE_COUNTER, TIER_NONE, REVEAL_NIR, NULL, "proof.needed" },
		{ ROLE_COUNTER, TIER_STRONG, REVEAL_IBAN,
		  "FR7699998000010000000000107", NULL },
		{ ROLE_COUNTER, TIER_SIMPLE, REVEAL_IBAN, NULL, "proof.needed" },
		{ ROLE_PHONE, TIER_STRONG, REVEAL_IBAN, NULL, "field.denied" },
		{ ROLE_PHONE, TIER_NONE, REVEAL_IBAN, NULL, "field.denied" },
		{ ROLE_PHONE, TIER_SIMPLE, REVEAL_PHONE, "0639980042", NULL },
		{ ROLE_SUPERVISOR, TIER_SIMPLE, REVEAL_EMAIL,
		  "eleonore@example.org", NULL },
		{ ROLE_PHONE, TIER_STRONG, REVEAL_VITALE_SERIAL, NULL,
		  "field.denied" },
		{ ROLE_SUPERVISOR, TIER_STRONG, REVEAL_VITALE_SERIAL,
		  "0123456789", NULL },
	};
	struct fixture *t = *state;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		const struct reveal *told;

		t->req.role = rows[i].role;
		fixture_contact(t, T_FILE, rows[i].tier);
		if (rows[i].word) {
			assert_false(reveal(t, rows[i].field, 0));
			fixture_refused(t, 403, rows[i].word);
			continue;
		}
		assert_true(reveal(t, rows[i].field, 0));
		told = rows_at(&t->out, 0);
		assert_string_equal(told->value, rows[i].value);
		assert_int_equal(told->seconds, 10);
	}
	/* the trace names the value, not what it is */
	assert_null(strstr(t->req.object, "0123456789"));
}

static void a_value_is_of_somebody_in_the_file_of_the_contact(void **state)
{
	struct fixture *t = *state;

	fixture_person(t, T_CAISSE, &(struct fixture_person){ 121, T_FILE,
		KIN_CHILD, 20130603, "1130638563017", "Dupont", NULL, "Théo" });
	fixture_contact(t, T_FILE, TIER_STRONG);
	assert_true(reveal(t, REVEAL_NIR, 121));
	assert_memory_equal(((const struct reveal *)rows_at(&t->out, 0))->value,
			    "1130638563017", 13);
	assert_false(reveal(t, REVEAL_NIR, T_SENSITIVE));
	fixture_refused(t, 404, "not.found");
	fixture_contact(t, T_SENSITIVE, TIER_STRONG);
	assert_false(reveal(t, REVEAL_NIR, 0));
	fixture_refused(t, 404, "not.found");
}

/* Whatever is added to the table later: nobody, unless it says so. */
static void the_table_denies_what_it_does_not_allow(void **state)
{
	static const struct api_op nothing = { .name = "nothing.said" };

	(void)state;
	for (int role = 0; role < ROLE_N; role++) {
		for (int where = 0; where < PERIMETER_N; where++)
			assert_false(access_allows(&nothing, role, where));
		for (size_t i = 0; api_ops[i]; i++) {
			assert_false(access_allows(api_ops[i], role,
						   PERIMETER_OTHER));
			/* nothing is written in another caisse */
			if (api_ops[i]->flags & API_CONTACT &&
			    api_ops[i]->method != API_GET &&
			    !(api_ops[i]->flags & API_READ))
				assert_false(access_allows(api_ops[i], role,
					PERIMETER_BREAK_GLASS));
		}
	}
}

static void what_the_table_denies_is_told_in_two_words(void **state)
{
	struct fixture *t = *state;
	struct access_way way;

	assert_true(access_check(&t->req, &api_card_list, PERIMETER_BREAK_GLASS,
				 &t->err));
	assert_false(access_check(&t->req, &api_journal_list, PERIMETER_OWN,
				  &t->err));
	fixture_refused(t, 403, "role.denied");
	err_clear(&t->err);
	assert_false(access_check(&t->req, &api_ehic_create,
				  PERIMETER_BREAK_GLASS, &t->err));
	fixture_refused(t, 403, "perimeter.denied");
	err_clear(&t->err);
	access_confirmed(t);
	assert_true(access_glass(t, NIR_FOREIGN));
	t->req.op = &api_hold_create;
	assert_false(access_find_way(&t->req, T_FOREIGN, &way, &t->err));
	fixture_refused(t, 403, "perimeter.denied");
}

static void another_caisse_is_entered_whole_or_not(void **state)
{
	static const char *const spoiled[] = {
		"UPDATE caisse SET name = printf('%0130d', 0) WHERE code = 1751",
		"UPDATE caisse SET name = 'x', department = '97500' "
			"WHERE code = 1751",
	};
	struct fixture *t = *state;

	t->req.contact.file_caisse = T_CAISSE;
	assert_true(access_enter(&t->req, &t->err));
	assert_int_equal(t->req.file_caisse, 0);
	t->req.contact.file_caisse = 9999;
	assert_false(access_enter(&t->req, &t->err));
	fixture_refused(t, 404, "not.found");
	for (size_t i = 0; i < N_ROWS(spoiled); i++) {
		assert_true(db_run(t->db, &t->err, NULL, spoiled[i], ""));
		err_clear(&t->err);
		t->req.contact.file_caisse = T_OTHER_CAISSE;
		assert_false(access_enter(&t->req, &t->err));
		assert_int_equal(t->err.code, ERR_SYSTEM);
	}
}

#define T(name) cmocka_unit_test_setup_teardown(name, access_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_file_is_opened_for_a_motive_that_has_a_number),
		cmocka_unit_test(a_sentence_is_no_reference),
		T(ones_own_file_is_refused_whoever_one_is_in_it),
		T(a_sensitive_file_opens_to_who_was_let_in_for_half_an_hour),
		T(a_grant_is_for_a_sensitive_file_and_somebody_else),
		T(the_password_given_again_is_forgotten_after_two_minutes),
		T(break_glass_opens_a_file_of_another_caisse_to_be_read),
		T(break_glass_tells_nothing_of_what_it_does_not_open),
		T(a_number_is_not_guessed_by_break_glass),
		T(a_request_of_a_closed_file_is_closed_too),
		T(a_hidden_value_is_shown_to_the_roles_that_need_it),
		T(a_value_is_of_somebody_in_the_file_of_the_contact),
		T(what_the_table_denies_is_told_in_two_words),
		T(another_caisse_is_entered_whole_or_not),
		cmocka_unit_test(the_table_denies_what_it_does_not_allow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
