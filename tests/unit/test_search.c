/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend_fixture.h"

#include "handlers/handlers.h"
#include "handlers/search.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static const struct fixture_person people[] = {
	{ 101, 101, KIN_INSURED, 19850314, "2850338185123", "Dupont", "Martin",
	  "Éléonore Marie" },
	{ 102, 101, KIN_CHILD, 20150602, "2850338185123", "Martin", NULL, "Jean" },
	{ 103, 103, KIN_INSURED, 19850314, "1850338185456", "Lefèvre", NULL, "Jean" },
	{ 104, 104, KIN_INSURED, 19520000, "1520099352001", "Ben Ali", NULL,
	  "Mohamed" },
	{ 105, 105, KIN_INSURED, 19700101, "1700138185007", "d'Hondt", NULL, "Noël" },
	{ 106, 106, KIN_INSURED, 19851103, "2851138185008", "Martineau", NULL, "Léa" },
	{ 107, 107, KIN_INSURED, 19410509, "2410538185009", "O", NULL, "Kim" },
	{ 108, 108, KIN_INSURED, 19990101, "2990138185010", "de La Fontaine", NULL,
	  "Rose" },
	{ 0 },
};

static const char *const more_rows[] = {
	"INSERT INTO nir_key (caisse, nir, person_id, old)"
	" VALUES (1381, '7850199352001', 103, 1)",
	"INSERT INTO reach_key (caisse, value, person_id)"
	" VALUES (1381, '0639980042', 101)",
	"INSERT INTO reach_key (caisse, value, person_id)"
	" VALUES (1381, 'eleonore@example.org', 101)",
	"INSERT INTO request (caisse, id, number, kind, state, file_id, person_id,"
	" agent_id, lodged_at, updated_at, expected_day, missing, card_id)"
	" VALUES (1381, 301, 'CEAM-26-000481', 0, 0, 101, 102, 11, 1, 1, 0, 0, 0)",
	"INSERT INTO appointment (caisse, id, number, file_id, office_id, desk,"
	" reason, channel, starts_at, ends_at, state, cancelled_by, cancel_reason,"
	" arrived_at, phone, note, moved_to, agent_id)"
	" VALUES (1381, 401, 'RDV-26-000123', 103, 21, 1, 'C2S', 0, 1, 2, 0, -1,"
	" '', 0, '', '', '', 11)",
	NULL,
};

static int setup(void **state)
{
	static const struct fixture_person elsewhere = {
		901, 901, KIN_INSURED, 19850314, "2850338185999", "Dupont", NULL,
		"Éléonore",
	};
	struct fixture *t;

	fixture_setup(state);
	t = *state;
	for (size_t i = 0; people[i].id; i++)
		fixture_person(t, T_CAISSE, &people[i]);
	fixture_person(t, T_OTHER_CAISSE, &elsewhere);
	fixture_run(t, more_rows);
	return 0;
}

static bool search(struct fixture *t, const char *text)
{
	struct search_query query = { 0 };

	snprintf(query.text, sizeof(query.text), "%s", text);
	return fixture_call(t, &api_insured_search, insured_search, NULL, &query);
}

static const struct search_answer *answer_to(struct fixture *t, const char *text)
{
	assert_true(search(t, text));
	return rows_at(&t->out, 0);
}

