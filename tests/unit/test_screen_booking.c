/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Booking an appointment, holding a slot meanwhile. */
#include "screen_desk.h"
#include "unit.h"

#include <string.h>

#define T_OFFICE "0000000000005"
#define T_HOLD "0000000000041"
#define T_APPOINTMENT "0000000000051"
#define MONDAY 1795424400000            /* 23 November 2026, 10:00 in Paris */
#define EVERYBODY ((1u << ROLE_N) - 1)
#define BOTH (1u << CHANNEL_COUNTER | 1u << CHANNEL_PHONE)

static const struct reason reasons[] = {
	{ .code = "C2S", .label = "Complémentaire santé", .minutes = 30,
	  .channels = BOTH, .roles = EVERYBODY, .pieces = "avis d'impôt" },
	{ .code = "INVALIDITE", .label = "Invalidité", .minutes = 45,
	  .channels = 1u << CHANNEL_COUNTER, .roles = EVERYBODY },
	{ .code = "RECLAMATION", .label = "Réclamation", .minutes = 20,
	  .channels = BOTH, .roles = 1u << ROLE_SUPERVISOR },
};

static const struct slot slots[] = {
	{ .office_id = T_OFFICE, .office_name = "Grenoble", .desk = 1,
	  .starts_at = MONDAY, .ends_at = MONDAY + 1800000, .held = true,
	  .held_by = "B. Roux" },
	{ .office_id = T_OFFICE, .office_name = "Grenoble", .desk = 2,
	  .starts_at = MONDAY + 1800000, .ends_at = MONDAY + 3600000 },
};

static const struct hold hold = { .id = T_HOLD, .office_id = T_OFFICE,
	.office_name = "Grenoble", .desk = 2, .reason = "C2S",
	.starts_at = MONDAY + 1800000, .ends_at = MONDAY + 3600000,
	.expires_at = 1795254420000, .held_by = "A. Lefèvre" };

static const struct appointment made = { .id = T_APPOINTMENT,
	.number = "RDV-26-000123", .insured_id = T_INSURED,
	.insured_name = "MARTIN Éléonore", .office_id = T_OFFICE,
	.office_name = "Grenoble", .office_address = "2 rue des Alliés",
	.desk = 2, .reason = "C2S", .reason_label = "Complémentaire santé",
	.starts_at = MONDAY + 1800000, .ends_at = MONDAY + 3600000,
	.cancelled_by = -1 };

static void open_booking(struct t *t, const char *arg)
{
	t_file(t, &screen_booking, arg);
	t_items(t, "reason.list", reasons, 3);
}

static void open_slots(struct t *t, const char *arg)
{
	open_booking(t, arg);
	t_keys(t, "Enter");
	t_items(t, "slot.list", slots, 2);
}

static void open_held(struct t *t, const char *arg)
{
	open_slots(t, arg);
	t_keys(t, "Enter");
	t_value(t, "hold.create", &hold);
}

static void reasons_kept_for_another_role_are_not_offered(void **state)
{
	struct t *t = *state;

	open_booking(t, T_INSURED);
	t_see(t, "Invalidité");
	t_not(t, "Réclamation");
}

static void a_number_to_call_leaves_only_what_the_phone_can_do(void **state)
{
	struct t *t = *state;

	open_booking(t, T_INSURED);
	t_keys(t, "Tab Tab Tab Tab \"0639980042\" Enter");
	t_not(t, "Invalidité");
	t_see(t, "Complémentaire santé");
}

static void the_cursor_starts_on_the_first_free_slot(void **state)
{
	struct t *t = *state;
	const struct hold_new *asked;

	open_slots(t, T_INSURED);
	t_see(t, "tenu par B. Roux");
	t_keys(t, "Enter");
	asked = fake_body(t->api, "hold.create");
	assert_non_null(asked);
	assert_int_equal(asked->desk, 2);
	assert_string_equal(asked->reason, "C2S");
}

static void a_slot_held_by_somebody_else_is_not_asked_for(void **state)
{
	struct t *t = *state;

	open_slots(t, T_INSURED);
	t_keys(t, "Up Enter");
	t_see(t, "Ce créneau est tenu par B. Roux");
	assert_false(fake_is_asked(t->api, "hold.create"));
}

