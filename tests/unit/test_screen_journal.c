/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The supervisors' screens: the trace, its export, the accesses to look at. */
#include "screen_desk.h"
#include "unit.h"

#include "screens/app_private.h"
#include "screens/trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define T_NOON INT64_C(1795254120000)

static const struct journal_line lines[] = {
	{ .number = 42, .at = T_NOON, .agent = "a.lefevre",
	  .agent_name = "A. Lefèvre", .office = "Grenoble",
	  .operation = "payment.list", .insured_id = T_INSURED,
	  .contact_id = T_CONTACT, .channel = CHANNEL_COUNTER,
	  .motive = MOTIVE_VISIT, .reason = -1,
	  .reference = "VISITE-26-000123", .status = 200, .trace = "0a1b2c3d" },
	{ .number = 41, .at = T_NOON, .agent = "s.benali",
	  .agent_name = "S. Benali", .office = "=HYPERLINK(\"x\")",
	  .operation = "insured.reveal", .channel = -1, .motive = -1,
	  .reason = -1, .object = "+33;\"1\"", .status = 403,
	  .trace = "0a1b2c3e" },
};

static void open_journal(struct t *t)
{
	t->app->session.role = ROLE_SUPERVISOR;
	ui_push(ui_front(t->ui), &screen_journal, NULL);
	ui_turn(t->ui);
	t_items(t, "journal.list", lines, 2);
}

static void reply_page(struct t *t, int count, const char *cursor)
{
	struct buf json;
	char end[80];

	buf_init(&json, 1 << 20);
	buf_text(&json, "{\"items\":[");
	for (int i = 0; i < count; i++) {
		if (i)
			buf_text(&json, ",");
		assert_true(codec_encode(&journal_line_codec, &lines[i], &json));
	}
	snprintf(end, sizeof(end), "],\"next_cursor\":%s%s%s}", cursor ? "\"" : "",
		 cursor ? cursor : "null", cursor ? "\"" : "");
	buf_text(&json, end);
	t_reply(t, "journal.list", buf_cstr(&json));
	buf_fini(&json);
}

/* ---- Reading ---------------------------------------------------------------------- */

static void lines_say_who_what_and_how_it_ended(void **state)
{
	struct t *t = *state;

	open_journal(t);
	t_see(t, "A. Lefèvre");
	t_see(t, "paiements lus");
	t_see(t, "refusé 403");
	t_see(t, "2 lignes");
}

static void every_operation_of_the_contract_has_words(void **state)
{
	(void)state;
	for (int i = 0; api_ops[i]; i++) {
		const char *name = api_ops[i]->name;

		if (strcmp(journal_operation_words(name), name) == 0)
			fail_msg("no words for %s", name);
	}
	for (int i = 1; journal_operations[i]; i++)
		assert_non_null(api_op_find(journal_operations[i]));
}

static void the_next_page_comes_at_the_last_row(void **state)
{
	struct t *t = *state;
	const struct journal_query *query;

	t->app->session.role = ROLE_SUPERVISOR;
	ui_push(ui_front(t->ui), &screen_journal, NULL);
	ui_turn(t->ui);
	reply_page(t, 2, "abc");
	t_see(t, "la suite en descendant");
	t_keys(t, "End");
	query = fake_query(t->api, "journal.list");
	assert_non_null(query);
	assert_string_equal(query->cursor, "abc");
	reply_page(t, 1, NULL);
	t_see(t, "3 lignes");
}

static void a_detail_shows_all_of_a_line_and_reads_nothing_again(void **state)
{
	struct t *t = *state;

	open_journal(t);
	t_keys(t, "Enter");
	t_see(t, "Ligne 42");
	t_see(t, "VISITE-26-000123");
	t_see(t, "visite");
	t_see(t, "0a1b2c3d");
	t_keys(t, "F3");
	assert_false(fake_is_asked(t->api, "journal.list"));
}

static void a_detail_filters_by_its_agent(void **state)
{
	struct t *t = *state;
	const struct journal_query *query;

	open_journal(t);
	t_keys(t, "Enter \"a\"");
	query = fake_query(t->api, "journal.list");
	assert_non_null(query);
	assert_string_equal(query->agent, "a.lefevre");
	assert_string_equal(query->insured_id, "");
}

