/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payments of a file, their filter, one in detail. */
#include "screen_desk.h"
#include "unit.h"

#include <string.h>

static const struct payment payments[] = {
	{ .id = "0000000000001-0000000000011", .paid_on = { 2026, 11, 18 },
	  .care_from = { 2026, 11, 12 }, .care_to = { 2026, 11, 12 },
	  .state = PAYMENT_PAID, .label = "Consultation",
	  .beneficiary_id = T_INSURED, .beneficiary_name = "Éléonore",
	  .amount_cts = 1900 },
	{ .id = "0000000000001-0000000000012", .paid_on = { 2026, 11, 2 },
	  .care_from = { 2026, 10, 30 }, .care_to = { 2026, 10, 30 },
	  .state = PAYMENT_REJECTED, .label = "Pharmacie",
	  .beneficiary_id = T_INSURED, .beneficiary_name = "Éléonore",
	  .amount_cts = 540 },
};

static void open_payments(struct t *t)
{
	t_file(t, &screen_payments, NULL);
	t_items(t, "payment.list", payments, 2);
}

static void amounts_are_shown_when_the_identity_is_proved(void **state)
{
	struct t *t = *state;

	open_payments(t);
	t_see(t, "19,00 €");
	t_see(t, "rejeté");
}

static void hidden_amounts_are_bullets(void **state)
{
	struct t *t = *state;
	struct payment hidden = payments[0];

	hidden.amount_cts = CODEC_NONE;
	hidden.mask_tier = TIER_STRONG;
	t_file(t, &screen_payments, NULL);
	t_items(t, "payment.list", &hidden, 1);
	t_see(t, "•••••");
	t_not(t, "19,00");
}

static void rows_being_read_again_cannot_be_opened(void **state)
{
	struct t *t = *state;

	open_payments(t);
	t_keys(t, "F5 Enter");
	assert_false(fake_is_asked(t->api, "payment.get"));
	t_see(t, "La liste se met à jour");
	t_items(t, "payment.list", payments, 2);
	t_keys(t, "Enter");
	assert_true(fake_is_asked(t->api, "payment.get"));
}

static void a_list_refused_is_not_waited_for(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_payments, NULL);
	t_refuse(t, "payment.list", 503, "draining", "Le serveur redémarre", NULL);
	t_see(t, "Le serveur redémarre");
	t_not(t, "Aucun paiement");
	ui_pass_time(t->ui, 30000);
	ui_turn(t->ui);
	t_not(t, "Toujours en attente");
}

static void a_long_wait_is_said(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_payments, NULL);
	ui_pass_time(t->ui, 12000);
	ui_turn(t->ui);
	ui_pass_time(t->ui, 12000);
	ui_turn(t->ui);
	t_see(t, "Toujours en attente");
}

static void the_last_row_asks_for_the_next_page_once(void **state)
{
	struct t *t = *state;
	const struct payment_query *asked;

	t_file(t, &screen_payments, NULL);
	t_reply(t, "payment.list", "{\"items\":["
		"{\"id\":\"0000000000001-0000000000011\","
		"\"paid_on\":\"2026-11-18\",\"kind\":\"care\","
		"\"state\":\"paid\",\"label\":\"Soin\",\"beneficiary_kinship\":\"insured\","
		"\"payee\":\"insured\",\"amount_cts\":100,\"mask_tier\":0}],"
		"\"next_cursor\":\"abc\"}");
	t_keys(t, "End");
	assert_int_equal(fake_count(t->api, "payment.list"), 1);
	asked = fake_query(t->api, "payment.list");
	assert_string_equal(asked->cursor, "abc");
	t_items(t, "payment.list", payments, 2);
	t_see(t, "Soin");
	t_see(t, "Pharmacie");
	t_keys(t, "End");
	assert_false(fake_is_asked(t->api, "payment.list"));
}

/* ---- The period ---------------------------------------------------------------- */

