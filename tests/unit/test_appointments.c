/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cards_fixture.h"

#include "handlers/handlers.h"

#include <stdio.h>
#include <string.h>

#define OTHER_AGENT 12

static bool hold(struct fixture *t, int64_t file, int64_t office, int64_t desk,
		 int64_t starts_at)
{
	struct hold_new asked = {
		.desk = desk, .reason = T_REASON, .starts_at = starts_at,
	};

	id_format(office, asked.office_id);
	id_format(file, asked.insured_id);
	return fixture_call(t, &api_hold_create, hold_create, NULL, &asked);
}

static struct hold held(struct fixture *t, int64_t starts_at)
{
	assert_true(hold(t, T_MOTHER, T_GRENOBLE, 1, starts_at));
	return *(struct hold *)rows_at(&t->out, 0);
}

static struct appointment_new booking(int64_t starts_at)
{
	struct appointment_new asked = {
		.desk = 1, .reason = T_REASON, .channel = CHANNEL_COUNTER,
		.starts_at = starts_at, .note = "interprète",
	};

	id_format(T_MOTHER, asked.insured_id);
	id_format(T_GRENOBLE, asked.office_id);
	return asked;
}

static bool book(struct fixture *t, const struct appointment_new *asked)
{
	return fixture_call(t, &api_appointment_create, appointment_create, NULL,
			    asked);
}

static struct appointment booked(struct fixture *t, int64_t starts_at)
{
	struct appointment_new asked = booking(starts_at);

	asked.accept_warnings = true;
	assert_true(book(t, &asked));
	return *(struct appointment *)rows_at(&t->out, 0);
}

static struct appointment_change nothing(void)
{
	return (struct appointment_change){ .state = -1, .cancelled_by = -1 };
}

static bool change(struct fixture *t, const struct appointment *appointment,
		   int64_t version, const struct appointment_change *asked)
{
	struct appointment_key key;

	memcpy(key.appointment_id, appointment->id, sizeof(key.appointment_id));
	t->req.if_match = version;
	return fixture_call(t, &api_appointment_update, appointment_update, &key,
			    asked);
}

static const struct slot_taken *nearest(const struct fixture *t)
{
	fixture_refused(t, 409, "slot.taken");
	assert_ptr_equal(t->req.extra_codec, &slot_taken_codec);
	return t->req.extra;
}

static void a_hold_lasts_five_minutes_and_names_its_agent(void **state)
{
	struct fixture *t = *state;
	struct hold hold_a = held(t, november(23, 9, 0));

	assert_string_equal(hold_a.held_by, "A. Lefèvre");
	assert_string_equal(hold_a.office_name, "Grenoble");
	assert_int_equal(hold_a.ends_at, november(23, 9, 30));
	assert_int_equal(hold_a.expires_at, t->req.now_ms + 300000);
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM cell"), 6);
}

static void the_second_agent_is_told_the_three_nearest_slots(void **state)
{
	struct fixture *t = *state;
	const struct slot_taken *taken;

	held(t, november(23, 10, 0));
	assert_true(hold(t, T_STRANGER, T_GRENOBLE, 2, november(23, 10, 0)));
	t_agent(t, OTHER_AGENT);
	assert_false(hold(t, T_STRANGER, T_GRENOBLE, 1, november(23, 10, 0)));
	taken = nearest(t);
	assert_int_equal(taken->count, 3);
	assert_int_equal(taken->nearest[0].starts_at, november(23, 9, 30));
	assert_int_equal(taken->nearest[1].starts_at, november(23, 10, 30));
	assert_int_equal(taken->nearest[2].starts_at, november(23, 9, 15));
	assert_string_equal(taken->nearest[0].office_name, "Grenoble");
}

static void another_office_is_offered_when_this_one_is_full(void **state)
{
	static const char *const away[] = {
		"INSERT INTO absence (caisse, office_id, id, desk, starts_at,"
		" ends_at, label) VALUES (1381, 21, 1, 2, 0, 4000000000000, '')",
		"DELETE FROM opening WHERE office_id = 21 AND weekday > 1",
		"UPDATE opening SET rule = 3, day = 20780, close_minute = 570"
		" WHERE office_id = 21", NULL,
	};
	struct fixture *t = *state;
	const struct slot_taken *taken;

	fixture_run(t, away);
	held(t, november(23, 9, 0));
	t_agent(t, OTHER_AGENT);
	assert_false(hold(t, T_STRANGER, T_GRENOBLE, 1, november(23, 9, 0)));
	taken = nearest(t);
	assert_int_equal(taken->count, 3);
	assert_string_equal(taken->nearest[0].office_name, "Voiron");
	assert_int_equal(taken->nearest[0].starts_at, november(23, 9, 0));
}

