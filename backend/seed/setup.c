/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is there before anybody: caisses, agents, offices, reasons, tariffs. */
#include "seed.h"
#include "agenda.h"
#include "../tables/tables.h"
#include "../totp.h"

#include <guichet/base/clock.h>

#include <stdio.h>
#include <string.h>

#define SETUP_ID_MS INT64_C(1577840400000)      /* 1 January 2020 */

/* "guichet-demo", at the cost of password_hash(): a cheaper one would tell known
 * logins by the time of a refusal.  A password that is in the manual needs no
 * salt of its own. */
#define DEMO_PASSWORD "$argon2id$v=19$m=65536,t=2,p=1$Z3VpY2hldCBkZW1vIDAwMQ$" \
	"48ktqKFsksARuzTyqPNUq7JOH7GMH8vPQIeurw4Okyg"

/* The secret is that of the test vectors of RFC 6238: in the manual as well. */
#define WITH_SECOND_FACTOR "k.robin"
static const unsigned char demo_secret[TOTP_SECRET_SIZE + 1] =
	"12345678901234567890";

int64_t seed_office_id(int row)
{
	return id_at(SETUP_ID_MS, (unsigned)row + 1);
}

int64_t seed_agent_id(int row)
{
	return id_at(SETUP_ID_MS + 1000, (unsigned)row + 1);
}

static bool put_settings(struct db *db, const struct seed_world *world,
			 struct err *err)
{
	char size[16], seed[16], today[16];

	snprintf(size, sizeof(size), "%d", world->options.insured);
	snprintf(seed, sizeof(seed), "%d", world->options.seed);
	snprintf(today, sizeof(today), "%d", seed_number(world, world->today));
	return db_run(db, err, NULL,
		      "INSERT INTO setting (name, value) VALUES"
		      " ('demo.insured', $1), ('demo.seed', $2),"
		      " ('demo.today', $3)", "ttt", size, seed, today);
}

static bool put_caisses(struct db *db, struct err *err)
{
	return db_run(db, err, NULL,
		      "INSERT INTO caisse (code, name, department) VALUES"
		      " ($1, 'CPAM de l''Isère', '38'),"
		      " ($2, 'CPAM de la Savoie', '73')", "ii",
		      (int64_t)SEED_CAISSE, (int64_t)SEED_CAISSE_2);
}

static bool put_agents(struct db *db, struct err *err)
{
	for (int row = 0; seed_agents[row].login; row++) {
		const struct seed_agent *agent = &seed_agents[row];

		if (!db_run(db, err, NULL,
			    "INSERT INTO agent (caisse, id, login, display_name,"
			    " role, office_id, password, nir) VALUES ($1, $2, $3, $4,"
			    " $5, $6, $7, $8)", "iittiitt", (int64_t)agent->caisse,
			    seed_agent_id(row), agent->login, agent->display_name,
			    (int64_t)agent->role, seed_office_id(agent->office),
			    DEMO_PASSWORD, agent->nir ? agent->nir : ""))
			return false;
		if (strcmp(agent->login, WITH_SECOND_FACTOR) == 0 &&
		    !totp_set(db, agent->caisse, seed_agent_id(row), demo_secret,
			      err))
			return false;
	}
	return true;
}

static bool put_offices(struct db *db, struct err *err)
{
	for (int row = 0; seed_offices[row].name; row++) {
		const struct seed_office *office = &seed_offices[row];
		char phone[16];

		snprintf(phone, sizeof(phone), "01990000%02d", 10 + row);
		if (!db_run(db, err, NULL,
			    "INSERT INTO office (caisse, id, name, address,"
			    " postcode, city, phone, desks, east_m, north_m) VALUES"
			    " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
			    "iitttttiii", (int64_t)office->caisse,
			    seed_office_id(row), office->name, office->address,
			    office->postcode, office->city, phone,
			    (int64_t)office->desks, (int64_t)office->east_m,
			    (int64_t)office->north_m))
			return false;
	}
	return true;
}

static bool put_postcodes(struct db *db, const struct seed_town *town,
			  struct err *err)
{
	for (; town->insee; town++) {
		if (!db_run(db, err, NULL,
			    "INSERT INTO postcode (postcode, east_m, north_m)"
			    " VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", "tii",
			    town->postcode, (int64_t)town->east_m,
			    (int64_t)town->north_m))
			return false;
	}
	return true;
}

static bool put_openings(struct db *db, const struct seed_world *world,
			 struct err *err)
{
	struct opening opening;
	int id = 0;

	for (int row = 0; seed_openings[row].weekdays; row++) {
		const struct seed_opening *rule = &seed_openings[row];

		for (const char *day = rule->weekdays; *day; day++) {
			seed_opening_on(world, rule, *day - '0', &opening);
			if (!db_run(db, err, NULL,
				    "INSERT INTO opening (caisse, office_id, id,"
				    " desk, rule, weekday, n, day, open_minute,"
				    " close_minute) VALUES ($1, $2, $3, $4, $5, $6,"
				    " $7, $8, $9, $10)", "iiiiiiiiii",
				    (int64_t)seed_offices[rule->office].caisse,
				    seed_office_id(rule->office), (int64_t)++id,
				    (int64_t)opening.desk, (int64_t)opening.rule,
				    (int64_t)opening.weekday, (int64_t)opening.n,
				    opening.day, (int64_t)opening.open_minute,
				    (int64_t)opening.close_minute))
				return false;
		}
	}
	return true;
}

static bool put_absences(struct db *db, const struct seed_world *world,
			 struct err *err)
{
	for (int row = 0; seed_absences[row].label; row++) {
		const struct seed_absence *absence = &seed_absences[row];
		int64_t from, to;

		seed_absence_span(world, absence, &from, &to);
		if (!db_run(db, err, NULL,
			    "INSERT INTO absence (caisse, office_id, id, desk,"
			    " starts_at, ends_at, label) VALUES ($1, $2, $3, $4,"
			    " $5, $6, $7)", "iiiiiit",
			    (int64_t)seed_offices[absence->office].caisse,
			    seed_office_id(absence->office), (int64_t)row + 1,
			    (int64_t)absence->desk, from, to, absence->label))
			return false;
	}
	return true;
}

static bool put_professionals(struct db *db, const struct seed_world *world,
			      int caisse, struct err *err)
{
	for (int trade = 0; trade < TRADE_N; trade++) {
		int count = seed_professional_count(world, caisse, trade);

		for (int at = 1; at <= count; at++) {
			struct seed_professional who;

			seed_professional(caisse, trade * 1000 + at, &who);
			if (!db_run(db, err, NULL,
				    "INSERT INTO professional (caisse, id, name,"
				    " specialty, city) VALUES ($1, $2, $3, $4, $5)",
				    "iittt", (int64_t)caisse, who.id, who.name,
				    who.specialty, who.city))
				return false;
		}
	}
	return true;
}

bool seed_setup(struct db *db, const struct seed_world *world, struct err *err)
{
	return put_settings(db, world, err) && put_caisses(db, err) &&
		put_agents(db, err) && put_offices(db, err) &&
		put_postcodes(db, seed_isere, err) &&
		put_postcodes(db, seed_savoie, err) &&
		put_openings(db, world, err) && put_absences(db, world, err) &&
		tables_insert_reasons(db, SEED_CAISSE, err) &&
		tables_insert_reasons(db, SEED_CAISSE_2, err) && tables_insert(db, err) &&
		put_professionals(db, world, SEED_CAISSE, err) &&
		put_professionals(db, world, SEED_CAISSE_2, err);
}
