/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding somebody from the desk, and the files found by it. */
#include "screen_desk.h"
#include "unit.h"

#include <string.h>

static const struct search_answer one = { .understood = UNDERSTOOD_NAME,
	.count = 1, .found = { { .insured_id = T_INSURED,
	.beneficiary_id = T_INSURED, .is_insured = true, .name = "DUPONT",
	.used_name = "MARTIN", .first_names = "Éléonore", .birth_year = 1985,
	.commune = "Grenoble", .nir_masked = "2 85 03 45 *** ***" } } };

static const struct search_answer two = { .understood = UNDERSTOOD_NAME,
	.count = 2, .found = {
	{ .insured_id = T_INSURED, .beneficiary_id = T_INSURED, .is_insured = true,
	  .name = "LEFÈVRE", .first_names = "Anne", .birth_year = 1970 },
	{ .insured_id = "0000000000002", .beneficiary_id = "0000000000002",
	  .is_insured = true, .name = "LEFEBVRE", .first_names = "Luc",
	  .birth_year = 1981, .by = FOUND_PHONETIC } } };

static const struct search_answer none = { .understood = UNDERSTOOD_NAME };

static const struct contact contact = { .id = T_CONTACT, .insured_id = T_INSURED,
	.agent = "a.lefevre", .tier = TIER_NONE, .opened_at = 1795000000000 };

static void an_empty_search_is_not_sent(void **state)
{
	struct t *t = *state;

	t_keys(t, "Enter");
	assert_false(fake_is_asked(t->api, "insured.search"));
	t_see(t, "Tapez ce que la personne vous donne");
}

static void a_bank_number_is_not_sent(void **state)
{
	static const struct {
		const char *keys, *said;
	} rows[] = {
		{ "\"FR7630006000011234567890188\" Enter", "la clé de l'IBAN est fausse" },
		{ "\"fr76 3000 6000 0112 3456 7890 189\" F8",
		  "Un IBAN ne se recherche pas" },
	};
	struct t *t = *state;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		t_keys(t, rows[i].keys);
		t_see(t, rows[i].said);
		t_keys(t, "C-u");
	}
	ui_push(ui_front(t->ui), &screen_search, "FR76 3000 6000 0112 3456 7890 189");
	ui_turn(t->ui);
	t_see(t, "Un IBAN ne se recherche pas");
	assert_int_equal(fake_count(t->api, "insured.search"), 0);
}

static void one_person_found_opens_the_file(void **state)
{
	struct t *t = *state;

	t_keys(t, "\"martin\" Enter");
	t_value(t, "insured.search", &one);
	t_value(t, "contact.create", &contact);
	t_see(t, "Paiements");
	assert_string_equal(fake_contact(t->api, "payment.list"), T_CONTACT);
}

static void several_people_found_are_listed(void **state)
{
	struct t *t = *state;

	t_keys(t, "\"lefevre\" Enter");
	t_value(t, "insured.search", &two);
	t_value(t, "insured.search", &two);
	t_see(t, "2 personnes");
	t_see(t, "nom proche");
	assert_false(fake_is_asked(t->api, "contact.create"));
}

static void somebody_whose_name_only_sounds_alike_is_not_opened(void **state)
{
	struct t *t = *state;
	struct search_answer near = one;

	near.found[0].by = FOUND_PHONETIC;
	t_keys(t, "\"martain\" Enter");
	t_value(t, "insured.search", &near);
	assert_false(fake_is_asked(t->api, "contact.create"));
}

static void a_search_refused_keeps_what_was_typed(void **state)
{
	struct t *t = *state;

	t_keys(t, "\"2850345234123\" Enter");
	t_refuse(t, "insured.search", 422, "search.unclear",
		 "La clé devrait être 35", NULL);
	t_see(t, "La clé devrait être 35");
	t_at(t, "2 85 03 45 234 123");
}

static void a_file_refused_keeps_what_was_typed(void **state)
{
	struct t *t = *state;

	t_keys(t, "\"martin\" Enter");
	t_value(t, "insured.search", &one);
	t_refuse(t, "contact.create", 503, "draining", "Le serveur redémarre", NULL);
	t_see(t, "Le serveur redémarre");
	t_at(t, "martin");
}

static void enter_twice_searches_once(void **state)
{
	struct t *t = *state;

	t_keys(t, "\"martin\" Enter Enter");
	assert_int_equal(fake_count(t->api, "insured.search"), 1);
}

static void an_answer_given_up_opens_nothing(void **state)
{
	struct t *t = *state;

	t_keys(t, "\"martin\" Enter Esc");
	if (fake_is_asked(t->api, "insured.search"))
		t_value(t, "insured.search", &one);
	assert_false(fake_is_asked(t->api, "contact.create"));
	t_see(t, "martin");
}

static void keys_typed_ahead_go_to_the_file(void **state)
{
	struct t *t = *state;

	t_keys(t, "\"martin\" Enter");
	t_value(t, "insured.search", &one);
	t_keys(t, "F4");
	t_not(t, "Choisir les paiements");
	t_value(t, "contact.create", &contact);
	t_see(t, "Choisir les paiements");
}

static void f8_notes_the_document_seen(void **state)
{
	struct t *t = *state;
	const struct proof proof = { .match = true, .tier = TIER_STRONG,
		.tries_left = 3 };
	const struct proof_new *asked;

	t_keys(t, "\"martin\" F8");
	t_value(t, "insured.search", &one);
	t_value(t, "contact.create", &contact);
	asked = fake_body(t->api, "contact.prove");
	assert_non_null(asked);
	assert_int_equal(asked->kind, PROOF_DOCUMENT);
	t_value(t, "contact.prove", &proof);
	assert_int_equal(app_file(ui_front(t->ui))->contact.tier, TIER_STRONG);
}

