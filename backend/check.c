/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd check: is the base sound? */
#include "command.h"
#include "audit.h"
#include "store/db.h"
#include "witness.h"

#include <guichet/base/intl.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

struct check { char db[1024], witness[1024]; };

#define OPT_STRUCT struct check
static const struct option_def options[] = {
	{ .name = "db", OPT_TEXT(db), .arg = N_("FICHIER"), .def = "",
	  .help = N_("base de données"), .flags = OPTION_COMMAND_LINE },
	{ .name = "witness", OPT_TEXT(witness), .arg = N_("FICHIER"), .def = "",
	  .help = N_("comparer la trace à ce qu'en sait ce témoin"),
	  .flags = OPTION_COMMAND_LINE },
	{ 0 },
};

static bool check_trace(struct db *db, struct err *err)
{
	char head[2 * AUDIT_HASH_SIZE + 1];
	struct audit_report report;

	if (!audit_verify(db, AUDIT_WHOLE, &report, err))
		return false;
	sodium_bin2hex(head, sizeof(head), report.head, sizeof(report.head));
	printf(_("trace : %lld lignes, %lld caisses, %lld jours dont %lld purgés, "
		 "dernière empreinte %s\n"),
	       (long long)report.rows, (long long)report.caisses,
	       (long long)report.days, (long long)report.purged, head);
	return true;
}

static bool check_witness(struct db *db, const char *path, struct err *err)
{
	struct witness_report report;

	if (path[0] == '\0')
		return true;
	if (!witness_compare(path, db, false, &report, err))
		return false;
	printf(_("témoin : %lld lignes d'accord, dont %lld de jours purgés, "
		 "%lld illisibles\n"), (long long)report.lines,
	       (long long)report.purged, (long long)report.unreadable);
	return true;
}

int command_check(int argc, char **argv)
{
	struct err err = { 0 };
	struct check check;
	struct db *db;
	bool ok;

	if (command_help(options, argc, argv))
		return EX_OK;
	if (!command_options(options, &check, &argc, argv, &err))
		return command_fail(&err, EX_USAGE);
	if (argc > 1 || check.db[0] == '\0') {
		err_set(&err, ERR_INVALID, _("il faut --db FICHIER"));
		return command_fail(&err, EX_USAGE);
	}
	if (access(check.db, R_OK) != 0) {
		err_set(&err, ERR_NOT_FOUND, _("« %s » illisible"), check.db);
		return command_fail(&err, EX_NOINPUT);
	}
	db = db_open(check.db, DB_READ, &err);
	if (!db)
		return command_fail(&err, err.code == ERR_INVALID ? EX_CONFIG :
				    EX_UNAVAILABLE);
	ok = db_check(db, &err) && check_trace(db, &err) &&
		check_witness(db, check.witness, &err);
	db_close(db, NULL);
	if (!ok)
		return command_fail(&err, err.code == ERR_NOT_FOUND ? EX_NOINPUT :
				    EX_DATAERR);
	puts(_("base : en ordre"));
	return EX_OK;
}
