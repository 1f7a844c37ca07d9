/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd backup, restore and key. */
#include "command.h"
#include "backup.h"
#include "key_file.h"

#include <guichet/base/intl.h>

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

struct asked {
	char db[1024], file[1024], key[1024], witness[1024];
	bool force;
};

#define OPT_STRUCT struct asked
static const struct option_def backup_options[] = {
	{ .name = "db", OPT_TEXT(db), .arg = N_("FICHIER"), .def = "",
	  .help = N_("base de données"), .flags = OPTION_COMMAND_LINE },
	{ .name = "to", OPT_TEXT(file), .arg = N_("FICHIER"), .def = "",
	  .help = N_("sauvegarde à faire ; il ne doit pas exister"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "key-file", OPT_TEXT(key), .arg = N_("CLÉ"), .def = "",
	  .help = N_("fichier de la clé, voir « guichetd key »"),
	  .flags = OPTION_COMMAND_LINE },
	{ 0 },
};

static const struct option_def restore_options[] = {
	{ .name = "from", OPT_TEXT(file), .arg = N_("FICHIER"), .def = "",
	  .help = N_("sauvegarde à lire"), .flags = OPTION_COMMAND_LINE },
	{ .name = "db", OPT_TEXT(db), .arg = N_("FICHIER"), .def = "",
	  .help = N_("base à refaire"), .flags = OPTION_COMMAND_LINE },
	{ .name = "key-file", OPT_TEXT(key), .arg = N_("CLÉ"), .def = "",
	  .help = N_("fichier de la clé de la sauvegarde"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "witness", OPT_TEXT(witness), .arg = N_("FICHIER"), .def = "",
	  .help = N_("refuser une sauvegarde que ce témoin contredit"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "force", OPT_BOOL(force), .def = "no",
	  .help = N_("renommer la base qui est déjà là"),
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE },
	{ 0 },
};

static const struct option_def no_options[] = { { 0 } };

static int status_of(const struct err *err)
{
	switch (err->code) {
	case ERR_NOT_FOUND:
		return EX_NOINPUT;
	case ERR_INVALID:
		return EX_DATAERR;
	default:
		return EX_CANTCREAT;
	}
}

static bool read_asked(const struct option_def *options, struct asked *asked,
		       int *argc, char **argv, struct err *err)
{
	memset(asked, 0, sizeof(*asked));
	if (!command_options(options, asked, argc, argv, err))
		return false;
	return (*argc == 1 && asked->db[0] && asked->file[0] && asked->key[0]) ||
		err_set(err, ERR_INVALID, _("il faut --db, --%s et --key-file"),
			options == backup_options ? "to" : "from");
}

int command_backup(int argc, char **argv)
{
	struct err err = { 0 };
	struct asked asked;
	int64_t size;

	if (command_help(backup_options, argc, argv))
		return EX_OK;
	if (!read_asked(backup_options, &asked, &argc, argv, &err))
		return command_fail(&err, EX_USAGE);
	if (!backup_make(&(struct backup){ .db = asked.db, .file = asked.file,
			.key = asked.key }, &size, &err))
		return command_fail(&err, status_of(&err));
	printf(_("%lld octets sauvegardés et relus\n"), (long long)size);
	return EX_OK;
}

int command_restore(int argc, char **argv)
{
	struct err err = { 0 };
	struct asked asked;

	if (command_help(restore_options, argc, argv))
		return EX_OK;
	if (!read_asked(restore_options, &asked, &argc, argv, &err))
		return command_fail(&err, EX_USAGE);
	if (!backup_restore(&(struct backup){ .db = asked.db, .file = asked.file,
			.key = asked.key, .witness = asked.witness,
			.force = asked.force }, &err))
		return command_fail(&err, status_of(&err));
	puts(_("base refaite et vérifiée ; chacun doit se reconnecter"));
	return EX_OK;
}

int command_key(int argc, char **argv)
{
	struct err err = { 0 };

	if (command_help(no_options, argc, argv))
		return EX_OK;
	if (argc != 3 || strcmp(argv[1], "new") != 0) {
		err_set(&err, ERR_INVALID, _("il faut : guichetd key new FICHIER"));
		return command_fail(&err, EX_USAGE);
	}
	if (!key_file_new(argv[2], &err))
		return command_fail(&err, EX_CANTCREAT);
	return EX_OK;
}
