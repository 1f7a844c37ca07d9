/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd purge: the trace is kept for a time, then forgotten by whole days. */
#include "command.h"
#include "audit.h"
#include "setting.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>

#include <stdio.h>
#include <sysexits.h>

/* A clock that far from the last act is more likely wrong than the desks idle. */
#define IDLE_MOST_MS (31 * AUDIT_DAY_MS)

struct purge {
	char db[1024], clock[64];
	int months;
	bool force;
};

#define OPT_STRUCT struct purge
static const struct option_def options[] = {
	{ .name = "db", OPT_TEXT(db), .arg = N_("FICHIER"), .def = "",
	  .help = N_("base de données"), .flags = OPTION_COMMAND_LINE },
	{ .name = "months", OPT_INT(months, 0, AUDIT_MONTHS_MOST), .arg = N_("N"),
	  .def = "0", .flags = OPTION_COMMAND_LINE,
	  .help = N_("durée de conservation, de 6 à 36 mois, retenue pour la suite "
		     "(12 au départ)") },
	{ .name = "force", OPT_BOOL(force), .def = "no",
	  .help = N_("purger même si rien n'a été tracé depuis un mois"),
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE },
	{ .name = "clock", OPT_TEXT(clock), .arg = N_("MOMENT"), .def = "",
	  .help = N_("faire comme s'il était ce moment (RFC 3339)"),
	  .flags = OPTION_COMMAND_LINE | OPTION_HIDDEN },
	{ 0 },
};

static bool keep_months(struct db *db, int months, struct err *err)
{
	char text[16];

	if (months == 0)
		return true;
	if (months < AUDIT_MONTHS_LEAST)
		return err_set(err, ERR_INVALID,
			_("la trace se garde de %d à %d mois"),
			AUDIT_MONTHS_LEAST, AUDIT_MONTHS_MOST);
	snprintf(text, sizeof(text), "%d", months);
	return db_run(db, err, NULL, "INSERT INTO setting (name, value) "
		"VALUES ('audit.months', $1) ON CONFLICT (name) DO UPDATE SET "
		"value = excluded.value", "t", text);
}

/* The newest row of all, by its own clock. */
static bool clock_is_likely(struct db *db, int64_t now_ms, struct err *err)
{
	int64_t caisse = INT64_MIN, newest = 0;
	bool more;

	for (;;) {
		struct audit_head head;

		if (!audit_next_caisse(db, &caisse, &more, err))
			return false;
		if (!more)
			break;
		head.caisse = caisse;
		if (!audit_head_load(db, &head, err))
			return false;
		if (head.day > newest)
			newest = head.day;
	}
	return newest == 0 || now_ms - newest * AUDIT_DAY_MS <= IDLE_MOST_MS ||
		err_set(err, ERR_INVALID, _("rien n'a été tracé depuis plus d'un "
			"mois : si l'heure de la machine est juste, ajoutez --force"));
}

static bool purge_all(struct db *db, const struct purge *purge,
		      struct audit_purged *purged, struct err *err)
{
	int64_t now_ms = clock_now_ms(), months;

	return keep_months(db, purge->months, err) &&
		(purge->force || clock_is_likely(db, now_ms, err)) &&
		setting_number(db, "audit.months", AUDIT_MONTHS, &months, err) &&
		audit_purge(db, now_ms, (int)months, purged, err);
}

int command_purge(int argc, char **argv)
{
	struct audit_purged purged = { 0 };
	struct err err = { 0 };
	struct purge purge;
	struct db *db;
	int64_t at_ms;
	bool ok;

	if (command_help(options, argc, argv))
		return EX_OK;
	if (!command_options(options, &purge, &argc, argv, &err))
		return command_fail(&err, EX_USAGE);
	if (argc > 1 || purge.db[0] == '\0') {
		err_set(&err, ERR_INVALID, _("il faut --db FICHIER"));
		return command_fail(&err, EX_USAGE);
	}
	if (purge.clock[0]) {
		if (!moment_from_rfc3339(purge.clock, &at_ms, &err))
			return command_fail(&err, EX_USAGE);
		clock_start_at(at_ms);
	}
	db = command_open(purge.db, &err);
	if (!db)
		return command_fail(&err, EX_NOINPUT);
	ok = db_migrate(db, &err) && purge_all(db, &purge, &purged, &err);
	if (!db_close(db, ok ? &err : NULL) || !ok)
		return command_fail(&err, err.code == ERR_INVALID ? EX_DATAERR :
				    EX_CANTCREAT);
	printf(_("%lld lignes de %lld jours oubliées, leurs têtes sont gardées\n"),
	       (long long)purged.rows, (long long)purged.days);
	return EX_OK;
}
