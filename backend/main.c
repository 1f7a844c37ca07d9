/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include <guichet/api/codec.h>
#include <guichet/base/intl.h>
#include <guichet/base/mem.h>

#include <sodium.h>
#include <sysexits.h>

int main(int argc, char **argv)
{
	const struct command *command;
	struct err err = { 0 };

	mem_reserve(_("guichetd: plus de mémoire : arrêt\n"));
	codec_start();
	command_harden();
	if (sodium_init() < 0)
		return EX_OSERR;
	if (argc < 2 || argv[1][0] == '-')
		return command_serve(argc, argv);
	command = command_find(argv[1]);
	if (command)
		return command->run(argc - 1, argv + 1);
	err_set(&err, ERR_INVALID, _("commande inconnue « %s » : voyez --help"),
		argv[1]);
	return command_fail(&err, EX_USAGE);
}
