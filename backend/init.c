/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd init: a base ready to serve. */
#include "command.h"
#include "caisse.h"
#include "agenda.h"
#include "tables/tables.h"

#include <guichet/base/intl.h>

#include <stdio.h>
#include <sysexits.h>

struct init {
	char db[1024], name[NAME_SIZE], department[8];
	char office[NAME_SIZE], address[NAME_SIZE], postcode[8], city[NAME_SIZE];
	char phone[24], days[16], hours[128];
	int caisse, desks;
	bool good_friday;
};

#define OPT_STRUCT struct init
static const struct option_def options[] = {
	{ .name = "db", OPT_TEXT(db), .arg = N_("FICHIER"), .def = "",
	  .help = N_("base de données"), .flags = OPTION_COMMAND_LINE },
	{ .name = "caisse", OPT_INT(caisse, 0, 99999), .arg = N_("CODE"),
	  .def = "0", .help = N_("caisse à créer, par exemple 01381"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "name", OPT_TEXT(name), .arg = N_("NOM"), .def = "",
	  .help = N_("nom de la caisse"), .flags = OPTION_COMMAND_LINE },
	{ .name = "department", OPT_TEXT(department), .arg = N_("CODE"), .def = "",
	  .help = N_("son département : jours fériés et heure"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "office", OPT_TEXT(office), .arg = N_("NOM"), .def = "Accueil",
	  .help = N_("nom de son premier accueil"), .flags = OPTION_COMMAND_LINE },
	{ .name = "address", OPT_TEXT(address), .arg = N_("RUE"), .def = "",
	  .help = N_("adresse de l'accueil"), .flags = OPTION_COMMAND_LINE },
	{ .name = "postcode", OPT_TEXT(postcode), .arg = N_("CODE"), .def = "",
	  .help = N_("code postal"), .flags = OPTION_COMMAND_LINE },
	{ .name = "city", OPT_TEXT(city), .arg = N_("VILLE"), .def = "",
	  .help = N_("ville"), .flags = OPTION_COMMAND_LINE },
	{ .name = "phone", OPT_TEXT(phone), .arg = N_("NUMÉRO"), .def = "",
	  .help = N_("téléphone"), .flags = OPTION_COMMAND_LINE },
	{ .name = "desks", OPT_INT(desks, 1, DESKS_MAX), .arg = N_("N"), .def = "1",
	  .help = N_("nombre de guichets"), .flags = OPTION_COMMAND_LINE },
	{ .name = "days", OPT_TEXT(days), .arg = N_("JOURS"), .def = OFFICE_DAYS,
	  .help = N_("jours de rendez-vous, de 1 (lundi) à 7"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "hours", OPT_TEXT(hours), .arg = N_("HEURES"),
	  .def = OFFICE_HOURS, .help = N_("heures de rendez-vous de ces jours"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "good-friday", OPT_BOOL(good_friday), .def = "no",
	  .help = N_("fermé le vendredi saint (57, 67, 68)"),
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE },
	{ 0 },
};

static bool first_office(struct db *db, const struct init *init, struct err *err)
{
	const struct office_new office = {
		.caisse = init->caisse, .name = init->office,
		.address = init->address, .postcode = init->postcode,
		.city = init->city, .phone = init->phone, .desks = init->desks,
		.good_friday = init->good_friday,
	};
	struct office_week week = { .caisse = init->caisse, .days = init->days,
		.hours = init->hours };

	if (!office_first(db, init->caisse, &week.office_id, err))
		return false;
	return week.office_id != 0 ||
		(office_add(db, &office, &week.office_id, err) &&
		 office_set_week(db, &week, err));
}

/* All of it or nothing: a caisse without an office serves nobody. */
static bool fill(struct db *db, const struct init *init, struct err *err)
{
	if (!db_migrate(db, err) || !db_begin(db, err))
		return false;
	if (tables_insert(db, err) &&
	    (init->caisse == 0 ||
	     (caisse_add(db, init->caisse, init->name, init->department, err) &&
	      first_office(db, init, err))))
		return db_commit(db, err);
	db_rollback(db);
	return false;
}

int command_init(int argc, char **argv)
{
	struct err err = { 0 };
	struct init init;
	struct db *db;
	bool ok;

	if (command_help(options, argc, argv))
		return EX_OK;
	if (!command_options(options, &init, &argc, argv, &err))
		return command_fail(&err, EX_USAGE);
	if (argc > 1 || init.db[0] == '\0') {
		err_set(&err, ERR_INVALID, _("il faut --db FICHIER"));
		return command_fail(&err, EX_USAGE);
	}
	db = db_open(init.db, DB_WRITE, &err);
	if (!db)
		return command_fail(&err, EX_CONFIG);
	ok = fill(db, &init, &err);
	if (db_close(db, ok ? &err : NULL) && ok)
		return EX_OK;
	return command_fail(&err, err.code == ERR_INVALID ? EX_DATAERR :
			    EX_CANTCREAT);
}
