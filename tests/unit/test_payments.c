/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend_fixture.h"

#include "handlers/handlers.h"
#include "handlers/payment.h"
#include "mask.h"

#include <stdio.h>
#include <string.h>

#define NB "\u00A0"

static const struct fixture_person people[] = {
	{ 101, 101, KIN_INSURED, 19850314, "2850338185123", "Dupont", NULL,
	  "Éléonore Marie" },
	{ 102, 101, KIN_CHILD, 20150602, "2850338185123", "Martin", NULL,
	  "Jean, Paul" },
	{ 201, 201, KIN_INSURED, 19850314, "2850338185456", "Durand", NULL, "Zoé" },
	{ 0 },
};

static const char *const rows[] = {
	"INSERT INTO act (id, code, label, family, base_cts, rate_pct, withheld,"
	" from_day, to_day, source) VALUES (1, 'G',"
	" 'Consultation médecin généraliste', 0, 3000, 70, 1, 20240101, 0, '')",
	"INSERT INTO act (id, code, label, family, base_cts, rate_pct, withheld,"
	" from_day, to_day, source) VALUES (2, 'PH7', 'Médicament à 65 %', 1, 0,"
	" 65, 2, 20240101, 0, '')",
	"INSERT INTO withholding (kind, from_day, amount_cts, day_cap_cts,"
	" year_cap_cts, source) VALUES ('PF', 20080101, 100, 400, 5000, '')",
	"INSERT INTO withholding (kind, from_day, amount_cts, day_cap_cts,"
	" year_cap_cts, source) VALUES ('PF', 20270101, 400, 800, 10000, '')",
	"INSERT INTO professional (caisse, id, name, specialty, city)"
	" VALUES (1381, 7, 'Dr Claire PETIT', 'Généraliste', 'Grenoble')",
	"INSERT INTO entitlement (caisse, file_id, id, person_id, kind, label,"
	" from_day, to_day, organism, number, noemie, rate_pct)"
	" VALUES (1381, 101, 1, 101, 3, 'Mutuelle', 20200101, 20251231,"
	" 'Ancienne mutuelle', '1', 1, 0)",
	"INSERT INTO entitlement (caisse, file_id, id, person_id, kind, label,"
	" from_day, to_day, organism, number, noemie, rate_pct)"
	" VALUES (1381, 101, 2, 101, 3, 'Mutuelle', 20260101, 0,"
	" 'Mutuelle des Alpes', '2', 1, 0)",
	NULL,
};

static const struct payline consultation = {
	.from_day = 20261112, .to_day = 20261112, .act_id = 1,
	.quantity_x100 = 100, .spent_cts = 3000, .base_cts = 3000,
	.due_cts = 2100, .withheld_cts = 200, .paid_cts = 1900, .rate_pct = 70,
	.withheld = WITHHELD_FLAT, .pathway = 1,
};

static const struct payline boxes[] = {
	{ .from_day = 20261110, .to_day = 20261110, .act_id = 2,
	  .quantity_x100 = 300, .spent_cts = 2000, .base_cts = 2000,
	  .due_cts = 1300, .withheld_cts = 300, .paid_cts = 1000, .rate_pct = 65,
	  .withheld = WITHHELD_FRANCHISE },
	{ .from_day = 20261114, .to_day = 20261115, .act_id = 2,
	  .quantity_x100 = 100, .spent_cts = 1000, .base_cts = 1000,
	  .due_cts = 1000, .paid_cts = 1000, .rate_pct = 100, .exemption = 1 },
};

static void pay(struct fixture *t, struct payment_row row, int64_t file_id,
		const struct payline *lines, size_t count)
{
	unsigned char packed[PAYLINES_SIZE];
	struct db_blob blob = { packed, count * PAYLINE_SIZE };
	int64_t withheld = 0;

	for (size_t i = 0; i < count; i++)
		withheld += lines[i].withheld_cts;
	payline_pack(lines, count, packed);
	assert_true(db_run(t->db, &t->err, NULL,
		"INSERT INTO payment (caisse, file_id, id, person_id, paid_day, kind,"
		" state, reason, payee, professional_id, act_id, amount_cts,"
		" withheld_cts, noemie, lines) VALUES (1381, $1, $2, $3, $4, $5, $6,"
		" $7, $8, 7, $9, $10, $11, $12, $13)", "iiiiiiiiiiiib", file_id,
		row.id, row.person_id, row.paid_day, (int64_t)row.payment.kind,
		(int64_t)row.payment.state, (int64_t)row.reason,
		(int64_t)row.payment.payee, (int64_t)lines[0].act_id,
		row.payment.amount_cts, withheld, (int64_t)row.noemie, &blob));
}

