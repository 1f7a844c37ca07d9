/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/option.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum theme { THEME_PLAIN, THEME_CONTRAST, THEME_N };

static const char *const theme_names[] = {
	[THEME_PLAIN] = "sobre",
	[THEME_CONTRAST] = "contraste",
	NULL,
};
_Static_assert(N_ROWS(theme_names) == THEME_N + 1, "every theme needs a name");

struct config {
	char server[32];
	int timeout_s;
	bool mouse, ascii, demo;
	int theme;
	char clock[16], folder[16];
};

#define OPT_STRUCT struct config
static const struct option_def defs[] = {
	{ .name = "server", .letter = 's', OPT_TEXT(server), .arg = "URL",
	  .def = "https://localhost", .flags = OPTION_MACHINE, .help = "adresse du serveur" },
	{ .name = "timeout", .letter = 't', OPT_INT(timeout_s, 1, 120),
	  .def = "10", .help = "délai d'attente d'une réponse, en secondes, "
	  "après quoi l'agent est prévenu" },
	{ .name = "mouse", OPT_BOOL(mouse), .def = "no",
	  .help = "accepter la souris" },
	{ .name = "ascii", .letter = 'a', OPT_BOOL(ascii), .def = "no",
	  .flags = OPTION_NO_VALUE, .help = ".traits simples" },
	{ .name = "color-theme", OPT_ENUM(theme, theme_names), .def = "sobre",
	  .help = "couleurs" },
	{ .name = "demo", .letter = 'd', OPT_BOOL(demo), .def = "no",
	  .flags = OPTION_NO_VALUE | OPTION_COMMAND_LINE,
	  .help = "démonstration" },
	{ .name = "clock", OPT_TEXT(clock), .def = "",
	  .flags = OPTION_HIDDEN | OPTION_COMMAND_LINE, .help = "heure" },
	{ .name = "certificate-folder", OPT_TEXT(folder), .def = "",
	  .arg = "DOSSIER", .help = "certificats, \\ compris" },
	{ 0 },
};

#define ROWS (N_ROWS(defs) - 1)

struct t {
	struct config config;
	struct option_state states[ROWS];
	struct err err;
	char folder[64], path[96];
};

static int setup(void **state)
{
	struct t *t = calloc(1, sizeof(*t));

	if (!t)
		return -1;
	snprintf(t->folder, sizeof(t->folder), "/tmp/guichet-option-XXXXXX");
	if (!mkdtemp(t->folder))
		return -1;
	snprintf(t->path, sizeof(t->path), "%s/conf", t->folder);
	option_defaults(defs, &t->config, t->states);
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	struct t *t = *state;

	unlink(t->path);
	rmdir(t->folder);
	unsetenv("GUICHET_SERVER");
	unsetenv("GUICHET_TIMEOUT");
	unsetenv("GUICHET_COLOR_THEME");
	unsetenv("GUICHET_DEMO");
	unsetenv("GUICHET_CERTIFICATE_FOLDER");
	free(t);
	return 0;
}

