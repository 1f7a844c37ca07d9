/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend_fixture.h"

#include "handlers/handlers.h"
#include "mask.h"

#include <stdio.h>
#include <string.h>

static const struct fixture_person people[] = {
	{ 101, 101, KIN_INSURED, 19850314, "2850338185123", "Dupont", "Martin",
	  "Éléonore" },
	{ 103, 101, KIN_CHILD, 20150603, "2850338185123", "Martin", NULL, "Zoé" },
	{ 102, 101, KIN_CHILD, 20150602, "2850338185123", "Martin", NULL, "Jean" },
	{ 0 },
};

static const char *const rows[] = {
	"INSERT INTO entitlement (caisse, file_id, id, person_id, kind, label,"
	" from_day, to_day, organism, number, noemie, rate_pct)"
	" VALUES (1381, 101, 1, 101, 0, 'Droits de base (PUMa)', 20200101, 0, '',"
	" '', 0, 0)",
	"INSERT INTO entitlement (caisse, file_id, id, person_id, kind, label,"
	" from_day, to_day, organism, number, noemie, rate_pct)"
	" VALUES (1381, 101, 2, 101, 1, 'ALD 8 Diabète', 20240101, 20281231,"
	" 'Diabétologie', 'E11', 0, 100)",
	"INSERT INTO entitlement (caisse, file_id, id, person_id, kind, label,"
	" from_day, to_day, organism, number, noemie, rate_pct)"
	" VALUES (1381, 101, 3, 101, 1, 'Exonération du ticket modérateur (ALD)',"
	" 20200101, 20211231, '', '', 0, 100)",
	"INSERT INTO entitlement (caisse, file_id, id, person_id, kind, label,"
	" from_day, to_day, organism, number, noemie, rate_pct)"
	" VALUES (1381, 101, 4, 101, 2, '', 20200101, 0, 'Dr PETIT', '10003459236',"
	" 0, 0)",
	"INSERT INTO card (caisse, id, kind, state, file_id, person_id, serial,"
	" ordered_day, from_day, to_day, request_id)"
	" VALUES (1381, 1, 0, 3, 101, 102, '1', 0, 20260101, 20280101, 0)",
	"INSERT INTO card (caisse, id, kind, state, file_id, person_id, serial,"
	" ordered_day, from_day, to_day, request_id)"
	" VALUES (1381, 2, 0, 6, 101, 103, '2', 0, 20260101, 20280101, 0)",
	NULL,
};

static int setup(void **state)
{
	fixture_setup(state);
	for (size_t i = 0; people[i].id; i++)
		fixture_person(*state, T_CAISSE, &people[i]);
	fixture_run(*state, rows);
	return 0;
}

static bool read_file(struct fixture *t, const struct api_op *op,
		      req_handler run, int64_t file_id, int tier)
{
	struct insured_key key;
	bool ok;

	id_format(file_id, key.insured_id);
	fixture_contact(t, 101, tier);
	ok = fixture_call(t, op, run, &key, NULL);
	mask_rows(op->reply, &t->out, tier);
	return ok;
}

static const struct insured *head(struct fixture *t, int tier)
{
	assert_true(read_file(t, &api_insured_get, insured_get, 101, tier));
	assert_int_equal(t->out.count, 1);
	return rows_at(&t->out, 0);
}

static void without_proof_the_head_tells_who_it_is_and_no_more(void **state)
{
	const struct insured *insured = head(*state, TIER_NONE);

	assert_string_equal(insured->name, "Dupont");
	assert_string_equal(insured->used_name, "Martin");
	assert_true(insured->rights_open);
	assert_true(insured->treating_doctor);
	assert_true(insured->exempt);
	assert_int_equal(insured->family_count, 3);
	assert_string_equal(insured->caisse, "01381");
	assert_string_equal(insured->nir_masked, "2 85 03 38 *** ***");
	assert_false(date_is_set(insured->birth));
	assert_string_equal(insured->nir, "");
	assert_string_equal(insured->nir_key, "");
	assert_string_equal(insured->birth_place, "");
	assert_string_equal(insured->address1, "");
	assert_string_equal(insured->postcode, "");
	assert_string_equal(insured->phone, "06 ** ** ** 42");
	assert_string_equal(insured->email, "e***@example.org");
	assert_string_equal(insured->iban_masked, "");
	assert_int_equal(insured->mask_tier, TIER_STRONG);
}