static int setup(void **state)
{
	struct fixture *t;

	fixture_setup(state);
	t = *state;
	for (size_t i = 0; people[i].id; i++)
		fixture_person(t, T_CAISSE, &people[i]);
	fixture_run(t, rows);
	pay(t, (struct payment_row){ .id = 1001, .person_id = 101,
		.paid_day = 20261118, .noemie = true, .payment = {
		.payee = PAYEE_INSURED, .amount_cts = 1900 } }, 101,
	    &consultation, 1);
	pay(t, (struct payment_row){ .id = 1002, .person_id = 102,
		.paid_day = 20261119, .payment = { .kind = PAYMENT_THIRD_PARTY,
		.payee = PAYEE_PROFESSIONAL, .amount_cts = 2000 } }, 101,
	    boxes, 2);
	pay(t, (struct payment_row){ .id = 1003, .person_id = 101,
		.paid_day = 20261120, .reason = 2, .payment = {
		.state = PAYMENT_REJECTED, .amount_cts = 1900 } }, 101,
	    &consultation, 1);
	pay(t, (struct payment_row){ .id = 1000, .person_id = 101,
		.paid_day = 20251230, .noemie = true, .payment = { .amount_cts = 1900 } }, 101,
	    &consultation, 1);
	pay(t, (struct payment_row){ .id = 1009, .person_id = 201,
		.paid_day = 20261120, .payment = { .amount_cts = 5 } }, 201,
	    &consultation, 1);
	fixture_contact(t, 101, TIER_STRONG);
	return 0;
}

static struct payment_query all_of(int64_t file_id)
{
	struct payment_query query;

	codec_clear(&payment_query_codec, &query);
	id_format(file_id, query.insured_id);
	return query;
}

static bool list(struct fixture *t, const struct payment_query *query)
{
	return fixture_call(t, &api_payment_list, payment_list, query, NULL);
}

static int64_t nth(struct fixture *t, size_t index)
{
	const struct payment *payment = rows_at(&t->out, index);

	assert_non_null(payment);
	return id_parse(payment->id + ID_TEXT);
}

static bool get(struct fixture *t, int64_t file_id, int64_t id)
{
	struct payment_key key;
	char file[ID_TEXT], payment[ID_TEXT];

	id_format(file_id, file);
	id_format(id, payment);
	snprintf(key.payment_id, sizeof(key.payment_id), "%s-%s", file, payment);
	return fixture_call(t, &api_payment_get, payment_get, &key, NULL);
}

static void the_newest_payment_comes_first(void **state)
{
	struct fixture *t = *state;
	struct payment_query query = all_of(101);
	const struct payment *first;

	assert_true(list(t, &query));
	assert_int_equal(t->out.count, 4);
	assert_int_equal(nth(t, 0), 1003);
	assert_int_equal(nth(t, 3), 1000);
	first = rows_at(&t->out, 2);
	assert_string_equal(first->label, "Consultation médecin généraliste");
	assert_string_equal(first->beneficiary_name, "Éléonore");
	assert_string_equal(first->payee_name, "Assurée");
	assert_int_equal(first->amount_cts, 1900);
	first = rows_at(&t->out, 1);
	assert_string_equal(first->beneficiary_name, "Jean");
	assert_int_equal(first->beneficiary_kinship, KIN_CHILD);
	assert_string_equal(first->payee_name, "Dr Claire PETIT");
	assert_int_equal(first->care_from.day, 10);
	assert_int_equal(first->care_to.day, 15);
}

static void a_filter_keeps_what_it_says(void **state)
{
	struct fixture *t = *state;
	struct payment_query query = all_of(101);

	query.from = (struct date){ 2026, 11, 18 };
	query.to = (struct date){ 2026, 11, 19 };
	assert_true(list(t, &query));
	assert_int_equal(t->out.count, 2);
	query = all_of(101);
	id_format(102, query.beneficiary_id);
	assert_true(list(t, &query));
	assert_int_equal(t->out.count, 1);
	assert_int_equal(nth(t, 0), 1002);
	query = all_of(101);
	query.kind = PAYMENT_THIRD_PARTY;
	assert_true(list(t, &query));
	assert_int_equal(t->out.count, 1);
}