static void half_a_slot_taken_leaves_nothing_behind(void **state)
{
	struct fixture *t = *state;

	held(t, november(23, 10, 0));
	t_agent(t, OTHER_AGENT);
	assert_false(hold(t, T_STRANGER, T_GRENOBLE, 1, november(23, 9, 45)));
	nearest(t);
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM cell"), 6);
}

static void choosing_another_slot_gives_the_first_back(void **state)
{
	struct fixture *t = *state;

	held(t, november(23, 9, 0));
	held(t, november(23, 9, 15));
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM hold"), 1);
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM cell"), 6);
}

static void a_hold_given_back_frees_its_slot(void **state)
{
	struct fixture *t = *state;
	struct hold mine = held(t, november(23, 9, 0));
	struct hold_key key;

	memcpy(key.hold_id, mine.id, sizeof(key.hold_id));
	assert_true(fixture_call(t, &api_hold_delete, hold_delete, &key, NULL));
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM cell"), 0);
	assert_true(fixture_call(t, &api_hold_delete, hold_delete, &key, NULL));
}

static void a_slot_outside_opening_hours_is_closed(void **state)
{
	static const struct { int day, hour, minute, desk; } table[] = {
		{ 22, 9, 0, 1 },        /* a Sunday */
		{ 23, 8, 45, 1 }, { 23, 11, 45, 1 }, { 23, 9, 0, 3 },
		{ 23, 9, 2, 1 },        /* not on five minutes */
	};
	struct fixture *t = *state;

	for (size_t i = 0; i < N_ROWS(table); i++) {
		assert_false(hold(t, T_MOTHER, T_GRENOBLE, table[i].desk,
				  november(table[i].day, table[i].hour,
					   table[i].minute)));
		fixture_refused(t, 422, "slot.closed");
	}
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM cell"), 0);
}

static void a_booking_takes_the_cells_of_its_hold(void **state)
{
	struct fixture *t = *state;
	struct hold mine = held(t, november(23, 9, 0));
	struct appointment_new asked = booking(0);
	const struct appointment *made;

	memcpy(asked.hold_id, mine.id, sizeof(asked.hold_id));
	asked.desk = CODEC_NONE;
	assert_true(book(t, &asked));
	made = rows_at(&t->out, 0);
	assert_string_equal(made->number, "RDV-26-000001");
	assert_string_equal(made->insured_name, "MARTIN Éléonore");
	assert_string_equal(made->reason_label, "Complémentaire santé solidaire");
	assert_string_equal(made->pieces, "avis d'imposition");
	assert_string_equal(made->office_address,
			    "2 rue des Alliés, 38000 Grenoble");
	assert_string_equal(made->note, "interprète");
	assert_int_equal(made->starts_at, november(23, 9, 0));
	assert_int_equal(made->state, APPOINTMENT_BOOKED);
	assert_int_equal(made->cancelled_by, -1);
	assert_int_equal(t->req.version, 1);
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM hold"), 0);
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM cell"
				 " WHERE appointment_id <> 0 AND hold_id = 0"
				 " AND expires_at = 0"), 6);
}

static void an_expired_hold_cannot_be_booked_and_another_may_take_it(void **state)
{
	struct fixture *t = *state;
	struct hold mine = held(t, november(23, 9, 0));
	struct appointment_new asked = booking(0);

	memcpy(asked.hold_id, mine.id, sizeof(asked.hold_id));
	t_now(t, mine.expires_at);
	assert_false(book(t, &asked));
	fixture_refused(t, 409, "hold.expired");
	t_agent(t, OTHER_AGENT);
	assert_true(hold(t, T_STRANGER, T_GRENOBLE, 1, november(23, 9, 0)));
}

static void a_hold_is_booked_for_its_file_and_reason_only(void **state)
{
	struct fixture *t = *state;
	struct hold mine = held(t, november(23, 9, 0));
	struct appointment_new asked = booking(0);

	memcpy(asked.hold_id, mine.id, sizeof(asked.hold_id));
	snprintf(asked.reason, sizeof(asked.reason), "%s", T_SHORT_REASON);
	assert_false(book(t, &asked));
	assert_string_equal(t->err.field, "reason");
	asked = booking(0);
	memcpy(asked.hold_id, mine.id, sizeof(asked.hold_id));
	id_format(T_STRANGER, asked.insured_id);
	fixture_contact(t, T_STRANGER, TIER_SIMPLE);
	assert_false(book(t, &asked));
	assert_string_equal(t->err.field, "hold_id");
}

static void the_hold_of_another_agent_cannot_be_booked(void **state)
{
	struct fixture *t = *state;
	struct hold mine = held(t, november(23, 9, 0));
	struct appointment_new asked = booking(0);

	memcpy(asked.hold_id, mine.id, sizeof(asked.hold_id));
	t_agent(t, OTHER_AGENT);
	assert_false(book(t, &asked));
	fixture_refused(t, 409, "hold.expired");
}

