/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The people of docs/demo.md, one row a file: the same in every population of a
 * hundred insured or more.  All are made up. */
#include "persona.h"

#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

/* What a name must survive: an escape sequence, a line end, a reversal of the
 * direction of writing, and a length. */
#define HOSTILE_NAME "\x1b[31mROUGE\x1b[2J \xe2\x80\xae""EDIPATS\nLIGNE"
#define HOSTILE_FIRST "Zo\xcc\x88\xcc\x81\xcc\x88\x1b]0;titre\x07"
#define HOSTILE_STREET "12 rue\x0d de l'\x1b[5mÉclair \xe2\x80\xaeTIORD \x7f\xc2\x9b" "1m"
#define TEN "dix lettre"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const struct seed_member martin[] = {
	{ "Jean", KIN_CHILD, SEX_M, 20120509, "1120538185044", 1, .both = true,
	  .ehic = EHIC_EXPIRED },
	{ "Louise", KIN_CHILD, SEX_F, 20180917, "2180938185131", 1, .both = true },
	{ 0 },
};
static const struct seed_member twins[] = {
	{ "Léa", KIN_CHILD, SEX_F, 20190211, "2190238185208", 1, .both = false },
	{ "Zoé", KIN_CHILD, SEX_F, 20190211, "2190238185209", 2, .both = false },
	{ 0 },
};
static const struct seed_member faure[] = {
	{ "Théo", KIN_CHILD, SEX_M, 20130603, "1130638563017", 1, .both = false },
	{ "Manon", KIN_CHILD, SEX_F, 20160121, "2160138563008", 1, .both = false },
	{ 0 },
};
static const struct seed_member diallo[] = {
	{ "Mamadou", KIN_CHILD, SEX_M, 20090312, "1090338421051", 1,
	  .vitale = VITALE_ACTIVE },
	{ "Fatoumata", KIN_CHILD, SEX_F, 20110825, "2110838421077", 1, .both = false },
	{ "Ibrahim", KIN_CHILD, SEX_M, 20130114, "1130138421009", 1, .both = false },
	{ "Aïssata", KIN_CHILD, SEX_F, 20141130, "2141138421112", 1, .both = false },
	{ "Ousmane", KIN_CHILD, SEX_M, 20160705, "1160738421063", 1, .both = false },
	{ "Mariama", KIN_CHILD, SEX_F, 20180419, "2180438421040", 1, .both = false },
	{ "Oumar", KIN_CHILD, SEX_M, 20210222, "1210238421018", 1, .both = false },
	{ "Awa", KIN_CHILD, SEX_F, 20240930, "2240938421095", 1, .both = false },
	{ 0 },
};
static const struct seed_member andre[] = {
	{ "Gabriel", KIN_CHILD, SEX_M, 20250311, "1250338185066", 1, .both = false },
	{ 0 },
};
static const struct seed_member simon[] = {
	/* Registered under the number of the mother, as old files have a few. */
	{ "Romane", KIN_CHILD, SEX_F, 20210604, "2900138544021", 1, .both = false },
	{ 0 },
};
static const struct seed_member leroy[] = {
	{ "Ginette", KIN_SPOUSE, SEX_F, 19491008, "2491038053014", 1,
	  .vitale = VITALE_ACTIVE },
	{ 0 },
};