static void the_filter_is_sent_as_it_was_typed(void **state)
{
	struct t *t = *state;
	const struct journal_query *query;

	open_journal(t);
	t_keys(t, "F4");
	t_items(t, "office.list", &(struct office){ .id = "0000000000077",
		.name = "Échirolles", .desks = 2 }, 1);
	t_keys(t, "\"s.benali\" Tab Tab Right Right Right Tab \"1/11\" Tab \"20/11\" "
		  "Tab \"echir\" Tab Space F10");
	query = fake_query(t->api, "journal.list");
	assert_non_null(query);
	assert_string_equal(query->agent, "s.benali");
	assert_string_equal(query->operation, journal_operations[3]);
	assert_int_equal(query->from.month, 11);
	assert_int_equal(query->to.day, 20);
	assert_string_equal(query->office_id, "0000000000077");
	assert_true(query->refused);
	assert_false(query->export);
	t_see(t, "s.benali · refus seulement · valeur montrée");
}

static void a_person_of_the_filter_is_found_first(void **state)
{
	struct t *t = *state;
	const struct search_answer one = { .understood = UNDERSTOOD_NIR, .count = 1,
		.found = { { .insured_id = T_INSURED, .beneficiary_id = T_INSURED,
		.is_insured = true, .name = "DUPONT", .used_name = "MARTIN",
		.first_names = "Éléonore", .birth_year = 1985 } } };
	const struct search_answer none = { .understood = UNDERSTOOD_NAME };
	const struct journal_query *query;

	open_journal(t);
	t_keys(t, "F4 Tab \"personne\" F10");
	t_value(t, "insured.search", &none);
	t_see(t, "personne de ce nom");
	assert_false(fake_is_asked(t->api, "journal.list"));
	t_keys(t, "^U \"2850345234123\" F10");
	t_value(t, "insured.search", &one);
	query = fake_query(t->api, "journal.list");
	assert_non_null(query);
	assert_string_equal(query->insured_id, T_INSURED);
	t_see(t, "MARTIN Éléonore");
}

static void an_end_before_the_start_is_refused(void **state)
{
	struct t *t = *state;

	open_journal(t);
	t_keys(t, "F4 Tab Tab Tab \"20/11\" Tab \"1/11\" F10");
	assert_false(fake_is_asked(t->api, "journal.list"));
	t_see(t, "la fin vient avant le début");
}

/* ---- Exporting -------------------------------------------------------------------- */

static const struct { const char *text, *cell; } cells[] = {
	{ "Grenoble", "\"Grenoble\";" },
	{ "", "\"\";" },
	{ "a\"b;c", "\"a\"\"b;c\";" },
	{ "=1+1", "\"'=1+1\";" },
	{ "+33", "\"'+33\";" },
	{ "-2", "\"'-2\";" },
	{ "@SUM(A1)", "\"'@SUM(A1)\";" },
	{ "  =1", "\"'  =1\";" },
	{ "\t=1", "\"\xef\xbf\xbd=1\";" },
	{ "\xef\xbc\x9d" "1", "\"'\xef\xbc\x9d" "1\";" },
	{ "a\nb", "\"a\xef\xbf\xbd" "b\";" },
	{ "\033[2J", "\"\xef\xbf\xbd[2J\";" },
};

static void a_cell_is_clean_quoted_and_never_a_formula(void **state)
{
	struct buf csv;

	(void)state;
	for (size_t i = 0; i < N_ROWS(cells); i++) {
		buf_init(&csv, 1000);
		journal_cell(&csv, cells[i].text, false);
		assert_string_equal(buf_cstr(&csv), cells[i].cell);
		buf_fini(&csv);
	}
}

static char *read_whole(const char *path)
{
	char *text = calloc(1, 1 << 16);
	FILE *file = fopen(path, "r");

	assert_non_null(text);
	assert_non_null(file);
	assert_true(fread(text, 1, (1 << 16) - 1, file) > 0);
	fclose(file);
	return text;
}

static void an_export_is_every_page_in_a_file_of_its_own(void **state)
{
	struct t *t = *state;
	char folder[] = "/tmp/guichet-csv-XXXXXX", path[80], keys[120];
	const struct journal_query *query;
	struct stat there;
	char *text;

	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/t.csv", folder);
	snprintf(keys, sizeof(keys), "F9 \"%s\" Enter", path);
	open_journal(t);
	t_keys(t, keys);
	query = fake_query(t->api, "journal.list");
	assert_non_null(query);
	assert_true(query->export);
	reply_page(t, 2, "more");
	query = fake_query(t->api, "journal.list");
	assert_string_equal(query->cursor, "more");
	assert_true(query->export);
	assert_int_not_equal(stat(path, &there), 0);
	reply_page(t, 1, NULL);
	t_see(t, "3 lignes enregistrées");
	assert_int_equal(stat(path, &there), 0);
	assert_int_equal(there.st_mode & 0777, 0600);
	text = read_whole(path);
	assert_non_null(strstr(text, "\"A. Lefèvre\";"));
	assert_non_null(strstr(text, "\"'=HYPERLINK(\"\"x\"\")\";"));
	assert_non_null(strstr(text, "\"'+33;\"\"1\"\"\";"));
	assert_null(strstr(text, ";\"=HYPERLINK"));
	free(text);
	unlink(path);
	rmdir(folder);
}

