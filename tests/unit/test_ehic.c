/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cards_fixture.h"

#include "handlers/handlers.h"
#include "paper/press.h"

#include <stdio.h>
#include <string.h>

static struct ehic_order order_of(size_t count, const int64_t *persons)
{
	struct ehic_order asked = {
		.person_count = count, .address_confirmed = true,
	};

	for (size_t i = 0; i < count; i++)
		id_format(persons[i], asked.persons[i].id);
	return asked;
}

static bool order(struct fixture *t, const struct ehic_order *asked)
{
	struct insured_key key;

	id_format(T_MOTHER, key.insured_id);
	return fixture_call(t, &api_ehic_create, ehic_create, &key, asked);
}

static const struct ehic_receipt *receipt(struct fixture *t)
{
	const struct ehic_receipt *given = rows_at(&t->out, 0);

	assert_non_null(given);
	return given;
}

static bool lose(struct fixture *t, int64_t person, struct ehic_loss asked)
{
	struct insured_key key;

	id_format(T_MOTHER, key.insured_id);
	id_format(person, asked.beneficiary_id);
	return fixture_call(t, &api_ehic_report_loss, ehic_report_loss, &key,
			    &asked);
}

/* The mother holds a card until `to_day`. */
static void give_card(struct fixture *t, int64_t to_day)
{
	assert_true(db_run(t->db, &t->err, NULL,
		"INSERT INTO card (caisse, id, kind, state, file_id, person_id,"
		" serial, ordered_day, from_day, to_day, request_id)"
		" VALUES (1381, 500, $1, $2, 101, 101, '80250000010000000123',"
		" 20250101, 20250101, $3, 0)", "iii", (int64_t)CARD_EHIC,
		(int64_t)CARD_ACTIVE, to_day));
}

static void is_date(struct date date, int year, int month, int day)
{
	assert_int_equal(day_number(date), year * 10000 + month * 100 + day);
}

static void each_person_gets_a_number_a_card_and_a_date(void **state)
{
	static const int64_t family[] = { T_MOTHER, T_SON, T_DAUGHTER };
	struct fixture *t = *state;
	struct ehic_order asked = order_of(3, family);
	const struct ehic_item *item;

	assert_true(order(t, &asked));
	assert_int_equal(receipt(t)->item_count, 3);
	item = &receipt(t)->items[2];
	assert_string_equal(item->number, "CEAM-26-000003");
	assert_string_equal(item->beneficiary_name, "Léa-Noëlle");
	is_date(item->valid_from, 2026, 11, 21);
	is_date(item->valid_to, 2028, 11, 20);
	/* ten working days after Saturday 21 November */
	is_date(item->expected_on, 2026, 12, 4);
	assert_string_equal(item->certificate_id, "");
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM card WHERE kind = 0"
				 " AND state = 0 AND length(serial) = 20"
				 " AND serial LIKE '802500000126%'"), 3);
	assert_int_equal(t_count(t, "SELECT COUNT(DISTINCT serial) FROM card"), 3);
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM request r JOIN card c"
				 " ON c.id = r.card_id AND c.request_id = r.id"), 3);
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM request_step"
				 " WHERE actor = 'A. Lefèvre'"), 3);
	assert_true(strncmp(t->req.location, "/v1/requests/", 13) == 0);
}

static void the_culprit_of_a_refused_order_is_named(void **state)
{
	static const int64_t family[] = { T_SON, T_MOTHER };
	static const int64_t twice[] = { T_SON, T_DAUGHTER, T_SON };
	static const int64_t stranger[] = { T_SON, T_STRANGER };
	static const struct {
		const int64_t *persons;
		size_t count;
		int status;
		const char *field;
	} table[] = {
		{ family, 2, 409, "persons/1/id" },
		{ twice, 3, 409, "persons/2/id" },
		{ stranger, 2, 0, "persons/1/id" },
	};
	struct fixture *t = *state;

	give_card(t, 20280101);
	for (size_t i = 0; i < N_ROWS(table); i++) {
		struct ehic_order asked = order_of(table[i].count,
						   table[i].persons);

		assert_true(db_begin(t->db, &t->err));
		assert_false(order(t, &asked));
		assert_int_equal(t->err.status, table[i].status);
		assert_string_equal(t->err.field, table[i].field);
		db_rollback(t->db);
	}
}

