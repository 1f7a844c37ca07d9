/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proving an identity, and closing the contact. */
#include "screen_desk.h"
#include "unit.h"

#include <string.h>

static void a_document_seen_raises_the_tier_and_reads_the_header_again(void **state)
{
	struct t *t = *state;
	const struct proof proof = { .match = true, .tier = TIER_STRONG,
		.tries_left = 3 };

	t_file(t, &screen_prove, NULL);
	t_keys(t, "F10");
	t_value(t, "contact.prove", &proof);
	t_see(t, "Identité prouvée");
	assert_true(fake_is_asked(t->api, "insured.get"));
	assert_int_equal(app_file(ui_front(t->ui))->contact.tier, TIER_STRONG);
}

static void what_does_not_agree_stays_typed_and_counts(void **state)
{
	struct t *t = *state;
	const struct proof proof = { .match = false, .tier = TIER_NONE,
		.tries_left = 2 };

	t_file(t, &screen_prove, NULL);
	t_keys(t, "Left Left Tab");
	t_keys(t, "\"123456\" F10");
	t_value(t, "contact.prove", &proof);
	t_see(t, "restent 2 essais");
	t_see(t, "123456");
	t_see(t, "Prouver l'identité");
}

static void each_try_has_its_own_key(void **state)
{
	struct t *t = *state;
	const struct proof proof = { .match = false, .tries_left = 2 };
	char first[80];

	t_file(t, &screen_prove, NULL);
	t_keys(t, "F10");
	text_copy(first, sizeof(first), fake_key(t->api, "contact.prove"));
	t_value(t, "contact.prove", &proof);
	t_keys(t, "F10");
	assert_string_not_equal(first, fake_key(t->api, "contact.prove"));
}

static void a_field_missing_is_asked_before_the_call(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_prove, NULL);
	t_keys(t, "Left F10");
	assert_false(fake_is_asked(t->api, "contact.prove"));
	t_at(t, "Naissance");
}

static void nobody_is_proved_without_a_file(void **state)
{
	struct t *t = *state;

	ui_push(ui_front(t->ui), &screen_prove, NULL);
	ui_turn(t->ui);
	t_keys(t, "F10");
	assert_false(fake_is_asked(t->api, "contact.prove"));
}

/* ---- Closing ------------------------------------------------------------------ */

static const struct contact contact = { .id = T_CONTACT, .insured_id = T_INSURED,
	.agent = "a.lefevre", .reason = -1, .outcome = -1, .advised = -1, .proof = -1,
	.opened_at = 1795000000000, .suggested_reason = CONTACT_EHIC,
	.suggested_outcome = OUTCOME_LODGED };

static void the_server_suggests_reason_and_outcome(void **state)
{
	struct t *t = *state;
	const struct contact_end *end;

	t_file(t, &screen_contact_close, NULL);
	t_value(t, "contact.get", &contact);
	t_see(t, "CEAM");
	t_keys(t, "F10");
	end = fake_body(t->api, "contact.close");
	assert_non_null(end);
	assert_int_equal(end->reason, CONTACT_EHIC);
	assert_int_equal(end->outcome, OUTCOME_LODGED);
	assert_int_equal(end->advised, -1);
}

static void a_late_suggestion_does_not_undo_what_was_chosen(void **state)
{
	struct t *t = *state;
	const struct contact_end *end;

	t_file(t, &screen_contact_close, NULL);
	t_keys(t, "Tab Tab Tab \"note\"");
	t_value(t, "contact.get", &contact);
	t_keys(t, "F10");
	end = fake_body(t->api, "contact.close");
	assert_non_null(end);
	assert_string_equal(end->note, "note");
	assert_int_equal(end->reason, CONTACT_OTHER);
}

static void closing_twice_is_one_call_and_closes_the_file(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_contact_close, NULL);
	t_value(t, "contact.get", &contact);
	t_keys(t, "F10 F10");
	assert_int_equal(fake_count(t->api, "contact.close"), 1);
	t_value(t, "contact.close", &contact);
	t_see(t, "Rechercher");
	assert_null(app_file(ui_front(t->ui)));
}

static void a_refusal_keeps_the_key_for_the_retry(void **state)
{
	struct t *t = *state;
	char key[80];

	t_file(t, &screen_contact_close, NULL);
	t_value(t, "contact.get", &contact);
	t_keys(t, "F10");
	text_copy(key, sizeof(key), fake_key(t->api, "contact.close"));
	t_refuse(t, "contact.close", 503, "draining", "Le serveur redémarre", NULL);
	t_see(t, "Le serveur redémarre");
	t_keys(t, "F10");
	assert_string_equal(fake_key(t->api, "contact.close"), key);
}

static void a_contact_closed_elsewhere_closes_the_file(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_contact_close, NULL);
	t_keys(t, "F10");
	t_refuse(t, "contact.close", 409, "contact.closed", "Contact déjà clos", NULL);
	assert_null(app_file(ui_front(t->ui)));
}

static void a_note_refused_gets_the_cursor(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_contact_close, NULL);
	t_value(t, "contact.get", &contact);
	t_keys(t, "Tab Tab Tab \"diabète\" Home F10");
	fake_refuse_field(t->api, "note");
	t_refuse(t, "contact.close", 422, "note.health", "Rien sur la santé", NULL);
	t_see(t, "Rien sur la santé");
	t_at(t, "diabète");
}

static void leaving_the_first_screen_asks_how_the_contact_ended(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_rights, NULL);
	t_keys(t, "F3");
	t_see(t, "Clore le contact");
	assert_true(fake_is_asked(t->api, "contact.get"));
	t_keys(t, "F3");
	t_see(t, "Droits");
}

static void there_is_nothing_to_close_at_the_desk(void **state)
{
	struct t *t = *state;

	t_keys(t, "^D");
	t_see(t, "Aucun contact ouvert ici");
}

#define T(test) cmocka_unit_test_setup_teardown(test, t_setup, t_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_document_seen_raises_the_tier_and_reads_the_header_again),
		T(what_does_not_agree_stays_typed_and_counts),
		T(each_try_has_its_own_key),
		T(a_field_missing_is_asked_before_the_call),
		T(nobody_is_proved_without_a_file),
		T(the_server_suggests_reason_and_outcome),
		T(a_late_suggestion_does_not_undo_what_was_chosen),
		T(closing_twice_is_one_call_and_closes_the_file),
		T(a_refusal_keeps_the_key_for_the_retry),
		T(a_contact_closed_elsewhere_closes_the_file),
		T(a_note_refused_gets_the_cursor),
		T(leaving_the_first_screen_asks_how_the_contact_ended),
		T(there_is_nothing_to_close_at_the_desk),
	};

	return cmocka_run_group_tests_name("contact", tests, NULL, NULL);
}
