/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend_fixture.h"

#include <guichet/base/fold.h>
#include <guichet/base/mem.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KEY_SIZE 128

static const char *const first_rows[] = {
	"INSERT INTO caisse (code, name, department)"
	" VALUES (1381, 'CPAM de l''Isère', '38')",
	"INSERT INTO agent (caisse, id, login, display_name, role, office_id,"
	" password) VALUES (1381, 11, 'alefevre', 'A. Lefèvre', 0, 21, '')",
	"INSERT INTO agent (caisse, id, login, display_name, role, office_id,"
	" password) VALUES (1381, 12, 'bnoel', 'B. Noël', 0, 21, '')",
	NULL,
};

int64_t fixture_number(struct fixture *t, const char *sql)
{
	struct db_stmt *stmt = db_query(t->db, &t->err, sql, "");
	int64_t n;

	assert_true(db_next(stmt, &t->err));
	n = db_int(stmt, 0);
	db_done(stmt);
	return n;
}

void fixture_run(struct fixture *t, const char *const *statements)
{
	for (; *statements; statements++)
		assert_true(db_run(t->db, &t->err, NULL, *statements, ""));
}

int fixture_setup(void **state)
{
	struct fixture *t = mem_new(1, sizeof(*t));
	int fd;

	snprintf(t->path, sizeof(t->path), "/tmp/guichet-unit-XXXXXX");
	fd = mkstemp(t->path);
	assert_true(fd >= 0);
	close(fd);
	t->db = db_open(t->path, DB_WRITE, &t->err);
	assert_non_null(t->db);
	assert_true(db_migrate(t->db, &t->err));
	fixture_run(t, first_rows);
	t->req = (struct req){
		.db = t->db,
		.now_ms = INT64_C(1795255200000),       /* 2026-11-21 10:00 UTC */
		.steady_ms = INT64_C(1795255200000),
		.today = { 2026, 11, 21 },
		.zone = ZONE_PARIS,
		.home = T_CAISSE, .caisse = T_CAISSE,
		.agent_id = T_AGENT, .office_id = T_OFFICE,
		.department = "38",
		.caisse_name = "CPAM de l'Isère",
		.agent_name = "A. Lefèvre",
		.desk = "3",
		.role = ROLE_COUNTER, .channel = CHANNEL_COUNTER,
		.if_match = -1,
	};
	buf_init(&t->req.scratch, 1 << 16);
	*state = t;
	return 0;
}

int fixture_teardown(void **state)
{
	static const char *const beside[] = { "", "-wal", "-shm", NULL };
	struct fixture *t = *state;

	rows_fini(&t->out);
	buf_fini(&t->req.scratch);
	db_close(t->db, NULL);
	for (size_t i = 0; beside[i]; i++) {
		char path[sizeof(t->path) + 8];

		snprintf(path, sizeof(path), "%s%s", t->path, beside[i]);
		unlink(path);
	}
	free(t);
	return 0;
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static void add_name(struct fixture *t, int64_t caisse,
		     const struct fixture_person *person, const char *name)
{
	char surname[KEY_SIZE], given[KEY_SIZE], sound[KEY_SIZE];

	fold_glued(surname, sizeof(surname), name);
	fold_glued(given, sizeof(given), or_empty(person->first_names));
	fold_phonetic(sound, sizeof(sound), surname);
	assert_true(db_run(t->db, &t->err, NULL,
		"INSERT INTO name_key (caisse, surname, given, person_id, birth)"
		" VALUES ($1, $2, $3, $4, $5)", "ittii", caisse, surname, given,
		person->id, person->birth));
	assert_true(db_run(t->db, &t->err, NULL,
		"INSERT INTO sound_key (caisse, sound, given, person_id, birth)"
		" VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING", "ittii",
		caisse, sound, given, person->id, person->birth));
}

static void add_file(struct fixture *t, int64_t caisse, int64_t id)
{
	assert_true(db_run(t->db, &t->err, NULL,
		"INSERT INTO file (caisse, id, centre, address1, address2,"
		" postcode, city, phone, email, iban, account, c2s, rights_from,"
		" rights_until, message) VALUES ($1, $2, '0001', '12 rue des Lilas',"
		" '', '38000', 'Grenoble', '0639980042', 'eleonore@example.org',"
		" 'FR7699998000010000000000107', 1, 0, 20200101, 20271231, '')",
		"ii", caisse, id));
}

void fixture_person(struct fixture *t, int64_t caisse,
		    const struct fixture_person *person)
{
	const char *nir = person->nir ? person->nir : "2850338185123";

	if (person->id == person->file_id)
		add_file(t, caisse, person->id);
	assert_true(db_run(t->db, &t->err, NULL,
		"INSERT INTO person (caisse, id, file_id, kinship, sex, birth, nir,"
		" name, used_name, first_names, birth_place, vitale_serial)"
		" VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, 'Grenoble',"
		" '0123456789')", "iiiiitttt", caisse, person->id, person->file_id,
		(int64_t)person->kinship, person->birth, nir,
		or_empty(person->name), or_empty(person->used_name),
		or_empty(person->first_names)));
	assert_true(db_run(t->db, &t->err, NULL,
		"INSERT INTO nir_key (caisse, nir, person_id, old)"
		" VALUES ($1, $2, $3, 0)", "iti", caisse, nir, person->id));
	assert_true(db_run(t->db, &t->err, NULL,
		"INSERT INTO birth_key (caisse, birth, person_id)"
		" VALUES ($1, $2, $3)", "iii", caisse, person->birth, person->id));
	add_name(t, caisse, person, or_empty(person->name));
	if (person->used_name)
		add_name(t, caisse, person, person->used_name);
}

void fixture_contact(struct fixture *t, int64_t file_id, int tier)
{
	t->req.contact = (struct req_contact){
		.id = 900, .file_id = file_id, .tier = tier,
		.channel = CHANNEL_COUNTER, .file_caisse = T_CAISSE,
	};
}

bool fixture_call(struct fixture *t, const struct api_op *op, req_handler run,
		  const void *key, const void *body)
{
	rows_fini(&t->out);
	rows_init(&t->out, op->reply ? op->reply->size : 1);
	err_clear(&t->err);
	t->req.op = op;
	t->req.version = t->req.file_id = 0;
	t->req.object[0] = t->req.location[0] = t->req.cursor[0] = '\0';
	t->req.envelope = NULL;
	t->req.extra = NULL;
	return run(&t->req, key, body, &t->out, &t->err);
}

void fixture_refused(const struct fixture *t, int status, const char *word)
{
	assert_int_equal(t->err.status, status);
	assert_string_equal(t->err.word, word);
}