/* What was typed, how it is understood, and who is found in which order. */
static const struct {
	const char *text;
	int understood;
	int64_t ids[3];
	int by;
} meanings[] = {
	{ "1850338185456", UNDERSTOOD_NIR, { 103 }, FOUND_EXACT },
	{ " 1 85 03 38 185 456 ", UNDERSTOOD_NIR, { 103 }, FOUND_EXACT },
	{ "1.85.03.38.185.456", UNDERSTOOD_NIR, { 103 }, FOUND_EXACT },
	{ "1\u00A085\u202F03 38 185 456", UNDERSTOOD_NIR, { 103 }, FOUND_EXACT },
	{ "lefevre 1850338185456", UNDERSTOOD_NIR, { 103 }, FOUND_EXACT },
	{ "7 85 01 99 352 001", UNDERSTOOD_NIR, { 103 }, FOUND_OLD_NIR },
	{ "2 85 03 38 185 123", UNDERSTOOD_NIR, { 101, 102 }, FOUND_EXACT },
	{ "LEFEVRE", UNDERSTOOD_NAME, { 103 }, FOUND_EXACT },
	{ "lef", UNDERSTOOD_NAME, { 103 }, FOUND_EXACT },
	{ "dupont eleonore", UNDERSTOOD_NAME, { 101 }, FOUND_EXACT },
	{ "Éléonore DUPONT", UNDERSTOOD_NAME, { 101 }, FOUND_EXACT },
	{ "martin éléonore", UNDERSTOOD_NAME, { 101 }, FOUND_EXACT },
	{ "martin el", UNDERSTOOD_NAME, { 101 }, FOUND_EXACT },
	{ "mart lea", UNDERSTOOD_NAME, { 106 }, FOUND_EXACT },
	{ "martin", UNDERSTOOD_NAME, { 101, 102, 106 }, FOUND_EXACT },
	{ "benali", UNDERSTOOD_NAME, { 104 }, FOUND_EXACT },
	{ "Ben Ali Mohamed", UNDERSTOOD_NAME, { 104 }, FOUND_EXACT },
	{ "mohamed ben ali", UNDERSTOOD_NAME, { 104 }, FOUND_EXACT },
	{ "D’HONDT Noel", UNDERSTOOD_NAME, { 105 }, FOUND_EXACT },
	{ "dhondt", UNDERSTOOD_NAME, { 105 }, FOUND_EXACT },
	{ "rose de la fontaine", UNDERSTOOD_NAME, { 108 }, FOUND_EXACT },
	{ "kim o", UNDERSTOOD_NAME, { 107 }, FOUND_EXACT },
	{ "DUPOND", UNDERSTOOD_NAME, { 101 }, FOUND_PHONETIC },
	{ "Lefebvre", UNDERSTOOD_NAME, { 103 }, FOUND_PHONETIC },
	{ "jean lefebvre", UNDERSTOOD_NAME, { 103 }, FOUND_PHONETIC },
	{ "martin 14/03/1985", UNDERSTOOD_NAME_BIRTH, { 101 }, FOUND_EXACT },
	{ "14/03/1985 martin", UNDERSTOOD_NAME_BIRTH, { 101 }, FOUND_EXACT },
	{ "martin 14 03 1985", UNDERSTOOD_NAME_BIRTH, { 101 }, FOUND_EXACT },
	{ "lefebvre 14/03/1985", UNDERSTOOD_NAME_BIRTH, { 103 }, FOUND_PHONETIC },
	{ "Dupont née le 14/03/1985", UNDERSTOOD_NAME_BIRTH, { 101 }, FOUND_EXACT },
	{ "martin 1985", UNDERSTOOD_NAME_BIRTH, { 101, 106 }, FOUND_EXACT },
	{ "martin 11/1985", UNDERSTOOD_NAME_BIRTH, { 106 }, FOUND_EXACT },
	{ "mohamed ben ali 1952", UNDERSTOOD_NAME_BIRTH, { 104 }, FOUND_EXACT },
	{ "14/03/1985", UNDERSTOOD_BIRTH, { 101, 103 }, FOUND_EXACT },
	{ "14031985", UNDERSTOOD_BIRTH, { 101, 103 }, FOUND_EXACT },
	{ "1985-03-14", UNDERSTOOD_BIRTH, { 101, 103 }, FOUND_EXACT },
	{ "00/00/1952", UNDERSTOOD_BIRTH, { 104 }, FOUND_EXACT },
	{ "1952", UNDERSTOOD_BIRTH, { 104 }, FOUND_EXACT },
	{ "06 39 98 00 42", UNDERSTOOD_PHONE, { 101 }, FOUND_EXACT },
	{ "+33 6 39 98 00 42", UNDERSTOOD_PHONE, { 101 }, FOUND_EXACT },
	{ "0033639980042", UNDERSTOOD_PHONE, { 101 }, FOUND_EXACT },
	{ "+33 (0)6.39.98.00.42", UNDERSTOOD_PHONE, { 101 }, FOUND_EXACT },
	{ "Eleonore@Example.ORG", UNDERSTOOD_EMAIL, { 101 }, FOUND_EXACT },
	{ "CEAM-26-000481", UNDERSTOOD_REQUEST, { 102 }, FOUND_EXACT },
	{ "ceam-26-481", UNDERSTOOD_REQUEST, { 102 }, FOUND_EXACT },
	{ "RDV-26-000123", UNDERSTOOD_APPOINTMENT, { 103 }, FOUND_EXACT },
	{ "VIT-26-000001", UNDERSTOOD_REQUEST, { 0 }, FOUND_EXACT },
	{ "zzyzx", UNDERSTOOD_NAME, { 0 }, FOUND_EXACT },
};

