/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"
#include "caisse.h"
#include "command.h"
#include "keys.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define LINES_AT_ONCE 10000
#define LINE_MOST 16384                 /* bytes */

struct import {
	struct db *db;
	int64_t caisse;
	struct date today;
	struct keys *keys;
	struct import_header header;
	FILE *told;
	struct import_report *report;
	struct import_person insured;   /* of the file being read */
	int64_t file_id;                /* 0: the insured was refused */
};

/* Give the id of one row, 0 when there is none. */
static bool one_id(struct db_stmt *stmt, int64_t *id, struct err *err)
{
	*id = 0;
	if (!db_next(stmt, err))
		return err->code == ERR_NONE;
	*id = db_int(stmt, 0);
	db_done(stmt);
	return true;
}

static bool find_insured(struct import *import, const struct import_person *who,
			 int64_t *id, struct err *err)
{
	return one_id(db_query(import->db, err,
		"SELECT p.id FROM nir_key k CROSS JOIN person p WHERE k.caisse = $1"
		" AND k.nir = $2 AND k.old = 0 AND p.caisse = k.caisse"
		" AND p.id = k.person_id AND p.id = p.file_id", "it",
		import->caisse, who->nir), id, err);
}

static bool find_dependant(struct import *import,
			   const struct import_person *who, int64_t *id,
			   struct err *err)
{
	return one_id(db_query(import->db, err,
		"SELECT id FROM person WHERE caisse = $1 AND file_id = $2"
		" AND nir = $3 AND birth = $4 AND birth_rank = $5"
		" AND first_names = $6", "iitiit", import->caisse,
		import->file_id, who->nir, (int64_t)who->birth,
		(int64_t)who->rank, who->first_names), id, err);
}

static bool write_file(struct import *import, const struct import_person *who,
		       struct err *err)
{
	return db_run(import->db, err, NULL,
		      "INSERT INTO file (caisse, id, centre, address1, address2,"
		      " postcode, city, phone, email, iban, account, c2s,"
		      " rights_from, rights_until, message) VALUES ($1, $2, $3,"
		      " $4, $5, $6, $7, $8, $9, $10, 0, 0, $11, $12, '')",
		      "iittttttttii", import->caisse, import->file_id,
		      who->centre, who->address1, who->address2, who->postcode,
		      who->city, who->phone, who->email, who->iban,
		      (int64_t)who->rights_from, (int64_t)who->rights_until);
}

static bool write_person(struct import *import, const struct import_person *who,
			 int64_t id, struct err *err)
{
	return db_run(import->db, err, NULL,
		      "INSERT INTO person (caisse, id, file_id, kinship,"
		      " both_parents, sex, birth, birth_rank, nir, name, used_name,"
		      " first_names, birth_place) VALUES ($1, $2, $3, $4, $5, $6,"
		      " $7, $8, $9, $10, $11, $12, $13)", "iiiiiiiittttt",
		      import->caisse, id, import->file_id, (int64_t)who->kinship,
		      (int64_t)who->both_parents, (int64_t)who->sex,
		      (int64_t)who->birth, (int64_t)who->rank, who->nir,
		      who->name, who->used_name, who->first_names,
		      who->birth_place);
}

/* Whose dates are not said has those of the insured, from birth on. */
static bool write_right(struct import *import, const struct import_person *who,
			int64_t id, struct err *err)
{
	const struct import_person *dated =
		who->rights_from ? who : &import->insured;
	int from = dated->rights_from;

	if (who->birth > from)
		from = who->birth;
	return db_run(import->db, err, NULL,
		      "INSERT INTO entitlement (caisse, file_id, id, person_id,"
		      " kind, label, from_day, to_day, organism, number, noemie,"
		      " rate_pct) VALUES ($1, $2, $3, $4, $5,"
		      " 'Droits de base (PUMa)', $6, $7, '', '', 0, 0)", "iiiiiii",
		      import->caisse, import->file_id, id_new(), id,
		      (int64_t)RIGHT_BASE, (int64_t)from,
		      (int64_t)dated->rights_until);
}

/* Written at once: the next line may be the same person. */
static bool write_keys(struct import *import, const struct import_person *who,
		       int64_t id, struct err *err)
{
	bool insured = who->kinship == KIN_INSURED;

	keys_add(import->keys, &(struct keyed){ .caisse = import->caisse,
		.id = id, .birth = who->birth, .nir = who->nir, .old_nir = "",
		.name = who->name, .used_name = who->used_name,
		.first_names = who->first_names,
		.phone = insured ? who->phone : "",
		.email = insured ? who->email : "" });
	return keys_write(import->keys, import->db, err);
}

/* An insured opens a file; the others join the one that is open. */
static bool take(struct import *import, const struct import_person *who,
		 struct err *err)
{
	bool insured = who->kinship == KIN_INSURED;
	int64_t there, id = id_new();

	if (insured) {
		import->insured = *who;
		import->file_id = 0;
		if (!find_insured(import, who, &there, err))
			return false;
		import->file_id = there ? there : id;
	} else {
		if (!import->file_id ||
		    strcmp(import->insured.file, who->file) != 0)
			return err_set(err, ERR_INVALID, _("file : l'assuré de ce "
				"dossier n'est pas juste avant, ou est refusé"));
		if (!find_dependant(import, who, &there, err))
			return false;
	}
	if (there) {
		import->report->already++;
		return true;
	}
	import->report->loaded++;
	return (!insured || write_file(import, who, err)) &&
		write_person(import, who, id, err) &&
		write_right(import, who, id, err) &&
		write_keys(import, who, id, err);
}