static void nothing_is_booked_without_a_slot_held(void **state)
{
	struct t *t = *state;

	open_booking(t, T_INSURED);
	t_keys(t, "F10");
	t_see(t, "Choisissez d'abord le motif");
	assert_false(fake_is_asked(t->api, "appointment.create"));
}

static void two_validations_are_one_appointment(void **state)
{
	struct t *t = *state;
	const struct appointment_new *asked;

	open_held(t, T_INSURED);
	t_keys(t, "F10 F10");
	assert_int_equal(fake_count(t->api, "appointment.create"), 1);
	asked = fake_body(t->api, "appointment.create");
	assert_string_equal(asked->hold_id, T_HOLD);
	assert_int_equal(asked->channel, CHANNEL_COUNTER);
	assert_false(asked->accept_warnings);
	t_value(t, "appointment.create", &made);
	t_see(t, "RDV-26-000123");
	t_keys(t, "F10");
	assert_false(fake_is_asked(t->api, "appointment.create"));
}

static void a_number_to_call_makes_it_a_call(void **state)
{
	struct t *t = *state;
	const struct appointment_new *asked;

	open_held(t, T_INSURED);
	t_keys(t, "Tab Tab Tab \"0639980042\" F10");
	asked = fake_body(t->api, "appointment.create");
	assert_non_null(asked);
	assert_int_equal(asked->channel, CHANNEL_PHONE);
	assert_string_equal(asked->phone, "0639980042");
}

static void a_slot_taken_shows_the_nearest(void **state)
{
	struct t *t = *state;

	open_slots(t, T_INSURED);
	t_keys(t, "Enter");
	t_refuse(t, "hold.create", 409, "slot.taken", "Créneau déjà pris",
		 "{\"nearest\":[{\"office_id\":\"" T_OFFICE "\","
		 "\"office_name\":\"Vizille\",\"desk\":1,"
		 "\"starts_at\":\"2026-11-24T09:00:00+01:00\","
		 "\"ends_at\":\"2026-11-24T09:30:00+01:00\",\"held\":false,"
		 "\"held_by\":null,\"held_until\":null}]}");
	t_see(t, "voici les plus proches");
	t_see(t, "Vizille");
	t_not(t, "B. Roux");
}

static void a_warning_is_asked_then_accepted_with_another_key(void **state)
{
	struct t *t = *state;
	const struct appointment_new *asked;
	char key[80];

	open_held(t, T_INSURED);
	t_keys(t, "F10");
	text_copy(key, sizeof(key), fake_key(t->api, "appointment.create"));
	t_refuse(t, "appointment.create", 409,
		 "appointment.warning", "À confirmer",
		 "{\"warning\":\"Déjà un rendez-vous ce jour.\"}");
	t_see(t, "Déjà un rendez-vous ce jour.");
	assert_false(fake_is_asked(t->api, "appointment.create"));
	t_keys(t, "\"o\"");
	asked = fake_body(t->api, "appointment.create");
	assert_non_null(asked);
	assert_true(asked->accept_warnings);
	assert_string_not_equal(fake_key(t->api, "appointment.create"), key);
}

static void a_warning_refused_books_nothing(void **state)
{
	struct t *t = *state;

	open_held(t, T_INSURED);
	t_keys(t, "F10");
	t_refuse(t, "appointment.create", 409, "appointment.warning", "À confirmer",
		 NULL);
	t_keys(t, "\"n\"");
	assert_false(fake_is_asked(t->api, "appointment.create"));
	t_see(t, "Tenu pour vous");
}

static void a_hold_expired_reads_the_slots_again(void **state)
{
	struct t *t = *state;

	open_held(t, T_INSURED);
	t_keys(t, "F10");
	t_refuse(t, "appointment.create", 409, "hold.expired",
		 "Le créneau n'est plus tenu", NULL);
	t_not(t, "Tenu pour vous");
	assert_true(fake_is_asked(t->api, "slot.list"));
}

static void leaving_lets_the_slot_go(void **state)
{
	struct t *t = *state;
	const struct hold_key *asked;

	open_held(t, T_INSURED);
	t_keys(t, "F3");
	asked = fake_query(t->api, "hold.delete");
	assert_non_null(asked);
	assert_string_equal(asked->hold_id, T_HOLD);
	t_not(t, "Créneaux");
}

