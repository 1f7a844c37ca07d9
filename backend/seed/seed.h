/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demonstration population of guichetd.  One thread makes families, another
 * writes them; each family is drawn from a generator of its own, so the same
 * size, seed and day give the same rows.
 *
 *     seed.c        options, the two threads, the order of the tables
 *     names.c given.c places.c countries.c offices.c  constant tables
 *     world.c       what all families share: calendar, numbers given
 *     professional.c  who cares for them
 *     household.c person.c  who lives together; names, birth, NIR
 *     persona.c scripts.c   the people of docs/demo.md
 *     file.c rights.c  address, account, habits; what they give right to
 *     care.c care_lines.c income.c payment.c  payments
 *     cards.c requests.c    cards, and the requests that made them
 *     agenda.c bookings.c   when offices receive, and whom
 *     setup.c write.c       the rows of the rest
 */
#ifndef GUICHET_BACKEND_SEED_H
#define GUICHET_BACKEND_SEED_H

#include "../keys.h"
#include "../payline.h"
#include "../tables/tables.h"
#include "rng.h"
#include "tables.h"

#include <guichet/api/card.h>
#include <guichet/api/contact.h>
#include <guichet/api/insured.h>
#include <guichet/api/payment.h>
#include <guichet/api/request.h>

/* `guichetd seed`: read the arguments, make the database, return the exit code. */
int seed_main(int argc, char **argv);

struct seed_options;
/* Make the database that the options ask for.  Errors: ERR_CONFLICT when it has
 * rows already, ERR_INVALID, ERR_SYSTEM. */
bool seed_run(const struct seed_options *options, struct err *err);

#define DAY_MS INT64_C(86400000)
#define SEED_PEOPLE_MAX 12
#define SEED_RIGHTS_MAX 48
#define SEED_CARDS_MAX 40
#define SEED_REQUESTS_MAX 12
#define SEED_CAISSE 1381
#define SEED_CAISSE_2 1731
#define SEED_SHARE_2 50                 /* one insured in 50 is of caisse 2 */
#define SEED_FIRST_2 20000000           /* rank of the first file of caisse 2 */

struct seed_options {
	char db[512];
	int insured;
	int seed;
	int months;
	char today[16];                 /* ISO, or "" : now */
};

/* ---- what all families share ---- */

struct seed_day { int32_t number; int32_t open; }; /* yyyymmdd; next day of payment */

struct seed_world {
	struct seed_options options;
	int64_t now_ms;
	int today;                      /* days since 1970, in Paris */
	int first;                      /* first day of the history of payments */
	int calendar_first, calendar_count;
	struct seed_day *calendar;
	uint64_t *nirs;                 /* open addressing; 0 is free */
	size_t nir_slots;
	uint32_t men[SEED_DECADES][160], women[SEED_DECADES][160];
	uint32_t isere[64], savoie[16], elsewhere[64], countries[32], surnames[400];
	int given_count, isere_count, savoie_count, elsewhere_count, country_count;
	int street_count, insurer_count;
	unsigned serial;                /* of cards and requests, for their ids */
};

void seed_world_init(struct seed_world *world, const struct seed_options *options,
		     int64_t now_ms);
void seed_world_fini(struct seed_world *world);

/* Return the day as yyyymmdd, and the first day on or after `day` on which
 * payments are made; days since 1970. */
int seed_number(const struct seed_world *world, int day);
int seed_open(const struct seed_world *world, int day);

/* Make an identifier of a moment that no other call has given. */
int64_t seed_id(struct seed_world *world, int64_t at_ms);

/* Take a NIR; false when somebody has it. */
bool seed_take_nir(struct seed_world *world, const char nir[14]);

