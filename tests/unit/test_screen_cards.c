/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards of a family: the list, and the four forms about them. */
#include "screen_desk.h"
#include "unit.h"

#include <string.h>

#define T_CHILD "0000000000003"
#define T_REQUEST "0000000000021"

static const struct beneficiary family[] = {
	{ .id = T_INSURED, .name = "DUPONT", .used_name = "MARTIN",
	  .first_names = "Éléonore", .sex = SEX_F, .kinship = KIN_INSURED,
	  .birth = { 1985, 3, 14 }, .birth_year = 1985, .rank = 1 },
	{ .id = T_CHILD, .name = "MARTIN", .first_names = "Léo",
	  .kinship = KIN_CHILD, .birth = { 2016, 5, 2 }, .birth_year = 2016,
	  .rank = 1 },
};

static const struct card cards[] = {
	{ .id = "0000000000031", .kind = CARD_VITALE, .state = CARD_ACTIVE,
	  .beneficiary_id = T_CHILD, .beneficiary_name = "Léo" },
	{ .id = "0000000000032", .kind = CARD_EHIC, .state = CARD_ORDERED,
	  .beneficiary_id = T_INSURED, .beneficiary_name = "Éléonore",
	  .request_id = T_REQUEST, .request_number = "CEAM-26-000481" },
};

static const struct ehic_receipt ehic_made = { .item_count = 1, .items = { {
	.request_id = T_REQUEST, .number = "CEAM-26-000481",
	.beneficiary_id = T_INSURED, .beneficiary_name = "Éléonore",
	.valid_from = { 2026, 12, 4 }, .valid_to = { 2028, 12, 3 },
	.expected_on = { 2026, 12, 7 } } } };

static const struct vitale_receipt vitale_made = { .request_id = T_REQUEST,
	.number = "VIT-26-001172", .beneficiary_id = T_CHILD,
	.beneficiary_name = "Léo", .photo_missing = true };

static void open_form(struct t *t, const struct ui_screen *screen, const char *arg)
{
	t_file(t, screen, arg);
	t_items(t, "beneficiary.list", family, 2);
}

/* ---- The list ------------------------------------------------------------------ */

static void open_cards(struct t *t)
{
	t_file(t, &screen_cards, NULL);
	t_items(t, "card.list", cards, 2);
}

static void a_lost_card_is_declared_for_its_owner(void **state)
{
	struct t *t = *state;

	open_cards(t);
	t_keys(t, "\"p\"");
	t_items(t, "beneficiary.list", family, 2);
	t_see(t, "Perte ou vol de carte Vitale");
	t_see(t, "[x]  MARTIN Léo");
	t_see(t, "[ ]  MARTIN Éléonore");
}

static void a_card_being_made_leads_to_its_request(void **state)
{
	struct t *t = *state;
	const struct request_key *asked;

	open_cards(t);
	t_keys(t, "Enter");
	t_see(t, "Aucune demande en cours");
	t_keys(t, "Down Enter");
	asked = fake_query(t->api, "request.get");
	assert_non_null(asked);
	assert_string_equal(asked->request_id, T_REQUEST);
}

static void cards_being_read_again_cannot_be_lost(void **state)
{
	struct t *t = *state;

	open_cards(t);
	t_keys(t, "F5 \"p\"");
	t_not(t, "Perte ou vol de carte Vitale");
	t_see(t, "La liste se met à jour");
}

static void only_a_certificate_is_printed_from_the_list(void **state)
{
	struct t *t = *state;

	open_cards(t);
	t_keys(t, "F9");
	t_see(t, "Seul un certificat provisoire");
	assert_false(fake_is_asked(t->api, "certificate.paper"));
}

/* ---- A European health card ---------------------------------------------------- */

static void nothing_is_ordered_before_the_address_is_confirmed(void **state)
{
	struct t *t = *state;

	open_form(t, &screen_ehic, T_INSURED);
	t_see(t, "12 rue des Lilas");
	t_keys(t, "F10");
	assert_false(fake_is_asked(t->api, "ehic.create"));
	t_at(t, "Adresse confirmée");
}

static void two_validations_are_one_order(void **state)
{
	struct t *t = *state;
	const struct ehic_order *order;

	open_form(t, &screen_ehic, T_INSURED);
	t_keys(t, "\"o\" F10 F10");
	assert_int_equal(fake_count(t->api, "ehic.create"), 1);
	order = fake_body(t->api, "ehic.create");
	assert_true(order->address_confirmed);
	assert_int_equal(order->person_count, 1);
	assert_string_equal(order->persons[0].id, T_INSURED);
	assert_string_equal(fake_contact(t->api, "ehic.create"), T_CONTACT);
}

