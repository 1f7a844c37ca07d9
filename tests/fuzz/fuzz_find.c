/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search on a small caisse, and the same asked of a plain list: both find the
 * same people.  An input is a text, or, behind a byte of 128 or more, words drawn
 * from those of the caisse. */
#include "unit/backend_fixture.h"
#include "fuzz.h"

#include "handlers/handlers.h"
#include "handlers/search.h"
#include <guichet/base/fold.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FEW 5                           /* under it, sounds count too */
#define PREFIX_LEAST 2

static const struct fixture_person people[] = {
	{ 101, 101, KIN_INSURED, 19850314, "2850338185123", "Dupont", "Martin",
	  "Éléonore Marie" },
	{ 102, 101, KIN_CHILD, 20150602, "2850338185123", "Martin", NULL, "Jean" },
	{ 103, 103, KIN_INSURED, 19850314, "1850338185456", "Lefèvre", NULL, "Jean" },
	{ 104, 104, KIN_INSURED, 19520000, "1520099352001", "Ben Ali", NULL,
	  "Mohamed" },
	{ 105, 105, KIN_INSURED, 19700101, "1700138185007", "d'Hondt", NULL, "Noël" },
	{ 106, 106, KIN_INSURED, 19851103, "2851138185008", "Martineau", NULL, "Léa" },
	{ 107, 107, KIN_INSURED, 19410509, "2410538185009", "O", NULL, "Kim" },
	{ 108, 108, KIN_INSURED, 19990101, "2990138185010", "de La Fontaine", NULL,
	  "Rose" },
	{ 109, 109, KIN_INSURED, 19850314, "1850338185011", "Martin", NULL, "Paul" },
	{ 110, 110, KIN_INSURED, 19850314, "1850338185012", "Marten", NULL, "Paul" },
	{ 111, 111, KIN_INSURED, 19660707, "1660738185013", "Martin", "Dupond",
	  "Jean-Paul" },
	{ 112, 112, KIN_INSURED, 20000229, "200022A004014", "Lefebvre", NULL, "Jeanne" },
};
#define COUNT (sizeof(people) / sizeof(*people))

static const char *const words[] = {
	"martin", "MARTIN", "dup", "dupont", "dupond", "lef", "lefèvre", "lefebvre",
	"ben", "ali", "benali", "d'", "hondt", "o", "la", "de", "fontaine", "mart",
	"jean", "paul", "j", "p", "éléonore", "marie", "kim", "rose", "mohamed", "né le",
	"14/03/1985", "1985", "03/1985", "00/00/1952", "1952", "29/02/2000", "2000",
	"2850338185123", "1 85 03 38 185 011", "200022A004014", "0639980042",
	"+33639980042", "eleonore@example.org", "CEAM-26-000001", "RDV-26-000001",
	"%", "_", "'", "\"", ";--", "*", "\\", "\x7f", "é", "-", "zz",
};

static void hold(bool holds)
{
	if (!holds)
		abort();
}

static void *opened;

static void close_desk(void)
{
	fixture_teardown(&opened);
}

static struct fixture *desk(void)
{
	static const struct fixture_person elsewhere = {
		901, 901, KIN_INSURED, 19850314, "2850338185999", "Martin", NULL, "Jean",
	};
	struct fixture *t = opened;

	if (t)
		return t;
	hold(fixture_setup(&opened) == 0);
	atexit(close_desk);
	t = opened;
	for (size_t i = 0; i < COUNT; i++)
		fixture_person(t, T_CAISSE, &people[i]);
	fixture_person(t, T_OTHER_CAISSE, &elsewhere);
	return t;
}