static void a_slot_is_booked_once(void **state)
{
	struct fixture *t = *state;
	struct appointment_new asked = booking(november(23, 9, 0));

	assert_true(book(t, &asked));
	asked.accept_warnings = true;
	assert_false(book(t, &asked));
	assert_int_equal(nearest(t)->count, 3);
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM appointment"), 1);
}

static void a_reason_is_met_only_through_its_channels(void **state)
{
	struct fixture *t = *state;
	struct appointment_new asked = booking(november(23, 9, 0));

	asked.channel = CHANNEL_VIDEO;
	assert_false(book(t, &asked));
	fixture_refused(t, 422, "reason.channel");
	asked.channel = CHANNEL_PHONE;
	assert_true(book(t, &asked));
}

static void booking_needs_the_contact_of_the_file_and_an_identification(void **state)
{
	struct fixture *t = *state;
	struct appointment_new asked = booking(november(23, 9, 0));

	fixture_contact(t, T_STRANGER, TIER_SIMPLE);
	assert_false(book(t, &asked));
	assert_int_equal(t->err.status, 404);
	fixture_contact(t, T_MOTHER, TIER_NONE);
	assert_false(book(t, &asked));
	fixture_refused(t, 403, "proof.needed");
}

static void warnings_are_told_once_and_may_be_accepted(void **state)
{
	static const struct {
		int day, hour;
		const char *word;
	} table[] = {
		{ 23, 10, "ce jour-là" },
		{ 24, 9, "à venir" },
		{ 20, 9, "déjà passée" },
	};
	struct fixture *t = *state;

	booked(t, november(23, 9, 0));
	for (size_t i = 0; i < N_ROWS(table); i++) {
		struct appointment_new asked =
			booking(november(table[i].day, table[i].hour, 0));
		const struct appointment_warning *warning;

		assert_false(book(t, &asked));
		fixture_refused(t, 409, "appointment.warning");
		warning = t->req.extra;
		assert_non_null(strstr(warning->warning, table[i].word));
		asked.accept_warnings = true;
		assert_true(book(t, &asked));
	}
}

static void states_follow_their_table(void **state)
{
	/* a row a state, a column a state it may go to: B A I D S N C M */
	static const char *const table[APPOINTMENT_STATE_N] = {
		[APPOINTMENT_BOOKED] = ".xxxxxx.",
		[APPOINTMENT_ARRIVED] = "x.xx.xx.",
		[APPOINTMENT_IN_PROGRESS] = "...x....",
		[APPOINTMENT_DONE] = "........",
		[APPOINTMENT_SETTLED_BEFORE] = "........",
		[APPOINTMENT_NO_SHOW] = ".x......",
		[APPOINTMENT_CANCELLED] = "........",
		[APPOINTMENT_MOVED] = "........",
	};
	struct fixture *t = *state;
	struct appointment made = booked(t, november(23, 9, 0));

	for (int from = 0; from < APPOINTMENT_STATE_N; from++) {
		for (int to = 0; to < APPOINTMENT_STATE_N; to++) {
			struct appointment_change asked = nothing();
			bool ok;

			assert_true(db_run(t->db, &t->err, NULL,
				"UPDATE appointment SET state = $1, version = 1",
				"i", (int64_t)from));
			asked.state = to;
			asked.cancelled_by = CANCELLED_BY_INSURED;
			ok = change(t, &made, 1, &asked);
			if (ok != (table[from][to] == 'x'))
				fail_msg("%s to %s", appointment_state_names[from],
					 appointment_state_names[to]);
			if (!ok)
				fixture_refused(t, 409, "appointment.state");
		}
	}
}

static void a_cancellation_says_who_and_why_and_frees_the_desk(void **state)
{
	struct fixture *t = *state;
	struct appointment made = booked(t, november(23, 9, 0));
	struct appointment_change asked = nothing();
	const struct appointment *after;

	asked.state = APPOINTMENT_CANCELLED;
	assert_false(change(t, &made, 1, &asked));
	assert_string_equal(t->err.field, "cancelled_by");
	asked.cancelled_by = CANCELLED_BY_CAISSE;
	snprintf(asked.cancel_reason, sizeof(asked.cancel_reason), "panne");
	assert_true(change(t, &made, 1, &asked));
	after = rows_at(&t->out, 0);
	assert_int_equal(after->cancelled_by, CANCELLED_BY_CAISSE);
	assert_string_equal(after->cancel_reason, "panne");
	assert_int_equal(t->req.version, 2);
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM cell"), 0);
}

static void an_arrival_keeps_its_hour(void **state)
{
	struct fixture *t = *state;
	struct appointment made = booked(t, november(23, 9, 0));
	struct appointment_change asked = nothing();

	t_now(t, november(23, 8, 51));
	asked.state = APPOINTMENT_ARRIVED;
	assert_true(change(t, &made, 1, &asked));
	assert_int_equal(((struct appointment *)rows_at(&t->out, 0))->arrived_at,
			 november(23, 8, 51));
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM cell"), 6);
}