static bool read_text(struct t *t, const char *text)
{
	FILE *file = fopen(t->path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return option_read_file(defs, &t->config, t->states, t->path, &t->err);
}

/* Reads words apart by one space; "_" in a word stands for a space. */
static bool read_words(struct t *t, const char *words, int *argc, char **argv)
{
	static char line[256];

	snprintf(line, sizeof(line), "guichet %s", words);
	*argc = 0;
	for (char *word = strtok(line, " "); word; word = strtok(NULL, " ")) {
		for (char *c = word; *c; c++)
			*c = *c == '_' ? ' ' : *c;
		argv[(*argc)++] = word;
	}
	argv[*argc] = NULL;
	return option_read_arguments(defs, &t->config, t->states, argc, argv,
				     &t->err);
}

static bool read_line(struct t *t, const char *words)
{
	char *argv[32];
	int argc;

	return read_words(t, words, &argc, argv);
}

static void defaults_go_through_the_same_reading(void **state)
{
	struct t *t = *state;

	assert_string_equal(t->config.server, "https://localhost");
	assert_int_equal(t->config.timeout_s, 10);
	assert_false(t->config.mouse);
	assert_int_equal(t->config.theme, THEME_PLAIN);
	for (size_t i = 0; i < ROWS; i++)
		assert_int_equal(t->states[i].source, OPTION_FROM_DEFAULT);
}

static void every_form_of_the_command_line_is_read(void **state)
{
	static const char *const lines[] = {
		"--server x --timeout 7 --ascii --mouse yes",
		"--server=x --timeout=7 --ascii=yes --mouse=oui",
		"-s x -t 7 -a --mouse on", "-sx -t7 -a --mouse 1",
		"-at7 -sx --mouse=true", "-da -sx -t 7 --mouse=yes",
		"--timeout 9 --server y -t7 -sx -a --mouse yes",
	};
	struct t *t = *state;

	for (size_t i = 0; i < N_ROWS(lines); i++) {
		option_defaults(defs, &t->config, t->states);
		if (!read_line(t, lines[i]))
			fail_msg("%s: %s", lines[i], t->err.text);
		assert_string_equal(t->config.server, "x");
		assert_int_equal(t->config.timeout_s, 7);
		assert_true(t->config.ascii);
		assert_true(t->config.mouse);
		assert_int_equal(t->states[1].source, OPTION_FROM_COMMAND_LINE);
	}
}

static void what_is_no_option_is_left(void **state)
{
	struct t *t = *state;
	char *argv[32];
	int argc;

	assert_true(read_words(t, "un --ascii - -t 3 deux -- --mouse -x", &argc,
			       argv));
	assert_int_equal(argc, 6);
	assert_string_equal(argv[0], "guichet");
	assert_string_equal(argv[1], "un");
	assert_string_equal(argv[2], "-");
	assert_string_equal(argv[3], "deux");
	assert_string_equal(argv[4], "--mouse");
	assert_string_equal(argv[5], "-x");
	assert_null(argv[6]);
	assert_true(t->config.ascii);
	assert_false(t->config.mouse);
	assert_true(read_words(t, "", &argc, argv));
	assert_int_equal(argc, 1);
}

static void a_refused_command_line_says_why(void **state)
{
	static const struct {
		const char *line, *why;
	} rows[] = {
		{ "--tiemout 3", "option « --tiemout » inconnue ; "
		  "peut-être « --timeout » ?" },
		{ "--colour-theme=sobre", "option « --colour-theme=sobre » "
		  "inconnue ; peut-être « --color-theme » ?" },
		{ "--servr", "option « --servr » inconnue ; "
		  "peut-être « --server » ?" },
		{ "--clok 1", "option « --clok » inconnue" },
		{ "--zzzzzzzz", "option « --zzzzzzzz » inconnue" },
		{ "-z", "option « -z » inconnue" },
		{ "-az", "option « -az » inconnue" },
		{ "--timeout", "une valeur est attendue après « --timeout »" },
		{ "-t", "une valeur est attendue après « --timeout »" },
		{ "--timeout 0", "--timeout « 0 » : "
		  "un nombre de 1 à 120 est attendu" },
		{ "--timeout 121", "--timeout « 121 » : "
		  "un nombre de 1 à 120 est attendu" },
		{ "--timeout dix", "--timeout « dix » : "
		  "un nombre de 1 à 120 est attendu" },
		{ "--timeout=", "--timeout «  » : "
		  "un nombre de 1 à 120 est attendu" },
		{ "--timeout 7s", "--timeout « 7s » : "
		  "un nombre de 1 à 120 est attendu" },
		{ "--timeout _7", "--timeout «  7 » : "
		  "un nombre de 1 à 120 est attendu" },
		{ "--timeout +7", "--timeout « +7 » : "
		  "un nombre de 1 à 120 est attendu" },
		{ "--timeout 99999999999999999999", "--timeout "
		  "« 99999999999999999999 » : un nombre de 1 à 120 est attendu" },
		{ "--mouse maybe", "--mouse « maybe » : yes ou no est attendu" },
		{ "--ascii=7", "--ascii « 7 » : yes ou no est attendu" },
		{ "--color-theme rose", "--color-theme « rose » : "
		  "au choix : sobre, contraste" },
		{ "-s 12345678901234567890123456789012", "--server "
		  "« 12345678901234567890123456789012 » : "
		  "texte trop long, 31 octets au plus" },
		{ "-s 1234567890123456789012345678\033[2J", "--server "
		  "« 1234567890123456789012345678\uFFFD[2J » : "
		  "texte trop long, 31 octets au plus" },
	};
	struct t *t = *state;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		assert_false(read_line(t, rows[i].line));
		assert_int_equal(t->err.code, ERR_INVALID);
		assert_string_equal(t->err.text, rows[i].why);
	}
	assert_string_equal(t->config.server, "https://localhost");
	assert_int_equal(t->config.timeout_s, 10);
}

