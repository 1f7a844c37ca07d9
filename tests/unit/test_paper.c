/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers are read back by tools that know nothing of how they were made:
 * pdftotext for the words, pdffonts for the fonts, pdftoppm and dmtxread for the
 * barcode.  A tool that is not installed skips its test. */
#include "unit.h"

#include "paper/paper.h"
#include "paper/page.h"
#include "paper/press.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOW 1795255920000               /* 21/11/2026 11:12 in Paris */
#define ANSWER_SIZE 8192

extern char **environ;

struct t {
	char directory[64];
	char pdf[96], other[96];
	struct buf out;
	char answer[ANSWER_SIZE];
};

static const struct sheet_head head = {
	.caisse = "CPAM de l'Isère", .made_ms = NOW, .zone = ZONE_PARIS,
};

static const struct appointment appointment = {
	.number = "RDV-26-000123", .insured_name = "N'GUYEN-LEFÈVRE Noël-Œdipe",
	.office_name = "Grenoble Grand'Place",
	.office_address = "2 rue des Alliés, 38045 Grenoble",
	.desk = 2, .reason_label = "Complémentaire santé solidaire",
	.channel = CHANNEL_COUNTER, .state = APPOINTMENT_BOOKED,
	.cancelled_by = -1, .starts_at = NOW + 172800000,
	.ends_at = NOW + 172800000 + 1800000,
	.pieces = "avis d'imposition\nrelevé d'identité bancaire",
};

static bool installed(const char *tool)
{
	char path[128];

	snprintf(path, sizeof(path), "/usr/bin/%s", tool);
	return access(path, X_OK) == 0;
}

