/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <guichet/api/common.h>
#include <guichet/base/intl.h>
#include <guichet/tui/run.h>
#include <stdio.h>
#include <stdlib.h>

#define OPT_STRUCT struct config
const struct option_def config_options[] = {
	{ .name = "server", .letter = 's', OPT_TEXT(server), .arg = "URL",
	  .def = "https://127.0.0.1:8443",
	  .flags = OPTION_MACHINE,
	  .help = N_("adresse du serveur : https://…, ou unix:CHEMIN") },
	{ .name = "ca-file", OPT_TEXT(ca_file), .arg = N_("FICHIER"), .def = "",
	  .flags = OPTION_MACHINE,
	  .help = N_("autorités de certification acceptées (PEM)") },
	{ .name = "crl-file", OPT_TEXT(crl_file), .arg = N_("FICHIER"), .def = "",
	  .flags = OPTION_MACHINE,
	  .help = N_("certificats révoqués de ces autorités (PEM)") },
	{ .name = "pin", OPT_TEXT(pins), .arg = N_("EMPREINTE"), .def = "",
	  .flags = OPTION_MACHINE,
	  .help = N_("clé publique attendue du serveur : sha256//…=, ou deux "
		"séparées par « ; »") },
	{ .name = "cert-file", OPT_TEXT(cert_file), .arg = N_("FICHIER"), .def = "",
	  .flags = OPTION_MACHINE,
	  .help = N_("certificat de ce poste (PEM)") },
	{ .name = "key-file", OPT_TEXT(key_file), .arg = N_("FICHIER"), .def = "",
	  .flags = OPTION_MACHINE,
	  .help = N_("clé privée de ce poste (PEM, 0600)") },
	{ .name = "connect-timeout", OPT_INT(connect_timeout_s, 1, 60), .arg = "S",
	  .def = "3", .help = N_("délai pour joindre le serveur, en secondes") },
	{ .name = "timeout", .letter = 't', OPT_INT(timeout_s, 1, 120), .arg = "S",
	  .def = "10", .help = N_("délai d'attente d'une réponse, en secondes") },
	{ .name = "user", .letter = 'u', OPT_TEXT(user), .arg = N_("NOM"), .def = "",
	  .help = N_("identifiant proposé à la connexion") },
	{ .name = "federation", OPT_TEXT(federation), .arg = N_("NOM"), .def = "",
	  .help = N_("offrir à la connexion le compte de cet organisme") },
	{ .name = "office", OPT_TEXT(office), .arg = "ID", .def = "",
	  .help = N_("point d'accueil de ce poste (celui de l'agent si absent)") },
	{ .name = "channel", OPT_ENUM(channel, channel_names), .arg = N_("CANAL"),
	  .def = "counter", .help = N_("canal que sert ce poste") },
	{ .name = "desk", OPT_TEXT(desk), .arg = "N", .def = "1",
	  .help = N_("numéro de ce poste") },
	{ .name = "open", .letter = 'o', OPT_TEXT(open), .arg = N_("ÉCRAN[:ARG]"),
	  .def = "", .flags = OPTION_COMMAND_LINE,
	  .help = N_("écran à ouvrir après la connexion") },
	{ .name = "keys", .letter = 'k', OPT_TEXT(keys), .arg = N_("FICHIER"),
	  .def = "", .help = N_("touches de l'agent") },
	{ .name = "check-keys", OPT_TEXT(check_keys), .arg = N_("FICHIER"),
	  .def = "", .flags = OPTION_COMMAND_LINE,
	  .help = N_("contrôler un fichier de touches, puis finir") },
	{ .name = "lang", .letter = 'l', OPT_TEXT(lang), .arg = "fr|en", .def = "fr",
	  .help = N_("langue des écrans") },
	{ .name = "theme", OPT_ENUM(theme, ui_theme_names), .arg = N_("THÈME"),
	  .def = "auto", .help = N_("couleurs de l'écran") },
	{ .name = "no-color", OPT_BOOL(no_color), .def = "no",
	  .flags = OPTION_NO_VALUE, .help = N_("aucune couleur") },
	{ .name = "ascii", OPT_BOOL(ascii), .def = "no", .flags = OPTION_NO_VALUE,
	  .help = N_("traits et espaces simples, pour les vieilles polices") },
	{ .name = "accessible", OPT_BOOL(accessible), .def = "no",
	  .flags = OPTION_NO_VALUE,
	  .help = N_("une colonne, sans bordure ni horloge (lecteurs d'écran)") },
	{ .name = "discret", OPT_BOOL(discreet), .def = "no",
	  .flags = OPTION_NO_VALUE, .help = N_("masquer NIR et montants") },
	{ .name = "mouse", OPT_BOOL(mouse), .def = "no", .flags = OPTION_NO_VALUE,
	  .help = N_("accepter la souris") },
	{ .name = "copy", OPT_BOOL(copy), .def = "yes",
	  .flags = OPTION_MACHINE,
	  .help = N_("permettre la copie vers le presse-papiers (OSC 52)") },
	{ .name = "idle-lock", OPT_DURATION(idle_lock_s, 1, 15 * 60), .def = "5 min",
	  .flags = OPTION_MACHINE,
	  .help = N_("écran discret après ce temps sans touche, en minutes ou en "
		     "secondes (« 30 s »)") },
	{ .name = "demo", .letter = 'd', OPT_BOOL(demo), .def = "no",
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE,
	  .help = N_("démonstration : un guichetd privé et une population fictive") },
	{ .name = "demo-insured", OPT_INT(demo_insured, 100, 1000000), .arg = "N",
	  .def = "20000", .flags = OPTION_COMMAND_LINE,
	  .help = N_("nombre d'assurés de la démonstration") },
	{ .name = "demo-db", OPT_TEXT(demo_db), .arg = N_("FICHIER"), .def = "",
	  .flags = OPTION_COMMAND_LINE,
	  .help = N_("population déjà prête, copiée au démarrage") },
	{ .name = "guichetd", OPT_TEXT(guichetd), .arg = N_("CHEMIN"), .def = "",
	  .flags = OPTION_COMMAND_LINE,
	  .help = N_("programme serveur de la démonstration") },
	{ .name = "print-config", OPT_BOOL(print_config), .def = "no",
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE,
	  .help = N_("afficher chaque réglage et d'où il vient") },
	{ .name = "clock", OPT_TEXT(clock), .arg = "RFC3339", .def = "",
	  .flags = OPTION_COMMAND_LINE | OPTION_HIDDEN,
	  .help = N_("heure de départ, pour les essais") },
	{ .name = "print-man-options", OPT_BOOL(print_man), .def = "no",
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE | OPTION_HIDDEN,
	  .help = N_("options au format du manuel") },
	{ .name = "print-man-keys", OPT_BOOL(print_keys_man), .def = "no",
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE | OPTION_HIDDEN,
	  .help = N_("touches au format du manuel") },
	{ .name = "help", .letter = 'h', OPT_BOOL(help), .def = "no",
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE,
	  .help = N_("cette aide") },
	{ .name = "version", .letter = 'V', OPT_BOOL(version), .def = "no",
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE,
	  .help = N_("la version") },
	{ 0 },
};