static void a_file_is_read_line_by_line(void **state)
{
	struct t *t = *state;

	assert_true(read_text(t, "# guichet\n\n  server = unix:/a b#c  \n"
			      "timeout=3\r\n\tmouse\t=\toui\ncolor-theme = contraste"));
	assert_string_equal(t->config.server, "unix:/a b#c");
	assert_int_equal(t->config.timeout_s, 3);
	assert_true(t->config.mouse);
	assert_int_equal(t->config.theme, THEME_CONTRAST);
	assert_int_equal(t->states[1].source, OPTION_FROM_FILE);
	assert_non_null(strstr(t->states[1].where, "/conf:4"));
}

static void what_the_machine_fixed_nobody_changes(void **state)
{
	struct t *t = *state;

	assert_true(read_text(t, "server = unix:/office\ntimeout = 3"));
	option_fix(defs, t->states);
	assert_false(read_text(t, "server = unix:/mine"));
	assert_non_null(strstr(t->err.text, "/conf:1"));
	assert_false(read_line(t, "-s unix:/mine"));
	assert_non_null(strstr(t->err.text, "--server"));
	setenv("GUICHET_SERVER", "unix:/mine", 1);
	assert_false(option_read_environment(defs, &t->config, t->states, &t->err));
	assert_non_null(strstr(t->err.text, "GUICHET_SERVER"));
	assert_string_equal(t->config.server, "unix:/office");
	/* the rest stays the agent's */
	assert_true(read_line(t, "--timeout 5"));
	assert_int_equal(t->config.timeout_s, 5);
}

static void what_the_machine_does_not_say_is_the_agents(void **state)
{
	struct t *t = *state;

	assert_true(read_text(t, "timeout = 3"));
	option_fix(defs, t->states);
	assert_true(read_text(t, "server = unix:/mine"));
	assert_true(read_line(t, "--server unix:/other"));
	assert_string_equal(t->config.server, "unix:/other");
}

static void a_missing_file_is_fine_and_a_folder_is_not(void **state)
{
	struct t *t = *state;

	assert_true(option_read_file(defs, &t->config, t->states,
				     "/nowhere/conf", &t->err));
	assert_false(option_read_file(defs, &t->config, t->states, t->folder,
				      &t->err));
	assert_int_equal(t->err.code, ERR_SYSTEM);
}

static void a_wrong_line_is_told_with_its_number(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
		{ "timeout = 500\n",
		  ":1 : timeout « 500 » : un nombre de 1 à 120 est attendu" },
		{ "\n\ntimeout\n", ":3 : « nom = valeur » est attendu" },
		{ "server = a\033[2J\n", ":1 : la ligne a des caractères qui "
		  "ne s'affichent pas" },
		{ "server = \xff\n", ":1 : la ligne a des caractères qui "
		  "ne s'affichent pas" },
		{ "tiemout = 3", ":1 : option « tiemout » inconnue ; "
		  "peut-être « timeout » ?" },
		{ "= 3", ":1 : option «  » inconnue" },
		{ "demo = yes", ":1 : « demo » se donne sur la ligne de "
		  "commande seulement" },
	};
	struct t *t = *state;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		assert_false(read_text(t, rows[i].text));
		assert_int_equal(t->err.code, ERR_INVALID);
		assert_memory_equal(t->err.text, t->path, strlen(t->path));
		assert_string_equal(t->err.text + strlen(t->path), rows[i].why);
	}
}

static const struct option_def lock[] = {
	{ .name = "lock", OPT_DURATION(timeout_s, 0, 900), .def = "5 min", .help = "" },
	{ 0 },
};