static void a_card_that_lasts_over_two_months_is_enough(void **state)
{
	static const int64_t mother[] = { T_MOTHER };
	struct fixture *t = *state;
	struct ehic_order asked = order_of(1, mother);
	const struct card_conflict *conflict;

	give_card(t, 20270122);
	assert_false(order(t, &asked));
	fixture_refused(t, 409, "ehic.valid");
	assert_non_null(strstr(t->err.text, "22/01/2027"));
	conflict = t->req.extra;
	is_date(conflict->valid_to, 2027, 1, 22);
	assert_true(db_run(t->db, &t->err, NULL,
			   "UPDATE card SET to_day = 20270121", ""));
	assert_true(order(t, &asked));
}

static void a_second_order_is_refused_with_the_number_of_the_first(void **state)
{
	static const int64_t son[] = { T_SON };
	struct fixture *t = *state;
	struct ehic_order asked = order_of(1, son);
	const struct card_conflict *conflict;

	assert_true(order(t, &asked));
	assert_false(order(t, &asked));
	fixture_refused(t, 409, "ehic.open");
	conflict = t->req.extra;
	assert_string_equal(conflict->number, "CEAM-26-000001");
	assert_string_equal(conflict->beneficiary_name, "");
}

static void an_order_needs_an_address_rights_and_a_departure_to_come(void **state)
{
	static const int64_t son[] = { T_SON };
	static const char *const closed[] = {
		"UPDATE file SET rights_until = 20261120", NULL,
	};
	static const char *const own[] = {
		"INSERT INTO entitlement (caisse, file_id, id, person_id, kind,"
		" label, from_day, to_day, organism, number, noemie, rate_pct)"
		" VALUES (1381, 101, 1, 102, 0, '', 20260101, 0, '', '', 0, 0)",
		NULL,
	};
	struct fixture *t = *state;
	struct ehic_order asked = order_of(1, son);

	asked.address_confirmed = false;
	assert_false(order(t, &asked));
	fixture_refused(t, 422, "address.unconfirmed");
	asked.address_confirmed = true;
	asked.departure = (struct date){ 2026, 11, 20 };
	assert_false(order(t, &asked));
	fixture_refused(t, 422, "departure.past");
	asked.departure = (struct date){ 0 };
	fixture_run(t, closed);
	assert_true(db_begin(t->db, &t->err));
	assert_false(order(t, &asked));
	fixture_refused(t, 422, "rights.closed");
	db_rollback(t->db);
	fixture_run(t, own);
	assert_true(order(t, &asked));
}

static void an_order_needs_the_contact_of_the_file_and_an_identification(void **state)
{
	static const int64_t son[] = { T_SON };
	struct fixture *t = *state;
	struct ehic_order asked = order_of(1, son);

	fixture_contact(t, T_MOTHER, TIER_NONE);
	assert_false(order(t, &asked));
	fixture_refused(t, 403, "proof.needed");
	fixture_contact(t, T_STRANGER, TIER_STRONG);
	assert_false(order(t, &asked));
	assert_int_equal(t->err.status, 404);
}

static void the_certificate_lasts_three_months_from_a_near_departure(void **state)
{
	static const int64_t persons[][1] = { { T_MOTHER }, { T_SON },
					      { T_DAUGHTER } };
	static const struct {
		struct date departure;
		int64_t from, to;
	} table[] = {
		{ { 0 }, 20261121, 20270220 },
		{ { 2026, 12, 6 }, 20261206, 20270305 },
		{ { 2026, 12, 7 }, 20261121, 20270220 },
	};
	struct fixture *t = *state;

	for (size_t i = 0; i < N_ROWS(table); i++) {
		struct ehic_order asked = order_of(1, persons[i]);
		const struct ehic_item *item;

		asked.certificate = true;
		asked.departure = table[i].departure;
		assert_true(order(t, &asked));
		item = &receipt(t)->items[0];
		assert_string_not_equal(item->certificate_id, "");
		assert_int_equal(day_number(item->certificate_from), table[i].from);
		assert_int_equal(day_number(item->certificate_to), table[i].to);
	}
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM card c JOIN card d"
				 " ON d.serial = c.serial AND d.kind = 0"
				 " WHERE c.kind = 2 AND c.state = 3"), 3);
}