static const struct seed_persona personas[] = {
	{ "DUPONT", "MARTIN", "Éléonore", SEX_F, 19850314, "2850345234123",
	  "Orléans", "14 rue des Alpes", "38000", "Grenoble",
	  .members = martin, .doctor = true, .insurer = true, .scripted = true,
	  .serial = "2503456789", .phone = "0639980042",
	  .vitale = VITALE_ACTIVE },
	{ "MARTIN", "", "Thomas", SEX_M, 19830722, "1830769383210", "Lyon",
	  "14 rue des Alpes", "38000", "Grenoble",
	  .members = martin, .doctor = true, .insurer = true, .scripted = true },
	{ "LEFÈVRE", "", "Jean", SEX_M, 19580402, "1580438185077", "Grenoble",
	  "3 quai des Vergers", "38000", "Grenoble", .doctor = true,
	  .insurer = true, .ehic = EHIC_OPEN },
	{ "LEFEBVRE", "", "Jeanne", SEX_F, 19600518, "2600538544039", "Vienne",
	  "27 rue Pasteur", "38200", "Vienne", .doctor = true, .insurer = true },
	{ "N'GUYEN", "", "Noël", SEX_M, 19781225, "1781238185210", "Grenoble",
	  "8 avenue Jean Jaurès", "38400", "Saint-Martin-d'Hères",
	  .doctor = true, .insurer = true, .income = INCOME_SICK },
	{ "DUPONT", "", "Marie", SEX_F, 19910726, "2910738185162", "Grenoble",
	  "51 cours de la Libération", "38000", "Grenoble", .doctor = true,
	  .insurer = true, .vitale = VITALE_PHOTO },
	{ "ROUSSEAU", "", "Camille", SEX_F, 19880930, "2880938563054", "Voiron",
	  "6 rue du Moulin", "38500", "Voiron", .members = twins,
	  .doctor = true, .insurer = true },
	{ "PAOLI", "", "Ghjuvan", SEX_M, 19820619, "182062A004045", "Ajaccio",
	  "2 montée du Château", "38200", "Vienne", .doctor = true,
	  .insurer = true },
	{ "BENALI", "HADDAD", "Fatima", SEX_F, 19520000, "2522099352014",
	  "Algérie", "40 rue Stendhal", "38130", "Échirolles", .doctor = true,
	  .ald = true, .insurer = true },
	{ "TRAORÉ", "", "Moussa", SEX_M, 19940117, "1940199335102", "Mali",
	  "19 rue Ampère", "38600", "Fontaine", .old_nir = "7940199335102",
	  .doctor = true, .c2s = C2S_PAID },
	{ "POPESCU", "", "Ioana", SEX_F, 19970905, "8970999114033", "Roumanie",
	  "5 impasse des Noyers", "38300", "Bourgoin-Jallieu",
	  .vitale = VITALE_NONE },
	{ "GIRARD", "", "Paul", SEX_M, 19750211, "1750238421088",
	  "Saint-Martin-d'Hères", "33 rue Émile Zola", "38400",
	  "Saint-Martin-d'Hères", .insurer = true },
	{ "MOREL", "", "Sylvie", SEX_F, 19690628, "2690638185301", "Grenoble",
	  "77 boulevard Gambetta", "38000", "Grenoble", .doctor = true,
	  .closed = true },
	{ "BERNARD", "", "Claire", SEX_F, 19801104, "2801138229012", "Meylan",
	  "10 chemin des Vignes", "38240", "Meylan", .doctor = true,
	  .insurer = true, .ehic = EHIC_VALID },
	{ "PETIT", "", "Hugo", SEX_M, 19960323, "1960338053120",
	  "Bourgoin-Jallieu", "1 place de l'Église", "38300", "Bourgoin-Jallieu",
	  .doctor = true, .insurer = true, .ehic = EHIC_ENDING },
	{ "ROUX", "", "Inès", SEX_F, 20000815, "2000838185244", "Grenoble",
	  "62 rue Lesdiguières", "38000", "Grenoble", .doctor = true,
	  .insurer = true, .ehic = EHIC_MAKING },
	{ "GARCIA", "", "Luis", SEX_M, 20060210, "1060238544006", "Vienne",
	  "9 rue des Écoles", "38200", "Vienne", .doctor = true,
	  .insurer = true, .vitale = VITALE_OPEN },
	{ "FAURE", "", "Nathalie", SEX_F, 19820817, "2820838563133", "Voiron",
	  "15 rue du Vercors", "38500", "Voiron", .members = faure,
	  .doctor = true, .insurer = true },
	{ "DIALLO", "", "Aminata", SEX_F, 19840502, "2840599341076", "Sénégal",
	  "4 square des Fusillés", "38400", "Saint-Martin-d'Hères",
	  .members = diallo, .doctor = true, .c2s = C2S_FREE },
	{ "CHEVALLIER", "", "Lucas", SEX_M, 19870120, "1870138185017", "Grenoble",
	  "88 avenue de la Gare", "38000", "Grenoble", .doctor = true,
	  .insurer = true, .rejected = true },
	{ "MERCIER", "", "Sandrine", SEX_F, 19790909, "2790938053061",
	  "Bourgoin-Jallieu", "21 rue de Belledonne", "38110", "La Tour-du-Pin",
	  .doctor = true, .insurer = true, .income = INCOME_SICK },
	{ "BLANC", "", "Gérard", SEX_M, 19660413, "1660438544102", "Vienne",
	  "7 route de Lyon", "38150", "Roussillon", .doctor = true, .ald = true,
	  .insurer = true, .income = INCOME_INVALIDITY, .sensitive = true },
	{ "ANDRÉ", "", "Mélanie", SEX_F, 19941212, "2941238185190", "Grenoble",
	  "30 rue Champollion", "38130", "Échirolles", .members = andre,
	  .doctor = true, .c2s = C2S_FREE },
	{ "MARTIN", "", "Jean", SEX_M, 19500112, "1500138185004", "Grenoble",
	  "2 allée des Tilleuls", "38000", "Grenoble", .doctor = true,
	  .ald = true, .insurer = true },
	{ "MARTIN", "", "Jean", SEX_M, 19501130, "1501138563011", "Voiron",
	  "45 rue Victor Hugo", "38500", "Voiron", .doctor = true,
	  .insurer = true },
	{ "MARTIN", "", "Jean", SEX_M, 19870603, "1870638544055", "Vienne",
	  "16 rue Marie Curie", "38200", "Vienne", .doctor = true,
	  .insurer = true },
	{ HOSTILE_NAME, "", HOSTILE_FIRST, SEX_M, 19900101, "1900138185500",
	  "Grenoble", HOSTILE_STREET, "38000", "Grenoble", .doctor = true,
	  .insurer = true, .message = "\x1b[2J\x1b[H\xe2\x80\xae" HUNDRED "\n"
	  HUNDRED "\n" HUNDRED },
	{ "SIMON", "", "Huguette", SEX_F, 19900123, "2900138544021", "Vienne",
	  "11 rue du 8 Mai 1945", "38200", "Vienne", .members = simon,
	  .doctor = true, .insurer = true },
	{ "LEROY", "", "Bernard", SEX_M, 19480305, "1480338053033",
	  "Bourgoin-Jallieu", "60 avenue du Drac", "38300", "Bourgoin-Jallieu",
	  .members = leroy, .doctor = true, .insurer = true,
	  .income = INCOME_ANNUITY | INCOME_DEATH, .vitale = VITALE_LOST },
};

