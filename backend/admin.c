/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd init and check. */
#include "command.h"
#include "audit.h"
#include "store/db.h"

#include <guichet/base/intl.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

struct admin { char db[1024]; };

#define OPT_STRUCT struct admin
static const struct option_def options[] = {
	{ .name = "db", OPT_TEXT(db), .arg = N_("FICHIER"), .def = "",
	  .help = N_("base de données"), .flags = OPTION_COMMAND_LINE },
	{ 0 },
};

static bool read_options(struct admin *admin, int argc, char **argv,
			 struct err *err)
{
	if (!command_options(options, admin, &argc, argv, err))
		return false;
	if (argc > 1 || admin->db[0] == '\0')
		return err_set(err, ERR_INVALID, _("il faut --db FICHIER"));
	return true;
}

int command_init(int argc, char **argv)
{
	struct err err = { 0 };
	struct admin admin;
	struct db *db;
	bool ok;

	if (!read_options(&admin, argc, argv, &err))
		return command_fail(&err, EX_USAGE);
	db = db_open(admin.db, DB_WRITE, &err);
	if (!db)
		return command_fail(&err, EX_CONFIG);
	ok = db_migrate(db, &err);
	if (!db_close(db, ok ? &err : NULL) || !ok)
		return command_fail(&err, EX_CANTCREAT);
	return EX_OK;
}

static bool check_trace(struct db *db, struct err *err)
{
	char head[2 * AUDIT_HASH_SIZE + 1];
	struct audit_report report;

	if (!audit_verify(db, &report, err))
		return false;
	sodium_bin2hex(head, sizeof(head), report.head, sizeof(report.head));
	printf(_("trace : %lld lignes, %lld caisses, dernière empreinte %s\n"),
	       (long long)report.rows, (long long)report.caisses, head);
	return true;
}

int command_check(int argc, char **argv)
{
	struct err err = { 0 };
	struct admin admin;
	struct db *db;
	bool ok;

	if (!read_options(&admin, argc, argv, &err))
		return command_fail(&err, EX_USAGE);
	if (access(admin.db, R_OK) != 0) {
		err_set(&err, ERR_NOT_FOUND, _("« %s » illisible"), admin.db);
		return command_fail(&err, EX_NOINPUT);
	}
	db = db_open(admin.db, DB_READ, &err);
	if (!db)
		return command_fail(&err, err.code == ERR_INVALID ? EX_CONFIG :
				    EX_UNAVAILABLE);
	ok = db_check(db, &err) && check_trace(db, &err);
	db_close(db, NULL);
	if (!ok)
		return command_fail(&err, EX_DATAERR);
	puts(_("base : en ordre"));
	return EX_OK;
}
