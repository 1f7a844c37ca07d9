/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd serve: from the options to the last answer. */
#include <config.h>

#include "cage.h"
#include "command.h"
#include "http.h"
#include "listen.h"
#include "metrics.h"
#include "oidc/config.h"
#include "paper/press.h"
#include "rounds.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/log.h>
#include <guichet/base/mem.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sysexits.h>
#include <unistd.h>

/* How long requests may still run once the daemon was told to stop. */
#define DRAIN_MS 10000

#define WATCH_EVERY_MS 1000

/* A build for gcov writes its counts in the build folder. */
#ifdef GUICHET_COVERAGE
#define SANDBOX "no"
#else
#define SANDBOX "yes"
#endif

struct serve {
	char db[1024], listen[256], tls_cert[1024], tls_key[1024], client_ca[1024];
	char log[1024], clock[64], metrics[256], witness[1024], oidc[1024];
	int threads, session_rate, ready_fd, leash;
	bool sandbox, despite_broken_trace, print_openapi, print_man, help, version;
};

#define OPT_STRUCT struct serve
static const struct option_def options[] = {
	{ .name = "db", OPT_TEXT(db), .arg = N_("FICHIER"), .def = "",
	  .help = N_("base de données"), .flags = OPTION_COMMAND_LINE },
	{ .name = "listen", .letter = 'l', OPT_TEXT(listen), .arg = N_("ADRESSE"),
	  .def = "127.0.0.1:8080", .flags = OPTION_COMMAND_LINE,
	  .help = N_("unix:CHEMIN ou HÔTE:PORT") },
	{ .name = "tls-cert", OPT_TEXT(tls_cert), .arg = N_("FICHIER"), .def = "",
	  .help = N_("certificat du serveur (PEM)"), .flags = OPTION_COMMAND_LINE },
	{ .name = "tls-key", OPT_TEXT(tls_key), .arg = N_("FICHIER"), .def = "",
	  .help = N_("clé du certificat (PEM)"), .flags = OPTION_COMMAND_LINE },
	{ .name = "client-ca", OPT_TEXT(client_ca), .arg = N_("FICHIER"), .def = "",
	  .help = N_("n'accepter que les postes certifiés par cette autorité"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "threads", OPT_INT(threads, 0, 64), .arg = N_("N"), .def = "0",
	  .help = N_("fils de lecture (0 : un par cœur)"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "session-rate", OPT_INT(session_rate, 0, 100000), .arg = N_("N"),
	  .def = "50", .flags = OPTION_COMMAND_LINE,
	  .help = N_("demandes par seconde qu'une session peut faire (0 : sans limite)") },
	{ .name = "log", OPT_TEXT(log), .arg = N_("FICHIER"), .def = "",
	  .help = N_("journal technique (par défaut : la sortie d'erreur)"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "metrics", OPT_TEXT(metrics), .arg = N_("ADRESSE"), .def = "",
	  .help = N_("servir les mesures (Prometheus) à cette adresse de la machine"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "witness", OPT_TEXT(witness), .arg = N_("FICHIER"), .def = "",
	  .help = N_("dire les têtes de la trace à ce fichier, à « syslog », ou aux deux"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "despite-broken-trace", OPT_BOOL(despite_broken_trace), .def = "no",
	  .help = N_("servir malgré une trace rompue, en le répétant au journal"),
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE },
	{ .name = "oidc", OPT_TEXT(oidc), .arg = N_("FICHIER"), .def = "",
	  .help = N_("fournisseur d'identité (OpenID Connect) : voir CONNEXION"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "ready-fd", OPT_INT(ready_fd, -1, 1023), .arg = N_("N"),
	  .def = "-1", .flags = OPTION_COMMAND_LINE,
	  .help = N_("écrire un octet sur ce descripteur une fois prêt") },
	{ .name = "leash", OPT_INT(leash, -1, 1023), .arg = N_("N"), .def = "-1",
	  .help = N_("s'arrêter quand ce descripteur est fermé en face"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "sandbox", OPT_BOOL(sandbox), .def = SANDBOX,
	  .help = N_("se limiter à ses dossiers et à ses appels système (no : pour "
		"un débogueur)"), .flags = OPTION_COMMAND_LINE },
	{ .name = "clock", OPT_TEXT(clock), .arg = N_("MOMENT"), .def = "",
	  .help = N_("faire comme s'il était ce moment (RFC 3339)"),
	  .flags = OPTION_COMMAND_LINE | OPTION_HIDDEN },
	{ .name = "print-openapi", OPT_BOOL(print_openapi), .def = "no",
	  .help = N_("écrire le contrat de l'interface et sortir"),
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE },
	{ .name = "print-man", OPT_BOOL(print_man), .def = "no",
	  .help = N_("écrire les options pour le manuel et sortir"),
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE | OPTION_HIDDEN },
	{ .name = "help", .letter = 'h', OPT_BOOL(help), .def = "no",
	  .help = N_("afficher cette aide et sortir"),
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE },
	{ .name = "version", .letter = 'V', OPT_BOOL(version), .def = "no",
	  .help = N_("afficher la version et sortir"),
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE },
	{ 0 },
};
_Static_assert(sizeof(options) / sizeof(*options) <= COMMAND_OPTIONS,
	       "command_options() must have room");

static int help(void)
{
	printf("%s\n\n", _("Usage : guichetd [COMMANDE] [OPTIONS]"));
	for (const struct command *command = commands; command->name; command++)
		printf("  guichetd %s %s\n      %s\n", command->name,
		       command->arguments, _(command->help));
	printf("\n%s\n", _("Options de « serve » :"));
	option_print_help(options, stdout);
	return EX_OK;
}

static int print_openapi(void)
{
	struct buf out;
	int status = EX_SOFTWARE;

	buf_init(&out, 4 << 20);
	if (api_openapi_write(&out) &&
	    fwrite(buf_cstr(&out), 1, out.size, stdout) == out.size &&
	    fflush(stdout) == 0)
		status = EX_OK;
	buf_fini(&out);
	return status;
}

/* Read a PEM file; NULL when none is named. */
static bool read_pem(const char *path, char **text, struct err *err)
{
	char chunk[4096];
	struct buf all;
	FILE *file;
	size_t n;

	if (path[0] == '\0')
		return true;
	file = fopen(path, "re");
	if (!file)
		return err_set(err, ERR_SYSTEM, _("« %s » illisible"), path);
	buf_init(&all, 256 << 10);
	while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0)
		buf_add(&all, chunk, n);
	fclose(file);
	*text = mem_text(buf_cstr(&all));
	explicit_bzero(all.data, all.size);
	buf_fini(&all);
	return true;
}

static bool read_tls(const struct serve *serve, struct http_tls *tls,
		     struct err *err)
{
	if (!serve->tls_cert[0] != !serve->tls_key[0] ||
	    (serve->client_ca[0] && !serve->tls_cert[0]))
		return err_set(err, ERR_INVALID,
			_("--tls-cert, --tls-key (et --client-ca) vont ensemble"));
	return read_pem(serve->tls_cert, &tls->cert, err) &&
		read_pem(serve->tls_key, &tls->key, err) &&
		read_pem(serve->client_ca, &tls->client_ca, err);
}

static void free_tls(struct http_tls *tls)
{
	if (tls->key)
		explicit_bzero(tls->key, strlen(tls->key));
	free(tls->cert);
	free(tls->key);
	free(tls->client_ca);
}

/* Wait for SIGTERM, SIGINT or the end of the leash; false when the press is gone,
 * which only a new start brings back. */
static bool wait_for_end(struct rounds *rounds, struct http *http, int signals,
			 int leash, struct err *err)
{
	struct pollfd fds[] = {
		{ .fd = signals, .events = POLLIN },
		{ .fd = press_descriptor(rounds->server->press), .events = POLLIN },
		{ .fd = leash, .events = POLLIN },
	};
	char dropped[64];

	for (;;) {
		/* poll() passes over a leash of -1. */
		int n = poll(fds, 3, WATCH_EVERY_MS);

		if (n < 0 && errno != EINTR)
			return true;
		http_watch(http);
		rounds_make(rounds);
		if (n <= 0)
			continue;
		if (fds[0].revents)
			return true;
		if (fds[1].revents) {
			log_event(LOG_ERROR, "serve.press", "state", "gone", NULL);
			return err_set(err, ERR_SYSTEM, _("le processus qui dessine "
				"les documents s'est arrêté"));
		}
		if (fds[2].revents && read(leash, dropped, sizeof(dropped)) <= 0)
			return true;
	}
}

static void say_ready(int fd)
{
	if (fd < 0)
		return;
	if (write(fd, "\n", 1) != 1)
		log_event(LOG_WARN, "serve.ready", "message", "nobody waits", NULL);
	close(fd);
}

/* Never outside the machine, and never with TLS: a listener for a neighbour. */
static bool start_metrics(const struct serve *serve, struct server *server,
			  struct metrics **metrics, struct err *err)
{
	int fd;

	if (serve->metrics[0] == '\0')
		return true;
	fd = listen_open(serve->metrics, false, err);
	if (fd < 0)
		return false;
	*metrics = metrics_start(server, fd, err);
	return *metrics != NULL;
}

/* A witness that contradicts the trace stops the daemon as a broken trace does. */
static bool start_witness(const struct serve *serve, struct rounds *rounds,
			  struct err *err)
{
	if (serve->witness[0] == '\0')
		return true;
	rounds->witness = witness_open(serve->witness, serve->db, err);
	if (!rounds->witness)
		return false;
	if (!witness_agrees(rounds->witness, err)) {
		log_event(LOG_ERROR, "audit.broken", "word", "witness", NULL);
		if (!serve->despite_broken_trace ||
		    strcmp(err->word, AUDIT_BROKEN) != 0)
			return false;
		err_clear(err);
	}
	rounds_tell(rounds);
	return true;
}

static bool run(const struct serve *serve, int signals, struct err *err)
{
	struct server server = { .routes = routes,
		.session_rate = serve->session_rate,
		.despite_broken_trace = serve->despite_broken_trace };
	struct rounds rounds = { .server = &server, .tidied_ms = clock_mono_ms() };
	int threads = serve->threads ? serve->threads :
		(int)sysconf(_SC_NPROCESSORS_ONLN);
	struct http_tls tls = { 0 };
	struct cage cage = {
		.on = serve->sandbox,
		.paths = { serve->db, serve->log, serve->listen, serve->metrics,
			   serve->witness, NULL },
	};
	struct oidc_config oidc = { 0 };
	struct metrics *metrics = NULL;
	struct http *http = NULL;
	bool ok = false, opened = false;
	int fd = -1;

	server.press = press_start(serve->sandbox, err);
	if (!server.press)
		goto out;
	if (serve->oidc[0]) {
		if (!oidc_config_load(&oidc, serve->oidc, err))
			goto out;
		server.oidc_config = &oidc;
	}
	if (!read_tls(serve, &tls, err) || !cage_begin(&cage, err) ||
	    !server_open(&server, serve->db, err))
		goto out;
	opened = true;
	if (!start_witness(serve, &rounds, err))
		goto out;
	fd = listen_open(serve->listen, tls.cert != NULL, err);
	if (fd < 0)
		goto out;
	http = http_serve(&server, fd, threads, &tls, err);
	if (!http || !start_metrics(serve, &server, &metrics, err) ||
	    !cage_end(&cage, err))
		goto out;
	log_event(LOG_INFO, "serve.ready", "listen", serve->listen, NULL);
	say_ready(serve->ready_fd);
	ok = wait_for_end(&rounds, http, signals, serve->leash, err);
	log_event(LOG_INFO, "serve.drain", NULL);
	/* Who connects meanwhile is answered too, by 503: MHD_quiesce_daemon()
	 * may abort when a connection comes or goes at the same moment. */
	atomic_store(&server.draining, true);
	server_drain(&server, DRAIN_MS);
out:
	metrics_stop(metrics);
	if (fd >= 0)
		listen_forget(serve->listen);
	if (opened)
		ok = server_close(&server, ok ? err : NULL) && ok;
	if (ok)
		rounds_tell(&rounds);
	witness_close(rounds.witness);
	if (http)
		http_stop(http);
	press_stop(server.press);
	free_tls(&tls);
	oidc_config_fini(&oidc);
	log_event(LOG_INFO, "serve.end", NULL);
	return ok;
}

/* Signals come to the main thread alone, as something to wait for. */
static int take_signals(void)
{
	sigset_t set;

	signal(SIGPIPE, SIG_IGN);
	/* A full quota is an error of write() like a full disk, not an end. */
	signal(SIGXFSZ, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

static bool start_log(const struct serve *serve, struct err *err)
{
	FILE *file = stderr;

	if (serve->log[0])
		file = fopen(serve->log, "ae");
	if (!file)
		return err_set(err, ERR_SYSTEM, _("journal « %s » impossible"),
			       serve->log);
	log_to(file, LOG_INFO);
	return true;
}

int command_serve(int argc, char **argv)
{
	struct serve serve;
	struct err err = { 0 };
	int64_t at_ms;

	if (!command_options(options, &serve, &argc, argv, &err))
		return command_fail(&err, EX_USAGE);
	if (serve.help)
		return help();
	if (serve.version)
		return printf("guichetd %s\n", PACKAGE_VERSION) < 0 ? EX_IOERR : EX_OK;
	if (serve.print_openapi)
		return print_openapi();
	if (serve.print_man) {
		option_print_man(options, stdout);
		return EX_OK;
	}
	if (argc > 1 || serve.db[0] == '\0') {
		err_set(&err, ERR_INVALID, _("il faut --db FICHIER et rien d'autre que "
			"des options : voyez --help"));
		return command_fail(&err, EX_USAGE);
	}
	if (serve.clock[0]) {
		if (!moment_from_rfc3339(serve.clock, &at_ms, &err))
			return command_fail(&err, EX_USAGE);
		clock_start_at(at_ms);
	}
	if (!start_log(&serve, &err))
		return command_fail(&err, EX_CANTCREAT);
	if (run(&serve, take_signals(), &err))
		return EX_OK;
	if (strcmp(err.word, AUDIT_BROKEN) == 0)
		return command_fail(&err, EX_DATAERR);
	return command_fail(&err, err.code == ERR_INVALID ? EX_CONFIG :
			    EX_UNAVAILABLE);
}
