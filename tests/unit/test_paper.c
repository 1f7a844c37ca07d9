/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers are read back by tools that know nothing of how they were made:
 * pdftotext for the words, pdffonts for the fonts, pdftoppm and dmtxread for the
 * barcode.  A tool that is not installed skips its test. */
#include "unit.h"

#include "paper/paper.h"
#include "paper/sheet.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
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

/* In a child, whose errors come to `said`: its wait status. */
static int fall(bool while_drawing, int number, char *said, size_t size)
{
	int ends[2], status;
	pid_t child;
	ssize_t n;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		signal(number, SIG_DFL);
		sheet_guard();
		sheet_draws(true);
		if (!while_drawing)
			sheet_draws(false);
		raise(number);
		_exit(0);
	}
	close(ends[1]);
	n = read(ends[0], said, size - 1);
	said[n > 0 ? n : 0] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void what_falls_while_it_draws_ends_with_a_word(void **state)
{
	static const int numbers[] = { SIGABRT, SIGBUS, SIGSEGV, SIGTRAP };
	char said[200];
	int status;

	(void)state;
	for (size_t i = 0; i < N_ROWS(numbers); i++) {
		status = fall(true, numbers[i], said, sizeof(said));
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), EX_OSERR);
		assert_non_null(strstr(said, "document impossible à dessiner"));
		status = fall(false, numbers[i], said, sizeof(said));
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), numbers[i]);
		assert_string_equal(said, "");
	}
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
		TEST(what_falls_while_it_draws_ends_with_a_word),
	};

	return cmocka_run_group_tests_name("paper", tests, NULL, NULL);
}
