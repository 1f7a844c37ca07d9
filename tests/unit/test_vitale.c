/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cards_fixture.h"

#include "handlers/handlers.h"

#include <stdio.h>
#include <string.h>

static bool order(struct fixture *t, int64_t person, bool parents, bool address)
{
	struct vitale_order asked = {
		.parents_request = parents, .address_confirmed = address,
	};
	struct insured_key key;

	id_format(T_MOTHER, key.insured_id);
	id_format(person, asked.beneficiary_id);
	return fixture_call(t, &api_vitale_create, vitale_create, &key, &asked);
}

static bool lose(struct fixture *t, int64_t person, struct vitale_loss asked)
{
	struct insured_key key;

	id_format(T_MOTHER, key.insured_id);
	id_format(person, asked.beneficiary_id);
	return fixture_call(t, &api_vitale_report_loss, vitale_report_loss, &key,
			    &asked);
}

static const struct vitale_loss honest = {
	.kind = LOSS_LOST, .declared_on_honour = true, .address_confirmed = true,
};

static const struct vitale_receipt *receipt(struct fixture *t)
{
	const struct vitale_receipt *given = rows_at(&t->out, 0);

	assert_non_null(given);
	return given;
}

static void give_card(struct fixture *t)
{
	assert_true(db_run(t->db, &t->err, NULL,
		"INSERT INTO card (caisse, id, kind, state, file_id, person_id,"
		" serial, ordered_day, from_day, to_day, request_id)"
		" VALUES (1381, 500, $1, $2, 101, 101, '0123456789',"
		" 20200101, 20200115, 0, 0)", "ii", (int64_t)CARD_VITALE,
		(int64_t)CARD_ACTIVE));
}

static void the_card_is_ordered_at_the_age_of_the_rule(void **state)
{
	static const struct {
		int64_t person;
		bool parents;
		const char *field;      /* of the refusal, NULL: ordered */
	} table[] = {
		{ T_DAUGHTER, false, "beneficiary_id" },        /* 10 */
		{ T_DAUGHTER, true, "beneficiary_id" },
		{ T_SON, false, "parents_request" },            /* 14 */
		{ T_SON, true, NULL },
		{ T_ELDER, false, NULL },                       /* 17 */
		{ T_MOTHER, false, NULL },
	};
	struct fixture *t = *state;

	for (size_t i = 0; i < N_ROWS(table); i++) {
		bool ok = order(t, table[i].person, table[i].parents, true);

		if (ok != !table[i].field)
			fail_msg("row %zu", i);
		if (ok)
			continue;
		fixture_refused(t, 422, "vitale.age");
		assert_string_equal(t->err.field, table[i].field);
	}
}

static void an_order_waits_for_the_photo_and_the_identity(void **state)
{
	struct fixture *t = *state;

	assert_true(order(t, T_MOTHER, false, true));
	assert_string_equal(receipt(t)->number, "VIT-26-000001");
	assert_string_equal(receipt(t)->blocked_card, "");
	assert_true(receipt(t)->photo_missing);
	assert_true(receipt(t)->identity_missing);
	assert_int_equal(day_number(receipt(t)->expected_on), 20261205);
	assert_int_equal(t_count(t, "SELECT state FROM request WHERE missing = 3"
				 " AND expected_day = 0"), REQUEST_WAITING_PIECES);
	assert_int_equal(t_count(t, "SELECT state FROM card WHERE kind = 1"),
			 CARD_ORDERED);
}

static void a_second_order_is_refused_with_the_number_of_the_first(void **state)
{
	struct fixture *t = *state;
	const struct card_conflict *conflict;

	assert_true(order(t, T_MOTHER, false, true));
	assert_false(order(t, T_MOTHER, false, true));
	fixture_refused(t, 409, "vitale.open");
	conflict = t->req.extra;
	assert_string_equal(conflict->number, "VIT-26-000001");
}

static void the_address_is_confirmed_in_the_call(void **state)
{
	struct fixture *t = *state;

	assert_false(order(t, T_MOTHER, false, false));
	fixture_refused(t, 422, "address.unconfirmed");
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM request"), 0);
}

