/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd session: who is signed in, and the end of it.  The daemon looks a
 * session up at each request: one that is gone here is refused at once. */
#include "command.h"
#include "auth.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/* Enough of the token's hash to name a session: nothing can be made of it. */
#define NAME_BYTES 6

struct command_line { char db[1024]; bool all; };

#define OPT_STRUCT struct command_line
static const struct option_def options[] = {
	{ .name = "db", OPT_TEXT(db), .arg = N_("FICHIER"), .def = "",
	  .help = N_("base de données"), .flags = OPTION_COMMAND_LINE },
	{ .name = "all", OPT_BOOL(all), .def = "no",
	  .help = N_("toutes les sessions"),
	  .flags = OPTION_COMMAND_LINE | OPTION_NO_VALUE },
	{ 0 },
};

static bool list(struct db *db, const char *whom, struct err *err)
{
	struct err failed = { 0 };
	struct db_stmt *stmt = db_query(db, &failed,
		"SELECT s.token, a.login, s.desk, s.created_at, s.seen_at "
		"FROM session s JOIN agent a ON a.caisse = s.caisse "
		"AND a.id = s.agent_id WHERE s.expires_at > $1 "
		"AND (a.login = $2 OR $2 = '') ORDER BY s.seen_at DESC, s.token",
		"it", clock_now_ms(), whom);

	while (db_next(stmt, &failed)) {
		struct db_blob token = db_bytes(stmt, 0);
		char name[2 * NAME_BYTES + 1], since[DATE_TEXT], seen[DATE_TEXT];

		sodium_bin2hex(name, sizeof(name), token.data, NAME_BYTES);
		moment_to_rfc3339(ZONE_PARIS, db_int(stmt, 3), since);
		moment_to_rfc3339(ZONE_PARIS, db_int(stmt, 4), seen);
		printf(_("%s  %-20s poste %-6s depuis %s, vue %s\n"), name,
		       db_text(stmt, 1), db_text(stmt, 2), since, seen);
	}
	*err = failed;
	return failed.code == ERR_NONE;
}

/* Whether `word` is the name of a session rather than a login. */
static bool is_name(const char *word, unsigned char bytes[NAME_BYTES])
{
	size_t size = 0;

	return strlen(word) == 2 * NAME_BYTES &&
		sodium_hex2bin(bytes, NAME_BYTES, word, strlen(word), NULL, &size,
			       NULL) == 0 && size == NAME_BYTES;
}

static bool revoke(struct db *db, const struct command_line *line,
		   const char *word, struct err *err)
{
	unsigned char bytes[NAME_BYTES];
	struct db_blob name = { bytes, sizeof(bytes) };
	int64_t changed = 0;
	bool ok;

	if (line->all)
		ok = db_run(db, err, &changed, "DELETE FROM session", "");
	else if (is_name(word, bytes))
		ok = db_run(db, err, &changed, "DELETE FROM session "
			    "WHERE substr(token, 1, 6) = $1", "b", &name);
	else
		ok = db_run(db, err, &changed, "DELETE FROM session WHERE agent_id "
			    "IN (SELECT id FROM agent WHERE login = $1)", "t", word);
	if (!ok)
		return false;
	if (changed == 0 && !line->all)
		return err_set(err, ERR_NOT_FOUND,
			       _("« %s » n'a pas de session ouverte"), word);
	printf(_("sessions fermées : %lld\n"), (long long)changed);
	return true;
}

static bool act(const struct command_line *line, bool revokes, const char *word,
		struct err *err)
{
	struct db *db = command_open(line->db, err);
	bool ok;

	if (!db)
		return false;
	ok = revokes ? revoke(db, line, word, err) : list(db, word, err);
	return db_close(db, ok ? err : NULL) && ok;
}

int command_session(int argc, char **argv)
{
	struct err err = { 0 };
	struct command_line line;
	bool revokes, lists;

	if (command_help(options, argc, argv))
		return EX_OK;
	if (!command_options(options, &line, &argc, argv, &err))
		return command_fail(&err, EX_USAGE);
	revokes = argc > 1 && strcmp(argv[1], "revoke") == 0;
	lists = argc > 1 && strcmp(argv[1], "list") == 0;
	if (!(lists && argc <= 3) &&
	    !(revokes && argc == 3 - (int)line.all)) {
		err_set(&err, ERR_INVALID, _("écrivez : guichetd session "
			"list|revoke --db FICHIER [SESSION|LOGIN]"));
		return command_fail(&err, EX_USAGE);
	}
	if (line.db[0] == '\0') {
		err_set(&err, ERR_INVALID, _("il faut --db FICHIER"));
		return command_fail(&err, EX_USAGE);
	}
	if (act(&line, revokes, argc == 3 ? argv[2] : "", &err))
		return EX_OK;
	return command_fail(&err, err.code == ERR_NOT_FOUND ? EX_NOUSER :
			    EX_DATAERR);
}
