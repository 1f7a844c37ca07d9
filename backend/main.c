/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include <guichet/base/intl.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

const struct command commands[] = {
	{ "serve", command_serve, "--db FICHIER --listen ADRESSE",
	  N_("répondre aux postes (sans autre mot, c'est la commande)") },
	{ "init", command_init, "--db FICHIER",
	  N_("créer une base vide, ou mettre à jour la sienne") },
	{ "user", command_user, "add|passwd|lock|unlock --db FICHIER LOGIN",
	  N_("gérer les comptes des agents") },
	{ "seed", seed_main, "--db FICHIER --insured N --seed S",
	  N_("créer une base de démonstration, sans personne de réel") },
	{ "check", command_check, "--db FICHIER",
	  N_("vérifier la base et la trace") },
	{ 0 },
};

/* The help of the program is that of its commands; seed has more to say. */
static int run(const struct command *command, int argc, char **argv)
{
	if (command->run != seed_main && argc > 1 &&
	    (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0))
		return command_serve(argc, argv);
	return command->run(argc, argv);
}

int main(int argc, char **argv)
{
	struct err err = { 0 };

	command_harden();
	if (sodium_init() < 0)
		return EX_OSERR;
	if (argc < 2 || argv[1][0] == '-')
		return command_serve(argc, argv);
	for (const struct command *command = commands; command->name; command++)
		if (strcmp(command->name, argv[1]) == 0)
			return run(command, argc - 1, argv + 1);
	err_set(&err, ERR_INVALID, _("commande inconnue « %s » : voyez --help"),
		argv[1]);
	return command_fail(&err, EX_USAGE);
}