static void a_change_on_an_old_version_is_refused(void **state)
{
	struct fixture *t = *state;
	struct appointment made = booked(t, november(23, 9, 0));
	struct appointment_change asked = nothing();

	asked.state = APPOINTMENT_ARRIVED;
	assert_true(change(t, &made, 1, &asked));
	asked.state = APPOINTMENT_DONE;
	assert_false(change(t, &made, 1, &asked));
	assert_int_equal(t->err.status, 412);
}

static void a_move_makes_a_new_appointment_and_frees_the_old_slot(void **state)
{
	struct fixture *t = *state;
	struct appointment made = booked(t, november(23, 9, 0));
	struct hold mine = held(t, november(24, 10, 0));
	struct appointment_change asked = nothing();
	const struct appointment *after;

	memcpy(asked.hold_id, mine.id, sizeof(asked.hold_id));
	assert_true(change(t, &made, 1, &asked));
	after = rows_at(&t->out, 0);
	assert_string_equal(after->number, made.number);
	assert_int_equal(after->state, APPOINTMENT_MOVED);
	assert_string_equal(after->moved_to, "RDV-26-000002");
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM cell"), 6);
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM appointment"
				 " WHERE number = 'RDV-26-000002' AND state = 0"
				 " AND note = 'interprète'"), 1);
}

static void a_day_and_a_file_are_read_page_by_page(void **state)
{
	static const int hours[] = { 11, 9, 10 };
	struct fixture *t = *state;
	struct appointment_query query = {
		.day = { 2026, 11, 23 }, .limit = 2,
	};
	const struct appointment *row;

	for (size_t i = 0; i < N_ROWS(hours); i++)
		booked(t, november(23, hours[i], 0));
	assert_true(fixture_call(t, &api_appointment_list, appointment_list,
				 &query, NULL));
	assert_int_equal(t->out.count, 2);
	row = rows_at(&t->out, 0);
	assert_int_equal(row->starts_at, november(23, 9, 0));
	snprintf(query.cursor, sizeof(query.cursor), "%s", t->req.cursor);
	assert_true(fixture_call(t, &api_appointment_list, appointment_list,
				 &query, NULL));
	assert_int_equal(t->out.count, 1);
	row = rows_at(&t->out, 0);
	assert_int_equal(row->starts_at, november(23, 11, 0));
	assert_string_equal(t->req.cursor, "");
	id_format(T_MOTHER, query.insured_id);
	assert_false(fixture_call(t, &api_appointment_list, appointment_list,
				  &query, NULL));
	fixture_refused(t, 400, "cursor.invalid");
	query.cursor[0] = '\0';
	fixture_contact(t, T_STRANGER, TIER_STRONG);
	assert_false(fixture_call(t, &api_appointment_list, appointment_list,
				  &query, NULL));
	fixture_refused(t, 403, "contact.needed");
	fixture_contact(t, T_MOTHER, TIER_NONE);
	assert_true(fixture_call(t, &api_appointment_list, appointment_list,
				 &query, NULL));
	row = rows_at(&t->out, 0);
	assert_int_equal(row->starts_at, november(23, 11, 0));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, cards_setup, \
						   fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_hold_lasts_five_minutes_and_names_its_agent),
		TEST(the_second_agent_is_told_the_three_nearest_slots),
		TEST(another_office_is_offered_when_this_one_is_full),
		TEST(half_a_slot_taken_leaves_nothing_behind),
		TEST(choosing_another_slot_gives_the_first_back),
		TEST(a_hold_given_back_frees_its_slot),
		TEST(a_slot_outside_opening_hours_is_closed),
		TEST(a_booking_takes_the_cells_of_its_hold),
		TEST(an_expired_hold_cannot_be_booked_and_another_may_take_it),
		TEST(a_hold_is_booked_for_its_file_and_reason_only),
		TEST(the_hold_of_another_agent_cannot_be_booked),
		TEST(a_slot_is_booked_once),
		TEST(a_reason_is_met_only_through_its_channels),
		TEST(booking_needs_the_contact_of_the_file_and_an_identification),
		TEST(warnings_are_told_once_and_may_be_accepted),
		TEST(states_follow_their_table),
		TEST(a_cancellation_says_who_and_why_and_frees_the_desk),
		TEST(an_arrival_keeps_its_hour),
		TEST(a_change_on_an_old_version_is_refused),
		TEST(a_move_makes_a_new_appointment_and_frees_the_old_slot),
		TEST(a_day_and_a_file_are_read_page_by_page),
	};

	return cmocka_run_group_tests_name("appointments", tests, NULL, NULL);
}
