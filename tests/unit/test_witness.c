/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend_fixture.h"

#include "witness.h"

#include <guichet/base/mem.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define START (INT64_C(20454) * AUDIT_DAY_MS)   /* 2026-01-01 */

struct house {
	struct fixture *t;
	char path[80];
	struct witness *witness;
};

static void append(struct house *h, int64_t caisse, int64_t at, int64_t file)
{
	struct audit_head head = { 0 };
	const struct audit_row row = {
		.caisse = caisse, .at = at, .agent_id = T_AGENT,
		.file_id = file, .operation = "insured.get", .object = "",
		.trace = "4bf92f3577b34da6a3ce929d0e0e4736", .status = 200,
	};

	assert_true(audit_append(h->t->db, &head, &row, &h->t->err));
}

static void fill(struct house *h, int from, int until, int64_t file)
{
	for (int i = from; i < until; i++) {
		append(h, T_CAISSE, START + i * (AUDIT_DAY_MS / 4), file);
		append(h, T_OTHER_CAISSE, START + i * (AUDIT_DAY_MS / 4), file);
	}
}

static int setup(void **state)
{
	struct house *h = mem_new(1, sizeof(*h));
	void *fixture;

	assert_int_equal(fixture_setup(&fixture), 0);
	h->t = fixture;
	snprintf(h->path, sizeof(h->path), "%s-witness", h->t->path);
	fill(h, 0, 6, 77);
	h->witness = witness_open(h->path, h->t->path, &h->t->err);
	assert_non_null(h->witness);
	*state = h;
	return 0;
}

static int teardown(void **state)
{
	struct house *h = *state;
	void *fixture = h->t;

	witness_close(h->witness);
	unlink(h->path);
	free(h);
	return fixture_teardown(&fixture);
}

static void tell(struct house *h)
{
	assert_true(witness_tell(h->witness, START + 40 * AUDIT_DAY_MS, &h->t->err));
}

static int lines(const struct house *h)
{
	FILE *file = fopen(h->path, "r");
	int count = 0, c;

	assert_non_null(file);
	while ((c = fgetc(file)) != EOF)
		count += c == '\n';
	fclose(file);
	return count;
}

static bool agrees(struct house *h, struct witness_report *report)
{
	err_clear(&h->t->err);
	return witness_compare(h->path, h->t->db, false, report, &h->t->err);
}

static void run(struct house *h, const char *sql)
{
	assert_true(db_run(h->t->db, &h->t->err, NULL, sql, ""));
}

static void each_head_is_told_once(void **state)
{
	struct house *h = *state;
	struct witness_report report;
	struct stat now;
	char line[256];
	FILE *file;

	tell(h);
	tell(h);
	assert_int_equal(lines(h), 2);
	assert_int_equal(stat(h->path, &now), 0);
	assert_int_equal(now.st_mode & 0777, 0600);
	file = fopen(h->path, "r");
	assert_non_null(fgets(line, sizeof(line), file));
	fclose(file);
	assert_memory_equal(line, "guichet-witness 01381 2026-01-02 6 ", 35);
	assert_string_equal(line + 35 + 64, " 2026-02-10T00:00:00Z\n");
	/* Two days end and a third goes on, in each caisse. */
	fill(h, 6, 15, 77);
	tell(h);
	assert_int_equal(lines(h), 2 + 2 * 3);
	assert_true(agrees(h, &report));
	assert_int_equal(report.lines, 8);
	assert_int_equal(report.unreadable, 0);
}

static void an_end_cut_off_is_seen(void **state)
{
	struct house *h = *state;
	struct witness_report report;
	struct audit_report chain;

	tell(h);
	run(h, "DELETE FROM audit WHERE caisse = 1751 AND seq = 6");
	assert_true(audit_verify(h->t->db, AUDIT_WHOLE, &chain, &h->t->err));
	assert_false(agrees(h, &report));
	assert_string_equal(h->t->err.word, AUDIT_BROKEN);
	assert_non_null(strstr(h->t->err.text, "01751"));
	assert_non_null(strstr(h->t->err.text, "coupée"));
	assert_false(witness_agrees(h->witness, &h->t->err));
	assert_true(witness_compare(h->path, h->t->db, true, &report, &h->t->err));
	assert_int_equal(report.later, 1);
	/* Nor does the daemon go on telling as if nothing had happened. */
	assert_false(witness_tell(h->witness, START, &h->t->err));
	assert_string_equal(h->t->err.word, AUDIT_BROKEN);
}

static void a_chain_made_again_is_seen(void **state)
{
	struct house *h = *state;
	struct witness_report report;
	struct audit_report chain;

	tell(h);
	run(h, "DELETE FROM audit");
	run(h, "DELETE FROM audit_day");
	fill(h, 0, 6, 78);
	assert_true(audit_verify(h->t->db, AUDIT_WHOLE, &chain, &h->t->err));
	assert_false(agrees(h, &report));
	assert_non_null(strstr(h->t->err.text, "refaite"));
}