size_t config_count(void)
{
	return sizeof(config_options) / sizeof(*config_options) - 1;
}

/* Fill `out` with $VARIABLE/guichet, or $HOME/FALLBACK/guichet, or "". */
static void user_folder(const char *variable, const char *fallback, char *out,
			size_t out_size)
{
	const char *base = getenv(variable), *home = getenv("HOME");
	int length = -1;

	if (base && base[0] == '/')
		length = snprintf(out, out_size, "%s/guichet", base);
	else if (home && home[0] == '/')
		length = snprintf(out, out_size, "%s/%s/guichet", home, fallback);
	if (length < 0 || (size_t)length >= out_size)
		out[0] = '\0';
}

void config_state_folder(char *out, size_t out_size)
{
	user_folder("XDG_STATE_HOME", ".local/state", out, out_size);
}

static bool read_files(struct config *config, struct option_state *states,
		       struct err *err)
{
	char folder[400], path[512];

	if (!option_read_file(config_options, config, states,
			      SYSCONFDIR "/guichet/guichet.conf", err))
		return false;
	option_fix(config_options, states);
	user_folder("XDG_CONFIG_HOME", ".config", folder, sizeof(folder));
	if (!folder[0])
		return true;
	snprintf(path, sizeof(path), "%s/guichet.conf", folder);
	return option_read_file(config_options, config, states, path, err);
}

bool config_load(struct config *config, struct option_state *states, int argc,
		 char **argv, int *exit_code, struct err *err)
{
	option_defaults(config_options, config, states);
	*exit_code = 78;
	if (!read_files(config, states, err) ||
	    !option_read_environment(config_options, config, states, err))
		return false;
	*exit_code = 64;
	if (!option_read_arguments(config_options, config, states, &argc, argv, err))
		return false;
	if (argc > 1)
		return err_set(err, ERR_INVALID, _("« %s » : argument de trop"),
			       argv[1]);
	return true;
}