/* Run a tool, its output in t->answer; returns its exit status. */
static int run(struct t *t, char *const argv[])
{
	posix_spawn_file_actions_t actions;
	char path[96];
	FILE *file;
	size_t size;
	pid_t pid;
	int status;

	snprintf(path, sizeof(path), "%s/answer", t->directory);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, path,
					 O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_int_equal(posix_spawnp(&pid, argv[0], &actions, NULL, argv,
				      environ), 0);
	posix_spawn_file_actions_destroy(&actions);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	file = fopen(path, "r");
	assert_non_null(file);
	size = fread(t->answer, 1, sizeof(t->answer) - 1, file);
	t->answer[size] = '\0';
	fclose(file);
	unlink(path);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void save(struct t *t)
{
	FILE *file = fopen(t->pdf, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(t->out.data, 1, t->out.size, file), t->out.size);
	assert_int_equal(fclose(file), 0);
}

static void see(struct t *t, const char *text)
{
	if (!strstr(t->answer, text))
		fail_msg("« %s » is not in:\n%s", text, t->answer);
}

static void read_text(struct t *t)
{
	char *argv[] = { "pdftotext", "-layout", t->pdf, "-", NULL };

	if (!installed("pdftotext"))
		skip();
	save(t);
	assert_int_equal(run(t, argv), 0);
}

static void make_appointment(struct t *t)
{
	struct err err = { 0 };

	assert_true(paper_appointment(head, &appointment, &t->out, &err));
	assert_memory_equal(t->out.data, "%PDF-", 5);
}

static void a_confirmation_tells_who_when_where_and_what_to_bring(void **state)
{
	static const char *const words[] = {
		"N'GUYEN-LEFÈVRE Noël-Œdipe", "RDV-26-000123", "23/11/2026",
		"30 minutes", "Grenoble Grand'Place", "38045 Grenoble",
		"À apporter", "relevé d'identité bancaire", "CPAM de l'Isère",
		"Édité le 21/11/2026",
	};
	struct t *t = *state;

	make_appointment(t);
	read_text(t);
	for (size_t i = 0; i < N_ROWS(words); i++)
		see(t, words[i]);
}

static void a_name_that_looks_like_markup_is_printed_as_it_is(void **state)
{
	struct appointment odd = appointment;
	struct err err = { 0 };
	struct t *t = *state;

	snprintf(odd.insured_name, sizeof(odd.insured_name), "%s",
		 "<b>D'ÂGE & Cie</b>");
	assert_true(paper_appointment(head, &odd, &t->out, &err));
	read_text(t);
	see(t, "<b>D'ÂGE & Cie</b>");
}

static void the_same_paper_asked_twice_has_the_same_bytes(void **state)
{
	struct t *t = *state;
	struct sheet_head later = head;
	struct err err = { 0 };
	struct buf again;

	make_appointment(t);
	buf_init(&again, t->out.limit);
	assert_true(paper_appointment(head, &appointment, &again, &err));
	assert_int_equal(again.size, t->out.size);
	assert_memory_equal(again.data, t->out.data, again.size);
	buf_empty(&again);
	later.made_ms += 60000;
	assert_true(paper_appointment(later, &appointment, &again, &err));
	assert_false(again.size == t->out.size &&
		     memcmp(again.data, t->out.data, again.size) == 0);
	buf_fini(&again);
}

static void every_font_is_embedded(void **state)
{
	struct t *t = *state;
	char *argv[] = { "pdffonts", t->pdf, NULL };
	int fonts = 0;

	if (!installed("pdffonts"))
		skip();
	make_appointment(t);
	save(t);
	assert_int_equal(run(t, argv), 0);
	for (char *line = strtok(t->answer, "\n"); line;
	     line = strtok(NULL, "\n")) {
		if (!strstr(line, "DejaVu"))
			continue;
		fonts++;
		assert_non_null(strstr(line, "yes yes"));
	}
	assert_true(fonts >= 2);
}

static void the_barcode_reads_back_as_the_number(void **state)
{
	struct t *t = *state;
	char *draw[] = { "pdftoppm", "-r", "200", "-png", "-singlefile", t->pdf,
			 t->other, NULL };
	char image[128];
	char *scan[] = { "dmtxread", "-N", "1", "-m", "30000", image, NULL };

	if (!installed("pdftoppm") || !installed("dmtxread"))
		skip();
	make_appointment(t);
	save(t);
	assert_int_equal(run(t, draw), 0);
	snprintf(image, sizeof(image), "%s.png", t->other);
	assert_int_equal(run(t, scan), 0);
	unlink(image);
	see(t, "RDV-26-000123");
}

static void a_receipt_tells_the_number_and_when_the_card_comes(void **state)
{
	static const struct request request = {
		.number = "CEAM-26-000481", .kind = REQUEST_EHIC,
		.state = REQUEST_RECEIVED, .lodged_on = { 2026, 11, 21 },
		.expected_on = { 2026, 12, 4 },
	};
	const struct paper_receipt receipt = {
		.request = &request, .person = "MARTIN Éléonore",
		.address = "3 allée des Érables, 38000 Grenoble",
		.valid_from = { 2026, 11, 21 }, .valid_to = { 2028, 11, 20 },
		.card = "",
	};
	struct t *t = *state;
	struct err err = { 0 };

	assert_true(paper_receipt(head, &receipt, &t->out, &err));
	read_text(t);
	see(t, "CEAM-26-000481");
	see(t, "MARTIN Éléonore");
	see(t, "04/12/2026");
	see(t, "du 21/11/2026 au 20/11/2028");
	see(t, "3 allée des Érables");
}

static void a_vitale_receipt_tells_the_pieces_still_missing(void **state)
{
	static const struct request request = {
		.number = "VIT-26-001172", .kind = REQUEST_VITALE_LOSS,
		.state = REQUEST_WAITING_PIECES, .lodged_on = { 2026, 11, 21 },
		.missing = "photo, pièce d'identité",
	};
	const struct paper_receipt receipt = {
		.request = &request, .person = "DUPONT Marie", .address = "",
		.card = "******4321",
	};
	struct t *t = *state;
	struct err err = { 0 };

	assert_true(paper_receipt(head, &receipt, &t->out, &err));
	read_text(t);
	see(t, "VIT-26-001172");
	see(t, "photo, pièce d'identité");
	see(t, "******4321");
	see(t, "en opposition");
}

static void a_certificate_has_the_fields_of_the_decision_in_order(void **state)
{
	static const char *const words[] = {
		"FR", "MARTIN", "Éléonore Zoé", "14/03/1985",
		"285034523412335", "01381 CPAM de l'Isère",
		"80250000012600000481", "20/11/2028", "28/11/2026",
		"27/02/2027", "21/11/2026", "SPÉCIMEN",
	};
	const struct paper_certificate certificate = {
		.number = "CEAM-26-000481", .name = "MARTIN",
		.first_names = "Éléonore Zoé", .birth = { 1985, 3, 14 },
		.nir = "285034523412335",
		.institution = "01381 CPAM de l'Isère",
		.serial = "80250000012600000481", .card_to = { 2028, 11, 20 },
		.from = { 2026, 11, 28 }, .to = { 2027, 2, 27 },
		.delivered = { 2026, 11, 21 },
	};
	struct t *t = *state;
	struct err err = { 0 };
	const char *at;

	assert_true(paper_certificate(head, &certificate, &t->out, &err));
	read_text(t);
	at = strstr(t->answer, "Carte remplacée");
	assert_non_null(at);
	for (size_t i = 0; i < N_ROWS(words); i++) {
		at = strstr(at, words[i]);
		if (!at)
			fail_msg("« %s » is not in its place:\n%s", words[i],
				 t->answer);
	}
}

static void a_paper_too_large_for_its_buffer_is_refused(void **state)
{
	struct t *t = *state;
	struct err err = { 0 };

	buf_fini(&t->out);
	buf_init(&t->out, 100);
	assert_false(paper_appointment(head, &appointment, &t->out, &err));
	assert_int_equal(err.code, ERR_SYSTEM);
}

static int setup(void **state)
{
	struct t *t = calloc(1, sizeof(*t));

	if (!t)
		return -1;
	snprintf(t->directory, sizeof(t->directory), "/tmp/guichet-paper-XXXXXX");
	if (!mkdtemp(t->directory))
		return -1;
	snprintf(t->pdf, sizeof(t->pdf), "%s/paper.pdf", t->directory);
	snprintf(t->other, sizeof(t->other), "%s/page", t->directory);
	buf_init(&t->out, 1 << 20);
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	struct t *t = *state;

	unlink(t->pdf);
	rmdir(t->directory);
	buf_fini(&t->out);
	free(t);
	return 0;
}

static void the_press_draws_the_same_bytes(void **state)
{
	struct sheet_head pressed = head;
	struct t *t = *state;
	struct err err = { 0 };
	struct buf other;

	make_appointment(t);
	buf_init(&other, t->out.limit);
	pressed.press = press_start(true, &err);
	assert_non_null(pressed.press);
	for (int i = 0; i < 2; i++) {
		buf_empty(&other);
		assert_true(paper_appointment(pressed, &appointment, &other, &err));
		assert_int_equal(other.size, t->out.size);
		assert_memory_equal(other.data, t->out.data, other.size);
	}
	press_stop(pressed.press);
	buf_fini(&other);
}

static void expect_failed(bool printed, const struct err *err)
{
	assert_false(printed);
	assert_int_equal(err->code, ERR_SYSTEM);
	assert_int_equal(err->status, 503);
	assert_string_equal(err->word, "paper.failed");
}

static void a_page_that_cannot_be_drawn_costs_one_paper(void **state)
{
	/* A block that no sheet tells. */
	static const char odd[] = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0c\0t\0n\0?text\0v";
	struct sheet_head pressed = head;
	struct t *t = *state;
	struct err err = { 0 };
	struct buf told;

	buf_init(&told, sizeof(odd));
	buf_add(&told, odd, sizeof(odd));
	pressed.press = press_start(true, &err);
	assert_non_null(pressed.press);
	expect_failed(press_print(pressed.press, &told, &t->out, &err), &err);
	expect_failed(press_print(NULL, &told, &t->out, &err), &err);
	buf_empty(&t->out);
	told.size = sizeof(struct page_moment) - 1;
	expect_failed(press_print(NULL, &told, &t->out, &err), &err);
	assert_int_equal(t->out.size, 0);
	assert_true(paper_appointment(pressed, &appointment, &t->out, &err));
	press_stop(pressed.press);
	buf_fini(&told);
}

static void a_sheet_too_long_is_refused(void **state)
{
	struct t *t = *state;
	struct err err = { 0 };
	struct sheet *sheet = sheet_open(&(struct sheet_head){ .caisse = "C",
		.title = "T", .number = "" }, &t->out);

	for (size_t size = 0; size <= PAGE_TOLD_MOST; size += 10)
		sheet_text(sheet, "ten bytes.");
	expect_failed(sheet_close(sheet, &err), &err);
}

/* The only child of this process. */
static pid_t the_press(void)
{
	char path[64], words[32] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(words, sizeof(words), file));
	fclose(file);
	return (pid_t)strtol(words, NULL, 10);
}

