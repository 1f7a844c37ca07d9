/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons by name: exact, then by the start of the surname, then by sound. */
#include "search.h"

#include <guichet/base/fold.h>

#include <stdio.h>
#include <string.h>

#define PREFIX_MIN 2                    /* letters of a surname not complete */
#define SHORT_LIST 5                    /* under it, sounds are tried too */
#define BIRTH_MAX 99999999              /* no birth is after it, yyyymmdd */
#define KEYS_MAX (4 * (SEARCH_MAX + 1)) /* a person has two keys */

struct finder {
	struct req *req;
	const struct asked *asked;
	struct hits *hits;
	int by;                         /* enum found_by */
	int64_t born_from, born_to;     /* yyyymmdd, both included */
	size_t split_count;
	struct name_split splits[SEARCH_SPLITS];
	char sounds[SEARCH_SPLITS][SEARCH_WORD_SIZE];   /* of their surnames */
};

/* The smallest key after all those that start with `prefix`; folded forms have
 * no byte above 'Z'. */
static void after_prefix(const char *prefix, char out[SEARCH_WORD_SIZE + 1])
{
	snprintf(out, SEARCH_WORD_SIZE + 1, "%s\x7f", prefix);
}

/* Add the persons of column 0 until the list is full. */
static bool add_all(struct finder *f, struct db_stmt *stmt, struct err *err)
{
	while (db_next(stmt, err) && hits_add(f->hits, db_int(stmt, 0), f->by))
		;
	db_done(stmt);
	return err->code == ERR_NONE;
}

/* `sql`: SEARCH_SURNAME or SEARCH_SOUND, which take the same parameters. */
static bool add_surname(struct finder *f, int sql, const char *surname,
			const char *given, struct err *err)
{
	char given_end[SEARCH_WORD_SIZE + 1];

	after_prefix(given, given_end);
	return add_all(f, db_query(f->req->db, err, search_sql[sql], "itttiii",
				   f->req->caisse, surname, given, given_end,
				   f->born_from, f->born_to, (int64_t)KEYS_MAX),
		       err);
}

static bool add_exact(struct finder *f, struct err *err)
{
	for (size_t i = 0; i < f->split_count && !f->hits->more; i++) {
		if (!add_surname(f, SEARCH_SURNAME, f->splits[i].surname,
				 f->splits[i].given, err))
			return false;
	}
	return true;
}

/* The keys between hold the first name: going through them costs less than
 * looking for each surname, most of which have few bearers. */
static bool add_prefixes(struct finder *f, struct err *err)
{
	char end[SEARCH_WORD_SIZE + 1], given_end[SEARCH_WORD_SIZE + 1];

	for (size_t i = 0; i < f->split_count && !f->hits->more; i++) {
		const struct name_split *split = &f->splits[i];

		if (strlen(split->surname) < PREFIX_MIN)
			continue;
		after_prefix(split->surname, end);
		after_prefix(split->given, given_end);
		if (!add_all(f, db_query(f->req->db, err,
				search_sql[SEARCH_PREFIX], "ittttiii",
				f->req->caisse, split->surname, end, split->given,
				given_end, f->born_from, f->born_to,
				(int64_t)KEYS_MAX), err))
			return false;
	}
	return true;
}

static bool add_sounds(struct finder *f, struct err *err)
{
	f->by = FOUND_PHONETIC;
	for (size_t i = 0; i < f->split_count && !f->hits->more; i++) {
		if (*f->sounds[i] &&
		    !add_surname(f, SEARCH_SOUND, f->sounds[i],
				 f->splits[i].given, err))
			return false;
	}
	return true;
}

/* How well one name of a person agrees with what was asked. */
enum agreement { AGREE_EXACT, AGREE_PREFIX, AGREE_SOUND, AGREE_N };

/* The persons of each agreement, one more than are shown. */
struct agreed {
	size_t count;
	int64_t person_id[SEARCH_MAX + 1];
};

static enum agreement agreement_of(const struct finder *f, const char *surname,
				   const char *given)
{
	char folded[SEARCH_WORD_SIZE], sound[SEARCH_WORD_SIZE] = "";
	enum agreement best = AGREE_N;

	fold_glued(folded, sizeof(folded), surname);
	for (size_t i = 0; *folded && i < f->split_count; i++) {
		const struct name_split *split = &f->splits[i];
		size_t size = strlen(split->surname);

		if (strncmp(given, split->given, strlen(split->given)) != 0)
			continue;
		if (strcmp(folded, split->surname) == 0)
			return AGREE_EXACT;
		if (size >= PREFIX_MIN &&
		    strncmp(folded, split->surname, size) == 0)
			best = AGREE_PREFIX;
		if (best < AGREE_N || !*f->sounds[i])
			continue;
		if (!*sound)
			fold_phonetic(sound, sizeof(sound), folded);
		if (strcmp(sound, f->sounds[i]) == 0)
			best = AGREE_SOUND;
	}
	return best;
}

static void agree(const struct finder *f, struct db_stmt *stmt,
		  struct agreed agreed[AGREE_N])
{
	char given[SEARCH_WORD_SIZE];
	enum agreement birth_name, used_name, best;

	fold_glued(given, sizeof(given), db_text(stmt, 3));
	birth_name = agreement_of(f, db_text(stmt, 1), given);
	used_name = agreement_of(f, db_text(stmt, 2), given);
	best = birth_name < used_name ? birth_name : used_name;
	if (best < AGREE_N && agreed[best].count <= SEARCH_MAX)
		agreed[best].person_id[agreed[best].count++] = db_int(stmt, 0);
}

/* All those born on one day are few: their names are read, not their keys. */
static bool add_born_that_day(struct finder *f, struct err *err)
{
	struct agreed agreed[AGREE_N] = { 0 };
	struct db_stmt *stmt = db_query(f->req->db, err,
		search_sql[SEARCH_NAMES_BORN], "ii", f->req->caisse,
		f->asked->birth_from);

	while (db_next(stmt, err))
		agree(f, stmt, agreed);
	db_done(stmt);
	for (int level = AGREE_EXACT; level < AGREE_N; level++) {
		if (level == AGREE_SOUND && f->hits->count >= SHORT_LIST)
			break;
		for (size_t i = 0; i < agreed[level].count; i++)
			hits_add(f->hits, agreed[level].person_id[i],
				 level == AGREE_SOUND ? FOUND_PHONETIC :
				 FOUND_EXACT);
	}
	return err->code == ERR_NONE;
}

bool search_names(struct req *req, const struct asked *asked, struct hits *hits,
		  struct err *err)
{
	struct finder f = {
		.req = req, .asked = asked, .hits = hits, .by = FOUND_EXACT,
		.born_from = asked->birth_from,
		.born_to = asked->birth_from ? asked->birth_to : BIRTH_MAX,
	};

	f.split_count = search_splits(asked, f.splits);
	for (size_t i = 0; i < f.split_count; i++)
		fold_phonetic(f.sounds[i], sizeof(f.sounds[i]),
			      f.splits[i].surname);
	if (asked->birth_from && asked->birth_from == asked->birth_to)
		return add_born_that_day(&f, err);
	if (!add_exact(&f, err) || !add_prefixes(&f, err))
		return false;
	if (hits->more || hits->count >= SHORT_LIST)
		return true;
	return add_sounds(&f, err);
}