/* Of the second caisse: who may be met on a journey. */
static const struct seed_persona neighbour = {
	"VIONNET", "", "Chantal", SEX_F, 19570509, "2570573065014", "Chambéry",
	"6 place Monge", "73000", "Chambéry", .phone = "0639980073",
	.doctor = true, .insurer = true,
};

#define PERSONAS (int)(sizeof(personas) / sizeof(*personas))

int seed_persona_count(void)
{
	return PERSONAS;
}

static int day_of(int birth)
{
	struct date date = { birth / 10000, birth / 100 % 100, birth % 100 };

	if (!date.month)
		date.month = 1;
	if (!date.day)
		date.day = 1;
	return (int)date_to_days(date);
}

static void habits(const struct seed_world *world, struct seed_family *family,
		   struct seed_person *person)
{
	person->birth_day = day_of(person->birth);
	person->age = (int)((world->today - person->birth_day) / 365.25);
	person->doctor_id = seed_professional_pick(world, family->caisse, TRADE_GP,
						   &family->rng);
	person->pharmacy_id = seed_professional_pick(world, family->caisse,
						     TRADE_PHARMACY, &family->rng);
	person->lines_a_year = person->age < 18 ? 18 : person->age < 60 ? 45 : 80;
}

static struct seed_person *add(struct seed_family *family)
{
	struct seed_person *person = &family->people[family->people_count];

