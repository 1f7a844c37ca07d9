/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd office: the offices, their hours and their closings. */
#include "command.h"
#include "caisse.h"
#include "agenda.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/workdays.h>

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

struct office_options {
	char db[1024], name[NAME_SIZE], address[NAME_SIZE], postcode[8];
	char city[NAME_SIZE], phone[24], days[16], hours[128];
	char from[32], until[32], label[LABEL_SIZE];
	int caisse, desks, desk;
	bool good_friday;
};

#define OPT_STRUCT struct office_options
static const struct option_def options[] = {
	{ .name = "db", OPT_TEXT(db), .arg = N_("FICHIER"), .def = "",
	  .help = N_("base de données"), .flags = OPTION_COMMAND_LINE },
	{ .name = "caisse", OPT_INT(caisse, 0, 99999), .arg = N_("CODE"),
	  .def = "0", .help = N_("sa caisse ; par défaut, la seule de la base"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "name", OPT_TEXT(name), .arg = N_("NOM"), .def = "",
	  .help = N_("add : nom de l'accueil"), .flags = OPTION_COMMAND_LINE },
	{ .name = "address", OPT_TEXT(address), .arg = N_("RUE"), .def = "",
	  .help = N_("add : adresse"), .flags = OPTION_COMMAND_LINE },
	{ .name = "postcode", OPT_TEXT(postcode), .arg = N_("CODE"), .def = "",
	  .help = N_("add : code postal"), .flags = OPTION_COMMAND_LINE },
	{ .name = "city", OPT_TEXT(city), .arg = N_("VILLE"), .def = "",
	  .help = N_("add : ville"), .flags = OPTION_COMMAND_LINE },
	{ .name = "phone", OPT_TEXT(phone), .arg = N_("NUMÉRO"), .def = "",
	  .help = N_("add : téléphone"), .flags = OPTION_COMMAND_LINE },
	{ .name = "desks", OPT_INT(desks, 1, DESKS_MAX), .arg = N_("N"), .def = "1",
	  .help = N_("add : nombre de guichets"), .flags = OPTION_COMMAND_LINE },
	{ .name = "good-friday", OPT_BOOL(good_friday), .def = "no",
	  .help = N_("add : fermé le vendredi saint (57, 67, 68)"),
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE },
	{ .name = "days", OPT_TEXT(days), .arg = N_("JOURS"), .def = OFFICE_DAYS,
	  .help = N_("add, hours : jours, de 1 (lundi) à 7"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "hours", OPT_TEXT(hours), .arg = N_("HEURES"),
	  .def = OFFICE_HOURS,
	  .help = N_("add, hours : heures de ces jours ; « - » : aucune"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "desk", OPT_INT(desk, 0, DESKS_MAX), .arg = N_("N"), .def = "0",
	  .help = N_("hours, close : un guichet seul (0 : tous)"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "from", OPT_TEXT(from), .arg = N_("AAAA-MM-JJ[THH:MM]"),
	  .def = "", .help = N_("close : début"), .flags = OPTION_COMMAND_LINE },
	{ .name = "until", OPT_TEXT(until), .arg = N_("AAAA-MM-JJ[THH:MM]"),
	  .def = "", .help = N_("close : fin, jour compris (par défaut, le début)"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "label", OPT_TEXT(label), .arg = N_("TEXTE"),
	  .def = "Fermeture exceptionnelle", .help = N_("close : ce que l'agent lit"),
	  .flags = OPTION_COMMAND_LINE },
	{ 0 },
};

/* Options and office of one command; `id` is 0 where there is none. */
struct office_act {
	struct office_options o;
	int64_t caisse, id;
};

static bool add(struct db *db, struct office_act *act, struct err *err)
{
	const struct office_new office = {
		.caisse = act->caisse, .name = act->o.name,
		.address = act->o.address, .postcode = act->o.postcode,
		.city = act->o.city, .phone = act->o.phone, .desks = act->o.desks,
		.good_friday = act->o.good_friday,
	};
	struct office_week week = { .caisse = act->caisse, .days = act->o.days,
		.hours = act->o.hours };
	char id[ID_TEXT];

	if (!office_add(db, &office, &week.office_id, err) ||
	    !office_set_week(db, &week, err))
		return false;
	id_format(week.office_id, id);
	puts(id);
	return true;
}

static bool hours(struct db *db, struct office_act *act, struct err *err)
{
	return office_set_week(db, &(struct office_week){ act->caisse, act->id,
		act->o.desk, act->o.days, act->o.hours }, err);
}

static bool close_office(struct db *db, struct office_act *act, struct err *err)
{
	const struct office_closing closing = {
		.caisse = act->caisse, .office_id = act->id, .desk = act->o.desk,
		.from = act->o.from,
		.until = act->o.until[0] ? act->o.until : act->o.from,
		.label = act->o.label,
	};
	int64_t booked = 0;

	if (!office_close(db, &closing, &booked, err))
		return false;
	if (booked)
		printf(P_("%lld rendez-vous y est déjà pris : à déplacer\n",
				"%lld rendez-vous y sont déjà pris : à déplacer\n",
				(unsigned long)booked), (long long)booked);
	return true;
}

static bool list_hours(struct db *db, int64_t caisse, int64_t id, struct err *err)
{
	static const char *const days[] = { N_("lundi"), N_("mardi"),
		N_("mercredi"), N_("jeudi"), N_("vendredi"), N_("samedi"),
		N_("dimanche") };
	struct db_stmt *stmt = db_query(db, err, "SELECT weekday, open_minute,"
		" close_minute, desk FROM opening WHERE caisse = $1 AND"
		" office_id = $2 AND rule = 0 ORDER BY weekday, open_minute, desk",
		"ii", caisse, id);

	while (db_next(stmt, err)) {
		int64_t open = db_int(stmt, 1), end = db_int(stmt, 2);

		printf("  %-9s %02lld:%02lld-%02lld:%02lld",
		       _(days[(db_int(stmt, 0) - 1) % 7]), (long long)open / 60,
		       (long long)open % 60, (long long)end / 60,
		       (long long)end % 60);
		if (db_int(stmt, 3))
			printf(_(", guichet %d"), (int)db_int(stmt, 3));
		putchar('\n');
	}
	return err->code == ERR_NONE;
}

static bool list_closings(struct db *db, int64_t caisse, int64_t id,
			  struct err *err)
{
	struct db_stmt *stmt = db_query(db, err, "SELECT a.starts_at, a.ends_at,"
		" a.label, a.desk, c.department FROM absence a CROSS JOIN caisse c"
		" WHERE a.caisse = $1 AND a.office_id = $2 AND a.ends_at > $3"
		" AND c.code = a.caisse ORDER BY a.starts_at, a.id", "iii", caisse,
		id, clock_now_ms());

	while (db_next(stmt, err)) {
		enum zone zone = workdays_zone(db_text(stmt, 4));
		char from[DATE_TEXT], until[DATE_TEXT];

		moment_to_text(zone, db_int(stmt, 0), from);
		moment_to_text(zone, db_int(stmt, 1), until);
		printf("  %s - %s  %s", from, until, db_text(stmt, 2));
		if (db_int(stmt, 3))
			printf(_(", guichet %d"), (int)db_int(stmt, 3));
		putchar('\n');
	}
	return err->code == ERR_NONE;
}

static bool list(struct db *db, struct office_act *act, struct err *err)
{
	struct db_stmt *stmt = db_query(db, err, "SELECT id, name, postcode, city,"
		" desks FROM office WHERE caisse = $1 ORDER BY name, id", "i",
		act->caisse);
	char id[ID_TEXT];

	while (db_next(stmt, err)) {
		id_format(db_int(stmt, 0), id);
		printf(P_("%s  %s, %s %s, %d guichet\n",
				"%s  %s, %s %s, %d guichets\n",
				(unsigned long)db_int(stmt, 4)), id,
		       db_text(stmt, 1), db_text(stmt, 2), db_text(stmt, 3),
		       (int)db_int(stmt, 4));
		if (!list_hours(db, act->caisse, db_int(stmt, 0), err) ||
		    !list_closings(db, act->caisse, db_int(stmt, 0), err))
			return false;
	}
	return err->code == ERR_NONE;
}

static const struct action {
	const char *name;
	int words;                      /* that follow it */
	bool (*run)(struct db *db, struct office_act *act, struct err *err);
} actions[] = {
	{ "add", 0, add },
	{ "close", 1, close_office },
	{ "hours", 1, hours },
	{ "list", 0, list },
	{ NULL, 0, NULL },
};

static bool run(const struct action *action, struct office_act *act,
		struct err *err)
{
	struct db *db = command_open(act->o.db, err);
	bool ok = false;

	if (!db)
		return false;
	act->caisse = act->o.caisse;
	if (db_begin(db, err)) {
		ok = caisse_find(db, &act->caisse, err) &&
			action->run(db, act, err) && db_commit(db, err);
		if (!ok)
			db_rollback(db);
	}
	return db_close(db, ok ? err : NULL) && ok;
}

int command_office(int argc, char **argv)
{
	const struct action *action = actions;
	struct office_act act = { 0 };
	struct err err = { 0 };

	if (command_help(options, argc, argv))
		return EX_OK;
	if (!command_options(options, &act.o, &argc, argv, &err))
		return command_fail(&err, EX_USAGE);
	while (argc > 1 && action->name && strcmp(action->name, argv[1]) != 0)
		action++;
	if (argc < 2 || !action->name || argc != 2 + action->words ||
	    act.o.db[0] == '\0') {
		err_set(&err, ERR_INVALID, _("écrivez : guichetd office "
			"add|list --db FICHIER, ou hours|close --db FICHIER ACCUEIL"));
		return command_fail(&err, EX_USAGE);
	}
	if (action->words)
		act.id = id_parse(argv[2]);
	if (run(action, &act, &err))
		return EX_OK;
	return command_fail(&err, EX_DATAERR);
}