static void a_loss_cancels_the_card_and_orders_the_next_one(void **state)
{
	struct fixture *t = *state;
	struct ehic_loss asked = {
		.kind = LOSS_STOLEN, .order = true, .address_confirmed = true,
		.certificate = true,
	};

	give_card(t, 20280101);
	assert_true(lose(t, T_MOTHER, asked));
	assert_string_equal(receipt(t)->lost_card, "****************0123");
	assert_int_equal(receipt(t)->item_count, 1);
	assert_string_equal(receipt(t)->items[0].number, "CEAM-26-000001");
	is_date(receipt(t)->items[0].valid_to, 2028, 11, 20);
	assert_string_not_equal(receipt(t)->items[0].certificate_id, "");
	assert_int_equal(t_count(t, "SELECT state FROM card WHERE id = 500"),
			 CARD_STOLEN);
	assert_int_equal(t_count(t, "SELECT kind FROM request"),
			 REQUEST_EHIC_LOSS);
	assert_false(lose(t, T_MOTHER, asked));
	fixture_refused(t, 409, "card.none");
}

static void a_loss_alone_is_a_declaration_with_a_number(void **state)
{
	struct fixture *t = *state;
	struct ehic_loss asked = { .kind = LOSS_LOST };

	give_card(t, 20280101);
	assert_true(lose(t, T_MOTHER, asked));
	assert_string_equal(receipt(t)->items[0].number, "CEAM-26-000001");
	assert_int_equal(receipt(t)->items[0].valid_to.year, 0);
	assert_int_equal(t_count(t, "SELECT state FROM card WHERE id = 500"),
			 CARD_LOST);
	assert_int_equal(t_count(t, "SELECT state FROM request"), REQUEST_DONE);
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM open_order"), 0);
}

static void a_loss_that_makes_no_sense_is_refused(void **state)
{
	static const struct {
		struct ehic_loss asked;
		const char *field;
	} table[] = {
		{ { .kind = LOSS_FAULTY }, "kind" },
		{ { .kind = LOSS_LOST, .certificate = true }, "certificate" },
		{ { .kind = LOSS_LOST, .happened_on = { 2026, 11, 22 } },
		  "happened_on" },
		{ { .kind = LOSS_LOST, .order = true }, "address_confirmed" },
	};
	struct fixture *t = *state;

	give_card(t, 20280101);
	for (size_t i = 0; i < N_ROWS(table); i++) {
		assert_false(lose(t, T_MOTHER, table[i].asked));
		assert_string_equal(t->err.field, table[i].field);
	}
	assert_int_equal(t_count(t, "SELECT state FROM card"), CARD_ACTIVE);
}

static void the_cards_of_a_family_tell_their_state_and_order(void **state)
{
	static const int64_t son[] = { T_SON };
	struct fixture *t = *state;
	struct ehic_order asked = order_of(1, son);
	struct insured_key key;
	const struct card *card;
	char id[ID_TEXT];

	give_card(t, 20261120);
	assert_true(order(t, &asked));
	id_format(T_MOTHER, key.insured_id);
	assert_true(fixture_call(t, &api_card_list, card_list, &key, NULL));
	assert_int_equal(t->out.count, 2);
	card = rows_at(&t->out, 0);
	assert_string_equal(card->beneficiary_name, "Éléonore");
	assert_int_equal(card->state, CARD_EXPIRED);
	assert_string_equal(card->serial_masked, "****************0123");
	assert_string_equal(card->request_number, "");
	card = rows_at(&t->out, 1);
	assert_string_equal(card->beneficiary_id, t_id(id, T_SON));
	assert_int_equal(card->state, CARD_ORDERED);
	assert_string_equal(card->request_number, "CEAM-26-000001");
}

static bool print(struct fixture *t, const struct api_op *op, req_handler run,
		  const void *key, struct buf *paper)
{
	bool ok;

	buf_empty(paper);
	t->req.paper = paper;
	t->req.press = press_start(false, &t->err);
	assert_non_null(t->req.press);
	ok = fixture_call(t, op, run, key, NULL);
	press_stop(t->req.press);
	t->req.press = NULL;
	return ok;
}