static void a_simple_proof_shows_all_but_the_account(void **state)
{
	const struct insured *insured = head(*state, TIER_SIMPLE);

	assert_int_equal(insured->birth.day, 14);
	assert_string_equal(insured->nir, "2850338185123");
	assert_int_equal(strlen(insured->nir_key), 2);
	assert_string_equal(insured->phone, "0639980042");
	assert_string_equal(insured->email, "eleonore@example.org");
	assert_string_equal(insured->postcode, "38000");
	assert_string_equal(insured->iban_masked, "");
	assert_int_equal(insured->mask_tier, TIER_STRONG);
}

static void a_strong_proof_shows_the_account_masked(void **state)
{
	const struct insured *insured = head(*state, TIER_STRONG);

	assert_non_null(strstr(insured->iban_masked, "FR76 ****"));
	assert_null(strstr(insured->iban_masked, "9999"));
	assert_int_equal(insured->mask_tier, TIER_NONE);
}

static void the_file_of_another_contact_is_not_there(void **state)
{
	struct fixture *t = *state;

	assert_false(read_file(t, &api_insured_get, insured_get, 102, TIER_STRONG));
	fixture_refused(t, 404, "not.found");
	assert_false(read_file(t, &api_right_list, right_list, 7, TIER_STRONG));
	fixture_refused(t, 404, "not.found");
}

static void the_family_is_listed_from_the_insured_to_the_youngest(void **state)
{
	struct fixture *t = *state;
	const struct beneficiary *one;

	assert_true(read_file(t, &api_beneficiary_list, beneficiary_list, 101,
			      TIER_NONE));
	assert_int_equal(t->out.count, 3);
	one = rows_at(&t->out, 0);
	assert_int_equal(one->kinship, KIN_INSURED);
	assert_false(date_is_set(one->birth));
	assert_int_equal(one->birth_year, 1985);
	assert_int_equal(one->mask_tier, TIER_SIMPLE);
	one = rows_at(&t->out, 1);
	assert_string_equal(one->first_names, "Jean");
	assert_true(one->ehic_valid);
	assert_int_equal(one->ehic_until.year, 2028);
	one = rows_at(&t->out, 2);
	assert_string_equal(one->first_names, "Zoé");
	assert_false(one->ehic_valid);
	assert_true(read_file(t, &api_beneficiary_list, beneficiary_list, 101,
			      TIER_SIMPLE));
	one = rows_at(&t->out, 1);
	assert_int_equal(one->birth.day, 2);
	assert_int_equal(one->mask_tier, TIER_NONE);
}

static void an_exemption_never_tells_the_disease(void **state)
{
	struct fixture *t = *state;

	for (int tier = TIER_NONE; tier <= TIER_STRONG; tier++) {
		const struct right *right;

		assert_true(read_file(t, &api_right_list, right_list, 101, tier));
		assert_int_equal(t->out.count, 4);
		right = rows_at(&t->out, 1);
		assert_int_equal(right->kind, RIGHT_EXEMPTION);
		assert_string_equal(right->label, "Exonération du ticket modérateur");
		assert_string_equal(right->organism, "");
		assert_string_equal(right->number, "");
		assert_true(right->active);
		assert_int_equal(right->rate_pct,
				 tier < TIER_STRONG ? CODEC_NONE : 100);
		assert_int_equal(right->mask_tier,
				 tier < TIER_STRONG ? TIER_STRONG : TIER_NONE);
		right = rows_at(&t->out, 2);
		assert_string_equal(right->label, tier < TIER_STRONG ?
				    "Exonération du ticket modérateur" :
				    "Exonération du ticket modérateur (ALD)");
		assert_false(right->active);
		right = rows_at(&t->out, 3);
		assert_string_equal(right->label, "Médecin traitant");
		assert_string_equal(right->organism, "Dr PETIT");
		assert_string_equal(right->number,
				    tier < TIER_SIMPLE ? "" : "10003459236");
	}
}