static void what_was_purged_contradicts_nobody(void **state)
{
	struct house *h = *state;
	struct witness_report report;
	struct audit_purged purged;

	tell(h);
	fill(h, 6, 15, 77);
	tell(h);
	assert_true(audit_purge(h->t->db, START + 400 * AUDIT_DAY_MS, AUDIT_MONTHS,
				&purged, &h->t->err));
	assert_true(purged.rows > 0);
	assert_true(agrees(h, &report));
	assert_int_equal(report.lines, 8);
	assert_int_equal(report.purged, 2);
	tell(h);
	assert_true(agrees(h, &report));
	/* The hashes kept of purged days are held against it too. */
	run(h, "UPDATE audit_day SET head = zeroblob(32) WHERE purged = 1");
	assert_false(agrees(h, &report));
}

static void a_witness_goes_on_where_it_was_left(void **state)
{
	struct house *h = *state;
	struct witness_report report;
	FILE *file;

	tell(h);
	witness_close(h->witness);
	/* A crash left half a line. */
	file = fopen(h->path, "a");
	assert_true(fputs("guichet-witness 01381 2026-01", file) >= 0);
	fclose(file);
	h->witness = witness_open(h->path, h->t->path, &h->t->err);
	assert_non_null(h->witness);
	tell(h);
	fill(h, 6, 7, 77);
	tell(h);
	assert_true(agrees(h, &report));
	assert_int_equal(report.lines, 4);
	assert_int_equal(report.unreadable, 1);
}

static void lines_of_the_system_log_are_read_too(void **state)
{
	static const char *const unreadable[] = {
		"guichet-witness", "guichet-witness x", "guichet-witness 01381",
		"guichet-witness 01381 2026-13-01 6 00 x",
		"guichet-witness 01381 2026-01-02 0 00 x",
		"guichet-witness 01381 2026-01-02 6 zz x",
		"guichet-witness 01381 2026-01-02x6 00 x",
	};
	struct house *h = *state;
	struct witness_report report;
	char line[256];
	FILE *file;

	tell(h);
	file = fopen(h->path, "r");
	assert_non_null(fgets(line, sizeof(line), file));
	fclose(file);
	file = fopen(h->path, "w");
	fprintf(file, "Nov 21 10:00:00 host guichetd[12]: %s", line);
	fprintf(file, "Nov 21 10:00:01 host cron[13]: hello\n");
	for (size_t i = 0; i < N_ROWS(unreadable); i++)
		fprintf(file, "%s\n", unreadable[i]);
	fclose(file);
	assert_true(agrees(h, &report));
	assert_int_equal(report.lines, 1);
	assert_int_equal(report.unreadable, N_ROWS(unreadable) - 1);
	assert_false(witness_compare("/nowhere/at/all", h->t->db, false, &report,
				     &h->t->err));
	assert_int_equal(h->t->err.code, ERR_NOT_FOUND);
}

static void a_full_disk_delays_the_witness_and_loses_nothing(void **state)
{
	struct house *h = *state;
	struct witness_report report;
	struct rlimit was, small;

	tell(h);
	fill(h, 6, 15, 77);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &was);
	small = was;
	small.rlim_cur = 300;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_false(witness_tell(h->witness, START, &h->t->err));
	assert_false(witness_tell(h->witness, START, &h->t->err));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	tell(h);
	assert_true(agrees(h, &report));
	assert_int_equal(report.lines, 8);
	assert_int_equal(report.unreadable, 1);
}

static void a_witness_needs_a_place(void **state)
{
	struct house *h = *state;
	char link[96];

	assert_null(witness_open("/nowhere/at/all", h->t->path, &h->t->err));
	assert_int_equal(h->t->err.code, ERR_SYSTEM);
	snprintf(link, sizeof(link), "%s-link", h->path);
	assert_int_equal(symlink(h->path, link), 0);
	assert_null(witness_open(link, h->t->path, &h->t->err));
	unlink(link);
	assert_true(witness_agrees(h->witness, &h->t->err));
	assert_true(witness_tell(NULL, START, &h->t->err));
}

static void the_system_log_alone_needs_no_file(void **state)
{
	struct house *h = *state;
	struct witness *witness = witness_open("syslog", h->t->path, &h->t->err);
	char both[96];

	assert_non_null(witness);
	assert_true(witness_tell(witness, START, &h->t->err));
	assert_true(witness_agrees(witness, &h->t->err));
	witness_close(witness);
	snprintf(both, sizeof(both), "%s,syslog", h->path);
	witness = witness_open(both, h->t->path, &h->t->err);
	assert_non_null(witness);
	assert_true(witness_tell(witness, START, &h->t->err));
	witness_close(witness);
	assert_int_equal(lines(h), 2);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(each_head_is_told_once),
		T(an_end_cut_off_is_seen),
		T(a_chain_made_again_is_seen),
		T(what_was_purged_contradicts_nobody),
		T(a_witness_goes_on_where_it_was_left),
		T(lines_of_the_system_log_are_read_too),
		T(a_full_disk_delays_the_witness_and_loses_nothing),
		T(a_witness_needs_a_place),
		T(the_system_log_alone_needs_no_file),
	};

	return cmocka_run_group_tests_name("witness", tests, NULL, NULL);
}
