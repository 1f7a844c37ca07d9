/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend_fixture.h"
#include "csv.h"
#include "import.h"

#include <stdio.h>
#include <string.h>

#define HEADER "file,kinship,sex,birth,nir,name,first_names,phone,email," \
	"rights_from\n"
#define INSURED "7,insured,f,1985-03-14,285033818512345,Lefèvre,Éléonore," \
	"+33 6 39 98 00 42,E.Lefevre@example.org,2020-01-01\n"
#define CHILD "7,child,m,2019-05-02,119053818500188,Lefèvre,Noé,,,\n"

static void csv_follows_rfc_4180(void **state)
{
	static const struct {
		const char *line;
		int count;
		const char *fields[4];
	} cases[] = {
		{ "", 1, { "" } },
		{ "a,b,,d", 4, { "a", "b", "", "d" } },
		{ "\"a,b\",\"say \"\"x\"\"\",\"\"", 3, { "a,b", "say \"x\"", "" } },
		{ "a,", 2, { "a", "" } },
		{ "\"open", -1, { NULL } },
		{ "\"a\"b,c", -1, { NULL } },
		{ "a\"b", -1, { NULL } },
		{ "1,2,3,4,5", -1, { NULL } },
		{ NULL, 0, { NULL } },
	};

	(void)state;
	for (size_t row = 0; cases[row].line; row++) {
		char line[64], *fields[4];
		int count;

		snprintf(line, sizeof(line), "%s", cases[row].line);
		count = csv_split(line, ',', fields, 4);
		assert_int_equal(count, cases[row].count);
		for (int at = 0; at < count; at++)
			assert_string_equal(fields[at], cases[row].fields[at]);
	}
}

static void first_line_must_name_known_columns(void **state)
{
	static const struct { const char *line, *why; } cases[] = {
		{ "file,kinship,sex,birth,nir,name,first_names", "rights_from" },
		{ "file,nirr", "nirr" },
		{ "file,file", "deux fois" },
		{ NULL, NULL },
	};
	struct import_header header;

	(void)state;
	for (size_t row = 0; cases[row].line; row++) {
		struct err err = { 0 };
		char line[128];

		snprintf(line, sizeof(line), "%s", cases[row].line);
		assert_false(import_read_header(&header, line, &err));
		assert_non_null(strstr(err.text, cases[row].why));
	}
}

static void a_wrong_field_is_told_with_its_column(void **state)
{
	static const struct { const char *line, *why; } cases[] = {
		{ "7,boss,f,1985-03-14,285033818512345,A,B,,,2020-01-01", "kinship" },
		{ "7,insured,x,1985-03-14,285033818512345,A,B,,,2020-01-01", "sex" },
		{ "7,insured,f,14/03/85,285033818512345,A,B,,,2020-01-01", "birth" },
		{ "7,insured,f,2030-01-01,285033818512345,A,B,,,2020-01-01", "birth" },
		{ "7,insured,f,1985-03-14,285033818512344,A,B,,,2020-01-01", "clé" },
		{ "7,insured,f,1985-03-14,2850338185123,A,B,,,2020-01-01", "15" },
		{ "7,insured,f,1985-03-14,285033818512345,,B,,,2020-01-01", "name" },
		{ "7,insured,f,1985-03-14,285033818512345,A\xff,B,,,2020-01-01",
		  "UTF-8" },
		{ "7,insured,f,1985-03-14,285033818512345,A,B,call,,2020-01-01",
		  "phone" },
		{ "7,insured,f,1985-03-14,285033818512345,A,B,,a@,2020-01-01",
		  "email" },
		{ "7,insured,f,1985-03-14,285033818512345,A,B,,,2020-02-31",
		  "rights_from" },
		{ "7,insured,f,1985-03-14,285033818512345,A,B,,,", "rights_from" },
		{ "7,insured,f", "3 colonnes au lieu de 10" },
		{ NULL, NULL },
	};
	char header_line[] = HEADER;
	struct import_header header;
	struct import_person person;
	struct err err = { 0 };

	(void)state;
	header_line[strlen(header_line) - 1] = '\0';
	assert_true(import_read_header(&header, header_line, &err));
	for (size_t row = 0; cases[row].line; row++) {
		const struct date today = { 2026, 11, 21 };
		char line[256];

		snprintf(line, sizeof(line), "%s", cases[row].line);
		err_clear(&err);
		assert_false(import_read_person(&header, line, today, &person,
						&err));
		assert_non_null(strstr(err.text, cases[row].why));
	}
}