static void the_key_of_an_order_stays_on_retry(void **state)
{
	struct t *t = *state;
	char key[80];

	open_form(t, &screen_ehic, T_INSURED);
	t_keys(t, "\"o\" F10");
	text_copy(key, sizeof(key), fake_key(t->api, "ehic.create"));
	assert_true(strlen(key) >= 16);
	t_refuse(t, "ehic.create", 0, "", "Le serveur ne répond pas", NULL);
	t_keys(t, "F10");
	assert_string_equal(fake_key(t->api, "ehic.create"), key);
	t_refuse(t, "ehic.create", 507, "storage.full", "Plus de place", NULL);
	t_keys(t, "F10");
	assert_string_equal(fake_key(t->api, "ehic.create"), key);
}

static void an_order_lodged_is_not_offered_again(void **state)
{
	struct t *t = *state;

	open_form(t, &screen_ehic, T_INSURED);
	t_see(t, "Commander");
	t_keys(t, "\"o\" F10");
	t_value(t, "ehic.create", &ehic_made);
	t_see(t, "CEAM-26-000481");
	t_not(t, "F10 Commander");
	t_see(t, "Imprimer");
	t_keys(t, "F10");
	assert_false(fake_is_asked(t->api, "ehic.create"));
}

static void the_receipt_is_printed_only_once_lodged(void **state)
{
	struct t *t = *state;
	const struct request_key *asked;

	open_form(t, &screen_ehic, T_INSURED);
	t_not(t, "F9 Imprimer");
	t_keys(t, "F9");
	t_see(t, "Rien à imprimer");
	t_keys(t, "\"o\" F10");
	t_value(t, "ehic.create", &ehic_made);
	t_keys(t, "F9");
	asked = fake_query(t->api, "request.paper");
	assert_non_null(asked);
	assert_string_equal(asked->request_id, T_REQUEST);
}

static void another_order_has_another_key(void **state)
{
	struct t *t = *state;
	char key[80];

	open_form(t, &screen_ehic, T_INSURED);
	t_keys(t, "\"o\" F10");
	text_copy(key, sizeof(key), fake_key(t->api, "ehic.create"));
	t_value(t, "ehic.create", &ehic_made);
	t_keys(t, "F3");
	ui_push(ui_front(t->ui), &screen_ehic, T_INSURED);
	ui_turn(t->ui);
	t_items(t, "beneficiary.list", family, 2);
	t_keys(t, "\"o\" F10");
	assert_string_not_equal(fake_key(t->api, "ehic.create"), key);
}

static void a_departure_asks_for_the_certificate(void **state)
{
	struct t *t = *state;
	const struct ehic_order *order;

	open_form(t, &screen_ehic, T_INSURED);
	t_not(t, "Certificat provisoire");
	t_keys(t, "\"o\" Tab \"30/11\" Enter");
	t_see(t, "Certificat provisoire");
	t_keys(t, "F10");
	order = fake_body(t->api, "ehic.create");
	assert_non_null(order);
	assert_true(order->certificate);
}

static void a_departure_refused_gets_the_cursor_and_stays(void **state)
{
	struct t *t = *state;

	open_form(t, &screen_ehic, T_INSURED);
	t_keys(t, "\"o\" Tab \"30/11\" F10");
	fake_refuse_field(t->api, "departure");
	t_refuse(t, "ehic.create", 422, "departure.past", "Départ déjà passé", NULL);
	t_see(t, "Départ déjà passé");
	t_at(t, "30/11");
}

static void refreshing_the_form_loses_nothing(void **state)
{
	struct t *t = *state;

	open_form(t, &screen_ehic, T_INSURED);
	t_keys(t, "F5");
	if (fake_is_asked(t->api, "beneficiary.list"))
		t_items(t, "beneficiary.list", family, 2);
	t_see(t, "[x]  MARTIN Éléonore");
	t_keys(t, "\"o\" F10");
	t_value(t, "ehic.create", &ehic_made);
	t_keys(t, "F5");
	t_see(t, "CEAM-26-000481");
}

/* ---- Losses, and the Vitale card ------------------------------------------------ */

static void a_loss_without_a_year_is_in_the_past(void **state)
{
	struct t *t = *state;
	const struct ehic_loss *loss;

	open_form(t, &screen_ehic_loss, T_INSURED);
	t_keys(t, "\"o\" Tab Tab \"22/11\" F10");
	t_keys(t, "\"o\"");
	loss = fake_body(t->api, "ehic.report_loss");
	assert_non_null(loss);
	assert_int_equal(date_compare(loss->happened_on,
				      (struct date){ 2025, 11, 22 }), 0);
}

static void a_loss_to_come_is_refused_on_its_field(void **state)
{
	struct t *t = *state;

	open_form(t, &screen_ehic_loss, T_INSURED);
	t_keys(t, "\"o\" Tab Tab \"22/11/2026\" F10");
	t_see(t, "pas encore arrivée");
	assert_false(fake_is_asked(t->api, "ehic.report_loss"));
}

static void no_declares_nothing(void **state)
{
	struct t *t = *state;

	open_form(t, &screen_vitale_loss, T_INSURED "/" T_CHILD);
	t_keys(t, "\"o\" F10");
	t_see(t, "MARTIN Léo déclare sur l'honneur");
	t_keys(t, "\"n\"");
	assert_false(fake_is_asked(t->api, "vitale.report_loss"));
	t_keys(t, "F10");
	t_keys(t, "\"o\"");
	assert_true(fake_is_asked(t->api, "vitale.report_loss"));
}