static void close_the_file(struct t *t)
{
	const struct contact closed = { .id = T_CONTACT, .insured_id = T_INSURED,
		.agent = "a.lefevre", .reason = -1, .outcome = -1, .advised = -1,
		.proof = -1, .opened_at = 1795000000000 };

	t_keys(t, "^D F10");
	t_value(t, "contact.close", &closed);
	t_see(t, "Rechercher");
}

static void closing_the_file_lets_the_slot_go(void **state)
{
	struct t *t = *state;
	const struct hold_key *asked;

	open_held(t, T_INSURED);
	close_the_file(t);
	asked = fake_query(t->api, "hold.delete");
	assert_non_null(asked);
	assert_string_equal(asked->hold_id, T_HOLD);
}

static void a_slot_held_for_a_screen_that_is_gone_is_let_go(void **state)
{
	struct t *t = *state;
	const struct hold_key *asked;

	open_slots(t, T_INSURED);
	t_keys(t, "Enter Esc");
	t_keys(t, "F3");
	t_value(t, "hold.create", &hold);
	asked = fake_query(t->api, "hold.delete");
	assert_non_null(asked);
	assert_string_equal(asked->hold_id, T_HOLD);
	t_not(t, "bien été enregistré");
}

static void another_reason_lets_the_slot_go(void **state)
{
	struct t *t = *state;

	open_held(t, T_INSURED);
	t_keys(t, "S-Tab");
	t_keys(t, "Enter");
	assert_false(fake_is_asked(t->api, "hold.delete"));
	t_items(t, "slot.list", slots, 2);
	t_keys(t, "S-Tab");
	t_keys(t, "Down Enter");
	assert_true(fake_is_asked(t->api, "hold.delete"));
	t_not(t, "Tenu pour vous");
}

static void a_slot_being_booked_is_not_let_go(void **state)
{
	struct t *t = *state;

	open_held(t, T_INSURED);
	t_keys(t, "F10");
	t_keys(t, "F3");
	assert_true(fake_is_asked(t->api, "appointment.create"));
	assert_false(fake_is_asked(t->api, "hold.delete"));
}

static void what_is_booked_is_not_let_go(void **state)
{
	struct t *t = *state;

	open_held(t, T_INSURED);
	t_keys(t, "F10");
	t_value(t, "appointment.create", &made);
	t_keys(t, "F3");
	assert_false(fake_is_asked(t->api, "hold.delete"));
}

static void refreshing_keeps_the_slot_held(void **state)
{
	struct t *t = *state;

	open_held(t, T_INSURED);
	t_keys(t, "F5");
	t_items(t, "slot.list", slots, 2);
	t_see(t, "Tenu pour vous");
}

static void moving_reads_the_old_one_then_changes_it(void **state)
{
	struct t *t = *state;
	const struct appointment_change *asked;

	open_held(t, T_INSURED "/" T_APPOINTMENT);
	t_keys(t, "F10");
	t_value(t, "appointment.get", &made);
	asked = fake_body(t->api, "appointment.update");
	assert_non_null(asked);
	assert_string_equal(asked->hold_id, T_HOLD);
	assert_string_equal(fake_etag(t->api, "appointment.update"), "\"1\"");
	assert_false(fake_is_asked(t->api, "appointment.create"));
}

#define T(test) cmocka_unit_test_setup_teardown(test, t_setup, t_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(reasons_kept_for_another_role_are_not_offered),
		T(a_number_to_call_leaves_only_what_the_phone_can_do),
		T(the_cursor_starts_on_the_first_free_slot),
		T(a_slot_held_by_somebody_else_is_not_asked_for),
		T(nothing_is_booked_without_a_slot_held),
		T(two_validations_are_one_appointment),
		T(a_number_to_call_makes_it_a_call),
		T(a_slot_taken_shows_the_nearest),
		T(a_warning_is_asked_then_accepted_with_another_key),
		T(a_warning_refused_books_nothing),
		T(a_hold_expired_reads_the_slots_again),
		T(leaving_lets_the_slot_go),
		T(closing_the_file_lets_the_slot_go),
		T(a_slot_held_for_a_screen_that_is_gone_is_let_go),
		T(another_reason_lets_the_slot_go),
		T(a_slot_being_booked_is_not_let_go),
		T(what_is_booked_is_not_let_go),
		T(refreshing_keeps_the_slot_held),
		T(moving_reads_the_old_one_then_changes_it),
	};

	return cmocka_run_group_tests_name("booking", tests, NULL, NULL);
}