static void a_text_finds_who_it_means(void **state)
{
	for (size_t i = 0; i < N_ROWS(meanings); i++) {
		const struct search_answer *answer =
			answer_to(*state, meanings[i].text);
		size_t count = 0;

		while (count < N_ROWS(meanings[i].ids) && meanings[i].ids[count])
			count++;
		if (answer->understood != meanings[i].understood ||
		    answer->count != count)
			print_message("« %s »\n", meanings[i].text);
		assert_int_equal(answer->understood, meanings[i].understood);
		assert_int_equal(answer->count, count);
		for (size_t n = 0; n < count; n++) {
			assert_int_equal(id_parse(answer->found[n].beneficiary_id),
					 meanings[i].ids[n]);
			assert_int_equal(answer->found[n].by, meanings[i].by);
		}
		assert_false(answer->more);
	}
}

static void a_text_that_means_nothing_is_refused_with_the_reason(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
		{ "1 85 03 38 185 456 99", "la clé" },
		{ "1 85 13 38 185 456", "mois" },
		{ "1 85 01 2C 004 123", "département" },
		{ "9850338185456", "" },
		{ "a", "2 lettres" },
		{ "", "donnez" },
		{ "martin 45/45/1985", "date de naissance" },
		{ "nom@", "adresse" },
		{ "!!", "2 lettres" },
	};
	struct fixture *t = *state;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		assert_false(search(t, rows[i].text));
		fixture_refused(t, 422, "search.unclear");
		if (!strstr(t->err.text, rows[i].why))
			print_message("« %s » : %s\n", rows[i].text, t->err.text);
		assert_non_null(strstr(t->err.text, rows[i].why));
		/* a NIR is never in a problem, even the one just typed */
		assert_null(strstr(t->err.text, "185"));
	}
}

static void an_answer_tells_people_apart_and_no_more(void **state)
{
	const struct search_answer *answer = answer_to(*state, "dupont");
	const struct found *found = &answer->found[0];

	assert_string_equal(found->name, "Dupont");
	assert_string_equal(found->used_name, "Martin");
	assert_string_equal(found->first_names, "Éléonore Marie");
	assert_string_equal(found->commune, "Grenoble");
	assert_int_equal(found->birth_year, 1985);
	assert_true(found->is_insured);
	assert_int_equal(id_parse(found->insured_id), 101);
	assert_non_null(strstr(found->nir_masked, "***"));
	assert_null(strstr(found->nir_masked, "123"));
	assert_string_equal(found->target_id, "");
}

static void the_trace_holds_the_kind_of_the_text_and_not_the_text(void **state)
{
	struct fixture *t = *state;

	assert_true(search(t, "martin 14/03/1985"));
	assert_string_equal(t->req.object, "name-birth 1");
	assert_int_equal(t->req.file_id, 0);
}

static void a_request_found_is_named_beside_its_person(void **state)
{
	const struct search_answer *answer = answer_to(*state, "CEAM-26-000481");

	assert_int_equal(id_parse(answer->found[0].target_id), 301);
	assert_int_equal(id_parse(answer->found[0].insured_id), 101);
	assert_false(answer->found[0].is_insured);
}

static void past_twenty_the_answer_says_that_others_exist(void **state)
{
	struct fixture *t = *state;
	struct fixture_person person = {
		.kinship = KIN_INSURED, .name = "Petit", .used_name = "Petitjean",
		.first_names = "Anne",
	};
	const struct search_answer *answer;

	for (int64_t i = 0; i < SEARCH_MAX; i++) {
		person.id = person.file_id = 1000 + i;
		person.birth = 19600101 + i;
		fixture_person(t, T_CAISSE, &person);
	}
	/* all twenty under two names: each once, and nobody else */
	answer = answer_to(t, "pet");
	assert_int_equal(answer->count, SEARCH_MAX);
	assert_false(answer->more);
	person.id = person.file_id = 2000;
	fixture_person(t, T_CAISSE, &person);
	answer = answer_to(t, "pet");
	assert_int_equal(answer->count, SEARCH_MAX);
	assert_true(answer->more);
	answer = answer_to(t, "petit anne");
	assert_int_equal(answer->count, SEARCH_MAX);
	assert_true(answer->more);
}