	*person = (struct seed_person){ .rank = 1 };
	person->id = seed_person_id(family->id, family->people_count++);
	return person;
}

static void put_insured(struct seed_world *world, struct seed_family *family,
			const struct seed_persona *row)
{
	struct seed_person *person = add(family);

	person->kinship = KIN_INSURED;
	person->sex = row->sex;
	person->birth = row->birth;
	text_copy(person->nir, sizeof(person->nir), row->nir);
	if (row->old_nir)
		text_copy(person->old_nir, sizeof(person->old_nir), row->old_nir);
	text_copy(person->name, sizeof(person->name), row->name);
	text_copy(person->used_name, sizeof(person->used_name), row->used_name);
	text_copy(person->first_names, sizeof(person->first_names),
		  row->first_names);
	text_copy(person->birth_place, sizeof(person->birth_place), row->place);
	person->doctor = row->doctor;
	person->ald = row->ald;
	person->ehic = row->ehic;
	person->vitale_mode = row->vitale;
	person->income = row->income;
	person->rejected = row->rejected;
	if (row->serial)
		text_copy(person->vitale, sizeof(person->vitale), row->serial);
	habits(world, family, person);
	seed_take_nir(world, person->nir);
}

static void put_member(struct seed_world *world, struct seed_family *family,
		       const struct seed_persona *row,
		       const struct seed_member *member)
{
	struct seed_person *person = add(family);
	const char *surname = row->used_name[0] ? row->used_name : row->name;

	person->kinship = member->kinship;
	person->sex = member->sex;
	person->birth = member->birth;
	person->rank = member->rank;
	person->both_parents = member->both;
	text_copy(person->nir, sizeof(person->nir), member->nir);
	text_copy(person->name, sizeof(person->name), surname);
	text_copy(person->first_names, sizeof(person->first_names),
		  member->first_names);
	text_copy(person->birth_place, sizeof(person->birth_place), "Grenoble");
	person->ehic = member->ehic;
	person->vitale_mode = member->vitale ? member->vitale : VITALE_NONE;
	habits(world, family, person);
	if (member->kinship == KIN_SPOUSE)
		person->doctor = true;
	if (person->age >= 16)
		person->vitale_mode = VITALE_ACTIVE;
	seed_take_nir(world, person->nir);
}

void seed_persona(struct seed_world *world, int index, struct seed_family *family)
{
	const struct seed_persona *row = index == SEED_FIRST_2 ? &neighbour :
		&personas[index];
	int year = seed_number(world, world->today) / 10000;

	family->persona = row;
	family->rng.state = rng_mix((uint64_t)index + 20260000);
	put_insured(world, family, row);
	for (const struct seed_member *member = row->members;
	     member && member->first_names; member++)
		put_member(world, family, row, member);
	seed_contact_means(family);
	text_copy(family->address1, sizeof(family->address1), row->address1);
	text_copy(family->postcode, sizeof(family->postcode), row->postcode);
	text_copy(family->city, sizeof(family->city), row->city);
	snprintf(family->phone, sizeof(family->phone), "06399800%02d", index);
	if (row->phone)
		text_copy(family->phone, sizeof(family->phone), row->phone);
	family->account = true;
	snprintf(family->centre, sizeof(family->centre), "0001");
	family->c2s = row->c2s;
	if (row->insurer) {
		family->insurer = seed_insurers[index % 8];
		family->noemie = true;
	}
	if (row->message)
		text_copy(family->message, sizeof(family->message), row->message);
	family->rights_from = 20160101;
	family->rights_closed = row->closed;
	family->rights_until = row->closed ?
		seed_number(world, world->today - 45) : year * 10000 + 1231;
	family->contact = true;
}
