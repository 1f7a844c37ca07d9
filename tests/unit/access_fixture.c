/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access_fixture.h"

#include "auth.h"
#include "handlers/handlers.h"

#include <stdio.h>
#include <string.h>

static const char *const rows[] = {
	"INSERT INTO caisse (code, name, department)"
	" VALUES (1751, 'CPAM de Paris', '75')",
	"UPDATE agent SET nir = '" NIR_AGENT "' WHERE id = 11",
	"INSERT INTO agent (caisse, id, login, display_name, role, office_id,"
	" password) VALUES (1381, 31, 'mgirard', 'M. Girard', 2, 21, ''),"
	" (1381, 32, 'bcolin', 'B. Colin', 2, 21, ''),"
	" (1751, 41, 'fblanc', 'F. Blanc', 0, 51, '')",
	"INSERT INTO office (caisse, id, name, address, postcode, city, phone,"
	" desks, east_m, north_m) VALUES (1381, 21, 'Grenoble', '', '38000',"
	" 'Grenoble', '', 3, 0, 0)",
	"INSERT INTO session (token, caisse, agent_id, office_id, channel, desk,"
	" created_at, seen_at, expires_at) VALUES (x'00', 1381, 11, 21, 0, '3',"
	" 0, 0, 0)",
	"UPDATE file SET sensitive = 1 WHERE id IN (103, 202)",
	NULL,
};

static const struct {
	int64_t caisse;
	struct fixture_person person;
} people[] = {
	{ T_CAISSE, { T_FILE, T_FILE, KIN_INSURED, 19850314, NIR_HERE, "Dupont",
		NULL, "Éléonore" } },
	{ T_CAISSE, { T_OWN, T_OWN, KIN_INSURED, 19890101, "2890138185001",
		"Petit", NULL, "Anne" } },
	{ T_CAISSE, { 112, T_OWN, KIN_SPOUSE, 19960323, NIR_AGENT, "Petit", NULL,
		"Hugo" } },
	{ T_CAISSE, { T_SENSITIVE, T_SENSITIVE, KIN_INSURED, 19660413,
		"1660438544102", "Blanc", NULL, "Gérard" } },
	{ T_OTHER_CAISSE, { T_FOREIGN, T_FOREIGN, KIN_INSURED, 19570509,
		NIR_FOREIGN, "Vionnet", NULL, "Chantal" } },
	{ T_OTHER_CAISSE, { T_FOREIGN_SENSITIVE, T_FOREIGN_SENSITIVE,
		KIN_INSURED, 19660413, NIR_FOREIGN_SENSITIVE, "Roche", NULL,
		"Luc" } },
};

int access_setup(void **state)
{
	struct db_blob token = { 0 };
	struct fixture *t;

	fixture_setup(state);
	t = *state;
	for (size_t i = 0; i < N_ROWS(people); i++)
		fixture_person(t, people[i].caisse, &people[i].person);
	fixture_run(t, rows);
	token = (struct db_blob){ t->req.token, TOKEN_HASH_SIZE };
	assert_true(db_run(t->db, &t->err, NULL, "UPDATE session SET token = $1",
			   "b", &token));
	return 0;
}

void access_become(struct fixture *t, int64_t agent_id, int role)
{
	t->req.agent_id = agent_id;
	t->req.role = role;
}

void access_confirmed(struct fixture *t)
{
	assert_true(db_run(t->db, &t->err, NULL,
			   "UPDATE session SET confirmed_at = $1", "i",
			   t->req.now_ms));
}

bool access_open(struct fixture *t, int64_t file_id)
{
	struct contact_new from = {
		.channel = CHANNEL_COUNTER, .reason = -1, .motive = -1,
	};

	id_format(file_id, from.insured_id);
	return fixture_call(t, &api_contact_create, contact_create, NULL, &from);
}

bool access_glass(struct fixture *t, const char *nir)
{
	struct break_glass_new body = { .reason = ACCESS_PASSING,
		.reference = "T-12" };

	snprintf(body.nir, sizeof(body.nir), "%s", nir);
	return fixture_call(t, &api_break_glass_create, break_glass_create, NULL,
			    &body);
}

bool access_grant(struct fixture *t, int64_t file_id, const char *agent)
{
	struct grant_new body = { .reason = ACCESS_COMPLAINT,
		.reference = "R-118" };

	id_format(file_id, body.insured_id);
	snprintf(body.agent, sizeof(body.agent), "%s", agent);
	return fixture_call(t, &api_grant_create, grant_create, NULL, &body);
}

int64_t access_number(struct fixture *t, const char *sql)
{
	struct db_stmt *stmt = db_query(t->db, &t->err, sql, "");
	int64_t number;

	assert_true(db_next(stmt, &t->err));
	number = db_int(stmt, 0);
	db_done(stmt);
	return number;
}
