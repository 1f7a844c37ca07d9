/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app.h"
#include "config.h"
#include "demo.h"
#include "screens.h"

#include <guichet/api/codec.h>
#include <guichet/base/mem.h>
#include <guichet/base/text.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

/* Exit codes of sysexits.h, as the manual lists them. */
enum { EXIT_USAGE = 64, EXIT_UNAVAILABLE = 69, EXIT_OS = 71, EXIT_CONFIG = 78 };

/*
 * The environment is not trusted: libcurl writes its TLS keys where
 * SSLKEYLOGFILE says and obeys https_proxy, ncurses reads TERMINFO.  Keep what
 * a desk needs.
 */
static void clean_environment(void)
{
	static const char *const kept[] = { "TERM=", "LANG=", "LC_", "HOME=", "TZ=",
		"LINES=", "COLUMNS=", "XDG_", "SSH_TTY=", "GUICHET_", "PATH=",
		"NO_COLOR=", "ACCESSIBLE=", "ESCDELAY=", "NCURSES_NO_UTF8_ACS=",
		"COLORTERM=",
#ifdef __SANITIZE_ADDRESS__
		"ASAN_OPTIONS=", "UBSAN_OPTIONS=",
#endif
		NULL };
	char **to = environ;

	for (char **from = environ; *from; from++)
		for (int i = 0; kept[i]; i++)
			if (strncmp(*from, kept[i], strlen(kept[i])) == 0) {
				*to++ = *from;
				break;
			}
	*to = NULL;
	/* The command line is guichet's, not a shell's: no file of readline's. */
	setenv("INPUTRC", "/dev/null", 1);
}

/* Nothing private in a core file, nor for another process of the same user. */
static void close_doors(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
	/* What is freed is overwritten: it was somebody's. */
	mallopt(M_PERTURB, 0x5A);
	umask(077);
	signal(SIGPIPE, SIG_IGN);
}

static int complain(const struct err *err, int code)
{
	char text[sizeof(err->text)];

	text_clean(text, sizeof(text), err->text, strlen(err->text), TEXT_ONE_LINE);
	fprintf(stderr, "guichet: %s\n", text);
	return code;
}

static void print_help(void)
{
	printf("%s\n\n", _("Usage : guichet [OPTION]…\n"
			   "Le poste de travail des points d'accueil de l'Assurance maladie."));
	option_print_help(config_options, stdout);
	printf("\n%s\n", _("Essayer : guichet --demo"));
}

/* What is asked of the program beside a desk; -1 when nothing is. */
static int print_and_leave(const struct config *config,
			   const struct option_state *states)
{
	struct ui_setup setup = { .screens = screens, .commands = commands,
		.actions = desk_actions };

	if (config->help)
		print_help();
	else if (config->version)
		printf("guichet %s\n", GUICHET_VERSION);
	else if (config->print_config)
		option_print_config(config_options, config, states, stdout);
	else if (config->print_man)
		option_print_man(config_options, stdout);
	else if (config->print_keys_man)
		ui_print_keys_man(&setup, stdout);
	else if (config->check_keys[0])
		return ui_check_keys(&setup, config->check_keys, stderr) ? 65 : 0;
	else
		return -1;
	return fflush(stdout) == 0 ? 0 : EXIT_OS;
}

/* The catalogue as installed, else the one built beside this program. */
static bool load_language(const struct config *config, const char *argv0,
			  struct err *err)
{
	const char *slash = strrchr(argv0, '/');
	struct err beside = { 0 };
	char built[512];

	if (intl_load(LOCALEDIR, config->lang, err))
		return true;
	if (!slash)
		return false;
	snprintf(built, sizeof(built), "%.*s/po", (int)(slash - argv0), argv0);
	if (!intl_load(built, config->lang, &beside))
		return false;
	err_clear(err);
	return true;
}

static bool start_clock(const struct config *config, struct err *err)
{
	int64_t at_ms;

	if (!config->clock[0])
		return true;
	if (!moment_from_rfc3339(config->clock, &at_ms, err))
		return false;
	clock_start_at(at_ms);
	return true;
}

static int desk(struct config *config, const char *argv0)
{
	struct demo demo = { .leash = -1 };
	struct app *app;
	struct err err = { 0 };
	int code;

	if (config->demo && !demo_start(&demo, config, argv0, &err))
		return complain(&err, EXIT_UNAVAILABLE);
	app = app_new(config, &err);
	if (!app) {
		demo_stop(&demo);
		return complain(&err, EXIT_CONFIG);
	}
	code = app_run(app, &err);
	app_free(app);
	if (config->demo)
		demo_stop(&demo);
	return code < 0 ? complain(&err, EXIT_OS) : code;
}

int main(int argc, char **argv)
{
	static const char last_words[] = N_("guichet : ce poste n'a plus de mémoire. "
		"Relancez guichet : ce qui était saisi est gardé.\n");
	struct config config;
	struct option_state *states;
	struct err err = { 0 };
	int code;

	mem_reserve(last_words);
	codec_start();
	states = mem_new(config_count(), sizeof(*states));
	clean_environment();
	close_doors();
	setlocale(LC_CTYPE, "");
	if (!config_load(&config, states, argc, argv, &code, &err) ||
	    !load_language(&config, argv[0], &err) || !start_clock(&config, &err)) {
		code = complain(&err, code);
	} else {
		mem_reserve(_(last_words));
		code = print_and_leave(&config, states);
		if (code < 0)
			code = desk(&config, argv[0]);
	}
	free(states);
	return code;
}
