/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search.h"

/* The keys come first: CROSS JOIN keeps the planner from turning the order
 * round.  Prefixes are ranges, so that the bytes of the key decide on every
 * engine. */
const char *const search_sql[SEARCH_SQL_N + 1] = {
	[SEARCH_NIR] =
		"SELECT k.person_id, k.old FROM nir_key k CROSS JOIN person p"
		" WHERE k.caisse = $1 AND k.nir = $2"
		" AND p.caisse = k.caisse AND p.id = k.person_id"
		" ORDER BY k.old, p.kinship, p.birth, p.birth_rank, p.id"
		" LIMIT $3",
	[SEARCH_BIRTH] =
		"SELECT person_id FROM birth_key WHERE caisse = $1"
		" AND birth >= $2 AND birth <= $3"
		" ORDER BY birth, person_id LIMIT $4",
	[SEARCH_REACH] =
		"SELECT person_id FROM reach_key WHERE caisse = $1 AND value = $2"
		" ORDER BY person_id LIMIT $3",
	[SEARCH_REQUEST] =
		"SELECT id, person_id FROM request"
		" WHERE caisse = $1 AND number = $2",
	[SEARCH_APPOINTMENT] =
		"SELECT id, file_id FROM appointment"
		" WHERE caisse = $1 AND number = $2",
	[SEARCH_SURNAME] =
		"SELECT person_id FROM name_key WHERE caisse = $1"
		" AND surname = $2 AND given >= $3 AND given < $4"
		" AND birth >= $5 AND birth <= $6"
		" ORDER BY given, person_id LIMIT $7",
	[SEARCH_PREFIX] =
		"SELECT person_id FROM name_key WHERE caisse = $1"
		" AND surname > $2 AND surname < $3"
		" AND given >= $4 AND given < $5"
		" AND birth >= $6 AND birth <= $7"
		" ORDER BY surname, given, person_id LIMIT $8",
	[SEARCH_SOUND] =
		"SELECT person_id FROM sound_key WHERE caisse = $1"
		" AND sound = $2 AND given >= $3 AND given < $4"
		" AND birth >= $5 AND birth <= $6"
		" ORDER BY given, person_id LIMIT $7",
	[SEARCH_NAMES_BORN] =
		"SELECT k.person_id, p.name, p.used_name, p.first_names"
		" FROM birth_key k CROSS JOIN person p"
		" WHERE k.caisse = $1 AND k.birth = $2"
		" AND p.caisse = k.caisse AND p.id = k.person_id"
		" ORDER BY k.person_id",
	[SEARCH_PERSON] =
		"SELECT p.file_id, p.kinship, p.name, p.used_name, p.first_names,"
		" p.birth, p.nir, f.city FROM person p CROSS JOIN file f"
		" WHERE p.caisse = $1 AND p.id = $2"
		" AND f.caisse = p.caisse AND f.id = p.file_id",
	NULL,
};
