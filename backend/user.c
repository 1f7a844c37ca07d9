/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guichetd user: the accounts of the agents. */
#include "command.h"
#include "auth.h"
#include "lockout.h"
#include "paper/qrcode.h"
#include "totp.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <termios.h>
#include <unistd.h>

/* CNIL 2022-100: 50 bits where tries are limited. */
#define PASSWORD_LEAST 12

struct user {
	char db[1024], name[NAME_SIZE], office[ID_TEXT];
	int role, caisse;
};

#define OPT_STRUCT struct user
static const struct option_def options[] = {
	{ .name = "db", OPT_TEXT(db), .arg = N_("FICHIER"), .def = "",
	  .help = N_("base de données"), .flags = OPTION_COMMAND_LINE },
	{ .name = "name", OPT_TEXT(name), .arg = N_("NOM"), .def = "",
	  .help = N_("nom affiché"), .flags = OPTION_COMMAND_LINE },
	{ .name = "role", OPT_ENUM(role, role_names), .def = "counter",
	  .help = N_("ce que l'agent peut faire"), .flags = OPTION_COMMAND_LINE },
	{ .name = "caisse", OPT_INT(caisse, 0, 99999), .arg = N_("CODE"), .def = "0",
	  .help = N_("sa caisse ; par défaut, la seule de la base"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "office", OPT_TEXT(office), .arg = N_("CODE"), .def = "",
	  .help = N_("son accueil ; par défaut, le premier"),
	  .flags = OPTION_COMMAND_LINE },
	{ 0 },
};

/* Read a line without showing it; from anything else than a terminal, as is. */
static bool read_password(char *out, size_t size, struct err *err)
{
	struct termios was, quiet;
	bool terminal = tcgetattr(STDIN_FILENO, &was) == 0;
	bool ok;

	if (terminal) {
		fputs(_("Mot de passe : "), stderr);
		quiet = was;
		quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK);
		quiet.c_lflag |= ECHONL;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	}
	ok = fgets(out, (int)size, stdin) && strchr(out, '\n');
	if (terminal)
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
	if (!ok)
		return err_set(err, ERR_INVALID, _("mot de passe absent ou trop long"));
	out[strcspn(out, "\r\n")] = '\0';
	if (strlen(out) < PASSWORD_LEAST)
		return err_set(err, ERR_INVALID,
			_("mot de passe trop court : %d caractères au moins"),
			PASSWORD_LEAST);
	return true;
}

static bool new_hash(char hash[PASSWORD_SIZE], struct err *err)
{
	char password[128];
	bool ok = read_password(password, sizeof(password), err) &&
		password_hash(password, hash, err);

	explicit_bzero(password, sizeof(password));
	return ok;
}

/* One number of one row, e.g. the only caisse. */
static bool find_number(struct db *db, const char *sql, int64_t caisse,
			int64_t *out, const char *otherwise, struct err *err)
{
	struct db_stmt *stmt = db_query(db, err, sql, "i", caisse);
	bool ok = db_next(stmt, err);

	if (ok)
		*out = db_int(stmt, 0);
	db_done(stmt);
	return ok || err_set(err, ERR_NOT_FOUND, "%s", otherwise);
}

/* What the sign-in would refuse is no login. */
static bool check_login(const char *text, struct err *err)
{
	const struct codec_field *field = login_codec.fields;
	struct login login;

	while (strcmp(field->name, "user") != 0)
		field++;
	codec_clear(&login_codec, &login);
	return codec_field_from_text(field, &login, text, err) ||
		err_wrap(err, "« %s »", text);
}

static bool add(struct db *db, const struct user *user, const char *login,
		struct err *err)
{
	int64_t caisse = user->caisse, office = id_parse(user->office);
	char hash[PASSWORD_SIZE];

	if (!check_login(login, err))
		return false;
	if (!find_number(db, "SELECT code FROM caisse WHERE $1 = 0 OR code = $1 "
			 "ORDER BY code LIMIT 1", caisse, &caisse,
			 _("la base n'a pas cette caisse"), err))
		return false;
	if (office == 0 && !find_number(db, "SELECT id FROM office "
			"WHERE caisse = $1 ORDER BY id LIMIT 1", caisse, &office,
			_("cette caisse n'a pas d'accueil"), err))
		return false;
	if (!new_hash(hash, err))
		return false;
	if (db_run(db, err, NULL, "INSERT INTO agent (caisse, id, login, "
		   "display_name, role, office_id, password) "
		   "VALUES ($1, $2, $3, $4, $5, $6, $7)", "iittiit", caisse, id_new(),
		   login, user->name[0] ? user->name : login, (int64_t)user->role,
		   office, hash))
		return true;
	if (err->code == ERR_CONFLICT)
		err_set(err, ERR_CONFLICT, _("« %s » existe déjà"), login);
	return false;
}

/* A changed or locked account loses its sessions at once. */
static bool end_sessions(struct db *db, const char *login, struct err *err)
{
	return db_run(db, err, NULL, "DELETE FROM session WHERE agent_id IN "
		      "(SELECT id FROM agent WHERE login = $1)", "t", login);
}