static void the_new_card_is_not_ordered_when_not_wanted(void **state)
{
	struct t *t = *state;
	const struct ehic_loss *loss;

	open_form(t, &screen_ehic_loss, T_INSURED);
	t_keys(t, "Tab Tab Tab \"n\" F10");
	t_keys(t, "\"o\"");
	loss = fake_body(t->api, "ehic.report_loss");
	assert_non_null(loss);
	assert_false(loss->order);
}

static void one_vitale_card_at_a_time(void **state)
{
	struct t *t = *state;

	open_form(t, &screen_vitale, T_INSURED);
	t_keys(t, "\"o\" Tab Down Space F10");
	t_see(t, "une seule");
	assert_false(fake_is_asked(t->api, "vitale.create"));
}

static void what_stands_already_is_said_and_the_form_kept(void **state)
{
	struct t *t = *state;

	open_form(t, &screen_vitale, T_INSURED "/" T_CHILD);
	t_keys(t, "\"o\" F10");
	t_refuse(t, "vitale.create", 409, "vitale.open",
		 "Une demande est en cours : VIT-26-000001", NULL);
	t_see(t, "VIT-26-000001");
	t_see(t, "[x]  MARTIN Léo");
}

static void pieces_are_joined_to_what_was_lodged(void **state)
{
	struct t *t = *state;
	const struct request_key *asked;

	open_form(t, &screen_vitale, T_INSURED "/" T_CHILD);
	t_keys(t, "\"o\" F10");
	t_value(t, "vitale.create", &vitale_made);
	t_see(t, "photo");
	t_not(t, "F10 Commander");
	t_keys(t, "\"p\"");
	asked = fake_query(t->api, "request.get");
	assert_non_null(asked);
	assert_string_equal(asked->request_id, T_REQUEST);
}

/* ---- Drafts ------------------------------------------------------------------- */

/* The draft of the form in front comes up on it, as after a crash. */
static void take_up_the_draft(struct t *t)
{
	struct rows drafts = { 0 };
	const struct ui_draft *draft;

	ui_pass_time(t->ui, 11000);
	ui_turn(t->ui);
	ui_drafts(t->ui, &drafts);
	assert_int_equal(drafts.count, 1);
	draft = rows_at(&drafts, 0);
	ui_draft_open(ui_front(t->ui), draft->id);
	ui_turn(t->ui);
	ui_draft_drop(ui_front(t->ui), draft->id);
	rows_fini(&drafts);
	t_items(t, "beneficiary.list", family, 2);
}

static void a_draft_keeps_who_was_ticked(void **state)
{
	struct t *t = *state;

	open_form(t, &screen_ehic, T_INSURED);
	t_keys(t, "Tab Tab Space Down Space");
	take_up_the_draft(t);
	t_see(t, "[ ]  MARTIN Éléonore");
	t_see(t, "[x]  MARTIN Léo");
}

static void a_draft_keeps_the_only_one_chosen(void **state)
{
	struct t *t = *state;

	open_form(t, &screen_vitale, T_INSURED);
	t_keys(t, "Tab Down Enter");
	take_up_the_draft(t);
	t_see(t, "[ ]  MARTIN Éléonore");
	t_see(t, "[x]  MARTIN Léo");
}

#define T(test) cmocka_unit_test_setup_teardown(test, t_setup, t_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_lost_card_is_declared_for_its_owner),
		T(a_card_being_made_leads_to_its_request),
		T(cards_being_read_again_cannot_be_lost),
		T(only_a_certificate_is_printed_from_the_list),
		T(nothing_is_ordered_before_the_address_is_confirmed),
		T(two_validations_are_one_order),
		T(the_key_of_an_order_stays_on_retry),
		T(an_order_lodged_is_not_offered_again),
		T(the_receipt_is_printed_only_once_lodged),
		T(another_order_has_another_key),
		T(a_departure_asks_for_the_certificate),
		T(a_departure_refused_gets_the_cursor_and_stays),
		T(refreshing_the_form_loses_nothing),
		T(a_loss_without_a_year_is_in_the_past),
		T(a_loss_to_come_is_refused_on_its_field),
		T(no_declares_nothing),
		T(the_new_card_is_not_ordered_when_not_wanted),
		T(one_vitale_card_at_a_time),
		T(what_stands_already_is_said_and_the_form_kept),
		T(pieces_are_joined_to_what_was_lodged),
		cmocka_unit_test_setup_teardown(a_draft_keeps_who_was_ticked,
						t_setup_drafts, t_teardown),
		cmocka_unit_test_setup_teardown(a_draft_keeps_the_only_one_chosen,
						t_setup_drafts, t_teardown),
	};

	return cmocka_run_group_tests_name("cards", tests, NULL, NULL);
}
