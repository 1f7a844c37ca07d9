/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include <guichet/base/intl.h>

#include <stdio.h>
#include <string.h>

const struct command commands[] = {
	{ "serve", command_serve, "--db FICHIER --listen ADRESSE",
	  N_("répondre aux postes (sans autre mot, c'est la commande)") },
	{ "init", command_init, "--db FICHIER [--caisse CODE --name NOM ...]",
	  N_("créer une base avec sa caisse, ou mettre à jour la sienne") },
	{ "office", command_office,
	  "add|list|hours|close --db FICHIER [ACCUEIL] [...]",
	  N_("gérer les accueils, leurs horaires et leurs fermetures") },
	{ "import", command_import, "--db FICHIER PERSONNES.csv",
	  N_("charger les assurés et leurs ayants droit") },
	{ "user", command_user,
	  "add|passwd|lock|unlock|totp|no-totp --db FICHIER LOGIN",
	  N_("gérer les comptes des agents") },
	{ "access", command_access, "own|protect|release --db FICHIER [LOGIN]",
	  N_("fermer à un agent son dossier, protéger un dossier sensible") },
	{ "session", command_session, "list|revoke --db FICHIER [SESSION|LOGIN]",
	  N_("voir et fermer les sessions ouvertes") },
	{ "seed", seed_main, "--db FICHIER --insured N --seed S",
	  N_("créer une base de démonstration, sans personne de réel") },
	{ "check", command_check, "--db FICHIER [--witness FICHIER]",
	  N_("vérifier la base et toute la trace") },
	{ "backup", command_backup, "--db FICHIER --to FICHIER --key-file CLÉ",
	  N_("sauvegarder la base, chiffrée, pendant qu'elle sert") },
	{ "restore", command_restore,
	  "--from FICHIER --db FICHIER --key-file CLÉ [--force]",
	  N_("vérifier une sauvegarde et en refaire une base") },
	{ "key", command_key, "new CLÉ",
	  N_("faire une clé de sauvegarde, à garder ailleurs que les sauvegardes") },
	{ "purge", command_purge, "--db FICHIER [--months N] [--force]",
	  N_("oublier les traces plus anciennes que la durée de conservation") },
	{ 0 },
};

const struct command *command_find(const char *name)
{
	for (const struct command *command = commands; command->name; command++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}

bool command_help(const struct option_def *defs, int argc, char **argv)
{
	const struct command *command = command_find(argv[0]);
	int at = 1;

	while (at < argc && strcmp(argv[at], "--help") != 0 &&
	       strcmp(argv[at], "-h") != 0)
		at++;
	if (!command || at == argc)
		return false;
	printf(_("Usage : guichetd %s %s"), command->name, command->arguments);
	printf("\n\n%s\n\n", _(command->help));
	option_print_help(defs, stdout);
	return true;
}
