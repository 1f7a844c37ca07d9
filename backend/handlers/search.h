/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a search: understand the text, list the persons meant by key,
 * tell each of them. */
#ifndef GUICHET_BACKEND_SEARCH_H
#define GUICHET_BACKEND_SEARCH_H

#include "../req.h"

#define SEARCH_WORDS 8                  /* more are glued to the last */
#define SEARCH_WORD_SIZE 202
#define SEARCH_SPLITS (2 * SEARCH_WORDS - 1)

/* What was typed, understood. */
struct asked {
	int understood;                 /* enum understood */
	char value[SEARCH_WORD_SIZE];   /* NIR, digits, e-mail or number */
	int64_t birth_from, birth_to;   /* yyyymmdd, both included; 0: none */
	size_t word_count;              /* of the name, folded */
	char words[SEARCH_WORDS][SEARCH_WORD_SIZE];
};

/* One way to read the words of a name; `given` may be "". */
struct name_split {
	char surname[SEARCH_WORD_SIZE];
	char given[SEARCH_WORD_SIZE];
};

/* The persons found, the best first, each once. */
struct hits {
	size_t count;
	bool more;                      /* others exist */
	int64_t target_id;              /* request or appointment, or 0 */
	int64_t person_id[SEARCH_MAX];
	int by[SEARCH_MAX];             /* enum found_by */
};

/* Understand `text`.  Errors: ERR_INVALID 422 "search.unclear", with the reason
 * in words but nothing of what was typed. */
bool search_understand(const char *text, struct date today, struct asked *asked,
		       struct err *err);

/* List the ways to cut the words in surname and first name, in any order; the
 * likeliest first.  Returns how many. */
size_t search_splits(const struct asked *asked,
		     struct name_split splits[SEARCH_SPLITS]);

/* List the persons of the caisse that `asked` means. */
bool search_keys(struct req *req, const struct asked *asked, struct hits *hits,
		 struct err *err);
bool search_names(struct req *req, const struct asked *asked, struct hits *hits,
		  struct err *err);

/* Add a person; false when the list is full, which `more` then says. */
bool hits_add(struct hits *hits, int64_t person_id, int by);

/* Every statement of the search, ended by NULL: the tests read their plans. */
enum search_sql {
	SEARCH_NIR, SEARCH_BIRTH, SEARCH_REACH, SEARCH_REQUEST,
	SEARCH_APPOINTMENT, SEARCH_SURNAME, SEARCH_PREFIX, SEARCH_SOUND,
	SEARCH_NAMES_BORN, SEARCH_PERSON,
	SEARCH_SQL_N
};
extern const char *const search_sql[SEARCH_SQL_N + 1];

#endif