static void the_papers_of_an_order_are_printed(void **state)
{
	static const int64_t son[] = { T_SON };
	struct fixture *t = *state;
	struct ehic_order asked = order_of(1, son);
	struct request_key request;
	struct card_key card;
	struct buf paper;

	buf_init(&paper, 1 << 20);
	asked.certificate = true;
	assert_true(order(t, &asked));
	memcpy(request.request_id, receipt(t)->items[0].request_id,
	       sizeof(request.request_id));
	memcpy(card.card_id, receipt(t)->items[0].certificate_id,
	       sizeof(card.card_id));
	assert_true(print(t, &api_request_paper, request_paper, &request, &paper));
	assert_memory_equal(paper.data, "%PDF-", 5);
	assert_string_equal(t->req.object, "CEAM-26-000001");
	assert_int_equal(t->req.file_id, T_MOTHER);
	assert_true(print(t, &api_certificate_paper, certificate_paper, &card,
			  &paper));
	assert_memory_equal(paper.data, "%PDF-", 5);
	fixture_contact(t, T_STRANGER, TIER_STRONG);
	assert_false(print(t, &api_certificate_paper, certificate_paper, &card,
			   &paper));
	assert_int_equal(t->err.status, 404);
	buf_fini(&paper);
}

/* Two receipts are the same bytes unless what they tell differs. */
static bool tells_the_address(struct fixture *t, const struct request_key *key)
{
	struct buf here, there;
	bool same;

	buf_init(&here, 1 << 20);
	buf_init(&there, 1 << 20);
	assert_true(print(t, &api_request_paper, request_paper, key, &here));
	assert_true(db_run(t->db, &t->err, NULL,
			   "UPDATE file SET address1 = address1 || ' bis'", ""));
	assert_true(print(t, &api_request_paper, request_paper, key, &there));
	same = here.size == there.size &&
		memcmp(here.data, there.data, here.size) == 0;
	buf_fini(&here);
	buf_fini(&there);
	return !same;
}

static void a_receipt_tells_the_address_to_who_may_read_it(void **state)
{
	static const int64_t son[] = { T_SON };
	struct fixture *t = *state;
	struct ehic_order asked = order_of(1, son);
	struct request_key request;

	assert_true(order(t, &asked));
	memcpy(request.request_id, receipt(t)->items[0].request_id,
	       sizeof(request.request_id));
	fixture_contact(t, T_MOTHER, TIER_SIMPLE);
	assert_true(tells_the_address(t, &request));
	fixture_contact(t, T_MOTHER, TIER_NONE);
	assert_false(tells_the_address(t, &request));
	fixture_contact(t, T_STRANGER, TIER_STRONG);
	assert_false(tells_the_address(t, &request));
	memset(&t->req.contact, 0, sizeof(t->req.contact));
	assert_false(tells_the_address(t, &request));
}

static void only_a_certificate_is_printed_from_a_card(void **state)
{
	struct fixture *t = *state;
	struct card_key card;
	struct buf paper;

	buf_init(&paper, 1 << 20);
	give_card(t, 20280101);
	id_format(500, card.card_id);
	assert_false(print(t, &api_certificate_paper, certificate_paper, &card,
			   &paper));
	fixture_refused(t, 404, "not.found");
	assert_int_equal(paper.size, 0);
	buf_fini(&paper);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, cards_setup, \
						   fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_person_gets_a_number_a_card_and_a_date),
		TEST(the_culprit_of_a_refused_order_is_named),
		TEST(a_card_that_lasts_over_two_months_is_enough),
		TEST(a_second_order_is_refused_with_the_number_of_the_first),
		TEST(an_order_needs_an_address_rights_and_a_departure_to_come),
		TEST(an_order_needs_the_contact_of_the_file_and_an_identification),
		TEST(the_certificate_lasts_three_months_from_a_near_departure),
		TEST(a_loss_cancels_the_card_and_orders_the_next_one),
		TEST(a_loss_alone_is_a_declaration_with_a_number),
		TEST(a_loss_that_makes_no_sense_is_refused),
		TEST(the_cards_of_a_family_tell_their_state_and_order),
		TEST(the_papers_of_an_order_are_printed),
		TEST(a_receipt_tells_the_address_to_who_may_read_it),
		TEST(only_a_certificate_is_printed_from_a_card),
	};

	return cmocka_run_group_tests_name("ehic", tests, NULL, NULL);
}