static void pages_follow_each_other_without_a_gap(void **state)
{
	struct fixture *t = *state;
	struct payment_query query = all_of(101);
	int64_t expected[] = { 1003, 1002, 1001, 1000 };

	query.limit = 1;
	for (size_t i = 0; i < N_ROWS(expected); i++) {
		assert_true(list(t, &query));
		assert_int_equal(t->out.count, 1);
		assert_int_equal(nth(t, 0), expected[i]);
		assert_int_equal(t->req.cursor[0] != '\0', i < 3);
		snprintf(query.cursor, sizeof(query.cursor), "%s", t->req.cursor);
	}
}

static void a_cursor_of_another_filter_is_refused(void **state)
{
	struct fixture *t = *state;
	struct payment_query query = all_of(101);

	query.limit = 1;
	assert_true(list(t, &query));
	snprintf(query.cursor, sizeof(query.cursor), "%s", t->req.cursor);
	query.kind = PAYMENT_CARE;
	assert_false(list(t, &query));
	fixture_refused(t, 400, "cursor.invalid");
}

static void totals_are_of_all_that_the_filter_keeps(void **state)
{
	struct fixture *t = *state;
	struct payment_query query = all_of(101);
	const struct payment_totals *totals;

	query.limit = 1;
	query.count = true;
	assert_true(list(t, &query));
	totals = t->req.envelope;
	assert_int_equal(totals->count, 4);
	assert_int_equal(totals->amount_cts, 1900 + 2000 + 1900);
	assert_int_equal(totals->withheld_cts, 200 + 300 + 200);
	query.count = false;
	assert_true(list(t, &query));
	totals = t->req.envelope;
	assert_int_equal(totals->count, CODEC_NONE);
}

static void amounts_and_acts_are_hidden_below_the_strong_tier(void **state)
{
	struct fixture *t = *state;
	struct payment_query query = all_of(101);
	const struct payment_totals *totals;
	const struct payment *payment;

	fixture_contact(t, 101, TIER_SIMPLE);
	query.count = true;
	assert_true(list(t, &query));
	mask_rows(&payment_codec, &t->out, t->req.contact.tier);
	payment = rows_at(&t->out, 0);
	assert_int_equal(payment->amount_cts, CODEC_NONE);
	assert_string_equal(payment->label, payment_family(payment->kind));
	assert_string_equal(payment->payee_name, "");
	assert_int_equal(payment->mask_tier, TIER_STRONG);
	totals = t->req.envelope;
	assert_int_equal(totals->count, 4);
	assert_int_equal(totals->amount_cts, CODEC_NONE);
	assert_int_equal(totals->withheld_cts, CODEC_NONE);
	assert_false(get(t, 101, 1001));
	fixture_refused(t, 403, "proof.needed");
}

static void a_detail_tells_the_arithmetic_in_words(void **state)
{
	struct fixture *t = *state;
	const struct payment_detail *detail;
	const struct payment_line *line;

	assert_true(get(t, 101, 1001));
	detail = rows_at(&t->out, 0);
	assert_int_equal(detail->line_count, 1);
	line = &detail->lines[0];
	assert_string_equal(line->act, "G");
	assert_string_equal(line->label, "Consultation médecin généraliste");
	assert_string_equal(line->pathway, "médecin traitant, parcours respecté");
	assert_string_equal(line->professional, "Dr Claire PETIT");
	assert_string_equal(line->explanation,
		"base 30,00" NB "€ × 70" NB "% = 21,00" NB "€, participation "
		"forfaitaire 2,00" NB "€ retenue, versé 19,00" NB "€");
	assert_string_equal(detail->insurer, "Mutuelle des Alpes");
	assert_true(detail->noemie);
	assert_int_equal(detail->year_flat_cts, 200);
	assert_int_equal(detail->year_franchise_cts, 0);
	assert_int_equal(detail->year_cap_cts, 5000);
	assert_string_equal(detail->reason, "");
	assert_non_null(strstr(detail->account_masked, "FR76 ****"));
	assert_null(strstr(detail->account_masked, "99998"));
	assert_string_equal(detail->reference, "1381 000000001001");
}

static void what_is_withheld_is_of_one_person_one_kind_and_one_year(void **state)
{
	struct fixture *t = *state;
	const struct payment_detail *detail;

	assert_true(get(t, 101, 1002));
	detail = rows_at(&t->out, 0);
	assert_int_equal(detail->line_count, 2);
	assert_int_equal(detail->year_flat_cts, 0);
	assert_int_equal(detail->year_franchise_cts, 300);
	assert_string_equal(detail->lines[1].exemption, "exonération ALD");
	assert_string_equal(detail->account_masked, "");
	assert_true(get(t, 101, 1000));
	detail = rows_at(&t->out, 0);
	assert_int_equal(detail->year_flat_cts, 200);
}