static void a_loss_blocks_the_card_and_opens_the_order_at_once(void **state)
{
	static const struct { int kind, state; } table[] = {
		{ LOSS_LOST, CARD_LOST }, { LOSS_STOLEN, CARD_STOLEN },
		{ LOSS_FAULTY, CARD_FAULTY },
	};
	struct fixture *t = *state;

	give_card(t);
	for (size_t i = 0; i < N_ROWS(table); i++) {
		struct vitale_loss asked = honest;

		asked.kind = table[i].kind;
		assert_true(db_begin(t->db, &t->err));
		assert_true(lose(t, T_MOTHER, asked));
		assert_string_equal(receipt(t)->blocked_card, "******6789");
		assert_int_equal(day_number(receipt(t)->blocked_on), 20261121);
		assert_string_equal(receipt(t)->number, "VIT-26-000001");
		assert_int_equal(t_count(t, "SELECT state FROM card"
					 " WHERE id = 500"), table[i].state);
		/* it proves nobody's identity any more */
		assert_int_equal(t_count(t, "SELECT COUNT(*) FROM person"
					 " WHERE id = 101 AND vitale_serial = ''"),
				 1);
		assert_int_equal(t_count(t, "SELECT COUNT(*) FROM open_order"), 1);
		db_rollback(t->db);
	}
}

static void a_loss_is_declared_on_honour_with_the_address(void **state)
{
	struct fixture *t = *state;
	struct vitale_loss asked = honest;

	give_card(t);
	asked.declared_on_honour = false;
	assert_false(lose(t, T_MOTHER, asked));
	fixture_refused(t, 422, "honour.missing");
	asked = honest;
	asked.address_confirmed = false;
	assert_false(lose(t, T_MOTHER, asked));
	fixture_refused(t, 422, "address.unconfirmed");
	asked = honest;
	asked.happened_on = (struct date){ 2026, 11, 22 };
	assert_false(lose(t, T_MOTHER, asked));
	assert_string_equal(t->err.field, "happened_on");
	assert_int_equal(t_count(t, "SELECT state FROM card"), CARD_ACTIVE);
}

static void a_loss_told_twice_gives_the_number_of_the_first(void **state)
{
	struct fixture *t = *state;

	give_card(t);
	assert_true(lose(t, T_MOTHER, honest));
	assert_false(lose(t, T_MOTHER, honest));
	fixture_refused(t, 409, "vitale.open");
}

static void a_card_lost_while_another_is_on_its_way_is_blocked_all_the_same(
	void **state)
{
	struct fixture *t = *state;

	give_card(t);
	assert_true(order(t, T_MOTHER, false, true));
	assert_true(lose(t, T_MOTHER, honest));
	assert_string_equal(receipt(t)->number, "VIT-26-000001");
	assert_int_equal(t_count(t, "SELECT state FROM card WHERE id = 500"),
			 CARD_LOST);
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM request"), 1);
}

static void there_is_nothing_to_lose_without_a_card(void **state)
{
	static const char *const none[] = {
		"UPDATE person SET vitale_serial = ''", NULL,
	};
	struct fixture *t = *state;

	fixture_run(t, none);
	assert_false(lose(t, T_MOTHER, honest));
	fixture_refused(t, 409, "card.none");
}

static void what_waits_is_followed_newest_first(void **state)
{
	struct fixture *t = *state;
	struct follow_query query = { .limit = 1 };
	const struct request *request;

	assert_true(order(t, T_MOTHER, false, true));
	assert_true(order(t, T_ELDER, false, true));
	t_agent(t, 12);
	assert_true(order(t, T_SON, true, true));
	t_agent(t, T_AGENT);
	assert_true(fixture_call(t, &api_request_follow, request_follow, &query,
				 NULL));
	assert_int_equal(t->out.count, 1);
	request = rows_at(&t->out, 0);
	assert_string_equal(request->number, "VIT-26-000002");
	assert_string_equal(request->insured_name, "MARTIN Éléonore");
	assert_string_equal(request->beneficiary_name, "Paul");
	assert_string_equal(request->missing, "photo, pièce d'identité");
	snprintf(query.cursor, sizeof(query.cursor), "%s", t->req.cursor);
	assert_true(fixture_call(t, &api_request_follow, request_follow, &query,
				 NULL));
	request = rows_at(&t->out, 0);
	assert_string_equal(request->number, "VIT-26-000001");
	assert_string_equal(t->req.cursor, "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, cards_setup, \
						   fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_card_is_ordered_at_the_age_of_the_rule),
		TEST(an_order_waits_for_the_photo_and_the_identity),
		TEST(a_second_order_is_refused_with_the_number_of_the_first),
		TEST(the_address_is_confirmed_in_the_call),
		TEST(a_loss_blocks_the_card_and_opens_the_order_at_once),
		TEST(a_loss_is_declared_on_honour_with_the_address),
		TEST(a_loss_told_twice_gives_the_number_of_the_first),
		TEST(a_card_lost_while_another_is_on_its_way_is_blocked_all_the_same),
		TEST(there_is_nothing_to_lose_without_a_card),
		TEST(what_waits_is_followed_newest_first),
	};

	return cmocka_run_group_tests_name("vitale", tests, NULL, NULL);
}
