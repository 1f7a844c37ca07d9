/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd access: whose file is closed to which agent, which files only a
 * supervisor opens.  A NIR comes from the standard input: arguments are seen by
 * whoever shares the machine. */
#include "caisse.h"
#include "command.h"

#include <guichet/base/intl.h>
#include <guichet/base/nir.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

struct subject {
	char db[1024];
	int caisse;
};

#define OPT_STRUCT struct subject
static const struct option_def options[] = {
	{ .name = "db", OPT_TEXT(db), .arg = N_("FICHIER"), .def = "",
	  .help = N_("base de données"), .flags = OPTION_COMMAND_LINE },
	{ .name = "caisse", OPT_INT(caisse, 0, 99999), .arg = N_("CODE"), .def = "0",
	  .help = N_("la caisse ; par défaut, la seule de la base"),
	  .flags = OPTION_COMMAND_LINE },
	{ 0 },
};

static bool read_nir(char out[14], struct err *err)
{
	char line[64];
	struct nir nir;
	bool ok;

	if (isatty(STDIN_FILENO))
		fputs(_("NIR : "), stderr);
	if (!fgets(line, sizeof(line), stdin))
		return err_set(err, ERR_INVALID, _("il faut un NIR sur l'entrée"));
	line[strcspn(line, "\r\n")] = '\0';
	ok = nir_parse(line, &nir, err) && text_copy(out, 14, nir.number);
	explicit_bzero(line, sizeof(line));
	explicit_bzero(&nir, sizeof(nir));
	return ok;
}

static bool changed_one(int64_t changed, const char *otherwise, struct err *err)
{
	return changed > 0 || err_set(err, ERR_NOT_FOUND, "%s", otherwise);
}

static bool own(struct db *db, int64_t caisse, const char *login,
		struct err *err)
{
	int64_t changed = 0;
	char nir[14];

	return read_nir(nir, err) &&
		db_run(db, err, &changed, "UPDATE agent SET nir = $1"
		       " WHERE caisse = $2 AND login = $3", "tit", nir, caisse,
		       login) &&
		changed_one(changed, _("cette caisse n'a pas cet agent"), err);
}

static bool set_sensitive(struct db *db, int64_t caisse, int64_t sensitive,
			  struct err *err)
{
	int64_t changed = 0;
	char nir[14];

	return read_nir(nir, err) &&
		db_run(db, err, &changed, "UPDATE file SET sensitive = $1"
		       " WHERE caisse = $2 AND id IN (SELECT p.file_id"
		       " FROM nir_key k JOIN person p ON p.caisse = k.caisse"
		       " AND p.id = k.person_id WHERE k.caisse = $2"
		       " AND k.nir = $3)", "iit", sensitive, caisse, nir) &&
		changed_one(changed, _("cette caisse n'a pas ce dossier"), err);
}

static bool protect(struct db *db, int64_t caisse, const char *login,
		    struct err *err)
{
	(void)login;
	return set_sensitive(db, caisse, 1, err);
}

static bool release(struct db *db, int64_t caisse, const char *login,
		    struct err *err)
{
	(void)login;
	return set_sensitive(db, caisse, 0, err);
}

static const struct action {
	const char *name;
	int arguments;                  /* its own included */
	bool (*run)(struct db *db, int64_t caisse, const char *login,
		    struct err *err);
} actions[] = {
	{ "own", 2, own },
	{ "protect", 1, protect },
	{ "release", 1, release },
	{ 0 },
};

static bool act(const struct action *action, const struct subject *subject,
		const char *login, struct err *err)
{
	struct db *db = command_open(subject->db, err);
	int64_t caisse = subject->caisse;
	bool ok;

	if (!db)
		return false;
	ok = caisse_find(db, &caisse, err) && action->run(db, caisse, login, err);
	return db_close(db, ok ? err : NULL) && ok;
}

int command_access(int argc, char **argv)
{
	const struct action *action = actions;
	struct subject subject;
	struct err err = { 0 };

	if (command_help(options, argc, argv))
		return EX_OK;
	if (!command_options(options, &subject, &argc, argv, &err))
		return command_fail(&err, EX_USAGE);
	while (argc > 1 && action->name && strcmp(action->name, argv[1]) != 0)
		action++;
	if (argc < 2 || !action->name || argc != action->arguments + 1 ||
	    subject.db[0] == '\0') {
		err_set(&err, ERR_INVALID, _("écrivez : guichetd access "
			"own|protect|release --db FICHIER [LOGIN]"));
		return command_fail(&err, EX_USAGE);
	}
	if (act(action, &subject, argc > 2 ? argv[2] : "", &err))
		return EX_OK;
	return command_fail(&err, err.code == ERR_NOT_FOUND ? EX_NOUSER :
			    EX_DATAERR);
}