static bool starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static bool named(const char *name, const char *given, const struct name_split *split,
		  bool sounds)
{
	char folded[SEARCH_WORD_SIZE], first[SEARCH_WORD_SIZE];
	char sound[SEARCH_WORD_SIZE], wanted[SEARCH_WORD_SIZE];

	if (!name)
		return false;
	fold_glued(folded, sizeof(folded), name);
	fold_glued(first, sizeof(first), given);
	if (!starts(first, split->given))
		return false;
	if (!sounds)
		return strcmp(folded, split->surname) == 0 ||
			(strlen(split->surname) >= PREFIX_LEAST &&
			 starts(folded, split->surname));
	fold_phonetic(sound, sizeof(sound), folded);
	fold_phonetic(wanted, sizeof(wanted), split->surname);
	return *wanted && strcmp(sound, wanted) == 0;
}

static bool means(const struct asked *asked, const struct fixture_person *p,
		  bool sounds)
{
	struct name_split splits[SEARCH_SPLITS];
	size_t count = search_splits(asked, splits);

	if (asked->birth_from &&
	    (p->birth < asked->birth_from || p->birth > asked->birth_to))
		return false;
	for (size_t i = 0; i < count; i++)
		if (named(p->name, p->first_names, &splits[i], sounds) ||
		    named(p->used_name, p->first_names, &splits[i], sounds))
			return true;
	return false;
}

/* Mark in `found` whom the text means; returns how many. */
static size_t model(const struct asked *asked, bool found[COUNT])
{
	size_t count = 0;

	for (size_t i = 0; i < COUNT; i++) {
		if (asked->understood == UNDERSTOOD_NIR)
			found[i] = strcmp(people[i].nir, asked->value) == 0;
		else if (asked->understood == UNDERSTOOD_BIRTH)
			found[i] = people[i].birth >= asked->birth_from &&
				people[i].birth <= asked->birth_to;
		else if (asked->understood == UNDERSTOOD_NAME ||
			 asked->understood == UNDERSTOOD_NAME_BIRTH)
			found[i] = means(asked, &people[i], false);
		count += found[i];
	}
	if (count >= FEW || (asked->understood != UNDERSTOOD_NAME &&
			     asked->understood != UNDERSTOOD_NAME_BIRTH))
		return count;
	for (size_t i = 0; i < COUNT; i++) {
		bool more = !found[i] && means(asked, &people[i], true);

		found[i] |= more;
		count += more;
	}
	return count;
}

static void compare(const struct search_answer *answer, const struct asked *asked)
{
	bool found[COUNT] = { false };
	size_t count = model(asked, found);

	hold(answer->understood == asked->understood && !answer->more);
	hold(answer->count == count);
	for (size_t n = 0; n < answer->count; n++) {
		int64_t id = id_parse(answer->found[n].beneficiary_id);

		hold(id >= 101 && id < 101 + (int64_t)COUNT);
		hold(found[id - 101]);
		found[id - 101] = false;        /* each once */
	}
}

static void write_words(char *out, size_t size, const uint8_t *data, size_t count)
{
	size_t at = 0;

	*out = '\0';
	for (size_t i = 0; i < count; i++) {
		const char *word = words[data[i] % (sizeof(words) / sizeof(*words))];

		if (at + strlen(word) + 2 >= size)
			return;
		at += (size_t)snprintf(out + at, size - at, "%s%s", at ? " " : "",
				       word);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fixture *t = desk();
	struct search_query query = { 0 };
	char text[sizeof(query.text)];
	struct asked asked;
	struct err err = { 0 };

	if (size == 0 || size >= sizeof(text))
		return 0;
	if (data[0] >= 128)
		write_words(text, sizeof(text), data + 1, size - 1);
	else
		snprintf(text, sizeof(text), "%.*s", (int)size, (const char *)data);
	text_clean(query.text, sizeof(query.text), text, strlen(text),
		   TEXT_ONE_LINE);
	if (!search_understand(query.text, t->req.today, &asked, &err)) {
		hold(!fixture_call(t, &api_insured_search, insured_search, NULL,
				   &query));
		hold(t->err.status == 422);
		return 0;
	}
	hold(fixture_call(t, &api_insured_search, insured_search, NULL, &query));
	if (asked.understood != UNDERSTOOD_PHONE &&
	    asked.understood != UNDERSTOOD_EMAIL)
		compare(rows_at(&t->out, 0), &asked);
	return 0;
}
