/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The agenda of an office, the appointments of a file. */
#include "screen_desk.h"
#include "unit.h"

#include <string.h>

#define T_OTHER "0000000000002"
#define MORNING 1795251600000           /* 21 November 2026, 10:00 in Paris */

static const struct appointment day[] = {
	{ .id = "0000000000051", .number = "RDV-26-000123",
	  .insured_id = T_INSURED, .insured_name = "MARTIN Éléonore",
	  .office_id = "0000000000005", .office_name = "Grenoble", .desk = 1,
	  .reason = "C2S", .reason_label = "Complémentaire santé",
	  .starts_at = MORNING, .ends_at = MORNING + 1800000,
	  .cancelled_by = -1 },
	{ .id = "0000000000052", .number = "RDV-26-000124",
	  .insured_id = T_OTHER, .insured_name = "DURAND Paul",
	  .office_id = "0000000000005", .office_name = "Grenoble", .desk = 2,
	  .reason = "C2S", .reason_label = "Complémentaire santé",
	  .starts_at = MORNING + 1800000, .ends_at = MORNING + 3600000,
	  .cancelled_by = -1 },
};

static void open_agenda(struct t *t)
{
	ui_push(ui_front(t->ui), &screen_agenda, NULL);
	ui_turn(t->ui);
	t_items(t, "appointment.list", day, 2);
	if (fake_is_asked(t->api, "appointment.list"))
		t_items(t, "appointment.list", day, 2);
}

static void answer_change(struct t *t, int row, int state)
{
	struct appointment now = day[row];

	t_value(t, "appointment.get", &day[row]);
	now.state = state;
	t_value(t, "appointment.update", &now);
}

static void an_arrival_is_noted_on_its_row(void **state)
{
	struct t *t = *state;
	const struct appointment_change *asked;
	struct appointment now = day[0];

	now.state = APPOINTMENT_ARRIVED;
	open_agenda(t);
	t_see(t, "0 en salle d'attente");
	t_keys(t, "\"a\"");
	t_value(t, "appointment.get", &day[0]);
	asked = fake_body(t->api, "appointment.update");
	assert_non_null(asked);
	assert_int_equal(asked->state, APPOINTMENT_ARRIVED);
	assert_string_equal(fake_etag(t->api, "appointment.update"), "\"1\"");
	t_value(t, "appointment.update", &now);
	t_see(t, "1 en salle d'attente");
}

static void two_arrivals_in_a_row_are_both_noted(void **state)
{
	struct t *t = *state;
	const struct appointment_key *asked;

	open_agenda(t);
	t_keys(t, "\"a\" Down \"a\"");
	asked = fake_query(t->api, "appointment.get");
	assert_string_equal(asked->appointment_id, day[0].id);
	answer_change(t, 0, APPOINTMENT_ARRIVED);
	asked = fake_query(t->api, "appointment.get");
	assert_non_null(asked);
	assert_string_equal(asked->appointment_id, day[1].id);
	answer_change(t, 1, APPOINTMENT_ARRIVED);
	t_see(t, "2 en salle d'attente");
}

static void a_change_refused_is_said_and_the_keys_are_free_again(void **state)
{
	struct t *t = *state;

	open_agenda(t);
	t_keys(t, "\"t\"");
	t_value(t, "appointment.get", &day[0]);
	t_refuse(t, "appointment.update", 412, "changed",
		 "Quelqu'un d'autre l'a modifié", NULL);
	t_see(t, "Quelqu'un d'autre l'a modifié");
	t_keys(t, "\"a\"");
	assert_true(fake_is_asked(t->api, "appointment.get"));
}

static void cancelling_asks_by_whom(void **state)
{
	struct t *t = *state;
	const struct appointment_change *asked;

	open_agenda(t);
	t_keys(t, "\"d\"");
	t_see(t, "Annuler le rendez-vous de MARTIN Éléonore");
	assert_false(fake_is_asked(t->api, "appointment.get"));
	t_keys(t, "\"a\"");
	t_value(t, "appointment.get", &day[0]);
	asked = fake_body(t->api, "appointment.update");
	assert_non_null(asked);
	assert_int_equal(asked->state, APPOINTMENT_CANCELLED);
	assert_int_equal(asked->cancelled_by, CANCELLED_BY_INSURED);
}

static void enter_alone_cancels_nothing(void **state)
{
	struct t *t = *state;

	open_agenda(t);
	t_keys(t, "\"d\"");
	t_keys(t, "Enter");
	assert_false(fake_is_asked(t->api, "appointment.get"));
}

static void the_next_day_is_one_key(void **state)
{
	struct t *t = *state;
	const struct appointment_query *asked;

	open_agenda(t);
	t_keys(t, "\"n\"");
	asked = fake_query(t->api, "appointment.list");
	assert_non_null(asked);
	assert_int_equal(date_compare(asked->day, (struct date){ 2026, 11, 22 }), 0);
}

