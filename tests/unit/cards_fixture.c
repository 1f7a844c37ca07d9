/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cards_fixture.h"
#include "rules.h"
#include "setting.h"

static const char *const places[] = {
	"INSERT INTO office (caisse, id, name, address, postcode, city, phone,"
	" desks, good_friday, east_m, north_m) VALUES"
	" (1381, 21, 'Grenoble', '2 rue des Alliés', '38000', 'Grenoble', '3646',"
	" 2, 0, 0, 0),"
	" (1381, 22, 'Voiron', '1 place Jaurès', '38500', 'Voiron', '3646',"
	" 1, 1, 0, 25000),"
	" (1381, 23, 'Vienne', '5 cours Brillier', '38200', 'Vienne', '3646',"
	" 1, 0, -80000, 0)",
	"INSERT INTO opening (caisse, office_id, id, desk, rule, weekday, n, day,"
	" open_minute, close_minute) VALUES"
	" (1381, 21, 1, 0, 0, 1, 0, 0, 540, 720), (1381, 21, 2, 0, 0, 2, 0, 0, 540, 720),"
	" (1381, 21, 3, 0, 0, 3, 0, 0, 540, 720), (1381, 21, 4, 0, 0, 4, 0, 0, 540, 720),"
	" (1381, 21, 5, 0, 0, 5, 0, 0, 540, 720),"
	" (1381, 22, 1, 1, 0, 1, 0, 0, 540, 720), (1381, 22, 2, 1, 0, 5, 0, 0, 540, 720),"
	" (1381, 23, 1, 1, 0, 1, 0, 0, 540, 720)",
	"INSERT INTO postcode (postcode, east_m, north_m) VALUES"
	" ('38000', 0, 500), ('38500', 0, 24000), ('38200', -79000, 0)",
	/* counter and phone: channels 3; every role: 7 */
	"INSERT INTO reason (caisse, code, position, label, minutes, channels,"
	" roles, pieces) VALUES"
	" (1381, 'C2S', 1, 'Complémentaire santé solidaire', 30, 3, 7,"
	" 'avis d''imposition'),"
	" (1381, 'VITALE', 2, 'Carte Vitale', 15, 1, 7, 'photo'),"
	" (1381, 'SMED', 3, 'Service médical', 20, 1, 4, '')",
	NULL,
};

static const struct fixture_person people[] = {
	{ .id = T_MOTHER, .file_id = T_MOTHER, .kinship = KIN_INSURED,
	  .birth = 19850314, .nir = "2850338185123", .name = "DUPONT",
	  .used_name = "MARTIN", .first_names = "Éléonore Zoé" },
	{ .id = T_SON, .file_id = T_MOTHER, .kinship = KIN_CHILD,
	  .birth = 20120505, .nir = "1120538185124", .name = "MARTIN",
	  .first_names = "Jean" },
	{ .id = T_DAUGHTER, .file_id = T_MOTHER, .kinship = KIN_CHILD,
	  .birth = 20160505, .nir = "2160538185125", .name = "MARTIN",
	  .first_names = "Léa-Noëlle" },
	{ .id = T_ELDER, .file_id = T_MOTHER, .kinship = KIN_CHILD,
	  .birth = 20090101, .nir = "1090138185126", .name = "MARTIN",
	  .first_names = "Paul" },
	{ .id = T_STRANGER, .file_id = T_STRANGER, .kinship = KIN_INSURED,
	  .birth = 19700101, .nir = "1700138185127", .name = "D'ÂGE",
	  .first_names = "Noël" },
};

int cards_setup(void **state)
{
	struct fixture *t;

	if (fixture_setup(state) != 0)
		return -1;
	t = *state;
	assert_true(rules_insert(t->db, &t->err));
	assert_true(setting_prepare(t->db, &t->err));
	for (size_t i = 0; i < N_ROWS(people); i++)
		fixture_person(t, T_CAISSE, &people[i]);
	fixture_run(t, places);
	fixture_contact(t, T_MOTHER, TIER_SIMPLE);
	return 0;
}

int64_t november(int day, int hour, int minute)
{
	return zone_moment(ZONE_PARIS, (struct date){ 2026, 11, day },
			   hour * 60 + minute);
}

void t_agent(struct fixture *t, int64_t agent_id)
{
	t->req.agent_id = agent_id;
}

void t_now(struct fixture *t, int64_t now_ms)
{
	t->req.now_ms = t->req.steady_ms = now_ms;
	t->req.today = zone_date(t->req.zone, now_ms, NULL);
}

const char *t_id(char out[ID_TEXT], int64_t id)
{
	id_format(id, out);
	return out;
}

int64_t t_count(struct fixture *t, const char *sql)
{
	struct db_stmt *stmt = db_query(t->db, &t->err, sql, "");
	int64_t count;

	assert_non_null(stmt);
	assert_true(db_next(stmt, &t->err));
	count = db_int(stmt, 0);
	db_done(stmt);
	return count;
}