/* ---- The list of people found ------------------------------------------------- */

static void search_for(struct t *t, const char *text)
{
	ui_push(ui_front(t->ui), &screen_search, text);
	ui_turn(t->ui);
}

static void a_new_search_drops_the_answer_of_the_one_before(void **state)
{
	struct t *t = *state;

	search_for(t, "l");
	t_keys(t, "\"e\" Enter");
	assert_int_equal(fake_count(t->api, "insured.search"), 1);
	t_value(t, "insured.search", &none);
	t_see(t, "Personne de ce nom");
}

static void people_being_searched_again_cannot_be_opened(void **state)
{
	struct t *t = *state;

	search_for(t, "lefevre");
	t_value(t, "insured.search", &two);
	t_keys(t, "F5 Enter");
	assert_false(fake_is_asked(t->api, "contact.create"));
}

static void the_person_under_the_cursor_is_opened(void **state)
{
	struct t *t = *state;
	const struct contact_new *asked;

	search_for(t, "lefevre");
	t_value(t, "insured.search", &two);
	t_keys(t, "Down Enter");
	asked = fake_body(t->api, "contact.create");
	assert_non_null(asked);
	assert_string_equal(asked->insured_id, "0000000000002");
}

static void a_search_refused_on_the_list_goes_back_to_the_field(void **state)
{
	struct t *t = *state;

	search_for(t, "99");
	t_refuse(t, "insured.search", 422, "search.unclear",
		 "Cela ne ressemble à rien de connu", NULL);
	t_see(t, "Cela ne ressemble à rien de connu");
	t_at(t, "99");
}

static void the_next_caller_is_not_opened_with_the_proof_of_the_first(void **state)
{
	struct t *t = *state;
	const struct contact first = contact;

	search_for(t, "lefevre");
	t_value(t, "insured.search", &two);
	t_keys(t, "Enter");
	assert_true(fake_is_asked(t->api, "contact.create"));
	t_keys(t, "Esc");
	t_keys(t, "Down F8");
	t_see(t, "Déjà en cours");
	t_value(t, "contact.create", &first);
	assert_false(fake_is_asked(t->api, "contact.prove"));
	t_keys(t, "F8");
	assert_true(fake_is_asked(t->api, "contact.create"));
}

/* The contact that nobody wants is closed: it would stay open all day. */
static void given_back(struct t *t)
{
	const struct contact_key *key = fake_query(t->api, "contact.close");
	const struct contact_end *end = fake_body(t->api, "contact.close");

	assert_int_equal(fake_count(t->api, "contact.close"), 1);
	assert_string_equal(key->contact_id, contact.id);
	assert_int_equal(end->outcome, OUTCOME_ABANDONED);
}

static void esc_while_a_file_opens_leaves_the_agent_where_they_are(void **state)
{
	struct t *t = *state;

	t_keys(t, "\"martin\" Enter");
	t_value(t, "insured.search", &one);
	t_keys(t, "F4 Esc");
	t_value(t, "contact.create", &contact);
	t_not(t, "Paiements");
	t_at(t, "martin");
	assert_false(fake_is_asked(t->api, "payment.list"));
	given_back(t);
}

static void esc_while_a_proof_is_noted_opens_nothing(void **state)
{
	struct t *t = *state;
	const struct proof proof = { .match = true, .tier = TIER_STRONG,
		.tries_left = 3 };

	t_keys(t, "\"martin\" F8");
	t_value(t, "insured.search", &one);
	t_value(t, "contact.create", &contact);
	t_keys(t, "Esc");
	t_value(t, "contact.prove", &proof);
	t_not(t, "Paiements");
	t_at(t, "martin");
	given_back(t);
}

static void keys_typed_for_a_file_refused_are_forgotten(void **state)
{
	struct t *t = *state;

	t_keys(t, "\"martin\" Enter");
	t_value(t, "insured.search", &one);
	t_keys(t, "\"62\" F4");
	t_refuse(t, "contact.create", 503, "draining", "Le serveur redémarre", NULL);
	t_see(t, "Le serveur redémarre");
	t_not(t, "martin62");
}

#define T(test) cmocka_unit_test_setup_teardown(test, t_setup, t_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(an_empty_search_is_not_sent),
		T(a_bank_number_is_not_sent),
		T(one_person_found_opens_the_file),
		T(several_people_found_are_listed),
		T(somebody_whose_name_only_sounds_alike_is_not_opened),
		T(a_search_refused_keeps_what_was_typed),
		T(a_file_refused_keeps_what_was_typed),
		T(enter_twice_searches_once),
		T(an_answer_given_up_opens_nothing),
		T(keys_typed_ahead_go_to_the_file),
		T(f8_notes_the_document_seen),
		T(a_new_search_drops_the_answer_of_the_one_before),
		T(people_being_searched_again_cannot_be_opened),
		T(the_person_under_the_cursor_is_opened),
		T(a_search_refused_on_the_list_goes_back_to_the_field),
		T(the_next_caller_is_not_opened_with_the_proof_of_the_first),
		T(esc_while_a_file_opens_leaves_the_agent_where_they_are),
		T(esc_while_a_proof_is_noted_opens_nothing),
		T(keys_typed_for_a_file_refused_are_forgotten),
	};

	return cmocka_run_group_tests_name("home", tests, NULL, NULL);
}