static void rows_of_another_day_cannot_be_changed(void **state)
{
	struct t *t = *state;

	open_agenda(t);
	t_keys(t, "\"n\" \"a\"");
	assert_false(fake_is_asked(t->api, "appointment.get"));
	t_see(t, "La liste se met à jour");
}

static void two_days_on_drop_the_answer_of_the_first(void **state)
{
	struct t *t = *state;
	const struct appointment_query *asked;

	open_agenda(t);
	t_keys(t, "\"n\" \"n\"");
	assert_int_equal(fake_count(t->api, "appointment.list"), 1);
	asked = fake_query(t->api, "appointment.list");
	assert_int_equal(asked->day.day, 23);
}

static void another_office_is_asked_for_by_its_number(void **state)
{
	struct t *t = *state;
	const struct appointment_query *asked;

	while (fake_is_asked(t->api, "appointment.list"))
		t_items(t, "appointment.list", day, 0);
	ui_push(ui_front(t->ui), &screen_agenda, "0000000000006");
	ui_turn(t->ui);
	asked = fake_query(t->api, "appointment.list");
	assert_non_null(asked);
	assert_string_equal(asked->office_id, "0000000000006");
}

static void another_office_is_chosen_from_the_list(void **state)
{
	struct t *t = *state;
	const struct appointment_query *asked;
	const struct office offices[] = {
		{ .id = "0000000000005", .name = "Grenoble", .postcode = "38000",
		  .city = "Grenoble", .desks = 3, .mine = true },
		{ .id = "0000000000006", .name = "Vizille", .postcode = "38220",
		  .city = "Vizille", .desks = 1 },
	};

	open_agenda(t);
	t_keys(t, "\"o\"");
	t_items(t, "office.list", offices, 2);
	t_see(t, "ce point d'accueil");
	t_keys(t, "Down Enter");
	asked = fake_query(t->api, "appointment.list");
	assert_non_null(asked);
	assert_string_equal(asked->office_id, "0000000000006");
	t_keys(t, "F3");
	t_see(t, "Accueil du poste");
}

static void enter_opens_the_file_of_the_person(void **state)
{
	struct t *t = *state;
	const struct contact_new *asked;

	open_agenda(t);
	t_keys(t, "Down Enter");
	asked = fake_body(t->api, "contact.create");
	assert_non_null(asked);
	assert_string_equal(asked->insured_id, T_OTHER);
}

/* ---- Those of a file ------------------------------------------------------------ */

static void open_list(struct t *t)
{
	while (fake_is_asked(t->api, "appointment.list"))
		t_items(t, "appointment.list", day, 0);
	t_file(t, &screen_appointments, NULL);
	t_items(t, "appointment.list", day, 1);
}

static void moving_leads_to_the_slots(void **state)
{
	struct t *t = *state;

	open_list(t);
	t_keys(t, "\"d\"");
	t_see(t, "Prendre rendez-vous");
	assert_true(fake_is_asked(t->api, "reason.list"));
}

static void settled_before_is_noted(void **state)
{
	struct t *t = *state;

	open_list(t);
	t_keys(t, "\"t\"");
	answer_change(t, 0, APPOINTMENT_SETTLED_BEFORE);
	t_see(t, "réglé avant");
}

static void an_empty_list_changes_nothing(void **state)
{
	struct t *t = *state;

	while (fake_is_asked(t->api, "appointment.list"))
		t_items(t, "appointment.list", day, 0);
	t_file(t, &screen_appointments, NULL);
	t_items(t, "appointment.list", day, 0);
	t_keys(t, "\"d\" \"a\" \"t\" F9");
	assert_false(fake_is_asked(t->api, "appointment.get"));
	t_see(t, "Choisissez d'abord une ligne");
}

#define T(test) cmocka_unit_test_setup_teardown(test, t_setup, t_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(an_arrival_is_noted_on_its_row),
		T(two_arrivals_in_a_row_are_both_noted),
		T(a_change_refused_is_said_and_the_keys_are_free_again),
		T(cancelling_asks_by_whom),
		T(enter_alone_cancels_nothing),
		T(the_next_day_is_one_key),
		T(rows_of_another_day_cannot_be_changed),
		T(two_days_on_drop_the_answer_of_the_first),
		T(another_office_is_asked_for_by_its_number),
		T(another_office_is_chosen_from_the_list),
		T(enter_opens_the_file_of_the_person),
		T(moving_leads_to_the_slots),
		T(settled_before_is_noted),
		T(an_empty_list_changes_nothing),
	};

	return cmocka_run_group_tests_name("appointments", tests, NULL, NULL);
}
