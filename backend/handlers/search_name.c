/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons by name: exact, then by the start of the surname, then by sound. */
#include "search.h"

#include <guichet/base/fold.h>

#include <stdio.h>
#include <string.h>

#define PREFIX_MIN 2                    /* letters of a surname not complete */
#define SHORT_LIST 5                    /* under it, sounds are tried too */
#define SURNAMES_MAX 400                /* gone through in one search */
#define BIRTH_MAX 99999999              /* no birth is after it, yyyymmdd */
#define KEYS_MAX (4 * (SEARCH_MAX + 1)) /* a person has two keys */

struct finder {
	struct req *req;
	const struct asked *asked;
	struct hits *hits;
	int by;                         /* enum found_by */
	int surnames_left;
	int64_t born_from, born_to;     /* yyyymmdd, both included */
	size_t split_count;
	struct name_split splits[SEARCH_SPLITS];
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

/* With a first name: from each surname to the next, so that the rows between
 * are never read. */
static bool add_prefix_given(struct finder *f, const struct name_split *split,
			     const char *end, struct err *err)
{
	char surname[SEARCH_WORD_SIZE];
	bool ok = true, found = true;

	snprintf(surname, sizeof(surname), "%s", split->surname);
	while (ok && !f->hits->more) {
		struct db_stmt *stmt = db_query(f->req->db, err,
			search_sql[SEARCH_NEXT_SURNAME], "itt",
			f->req->caisse, surname, end);

		found = db_next(stmt, err);
		ok = err->code == ERR_NONE &&
			(!found || db_copy(stmt, 0, surname, sizeof(surname), err));
		db_done(stmt);
		if (!ok || !found)
			break;
		if (f->surnames_left-- == 0) {
			f->hits->more = true;
			break;
		}
		ok = add_surname(f, SEARCH_SURNAME, surname, split->given, err);
	}
	return ok;
}

static bool add_prefixes(struct finder *f, struct err *err)
{
	char end[SEARCH_WORD_SIZE + 1];

	for (size_t i = 0; i < f->split_count && !f->hits->more; i++) {
		const struct name_split *split = &f->splits[i];
		bool ok;

		if (strlen(split->surname) < PREFIX_MIN)
			continue;
		after_prefix(split->surname, end);
		if (*split->given)
			ok = add_prefix_given(f, split, end, err);
		else
			ok = add_all(f, db_query(f->req->db, err,
				search_sql[SEARCH_PREFIX], "ittiii",
				f->req->caisse, split->surname, end,
				f->born_from, f->born_to, (int64_t)KEYS_MAX), err);
		if (!ok)
			return false;
	}
	return true;
}

static bool add_sounds(struct finder *f, struct err *err)
{
	char sound[SEARCH_WORD_SIZE];

	f->by = FOUND_PHONETIC;
	for (size_t i = 0; i < f->split_count && !f->hits->more; i++) {
		fold_phonetic(sound, sizeof(sound), f->splits[i].surname);
		if (*sound && !add_surname(f, SEARCH_SOUND, sound,
					   f->splits[i].given, err))
			return false;
	}
	return true;
}

/* How well one name of a person agrees with what was asked. */
enum agreement { AGREE_EXACT, AGREE_PREFIX, AGREE_SOUND, AGREE_N };

static enum agreement agreement_of(const struct finder *f, const char *surname,
				   const char *given)
{
	char folded[SEARCH_WORD_SIZE], sound[SEARCH_WORD_SIZE];
	char asked[SEARCH_WORD_SIZE];
	enum agreement best = AGREE_N;

	fold_glued(folded, sizeof(folded), surname);
	if (!*folded)
		return AGREE_N;
	fold_phonetic(sound, sizeof(sound), folded);
	for (size_t i = 0; i < f->split_count; i++) {
		const struct name_split *split = &f->splits[i];
		size_t size = strlen(split->surname);
		enum agreement one = AGREE_N;

		if (strncmp(given, split->given, strlen(split->given)) != 0)
			continue;
		fold_phonetic(asked, sizeof(asked), split->surname);
		if (strcmp(folded, split->surname) == 0)
			one = AGREE_EXACT;
		else if (size >= PREFIX_MIN &&
			 strncmp(folded, split->surname, size) == 0)
			one = AGREE_PREFIX;
		else if (*asked && strcmp(sound, asked) == 0)
			one = AGREE_SOUND;
		best = one < best ? one : best;
	}
	return best;
}

/* All those born on one day are few: their names are read, not their keys. */
static bool add_born_that_day(struct finder *f, struct err *err)
{
	for (int level = AGREE_EXACT; level < AGREE_N && !f->hits->more; level++) {
		struct db_stmt *stmt;
		bool room = true;

		if (level == AGREE_SOUND && f->hits->count >= SHORT_LIST)
			break;
		stmt = db_query(f->req->db, err, search_sql[SEARCH_NAMES_BORN],
				"ii", f->req->caisse, f->asked->birth_from);
		while (room && db_next(stmt, err)) {
			char given[SEARCH_WORD_SIZE];
			enum agreement birth_name, used_name;

			fold_glued(given, sizeof(given), db_text(stmt, 3));
			birth_name = agreement_of(f, db_text(stmt, 1), given);
			used_name = agreement_of(f, db_text(stmt, 2), given);
			if (birth_name == (enum agreement)level ||
			    used_name == (enum agreement)level)
				room = hits_add(f->hits, db_int(stmt, 0),
						level == AGREE_SOUND ?
						FOUND_PHONETIC : FOUND_EXACT);
		}
		db_done(stmt);
		if (err->code != ERR_NONE)
			return false;
	}
	return true;
}

bool search_names(struct req *req, const struct asked *asked, struct hits *hits,
		  struct err *err)
{
	struct finder f = {
		.req = req, .asked = asked, .hits = hits, .by = FOUND_EXACT,
		.surnames_left = SURNAMES_MAX,
		.born_from = asked->birth_from,
		.born_to = asked->birth_from ? asked->birth_to : BIRTH_MAX,
	};

	f.split_count = search_splits(asked, f.splits);
	if (asked->birth_from && asked->birth_from == asked->birth_to)
		return add_born_that_day(&f, err);
	if (!add_exact(&f, err) || !add_prefixes(&f, err))
		return false;
	if (hits->more || hits->count >= SHORT_LIST)
		return true;
	return add_sounds(&f, err);
}