static void the_period_chosen_is_asked_for(void **state)
{
	struct t *t = *state;
	const struct payment_query *asked;

	open_payments(t);
	t_keys(t, "F4 \"1/9\" Enter \"30/9\" F10");
	asked = fake_query(t->api, "payment.list");
	assert_non_null(asked);
	assert_int_equal(date_compare(asked->from, (struct date){ 2026, 9, 1 }), 0);
	assert_int_equal(date_compare(asked->to, (struct date){ 2026, 9, 30 }), 0);
	assert_int_equal(asked->kind, -1);
}

static void an_end_before_the_start_stays_on_the_field(void **state)
{
	struct t *t = *state;

	open_payments(t);
	t_keys(t, "F4 \"30/9\" Enter \"1/9\" F10");
	t_see(t, "la fin vient avant le début");
	t_at(t, "1/9");
	assert_false(fake_is_asked(t->api, "payment.list"));
}

static void twelve_months_are_one_key(void **state)
{
	struct t *t = *state;
	const struct payment_query *asked;

	open_payments(t);
	t_keys(t, "F4 F6");
	asked = fake_query(t->api, "payment.list");
	assert_non_null(asked);
	assert_int_equal(date_compare(asked->from, (struct date){ 2025, 11, 21 }), 0);
}

static void the_period_stays_when_another_tab_was_looked_at(void **state)
{
	struct t *t = *state;
	const struct payment_query *asked;

	open_payments(t);
	t_keys(t, "F4 F6");
	t_items(t, "payment.list", payments, 2);
	t_keys(t, "3 1");
	asked = fake_query(t->api, "payment.list");
	assert_non_null(asked);
	assert_true(date_is_set(asked->from));
}

static void a_person_of_the_family_narrows_the_payments(void **state)
{
	struct t *t = *state;
	const struct beneficiary child = { .id = "0000000000003",
		.name = "MARTIN", .first_names = "Léo", .kinship = KIN_CHILD,
		.birth_year = 2016, .rank = 1 };
	const struct payment_query *asked;

	t_file(t, &screen_family, NULL);
	t_items(t, "beneficiary.list", &child, 1);
	t_keys(t, "Enter");
	asked = fake_query(t->api, "payment.list");
	assert_non_null(asked);
	assert_string_equal(asked->beneficiary_id, "0000000000003");
}

/* ---- One payment ---------------------------------------------------------------- */

static void the_detail_explains_each_line_in_words(void **state)
{
	struct t *t = *state;
	struct payment_detail detail = { .payment = payments[0], .line_count = 1,
		.reference = "0751 091680003072", .year_flat_cts = 800,
		.year_cap_cts = 5000, .lines = { { .from = { 2026, 11, 12 },
		.to = { 2026, 11, 12 }, .act = "G", .label = "Consultation",
		.explanation = "base 30,00 × 70 %, versé 19,00" } } };

	open_payments(t);
	t_keys(t, "Enter");
	t_value(t, "payment.get", &detail);
	t_see(t, "versé 19,00");
	t_see(t, "0751 091680003072");
}

static void a_detail_that_needs_a_proof_says_so(void **state)
{
	struct t *t = *state;

	open_payments(t);
	t_keys(t, "Enter");
	t_refuse(t, "payment.get", 403, "proof.needed",
		 "Prouvez l'identité pour voir le détail", NULL);
	t_see(t, "Prouvez l'identité pour voir le détail");
	t_keys(t, "F3");
	t_see(t, "Consultation");
}

#define T(test) cmocka_unit_test_setup_teardown(test, t_setup, t_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(amounts_are_shown_when_the_identity_is_proved),
		T(hidden_amounts_are_bullets),
		T(rows_being_read_again_cannot_be_opened),
		T(a_list_refused_is_not_waited_for),
		T(a_long_wait_is_said),
		T(the_last_row_asks_for_the_next_page_once),
		T(the_period_chosen_is_asked_for),
		T(an_end_before_the_start_stays_on_the_field),
		T(twelve_months_are_one_key),
		T(the_period_stays_when_another_tab_was_looked_at),
		T(a_person_of_the_family_narrows_the_payments),
		T(the_detail_explains_each_line_in_words),
		T(a_detail_that_needs_a_proof_says_so),
	};

	return cmocka_run_group_tests_name("payments", tests, NULL, NULL);
}