static bool forgive(struct db *db, const char *login, struct err *err)
{
	unsigned char key[LOCKOUT_KEY_SIZE];

	lockout_login(login, key);
	return lockout_forgive(db, key, err);
}

static bool changed_one(int64_t changed, const char *login, struct err *err)
{
	return changed == 1 || err_set(err, ERR_NOT_FOUND,
				       _("« %s » n'a pas de compte"), login);
}

static bool passwd(struct db *db, const struct user *user, const char *login,
		   struct err *err)
{
	char hash[PASSWORD_SIZE];
	int64_t changed = 0;

	(void)user;
	return new_hash(hash, err) &&
		db_run(db, err, &changed, "UPDATE agent SET password = $1 "
		       "WHERE login = $2", "tt", hash, login) &&
		changed_one(changed, login, err) &&
		forgive(db, login, err) && end_sessions(db, login, err);
}

static bool set_locked(struct db *db, const char *login, int64_t locked,
		       struct err *err)
{
	int64_t changed = 0;

	return db_run(db, err, &changed, "UPDATE agent SET locked = $1 "
		      "WHERE login = $2", "it", locked, login) &&
		changed_one(changed, login, err) && end_sessions(db, login, err);
}

static bool lock(struct db *db, const struct user *user, const char *login,
		 struct err *err)
{
	(void)user;
	return set_locked(db, login, 1, err);
}

static bool unlock(struct db *db, const struct user *user, const char *login,
		   struct err *err)
{
	(void)user;
	return set_locked(db, login, 0, err) && forgive(db, login, err);
}

static bool find_agent(struct db *db, const char *login, int64_t *caisse,
		       int64_t *agent_id, struct err *err)
{
	struct err failed = { 0 };
	struct db_stmt *stmt = db_query(db, &failed,
		"SELECT caisse, id FROM agent WHERE login = $1", "t", login);

	if (!db_next(stmt, &failed)) {
		if (failed.code == ERR_NONE)
			return changed_one(0, login, err);
		*err = failed;
		return false;
	}
	*caisse = db_int(stmt, 0);
	*agent_id = db_int(stmt, 1);
	db_done(stmt);
	return true;
}

/* Shown this once: it cannot be read again. */
static void show_secret(const char *login,
			const unsigned char secret[TOTP_SECRET_SIZE])
{
	char uri[TOTP_URI_SIZE];

	totp_uri(login, secret, uri);
	qrcode_print(uri, stdout);
	printf("%s\n%s\n", uri, _("À faire lire à l'application de l'agent "
	       "maintenant : ce secret ne sera plus montré."));
	explicit_bzero(uri, sizeof(uri));
}

static bool set_totp(struct db *db, const struct user *user, const char *login,
		     struct err *err)
{
	unsigned char secret[TOTP_SECRET_SIZE];
	int64_t caisse, agent_id;
	bool ok;

	(void)user;
	random_bytes(secret, sizeof(secret));
	ok = find_agent(db, login, &caisse, &agent_id, err) &&
		totp_set(db, caisse, agent_id, secret, err) &&
		end_sessions(db, login, err);
	if (ok)
		show_secret(login, secret);
	explicit_bzero(secret, sizeof(secret));
	return ok;
}

static bool no_totp(struct db *db, const struct user *user, const char *login,
		    struct err *err)
{
	int64_t caisse, agent_id;

	(void)user;
	return find_agent(db, login, &caisse, &agent_id, err) &&
		db_run(db, err, NULL, "DELETE FROM totp WHERE caisse = $1 "
		       "AND agent_id = $2", "ii", caisse, agent_id);
}

struct action {
	const char *name;
	bool (*run)(struct db *db, const struct user *user, const char *login,
		    struct err *err);
};

static const struct action actions[] = {
	{ "add", add },
	{ "lock", lock },
	{ "no-totp", no_totp },
	{ "passwd", passwd },
	{ "totp", set_totp },
	{ "unlock", unlock },
	{ NULL, NULL },
};

static bool act(const struct action *action, const struct user *user,
		const char *login, struct err *err)
{
	struct db *db;
	bool ok;

	db = command_open(user->db, err);
	if (!db)
		return false;
	ok = action->run(db, user, login, err);
	return db_close(db, ok ? err : NULL) && ok;
}

int command_user(int argc, char **argv)
{
	const struct action *action = actions;
	struct err err = { 0 };
	struct user user;

	if (command_help(options, argc, argv))
		return EX_OK;
	if (!command_options(options, &user, &argc, argv, &err))
		return command_fail(&err, EX_USAGE);
	while (argc == 3 && action->name && strcmp(action->name, argv[1]) != 0)
		action++;
	if (argc != 3 || !action->name || user.db[0] == '\0' ||
	    !text_is_clean(argv[2], TEXT_ONE_LINE) || strlen(argv[2]) >= 64) {
		err_set(&err, ERR_INVALID, _("écrivez : guichetd user "
			"add|passwd|lock|unlock|totp|no-totp --db FICHIER LOGIN"));
		return command_fail(&err, EX_USAGE);
	}
	if (act(action, &user, argv[2], &err))
		return EX_OK;
	return command_fail(&err, err.code == ERR_NOT_FOUND ? EX_NOUSER :
			    EX_DATAERR);
}