static void the_insurer_is_that_of_the_day_of_payment(void **state)
{
	struct fixture *t = *state;
	const struct payment_detail *detail;

	assert_true(get(t, 101, 1000));
	detail = rows_at(&t->out, 0);
	assert_string_equal(detail->insurer, "Ancienne mutuelle");
}

static void a_rejected_payment_tells_why(void **state)
{
	struct fixture *t = *state;
	const struct payment_detail *detail;

	assert_true(get(t, 101, 1003));
	detail = rows_at(&t->out, 0);
	assert_string_equal(detail->reason, "soins déjà remboursés");
}

static void a_payment_of_another_file_is_not_there(void **state)
{
	struct fixture *t = *state;

	assert_false(get(t, 201, 1009));
	fixture_refused(t, 404, "not.found");
	assert_false(get(t, 101, 1009));
	fixture_refused(t, 404, "not.found");
	assert_false(get(t, 101, 7));
	fixture_refused(t, 404, "not.found");
}

static void every_line_is_explained(void **state)
{
	static const struct {
		int kind;
		struct payline line;
		const char *words;
	} lines[] = {
		{ PAYMENT_THIRD_PARTY, { .base_cts = 2000, .due_cts = 1300, .withheld_cts = 300,
		    .paid_cts = 1000, .rate_pct = 65,
		    .withheld = WITHHELD_FRANCHISE },
		  "base 20,00" NB "€ × 65" NB "% = 13,00" NB "€, franchise "
		  "3,00" NB "€ retenue, versé 10,00" NB "€" },
		{ PAYMENT_CARE, { .base_cts = 1000, .due_cts = 1000, .paid_cts = 1000,
		    .rate_pct = 100 },
		  "base 10,00" NB "€ × 100" NB "% = 10,00" NB "€, versé 10,00" NB "€" },
		{ PAYMENT_DAILY_ALLOWANCE, { .base_cts = 41230, .due_cts = 41230,
		    .paid_cts = 41230, .rate_pct = 100, .quantity_x100 = 1400 },
		  "14 jours × 29,45" NB "€ = 412,30" NB "€, versé 412,30" NB "€" },
		{ PAYMENT_DAILY_ALLOWANCE, { .due_cts = 100, .paid_cts = 100,
		    .quantity_x100 = 300 },
		  "montant calculé 1,00" NB "€, versé 1,00" NB "€" },
		{ PAYMENT_INVALIDITY, { .base_cts = 90000, .due_cts = 90000,
		    .paid_cts = 90000, .rate_pct = 100 },
		  "montant calculé 900,00" NB "€, versé 900,00" NB "€" },
		{ PAYMENT_CARE, { .base_cts = 3000 },
		  "base 30,00" NB "€, versé 0,00" NB "€" },
		{ PAYMENT_CARE, { .base_cts = 2650, .due_cts = 1855, .withheld_cts = 200,
		    .paid_cts = 1655, .rate_pct = 70, .withheld = WITHHELD_FLAT },
		  "base 26,50" NB "€ × 70" NB "% = 18,55" NB "€, participation "
		  "forfaitaire 2,00" NB "€ retenue, versé 16,55" NB "€" },
	};
	char words[NOTE_SIZE];

	(void)state;
	for (size_t i = 0; i < N_ROWS(lines); i++) {
		payment_explain(lines[i].kind, &lines[i].line, words,
				sizeof(words));
		assert_string_equal(words, lines[i].words);
	}
}

#define ON_FILE(test) cmocka_unit_test_setup_teardown(test, setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_FILE(the_newest_payment_comes_first),
		ON_FILE(a_filter_keeps_what_it_says),
		ON_FILE(pages_follow_each_other_without_a_gap),
		ON_FILE(a_cursor_of_another_filter_is_refused),
		ON_FILE(totals_are_of_all_that_the_filter_keeps),
		ON_FILE(amounts_and_acts_are_hidden_below_the_strong_tier),
		ON_FILE(a_detail_tells_the_arithmetic_in_words),
		ON_FILE(what_is_withheld_is_of_one_person_one_kind_and_one_year),
		ON_FILE(the_insurer_is_that_of_the_day_of_payment),
		ON_FILE(a_rejected_payment_tells_why),
		ON_FILE(a_payment_of_another_file_is_not_there),
		cmocka_unit_test(every_line_is_explained),
	};

	return cmocka_run_group_tests_name("payments", tests, NULL, NULL);
}