static void an_exact_name_comes_before_those_that_sound_alike(void **state)
{
	static const struct fixture_person dupond = {
		501, 501, KIN_INSURED, 19600101, "1600138185011", "Dupond", NULL,
		"Zoé",
	};
	const struct search_answer *answer;

	fixture_person(*state, T_CAISSE, &dupond);
	answer = answer_to(*state, "dupond");
	assert_int_equal(answer->count, 2);
	assert_int_equal(id_parse(answer->found[0].beneficiary_id), 501);
	assert_int_equal(answer->found[0].by, FOUND_EXACT);
	assert_int_equal(answer->found[1].by, FOUND_PHONETIC);
}

static void a_list_long_enough_has_no_name_that_only_sounds_alike(void **state)
{
	struct fixture_person person = {
		.kinship = KIN_INSURED, .name = "Dupond", .first_names = "Anne",
	};
	const struct search_answer *answer;

	for (int64_t i = 0; i < 5; i++) {
		person.id = person.file_id = 1000 + i;
		person.birth = 19600101 + i;
		fixture_person(*state, T_CAISSE, &person);
	}
	answer = answer_to(*state, "dupond");
	assert_int_equal(answer->count, 5);
	for (size_t i = 0; i < answer->count; i++)
		assert_int_equal(answer->found[i].by, FOUND_EXACT);
}

static void every_statement_goes_through_a_key(void **state)
{
	struct fixture *t = *state;
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
	for (size_t i = 0; search_sql[i]; i++) {
		char explain[1024];
		sqlite3_stmt *stmt = NULL;
		int steps = 0;

		snprintf(explain, sizeof(explain), "EXPLAIN QUERY PLAN %s",
			 search_sql[i]);
		assert_int_equal(sqlite3_prepare_v2(db, explain, -1, &stmt, NULL),
				 SQLITE_OK);
		for (; sqlite3_step(stmt) == SQLITE_ROW; steps++) {
			const char *step = (const char *)sqlite3_column_text(stmt, 3);

			assert_null(strstr(step, "SCAN"));
			if (i != SEARCH_NIR)
				assert_null(strstr(step, "TEMP B-TREE"));
		}
		assert_true(steps > 0);
		sqlite3_finalize(stmt);
	}
	sqlite3_close(db);
}

static void words_are_cut_in_every_place_and_both_ways(void **state)
{
	struct name_split splits[SEARCH_SPLITS];
	struct asked asked;

	(void)state;
	assert_true(search_understand("A b C", (struct date){ 2026, 11, 21 },
				      &asked, NULL));
	assert_int_equal(search_splits(&asked, splits), 5);
	assert_string_equal(splits[0].surname, "ABC");
	assert_string_equal(splits[1].surname, "A");
	assert_string_equal(splits[1].given, "BC");
	assert_string_equal(splits[4].surname, "C");
	assert_string_equal(splits[4].given, "AB");
	assert_true(search_understand("a b c d e f g h i j", (struct date){ 2026, 11, 21 },
				      &asked, NULL));
	assert_int_equal(search_splits(&asked, splits), SEARCH_SPLITS);
	assert_string_equal(asked.words[SEARCH_WORDS - 1], "HIJ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_text_finds_who_it_means,
			setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_text_that_means_nothing_is_refused_with_the_reason,
			setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			an_answer_tells_people_apart_and_no_more,
			setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_request_found_is_named_beside_its_person,
			setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			the_trace_holds_the_kind_of_the_text_and_not_the_text,
			setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			past_twenty_the_answer_says_that_others_exist,
			setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			an_exact_name_comes_before_those_that_sound_alike,
			setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_list_long_enough_has_no_name_that_only_sounds_alike,
			setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(every_statement_goes_through_a_key,
			setup, fixture_teardown),
		cmocka_unit_test(words_are_cut_in_every_place_and_both_ways),
	};

	return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
