/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys under which people are looked for.  They are gathered by tens of
 * thousands and written in order: a table in key order then grows at few places,
 * and memory stays bounded whatever the size. */
#include "keys.h"

#include <guichet/api/common.h>
#include <guichet/base/fold.h>
#include <guichet/base/mem.h>

#include <stdlib.h>
#include <string.h>

#define PEOPLE_AT_ONCE 65536

struct key {
	int64_t caisse, person_id;
	int32_t birth;
	bool old;
	const char *value, *given;      /* in the blocks */
};

/* Text that lasts until the keys are written. */
struct block { struct block *next; size_t used; char bytes[65000]; };

struct keyset { struct key *rows; size_t count, size; };

struct keys {
	struct keyset name, sound, nir, reach, birth;
	struct block *blocks;
	size_t people;
};

struct keys *keys_new(void)
{
	return mem_new(1, sizeof(struct keys));
}

static void forget_text(struct keys *keys)
{
	while (keys->blocks) {
		struct block *next = keys->blocks->next;

		free(keys->blocks);
		keys->blocks = next;
	}
}

static const char *keep(struct keys *keys, const char *text)
{
	size_t size = strlen(text) + 1;
	struct block *block = keys->blocks;
	char *kept;

	if (!block || block->used + size > sizeof(block->bytes)) {
		block = mem_new(1, sizeof(*block));
		block->next = keys->blocks;
		keys->blocks = block;
	}
	kept = memcpy(block->bytes + block->used, text, size);
	block->used += size;
	return kept;
}

void keys_free(struct keys *keys)
{
	forget_text(keys);
	free(keys->name.rows);
	free(keys->sound.rows);
	free(keys->nir.rows);
	free(keys->reach.rows);
	free(keys->birth.rows);
	free(keys);
}

static struct key *add(struct keyset *set, const struct keyed *person)
{
	struct key *key;

	if (set->count == set->size) {
		set->size = set->size * 2 + 1024;
		set->rows = mem_grow(set->rows, set->size, sizeof(*set->rows));
	}
	key = &set->rows[set->count++];
	*key = (struct key){ .caisse = person->caisse, .person_id = person->id,
		.birth = person->birth, .value = "", .given = "" };
	return key;
}

static void add_name(struct keys *keys, const struct keyed *person,
		     const char *surname, const char *given)
{
	struct key *name = add(&keys->name, person);
	struct key *sound = add(&keys->sound, person);
	char folded[NAME_SIZE];

	fold_glued(folded, sizeof(folded), surname);
	name->value = keep(keys, folded);
	fold_phonetic(folded, sizeof(folded), surname);
	sound->value = keep(keys, folded);
	name->given = sound->given = given;
}

static void add_reach(struct keys *keys, const struct keyed *person,
		      const char *value)
{
	if (value[0])
		add(&keys->reach, person)->value = keep(keys, value);
}

void keys_add(struct keys *keys, const struct keyed *person)
{
	char folded[NAME_SIZE];
	const char *given;
	struct key *key;

	fold_glued(folded, sizeof(folded), person->first_names);
	given = keep(keys, folded);
	add_name(keys, person, person->name, given);
	if (person->used_name[0])
		add_name(keys, person, person->used_name, given);
	key = add(&keys->nir, person);
	key->value = keep(keys, person->nir);
	if (person->old_nir[0]) {
		key = add(&keys->nir, person);
		key->value = keep(keys, person->old_nir);
		key->old = true;
	}
	add(&keys->birth, person);
	add_reach(keys, person, person->phone);
	add_reach(keys, person, person->email);
	keys->people++;
}

static int by_value(const void *left, const void *right)
{
	const struct key *a = left, *b = right;
	int order;

	if (a->caisse != b->caisse)
		return a->caisse < b->caisse ? -1 : 1;
	order = strcmp(a->value, b->value);
	if (!order)
		order = strcmp(a->given, b->given);
	if (order)
		return order;
	return a->person_id < b->person_id ? -1 : a->person_id > b->person_id;
}

static int by_birth(const void *left, const void *right)
{
	const struct key *a = left, *b = right;

	if (a->caisse != b->caisse)
		return a->caisse < b->caisse ? -1 : 1;
	if (a->birth != b->birth)
		return a->birth < b->birth ? -1 : 1;
	return a->person_id < b->person_id ? -1 : a->person_id > b->person_id;
}

/* An empty set has no rows to give to qsort(). */
static void sort(struct keyset *set, int (*order)(const void *, const void *))
{
	if (set->count)
		qsort(set->rows, set->count, sizeof(*set->rows), order);
}

static bool write_names(struct db *db, struct keyset *set, const char *sql,
			struct err *err)
{
	const struct key *last = NULL;

	sort(set, by_value);
	for (struct key *key = set->rows; key < set->rows + set->count; key++) {
		/* Two names of a person may sound, or fold, the same. */
		if (last && !by_value(last, key))
			continue;
		last = key;
		if (!db_run(db, err, NULL, sql, "ittii", key->caisse, key->value,
			    key->given, key->person_id, (int64_t)key->birth))
			return false;
	}
	set->count = 0;
	return true;
}

static bool write_nirs(struct db *db, struct keyset *set, struct err *err)
{
	sort(set, by_value);
	for (struct key *key = set->rows; key < set->rows + set->count; key++) {
		if (!db_run(db, err, NULL,
			    "INSERT INTO nir_key (caisse, nir, person_id, old)"
			    " VALUES ($1, $2, $3, $4)", "itii", key->caisse,
			    key->value, key->person_id, (int64_t)key->old))
			return false;
	}
	set->count = 0;
	return true;
}

static bool write_reach(struct db *db, struct keyset *set, struct err *err)
{
	sort(set, by_value);
	for (struct key *key = set->rows; key < set->rows + set->count; key++) {
		if (!db_run(db, err, NULL,
			    "INSERT INTO reach_key (caisse, value, person_id)"
			    " VALUES ($1, $2, $3)", "iti", key->caisse, key->value,
			    key->person_id))
			return false;
	}
	set->count = 0;
	return true;
}

static bool write_births(struct db *db, struct keyset *set, struct err *err)
{
	sort(set, by_birth);
	for (struct key *key = set->rows; key < set->rows + set->count; key++) {
		if (!db_run(db, err, NULL,
			    "INSERT INTO birth_key (caisse, birth, person_id)"
			    " VALUES ($1, $2, $3)", "iii", key->caisse,
			    (int64_t)key->birth, key->person_id))
			return false;
	}
	set->count = 0;
	return true;
}

bool keys_write(struct keys *keys, struct db *db, struct err *err)
{
	bool ok = write_names(db, &keys->name, "INSERT INTO name_key (caisse, surname,"
			   " given, person_id, birth) VALUES ($1, $2, $3, $4, $5)",
			   err) &&
		write_names(db, &keys->sound, "INSERT INTO sound_key (caisse,"
			    " sound, given, person_id, birth) VALUES ($1, $2, $3,"
			    " $4, $5)", err) &&
		write_nirs(db, &keys->nir, err) &&
		write_reach(db, &keys->reach, err) &&
		write_births(db, &keys->birth, err);

	keys->people = 0;
	forget_text(keys);
	return ok;
}

bool keys_full(const struct keys *keys)
{
	return keys->people >= PEOPLE_AT_ONCE;
}