/* Load a text, and give what was told of its lines. */
static struct import_report load(struct fixture *t, const char *text,
				 char told[1024])
{
	FILE *in = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	FILE *out = fmemopen(told, 1024, "w");
	struct import_report report;

	assert_non_null(in);
	assert_non_null(out);
	if (!import_run(t->db, T_CAISSE, in, out, &report, &t->err))
		fail_msg("%s", t->err.text);
	fclose(in);
	fclose(out);
	return report;
}

static void good_lines_load_and_bad_ones_are_told(void **state)
{
	struct fixture *t = *state;
	char told[1024] = "";
	struct import_report report = load(t, "\xEF\xBB\xBF" HEADER INSURED
		"7,child,m,2019-05-02,1,Lefèvre,Noé,,,\r\n" CHILD
		"8,child,m,2019-05-02,119053818500188,Lefèvre,Noé,,,\n", told);

	assert_int_equal(report.loaded, 2);
	assert_int_equal(report.refused, 2);
	assert_non_null(strstr(told, "ligne 3 : nir"));
	assert_non_null(strstr(told, "ligne 5 : file"));
	assert_null(strstr(told, "ligne 4"));
	assert_null(strstr(told, "Noé"));
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM person"), 2);
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM file"), 1);
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM nir_key"), 2);
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM reach_key WHERE value IN"
			       " ('0639980042', 'e.lefevre@example.org')"), 2);
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM name_key WHERE surname ="
			       " 'LEFEVRE' AND given IN ('ELEONORE', 'NOE')"), 2);
	/* Whose dates are not said has those of the insured. */
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM entitlement WHERE"
			       " from_day = 20200101"), 2);
}

static void nobody_is_loaded_twice(void **state)
{
	struct fixture *t = *state;
	char told[1024] = "";
	struct import_report report = load(t, HEADER INSURED INSURED, told);

	assert_int_equal(report.loaded, 1);
	assert_int_equal(report.already, 1);
	report = load(t, HEADER INSURED CHILD, told);
	assert_int_equal(report.loaded, 1);
	assert_int_equal(report.already, 1);
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM person WHERE file_id ="
			       " (SELECT id FROM file)"), 2);
}

static void who_follows_a_refused_insured_is_refused(void **state)
{
	struct fixture *t = *state;
	char told[1024] = "";
	struct import_report report = load(t, HEADER INSURED
		"8,insured,f,1985-03-14,1,Roux,Anne,,,2020-01-01\n" CHILD, told);

	assert_int_equal(report.loaded, 1);
	assert_int_equal(report.refused, 2);
}

static void a_semicolon_separates_as_well(void **state)
{
	struct fixture *t = *state;
	char told[1024] = "";
	struct import_report report = load(t,
		"file;kinship;sex;birth;nir;name;first_names;rights_from\n"
		"1;insured;f;1952-00-00;285033818512345;\"D;H\";Anne;2020-01-01\n",
		told);

	assert_string_equal(told, "");
	assert_int_equal(report.loaded, 1);
	assert_int_equal(fixture_number(t, "SELECT count(*) FROM person WHERE name = 'D;H'"
			       " AND birth = 19520000"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_follows_rfc_4180),
		cmocka_unit_test(first_line_must_name_known_columns),
		cmocka_unit_test(a_wrong_field_is_told_with_its_column),
		cmocka_unit_test_setup_teardown(
			good_lines_load_and_bad_ones_are_told, fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(nobody_is_loaded_twice,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			who_follows_a_refused_insured_is_refused, fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(a_semicolon_separates_as_well,
			fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