static void an_export_never_writes_over_a_file(void **state)
{
	struct t *t = *state;
	char path[] = "/tmp/guichet-csv-XXXXXX", keys[80];
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	snprintf(keys, sizeof(keys), "F9 \"%s\" Enter", path);
	open_journal(t);
	t_keys(t, keys);
	t_see(t, "existe déjà");
	assert_false(fake_is_asked(t->api, "journal.list"));
	close(fd);
	unlink(path);
}

static void an_export_refused_leaves_no_file(void **state)
{
	struct t *t = *state;
	char path[] = "/tmp/guichet-csv-none-XXXXXX", keys[90];
	struct stat there;

	assert_non_null(mkdtemp(path));
	snprintf(keys, sizeof(keys), "F9 \"%s/a\" Enter", path);
	open_journal(t);
	t_keys(t, keys);
	reply_page(t, 2, "more");
	t_refuse(t, "journal.list", 503, "draining", "Le serveur redémarre", NULL);
	t_see(t, "Le serveur redémarre");
	snprintf(keys, sizeof(keys), "%s/a", path);
	assert_int_not_equal(lstat(keys, &there), 0);
	rmdir(path);
}

/* ---- Accesses to look at ------------------------------------------------------------ */

static const struct review glass = { .id = "0000000000050",
	.kind = REVIEW_BREAK_GLASS, .state = REVIEW_PENDING, .agent = "a.lefevre",
	.agent_name = "A. Lefèvre", .insured_id = "0000000000002",
	.caisse = "01731", .reason = ACCESS_PASSING, .reference = "APPEL-77",
	.files = CODEC_NONE, .minutes = CODEC_NONE, .reads = 7,
	.opened_at = T_NOON, .until = T_NOON + 1800000, .finding = -1 };

static void reply_reviews(struct t *t, const struct review *review, int pending)
{
	struct buf json;

	buf_init(&json, 1 << 20);
	buf_text(&json, "{\"items\":[");
	if (review)
		assert_true(codec_encode(&review_codec, review, &json));
	buf_printf(&json, "],\"next_cursor\":null,\"pending\":%d}", pending);
	t_reply(t, "review.list", buf_cstr(&json));
	buf_fini(&json);
}

static void open_approvals(struct t *t, const struct review *review)
{
	t->app->session.role = ROLE_SUPERVISOR;
	ui_push(ui_front(t->ui), &screen_approvals, NULL);
	ui_turn(t->ui);
	reply_reviews(t, review, 1);
}

static void the_home_of_a_supervisor_tells_how_many_wait(void **state)
{
	struct t *t = *state;

	t_keys(t, "F5");
	assert_false(fake_is_asked(t->api, "review.list"));
	t->app->session.role = ROLE_SUPERVISOR;
	t_keys(t, "F5");
	reply_reviews(t, NULL, 3);
	t_see(t, "3 accès à contrôler");
	t_keys(t, "F4");
	t_see(t, "Accès à contrôler");
}

static void the_count_is_read_again_while_keys_are_pressed(void **state)
{
	struct t *t = *state;

	t->app->session.role = ROLE_SUPERVISOR;
	t_keys(t, "F5");
	reply_reviews(t, NULL, 0);
	t_not(t, "à contrôler");
	ui_pass_time(t->ui, 61000);
	ui_turn(t->ui);
	reply_reviews(t, NULL, 1);
	t_see(t, "1 accès à contrôler");
	ui_pass_time(t->ui, 600000);
	ui_turn(t->ui);
	assert_false(fake_is_asked(t->api, "review.list"));
}

static void the_list_asks_for_what_waits_then_for_all(void **state)
{
	struct t *t = *state;
	const struct review_query *query;

	open_approvals(t, &glass);
	t_see(t, "autre caisse");
	t_see(t, "1 accès à contrôler");
	t_keys(t, "\"t\"");
	query = fake_query(t->api, "review.list");
	assert_non_null(query);
	assert_int_equal(query->state, -1);
}