/* Professionals: a kind and a number within it make their identifier. */
enum seed_trade { TRADE_GP, TRADE_SPECIALIST, TRADE_CARDIOLOGIST,
	TRADE_PSYCHIATRIST, TRADE_GYNAECOLOGIST, TRADE_PAEDIATRICIAN,
	TRADE_GERIATRICIAN, TRADE_RADIOLOGIST, TRADE_DENTIST, TRADE_NURSE,
	TRADE_PHYSIO, TRADE_SPEECH, TRADE_PODIATRIST, TRADE_MIDWIFE, TRADE_LAB,
	TRADE_PHARMACY, TRADE_OPTICIAN, TRADE_DEVICES, TRADE_TRANSPORT,
	TRADE_HOSPITAL, TRADE_N };

struct seed_professional {
	int64_t id;
	char name[80];
	const char *specialty, *city;
};

int seed_professional_count(const struct seed_world *world, int caisse,
			    enum seed_trade trade);
int64_t seed_professional_pick(const struct seed_world *world, int caisse,
			       enum seed_trade trade, struct rng *rng);
void seed_professional(int caisse, int64_t id, struct seed_professional *out);

/* ---- a family ---- */

enum seed_ehic { EHIC_NONE, EHIC_VALID, EHIC_ENDING, EHIC_EXPIRED, EHIC_OPEN,
	EHIC_MAKING, EHIC_SENT, EHIC_LOST, EHIC_STOLEN, EHIC_CANCELLED };
enum seed_vitale { VITALE_ACTIVE, VITALE_NONE, VITALE_OPEN, VITALE_PHOTO,
	VITALE_CHECKING, VITALE_REFUSED, VITALE_MAKING, VITALE_SENT, VITALE_LOST,
	VITALE_STOLEN, VITALE_FAULTY };
enum seed_income { INCOME_SICK = 1, INCOME_MATERNITY = 2, INCOME_PATERNITY = 4,
	INCOME_INVALIDITY = 8, INCOME_ANNUITY = 16, INCOME_DEATH = 32,
	INCOME_HELP = 64, INCOME_ACCIDENT = 128 };

struct seed_person {
	int64_t id;
	int kinship, sex, rank;
	bool both_parents;
	int birth;                      /* yyyymmdd, 00 where unknown */
	int birth_day;                  /* days since 1970, unknown counts as 1 */
	int age;
	char nir[14], old_nir[14];      /* old: "" or the replaced number */
	char name[NAME_SIZE], used_name[NAME_SIZE], first_names[NAME_SIZE];
	char birth_place[64];
	char vitale[16];
	bool ald, doctor;
	int64_t doctor_id, pharmacy_id;
	int ehic, vitale_mode;
	unsigned income;                /* enum seed_income */
	int lines_a_year;               /* of payments, about */
	bool rejected;                  /* has a rejected payment, surely */
};

struct seed_right {
	int64_t person_id;
	int kind, from, to;             /* yyyymmdd */
	const char *label;
	char organism[80], number[16];
	bool noemie;
	int rate_pct;
};

struct seed_card {
	int64_t id, person_id, request_id;
	int kind, state;
	char serial[24];
	int ordered, from, to;          /* yyyymmdd */
};

struct seed_request {
	int64_t id, file_id, person_id, agent_id, card_id;
	int64_t lodged_at, updated_at;
	int32_t expected;               /* yyyymmdd */
	int16_t caisse, year;
	int8_t kind, state, missing;
	bool open_order;
	int8_t card_kind;
};

struct seed_payment {
	int64_t id, person_id, professional_id;
	int paid_day;                   /* yyyymmdd */
	int kind, state, reason, payee, act_id; /* reason of a rejection */
	int64_t amount_cts, withheld_cts;
	bool noemie;
	size_t lines, size;             /* bytes in the batch */
};