static void a_duration_is_in_minutes_or_in_seconds(void **state)
{
	static const struct {
		const char *text;
		int seconds;            /* -1: refused */
		const char *printed;
	} rows[] = {
		{ "5", 300, "5 min" }, { "5 min", 300, "5 min" },
		{ "15min", 900, "15 min" }, { "900 s", 900, "15 min" },
		{ "90s", 90, "90 s" }, { "0", 0, "0 min" }, { "0 s", 0, "0 min" },
		{ "16", -1, "" }, { "901 s", -1, "" }, { "-1", -1, "" },
		{ "-9223372036854775808", -1, "" }, { "9223372036854775807", -1, "" },
		{ "5 h", -1, "" }, { "min", -1, "" }, { "", -1, "" },
		{ "5  min", -1, "" }, { " 5", -1, "" }, { "5 ", 300, "5 min" },
	};
	struct t *t = *state;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		char *text = NULL, wanted[64];
		size_t size;
		FILE *out;
		bool ok;

		option_defaults(lock, &t->config, t->states);
		assert_int_equal(t->config.timeout_s, 300);
		ok = option_set(lock, &t->config, t->states, "lock", rows[i].text,
				OPTION_FROM_FILE, "", &t->err);
		if (ok != (rows[i].seconds >= 0))
			fail_msg("« %s »", rows[i].text);
		if (!ok)
			continue;
		assert_int_equal(t->config.timeout_s, rows[i].seconds);
		out = open_memstream(&text, &size);
		assert_non_null(out);
		option_print_config(lock, &t->config, t->states, out);
		fclose(out);
		snprintf(wanted, sizeof(wanted), "lock = %s\n", rows[i].printed);
		assert_non_null(strstr(text, wanted));
		free(text);
	}
	assert_false(option_set(lock, &t->config, t->states, "lock", "16",
				OPTION_FROM_COMMAND_LINE, "", &t->err));
	assert_string_equal(t->err.text, "--lock « 16 » : une durée de 0 min à 15 min "
			    "est attendue, par exemple « 5 min » ou « 30 s »");
}

/* A default is written by us: a wrong one must not reach an agent. */
static void a_wrong_default_ends_the_program(void **state)
{
	static const struct option_def wrong[] = {
		{ .name = "timeout", OPT_INT(timeout_s, 1, 120), .def = "0",
		  .help = "" },
		{ 0 },
	};
	struct t *t = *state;
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		signal(SIGABRT, unit_die);
		option_defaults(wrong, &t->config, t->states);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

static void a_line_too_long_is_refused_whole(void **state)
{
	struct t *t = *state;
	char *text = malloc(6000);

	assert_non_null(text);
	memset(text, 'x', 5999);
	text[5999] = '\0';
	memcpy(text, "server = ", 9);
	assert_false(read_text(t, text));
	assert_int_equal(t->err.code, ERR_INVALID);
	assert_string_equal(t->config.server, "https://localhost");
	free(text);
}

static void the_environment_is_read_by_the_names_of_the_rows(void **state)
{
	struct t *t = *state;

	setenv("GUICHET_SERVER", "", 1);
	setenv("GUICHET_TIMEOUT", "4", 1);
	setenv("GUICHET_COLOR_THEME", "contraste", 1);
	setenv("GUICHET_DEMO", "yes", 1);
	assert_true(option_read_environment(defs, &t->config, t->states,
					    &t->err));
	assert_string_equal(t->config.server, "https://localhost");
	assert_int_equal(t->config.timeout_s, 4);
	assert_int_equal(t->config.theme, THEME_CONTRAST);
	assert_false(t->config.demo);
	setenv("GUICHET_TIMEOUT", "x", 1);
	assert_false(option_read_environment(defs, &t->config, t->states,
					     &t->err));
	assert_string_equal(t->err.text, "GUICHET_TIMEOUT « x » : "
			    "un nombre de 1 à 120 est attendu");
}

/* 0 file, 1 environment, 2 command line */
static void read_source(struct t *t, int source)
{
	if (source == 0)
		assert_true(read_text(t, "timeout = 1\nserver = f\n"
				      "mouse = yes\n"));
	else if (source == 1)
		assert_true(option_read_environment(defs, &t->config, t->states,
						    &t->err));
	else
		assert_true(read_line(t, "-t3"));
}

static void the_stronger_source_wins_in_any_order(void **state)
{
	static const int orders[][3] = {
		{ 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 },
		{ 2, 0, 1 }, { 2, 1, 0 },
	};
	struct t *t = *state;

	setenv("GUICHET_TIMEOUT", "2", 1);
	setenv("GUICHET_SERVER", "e", 1);
	for (size_t i = 0; i < N_ROWS(orders); i++) {
		option_defaults(defs, &t->config, t->states);
		for (int j = 0; j < 3; j++)
			read_source(t, orders[i][j]);
		assert_int_equal(t->config.timeout_s, 3);
		assert_string_equal(t->config.server, "e");
		assert_true(t->config.mouse);
	}
}

static char *printed(struct t *t, int what)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	if (what == 0)
		option_print_help(defs, out);
	else if (what == 1)
		option_print_man(defs, out);
	else
		option_print_config(defs, &t->config, t->states, out);
	fclose(out);
	return text;
}