static void nothing_is_decided_without_a_choice(void **state)
{
	struct t *t = *state;

	open_approvals(t, &glass);
	t_keys(t, "Enter F10");
	t_see(t, "dites si l'accès était justifié");
	t_keys(t, "Right F10");
	t_see(t, "choisissez ce que vous avez constaté");
	assert_false(fake_is_asked(t->api, "review.decide"));
}

static void justified_is_sent_at_once_and_goes_back(void **state)
{
	struct t *t = *state;
	struct review decided = glass;
	const struct review_decision *body;

	open_approvals(t, &glass);
	t_keys(t, "Enter Right Tab Right Right F10 F10");
	assert_int_equal(fake_count(t->api, "review.decide"), 1);
	body = fake_body(t->api, "review.decide");
	assert_non_null(body);
	assert_int_equal(body->state, REVIEW_JUSTIFIED);
	assert_int_equal(body->finding, FINDING_TASK);
	decided.state = REVIEW_JUSTIFIED;
	t_value(t, "review.decide", &decided);
	t_see(t, "Contrôle noté");
	assert_true(fake_is_asked(t->api, "review.list"));
}

static void not_justified_is_asked_again_first(void **state)
{
	struct t *t = *state;
	const struct review_decision *body;

	open_approvals(t, &glass);
	t_keys(t, "Enter Right Right Tab Left F10");
	t_see(t, "Déclarer non justifié");
	t_keys(t, "Enter");
	assert_false(fake_is_asked(t->api, "review.decide"));
	t_keys(t, "F10 \"o\"");
	body = fake_body(t->api, "review.decide");
	assert_non_null(body);
	assert_int_equal(body->state, REVIEW_UNJUSTIFIED);
	assert_int_equal(body->finding, FINDING_REPORTED);
}

static void nobody_decides_on_their_own_access(void **state)
{
	struct t *t = *state;
	struct review mine = glass;

	mine.mine = true;
	open_approvals(t, &mine);
	t_keys(t, "Enter");
	t_see(t, "une autre personne doit se prononcer");
	t_keys(t, "F10");
	assert_false(fake_is_asked(t->api, "review.decide"));
}

static void the_trace_of_an_access_is_one_key_away(void **state)
{
	struct t *t = *state;
	const struct journal_query *query;

	open_approvals(t, &glass);
	t_keys(t, "\"j\"");
	query = fake_query(t->api, "journal.list");
	assert_non_null(query);
	assert_string_equal(query->agent, "a.lefevre");
	assert_string_equal(query->insured_id, glass.insured_id);
	assert_int_equal(query->from.day, 21);
}

static void a_volume_says_how_many_files(void **state)
{
	struct t *t = *state;
	struct review many = glass;

	many.kind = REVIEW_STOP;
	many.reason = -1;
	many.insured_id[0] = many.caisse[0] = many.reference[0] = '\0';
	many.files = 300;
	many.reads = CODEC_NONE;
	many.until = 0;
	open_approvals(t, &many);
	t_see(t, "300 dossiers");
	t_see(t, "volume arrêté");
}

#define T(test) cmocka_unit_test_setup_teardown(test, t_setup, t_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(lines_say_who_what_and_how_it_ended),
		T(every_operation_of_the_contract_has_words),
		T(the_next_page_comes_at_the_last_row),
		T(a_detail_shows_all_of_a_line_and_reads_nothing_again),
		T(a_detail_filters_by_its_agent),
		T(the_filter_is_sent_as_it_was_typed),
		T(a_person_of_the_filter_is_found_first),
		T(an_end_before_the_start_is_refused),
		T(a_cell_is_clean_quoted_and_never_a_formula),
		T(an_export_is_every_page_in_a_file_of_its_own),
		T(an_export_never_writes_over_a_file),
		T(an_export_refused_leaves_no_file),
		T(the_home_of_a_supervisor_tells_how_many_wait),
		T(the_count_is_read_again_while_keys_are_pressed),
		T(the_list_asks_for_what_waits_then_for_all),
		T(nothing_is_decided_without_a_choice),
		T(justified_is_sent_at_once_and_goes_back),
		T(not_justified_is_asked_again_first),
		T(nobody_decides_on_their_own_access),
		T(the_trace_of_an_access_is_one_key_away),
		T(a_volume_says_how_many_files),
	};

	return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