struct seed_family {
	int64_t id;
	int caisse, index;
	struct rng rng;
	struct seed_person people[SEED_PEOPLE_MAX];
	int people_count;
	char centre[6];
	char address1[NAME_SIZE], address2[NAME_SIZE];
	char postcode[6], city[NAME_SIZE];
	char phone[16], email[NAME_SIZE], iban[32];
	char message[NOTE_SIZE];
	bool account, rights_closed;
	int c2s, rights_from, rights_until;
	const char *insurer;            /* NULL: none */
	char insurer_number[12];
	bool noemie, contact;
	struct seed_right rights[SEED_RIGHTS_MAX];
	int right_count;
	struct seed_card cards[SEED_CARDS_MAX];
	int card_count;
	struct seed_request requests[SEED_REQUESTS_MAX];
	int request_count;
	size_t first_payment, payment_count;
	const struct seed_persona *persona; /* NULL: nobody in particular */
};

#define SEED_BATCH 64

struct seed_batch {
	struct seed_family families[SEED_BATCH];
	int count;
	bool last;
	struct seed_payment *payments;
	size_t payment_count, payment_size;
	unsigned char *lines;
	size_t line_bytes, line_size;
};

/* ---- the steps, each for one family ---- */

/* The identifier of the file of rank `index` in the caisse, and of its person. */
int64_t seed_file_id(int index);
int64_t seed_person_id(int64_t file_id, int rank);

/* Give a person of this sex, born on `birth_day`, a name, a place and a NIR.
 * `surname` is kept when it is not NULL. */
void seed_person_draw(struct seed_world *world, struct rng *rng,
		      struct seed_person *person, int birth_day,
		      const char *surname);
void seed_surname(const struct seed_world *world, struct rng *rng,
		  char out[NAME_SIZE]);
const char *seed_given_name(const struct seed_world *world, struct rng *rng,
			    int sex, int birth_day);
void seed_nir(struct seed_world *world, struct rng *rng,
	      struct seed_person *person, const char *place, int month);

/* Draw the next household: 1 or 2 files (`room` at most) from file `index`. */
int seed_household(struct seed_world *world, int caisse, int index, int room,
		   struct seed_family *out[2]);

/* Address, bank, rights, doctor, habits; then what follows from them. */
void seed_address(const struct seed_world *world, struct seed_family *family);
void seed_contact_means(struct seed_family *family);
void seed_file(struct seed_world *world, struct seed_family *family);
void seed_rights(const struct seed_world *world, struct seed_family *family);
void seed_cards(struct seed_world *world, struct seed_family *family);
void seed_care(const struct seed_world *world, struct seed_family *family,
	       struct seed_batch *batch);
void seed_income(const struct seed_world *world, struct seed_family *family,
		 struct seed_batch *batch);

/* People that docs/demo.md promises, in files 0..seed_persona_count()-1, and in
 * the first one of caisse 2. */
int seed_persona_count(void);
void seed_persona(struct seed_world *world, int index,
		  struct seed_family *family);
void seed_persona_payments(const struct seed_world *world,
			   struct seed_family *family, struct seed_batch *batch);
/* Not after this day has a persona with scripted payments others; or today. */
int seed_persona_until(const struct seed_world *world,
		       const struct seed_family *family);

/* Add a payment made on `day` with `count` lines to the batch. */
void seed_payment_add(const struct seed_world *world, struct seed_family *family,
		      struct seed_batch *batch, const struct seed_payment *payment,
		      int day, const struct payline *lines, int count);

/* ---- rows ---- */

bool seed_setup(struct db *db, const struct seed_world *world, struct err *err);
bool seed_write(struct db *db, const struct seed_world *world,
		const struct seed_batch *batch, struct err *err);

/* Requests are numbered in the order of their day, once all are known. */
struct seed_requests { struct seed_request *rows; size_t count, size; };
void seed_requests_add(struct seed_requests *all, const struct seed_family *family);
bool seed_requests_write(struct seed_requests *all, struct db *db, struct err *err);
bool seed_agenda(struct db *db, const struct seed_world *world, struct err *err);

int64_t seed_office_id(int row);
int64_t seed_agent_id(int row);

#endif