/* Cut the end of a line; false for what is no text. */
static bool end_line(char *line, size_t size)
{
	if (size > LINE_MOST || strlen(line) != size)
		return false;
	while (size && (line[size - 1] == '\n' || line[size - 1] == '\r'))
		line[--size] = '\0';
	return true;
}

static bool read_line(struct import *import, char *line, size_t size,
		      struct err *err)
{
	struct import_person who;

	if (!end_line(line, size))
		return err_set(err, ERR_INVALID, _("ligne trop longue, ou qui n'est "
						   "pas du texte"));
	if (line[0] == '\0')
		return true;
	if (import_read_person(&import->header, line, import->today, &who, err))
		return take(import, &who, err);
	/* Nobody joins the file before by mistake. */
	if (who.kinship == KIN_INSURED)
		import->file_id = 0;
	return false;
}

static bool read_header(struct import *import, char **line, size_t *room,
			FILE *in, struct err *err)
{
	ssize_t size = getline(line, room, in);

	if (size < 0 || !end_line(*line, (size_t)size))
		return err_set(err, ERR_INVALID,
			       _("la première ligne nomme les colonnes"));
	return import_read_header(&import->header, *line, err);
}

static bool read_lines(struct import *import, FILE *in, struct err *err)
{
	char *line = NULL;
	size_t room = 0;
	bool ok = read_header(import, &line, &room, in, err);
	ssize_t size;

	for (long at = 2; ok && (size = getline(&line, &room, in)) >= 0; at++) {
		struct err why = { 0 };

		if (!read_line(import, line, (size_t)size, &why)) {
			ok = why.code == ERR_INVALID;
			if (!ok)
				*err = why;
			import->report->refused++;
			fprintf(import->told, _("ligne %ld : %s\n"), at, why.text);
		}
		if (ok && at % LINES_AT_ONCE == 0)
			ok = db_commit(import->db, err) &&
				db_begin(import->db, err);
	}
	free(line);
	/* Not at its end: it could not be read, or held in memory. */
	if (ok && !feof(in))
		return err_set(err, ERR_SYSTEM, _("lecture interrompue"));
	return ok;
}

bool import_run(struct db *db, int64_t caisse, FILE *in, FILE *told,
		struct import_report *report, struct err *err)
{
	struct import import = { .db = db, .caisse = caisse, .told = told,
		.today = clock_today(ZONE_PARIS), .report = report };
	bool ok;

	*report = (struct import_report){ 0 };
	if (!db_begin(db, err))
		return false;
	import.keys = keys_new();
	ok = read_lines(&import, in, err) && db_commit(db, err);
	if (!ok && db_in_transaction(db))
		db_rollback(db);
	keys_free(import.keys);
	return ok;
}

struct import_options {
	char db[1024];
	int caisse;
};

#define OPT_STRUCT struct import_options
static const struct option_def options[] = {
	{ .name = "db", OPT_TEXT(db), .arg = N_("FICHIER"), .def = "",
	  .help = N_("base de données"), .flags = OPTION_COMMAND_LINE },
	{ .name = "caisse", OPT_INT(caisse, 0, 99999), .arg = N_("CODE"),
	  .def = "0", .help = N_("la caisse ; par défaut, la seule de la base"),
	  .flags = OPTION_COMMAND_LINE },
	{ 0 },
};

static int load(const struct import_options *given, FILE *in)
{
	struct import_report report = { 0 };
	int64_t caisse = given->caisse;
	struct err err = { 0 };
	struct db *db = command_open(given->db, &err);
	bool ok;

	if (!db)
		return command_fail(&err, EX_NOINPUT);
	ok = caisse_find(db, &caisse, &err) &&
		import_run(db, caisse, in, stderr, &report, &err);
	if (!db_close(db, ok ? &err : NULL) || !ok)
		return command_fail(&err, err.code == ERR_SYSTEM ? EX_IOERR :
				    EX_DATAERR);
	printf(_("personnes : %lld chargées, %lld déjà là, %lld lignes refusées\n"),
	       (long long)report.loaded, (long long)report.already,
	       (long long)report.refused);
	return report.refused ? EX_DATAERR : EX_OK;
}

int command_import(int argc, char **argv)
{
	struct import_options given;
	struct err err = { 0 };
	FILE *in;
	int status;

	if (command_help(options, argc, argv))
		return EX_OK;
	if (!command_options(options, &given, &argc, argv, &err))
		return command_fail(&err, EX_USAGE);
	if (argc != 2 || given.db[0] == '\0') {
		err_set(&err, ERR_INVALID, _("écrivez : guichetd import "
			"--db FICHIER PERSONNES.csv (« - » : l'entrée)"));
		return command_fail(&err, EX_USAGE);
	}
	in = strcmp(argv[1], "-") == 0 ? stdin : fopen(argv[1], "re");
	if (!in) {
		err_set(&err, ERR_NOT_FOUND, _("« %s » illisible"), argv[1]);
		return command_fail(&err, EX_NOINPUT);
	}
	status = load(&given, in);
	if (in != stdin)
		fclose(in);
	return status;
}