static void a_press_that_is_gone_is_seen_and_told(void **state)
{
	struct sheet_head pressed = head;
	struct t *t = *state;
	struct err err = { 0 };
	struct pollfd gone;

	pressed.press = press_start(false, &err);
	assert_non_null(pressed.press);
	gone = (struct pollfd){ .fd = press_descriptor(pressed.press),
		.events = POLLIN };
	assert_int_equal(poll(&gone, 1, 0), 0);
	assert_int_equal(kill(the_press(), SIGKILL), 0);
	assert_int_equal(poll(&gone, 1, 10000), 1);
	expect_failed(paper_appointment(pressed, &appointment, &t->out, &err), &err);
	press_stop(pressed.press);
	press_stop(NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_confirmation_tells_who_when_where_and_what_to_bring),
		TEST(a_name_that_looks_like_markup_is_printed_as_it_is),
		TEST(the_same_paper_asked_twice_has_the_same_bytes),
		TEST(every_font_is_embedded),
		TEST(the_barcode_reads_back_as_the_number),
		TEST(a_receipt_tells_the_number_and_when_the_card_comes),
		TEST(a_vitale_receipt_tells_the_pieces_still_missing),
		TEST(a_certificate_has_the_fields_of_the_decision_in_order),
		TEST(a_paper_too_large_for_its_buffer_is_refused),
		TEST(the_press_draws_the_same_bytes),
		TEST(a_page_that_cannot_be_drawn_costs_one_paper),
		TEST(a_sheet_too_long_is_refused),
		TEST(a_press_that_is_gone_is_seen_and_told),
	};

	return cmocka_run_group_tests_name("paper", tests, NULL, NULL);
}