static void help_is_in_two_columns_without_what_is_hidden(void **state)
{
	char *text = printed(*state, 0);

	assert_string_equal(text,
		"  -s, --server=URL            adresse du serveur [https://localhost]\n"
		"  -t, --timeout=N             délai d'attente d'une réponse, en secondes, après\n"
		"                              quoi l'agent est prévenu [10]\n"
		"      --mouse=yes|no          accepter la souris [no]\n"
		"  -a, --ascii                 .traits simples\n"
		"      --color-theme=TEXTE     couleurs (sobre, contraste) [sobre]\n"
		"  -d, --demo                  démonstration\n"
		"      --certificate-folder=DOSSIER\n"
		"                              certificats, \\ compris\n");
	free(text);
}

static void the_manual_is_roff(void **state)
{
	char *text = printed(*state, 1);

	assert_ptr_equal(text, strstr(text, ".TP\n\\fB\\-s\\fR, \\fB\\-\\-server\\fR="
			    "\\fIURL\\fR\nadresse du serveur.\n"
			    "Le fichier du poste l'impose à tous s'il le donne.\n"
			    "Par défaut : \\fBhttps://localhost\\fR.\n.TP\n"));
	assert_non_null(strstr(text, "\n\\&.traits simples.\n"));
	assert_non_null(strstr(text, "\\fB\\-\\-color\\-theme\\fR=\\fITEXTE\\fR\n"
			       "couleurs.\nAu choix : \\fBsobre\\fR, "
			       "\\fBcontraste\\fR.\n"));
	assert_non_null(strstr(text, "\ncertificats, \\e compris.\n"));
	assert_null(strstr(text, "clock"));
	free(text);
}

static void the_configuration_printed_reads_back(void **state)
{
	struct t *t = *state;
	struct config before;
	char *text;

	assert_true(read_text(t, "server = a = b # c\n"));
	assert_true(read_line(t, "-at7 --color-theme contraste"));
	setenv("GUICHET_CERTIFICATE_FOLDER", "/etc/x", 1);
	assert_true(option_read_environment(defs, &t->config, t->states,
					    &t->err));
	text = printed(t, 2);
	assert_non_null(strstr(text, "# environnement\n"
			       "certificate-folder = /etc/x\n"));
	assert_non_null(strstr(text, "/conf:1\nserver = a = b # c\n"));
	assert_non_null(strstr(text, "# ligne de commande\ntimeout = 7\n"));
	assert_non_null(strstr(text, "# valeur par défaut\nmouse = no\n"));
	assert_null(strstr(text, "demo"));
	before = t->config;
	option_defaults(defs, &t->config, t->states);
	assert_true(read_text(t, text));
	assert_string_equal(t->config.server, before.server);
	assert_int_equal(t->config.timeout_s, before.timeout_s);
	assert_int_equal(t->config.theme, before.theme);
	assert_int_equal(t->config.ascii, before.ascii);
	free(text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(defaults_go_through_the_same_reading),
		TEST(every_form_of_the_command_line_is_read),
		TEST(what_is_no_option_is_left),
		TEST(a_refused_command_line_says_why),
		TEST(a_file_is_read_line_by_line),
		TEST(what_the_machine_fixed_nobody_changes),
		TEST(what_the_machine_does_not_say_is_the_agents),
		TEST(a_missing_file_is_fine_and_a_folder_is_not),
		TEST(a_wrong_line_is_told_with_its_number),
		TEST(a_duration_is_in_minutes_or_in_seconds),
		TEST(a_wrong_default_ends_the_program),
		TEST(a_line_too_long_is_refused_whole),
		TEST(the_environment_is_read_by_the_names_of_the_rows),
		TEST(the_stronger_source_wins_in_any_order),
		TEST(help_is_in_two_columns_without_what_is_hidden),
		TEST(the_manual_is_roff),
		TEST(the_configuration_printed_reads_back),
	};

	return cmocka_run_group_tests_name("option", tests, NULL, NULL);
}