static void a_masked_text_keeps_just_enough_to_be_recognised(void **state)
{
	static const struct {
		const char *phone, *masked;
	} phones[] = {
		{ "0639980042", "06 ** ** ** 42" },
		{ "06 39 98 00 42", "06 ** ** ** 42" },
		{ "+262692000017", "26 ** ** ** 17" },
		{ "123", "12 ** ** ** **" }, { "", "" },
	};
	static const struct {
		const char *email, *masked;
	} emails[] = {
		{ "eleonore@example.org", "e***@example.org" },
		{ "é@example.org", "é***@example.org" }, { "@x", "" },
		{ "no", "" }, { "", "" },
	};
	char out[64];

	(void)state;
	for (size_t i = 0; i < N_ROWS(phones); i++) {
		mask_phone(phones[i].phone, out, sizeof(out));
		assert_string_equal(out, phones[i].masked);
	}
	for (size_t i = 0; i < N_ROWS(emails); i++) {
		mask_email(emails[i].email, out, sizeof(out));
		assert_string_equal(out, emails[i].masked);
	}
}

/* Whatever the bytes of a value are, what a rule hides is not what it was. */
static void every_rule_hides_its_member_below_its_tier(void **state)
{
	(void)state;
	for (const struct mask_table *table = mask_tables; table->codec; table++) {
		for (const struct mask_rule *rule = table->rules; rule->size; rule++) {
			char value[8192];

			assert_true(table->codec->size <= sizeof(value));
			for (int tier = TIER_NONE; tier < TIER_N; tier++) {
				char *member = value + rule->offset;
				char before[512];

				memset(value, 0, sizeof(value));
				memset(member, '7', rule->size - 1);
				memcpy(before, member, rule->size);
				mask_value(table->codec, value, tier);
				assert_int_equal(
					memcmp(before, member, rule->size) != 0,
					tier < rule->tier);
				mask_value(table->codec, value, tier);
				if (table->says && tier < rule->tier)
					assert_in_range(value[table->says],
							rule->tier, TIER_STRONG);
			}
		}
	}
}

static bool has_mask_tier(const struct codec *codec)
{
	const struct codec_field *field = codec->fields;

	while (field->name && strcmp(field->name, "mask_tier") != 0)
		field++;
	return field->name != NULL;
}

static void every_answer_that_says_what_it_hides_has_rules(void **state)
{
	size_t masked = 0;

	(void)state;
	for (size_t i = 0; api_ops[i]; i++) {
		const struct codec *reply = api_ops[i]->reply;
		const struct mask_table *table = mask_tables;

		if (!reply || !has_mask_tier(reply))
			continue;
		while (table->codec && table->codec != reply)
			table++;
		assert_non_null(table->codec);
		masked++;
	}
	assert_true(masked >= 4);
}

#define ON_FILE(test) cmocka_unit_test_setup_teardown(test, setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_FILE(without_proof_the_head_tells_who_it_is_and_no_more),
		ON_FILE(a_simple_proof_shows_all_but_the_account),
		ON_FILE(a_strong_proof_shows_the_account_masked),
		ON_FILE(the_file_of_another_contact_is_not_there),
		ON_FILE(the_family_is_listed_from_the_insured_to_the_youngest),
		ON_FILE(an_exemption_never_tells_the_disease),
		cmocka_unit_test(a_masked_text_keeps_just_enough_to_be_recognised),
		cmocka_unit_test(every_rule_hides_its_member_below_its_tier),
		cmocka_unit_test(every_answer_that_says_what_it_hides_has_rules),
	};

	return cmocka_run_group_tests_name("masking", tests, NULL, NULL);
}
